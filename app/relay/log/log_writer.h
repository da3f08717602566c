#pragma once

#include "relay/log/event_log.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

class QSqlQuery;

namespace longcode::relay {

class Journal;
class LogConnection;

/// The only one that writes a SQLite log. A thread with a connection of its own takes whatever waits, up to
/// 256 events, and commits it at once (group commit). After a failure it opens the file anew, so that it
/// recovers by itself when the disk does.
class LogWriter {
public:
    LogWriter(QString path, qint64 head, const Journal &journal);
    ~LogWriter();

    void append(IncomingEvent event, std::function<void(Appended)> done);
    void setGrownCallback(EventLog::GrownCallback grown) { m_grown = std::move(grown); }
    [[nodiscard]] qint64 head() const { return m_head; }
    void stop();

private:
    struct Waiting {
        IncomingEvent event;
        std::function<void(Appended)> done;
    };
    using Batch = std::deque<Waiting>;

    void run();
    Batch take();
    void store(Batch &batch);
    /// The outcome of each event; nothing when the transaction failed.
    std::optional<QList<Appended>> commit(const Batch &batch, LogEntries &added);
    bool insert(QSqlQuery &query, const IncomingEvent &event, qint64 seq);
    bool ensureOpen();
    void giveUp(const QString &why);

    const QString m_path;
    const Journal &m_journal;
    EventLog::GrownCallback m_grown;
    std::atomic<qint64> m_head;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    Batch m_waiting;
    qsizetype m_waitingBytes = 0;
    bool m_stopping = false;

    // The writer's thread only.
    std::unique_ptr<LogConnection> m_connection;
    std::unique_ptr<QSqlQuery> m_insert;
    bool m_failing = false;

    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace longcode::relay
