#include "relay/log/sqlite_log.h"

#include "relay/log/log_connection.h"
#include "relay/log/log_reader.h"
#include "relay/log/log_schema.h"
#include "relay/log/log_writer.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

namespace longcode::relay {

SqliteLog::SqliteLog() = default;

SqliteLog::~SqliteLog() {
    SqliteLog::stop();
}

Result<std::unique_ptr<SqliteLog>, QString> SqliteLog::open(const QString &path, const Journal &journal) {
    const QString beginning = QStringLiteral("The store %1 cannot be used: ").arg(path);
    if (const QDir folder = QFileInfo(path).absoluteDir(); !folder.mkpath(QStringLiteral(".")))
        return failed(QString(beginning % QStringLiteral("its folder cannot be created.")));
    std::unique_ptr<SqliteLog> log(new SqliteLog);
    log->m_lock = std::make_unique<QLockFile>(path % QStringLiteral(".lock"));
    log->m_lock->setStaleLockTime(0);
    if (!log->m_lock->tryLock(0))
        return failed(QString(beginning % (log->m_lock->error() == QLockFile::LockFailedError
                                               ? QStringLiteral("another relay is using it.")
                                               : QStringLiteral("its folder cannot be written."))));
    auto connection = LogConnection::open(path, LogConnection::Access::ReadWrite);
    if (!connection)
        return failed(QString(beginning % connection.error() % QLatin1Char('.')));
    const auto identity = prepareLog(**connection);
    if (!identity)
        return failed(QString(beginning % identity.error()));
    connection->reset();
    log->m_id = identity->id;
    log->m_writer = std::make_unique<LogWriter>(path, identity->head, journal);
    log->m_reader = std::make_unique<LogReader>(path);
    return log;
}

qint64 SqliteLog::head() const {
    return m_writer->head();
}

void SqliteLog::append(IncomingEvent event, std::function<void(Appended)> done) {
    m_writer->append(std::move(event), std::move(done));
}

void SqliteLog::read(const Page &page, std::function<void(std::optional<LogEntries>)> done) {
    m_reader->read(page, std::move(done));
}

void SqliteLog::setGrownCallback(GrownCallback grown) {
    m_writer->setGrownCallback(std::move(grown));
}

void SqliteLog::stop() {
    if (m_writer)
        m_writer->stop();
    if (m_reader)
        m_reader->stop();
}

} // namespace longcode::relay
