#pragma once

#include "desk/cancellation.h"
#include "desk/schedule.h"
#include "desk/schedule_model.h"
#include "store/desk_values.h"
#include "store/values.h"

#include <QSet>
#include <QTimer>

#include <functional>
#include <optional>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store
namespace longcode::telnyx {
class Client;
}

namespace longcode::desk {

class Account;
class StoredOutbox;

/// The schedule over the console's store. What is within the API's reach is an intent with a time, posted
/// with `send_at`; what is further away is an intent in Held. Lives on the UI thread; all handed in outlive
/// it.
///
/// It also ends scheduled sends to customers who have opted out meanwhile, and looks up those whose time has
/// passed without a word.
class LiveSchedule final : public Schedule {
    Q_OBJECT
public:
    LiveSchedule(store::Store &store, store::Reader &reader, telnyx::Client &client, StoredOutbox &outbox,
                 const Clock &clock, QObject *parent = nullptr);

    /// Begins to look after what waits; missed ones are told from here on.
    void start();
    void stop();

    [[nodiscard]] QAbstractItemModel &sends() override { return m_model; }
    [[nodiscard]] std::optional<Failure> obstacle(const QDateTime &at) const override;
    [[nodiscard]] bool wouldBeKeptHere(const QDateTime &at) const override;
    QFuture<Result<MessageRow, SendProblem>> schedule(ConversationId id, const QString &text,
                                                      const QDateTime &at) override;
    QFuture<Result<MessageRow, SendProblem>> change(MessageRow message, const QString &text,
                                                    const QDateTime &at) override;
    QFuture<Result<bool, Failure>> cancel(MessageRow message) override;
    QFuture<Result<MessageRow, SendProblem>> sendNow(MessageRow message) override;

private:
    using Sent = Result<MessageRow, SendProblem>;
    using Cancelled = Result<bool, Failure>;

    void onStoreChanged(const store::Changes &changes);
    void refreshSoon();
    void refresh();
    void tick();
    [[nodiscard]] ScheduledSend toDesk(const store::ScheduledRecord &record) const;
    void tellMissed();
    /// Ends what waits at the API for customers who opted out.
    void suppressOptedOut(const QList<store::ScheduledRecord> &records);
    void suppress(const store::ScheduledRecord &record, const QString &reason);
    void lookUpOverdue();
    /// The record while it can still be changed; else why not.
    [[nodiscard]] Result<store::MessageRecord, SendProblem> changeable(MessageRow message) const;
    [[nodiscard]] Result<store::NewIntent, SendProblem>
    preparedFor(ConversationId id, const QString &text, const QDateTime &at,
                const std::optional<QString> &sender = {});
    /// What it is to leave from, when it was written here.
    [[nodiscard]] std::optional<QString> senderOf(const store::MessageRecord &record) const;
    /// Finishes with Cancelled, or with Left, Waits or Unknown and why.
    QFuture<CancelOutcome> stopAtApi(const store::MessageRecord &record);
    QFuture<Sent> replace(MessageRow message, const store::NewIntent &again);
    /// At the API still: its new text is the draft for as long as neither is certain to be sent.
    void stopAndReplace(const store::MessageRecord &record, const store::NewIntent &again,
                        const std::function<void(const Sent &)> &finish);
    void endDraft(ConversationId id, const QString &text);
    QFuture<Sent> replaceStopped(MessageRow message, const store::NewIntent &again);
    void setBeingCancelled(MessageRow message, bool beingCancelled);

    store::Store &m_store;
    store::Reader &m_reader;
    telnyx::Client &m_client;
    StoredOutbox &m_outbox;
    const Clock &m_clock;
    ScheduleModel m_model;
    QTimer m_refresh, m_ticker;
    QSet<MessageRow> m_beingCancelled, m_toldMissed, m_lookedUp;
    QSet<store::ConversationId> m_conversations; ///< of what waits
    QSet<store::ConversationId> m_toCheck;       ///< something happened in them since the last look
    bool m_started = false;
};

} // namespace longcode::desk
