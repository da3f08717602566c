#pragma once

#include "base/clock.h"
#include "desk/team.h"
#include "desk/triage.h"
#include "store/store.h"

#include <QTimer>

#include <utility>

namespace longcode::desk {

/// Triage over a store: one transaction for each call, whatever the number of conversations, save closing,
/// which is a fact for colleagues each time. What needs a look at every conversation is done a few at a time.
/// UI thread; all handed in outlive it.
class LiveTriage final : public Triage {
    Q_OBJECT
public:
    LiveTriage(store::Store &store, store::Reader &reader, Team &team, const Clock &clock,
               QObject *parent = nullptr);

    void setPinned(const QList<ConversationId> &ids, bool pinned) override;
    void snooze(const QList<ConversationId> &ids, const QDateTime &until) override;
    void markUnread(const QList<ConversationId> &ids) override;
    void markRead(const QList<ConversationId> &ids) override;
    void setClosed(const QList<ConversationId> &ids, bool closed) override;

Q_SIGNALS:
    /// For colleagues to hear of, as LiveInbox::readHere.
    void readHere(longcode::store::ConversationId id, const QDateTime &upTo);

private:
    void watch(const QFuture<Result<store::Changes, store::StoreError>> &outcome);
    void closeSome();
    void shareSome();

    store::Store &m_store;
    store::Reader &m_reader;
    Team &m_team;
    const Clock &m_clock;
    QList<std::pair<ConversationId, bool>> m_toClose;
    QList<ConversationId> m_toShare;
    QTimer m_closing, m_sharing;
};

} // namespace longcode::desk
