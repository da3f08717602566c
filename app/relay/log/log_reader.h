#pragma once

#include "relay/log/event_table.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

namespace longcode::relay {

/// Reads pages of a log, on a thread with a connection of its own, in the order of asking. One page is small,
/// so a console that asks for the whole log does not keep the others waiting.
class LogReader {
public:
    using Done = std::function<void(std::optional<LogEntries>)>;
    using SignedDone = std::function<void(std::optional<QList<SignedEntry>>)>;

    explicit LogReader(OpenTable open);
    ~LogReader();

    void read(const Page &page, Done done) { add({page, std::move(done)}); }
    void readSigned(const Page &page, SignedDone done) { add({page, std::move(done)}); }
    /// Pages not yet read are given up without a call.
    void stop();

private:
    struct Task {
        Page page;
        std::variant<Done, SignedDone> done;
    };

    void add(Task task);
    void run();
    void work(const Task &task);
    template <typename T>
    std::optional<T> fetch(std::optional<T> (EventTable::*how)(const Page &), const Page &page);

    const OpenTable m_open;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    bool m_stopping = false;
    std::unique_ptr<EventTable> m_table; ///< the reader's thread only
    std::thread m_thread;                ///< last: it uses all of the above
};

} // namespace longcode::relay
