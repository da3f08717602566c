#pragma once

#include "base/clock.h"
#include "desk/conversation_model.h"
#include "desk/inbox.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTimer>

namespace longcode::desk {

/// The inbox over a store. UI thread. The store's changes are gathered and taken over a slice at a time, at
/// most once in a frame, so that a burst of them never holds the thread. Snoozes and claims end by one timer
/// that is set to the earliest end and looks at the clock at least once a minute. Store, reader (of this
/// thread) and clock must outlive it; message models that it opened must go before the reader.
class LiveInbox final : public Inbox {
    Q_OBJECT
public:
    LiveInbox(store::Store &store, store::Reader &reader, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] QAbstractItemModel &conversations() override { return m_conversations; }
    void setFilter(InboxFilter filter) override;
    void setOwnNumber(const std::optional<phone::Address> &own) override;
    void setSearch(const QString &text) override;
    [[nodiscard]] int count(InboxFilter filter) const override;
    [[nodiscard]] std::optional<Conversation> conversation(ConversationId id) const override;
    [[nodiscard]] std::unique_ptr<MessageWindow> openMessages(ConversationId id) override;
    [[nodiscard]] std::unique_ptr<MessageWindow> openMessagesAt(ConversationId id,
                                                                MessageRow around) override;
    [[nodiscard]] MessageRow firstUnread(ConversationId id) const override;
    [[nodiscard]] MessageRow firstSince(ConversationId id, const QDateTime &moment) const override;
    [[nodiscard]] MessageRow readPosition(ConversationId id) const override;
    void keepReadPosition(ConversationId id, MessageRow message) override;
    void markRead(ConversationId id) override;
    QFuture<Result<ConversationId, Failure>> begin(const phone::Address &peer,
                                                   const phone::Address &own) override;
    void rename(ConversationId id, const QString &name) override;

    /// The name under which the relay knows this person: whose claims are Mine.
    void setMe(const QString &name);
    /// Everything that came from the store so far is in models and counts.
    [[nodiscard]] bool isUpToDate() const;

public Q_SLOTS:
    /// Ends what has ended by now. Happens by itself; earlier when somebody knows that time has jumped.
    void lookAtClock();

Q_SIGNALS:
    void meChanged(const QString &name);
    /// The store's changes as they come to this thread. One that happens while a model reads, before it
    /// listens, is still on its way here then.
    void changesCame(const longcode::store::Changes &changes);
    /// What a person did here, for colleagues to hear of.
    void readHere(longcode::store::ConversationId id, const QDateTime &upTo);
    void namedHere(const QString &peer, const QString &name);
    /// A snooze ended by its time, perhaps while the console was closed.
    void woke(longcode::desk::ConversationId id);

private:
    void planNextEnd();
    void readCounts();
    void gather(const store::Changes &changes);
    void applySlice();
    [[nodiscard]] store::Changes takeSlice();
    void apply(const store::Changes &changes);
    [[nodiscard]] std::unique_ptr<MessageWindow> watched(std::unique_ptr<class MessageModel> model);

    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    qint64 m_nowMs = 0;
    ConversationModel m_conversations;
    store::FilterCounts m_counts;
    QTimer m_endTimer, m_applyTimer, m_countsTimer;
    QString m_me;

    // What has not been taken over yet.
    QList<store::ConversationId> m_waiting; ///< in the order of their first change
    QHash<store::ConversationId, QList<store::MessageChange>> m_waitingMessages;
    QList<store::MessageChange> m_arrived; ///< customers' texts that came in live
    bool m_sendersWait = false;
    QElapsedTimer m_lastApplied;
};

} // namespace longcode::desk
