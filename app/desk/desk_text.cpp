#include "desk/desk_text.h"

#include "desk/team.h"

#include <QCoreApplication>
#include <QLocale>

namespace longcode::desk {

namespace {

QString tr(const char *text, int n = -1) {
    return QCoreApplication::translate("longcode::desk", text, nullptr, n);
}

QString timeInWords(const QDateTime &at) {
    return QLocale().toString(at.toLocalTime().time(), QLocale::ShortFormat);
}

QString stateOf(const Message &message) {
    return message.serverStatus.isEmpty() ? stateInWords(message.state) : oneLine(message.serverStatus);
}

} // namespace

QString stateInWords(MessageState state) {
    switch (state) {
    case MessageState::Received:
        return tr("Received");
    case MessageState::Waiting:
        return tr("Waiting to be sent");
    case MessageState::Sending:
        return tr("Sending");
    case MessageState::Uncertain:
        return tr("Not certain whether it was sent");
    case MessageState::Rejected:
        return tr("Not sent");
    case MessageState::Queued:
        return tr("Queued");
    case MessageState::Sent:
        return tr("Sent");
    case MessageState::Delivered:
        return tr("Delivered");
    case MessageState::Unconfirmed:
        return tr("Delivery not confirmed");
    case MessageState::Failed:
        return tr("Not delivered");
    case MessageState::Cancelled:
        return tr("Cancelled");
    case MessageState::Scheduled:
        return tr("Scheduled");
    case MessageState::Held:
        return tr("Kept until its time");
    }
    return {};
}

QString roleInWords(TeamRole role) {
    switch (role) {
    case TeamRole::Agent:
        return tr("Agent");
    case TeamRole::Compliance:
        return tr("Compliance");
    case TeamRole::Admin:
        return tr("Administrator");
    }
    return {};
}

QString oneLine(const QString &text) {
    return text.simplified();
}

QString attachmentsInWords(int count) {
    return count == 1 ? tr("1 attachment") : tr("%n attachments", count);
}

QString spoken(const Message &message, const QString &peer, const QString &me) {
    const bool own = message.author.isEmpty() || message.author == me;
    QString body = oneLine(message.text);
    if (message.mediaCount > 0)
        body += (body.isEmpty() ? QString() : QStringLiteral(", ")) + attachmentsInWords(message.mediaCount);
    if (message.direction == Direction::Note)
        return (own ? tr("Note by you, %1: ").arg(timeInWords(message.at))
                    : tr("Note by %1, %2: ").arg(oneLine(message.author), timeInWords(message.at))) +
               body;
    const QString who = message.direction == Direction::Inbound ? peer
                        : own                                   ? tr("You")
                                                                : oneLine(message.author);
    QString line = QStringLiteral("%1, %2, %3: ").arg(who, timeInWords(message.at), stateOf(message)) + body;
    if (message.failure && !message.failure->what.isEmpty())
        line += QStringLiteral(". ") + oneLine(message.failure->what);
    return line;
}

QString spoken(const Conversation &conversation) {
    QStringList parts{conversation.name.isEmpty() ? conversation.peer.international()
                                                  : oneLine(conversation.name)};
    if (conversation.unread > 0)
        parts.append(conversation.unread == 1 ? tr("1 unread") : tr("%n unread", conversation.unread));
    else if (conversation.markedUnread)
        parts.append(tr("marked as unread"));
    if (conversation.pinned)
        parts.append(tr("pinned"));
    if (conversation.snoozedUntil.isValid())
        parts.append(
            tr("snoozed until %1")
                .arg(QLocale().toString(conversation.snoozedUntil.toLocalTime(), QLocale::ShortFormat)));
    if (conversation.scheduled > 0)
        parts.append(tr("%n scheduled", conversation.scheduled));
    if (conversation.optOut)
        parts.append(tr("opted out"));
    if (conversation.closed)
        parts.append(tr("closed"));
    else if (conversation.claim)
        parts.append(conversation.claim->mine ? tr("claimed by you")
                                              : tr("claimed by %1").arg(conversation.claim->assignee));
    parts.append(timeInWords(conversation.lastAt));
    if (conversation.previewIsDraft)
        parts.append(tr("Draft"));
    else if (conversation.lastDirection == Direction::Outbound)
        parts.append(stateInWords(conversation.lastState));
    return parts.join(QStringLiteral(", ")) + QStringLiteral(": ") + conversation.preview;
}

} // namespace longcode::desk
