#pragma once

#include "base/result.h"
#include "store/error.h"

#include <QFuture>
#include <QString>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

/// Copies of a whole store, and whether a file is whole.
namespace longcode::store {

class Connection;

/// Asks work on a store's file to end early. Any thread; whoever works on the file looks at it, and what
/// SQLite is reading for him is interrupted.
class StopSign {
public:
    /// May be said again and again until the work has ended: one that is about to read is not interrupted.
    void ask();
    [[nodiscard]] bool isAsked() const { return m_asked; }

    /// For as long as it lives, ask() interrupts this connection.
    class Reading {
    public:
        Reading(StopSign &sign, Connection &connection);
        ~Reading();
        Reading(const Reading &) = delete;
        Reading &operator=(const Reading &) = delete;

    private:
        StopSign &m_sign;
    };

private:
    std::atomic<bool> m_asked = false;
    std::mutex m_mutex;
    Connection *m_read = nullptr;
};

/// Copies the store in the file `from` to `to` by SQLite's backup, as it is at one moment, while others read
/// and write it: they are never held up. The copy is checked, and only a good one takes the place of an
/// older file. Blocks; the size in bytes. `stop` set: ends with Closed, and nothing is left behind.
/// Corrupt: the store itself is damaged, and the older copy stays.
[[nodiscard]] Result<qint64, StoreError> copyStore(const QString &from, const QString &to, StopSign &stop);

/// Reads the whole file. Nothing: it is a store of ours, of a version known here, and whole. Blocks. `stop`
/// asked: ends with Closed.
[[nodiscard]] std::optional<StoreError> checkStore(const QString &path);
[[nodiscard]] std::optional<StoreError> checkStore(const QString &path, StopSign &stop);

/// Notes in a copy that it is about to take the place of a later store: what it says is waiting may have been
/// sent since, so the next start makes it uncertain (Store::unansweredBecomeUncertain). Blocks.
[[nodiscard]] std::optional<StoreError> markRestored(const QString &path);

/// What backUp() runs on: one copy at a time, on a thread of its own. Its owner's thread. Ends
/// a copy that is running when it goes.
class BackupThread {
public:
    BackupThread() = default;
    ~BackupThread();
    BackupThread(const BackupThread &) = delete;
    BackupThread &operator=(const BackupThread &) = delete;

    /// Busy: another one is running.
    [[nodiscard]] QFuture<Result<qint64, StoreError>> start(const QString &from, const QString &to);

private:
    std::thread m_thread;
    std::atomic<bool> m_running = false;
    StopSign m_stop;
};

} // namespace longcode::store
