#include "sandbox/customers.h"

#include <algorithm>
#include <initializer_list>

namespace longcode::sandbox {

namespace {

using Replies = std::vector<Reply>;

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Whether one of the words stands in the text as a word of its own.
bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
        for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            if ((at == 0 || !isLetter(text[at - 1])) && (end == text.size() || !isLetter(text[end])))
                return true;
        }
        return false;
    });
}

Replies maya(std::string_view text, int turn) {
    if (mentions(text,
                 {"shipped", "tracking", "delivery", "deliver", "delivered", "way", "sent", "tomorrow"}))
        return {{"Great, thank you! Do I have to sign for it?"}};
    if (mentions(text, {"sign", "no", "yes", "neighbour", "neighbor", "door"}))
        return {{"Perfect. Thanks for the quick help!"}};
    if (mentions(text, {"hi", "hello", "hey", "morning", "afternoon", "welcome", "order"}) || turn == 0)
        return {{"Hi! I ordered a blue kettle on Monday, order 4711."}, {"Has it shipped yet?"}};
    return {{"OK, thanks for letting me know."}};
}

Replies layla(std::string_view, int turn) {
    if (turn == 0)
        return {{"مرحبا! هل الطلب رقم ٤٧١٢ جاهز للاستلام؟"}};
    if (turn == 1)
        return {{"ممتاز، سأمر غدا بعد الساعة 5. شكرا لكم."}};
    return {{"شكرا جزيلا"}};
}

Replies kenji(std::string_view text, int turn) {
    if (mentions(text, {"sorry", "late", "delay", "delayed"}))
        return {{"Oh no 😢 how long will it take?"}};
    return {{turn % 2 == 0 ? "Thank you so much! 🙏🎉"
                           : "👍🏽👨‍👩‍👧‍👦 see you on Saturday ❤️"}};
}

Replies sam(std::string_view text, int) {
    if (mentions(text, {"stop", "unsubscribe"}))
        return {{"STOP"}};
    return {{"Who is this?"}};
}

Replies ana(std::string_view text, int) {
    if (mentions(text, {"photo", "picture", "image", "yes", "please"}))
        return {{"Here is what arrived.", true}};
    return {{"The cup came broken. Shall I send you a photo?"}};
}

Replies greta(std::string_view, int turn) {
    return turn == 0 ? Replies{{"HELP"}} : Replies{};
}

Fate failure(std::string status, std::string code) {
    return {std::move(status), std::move(code)};
}

Fate landline() {
    Fate fate = failure("sending_failed", "40001");
    fate.lineType = "Wireline";
    return fate;
}

Fate filtered() {
    Fate fate = failure("delivery_failed", "40017");
    fate.carrier = "AT&T MOBILITY";
    return fate;
}

Fate slow() {
    Fate fate;
    fate.slowness = 20;
    return fate;
}

std::vector<Customer> everybody() {
    return {
        {"+14155550111", "Maya Torres", "asks about an order when greeted", {}, maya},
        {"+14155550112", "Layla Haddad", "answers in Arabic", {}, layla},
        {"+14155550113", "Kenji Mori", "answers with emoji", {}, kenji},
        {"+14155550114", "Sam Doyle", "sends STOP when a message mentions it", {}, sam},
        {"+14155550115", "Unreachable", "never delivered: delivery_failed, 40008",
         failure("delivery_failed", "40008")},
        {"+14155550116", "Landline", "cannot receive texts: sending_failed, 40001", landline()},
        {"+14155550117", "Filtered", "AT&T takes every message for spam: delivery_failed, 40017", filtered()},
        {"+14155550118", "Slow", "delivered after 20 times the usual delay", slow()},
        {"+14155550119", "Unconfirmed", "the carrier never confirms: delivery_unconfirmed",
         failure("delivery_unconfirmed", {})},
        {"+14155550120", "Ana Sousa", "sends a photo when asked for one", {}, ana},
        {"+14155550121", "Greta Lind", "answers the first message with HELP", {}, greta},
        {"+14155550122", "Expired", "the message expires on the way: expired, 40005",
         failure("expired", "40005")},
    };
}

} // namespace

const std::vector<Customer> &customers() {
    static const std::vector<Customer> all = everybody();
    return all;
}

const Customer *customerAt(std::string_view number) {
    const auto &all = customers();
    const auto found =
        std::find_if(all.begin(), all.end(), [number](const Customer &c) { return c.number == number; });
    return found == all.end() ? nullptr : &*found;
}

Fate fateOf(std::string_view number) {
    const Customer *customer = customerAt(number);
    return customer ? customer->fate : Fate{};
}

} // namespace longcode::sandbox
