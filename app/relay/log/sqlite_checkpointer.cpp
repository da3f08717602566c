#include "relay/log/sqlite_checkpointer.h"

#include "relay/log/sqlite_connection.h"

#include <sqlite3.h>

namespace longcode::relay {

namespace {
// 16 MiB: pages of the index are changed again and again; the longer one waits, the fewer writes.
constexpr int enough = 4096;
} // namespace

SqliteCheckpointer::SqliteCheckpointer(QString path) : m_path(std::move(path)), m_thread([this] { run(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
    stop();
}

void SqliteCheckpointer::pagesWait(int pages) {
    if (pages < enough)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_pages = pages;
    }
    m_wake.notify_one();
}

void SqliteCheckpointer::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void SqliteCheckpointer::run() {
    std::unique_ptr<SqliteConnection> connection;
    std::unique_lock lock(m_mutex);
    int moved = 0;
    for (;;) {
        // After a pass the pages it moved still count until the log begins anew.
        m_wake.wait(lock, [&] { return m_stopping || m_pages >= moved + enough || m_pages < moved; });
        if (m_stopping)
            return;
        moved = m_pages;
        lock.unlock();
        if (!connection) {
            if (auto opened = SqliteConnection::openFile(m_path, SqliteConnection::Use::Write))
                connection = std::move(*opened);
        }
        // A failure is met again by whoever appends, and said there.
        const bool good =
            connection && sqlite3_wal_checkpoint_v2(connection->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                    nullptr, nullptr) == SQLITE_OK;
        if (!good)
            connection.reset();
        lock.lock();
    }
}

} // namespace longcode::relay
