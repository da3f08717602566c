#pragma once

#include <QString>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace longcode::relay {

/// Moves pages from SQLite's write-ahead log into the file, on a thread with a connection of its own, so that
/// no commit waits for it.
class SqliteCheckpointer {
public:
    explicit SqliteCheckpointer(QString path);
    ~SqliteCheckpointer();

    /// So many pages wait. Thread-safe.
    void pagesWait(int pages);
    void stop();

private:
    void run();

    const QString m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    int m_pages = 0;
    bool m_stopping = false;
    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace longcode::relay
