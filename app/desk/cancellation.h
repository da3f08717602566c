#pragma once

#include "base/failure.h"
#include "events/events.h"
#include "store/values.h"
#include "telnyx/telnyx.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Store;
}

namespace longcode::desk {

enum class CancelEnd : quint8 {
    Cancelled, ///< certain: it will not be sent
    Left,      ///< certain: it is on its way or arrived
    Waits,     ///< the API still has it scheduled
    Unknown    ///< nobody could be asked
};
struct CancelOutcome {
    CancelEnd end = CancelEnd::Unknown;
    Failure sentence; ///< unless Cancelled
};

/// One attempt to end a scheduled send: DELETE, and whatever its answer leaves open is looked up with GET,
/// which is applied to the store. Lives on the UI thread, deletes itself when it has told the outcome; all
/// handed in outlive it.
class Cancellation : public QObject {
    Q_OBJECT
public:
    Cancellation(telnyx::Client &client, store::Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Once.
    QFuture<CancelOutcome> start(const events::MessageId &id);

private:
    void onDeleted(const telnyx::Answer<events::MessageFacts> &answer);
    void onLookedUp(const telnyx::Answer<QByteArray> &answer);
    [[nodiscard]] CancelOutcome judged(const events::MessageFacts &facts) const;
    void finish(const CancelOutcome &outcome);

    telnyx::Client &m_client;
    store::Store &m_store;
    const Clock &m_clock;
    events::MessageId m_id;
    QString m_refusal; ///< the server's words, or empty
    QPromise<CancelOutcome> m_promise;
};

/// What the API said of a message, as an entry of a log that has no number; nothing: it cannot be read.
/// Applied with Store::applyRecovered.
[[nodiscard]] std::optional<store::LoggedEvent> readBack(const QByteArray &event, const QDateTime &now);

} // namespace longcode::desk
