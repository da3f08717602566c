#pragma once

#include "base/failure.h"
#include "base/result.h"
#include "events/events.h"
#include "store/values.h"
#include "telnyx/telnyx.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>
#include <QUrl>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

/// Events that the relay did not bring, read from the API.
struct RecoveredEvent {
    QString source; ///< "webhook_deliveries" or "detail_records"
    QByteArray body;
};

/// What a recovery found, and where.
struct RecoveryOutcome {
    int deliveries = 0;        ///< read
    int messageDeliveries = 0; ///< of them: about messages
    int lookUps = 0;           ///< messages read one by one
    int withoutText = 0;       ///< of them: too old, so that only their records are left
    bool deliveriesRead = false;
    bool moreLeft = false; ///< there were more to look up than are looked up at once
    QStringList troubles;  ///< sources that could not be read
    QList<RecoveredEvent> events;
    /// Whole sentences.
    [[nodiscard]] QString inWords() const;
};

/// One search for what was missed: the list of webhook deliveries, then detail records of messages that are
/// not here and messages of ours whose end is not known, each read by its id. The API reads back ten days: an
/// older message becomes one without its text, made of its detail record alone, so that the gap can be seen.
/// What it finds is applied to the store; `outcome()` tells it, for colleagues to hear of. Lives on the UI
/// thread; all handed in outlive it.
class Recovery : public QObject {
    Q_OBJECT
public:
    static constexpr int mostLookUps = 500;

    Recovery(telnyx::Client &client, store::Store &store, store::Reader &reader, const Clock &clock,
             QObject *parent = nullptr);

    /// Once. Finishes with what was found and applied; a failure when no source could be read.
    QFuture<Result<RecoveryOutcome, Failure>> start(const telnyx::Period &period);

private:
    struct LookUp {
        events::MessageId id;
        QUrl webhookUrl{};  ///< where its events went; empty: not told
        bool known = false; ///< the message is here
        telnyx::DetailRecord record{};
    };
    void onDeliveries(const telnyx::Answer<QList<telnyx::WebhookDelivery>> &deliveries);
    void onRecords(const telnyx::Answer<QList<telnyx::DetailRecord>> &records);
    void planLookUps(const QList<telnyx::DetailRecord> &records);
    void lookUpNext();
    void onMessage(const LookUp &lookUp, const telnyx::Answer<QByteArray> &event);
    void takeRecord(const telnyx::DetailRecord &record);
    /// Kept unless it is here already.
    void take(const QString &source, const QByteArray &body, const QString &intent, bool onlyIfEnded);
    /// Whether it was written here and nobody knows yet that it was sent.
    [[nodiscard]] bool isUncertain(const QString &intent) const;
    void apply();
    void finish(Result<RecoveryOutcome, Failure> outcome);

    telnyx::Client &m_client;
    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    telnyx::Period m_period;
    QPromise<Result<RecoveryOutcome, Failure>> m_promise;
    RecoveryOutcome m_outcome;
    QList<LookUp> m_lookUps;
    QList<store::LoggedEvent> m_found;
    QSet<QString> m_taken; ///< ids of events
};

} // namespace longcode::desk
