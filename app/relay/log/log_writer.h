#pragma once

#include "relay/log/event_table.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace longcode::relay {

class Journal;

/// Appends to a log and announces what was added to it, by this process or another. A thread with a
/// connection of its own takes whatever waits, up to 256 events, and commits it at once (group commit). After
/// a failure it opens the database anew, so that it recovers by itself when disk or server do.
class LogWriter {
public:
    /// `start`: where announcing begins.
    LogWriter(OpenTable open, LogBounds start, const Journal &journal);
    ~LogWriter();

    void append(IncomingEvent event, std::function<void(Appended)> done);
    void setGrownCallback(EventLog::GrownCallback grown);
    [[nodiscard]] qint64 head() const { return m_head; }
    [[nodiscard]] qint64 first() const { return m_first; }
    /// The log was seen with such a head elsewhere: looks for what others have added.
    void noteHead(qint64 head);
    void noteFirst(qint64 first) { m_first = first; }
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    struct Waiting {
        IncomingEvent event;
        std::function<void(Appended)> done;
    };
    struct Batch {
        std::vector<IncomingEvent> events;
        std::vector<std::function<void(Appended)>> dones;
    };

    void run();
    bool take(Batch &batch);
    void store(Batch &batch);
    std::optional<StoredBatch> commit(const std::vector<IncomingEvent> &events);
    void announce(StoredBatch &stored);
    bool catchUp(qint64 head);
    void lookForOthers();
    void tell(LogEntries added);
    bool ensureOpen();
    void giveUp(const QString &why);

    const OpenTable m_open;
    const Journal &m_journal;
    std::atomic<qint64> m_head, m_first;
    std::atomic<qint64> m_seen = 0; ///< a head that was seen elsewhere

    std::mutex m_grownMutex;
    EventLog::GrownCallback m_grown;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Waiting> m_waiting;
    qsizetype m_waitingBytes = 0;
    bool m_poked = false, m_stopping = false;

    // The writer's thread only.
    std::unique_ptr<EventTable> m_table;
    Clock::time_point m_nextLook, m_retryAt;
    std::chrono::milliseconds m_backoff{0};
    bool m_failing = false;
    bool m_behind = false; ///< something durable is not announced yet

    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace longcode::relay
