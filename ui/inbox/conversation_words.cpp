#include "inbox/conversation_words.h"

#include "style/plain_text.h"

#include <QCoreApplication>

namespace longcode::inbox {

namespace {

QString conversationWord(const char *text, const char *what = nullptr) {
    return QCoreApplication::translate("longcode::inbox::ConversationWords", text, what);
}

/// A number keeps its own direction inside right to left text.
QString number(const phone::Address &address) {
    return style::isolated(address.international());
}

} // namespace

QString displayName(const desk::Conversation &conversation, const phone::Region &home) {
    const QString name = style::singleLine(conversation.name);
    return name.isEmpty() ? style::singleLine(conversation.peer.display(home)) : name;
}

QString previewWords(const desk::Conversation &conversation) {
    const QString preview = style::singleLine(conversation.preview);
    if (conversation.previewIsDraft)
        return preview;
    if (conversation.lastDirection == desk::Direction::Outbound)
        return conversationWord("You: %1", "our own last message in a list").arg(style::isolated(preview));
    if (conversation.lastDirection == desk::Direction::Note)
        return conversationWord("Note: %1", "newest thing in a list").arg(style::isolated(preview));
    return preview;
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
