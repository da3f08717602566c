#include "relay/log/log_schema.h"

#include "relay/log/schema_steps.h"
#include "relay/log/sqlite_connection.h"

#include <array>

namespace longcode::data {
extern const std::string_view relay_001;
extern const std::string_view relay_002;
} // namespace longcode::data

namespace longcode::relay {

namespace {

// "Lcrl": tells a log from another program's SQLite file.
constexpr qint64 applicationId = 0x4c63726c;
/// From this version on a file gives the room of removed events back.
constexpr qint64 firstCompacting = 2;

constexpr std::array steps{&data::relay_001, &data::relay_002};

qint64 versionOf(LogConnection &connection) {
    return connection.value(QStringLiteral("PRAGMA user_version")).toLongLong();
}

bool runStep(LogConnection &connection, std::size_t step) {
    for (const QString &statement : statementsOf(*steps[step])) {
        if (!connection.execute(statement))
            return false;
    }
    return connection.execute(QStringLiteral("PRAGMA user_version=%1").arg(step + 1));
}

/// All missing steps, in one transaction.
bool bringUpToDate(LogConnection &connection) {
    return connection.inTransaction([&connection] {
        // Another process may just have done it.
        const qint64 version = versionOf(connection);
        bool good = connection.execute(QStringLiteral("PRAGMA application_id=%1").arg(applicationId));
        for (auto step = static_cast<std::size_t>(version); good && step < steps.size(); ++step)
            good = runStep(connection, step);
        if (good && version == 0)
            good = connection.execute(QStringLiteral("INSERT INTO log (only_row, id) VALUES (1, ?)"),
                                      {newLogId()});
        return good;
    });
}

QString verdictOn(LogConnection &connection) {
    const QString verdict = connection.value(QStringLiteral("PRAGMA quick_check(1)")).toString();
    if (verdict == QLatin1String("ok"))
        return {};
    return QStringLiteral("it is damaged (%1). Restore it from a backup, or move it away to begin a new log.")
        .arg(verdict.isEmpty() ? connection.error() : verdict.section(QLatin1Char('\n'), -1));
}

bool hasGap(LogConnection &connection, const LogBounds &bounds) {
    const auto found =
        connection.query(QStringLiteral("SELECT (SELECT count(*) FROM event), (SELECT min(seq) FROM event)"));
    if (!found || found->isEmpty())
        return true;
    const qint64 count = found->first()[0].toLongLong();
    return count != bounds.head - bounds.first + 1 ||
           (count > 0 && found->first()[1].toLongLong() != bounds.first);
}

} // namespace

Result<LogIdentity, QString> prepareLog(SqliteConnection &connection, LogCheck check) {
    const QVariant tables = connection.value(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables.isValid())
        return failed(QString(connection.error() % QLatin1Char('.')));
    const qint64 owner = connection.value(QStringLiteral("PRAGMA application_id")).toLongLong();
    const qint64 version = versionOf(connection);
    if ((tables.toLongLong() > 0 || version > 0) && owner != applicationId)
        return failed(QStringLiteral("it is another program's database."));
    if (version > qint64(steps.size()))
        return failed(QStringLiteral("a newer version of the relay wrote it. Use that version."));
    if (version > 0 && check == LogCheck::Everything) {
        if (const QString verdict = verdictOn(connection); !verdict.isEmpty())
            return failed(verdict);
    }
    if (version < qint64(steps.size()) && !bringUpToDate(connection))
        return failed(QString(connection.error() % QLatin1Char('.')));
    // Rewrites the file once. Without room for that it goes on as it was: free pages are used again all the
    // same.
    if (version > 0 && version < firstCompacting)
        connection.execute(QStringLiteral("VACUUM"));
    // Of one moment: another process may be writing.
    if (!connection.execute(QStringLiteral("BEGIN")))
        return failed(QString(connection.error() % QLatin1Char('.')));
    LogIdentity identity{.id = connection.value(QStringLiteral("SELECT id FROM log")).toString(),
                         .bounds = {}};
    identity.bounds.first = connection.value(QStringLiteral("SELECT first FROM log")).toLongLong();
    identity.bounds.head =
        connection.value(QStringLiteral("SELECT coalesce(max(seq), (SELECT first - 1 FROM log)) FROM event"))
            .toLongLong();
    const bool broken = check != LogCheck::Nothing && hasGap(connection, identity.bounds);
    connection.execute(QStringLiteral("COMMIT"));
    if (identity.id.isEmpty() || broken)
        return failed(
            QStringLiteral("events are missing from it. Restore it from a backup, or move it away to begin a "
                           "new log."));
    return identity;
}

} // namespace longcode::relay
