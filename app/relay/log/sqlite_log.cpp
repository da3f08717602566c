#include "relay/log/sqlite_log.h"

#include "relay/log/log_schema.h"
#include "relay/log/sqlite_checkpointer.h"
#include "relay/log/sqlite_connection.h"
#include "relay/log/sqlite_events.h"

#include <QDir>
#include <QFileInfo>

namespace longcode::relay {

namespace {

/// Reading more than this takes so long that a restart is felt by those who send.
constexpr qint64 quicklyReadBytes = 256 << 20;

/// Every page of a small log; of a large one only after a stop that was none: then the write-ahead log is
/// still there.
LogCheck checkFor(const QString &path, Access access) {
    if (access == Access::Tool)
        return LogCheck::Nothing;
    const bool wasCutOff = QFileInfo(path + QStringLiteral("-wal")).size() > 0;
    return wasCutOff || QFileInfo(path).size() <= quicklyReadBytes ? LogCheck::Everything : LogCheck::Gaps;
}

} // namespace

SqliteLog::SqliteLog() = default;

SqliteLog::~SqliteLog() {
    SqliteLog::stop();
}

Result<std::unique_ptr<SqliteLog>, QString> SqliteLog::open(const QString &path, const Journal &journal,
                                                            Access access) {
    const QString beginning = QStringLiteral("The store %1 cannot be used: ").arg(path);
    if (const QDir folder = QFileInfo(path).absoluteDir(); !folder.mkpath(QStringLiteral(".")))
        return failed(QString(beginning % QStringLiteral("its folder cannot be created.")));
    std::unique_ptr<SqliteLog> log(new SqliteLog);
    if (access == Access::Serve) {
        const ServeLock::Outcome outcome = log->m_lock.take(path % QStringLiteral(".lock"));
        if (outcome != ServeLock::Outcome::Taken)
            return failed(QString(beginning % (outcome == ServeLock::Outcome::Held
                                                   ? QStringLiteral("another relay is using it.")
                                                   : QStringLiteral("its folder cannot be written."))));
    }
    const LogCheck check = checkFor(path, access);
    auto connection = SqliteConnection::openFile(path, SqliteConnection::Use::Write);
    if (!connection)
        return failed(QString(beginning % connection.error() % QLatin1Char('.')));
    const auto identity = prepareLog(**connection, check);
    if (!identity)
        return failed(QString(beginning % identity.error()));
    connection->reset();
    SqliteEvents::WaitingPages waiting;
    if (access == Access::Serve) {
        log->m_checkpointer = std::make_unique<SqliteCheckpointer>(path);
        waiting = [pointer = log->m_checkpointer.get()](int pages) { pointer->pagesWait(pages); };
    }
    log->start(
        *identity,
        [path, waiting](TableUse use) {
            return SqliteEvents::open(path, use, use == TableUse::Append ? waiting : nullptr);
        },
        journal);
    return log;
}

void SqliteLog::stop() {
    StoredLog::stop();
    if (m_checkpointer)
        m_checkpointer->stop();
}

} // namespace longcode::relay
