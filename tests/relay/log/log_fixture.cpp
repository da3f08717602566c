#include "relay/log/log_fixture.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

#include <future>

namespace longcode::tests {

using namespace relay;

namespace {

QString sqliteValue(const QString &path, const QString &sql) {
    const QString name = QStringLiteral("another program");
    QStringList values;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(path);
        database.open();
        QSqlQuery query(database);
        if (!query.exec(sql))
            values.append(QStringLiteral("error: ") + query.lastError().databaseText());
        else if (query.next()) {
            for (int i = 0; i < query.record().count(); ++i)
                values.append(query.value(i).toString());
        }
    }
    QSqlDatabase::removeDatabase(name);
    return values.join(QLatin1Char('|'));
}

/// Calls `ask` with a callback and waits for what it is called with.
template <typename T, typename Ask>
T answer(const Ask &ask) {
    auto promise = std::make_shared<std::promise<T>>();
    ask([promise](T value) { promise->set_value(std::move(value)); });
    return promise->get_future().get();
}

} // namespace

QStringList sqliteColumn(const QString &path, const QString &sql) {
    const QString name = QStringLiteral("another reader");
    QStringList values;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(path);
        database.open();
        QSqlQuery query(database);
        query.exec(sql);
        while (query.next())
            values.append(query.value(0).toString());
    }
    QSqlDatabase::removeDatabase(name);
    return values;
}

bool Stores::begin(StoreAddress::Kind kind) {
    m_folder = std::make_unique<QTemporaryDir>();
    if (kind == StoreAddress::Kind::SqliteFile) {
        m_address = StoreAddress::sqliteFile(m_folder->filePath(QStringLiteral("sub/relay.sqlite")));
        return true;
    }
    m_database = QStringLiteral("log%1").arg(++m_number);
    m_isServing = m_isServing || m_server.start();
    if (!m_isServing || !m_server.createDatabase(m_database)) {
        m_error = m_server.error();
        return false;
    }
    const auto parsed = StoreAddress::parse(m_server.url(m_database));
    if (!parsed) {
        m_error = parsed.error();
        return false;
    }
    m_address = *parsed;
    return true;
}

std::unique_ptr<EventLog> Stores::open(Access access) {
    auto log = openLog(*m_address, access, m_journal);
    if (log)
        return std::move(*log);
    m_error = log.error();
    return nullptr;
}

QString Stores::value(const QString &sql) {
    if (m_address->kind() == StoreAddress::Kind::SqliteFile)
        return sqliteValue(m_address->path(), sql);
    return m_server.value(m_database, QStringLiteral("SET search_path TO longcode_relay; ") + sql);
}

IncomingEvent incoming(const QString &id, const QByteArray &body) {
    return {.id = events::EventId(id),
            .receivedAt = QDateTime::fromMSecsSinceEpoch(receivedAtMs, Qt::UTC),
            .intent = {},
            .signature = "c2ln",
            .timestamp = "1772735400",
            .body = body};
}

Appended append(EventLog &log, IncomingEvent event) {
    return answer<Appended>([&](auto done) { log.append(std::move(event), done); });
}

LogEntries read(EventLog &log, const Page &page) {
    return answer<std::optional<LogEntries>>([&](auto done) { log.read(page, done); }).value_or(LogEntries{});
}

std::optional<QList<ReaderPlace>> readers(EventLog &log) {
    return answer<std::optional<QList<ReaderPlace>>>([&](auto done) { log.readers(done); });
}

std::optional<qint64> prune(EventLog &log, const Retention &retention, const QDateTime &now) {
    return answer<std::optional<qint64>>([&](auto done) { log.prune(retention, now, done); });
}

Told::Told(EventLog &log) {
    log.setGrownCallback([shared = m_shared](const LogEntries &added) {
        const std::lock_guard lock(shared->mutex);
        shared->entries += added;
    });
}

QList<qint64> Told::seqs() const {
    const std::lock_guard lock(m_shared->mutex);
    QList<qint64> seqs;
    for (const protocol::LogEntry &entry : qAsConst(m_shared->entries))
        seqs.append(entry.seq);
    return seqs;
}

QList<QByteArray> Told::bodies() const {
    const std::lock_guard lock(m_shared->mutex);
    QList<QByteArray> bodies;
    for (const protocol::LogEntry &entry : qAsConst(m_shared->entries))
        bodies.append(entry.body);
    return bodies;
}

QList<qint64> upTo(qint64 count) {
    QList<qint64> seqs;
    for (qint64 seq = 1; seq <= count; ++seq)
        seqs.append(seq);
    return seqs;
}

} // namespace longcode::tests
