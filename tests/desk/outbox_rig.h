#pragma once

#include "base/clock.h"
#include "desk/fixed_account.h"
#include "desk/live_diagnoses.h"
#include "desk/live_opt_outs.h"
#include "desk/live_schedule.h"
#include "desk/send_queue.h"
#include "desk/stored_outbox.h"
#include "store/reader.h"
#include "store/store.h"
#include "support/recording_network.h"
#include "support/scratch.h"
#include "telnyx/telnyx.h"

#include <QDeadlineTimer>
#include <QTest>

#include <atomic>

namespace longcode::tests {

/// The real time and as much more as a test wants.
class MovableClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::currentDateTimeUtc().addMSecs(m_ahead); }
    void advance(std::chrono::milliseconds by) { m_ahead += by.count(); }

private:
    std::atomic<qint64> m_ahead = 0;
};

/// Store, API client, queue and outbox as the console joins them, over the API address a test gives. The
/// account is a fake with the sandbox's senders.
class OutboxRig {
public:
    /// Short pauses; `patience` is how long sends wait to hear from the relay.
    static desk::SendTiming quickTiming();
    static telnyx::Settings settings(const QUrl &server);

    OutboxRig(const QString &folder, const telnyx::Settings &api,
              const desk::SendTiming &timing = quickTiming());
    ~OutboxRig();

    [[nodiscard]] desk::ConversationId begin(const QString &peer,
                                             const QString &own = QStringLiteral("+14155550100"));
    /// Sends and waits until the intent is durable; its row.
    [[nodiscard]] desk::MessageRow send(desk::ConversationId conversation, const QString &text);
    [[nodiscard]] store::MessageState state(desk::MessageRow row);
    [[nodiscard]] store::MessageRecord message(desk::MessageRow row);
    [[nodiscard]] store::IntentRecord intentOf(desk::MessageRow row);

    MovableClock clock;
    FixedAccount account;
    RecordingNetwork network;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;
    std::unique_ptr<telnyx::Client> client;
    std::unique_ptr<desk::SendQueue> queue;
    std::unique_ptr<desk::StoredOutbox> outbox;
    std::unique_ptr<desk::LiveSchedule> schedule; ///< not started
    std::unique_ptr<desk::LiveOptOuts> optOuts;   ///< not started
    std::unique_ptr<desk::LiveDiagnoses> diagnoses;
};

/// The API's answer to an accepted send (contract, OutboundMessagePayload), with the id given.
[[nodiscard]] QByteArray acceptedBody(const QByteArray &id);
/// An error of shape E1.
[[nodiscard]] QByteArray errorBody(const QByteArray &code, const QByteArray &title, const QByteArray &detail);

/// Waits for a future on the test's thread.
template <typename T>
T await(const QFuture<T> &future, int timeoutMs = 10'000) {
    const QDeadlineTimer deadline(timeoutMs);
    while (!future.isFinished() && !deadline.hasExpired())
        QTest::qWait(1);
    if (!future.isFinished())
        qFatal("a future did not finish in time");
    return future.result();
}

} // namespace longcode::tests
