#include "sandbox/control.h"
#include "sandbox/inbound.h"
#include "sandbox/photo.h"
#include "sandbox/places.h"
#include "sandbox/progress.h"
#include "sandbox/scripts.h"
#include "sandbox/seeded.h"
#include "sandbox/text_cost.h"
#include "sandbox/validation.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

#include "base/utc.h"

#include <algorithm>

namespace longcode::sandbox {

namespace {

const Schema &inboundSchema() {
    static const Schema schema{text("from").required(),
                               text("to").required(),
                               text("text"),
                               text("subject"),
                               textList("media_urls").as(Form::Url),
                               textList("cc")};
    return schema;
}

const Schema &keywordSchema() {
    static const Schema schema{text("from").required(), text("to").required()};
    return schema;
}

const Schema &optOutSchema() {
    static const Schema schema{text("from").required(), text("to").required(), text("keyword"),
                               text("created_at").as(Form::DateTime)};
    return schema;
}

const Schema &groupReplySchema() {
    static const Schema schema{text("group_message_id").required(), text("from").required(), text("text"),
                               textList("media_urls").as(Form::Url)};
    return schema;
}

const Schema &fateSchema() {
    static const Schema schema{
        text("status").required().oneOf({"queued", "sending", "sent", "delivered", "sending_failed",
                                         "delivery_failed", "delivery_unconfirmed", "expired", "cancelled",
                                         "unknown"}),
        text("code"),
        text("title"),
        text("detail"),
        text("to"),
        Member{"times", Type::Integer}};
    return schema;
}

std::vector<MediaFile> mediaOf(const Json &body) {
    std::vector<MediaFile> files;
    for (std::string &url : textsAt(body, "media_urls"))
        files.push_back({std::move(url), "image/jpeg"});
    return files;
}

Answer receive(Inbound &inbound, const Incoming &incoming) {
    const auto message = inbound.receive(incoming);
    return message ? dataAnswer(payload(**message)) : badRequest(message.error());
}

Answer inboundMessage(Inbound &inbound, const Json &body) {
    Incoming incoming{textAt(body, "from"), textAt(body, "to"), textAt(body, "text")};
    if (hasValue(body, "subject"))
        incoming.subject = textAt(body, "subject");
    incoming.media = mediaOf(body);
    incoming.cc = textsAt(body, "cc");
    return receive(inbound, incoming);
}

/// An answer to a group message: the other recipients and our own number are in `cc` (D22).
Answer groupReply(World &world, Inbound &inbound, const Json &body) {
    const Message *group = world.message(textAt(body, "group_message_id"));
    if (!group || !group->isGroup())
        return badRequest("There is no such group message.");
    Incoming incoming{textAt(body, "from"), group->from, textAt(body, "text")};
    incoming.media = mediaOf(body);
    for (const Recipient &recipient : group->to) {
        if (recipient.number != incoming.from)
            incoming.cc.push_back(recipient.number);
    }
    if (incoming.cc.size() == group->to.size())
        return badRequest("'" + incoming.from + "' is not in the group.");
    incoming.cc.push_back(group->from);
    incoming.groupId = group->groupId;
    return receive(inbound, incoming);
}

Fate fateFrom(const Json &body) {
    Fate fate;
    fate.status = textAt(body, "status");
    fate.code = textAt(body, "code");
    fate.title = textAt(body, "title");
    fate.detail = textAt(body, "detail");
    return fate;
}

Answer forceStatus(World &world, Progress &progress, const Call &call) {
    Message *message = world.message(call.at("id"));
    if (!message || message->inbound)
        return refusal(404, errorOf("10005", "There is no outbound message " + call.at("id") + "."));
    progress.force(*message, fateFrom(call.body));
    return dataAnswer(payload(*message));
}

Answer outcomesAnswer(const Progress &progress) {
    Json list = Json::array();
    for (const Outcome &outcome : progress.outcomes())
        list.push_back({{"status", outcome.fate.status},
                        {"code", outcome.fate.code},
                        {"to", outcome.to},
                        {"times", outcome.times}});
    return {200, {{"outcomes", std::move(list)}}};
}

Answer expectOutcome(Progress &progress, const Json &body) {
    const long long times = integerAt(body, "times", 1);
    constexpr long long most = 1'000'000;
    if (times < 1 || times > most)
        return badRequest("'times' must be from 1 to 1000000.");
    progress.expect({fateFrom(body), textAt(body, "to"), static_cast<int>(times)});
    return outcomesAnswer(progress);
}

/// A block without a message: somebody opted out where this account heard nothing of it.
Answer addOptOut(World &world, const VirtualClock &clock, const Json &body) {
    const std::string ours = textAt(body, "from");
    const std::string profileId = world.profileOf(ours);
    if (profileId.empty())
        return badRequest("'" + ours + "' is no number of this account, or belongs to no messaging profile.");
    const std::string keyword = textAt(body, "keyword");
    world.block({ours, textAt(body, "to"), profileId, keyword.empty() ? "STOP" : keyword,
                 parseUtc(QString::fromStdString(textAt(body, "created_at"))).value_or(clock.now())});
    return {200, {{"opt_outs", world.optOuts().size()}}};
}

/// One message of the past: `{"direction", "from", "to", "text", "status"?, "at"?}`.
Result<Message, std::string> seedMessage(World &world, const VirtualClock &clock, const Seeded &seeded,
                                         const Json &line) {
    Message message;
    message.inbound = textAt(line, "direction", "outbound") == "inbound";
    message.from = textAt(line, "from");
    message.profileId = world.profileOf(message.inbound ? textAt(line, "to") : message.from);
    if (message.profileId.empty())
        return failed(std::string("One of 'from' and 'to' must be a number of this account with a profile."));
    const std::string at = textAt(line, "at");
    const auto time = at.empty() ? clock.now() : parseUtc(QString::fromStdString(at));
    if (!time)
        return failed("'" + at + "' is no time.");
    message.id = seeded.uuid("message/" + std::to_string(world.nextOrdinal()));
    message.text = textAt(line, "text");
    message.receivedAt = *time;
    message.sentAt = message.completedAt = message.receivedAt;
    const std::string to = textAt(line, "to");
    const std::string status = textAt(line, "status", message.inbound ? "webhook_delivered" : "delivered");
    message.to.push_back({to, status, message.inbound ? "Telnyx" : carrierOf(to)});
    const Encoded encoded = encode(message.text, SenderKind::LongCode, {}, false);
    message.encoding = encoded.encoding;
    message.parts = std::max(1, encoded.parts);
    message.cost = Cost{};
    return message;
}

Answer seedMessages(Controlled c, const Json &body) {
    const auto list = body.find("messages");
    if (list == body.end() || !list->is_array())
        return badRequest("'messages' must be an array.");
    std::vector<Message> messages;
    Json ids = Json::array();
    for (const Json &line : *list) {
        auto message = seedMessage(c.world, c.clock, c.seeded, line);
        if (!message)
            return badRequest(message.error());
        ids.push_back(c.world.addMessage(*std::move(message)).id);
    }
    return {200, {{"ids", std::move(ids)}}};
}

Answer listMessages(World &world, const Call &call) {
    const std::string count = call.queryAt("last");
    const std::size_t wanted =
        count.empty() ? 100 : static_cast<std::size_t>(std::max(0, QString::fromStdString(count).toInt()));
    const auto &all = world.messages();
    Json list = Json::array();
    for (std::size_t i = all.size() - std::min(wanted, all.size()); i < all.size(); ++i)
        list.push_back(payload(*all[i]));
    return {200, {{"messages", std::move(list)}, {"total", all.size()}}};
}

} // namespace

void addPeopleRoutes(Router &router, Controlled c) {
    router.add(
        "POST", "/inbound", [c](const Call &call) { return inboundMessage(c.inbound, call.body); },
        &inboundSchema());
    router.add(
        "POST", "/group_reply", [c](const Call &call) { return groupReply(c.world, c.inbound, call.body); },
        &groupReplySchema());
    for (const char *keyword : {"STOP", "START", "HELP"}) {
        const std::string path = "/" + QString::fromLatin1(keyword).toLower().toStdString();
        router.add(
            "POST", path,
            [c, keyword](const Call &call) {
                return receive(c.inbound, {textAt(call.body, "from"), textAt(call.body, "to"), keyword});
            },
            &keywordSchema());
    }
    router.add(
        "POST", "/opt_outs", [c](const Call &call) { return addOptOut(c.world, c.clock, call.body); },
        &optOutSchema());
    router.add(
        "POST", "/messages/{id}/status",
        [c](const Call &call) { return forceStatus(c.world, c.progress, call); }, &fateSchema());
    router.add("POST", "/messages", [c](const Call &call) { return seedMessages(c, call.body); });
    router.add("GET", "/messages", [c](const Call &call) { return listMessages(c.world, call); });
    router.add(
        "POST", "/outcomes", [c](const Call &call) { return expectOutcome(c.progress, call.body); },
        &fateSchema());
    router.add("GET", "/outcomes", [c](const Call &) { return outcomesAnswer(c.progress); });
    router.add("DELETE", "/outcomes", [c](const Call &) {
        c.progress.forgetOutcomes();
        return outcomesAnswer(c.progress);
    });
    router.add("POST", "/scripts", [c](const Call &call) {
        c.scripts.setEnabled(boolAt(call.body, "enabled", true));
        return Answer{200, {{"enabled", c.scripts.isEnabled()}}};
    });
}

} // namespace longcode::sandbox
