#include "relay/log/log_reader.h"

#include "relay/log/log_connection.h"

namespace longcode::relay {

LogReader::LogReader(OpenTable open) : m_open(std::move(open)), m_thread([this] { run(); }) {}

LogReader::~LogReader() {
    stop();
}

void LogReader::add(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void LogReader::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_tasks.clear();
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void LogReader::run() {
    // At once: when the disk takes nothing any more, SQLite can read on, but not begin to.
    if (auto opened = m_open(TableUse::Read); opened && (*opened)->bounds())
        m_table = std::move(*opened);
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stopping || !m_tasks.empty(); });
        if (m_stopping)
            break;
        const Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        work(task);
    }
    m_table.reset();
}

void LogReader::work(const Task &task) {
    if (const auto *done = std::get_if<Done>(&task.done))
        (*done)(fetch(&EventTable::entries, task.page));
    else
        std::get<SignedDone>(task.done)(fetch(&EventTable::signedEntries, task.page));
}

template <typename T>
std::optional<T> LogReader::fetch(std::optional<T> (EventTable::*how)(const Page &), const Page &page) {
    // Twice: the connection may have died since the last page.
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (!m_table) {
            auto opened = m_open(TableUse::Read);
            if (!opened)
                return std::nullopt;
            m_table = std::move(*opened);
        }
        if (std::optional<T> found = (m_table.get()->*how)(page))
            return found;
        m_table.reset();
    }
    return std::nullopt;
}

} // namespace longcode::relay
