#include "store/operations.h"

#include "store/write_session.h"

namespace longcode::store {

Status setPinned(WriteSession &session, const QList<ConversationId> &conversations, bool pinned,
                 const QDateTime &now) {
    // Of several pinned at once, each has a moment of its own: the first of them stands on top.
    qint64 atMs = now.toMSecsSinceEpoch() + conversations.size();
    for (const ConversationId id : conversations) {
        --atMs;
        const int changed = Statement(session.connection(),
                                      "UPDATE conversations SET pinned_at = ?2 WHERE id = ?1"
                                      " AND (pinned_at > 0) <> (?2 > 0)",
                                      id.value, pinned ? atMs : 0)
                                .run();
        if (changed > 0)
            session.tell(id);
    }
    return {};
}

Status snooze(WriteSession &session, const QList<ConversationId> &conversations, const QDateTime &until) {
    const qint64 untilMs = until.isValid() ? until.toMSecsSinceEpoch() : 0;
    for (const ConversationId id : conversations) {
        const int changed = Statement(session.connection(),
                                      "UPDATE conversations SET snoozed_until = ?2 WHERE id = ?1"
                                      " AND snoozed_until <> ?2",
                                      id.value, untilMs)
                                .run();
        if (changed > 0)
            session.tell(id);
    }
    return {};
}

Status markUnread(WriteSession &session, const QList<ConversationId> &conversations) {
    for (const ConversationId id : conversations) {
        const int changed = Statement(session.connection(),
                                      "UPDATE conversations SET marked_unread = 1 WHERE id = ?"
                                      " AND marked_unread = 0",
                                      id.value)
                                .run();
        if (changed > 0)
            session.tell(id);
    }
    return {};
}

void endMark(WriteSession &session, ConversationId conversation) {
    const int changed =
        Statement(session.connection(),
                  "UPDATE conversations SET marked_unread = 0 WHERE id = ? AND marked_unread = 1",
                  conversation.value)
            .run();
    if (changed > 0)
        session.tell(conversation);
}

Status markAllRead(WriteSession &session, const QList<ConversationId> &conversations) {
    for (const ConversationId id : conversations) {
        const int changed =
            Statement(session.connection(),
                      "UPDATE messages SET unread = 0 WHERE conversation = ? AND unread = 1", id.value)
                .run();
        if (changed > 0)
            session.touch(id);
        endMark(session, id);
    }
    return {};
}

Status keepReadPosition(WriteSession &session, ConversationId conversation, MessageRow message) {
    Statement(session.connection(), "UPDATE conversations SET read_position = ? WHERE id = ?", message.value,
              conversation.value)
        .run();
    return {};
}

void endSnooze(WriteSession &session, ConversationId conversation) {
    const int changed =
        Statement(session.connection(),
                  "UPDATE conversations SET snoozed_until = 0 WHERE id = ? AND snoozed_until > 0",
                  conversation.value)
            .run();
    if (changed > 0)
        session.tell(conversation);
}

} // namespace longcode::store
