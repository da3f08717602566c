#include "inbox/message_words.h"

#include "inbox/when.h"
#include "style/plain_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace longcode::inbox {

namespace {

QString messageWord(const char *text, const char *what = nullptr, int count = -1) {
    return QCoreApplication::translate("longcode::inbox::MessageWords", text, what, count);
}

/// Between parts of one line. Not part of any sentence.
QString separator() {
    return QStringLiteral(" · ");
}

QString asSentence(const QString &foreign) {
    QString sentence = style::singleLine(foreign);
    if (sentence.isEmpty())
        return sentence;
    if (!QStringLiteral(".!?…。").contains(sentence.back()))
        sentence += QLatin1Char('.');
    return style::isolated(sentence);
}

QString serverWords(const desk::MessageFailure &failure) {
    QString words = style::singleLine(failure.what);
    while (words.endsWith(QLatin1Char('.')))
        words.chop(1);
    if (words.isEmpty())
        words = messageWord("The API gave no reason");
    if (!failure.code.isEmpty() && !words.contains(failure.code))
        words += QStringLiteral(" (%1)").arg(style::singleLine(failure.code));
    return asSentence(words);
}

/// More links than these would be a menu; the details offer all of them.
constexpr qsizetype mostRemedies = 3;

QString leadOf(desk::MessageState state) {
    switch (state) {
    case desk::MessageState::Rejected:
        return messageWord("Not sent:");
    case desk::MessageState::Uncertain:
        return messageWord("Was this sent?");
    case desk::MessageState::Unconfirmed:
        return messageWord("Not confirmed:");
    default:
        return messageWord("Not delivered:");
    }
}

Notice diagnosedNotice(const desk::Message &message, const desk::Diagnosis &diagnosis) {
    Notice notice;
    notice.lead = leadOf(message.state);
    notice.body = asSentence(diagnosis.sentence);
    notice.doubt =
        message.state == desk::MessageState::Uncertain || message.state == desk::MessageState::Unconfirmed;
    const qsizetype most = message.state == desk::MessageState::Uncertain ? 2 * mostRemedies : mostRemedies;
    for (const desk::Remedy remedy : diagnosis.remedies) {
        const auto action = actionOf(remedy);
        if (action && notice.actions.size() < most)
            notice.actions << *action;
    }
    notice.actions << MessageAction::Explain;
    return notice;
}

Notice failureNotice(const desk::Message &message, const QString &lead) {
    Notice notice{.lead = lead, .body = {}, .doubt = false, .actions = {MessageAction::EditAndResend}};
    const desk::MessageFailure failure = message.failure.value_or(desk::MessageFailure{});
    QStringList sentences{serverWords(failure)};
    if (!failure.cause.isEmpty())
        sentences << asSentence(failure.cause);
    notice.body = sentences.join(QLatin1Char(' '));
    notice.actions << MessageAction::Explain;
    return notice;
}

} // namespace

QString inWords(MessageAction action) {
    switch (action) {
    case MessageAction::EditAndResend:
        return messageWord("Edit and resend");
    case MessageAction::Explain:
        return messageWord("Why?", "asks for the cause of a failure");
    case MessageAction::SendAgain:
        return messageWord("Send again");
    case MessageAction::CountAsSent:
        return messageWord("It was sent");
    case MessageAction::Discard:
        return messageWord("Discard");
    case MessageAction::LookUp:
        return messageWord("Look up");
    case MessageAction::ChangeSender:
        return messageWord("Change the sender");
    case MessageAction::CopyNumber:
        return messageWord("Copy the number");
    case MessageAction::OpenSettings:
        return messageWord("Open the settings");
    case MessageAction::CancelScheduled:
        return messageWord("Cancel", "a scheduled text");
    case MessageAction::TakeBack:
        return messageWord("Undo", "a send that has not left yet");
    case MessageAction::OpenLink:
        return messageWord("Open the link");
    case MessageAction::Copy:
        return messageWord("Copy text");
    case MessageAction::CopyWithNames:
        return messageWord("Copy with name and time");
    case MessageAction::Details:
        return messageWord("Details and raw events…");
    }
    return {};
}

std::optional<MessageAction> actionOf(desk::Remedy remedy) {
    using desk::Remedy;
    switch (remedy) {
    case Remedy::EditAndResend:
        return MessageAction::EditAndResend;
    case Remedy::SendAgain:
        return MessageAction::SendAgain;
    case Remedy::LookUp:
        return MessageAction::LookUp;
    case Remedy::CountAsSent:
        return MessageAction::CountAsSent;
    case Remedy::Discard:
        return MessageAction::Discard;
    case Remedy::ChangeSender:
        return MessageAction::ChangeSender;
    case Remedy::CallCustomer:
        return MessageAction::CopyNumber;
    case Remedy::OpenSettings:
        return MessageAction::OpenSettings;
    case Remedy::CopyDetails:
        break;
    }
    return {};
}

