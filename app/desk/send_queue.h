#pragma once

#include "base/failure.h"
#include "base/result.h"
#include "desk/backoff.h"
#include "desk/hold_queue.h"
#include "store/error.h"
#include "store/values.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace longcode {
class Clock;
}
namespace longcode::events {
struct MessageFacts;
}
namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store
namespace longcode::telnyx {
class Client;
struct Error;
struct SendRequest;
} // namespace longcode::telnyx

namespace longcode::desk {

/// The address for webhooks of sends: the receiver's, as the relay told it. Empty when the API could not
/// reach it from where it is: an address on this machine counts only for an API on this machine.
[[nodiscard]] QUrl webhookBase(const QString &relayPublicUrl, const QUrl &apiBase);

struct SendTiming {
    std::chrono::milliseconds firstBackoff{
        1'000}; ///< API unreachable, store not writable, 429 without a time
    std::chrono::milliseconds longestBackoff{60'000};
    std::chrono::milliseconds keyPause{60'000}; ///< the key was refused
    /// How long the first sends wait to hear from the relay where webhooks shall go.
    std::chrono::milliseconds webhookPatience{5'000};
    int inFlight = 4;
};

/// Hands durable send intents to the API: each at most once, those of one conversation in the order they were
/// written, a few conversations at a time. Lives on the UI thread.
///
/// For each intent: durable mark "handed over", then one POST, then its outcome. Only what certainly was not
/// accepted goes back to waiting; everything else without an answer is uncertain, and stays so until a
/// webhook or a person settles it.
class SendQueue : public QObject {
    Q_OBJECT
public:
    SendQueue(store::Store &store, store::Reader &reader, telnyx::Client &client, const Clock &clock,
              const SendTiming &timing, QObject *parent = nullptr);

    /// Makes what an earlier run left without an answer uncertain, and takes up what still waits.
    void start();
    /// No new POST begins.
    void stop();
    /// A durable intent in Waiting. One that is known already is passed over.
    void add(const store::IntentRecord &intent);
    /// A durable intent in Held was written, changed or taken back.
    void lookAtHeld() { m_holds.look(); }
    /// Where webhooks of sends go: the receiver's address without query, empty for "as the profile says".
    void setWebhookBase(const QUrl &base);
    /// The API just took the key: a pause because of the key ends.
    void accountWorks();
    [[nodiscard]] const Failure &trouble() const { return m_trouble; }

Q_SIGNALS:
    void troubleChanged(const longcode::Failure &trouble);
    /// The API has it, or may have it: once for each intent that left, never for one that was refused. Just
    /// before that is written down, so that a crash between tells of it twice rather than never.
    void handedOver(const longcode::store::IntentRecord &intent);

private:
    enum class HoldReason : quint8 { None, Unreachable, RateLimited, KeyRefused, Store };
    template <typename T>
    using Stored = Result<T, store::StoreError>;

    void loadWaiting();
    void pump();
    void handOver(const store::IntentRecord &intent);
    /// Whether one with a time must wait here until the API takes it, or has been missed; sees to a look
    /// again.
    [[nodiscard]] bool isForLater(const store::IntentRecord &intent);
    /// The customer may have opted out while it waited: then it is refused here, and that is kept. True also
    /// when that cannot be read; then it waits on.
    [[nodiscard]] bool refusedForOptOut(const store::IntentRecord &intent);
    /// The store did not take a step of it before anything left.
    void onNotWritten(const store::IntentRecord &intent, const store::StoreError &error);
    void waitOn(const store::IntentRecord &intent, const store::StoreError &error);
    void putBack(const store::IntentRecord &intent);
    void post(const store::IntentRecord &intent);
    [[nodiscard]] telnyx::SendRequest requestFor(const store::IntentRecord &intent) const;
    void onAccepted(const store::IntentRecord &intent, const events::MessageFacts &answer);
    void onError(const store::IntentRecord &intent, const telnyx::Error &error);
    void giveBack(const store::IntentRecord &intent, HoldReason reason, std::chrono::milliseconds pause,
                  const Failure &trouble);
    void finished(const store::IntentRecord &intent);
    [[nodiscard]] std::chrono::milliseconds nextPause();
    void hold(HoldReason reason, std::chrono::milliseconds pause, const Failure &trouble);
    void release();
    void setTrouble(const Failure &trouble);
    /// Continues when a write of the outcome is done; a failed write is told and changes nothing else.
    template <typename T>
    void afterWriting(QFuture<Stored<T>> outcome, const store::IntentRecord &intent);

    store::Store &m_store;
    store::Reader &m_reader;
    telnyx::Client &m_client;
    const Clock &m_clock;
    SendTiming m_timing;
    Backoff m_backoff;
    HoldQueue m_holds;
    QTimer m_holdTimer, m_webhookTimer, m_laterTimer;
    QList<store::IntentRecord> m_waiting;
    QSet<store::IntentId> m_known;
    QSet<store::ConversationId> m_busy; ///< conversations with an intent under way
    std::optional<QUrl> m_webhookBase;
    HoldReason m_hold = HoldReason::None;
    Failure m_trouble;
    bool m_started = false;
    bool m_webhookWaitOver = false;
};

} // namespace longcode::desk
