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
    case MessageAction::Copy:
        return messageWord("Copy text");
    }
    return {};
}

std::optional<Notice> noticeFor(const desk::Message &message) {
    using desk::MessageState;
    switch (message.state) {
    case MessageState::Failed:
        return failureNotice(message, messageWord("Not delivered:"));
    case MessageState::Rejected:
        return failureNotice(message, messageWord("Not sent:"));
    case MessageState::Uncertain:
        return Notice{
            .lead = messageWord("Was this sent?"),
            .body = messageWord("The connection broke before Telnyx answered. If it was sent, sending "
                                "it again would text the customer twice."),
            .doubt = true,
            .actions = {MessageAction::SendAgain, MessageAction::CountAsSent, MessageAction::Discard}};
    default:
        return {};
    }
}

QString smallPrint(const desk::Message &message, const Reader &reader) {
    QStringList parts{timeOfDay(message.at)};
    if (message.direction == desk::Direction::Note) {
        parts << (reader.team ? messageWord("Only your team sees this") : messageWord("Only you see this"));
        return parts.join(separator());
    }
    if (message.direction == desk::Direction::Inbound) {
        if (message.isKeyword)
            parts << messageWord("Keyword", "the text is STOP, START or HELP");
        return parts.join(separator());
    }
    if (!message.author.isEmpty() && message.author != reader.name)
        parts << messageWord("by %1", "a colleague who sent it").arg(style::isolated(message.author));
    if (message.segments > 0)
        parts << (message.segments == 1 ? messageWord("1 segment")
                                        : messageWord("%n segments", nullptr, message.segments));
    parts << (message.serverStatus.isEmpty() ? desk::stateInWords(message.state)
                                             : style::singleLine(message.serverStatus));
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

QList<MessageAction> menuActionsFor(const desk::Message &message) {
    QList<MessageAction> actions;
    if (const auto notice = noticeFor(message))
        actions = notice->actions;
    if (!message.text.isEmpty())
        actions << MessageAction::Copy;
    return actions;
}

} // namespace longcode::inbox
