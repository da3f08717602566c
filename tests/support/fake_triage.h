#pragma once

#include "desk/triage.h"
#include "support/fake_inbox.h"

#include <QPair>

namespace longcode::tests {

/// Remembers what it was told, and shows it in the inbox if it has one.
class FakeTriage final : public desk::Triage {
    Q_OBJECT
public:
    using Ids = QList<desk::ConversationId>;

    explicit FakeTriage(FakeInbox *inbox = nullptr, QObject *parent = nullptr)
        : desk::Triage(parent), m_inbox(inbox) {}

    void setPinned(const Ids &ids, bool pinned) override;
    void snooze(const Ids &ids, const QDateTime &until) override;
    void markUnread(const Ids &ids) override;
    void markRead(const Ids &ids) override;
    void setClosed(const Ids &ids, bool closed) override;

    /// Ends a snooze as its time would.
    void wake(desk::ConversationId id);

    QList<QPair<Ids, bool>> pins, closings;
    QList<QPair<Ids, QDateTime>> snoozes;
    QList<Ids> markedUnread, markedRead;

private:
    void update(const Ids &ids, const std::function<void(desk::Conversation &)> &how);

    FakeInbox *m_inbox;
};

} // namespace longcode::tests
