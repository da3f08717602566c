#include "relay/log/sqlite_events.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>

namespace longcode::relay {

namespace {

// Beyond this (64 MiB) the one who appends has to move pages himself, so that the file beside the log stays
// bounded: only a log that nobody is writing to at the moment can begin anew.
constexpr int mostWaitingPages = 16384;
constexpr int vacuumPages = 256;

constexpr char headSql[] = "SELECT coalesce(max(seq), (SELECT first - 1 FROM log)) FROM event";
constexpr char insertSql[] = "INSERT INTO event (seq, event_id, received_at, intent, signature, timestamp, "
                             "body, kind, author, account) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING";
constexpr char entriesSql[] =
    "SELECT seq, received_at, intent, body, kind, author, account, signature, timestamp FROM event WHERE "
    "seq > ? ORDER BY seq LIMIT ?";
constexpr char signedSql[] =
    "SELECT seq, received_at, intent, body, account, signature, timestamp FROM event "
    "WHERE seq > ? AND kind = 0 ORDER BY seq LIMIT ?";

/// `bytes` must live until the statement has run.
void bindText(sqlite3_stmt *statement, int place, const QByteArray &bytes) {
    sqlite3_bind_text(statement, place, bytes.constData(), static_cast<int>(bytes.size()), SQLITE_STATIC);
}

QByteArray bytesAt(sqlite3_stmt *statement, int place) {
    const auto *data = static_cast<const char *>(sqlite3_column_blob(statement, place));
    const int size = sqlite3_column_bytes(statement, place);
    return size > 0 ? QByteArray(data, size) : QByteArray();
}

QString textAt(sqlite3_stmt *statement, int place) {
    const int size = sqlite3_column_bytes(statement, place);
    if (size == 0)
        return {};
    return QString::fromUtf8(static_cast<const char *>(sqlite3_column_blob(statement, place)), size);
}

QDateTime timeAt(sqlite3_stmt *statement, int place) {
    return QDateTime::fromMSecsSinceEpoch(sqlite3_column_int64(statement, place), Qt::UTC);
}

/// Calls `take` with each row until the page is full. SQLite's code: SQLITE_DONE or what went wrong.
template <typename Take>
int eachRow(sqlite3_stmt *statement, const Page &page, const Take &take) {
    sqlite3_bind_int64(statement, 1, page.after);
    sqlite3_bind_int(statement, 2, page.count);
    qsizetype bytes = 0;
    bool isFirst = true;
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        bytes += sqlite3_column_bytes(statement, 3);
        if (bytes > page.bytes && !isFirst) {
            code = SQLITE_DONE;
            break;
        }
        isFirst = false;
        take();
    }
    return code;
}

} // namespace

SqliteEvents::SqliteEvents(QString path, std::unique_ptr<SqliteConnection> connection, WaitingPages waiting)
    : m_path(std::move(path)), m_connection(std::move(connection)), m_waiting(std::move(waiting)) {
    if (!m_waiting)
        return;
    sqlite3_wal_hook(
        m_connection->handle(),
        [](void *self, sqlite3 *, const char *, int pages) {
            static_cast<SqliteEvents *>(self)->m_walPages = pages;
            return SQLITE_OK;
        },
        this);
}

Result<std::unique_ptr<EventTable>, QString> SqliteEvents::open(const QString &path, TableUse use,
                                                                WaitingPages waiting) {
    const auto how = use == TableUse::Read                ? SqliteConnection::Use::Read
                     : use == TableUse::Append && waiting ? SqliteConnection::Use::Append
                                                          : SqliteConnection::Use::Write;
    auto connection = SqliteConnection::openFile(path, how);
    if (!connection)
        return failed(connection.error());
    return std::unique_ptr<EventTable>(new SqliteEvents(path, std::move(*connection), std::move(waiting)));
}

bool SqliteEvents::ready(SqliteStatement &statement, const char *sql) {
    if (!statement)
        statement = m_connection->prepare(sql);
    return statement != nullptr;
}

bool SqliteEvents::run(SqliteStatement &statement, const char *sql) {
    if (!ready(statement, sql))
        return false;
    const bool good = sqlite3_step(statement.get()) == SQLITE_DONE;
    if (!good)
        m_connection->noteFailure();
    sqlite3_reset(statement.get());
    return good;
}

std::optional<qint64> SqliteEvents::number(SqliteStatement &statement, const char *sql) {
    if (!ready(statement, sql))
        return std::nullopt;
    std::optional<qint64> result;
    if (sqlite3_step(statement.get()) == SQLITE_ROW)
        result = sqlite3_column_int64(statement.get(), 0);
    else
        m_connection->noteFailure();
    sqlite3_reset(statement.get());
    return result;
}

std::optional<StoredBatch> SqliteEvents::store(const std::vector<IncomingEvent> &events) {
    if (m_walPages > mostWaitingPages)
        sqlite3_wal_checkpoint_v2(m_connection->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                  nullptr);
    if (!run(m_begin, "BEGIN IMMEDIATE"))
        return std::nullopt;
    StoredBatch batch;
    if (!insertAll(events, batch) || !run(m_commit, "COMMIT")) {
        m_connection->rollback();
        return std::nullopt;
    }
    if (m_waiting)
        m_waiting(m_walPages);
    return batch;
}

