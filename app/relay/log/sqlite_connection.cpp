#include "relay/log/sqlite_connection.h"

#include <QFile>

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <thread>

namespace longcode::relay {

namespace {

using namespace std::chrono_literals;

// A commit has to be through well before the sender's two seconds are over.
constexpr auto longestBusy = 1000ms;
// Statements of other rooms are few; a program that makes up texts must not grow without end.
constexpr qsizetype mostPrepared = 64;

void bindText(sqlite3_stmt *statement, int place, const QString &text) {
    const QByteArray utf8 = text.toUtf8();
    sqlite3_bind_text64(statement, place, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
}

void bind(sqlite3_stmt *statement, int place, const QVariant &value) {
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        sqlite3_bind_null(statement, place);
        return;
    case QMetaType::QString:
        bindText(statement, place, value.toString());
        return;
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        sqlite3_bind_blob64(statement, place, bytes.constData(), static_cast<sqlite3_uint64>(bytes.size()),
                            SQLITE_TRANSIENT);
        return;
    }
    default:
        sqlite3_bind_int64(statement, place, value.toLongLong());
    }
}

QVariant column(sqlite3_stmt *statement, int place) {
    switch (sqlite3_column_type(statement, place)) {
    case SQLITE_INTEGER:
        return QVariant(static_cast<qint64>(sqlite3_column_int64(statement, place)));
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, place);
    case SQLITE_TEXT: {
        const auto *text = static_cast<const char *>(sqlite3_column_blob(statement, place));
        return QString::fromUtf8(text, sqlite3_column_bytes(statement, place));
    }
    case SQLITE_BLOB: {
        const auto *bytes = static_cast<const char *>(sqlite3_column_blob(statement, place));
        return QByteArray(bytes, sqlite3_column_bytes(statement, place));
    }
    default:
        return {};
    }
}

} // namespace

void SqliteStatementDeleter::operator()(sqlite3_stmt *statement) const {
    sqlite3_finalize(statement);
}

Result<std::unique_ptr<LogConnection>, QString> SqliteConnection::open(const QString &path, Use use) {
    auto opened = openFile(path, use);
    if (!opened)
        return failed(opened.error());
    return std::unique_ptr<LogConnection>(std::move(*opened));
}

Result<std::unique_ptr<SqliteConnection>, QString> SqliteConnection::openFile(const QString &path, Use use) {
    sqlite3 *handle = nullptr;
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (use == Use::Read ? 0 : SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &handle, flags, nullptr);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
    if (code != SQLITE_OK)
        return failed(QString::fromUtf8(handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code)));
    if (!connection->configure(use))
        return failed(connection->error());
    return connection;
}

SqliteConnection::~SqliteConnection() {
    for (sqlite3_stmt *statement : qAsConst(m_prepared))
        sqlite3_finalize(statement);
    sqlite3_close_v2(m_handle);
}

bool SqliteConnection::configure(Use use) {
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_handler(m_handle, &SqliteConnection::waitForOthers, this);
    QList<QString> pragmas{
        // FULL, and while there is no write-ahead log yet, the folder too: a journal must not come back.
        QStringLiteral("PRAGMA synchronous=EXTRA"),
        // On macOS fsync alone leaves the data in the disk's cache.
        QStringLiteral("PRAGMA fullfsync=1"),
        QStringLiteral("PRAGMA checkpoint_fullfsync=1"),
        // Only a file without tables takes it; must come before the first page is written.
        QStringLiteral("PRAGMA auto_vacuum=INCREMENTAL"),
        QStringLiteral("PRAGMA journal_mode=WAL"),
        QStringLiteral("PRAGMA journal_size_limit=67108864"),
        QStringLiteral("PRAGMA secure_delete=FAST"),
    };
    if (use == Use::Read)
        pragmas = {QStringLiteral("PRAGMA query_only=1")};
    pragmas.append(QStringLiteral("PRAGMA cache_size=-%1").arg(use == Use::Append ? 6144 : 1024));
    if (use == Use::Append)
        pragmas.append(QStringLiteral("PRAGMA wal_autocheckpoint=0"));
    for (const QString &pragma : qAsConst(pragmas)) {
        if (!execute(pragma))
            return false;
    }
    return true;
}

/// SQLite's own handler sleeps up to 100 ms at a time; another writer here is done within one.
int SqliteConnection::waitForOthers(void *self, int attempts) {
    auto *connection = static_cast<SqliteConnection *>(self);
    const auto now = std::chrono::steady_clock::now();
    if (attempts == 0)
        connection->m_busySince = now;
    if (now - connection->m_busySince > longestBusy)
        return 0;
    std::this_thread::sleep_for(attempts < 50 ? 200us : 2000us);
    return 1;
}

sqlite3_stmt *SqliteConnection::prepared(const QString &sql) {
    if (sqlite3_stmt *known = m_prepared.value(sql))
        return known;
    SqliteStatement statement = prepare(sql.toUtf8().constData());
    if (!statement)
        return nullptr;
    if (m_prepared.size() >= mostPrepared) {
        for (sqlite3_stmt *old : qAsConst(m_prepared))
            sqlite3_finalize(old);
        m_prepared.clear();
    }
    return *m_prepared.insert(sql, statement.release());
}

std::optional<LogConnection::Rows> SqliteConnection::query(const QString &sql, const Values &values) {
    // A pragma changes settings that belong to the connection; kept ones would be re-run by SQLite's own
    // rules.
    SqliteStatement once;
    const bool keep = !sql.startsWith(QLatin1String("PRAGMA"));
    if (!keep)
        once = prepare(sql.toUtf8().constData());
    sqlite3_stmt *statement = keep ? prepared(sql) : once.get();
    if (!statement)
        return std::nullopt;
    for (qsizetype i = 0; i < values.size(); ++i)
        bind(statement, static_cast<int>(i) + 1, values[i]);
    Rows rows;
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        Values row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i)
            row.append(column(statement, i));
        rows.append(row);
    }
    if (code != SQLITE_DONE)
        noteFailure();
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return code == SQLITE_DONE ? std::optional(rows) : std::nullopt;
}

qint64 SqliteConnection::changed() const {
    return sqlite3_changes64(m_handle);
}

bool SqliteConnection::begin() {
    return execute(QStringLiteral("BEGIN IMMEDIATE"));
}

SqliteStatement SqliteConnection::prepare(const char *sql) {
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        noteFailure();
    return SqliteStatement(statement);
}

void SqliteConnection::noteFailure() {
    const int code = sqlite3_errcode(m_handle) & 0xff;
    const std::array harmless{SQLITE_BUSY,  SQLITE_CONSTRAINT, SQLITE_FULL,
                              SQLITE_ERROR, SQLITE_LOCKED,     SQLITE_TOOBIG};
    setFailure(QString::fromUtf8(sqlite3_errmsg(m_handle)),
               std::find(harmless.begin(), harmless.end(), code) == harmless.end());
}

} // namespace longcode::relay
