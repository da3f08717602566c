#include "support/fake_triage.h"

namespace longcode::tests {

using desk::Conversation;

void FakeTriage::update(const Ids &ids, const std::function<void(Conversation &)> &how) {
    if (!m_inbox)
        return;
    for (const desk::ConversationId id : ids)
        m_inbox->update(id, how);
}

void FakeTriage::setPinned(const Ids &ids, bool pinned) {
    pins.append({ids, pinned});
    update(ids, [pinned](Conversation &conversation) { conversation.pinned = pinned; });
}

void FakeTriage::snooze(const Ids &ids, const QDateTime &until) {
    snoozes.append({ids, until});
    update(ids, [&until](Conversation &conversation) { conversation.snoozedUntil = until; });
}

void FakeTriage::markUnread(const Ids &ids) {
    markedUnread.append(ids);
    update(ids, [](Conversation &conversation) { conversation.markedUnread = true; });
}

void FakeTriage::markRead(const Ids &ids) {
    markedRead.append(ids);
    update(ids, [](Conversation &conversation) {
        conversation.unread = 0;
        conversation.markedUnread = false;
    });
}

void FakeTriage::setClosed(const Ids &ids, bool closed) {
    closings.append({ids, closed});
    update(ids, [closed](Conversation &conversation) { conversation.closed = closed; });
}

void FakeTriage::wake(desk::ConversationId id) {
    update({id}, [](Conversation &conversation) { conversation.snoozedUntil = {}; });
    Q_EMIT woke(id);
}

} // namespace longcode::tests
