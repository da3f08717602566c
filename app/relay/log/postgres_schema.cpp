#include "relay/log/log_schema.h"

#include "relay/log/postgres_connection.h"
#include "relay/log/schema_steps.h"

#include <array>

namespace longcode::data {
extern const std::string_view relay_postgres_001;
} // namespace longcode::data

namespace longcode::relay {

namespace {

constexpr std::array steps{&data::relay_postgres_001};
constexpr int oldestServer = 120000;
constexpr char lockSql[] = "SELECT pg_advisory_lock(hashtextextended('longcode_relay schema', 0))";
constexpr char unlockSql[] = "SELECT pg_advisory_unlock(hashtextextended('longcode_relay schema', 0))";

QString failureOf(const LogConnection &connection) {
    return connection.error() % QLatin1Char('.');
}

bool beginSchema(LogConnection &connection) {
    // Only when missing: naming it needs a right on the database that an operator may not want to give.
    const bool exists =
        connection.value(QStringLiteral("SELECT count(*) FROM pg_namespace WHERE nspname = 'longcode_relay'"))
            .toInt() > 0;
    return (exists || connection.execute(QStringLiteral("CREATE SCHEMA longcode_relay"))) &&
           connection.execute(
               QStringLiteral("CREATE TABLE longcode_relay.schema_version (version bigint NOT NULL)")) &&
           connection.execute(QStringLiteral("INSERT INTO longcode_relay.schema_version VALUES (0)"));
}

bool runSteps(LogConnection &connection, qint64 version) {
    if (version == 0 && !beginSchema(connection))
        return false;
    for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
        for (const QString &statement : statementsOf(*steps[step])) {
            if (!connection.execute(statement))
                return false;
        }
    }
    if (version == 0 &&
        !connection.execute(QStringLiteral("INSERT INTO longcode_relay.log (id) VALUES (?)"), {newLogId()}))
        return false;
    return connection.execute(QStringLiteral("UPDATE longcode_relay.schema_version SET version = ?"),
                              {qint64(steps.size())});
}

/// The sentence of what stands in the way; empty: up to date.
QString bringUpToDate(LogConnection &connection) {
    const QVariant isThere =
        connection.value(QStringLiteral("SELECT to_regclass('longcode_relay.schema_version') IS NOT NULL"));
    if (!isThere.isValid())
        return failureOf(connection);
    qint64 version = 0;
    if (isThere.toBool()) {
        const QVariant found =
            connection.value(QStringLiteral("SELECT version FROM longcode_relay.schema_version"));
        if (!found.isValid())
            return failureOf(connection);
        version = found.toLongLong();
    }
    if (version > qint64(steps.size()))
        return QStringLiteral("a newer version of the relay wrote it. Use that version.");
    if (version == qint64(steps.size()))
        return {};
    return connection.inTransaction([&] { return runSteps(connection, version); }) ? QString()
                                                                                   : failureOf(connection);
}

Result<LogIdentity, QString> identityOf(LogConnection &connection, LogCheck check) {
    // One statement sees one moment, whatever the other relays do.
    const QString counts = check == LogCheck::Nothing
                               ? QStringLiteral("0, 0")
                               : QStringLiteral("(SELECT count(*) FROM event), (SELECT min(seq) FROM event)");
    const auto rows = connection.query(
        QString(QStringLiteral("SELECT id, first, head, ") % counts % QStringLiteral(" FROM log")));
    if (!rows)
        return failed(failureOf(connection));
    LogIdentity identity;
    bool isWhole = rows->size() == 1;
    if (isWhole) {
        const LogConnection::Values &row = rows->first();
        identity = {.id = row[0].toString(),
                    .bounds = {.first = row[1].toLongLong(), .head = row[2].toLongLong()}};
        const qint64 count = row[3].toLongLong();
        if (check != LogCheck::Nothing)
            isWhole = count == identity.bounds.head - identity.bounds.first + 1 &&
                      (count == 0 || row[4].toLongLong() == identity.bounds.first);
    }
    if (!isWhole)
        return failed(QStringLiteral(
            "events are missing from it. Restore it from a backup, or name another database."));
    return identity;
}

} // namespace

Result<LogIdentity, QString> prepareLog(PostgresConnection &connection, LogCheck check) {
    const QVariant server = connection.value(QStringLiteral("SELECT current_setting('server_version_num')"));
    if (!server.isValid())
        return failed(failureOf(connection));
    if (server.toInt() < oldestServer)
        return failed(QStringLiteral("PostgreSQL 12 or newer is needed."));
    if (connection.value(QStringLiteral("SELECT current_setting('server_encoding')")).toString() !=
        QLatin1String("UTF8"))
        return failed(QStringLiteral("the database does not store UTF-8. Create one with ENCODING 'UTF8'."));
    // Of several relays that start at once one makes the tables.
    if (!connection.execute(QLatin1String(lockSql)))
        return failed(failureOf(connection));
    const QString wrong = bringUpToDate(connection);
    connection.execute(QLatin1String(unlockSql));
    if (!wrong.isEmpty())
        return failed(wrong);
    return identityOf(connection, check);
}

} // namespace longcode::relay
