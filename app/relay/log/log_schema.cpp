#include "relay/log/log_schema.h"

#include "relay/log/log_connection.h"

#include <QStringList>
#include <QUuid>
#include <QVariant>

#include <array>
#include <string_view>

namespace longcode::data {
extern const std::string_view relay_001;
} // namespace longcode::data

namespace longcode::relay {

namespace {

// "Lcrl": tells a log from another program's SQLite file.
constexpr qint64 applicationId = 0x4c63726c;

const std::array<const std::string_view *, 1> &steps() {
    static const std::array<const std::string_view *, 1> all{&data::relay_001};
    return all;
}

bool runStep(LogConnection &connection, std::size_t step) {
    const std::string_view bytes = *steps()[step];
    QString sql = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    sql.remove(QLatin1Char('\r'));
    for (const QString &statement : sql.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts)) {
        if (!connection.execute(statement))
            return false;
    }
    return connection.execute(QStringLiteral("PRAGMA user_version=%1").arg(step + 1));
}

/// All missing steps, in one transaction.
bool bringUpToDate(LogConnection &connection, qint64 version) {
    if (version == qint64(steps().size()))
        return true;
    if (!connection.execute(QStringLiteral("BEGIN IMMEDIATE")))
        return false;
    bool good = connection.execute(QStringLiteral("PRAGMA application_id=%1").arg(applicationId));
    for (std::size_t step = static_cast<std::size_t>(version); good && step < steps().size(); ++step)
        good = runStep(connection, step);
    if (good && version == 0)
        good = connection.execute(QStringLiteral("INSERT INTO log (only_row, id) VALUES (1, '%1')")
                                      .arg(QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (good && connection.execute(QStringLiteral("COMMIT")))
        return true;
    connection.execute(QStringLiteral("ROLLBACK"));
    return false;
}

} // namespace

Result<LogIdentity, QString> prepareLog(LogConnection &connection) {
    const QVariant tables = connection.value(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables.isValid())
        return failed(QString(connection.error() % QLatin1Char('.')));
    const qint64 owner = connection.value(QStringLiteral("PRAGMA application_id")).toLongLong();
    const qint64 version = connection.value(QStringLiteral("PRAGMA user_version")).toLongLong();
    if ((tables.toLongLong() > 0 || version > 0) && owner != applicationId)
        return failed(QStringLiteral("it is another program's database."));
    if (version > qint64(steps().size()))
        return failed(QStringLiteral("a newer version of the relay wrote it. Use that version."));
    if (version > 0) {
        const QString verdict = connection.value(QStringLiteral("PRAGMA quick_check(1)")).toString();
        if (verdict != QStringLiteral("ok"))
            return failed(
                QStringLiteral("it is damaged (%1). Restore it from a backup, or move it away to begin a "
                               "new log.")
                    .arg(verdict.isEmpty() ? connection.error() : verdict));
    }
    if (!bringUpToDate(connection, version))
        return failed(QString(connection.error() % QLatin1Char('.')));
    const LogIdentity identity{
        .id = connection.value(QStringLiteral("SELECT id FROM log")).toString(),
        .head = connection.value(QStringLiteral("SELECT coalesce(max(seq), 0) FROM event")).toLongLong()};
    const qint64 count = connection.value(QStringLiteral("SELECT count(*) FROM event")).toLongLong();
    if (identity.id.isEmpty() || count != identity.head)
        return failed(
            QStringLiteral("events are missing from it. Restore it from a backup, or move it away to begin a "
                           "new log."));
    return identity;
}

} // namespace longcode::relay
