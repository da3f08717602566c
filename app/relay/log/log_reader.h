#pragma once

#include "relay/log/event_log.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace longcode::relay {

class LogConnection;

/// Reads pages of a SQLite log, on a thread with a read-only connection of its own, in the order of asking.
/// One page is small, so a console that asks for the whole log does not keep the others waiting.
class LogReader {
public:
    using Done = std::function<void(std::optional<LogEntries>)>;

    explicit LogReader(QString path);
    ~LogReader();

    void read(const Page &page, Done done);
    /// Pages not yet read are given up without a call.
    void stop();

private:
    struct Task {
        Page page;
        Done done;
    };

    void run();
    std::optional<LogEntries> fetch(const Page &page);

    const QString m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    bool m_stopping = false;
    std::unique_ptr<LogConnection> m_connection; ///< the reader's thread only
    std::thread m_thread;                        ///< last: it uses all of the above
};

} // namespace longcode::relay
