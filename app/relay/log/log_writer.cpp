#include "relay/log/log_writer.h"

#include "relay/operate/journal.h"
#include "relay/log/log_connection.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace longcode::relay {

namespace {

constexpr std::size_t largestBatch = 256;
/// More than this is not waiting for the disk but for nothing: senders are told to come back.
constexpr qsizetype mostWaitingBytes = 64 << 20;

} // namespace

LogWriter::LogWriter(QString path, qint64 head, const Journal &journal)
    : m_path(std::move(path)), m_journal(journal), m_head(head), m_thread([this] { run(); }) {}

LogWriter::~LogWriter() {
    stop();
}

void LogWriter::append(IncomingEvent event, std::function<void(Appended)> done) {
    std::unique_lock lock(m_mutex);
    if (m_stopping || m_waitingBytes + event.body.size() > mostWaitingBytes) {
        lock.unlock();
        done(Appended::Failed);
        return;
    }
    m_waitingBytes += event.body.size();
    m_waiting.push_back({std::move(event), std::move(done)});
    lock.unlock();
    m_wake.notify_one();
}

void LogWriter::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void LogWriter::run() {
    for (Batch batch = take(); !batch.empty(); batch = take())
        store(batch);
    m_insert.reset();
    m_connection.reset();
}

/// Waits for events. Empty: the writer is stopped and everything is written.
LogWriter::Batch LogWriter::take() {
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
    Batch batch;
    while (!m_waiting.empty() && batch.size() < largestBatch) {
        m_waitingBytes -= m_waiting.front().event.body.size();
        batch.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    return batch;
}

void LogWriter::store(Batch &batch) {
    LogEntries added;
    const std::optional<QList<Appended>> outcomes = commit(batch, added);
    if (!added.isEmpty() && outcomes) {
        m_head = added.last().seq;
        if (m_grown)
            m_grown(std::move(added));
    }
    for (std::size_t i = 0; i < batch.size(); ++i)
        batch[i].done(outcomes ? outcomes->at(qsizetype(i)) : Appended::Failed);
}

std::optional<QList<Appended>> LogWriter::commit(const Batch &batch, LogEntries &added) {
    if (!ensureOpen())
        return std::nullopt;
    if (!m_connection->execute(QStringLiteral("BEGIN IMMEDIATE"))) {
        giveUp(m_connection->error());
        return std::nullopt;
    }
    QList<Appended> outcomes;
    qint64 seq = m_head;
    for (const Waiting &waiting : batch) {
        if (!insert(*m_insert, waiting.event, seq + 1)) {
            giveUp(m_insert->lastError().databaseText());
            return std::nullopt;
        }
        const bool isNew = m_insert->numRowsAffected() > 0;
        outcomes.append(isNew ? Appended::Stored : Appended::Duplicate);
        if (isNew)
            added.append({++seq, waiting.event.receivedAt, waiting.event.intent, waiting.event.body});
    }
    m_insert->finish();
    if (!m_connection->execute(QStringLiteral("COMMIT"))) {
        giveUp(m_connection->error());
        return std::nullopt;
    }
    if (std::exchange(m_failing, false))
        m_journal.write(Level::Info, QStringLiteral("The log can be written again."));
    return outcomes;
}

bool LogWriter::insert(QSqlQuery &query, const IncomingEvent &event, qint64 seq) {
    query.bindValue(0, seq);
    query.bindValue(1, event.id.text());
    query.bindValue(2, event.receivedAt.toMSecsSinceEpoch());
    // A null text would be bound as NULL.
    query.bindValue(3, event.intent.isNull() ? QStringLiteral("") : event.intent);
    query.bindValue(4, QString::fromLatin1(event.signature));
    query.bindValue(5, QString::fromLatin1(event.timestamp));
    query.bindValue(6, event.body);
    return query.exec();
}

bool LogWriter::ensureOpen() {
    if (m_connection)
        return true;
    auto opened = LogConnection::open(m_path, LogConnection::Access::ReadWrite);
    if (!opened) {
        giveUp(opened.error());
        return false;
    }
    m_connection = std::move(*opened);
    // A commit that was reported as failed may have reached the disk all the same.
    const QVariant head = m_connection->value(QStringLiteral("SELECT coalesce(max(seq), 0) FROM event"));
    m_insert = std::make_unique<QSqlQuery>(m_connection->database());
    if (!head.isValid() || !m_insert->prepare(QStringLiteral(
                               "INSERT INTO event (seq, event_id, received_at, intent, signature, timestamp, "
                               "body) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING"))) {
        giveUp(head.isValid() ? m_insert->lastError().databaseText() : m_connection->error());
        return false;
    }
    m_head = head.toLongLong();
    return true;
}

/// Closing rolls back. The next batch opens the file anew.
void LogWriter::giveUp(const QString &why) {
    m_insert.reset();
    m_connection.reset();
    if (!std::exchange(m_failing, true))
        m_journal.write(
            Level::Error,
            QStringLiteral("The log cannot be written: %1. Webhooks are answered 503 until it can.")
                .arg(why));
}

} // namespace longcode::relay
