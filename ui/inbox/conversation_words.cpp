#include "inbox/conversation_words.h"

#include "style/plain_text.h"

#include <QCoreApplication>

namespace longcode::inbox {

namespace {

QString conversationWord(const char *text, const char *what = nullptr, int count = -1) {
    return QCoreApplication::translate("longcode::inbox::ConversationWords", text, what, count);
}

/// A number keeps its own direction inside right to left text.
QString number(const phone::Address &address) {
    return style::isolated(address.international());
}

} // namespace

QString failureWords(const Failure &why) {
    return style::displayLine(why.remedy.isEmpty() ? why.what : why.what + u' ' + why.remedy);
}

QString displayName(const desk::Conversation &conversation, const phone::Region &home) {
    const QString name = style::singleLine(conversation.name);
    return name.isEmpty() ? style::singleLine(conversation.peer.display(home)) : name;
}

QString previewWords(const desk::Conversation &conversation, bool isTeam) {
    const QString preview = style::singleLine(conversation.preview);
    if (conversation.previewIsDraft)
        return preview;
    if (conversation.lastDirection == desk::Direction::Outbound) {
        if (!isTeam || conversation.lastIsMine)
            return conversationWord("You: %1", "our own last message in a list")
                .arg(style::isolated(preview));
        const QString author = style::singleLine(conversation.lastAuthor);
        if (author.isEmpty())
            return conversationWord("We: %1", "the team's last message in a list")
                .arg(style::isolated(preview));
        return conversationWord("%1: %2", "a colleague's last message in a list")
            .arg(style::isolated(author), style::isolated(preview));
    }
    if (conversation.lastDirection == desk::Direction::Note)
        return conversationWord("Note: %1", "newest thing in a list").arg(style::isolated(preview));
    return preview;
}

WaitingWords waitingWords(const desk::Conversation &conversation, const QDateTime &now) {
    constexpr qint64 hour = 60;
    constexpr qint64 day = 24 * hour;
    constexpr qint64 soonAfter = 15;
    if (!conversation.waitingSince.isValid())
        return {};
    const qint64 minutes = qMax(qint64(0), conversation.waitingSince.secsTo(now) / 60);
    WaitingWords waiting;
    waiting.urgency = minutes > hour ? Urgency::Late : minutes > soonAfter ? Urgency::Soon : Urgency::Calm;
    if (minutes < 1)
        waiting.words = conversationWord("waiting", "for an answer, less than a minute");
    else if (minutes <= hour)
        waiting.words = conversationWord("waiting %n min", nullptr, int(minutes));
    else if (minutes < 2 * day)
        waiting.words = conversationWord("waiting %n h", nullptr, int(minutes / hour));
    else
        waiting.words = conversationWord("waiting %n days", nullptr, int(minutes / day));
    return waiting;
}

QString senderWords(const desk::Conversation &conversation) {
    if (conversation.own.isEmpty())
        return {};
    const QString profile = style::singleLine(conversation.ownName);
    return profile.isEmpty() ? number(conversation.own)
                             : style::isolated(profile) + QLatin1Char(' ') + number(conversation.own);
}

QString routeWords(const desk::Conversation &conversation) {
    const QString peer = number(conversation.peer);
    const QString sender = senderWords(conversation);
    return sender.isEmpty()
               ? peer
               : conversationWord("%1 · via %2", "customer's number, own sender").arg(peer, sender);
}

QString troubleWords(const desk::Conversation &conversation) {
    using desk::MessageState;
    if (conversation.lastDirection != desk::Direction::Outbound)
        return {};
    switch (conversation.lastState) {
    case MessageState::Failed:
        return conversationWord("Not delivered");
    case MessageState::Rejected:
        return conversationWord("Not sent");
    case MessageState::Uncertain:
        return conversationWord("Was it sent?");
    default:
        return {};
    }
}

} // namespace longcode::inbox
