#include "relay/log/postgres_connection.h"

#include "relay/log/store_address.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>

#include <atomic>

namespace longcode::relay {

namespace {

QString quoted(QString value) {
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    value.replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QString(QLatin1Char('\'') % value % QLatin1Char('\''));
}

/// In libpq's form, parted by semicolons as Qt wants it.
QString connectOptions(const StoreAddress &address) {
    // A server that is gone must be noticed before a sender loses patience.
    QString options = QStringLiteral("tcp_user_timeout=5000;keepalives_idle=10");
    bool hasTimeout = false, hasName = false;
    for (const auto &[name, value] : address.parameters()) {
        options += QLatin1Char(';') % name % QLatin1Char('=') % quoted(value);
        hasTimeout = hasTimeout || name == QLatin1String("connect_timeout");
        hasName = hasName || name == QLatin1String("application_name");
    }
    if (!hasTimeout)
        options += QStringLiteral(";connect_timeout=3");
    if (!hasName)
        options += QStringLiteral(";application_name=longcode-relay");
    return options;
}

QString firstLine(const QSqlError &error) {
    QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    if (text.isEmpty())
        text = QStringLiteral("the server did not answer");
    QString line = text.section(QLatin1Char('\n'), 0, 0).trimmed();
    line.remove(QLatin1String("ERROR:  "));
    line.remove(QLatin1String("FATAL:  "));
    while (line.endsWith(QLatin1Char('.')))
        line.chop(1);
    return line;
}

/// A failure without a code of the server's came from a dead connection; 08 and 57P0 say so themselves.
bool isLost(const QString &code) {
    return code.isEmpty() || code.startsWith(QLatin1String("08")) || code.startsWith(QLatin1String("57P0"));
}

} // namespace

PostgresConnection::PostgresConnection(QString name)
    : m_name(std::move(name)), m_database(QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name)) {}

PostgresConnection::~PostgresConnection() {
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<LogConnection>, QString> PostgresConnection::open(const StoreAddress &address) {
    auto opened = openDatabase(address);
    if (!opened)
        return failed(opened.error());
    return std::unique_ptr<LogConnection>(std::move(*opened));
}

Result<std::unique_ptr<PostgresConnection>, QString>
PostgresConnection::openDatabase(const StoreAddress &address, Patience patience) {
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QPSQL")))
        return failed(QStringLiteral("Qt's PostgreSQL driver is not installed (Debian: libqt6sql6-psql)"));
    static std::atomic<int> number = 0;
    std::unique_ptr<PostgresConnection> connection(
        new PostgresConnection(QStringLiteral("relay-postgres-%1").arg(++number)));
    QSqlDatabase &database = connection->m_database;
    database.setHostName(address.host());
    if (address.port() > 0)
        database.setPort(address.port());
    database.setUserName(address.user());
    database.setPassword(address.password());
    database.setDatabaseName(address.database());
    database.setConnectOptions(connectOptions(address));
    if (!database.open())
        return failed(firstLine(database.lastError()));
    if (!connection->configure(patience))
        return failed(connection->error());
    return connection;
}

bool PostgresConnection::configure(Patience patience) {
    // A server may be set to answer before the commit is on its disk; a 200 must not rest on that.
    if (!execute(QStringLiteral("SELECT set_config('synchronous_commit', 'on', false) WHERE "
                                "current_setting('synchronous_commit') IN ('off', 'local')")) ||
        !execute(QStringLiteral("SET search_path TO longcode_relay")) ||
        !execute(QStringLiteral("SET client_min_messages TO error")))
        return false;
    // A relay whose machine vanishes must not keep its locks for the hours that servers wait by default.
    for (const char *setting :
         {"SET tcp_keepalives_idle TO 10", "SET tcp_keepalives_interval TO 5",
          "SET tcp_keepalives_count TO 3", "SET idle_in_transaction_session_timeout TO '5s'"}) {
        if (!execute(QString::fromLatin1(setting)))
            return false;
    }
    return patience == Patience::Unlimited || (execute(QStringLiteral("SET lock_timeout TO '3s'")) &&
                                               execute(QStringLiteral("SET statement_timeout TO '5s'")));
}

std::optional<LogConnection::Rows> PostgresConnection::query(const QString &sql, const Values &values) {
    // Qt closes it when it notices; asking on would only be warned of.
    if (lost() || !m_database.isOpen()) {
        setFailure(QStringLiteral("the connection to the server was lost"), true);
        return std::nullopt;
    }
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(values.isEmpty() ? sql : filled(sql, values))) {
        setFailure(firstLine(query.lastError()), isLost(query.lastError().nativeErrorCode()));
        return std::nullopt;
    }
    m_changed = qMax(0, query.numRowsAffected());
    Rows rows;
    const int columns = query.isSelect() ? query.record().count() : 0;
    while (columns > 0 && query.next()) {
        Values row;
        for (int i = 0; i < columns; ++i)
            row.append(query.isNull(i) ? QVariant() : query.value(i));
        rows.append(row);
    }
    if (query.lastError().type() != QSqlError::NoError) {
        setFailure(firstLine(query.lastError()), isLost(query.lastError().nativeErrorCode()));
        return std::nullopt;
    }
    return rows;
}

QString PostgresConnection::filled(const QString &sql, const Values &values) const {
    QString out;
    qsizetype from = 0;
    for (const QVariant &value : values) {
        const qsizetype mark = sql.indexOf(QLatin1Char('?'), from);
        if (mark < 0)
            break;
        out += QStringView(sql).mid(from, mark - from);
        out += literal(value);
        from = mark + 1;
    }
    return out + QStringView(sql).mid(from);
}

QString PostgresConnection::literal(const QVariant &value) const {
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        return QStringLiteral("NULL");
    case QMetaType::QString: {
        // PostgreSQL has no zero in a text; one from outside must not keep the others from being stored.
        QString text = value.toString();
        text.replace(QChar(0), QChar(QChar::ReplacementCharacter));
        QSqlField field(QString(), QMetaType(QMetaType::QString));
        field.setValue(text.isNull() ? QStringLiteral("") : text);
        return m_database.driver()->formatValue(field);
    }
    case QMetaType::QByteArray:
        return QString(QLatin1String("'\\x") % QString::fromLatin1(value.toByteArray().toHex()) %
                       QLatin1String("'::bytea"));
    default:
        // In brackets: a minus after a minus would begin a comment.
        return QString(QLatin1Char('(') % QString::number(value.toLongLong()) % QLatin1Char(')'));
    }
}

bool PostgresConnection::tryAdvisoryLock(const QString &name) {
    if (m_locks.contains(name))
        return value(QStringLiteral("SELECT 1")).isValid();
    const bool taken = value(QStringLiteral("SELECT pg_try_advisory_lock(hashtextextended(?, 0))"),
                             {QString(QStringLiteral("longcode_relay ") % name)})
                           .toBool();
    if (taken)
        m_locks.append(name);
    return taken;
}

void PostgresConnection::dropAdvisoryLock(const QString &name) {
    if (m_locks.removeAll(name) > 0)
        execute(QStringLiteral("SELECT pg_advisory_unlock(hashtextextended(?, 0))"),
                {QString(QStringLiteral("longcode_relay ") % name)});
}

} // namespace longcode::relay
