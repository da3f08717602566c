#include "store/writer.h"

namespace longcode::store {

Writer::Writer(Listener listener) : m_listener(std::move(listener)) {}

Result<std::unique_ptr<Writer>, StoreError> Writer::start(const QString &path, const Prepare &prepare,
                                                          Listener listener) {
    std::unique_ptr<Writer> writer(new Writer(std::move(listener)));
    QPromise<Status> opened;
    QFuture<Status> outcome = opened.future();
    opened.start();
    writer->m_thread = std::thread(&Writer::run, writer.get(), path, prepare, std::move(opened));
    // `prepare` is used on the other thread until this returns.
    if (const Status status = outcome.result())
        return failed(*status);
    return writer;
}

Writer::~Writer() {
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void Writer::run(const QString &path, const Prepare &prepare, QPromise<Status> opened) {
    auto connection = Connection::open(path, Access::Write);
    Status status = connection ? prepare(**connection) : Status(connection.error());
    const bool ready = !status;
    opened.addResult(std::move(status));
    opened.finish();
    if (ready)
        work(**connection);
}

void Writer::work(Connection &connection) {
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_closing || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            job = std::move(m_queue.front());
            m_queue.pop_front();
        }
        job(&connection);
    }
}

void Writer::enqueue(Job job) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            m_queue.push_back(std::move(job));
            m_wake.notify_one();
            return;
        }
    }
    job(nullptr);
}

Result<Changes, StoreError> Writer::transact(Connection &connection,
                                             const std::function<Status(WriteSession &)> &work) {
    Changes changes;
    {
        Transaction transaction(connection);
        WriteSession session(connection);
        Status status = work(session);
        // What SQLite said comes first: after a failed statement everything looks as if it were not there.
        if (connection.hasFailed())
            status = connection.takeError();
        if (!status) {
            changes = session.finish();
            status = transaction.commit();
        }
        if (status) {
            static_cast<void>(connection.takeError());
            return failed(*status);
        }
    }
    if (!changes.isEmpty())
        m_listener(changes);
    return changes;
}

QFuture<Result<Changes, StoreError>> Writer::postChange(std::function<Status(WriteSession &)> work) {
    auto promise = std::make_shared<QPromise<Result<Changes, StoreError>>>();
    promise->start();
    enqueue([this, promise, work = std::move(work)](Connection *connection) {
        promise->addResult(connection
                               ? transact(*connection, work)
                               : Result<Changes, StoreError>(failed(StoreError{StoreErrorKind::Closed, {}})));
        promise->finish();
    });
    return promise->future();
}

} // namespace longcode::store
