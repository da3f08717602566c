#include "relay/log/log_connection.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <atomic>

namespace longcode::relay {

LogConnection::LogConnection(QString name)
    : m_name(std::move(name)), m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name)) {}

LogConnection::~LogConnection() {
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<LogConnection>, QString> LogConnection::open(const QString &path, Access access) {
    static std::atomic<int> number = 0;
    std::unique_ptr<LogConnection> connection(
        new LogConnection(QStringLiteral("relay-log-%1").arg(++number)));
    connection->m_database.setDatabaseName(path);
    // A commit has to be through well before the sender's two seconds are over.
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=1000");
    if (access == Access::ReadOnly)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    connection->m_database.setConnectOptions(options);
    if (!connection->m_database.open())
        return failed(connection->m_database.lastError().databaseText());
    if (!connection->configure(access))
        return failed(connection->m_error);
    return connection;
}

bool LogConnection::configure(Access access) {
    if (access == Access::ReadOnly)
        return true;
    // fullfsync: on macOS fsync alone leaves the data in the disk's cache.
    for (const char *pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA fullfsync=1",
                               "PRAGMA checkpoint_fullfsync=1", "PRAGMA journal_size_limit=67108864"}) {
        if (!execute(QLatin1String(pragma)))
            return false;
    }
    return true;
}

bool LogConnection::execute(const QString &sql) {
    QSqlQuery query(m_database);
    if (query.exec(sql))
        return true;
    m_error = query.lastError().databaseText();
    return false;
}

QVariant LogConnection::value(const QString &sql) {
    QSqlQuery query(m_database);
    if (query.exec(sql) && query.next())
        return query.value(0);
    m_error = query.lastError().databaseText();
    return {};
}

} // namespace longcode::relay
