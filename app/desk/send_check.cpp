#include "desk/send_check.h"

#include "desk/convert.h"
#include "store/values.h"

#include <QCoreApplication>

namespace longcode::desk {

namespace {

struct CheckWords {
    Q_DECLARE_TR_FUNCTIONS(SendCheck)
};

std::u16string_view view(const QString &text) {
    return {reinterpret_cast<const char16_t *>(text.utf16()), static_cast<std::size_t>(text.size())};
}

const Sender *senderOf(const phone::Address &own, const SendingAccount &account) {
    for (const Sender &sender : account.senders)
        if (sender.address == own)
            return &sender;
    return nullptr;
}

SendProblem emptyText() {
    return {SendProblemKind::Empty,
            {CheckWords::tr("There is nothing to send yet."), CheckWords::tr("Type a text.")}};
}

SendProblem nothingLeft() {
    return {
        SendProblemKind::Empty,
        {CheckWords::tr(
             "The sender's smart encoding removes every character of this text, so nothing would be sent."),
         CheckWords::tr("Type a text with at least one letter or digit.")}};
}

SendProblem tooLong(const sms::Count &count) {
    return {SendProblemKind::TooManySegments,
            {CheckWords::tr("This text takes %1 segments of %2 units; one message holds %3 segments at most.")
                 .arg(count.segments)
                 .arg(count.unitsPerSegment)
                 .arg(sms::maximumSegments),
             CheckWords::tr("Shorten it, or send it as two messages.")}};
}

std::optional<SendProblem> checkSender(const phone::Address &own, const SendingAccount &account) {
    if (own.isEmpty())
        return SendProblem{SendProblemKind::NoSender,
                           {CheckWords::tr("This conversation has no sender."),
                            CheckWords::tr("Choose the number to send from.")}};
    if (account.senders.isEmpty())
        return std::nullopt;
    const Sender *sender = senderOf(own, account);
    if (!sender)
        return SendProblem{SendProblemKind::NoSender,
                           {CheckWords::tr("%1 is not, or no longer, a sender of this account.")
                                .arg(own.display(account.home)),
                            CheckWords::tr("Choose another sender for this conversation.")}};
    if (!sender->profileEnabled)
        return SendProblem{SendProblemKind::ProfileDisabled,
                           {CheckWords::tr("The messaging profile “%1” of %2 is disabled.")
                                .arg(sender->profileName, own.display(account.home)),
                            CheckWords::tr("Enable it in the Telnyx portal, or choose another sender.")}};
    return std::nullopt;
}

} // namespace

QString asCountedInFullAlphabet(const QString &text, sms::SenderKind kind) {
    if (kind == sms::SenderKind::ShortCode)
        return text;
    static const QString oneUnit = QString::fromUtf8("¤ÇΓΔΘΛΞΠΣΦΨΩ");
    QString counted = text;
    for (QChar &c : counted) {
        if (oneUnit.contains(c))
            c = QLatin1Char('A');
        else if (c == QLatin1Char('\f'))
            c = QLatin1Char('|'); // of the extension table too: two units
    }
    return counted;
}

SendEstimate estimate(const QString &text, const phone::Address &own, const SendingAccount &account) {
    const Sender *sender = senderOf(own, account);
    const sms::SenderKind kind = sender ? sender->kind : senderKind(own);
    const auto count = [&account, kind](const QString &sent) {
        const QString counted = account.fullAlphabet ? asCountedInFullAlphabet(sent, kind) : sent;
        return sms::count(view(counted), kind);
    };
    if (!sender || !sender->smartEncoding)
        return {.count = count(text), .becameEmpty = false};
    const sms::SmartText smart = sms::smartEncode(view(text));
    return {.count = count(QString::fromStdU16String(smart.text)), .becameEmpty = smart.becameEmpty};
}

std::optional<SendProblem> checkSend(const store::ConversationRecord &conversation, const QString &text,
                                     const SendingAccount &account, const std::optional<Block> &block) {
    const phone::Address own = phone::fromWire(conversation.parties.own);
    if (text.trimmed().isEmpty())
        return emptyText();
    if (block)
        return SendProblem{SendProblemKind::OptedOut, {block->what, block->howLifted}};
    if (const auto problem = checkSender(own, account))
        return problem;
    const SendEstimate estimated = estimate(text, own, account);
    if (estimated.becameEmpty)
        return nothingLeft();
    if (estimated.count.segments > sms::maximumSegments)
        return tooLong(estimated.count);
    return std::nullopt;
}

store::ConversationRecord asBetween(const store::ConversationRecord &conversation,
                                    const store::Parties &parties) {
    store::ConversationRecord between = conversation;
    if (between.parties != parties) {
        between.parties = parties;
        between.optOut.reset();
    }
    return between;
}

SendProblem conversationUnknown() {
    return {SendProblemKind::ConversationUnknown,
            {CheckWords::tr("This conversation does not exist any more."),
             CheckWords::tr("Choose another one from the list.")}};
}

} // namespace longcode::desk