std::optional<Notice> noticeFor(const desk::Message &message,
                                const std::optional<desk::Diagnosis> &diagnosis) {
    using desk::MessageState;
    if (diagnosis && !diagnosis->sentence.isEmpty())
        return diagnosedNotice(message, *diagnosis);
    switch (message.state) {
    case MessageState::Failed:
        return failureNotice(message, leadOf(message.state));
    case MessageState::Rejected:
        return failureNotice(message, leadOf(message.state));
    case MessageState::Uncertain:
        return Notice{
            .lead = leadOf(message.state),
            .body = messageWord("The connection broke before Telnyx answered. If it was sent, sending "
                                "it again would text the customer twice."),
            .doubt = true,
            .actions = {MessageAction::SendAgain, MessageAction::CountAsSent, MessageAction::Discard}};
    default:
        return {};
    }
}

int secondsToTakeBack(const desk::Message &message, const QDateTime &now) {
    if (message.state != desk::MessageState::Held || !message.heldUntil.isValid() || !now.isValid())
        return -1;
    const qint64 left = now.msecsTo(message.heldUntil);
    return left <= 0 ? -1 : int((left + 999) / 1000);
}

std::optional<MessageAction> printActionFor(const desk::Message &message, const QDateTime &now) {
    if (secondsToTakeBack(message, now) >= 0)
        return MessageAction::TakeBack;
    const bool keptHere =
        message.state == desk::MessageState::Held && message.sendAt.isValid() && !message.heldUntil.isValid();
    if (keptHere || message.state == desk::MessageState::Scheduled)
        return MessageAction::CancelScheduled;
    return {};
}

namespace {

QString stateWords(const desk::Message &message, const QDateTime &now) {
    if (!message.serverStatus.isEmpty())
        return style::singleLine(message.serverStatus);
    if (const int seconds = secondsToTakeBack(message, now); seconds >= 0)
        return messageWord("Sends in %1 s", "seconds until a text leaves").arg(QLocale().toString(seconds));
    const bool waits =
        message.state == desk::MessageState::Scheduled || message.state == desk::MessageState::Held;
    if (waits && message.sendAt.isValid())
        return messageWord("Scheduled for %1").arg(dayAndTime(message.sendAt, now));
    return desk::stateInWords(message.state);
}

} // namespace

QString smallPrint(const desk::Message &message, const Reader &reader, const QDateTime &now) {
    QStringList parts{timeOfDay(message.at)};
    if (message.direction == desk::Direction::Note) {
        parts << (reader.team ? messageWord("Only your team sees this") : messageWord("Only you see this"));
        return parts.join(separator());
    }
    if (message.direction == desk::Direction::Inbound) {
        if (message.isKeyword)
            parts << messageWord("Keyword", "the text is STOP, START or HELP");
        if (message.late)
            parts << messageWord("Arrived late");
        return parts.join(separator());
    }
    if (!message.author.isEmpty() && message.author != reader.name)
        parts << messageWord("by %1", "a colleague who sent it").arg(style::isolated(message.author));
    if (message.late)
        parts << messageWord("Arrived late");
    if (message.segments > 0)
        parts << (message.segments == 1 ? messageWord("1 segment")
                                        : messageWord("%n segments", nullptr, message.segments));
    parts << stateWords(message, now);
    return parts.join(separator());
}

QString noteAuthor(const desk::Message &message, const Reader &reader) {
    if (message.author.isEmpty())
        return messageWord("Note");
    return message.author == reader.name ? messageWord("You", "wrote a note")
                                         : style::singleLine(message.author);
}

QString mediaLine(const desk::Message &message) {
    if (message.mediaCount < 1)
        return {};
    return message.mediaCount == 1 ? messageWord("1 attachment")
                                   : messageWord("%n attachments", nullptr, message.mediaCount);
}

QList<MessageAction> menuActionsFor(const desk::Message &message, const QDateTime &now,
                                    const std::optional<desk::Diagnosis> &diagnosis) {
    QList<MessageAction> actions;
    if (const auto notice = noticeFor(message, diagnosis))
        actions = notice->actions;
    actions.removeAll(MessageAction::Explain); // the details are at the end
    if (const auto waiting = printActionFor(message, now))
        actions << *waiting;
    if (!message.text.isEmpty())
        actions << MessageAction::Copy << MessageAction::CopyWithNames;
    if (message.direction != desk::Direction::Note)
        actions << MessageAction::Details;
    return actions;
}

QString speaker(const desk::Message &message, const Reader &reader, const QString &customer) {
    if (message.direction == desk::Direction::Inbound)
        return customer;
    if (!message.author.isEmpty())
        return style::singleLine(message.author);
    return reader.name.isEmpty() ? messageWord("We", "who wrote a text, in a transcript")
                                 : style::singleLine(reader.name);
}

QString transcriptLine(const desk::Message &message, const QString &speaker) {
    return messageWord("%1, %2: %3", "name, time and text of a message in a transcript")
        .arg(speaker, dateAndTime(message.at), message.text);
}

} // namespace longcode::inbox
