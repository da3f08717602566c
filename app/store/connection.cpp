#include "store/connection.h"

#include "store/sqlite_handle.h"

#include <QLoggingCategory>
#include <QSqlError>
#include <QSqlQuery>

#include <atomic>
#include <cstring>

namespace longcode::store {

namespace {

// Primary result codes of SQLite (its documentation, "Result and Error Codes").
constexpr int sqliteBusy = 5;
constexpr int sqliteLocked = 6;
constexpr int sqliteReadOnly = 8;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteCannotOpen = 14;
constexpr int sqliteNotADatabase = 26;

QString nextName() {
    static std::atomic<int> counter = 0;
    return QStringLiteral("longcode-store-%1").arg(++counter);
}

/// `?1 … ?2 … ?1`, rather than plain question marks.
bool isNumbered(const char *sql) {
    return std::strstr(sql, "?1") != nullptr;
}

} // namespace

StoreErrorKind storeErrorKind(int primaryCode) {
    switch (primaryCode) {
    case sqliteBusy:
    case sqliteLocked:
        return StoreErrorKind::Busy;
    case sqliteReadOnly:
        return StoreErrorKind::ReadOnly;
    case sqliteCorrupt:
    case sqliteNotADatabase:
        return StoreErrorKind::Corrupt;
    case sqliteFull:
        return StoreErrorKind::DiskFull;
    case sqliteCannotOpen:
        return StoreErrorKind::CannotOpen;
    default:
        return StoreErrorKind::StatementFailed;
    }
}

StoreError toStoreError(const QSqlError &error) {
    const int extended = error.nativeErrorCode().toInt();
    return {storeErrorKind(extended & 0xff),
            QStringLiteral("SQLite %1: %2").arg(error.nativeErrorCode(), error.text())};
}

Result<std::unique_ptr<Connection>, StoreError> Connection::open(const QString &path, Access access) {
    std::unique_ptr<Connection> connection(new Connection);
    connection->m_name = nextName();
    connection->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    connection->m_database.setDatabaseName(path);
    connection->m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!connection->m_database.open())
        return failed(StoreError{
            StoreErrorKind::CannotOpen,
            QStringLiteral("%1: %2").arg(path, connection->m_database.lastError().databaseText())});
    connection->m_handle = sqliteHandle(connection->m_database);
    // The first statement that reads the file is where SQLite notices that it is none of its own.
    connection->execute(QStringLiteral("PRAGMA foreign_keys=ON"));
    connection->execute(access == Access::Read ? QStringLiteral("PRAGMA query_only=ON")
                                               : QStringLiteral("PRAGMA synchronous=FULL"));
    // On macOS a plain fsync leaves the data in the disk's cache; elsewhere this changes nothing.
    connection->execute(QStringLiteral("PRAGMA fullfsync=1"));
    connection->execute(QStringLiteral("PRAGMA checkpoint_fullfsync=1"));
    static_cast<void>(connection->number(QStringLiteral("PRAGMA schema_version")));
    if (auto error = connection->takeError()) {
        error->detail.prepend(path + QStringLiteral(": "));
        return failed(*error);
    }
    connection->m_sticks = access == Access::Write;
    return connection;
}

Connection::~Connection() {
    m_prepared.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

bool Connection::execute(const QString &sql) {
    if (isStopped())
        return false;
    QSqlQuery query(m_database);
    if (query.exec(sql))
        return true;
    fail(query.lastError());
    return false;
}

qint64 Connection::number(const QString &sql) {
    if (isStopped())
        return 0;
    QSqlQuery query(m_database);
    if (!query.exec(sql)) {
        fail(query.lastError());
        return 0;
    }
    return query.next() ? query.value(0).toLongLong() : 0;
}

std::optional<StoreError> Connection::takeError() {
    auto error = std::move(m_error);
    m_error.reset();
    return error;
}

void Connection::fail(const QSqlError &error) {
    if (!isStopped())
        m_error = toStoreError(error);
}

std::unique_ptr<QSqlQuery> Connection::takePrepared(const char *sql) {
    auto &idle = m_prepared[sql];
    if (!idle.empty()) {
        auto query = std::move(idle.back());
        idle.pop_back();
        return query;
    }
    auto query = std::make_unique<QSqlQuery>(m_database);
    query->setForwardOnly(true);
    // Qt takes a parameter that is used twice by its name only.
    QString text = QString::fromUtf8(sql);
    if (isNumbered(sql))
        text.replace(QLatin1Char('?'), QStringLiteral(":p"));
    if (query->prepare(text))
        return query;
    fail(query->lastError());
    return nullptr;
}

void Connection::giveBack(const char *sql, std::unique_ptr<QSqlQuery> query) {
    query->finish();
    m_prepared[sql].push_back(std::move(query));
}

Statement::Statement(Bare, Connection &connection, const char *sql) : m_connection(connection), m_sql(sql) {
    if (!connection.isStopped())
        m_query = connection.takePrepared(sql);
}

Statement::~Statement() {
    if (m_query)
        m_connection.giveBack(m_sql, std::move(m_query));
}

void Statement::bind(const QVariant &value) {
    if (!m_query)
        return;
    if (isNumbered(m_sql))
        m_query->bindValue(QStringLiteral(":p%1").arg(m_bound + 1), value);
    else
        m_query->bindValue(m_bound, value);
    ++m_bound;
}

bool Statement::start() {
    if (m_started || !m_query || m_connection.isStopped())
        return m_started && m_query;
    m_started = true;
    if (m_query->exec())
        return true;
    m_connection.fail(m_query->lastError());
    m_query.reset();
    return false;
}

bool Statement::next() {
    if (!start())
        return false;
    if (m_query->next())
        return true;
    if (m_query->lastError().isValid())
        m_connection.fail(m_query->lastError());
    return false;
}

int Statement::run() {
    return start() ? m_query->numRowsAffected() : 0;
}

qint64 Statement::integer(int column) const {
    return m_query->value(column).toLongLong();
}
bool Statement::isNull(int column) const {
    return m_query->isNull(column);
}
QString Statement::text(int column) const {
    return m_query->value(column).toString();
}
double Statement::real(int column) const {
    return m_query->value(column).toDouble();
}
QVariant Statement::value(int column) const {
    return m_query->value(column);
}
qint64 Statement::insertedRow() const {
    return m_query ? m_query->lastInsertId().toLongLong() : 0;
}

Transaction::Transaction(Connection &connection) : m_connection(connection) {
    connection.execute(QStringLiteral("BEGIN IMMEDIATE"));
}

Transaction::~Transaction() {
    if (!m_open)
        return;
    // The reason is kept: a rollback that fails too (nothing was begun) says nothing new.
    auto reason = m_connection.takeError();
    m_connection.execute(QStringLiteral("ROLLBACK"));
    static_cast<void>(m_connection.takeError());
    m_connection.m_error = std::move(reason);
}

std::optional<StoreError> Transaction::commit() {
    if (m_connection.execute(QStringLiteral("COMMIT")))
        m_open = false;
    return m_connection.m_error;
}

} // namespace longcode::store
