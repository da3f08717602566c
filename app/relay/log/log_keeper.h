#pragma once

#include "relay/log/event_table.h"

#include <QHash>
#include <QSet>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace longcode::relay {

/// Everything about a log that is in no hurry: who reads it and how far, what is kept for how long, its size.
/// A thread with a connection of its own; its transactions are short, so that appends do not wait for them.
class LogKeeper {
public:
    /// `firstMoved` is told the oldest seq that is kept, from the keeper's thread.
    LogKeeper(OpenTable open, std::function<void(qint64)> firstMoved);
    ~LogKeeper();

    void acknowledge(const ReaderPlace &place);
    void readers(std::function<void(std::optional<QList<ReaderPlace>>)> done);
    void forget(const QString &name, const QString &console);
    void prune(const Retention &retention, const QDateTime &now,
               std::function<void(std::optional<qint64>)> done);
    void measure(std::function<void(std::optional<LogSize>)> done);
    /// Runs `task` with the keeper's connection; null when there is none.
    void run(std::function<void(EventTable *)> task);
    /// Writes what was acknowledged; tasks not yet begun are given up without a call.
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    using Task = std::function<void(EventTable *)>;
    using ReaderName = std::pair<QString, QString>;
    struct Pruning {
        Retention retention;
        QDateTime now;
        std::function<void(std::optional<qint64>)> done;
        qint64 removed = 0;
    };

    void loop();
    EventTable *table();
    bool writePlaces();
    void pruneSome(Pruning pruning);
    void compactSome(EventTable *now);

    const OpenTable m_open;
    const std::function<void(qint64)> m_firstMoved;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    QHash<ReaderName, ReaderPlace> m_places; ///< not yet written
    QSet<ReaderName> m_forgotten;            ///< not yet written, before m_places
    Clock::time_point m_writeAt;             ///< when there are places
    bool m_stopping = false;
    std::unique_ptr<EventTable> m_table; ///< the keeper's thread only
    std::thread m_thread;                ///< last: it uses all of the above
};

} // namespace longcode::relay
