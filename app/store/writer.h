#pragma once

#include "store/connection.h"
#include "store/operations.h"
#include "store/write_session.h"

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace longcode::store {

/// The one thread that writes, and its queue. Owned by the store. Each posted piece of work runs in a
/// transaction of its own, in the order of posting.
class Writer {
public:
    /// Called on the writer thread after each durable transaction that changed something.
    using Listener = std::function<void(const Changes &)>;
    /// Opens the connection on the new thread. `prepare` runs on it first and may refuse.
    using Prepare = std::function<Status(Connection &)>;

    [[nodiscard]] static Result<std::unique_ptr<Writer>, StoreError>
    start(const QString &path, const Prepare &prepare, Listener listener);
    /// Finishes what is queued.
    ~Writer();
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    /// Finishes with what the transaction changed.
    QFuture<Result<Changes, StoreError>> postChange(std::function<Status(WriteSession &)> work);
    /// Finishes with what `work` returned.
    template <typename T>
    QFuture<Result<T, StoreError>> post(std::function<Result<T, StoreError>(WriteSession &)> work);

private:
    /// Given no connection, the job finishes with Closed.
    using Job = std::function<void(Connection *)>;
    explicit Writer(Listener listener);
    void run(const QString &path, const Prepare &prepare, QPromise<Status> opened);
    void work(Connection &connection);
    void enqueue(Job job);
    Result<Changes, StoreError> transact(Connection &connection,
                                         const std::function<Status(WriteSession &)> &work);

    Listener m_listener;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_queue;
    bool m_closing = false;
    std::thread m_thread;
};

template <typename T>
QFuture<Result<T, StoreError>> Writer::post(std::function<Result<T, StoreError>(WriteSession &)> work) {
    // Shared, because std::function wants to be copied; there is only ever one.
    auto promise = std::make_shared<QPromise<Result<T, StoreError>>>();
    promise->start();
    enqueue([this, promise, work = std::move(work)](Connection *connection) {
        Result<T, StoreError> outcome = failed(StoreError{StoreErrorKind::Closed, {}});
        if (connection) {
            const auto changes = transact(*connection, [&](WriteSession &session) -> Status {
                outcome = work(session);
                return outcome ? Status() : Status(outcome.error());
            });
            if (!changes)
                outcome = failed(changes.error());
        }
        promise->addResult(std::move(outcome));
        promise->finish();
    });
    return promise->future();
}

} // namespace longcode::store