bool SqliteEvents::insertAll(const std::vector<IncomingEvent> &events, StoredBatch &batch) {
    const std::optional<qint64> head = number(m_head, headSql);
    if (!head || !ready(m_insert, insertSql))
        return false;
    batch.before = *head;
    batch.outcomes.reserve(events.size());
    qint64 seq = *head, bytes = 0;
    for (const IncomingEvent &event : events) {
        const std::optional<bool> isNew = insert(event, seq + 1);
        if (!isNew)
            return false;
        batch.outcomes.push_back(*isNew ? Appended::Stored : Appended::Duplicate);
        if (!*isNew)
            continue;
        batch.added.append(loggedAs(++seq, event));
        bytes += event.body.size();
    }
    if (batch.added.isEmpty())
        return true;
    constexpr char addBytes[] = "UPDATE log SET bytes = bytes + ?";
    if (!ready(m_addBytes, addBytes))
        return false;
    sqlite3_bind_int64(m_addBytes.get(), 1, bytes);
    return run(m_addBytes, addBytes);
}

std::optional<bool> SqliteEvents::insert(const IncomingEvent &event, qint64 seq) {
    sqlite3_stmt *statement = m_insert.get();
    const QByteArray id = event.id.text().toUtf8(), intent = event.intent.toUtf8();
    const QByteArray author = event.author.toUtf8(), account = event.account.toUtf8();
    sqlite3_bind_int64(statement, 1, seq);
    bindText(statement, 2, id);
    sqlite3_bind_int64(statement, 3, event.receivedAt.toMSecsSinceEpoch());
    bindText(statement, 4, intent);
    bindText(statement, 5, event.signature);
    bindText(statement, 6, event.timestamp);
    sqlite3_bind_blob64(statement, 7, event.body.constData(), static_cast<sqlite3_uint64>(event.body.size()),
                        SQLITE_STATIC);
    sqlite3_bind_int(statement, 8, static_cast<int>(event.kind));
    bindText(statement, 9, author);
    bindText(statement, 10, account);
    const bool good = sqlite3_step(statement) == SQLITE_DONE;
    if (!good)
        m_connection->noteFailure();
    sqlite3_reset(statement);
    if (!good)
        return std::nullopt;
    return sqlite3_changes(m_connection->handle()) > 0;
}

std::optional<LogEntries> SqliteEvents::entries(const Page &page) {
    if (!ready(m_entries, entriesSql))
        return std::nullopt;
    sqlite3_stmt *row = m_entries.get();
    LogEntries entries;
    const int code = eachRow(row, page, [&] {
        entries.append({sqlite3_column_int64(row, 0), timeAt(row, 1), textAt(row, 2), bytesAt(row, 3),
                        static_cast<protocol::EntryKind>(sqlite3_column_int(row, 4)), textAt(row, 5),
                        textAt(row, 6), bytesAt(row, 7), bytesAt(row, 8)});
    });
    if (code != SQLITE_DONE)
        m_connection->noteFailure();
    sqlite3_reset(row);
    return code == SQLITE_DONE ? std::optional(entries) : std::nullopt;
}

std::optional<QList<SignedEntry>> SqliteEvents::signedEntries(const Page &page) {
    if (!ready(m_signed, signedSql))
        return std::nullopt;
    sqlite3_stmt *row = m_signed.get();
    QList<SignedEntry> entries;
    const int code = eachRow(row, page, [&] {
        entries.append({.seq = sqlite3_column_int64(row, 0),
                        .receivedAt = timeAt(row, 1),
                        .intent = textAt(row, 2),
                        .account = textAt(row, 4),
                        .signature = bytesAt(row, 5),
                        .timestamp = bytesAt(row, 6),
                        .body = bytesAt(row, 3)});
    });
    if (code != SQLITE_DONE)
        m_connection->noteFailure();
    sqlite3_reset(row);
    return code == SQLITE_DONE ? std::optional(entries) : std::nullopt;
}

std::optional<LogBounds> SqliteEvents::bounds() {
    const auto rows = m_connection->query(
        QStringLiteral("SELECT first, coalesce((SELECT max(seq) FROM event), first - 1) FROM log"));
    if (!rows || rows->isEmpty())
        return std::nullopt;
    return LogBounds{.first = rows->first()[0].toLongLong(), .head = rows->first()[1].toLongLong()};
}

bool SqliteEvents::mayHaveChanged() {
    const std::optional<qint64> version = number(m_version, "PRAGMA data_version");
    return !version || std::exchange(m_dataVersion, *version) != *version;
}

std::optional<LogSize> SqliteEvents::measure() {
    const std::optional<LogBounds> now = bounds();
    if (!now)
        return std::nullopt;
    return LogSize{.entries = now->head - now->first + 1,
                   .fileBytes = QFileInfo(m_path).size() + QFileInfo(m_path + QStringLiteral("-wal")).size(),
                   .freeBytes = QStorageInfo(QFileInfo(m_path).absolutePath()).bytesAvailable()};
}

bool SqliteEvents::compact() {
    const qint64 free = m_connection->value(QStringLiteral("PRAGMA freelist_count")).toLongLong();
    const qint64 all = m_connection->value(QStringLiteral("PRAGMA page_count")).toLongLong();
    // New events use free pages too; moving the last ones around every day would only wear the disk.
    if (free < qMax(qint64(vacuumPages), all / 10))
        return false;
    return m_connection->execute(QStringLiteral("PRAGMA incremental_vacuum(%1)").arg(vacuumPages)) &&
           m_connection->value(QStringLiteral("PRAGMA freelist_count")).toLongLong() < free;
}

} // namespace longcode::relay
