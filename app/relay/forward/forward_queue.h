#pragma once

#include "relay/forward/delivery.h"
#include "relay/forward/forward_ledger.h"
#include "relay/forward/forward_target.h"
#include "relay/forward/mailbox.h"

#include <QSet>
#include <QTimer>

#include <deque>
#include <map>
#include <random>

namespace longcode::relay {

class Journal;

struct ForwardLimits {
    std::chrono::milliseconds timeout{10'000};         ///< of one try
    std::chrono::milliseconds firstRetry{1'000};       ///< doubles with every failure, with jitter …
    std::chrono::milliseconds longestRetry{3'600'000}; ///< … up to this
    int mostAttempts = 36;                             ///< with the above: about 24 hours
    int mostRefusals = 12;    ///< of a target that answers, and does not want it: about an hour
    std::size_t inFlight = 6; ///< what QNetworkAccessManager opens to one host
    qint64 letters = 1'000;   ///< waiting; with more, nothing new is taken from the log
    int troubles = 6;         ///< failures of the target in a row that pause the forward
    std::chrono::milliseconds longestPause{60'000}; ///< between two tries of a paused forward
    std::chrono::milliseconds poll{2'000};          ///< what other processes changed is noticed within this
    std::chrono::milliseconds settle{100};          ///< what was delivered is written down within this
};

/// What one forward counts since the start.
struct ForwardFigures {
    protocol::ForwardState state;
    quint64 delivered = 0, failures = 0;
    bool paused = false;
    bool elsewhere = false; ///< another relay on the same store delivers it
};

/// One forward: reads the log from its durable cursor on, passes webhooks on, and keeps those that fail as
/// letters for later. Everything is delivered at least once: after a crash the last few may arrive again.
/// Lives on the forwarder's thread.
///
/// A target that fails altogether pauses the forward: the cursor stays, and one letter at a time is tried. So
/// an outage leaves a few letters, not all, and costs no letter its life.
class ForwardQueue final : public QObject {
    Q_OBJECT
public:
    /// A forward that was never seen before begins after `newest`. `log`, `ledger` and `journal` must outlive
    /// the queue; the log's answers come through `mailbox`.
    ForwardQueue(const ForwardTarget &target, qint64 newest, EventLog &log, ForwardLedger &ledger,
                 const Journal &journal, std::shared_ptr<Mailbox> mailbox, const ForwardLimits &limits);
    ~ForwardQueue() override;

    /// The log may have grown.
    void pump();
    /// Writes down what is known, and breaks off the rest.
    void stop();
    [[nodiscard]] ForwardFigures figures() const;

private:
    /// An entry of the log on its way to being settled (delivered, or a letter). In order of seq.
    struct Taken {
        qint64 seq = 0;
        bool settled = false;
    };

    void poll();
    bool takeHold();
    void forgetEverything();
    void readAhead();
    void takePage(int generation, qint64 head, const std::optional<QList<SignedEntry>> &page);
    void fetch(const Letter &letter);
    void takeLetter(int generation, const Letter &letter, const std::optional<QList<SignedEntry>> &page);
    void send(const SignedEntry &entry, const Letter &letter, bool isLetter);
    void finish(const Letter &letter, bool isLetter, const DeliveryResult &result);
    void fail(Letter letter, const DeliveryResult &result);
    void settled(qint64 seq);
    void troubled(const QString &reason);
    void recovered();
    void writeDown();
    [[nodiscard]] bool mayStart() const;
    [[nodiscard]] std::chrono::milliseconds delay(int attempts, std::chrono::milliseconds longest);

    const ForwardTarget m_target;
    const qint64 m_newest;
    EventLog &m_log;
    ForwardLedger &m_ledger;
    const Journal &m_journal;
    const std::shared_ptr<Mailbox> m_mailbox;
    const ForwardLimits m_limits;
    Delivery m_delivery;
    QTimer m_polling, m_writing, m_pause;
    std::mt19937 m_random{std::random_device{}()};

    int m_connections = 0; ///< of the ledger, when it was taken hold of
    int m_generation = 0;  ///< answers to what an earlier one asked do not count
    bool m_holding = false;
    bool m_reading = false;
    qint64 m_cursor = 0;   ///< durable, or about to be
    qint64 m_readUpTo = 0; ///< of the log
    std::deque<SignedEntry> m_ready;
    std::deque<Taken> m_taken;
    std::deque<Letter> m_due;
    QSet<qint64> m_busy; ///< letters being fetched or sent
    std::size_t m_flying = 0;

    bool m_unwritten = false;
    bool m_writingFails = false;
    std::map<qint64, Letter> m_changed;
    QList<qint64> m_delivered;

    LetterCounts m_counts;
    int m_troubles = 0; ///< in a row
    int m_pauses = 0;
    QDateTime m_acceptedAt; ///< the last one, since the start
    QString m_trouble;
    quint64 m_deliveredCount = 0, m_failureCount = 0;
};

} // namespace longcode::relay
