#include "relay/log/log_reader.h"

#include "relay/log/log_connection.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace longcode::relay {

LogReader::LogReader(QString path) : m_path(std::move(path)), m_thread([this] { run(); }) {}

LogReader::~LogReader() {
    stop();
}

void LogReader::read(const Page &page, Done done) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_tasks.push_back({page, std::move(done)});
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
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stopping || !m_tasks.empty(); });
        if (m_stopping)
            break;
        const Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task.done(fetch(task.page));
    }
    m_connection.reset();
}

std::optional<LogEntries> LogReader::fetch(const Page &page) {
    if (!m_connection) {
        auto opened = LogConnection::open(m_path, LogConnection::Access::ReadOnly);
        if (!opened)
            return std::nullopt;
        m_connection = std::move(*opened);
    }
    LogEntries events;
    bool good = false;
    {
        QSqlQuery query(m_connection->database());
        query.setForwardOnly(true);
        good = query.prepare(QStringLiteral(
            "SELECT seq, received_at, intent, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?"));
        query.bindValue(0, page.after);
        query.bindValue(1, page.count);
        good = good && query.exec();
        qsizetype bytes = 0;
        while (good && query.next()) {
            const QByteArray body = query.value(3).toByteArray();
            bytes += body.size();
            if (bytes > page.bytes && !events.isEmpty())
                break;
            events.append({query.value(0).toLongLong(),
                           QDateTime::fromMSecsSinceEpoch(query.value(1).toLongLong(), Qt::UTC),
                           query.value(2).toString(), body});
        }
        good = good && query.lastError().type() == QSqlError::NoError;
    }
    if (good)
        return events;
    m_connection.reset();
    return std::nullopt;
}

} // namespace longcode::relay
