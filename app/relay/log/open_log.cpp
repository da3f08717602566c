#include "relay/log/open_log.h"

#include "base/durable_file.h"
#include "relay/log/log_schema.h"
#include "relay/log/postgres_log.h"
#include "relay/log/sqlite_connection.h"
#include "relay/log/sqlite_log.h"

#include <QFile>
#include <QFileInfo>

namespace longcode::relay {

namespace {

template <typename Log>
Result<std::unique_ptr<EventLog>, QString> asEventLog(Result<std::unique_ptr<Log>, QString> opened) {
    if (!opened)
        return failed(opened.error());
    return std::unique_ptr<EventLog>(std::move(*opened));
}

/// Copies, and looks at the copy with the same eyes as a relay that starts.
Result<qint64, QString> copyTo(const QString &source, const QString &partial) {
    auto connection = SqliteConnection::openFile(source, SqliteConnection::Use::Write);
    if (!connection)
        return failed(connection.error());
    if (const auto identity = prepareLog(**connection, LogCheck::Nothing); !identity)
        return failed(identity.error());
    if (!(*connection)->execute(QStringLiteral("VACUUM INTO ?"), {partial}))
        return failed((*connection)->error());
    auto copy = SqliteConnection::openFile(partial, SqliteConnection::Use::Read);
    if (!copy)
        return failed(copy.error());
    const auto identity = prepareLog(**copy, LogCheck::Everything);
    copy->reset();
    if (!identity)
        return failed(identity.error());
    if (!reachesDisk(partial))
        return failed(QStringLiteral("the disk did not take it"));
    return identity->bounds.head;
}

} // namespace

Result<std::unique_ptr<EventLog>, QString> openLog(const StoreAddress &address, Access access,
                                                   const Journal &journal) {
    if (address.kind() == StoreAddress::Kind::SqliteFile)
        return asEventLog(SqliteLog::open(address.path(), journal, access));
    return asEventLog(PostgresLog::open(address, journal, access));
}

Result<qint64, QString> backUpLog(const StoreAddress &address, const QString &target) {
    if (address.kind() == StoreAddress::Kind::Postgres)
        return failed(
            QStringLiteral("A log on PostgreSQL is backed up with PostgreSQL's own means, for example "
                           "pg_dump --schema=longcode_relay."));
    if (!QFileInfo::exists(address.path()))
        return failed(QStringLiteral("There is no log at %1.").arg(address.path()));
    if (QFileInfo::exists(target))
        return failed(QStringLiteral("%1 exists already. Name a new file for the backup.").arg(target));
    const QString partial = target % QStringLiteral(".partial");
    QFile::remove(partial);
    Result<qint64, QString> head = copyTo(address.path(), partial);
    if (head && !QFile::rename(partial, target))
        head = failed(QStringLiteral("the finished copy could not be given its name"));
    if (!head) {
        QFile::remove(partial);
        QString why = head.error();
        if (why.endsWith(QLatin1Char('.')))
            why.chop(1);
        return failed(QStringLiteral("The log could not be backed up to %1: %2.").arg(target, why));
    }
    static_cast<void>(reachesDisk(QFileInfo(target).absolutePath()));
    return head;
}

} // namespace longcode::relay
