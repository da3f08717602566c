#include "store/backup.h"

#include "base/durable_file.h"
#include "store/connection.h"
#include "store/schema.h"
#include "store/store.h"

#include <QFile>
#include <QFileInfo>
#include <QPromise>
#include <QThread>

#include <sqlite3.h>

namespace longcode::store {

namespace {

/// A megabyte or so at a time, and a rest in between: writers and the screen come first.
constexpr int pagesAStep = 256;
constexpr int restMs = 4;

struct CloseDatabase {
    void operator()(sqlite3 *database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

StoreError errorOf(int code, const QString &path, const char *words) {
    return {storeErrorKind(code & 0xff),
            QStringLiteral("%1: SQLite %2: %3").arg(path).arg(code).arg(QString::fromUtf8(words))};
}

Result<Database, StoreError> open(const QString &path, int flags) {
    sqlite3 *raw = nullptr;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &raw, flags, nullptr);
    Database database(raw);
    if (code != SQLITE_OK)
        return failed(errorOf(code, path, raw ? sqlite3_errmsg(raw) : sqlite3_errstr(code)));
    sqlite3_busy_timeout(raw, 5000);
    return database;
}

std::optional<StoreError> execute(sqlite3 *database, const char *sql, const QString &path) {
    const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? std::nullopt : std::optional(errorOf(code, path, sqlite3_errmsg(database)));
}

std::optional<StoreError> copyPages(sqlite3 *from, sqlite3 *to, const QString &target, StopSign &stop) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return errorOf(sqlite3_errcode(to), target, sqlite3_errmsg(to));
    int code = SQLITE_OK;
    while (!stop.isAsked() && (code = sqlite3_backup_step(backup, pagesAStep)) == SQLITE_OK)
        QThread::msleep(restMs);
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return std::nullopt;
    if (stop.isAsked())
        return StoreError{StoreErrorKind::Closed, target};
    return errorOf(code, target, sqlite3_errstr(code));
}

/// A read transaction holds one state of the source for as long as the copy takes; without it, every write
/// of the console would make SQLite begin anew.
std::optional<StoreError> copyTo(const QString &from, const QString &part, StopSign &stop) {
    const auto source = open(from, SQLITE_OPEN_READWRITE);
    if (!source)
        return source.error();
    const auto target = open(part, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!target)
        return target.error();
    if (const auto error = execute(source->get(), "BEGIN; SELECT count(*) FROM sqlite_master", from))
        return error;
    if (const auto error = copyPages(source->get(), target->get(), part, stop))
        return error;
    // One file, without a log beside it.
    return execute(target->get(), "PRAGMA journal_mode=DELETE", part);
}

} // namespace

void StopSign::ask() {
    m_asked = true;
    const std::lock_guard lock(m_mutex);
    if (m_read)
        m_read->interrupt();
}

StopSign::Reading::Reading(StopSign &sign, Connection &connection) : m_sign(sign) {
    const std::lock_guard lock(m_sign.m_mutex);
    m_sign.m_read = &connection;
}

StopSign::Reading::~Reading() {
    const std::lock_guard lock(m_sign.m_mutex);
    m_sign.m_read = nullptr;
}

std::optional<StoreError> markRestored(const QString &path) {
    const auto database = open(path, SQLITE_OPEN_READWRITE);
    if (!database)
        return database.error();
    const int code =
        sqlite3_exec(database->get(), "INSERT OR REPLACE INTO facts(name, value) VALUES ('restored', '1')",
                     nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return errorOf(code, path, sqlite3_errmsg(database->get()));
    return std::nullopt;
}

std::optional<StoreError> checkStore(const QString &path) {
    StopSign never;
    return checkStore(path, never);
}

std::optional<StoreError> checkStore(const QString &path, StopSign &stop) {
    const auto connection = Connection::open(path, Access::Read);
    if (!connection)
        return connection.error();
    Connection &file = **connection;
    const StopSign::Reading reading(stop, file);
    if (stop.isAsked())
        return StoreError{StoreErrorKind::Closed, path};
    const auto findings =
        file.number(QStringLiteral("SELECT count(*) FROM pragma_quick_check(1) WHERE quick_check <> 'ok'"));
    const qint64 owner = file.number(QStringLiteral("PRAGMA application_id"));
    const qint64 version = file.number(QStringLiteral("PRAGMA user_version"));
    if (auto error = file.takeError())
        return stop.isAsked() ? StoreError{StoreErrorKind::Closed, path} : *error;
    if (findings > 0 || owner != applicationId())
        return StoreError{StoreErrorKind::Corrupt, path};
    if (version > newestSchema())
        return StoreError{StoreErrorKind::TooNew, path};
    return std::nullopt;
}

Result<qint64, StoreError> copyStore(const QString &from, const QString &to, StopSign &stop) {
    const QString part = to + QStringLiteral(".part");
    QFile::remove(part);
    auto error = copyTo(from, part, stop);
    if (!error)
        error = checkStore(part, stop);
    if (!error) {
        if (const std::error_code code = replaceFile(part, to))
            error = StoreError{StoreErrorKind::CannotOpen,
                               QStringLiteral("%1: %2").arg(to, QString::fromStdString(code.message()))};
    }
    if (error) {
        for (const char *suffix : {"", "-journal", "-wal", "-shm"})
            QFile::remove(part + QLatin1String(suffix));
        return failed(*error);
    }
    return QFileInfo(to).size();
}

BackupThread::~BackupThread() {
    constexpr int againMs = 2;
    while (m_running) {
        m_stop.ask();
        QThread::msleep(againMs);
    }
    if (m_thread.joinable())
        m_thread.join();
}

QFuture<Result<qint64, StoreError>> BackupThread::start(const QString &from, const QString &to) {
    using Outcome = Result<qint64, StoreError>;
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    auto future = promise->future();
    if (m_running.exchange(true)) {
        promise->addResult(Outcome(failed(StoreError{StoreErrorKind::Busy, to})));
        promise->finish();
        return future;
    }
    if (m_thread.joinable())
        m_thread.join();
    m_thread = std::thread([this, promise, from, to] {
        Outcome outcome = copyStore(from, to, m_stop);
        m_running = false;
        promise->addResult(std::move(outcome));
        promise->finish();
    });
    return future;
}

QFuture<Result<qint64, StoreError>> Store::backUp(const QString &path) const {
    return m_backup->start(m_path, path);
}

} // namespace longcode::store
