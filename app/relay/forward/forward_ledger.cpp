#include "relay/forward/forward_ledger.h"

#include "relay/log/log_connection.h"

namespace longcode::relay {

namespace {

constexpr qint64 waitingState = 0;
constexpr qint64 deadState = 1;

QString lockName(const QString &forward) {
    return QStringLiteral("forward:") % forward;
}

} // namespace

ForwardLedger::ForwardLedger(StoreAddress address) : m_address(std::move(address)) {}

ForwardLedger::~ForwardLedger() = default;

LogConnection *ForwardLedger::connection() {
    if (m_connection)
        return m_connection.get();
    auto opened = LogConnection::open(m_address);
    if (!opened) {
        m_error = opened.error();
        return nullptr;
    }
    m_connection = std::move(*opened);
    ++m_connections;
    return m_connection.get();
}

void ForwardLedger::failedWith(LogConnection &connection) {
    m_error = connection.error();
    if (connection.lost())
        m_connection.reset();
}

bool ForwardLedger::hold(const QString &forward) {
    LogConnection *database = connection();
    if (!database)
        return false;
    const bool held = database->tryAdvisoryLock(lockName(forward));
    if (!held && database->lost())
        failedWith(*database);
    return held;
}

void ForwardLedger::letGo(const QString &forward) {
    if (m_connection)
        m_connection->dropAdvisoryLock(lockName(forward));
}

std::optional<qint64> ForwardLedger::cursor(const QString &forward) {
    LogConnection *database = connection();
    if (!database)
        return std::nullopt;
    const auto rows =
        database->query(QStringLiteral("SELECT next_seq FROM forward_cursor WHERE name = ?"), {forward});
    if (!rows) {
        failedWith(*database);
        return std::nullopt;
    }
    return rows->isEmpty() ? -1 : rows->first().first().toLongLong() - 1;
}

bool ForwardLedger::note(const QString &forward, qint64 cursor, const QList<Letter> &changed,
                         const QList<qint64> &delivered) {
    LogConnection *database = connection();
    if (!database)
        return false;
    const bool good = database->inTransaction([&] {
        bool going = database->execute(
            QStringLiteral("INSERT INTO forward_cursor (name, next_seq, updated_at) VALUES (?, ?, ?) "
                           "ON CONFLICT (name) DO UPDATE SET next_seq = excluded.next_seq, updated_at = "
                           "excluded.updated_at"),
            {forward, cursor + 1, QDateTime::currentMSecsSinceEpoch()});
        for (const Letter &letter : changed)
            going = going && put(*database, forward, letter);
        for (const qint64 seq : delivered)
            going = going && database->execute(
                                 QStringLiteral("DELETE FROM forward_letter WHERE forward = ? AND seq = ?"),
                                 {forward, seq});
        return going;
    });
    if (!good)
        failedWith(*database);
    return good;
}

bool ForwardLedger::put(LogConnection &connection, const QString &forward, const Letter &letter) {
    return connection.execute(
        QStringLiteral(
            "INSERT INTO forward_letter (forward, seq, state, attempts, next_at, reason) VALUES (?, ?, "
            "?, ?, ?, ?) ON CONFLICT (forward, seq) DO UPDATE SET state = excluded.state, attempts = "
            "excluded.attempts, next_at = excluded.next_at, reason = excluded.reason"),
        {forward, letter.seq, letter.dead ? deadState : waitingState, qint64(letter.attempts),
         letter.nextAt.toMSecsSinceEpoch(), letter.reason});
}

std::optional<QList<Letter>> ForwardLedger::letters(const QString &sql, const QList<QVariant> &values) {
    LogConnection *database = connection();
    if (!database)
        return std::nullopt;
    const auto rows = database->query(sql, values);
    if (!rows) {
        failedWith(*database);
        return std::nullopt;
    }
    QList<Letter> out;
    for (const LogConnection::Values &row : *rows)
        out.append({.seq = row[0].toLongLong(),
                    .attempts = row[1].toInt(),
                    .nextAt = QDateTime::fromMSecsSinceEpoch(row[2].toLongLong(), Qt::UTC),
                    .reason = row[3].toString(),
                    .dead = row[4].toLongLong() == deadState});
    return out;
}

std::optional<QList<Letter>> ForwardLedger::due(const QString &forward, const QDateTime &now, int count) {
    return letters(
        QStringLiteral("SELECT seq, attempts, next_at, reason, state FROM forward_letter WHERE forward "
                       "= ? AND state = ? AND next_at <= ? ORDER BY next_at, seq LIMIT ?"),
        {forward, waitingState, now.toMSecsSinceEpoch(), qint64(count)});
}

std::optional<QList<Letter>> ForwardLedger::dead(const QString &forward, qint64 after, int count) {
    return letters(
        QStringLiteral("SELECT seq, attempts, next_at, reason, state FROM forward_letter WHERE forward "
                       "= ? AND state = ? AND seq > ? ORDER BY seq LIMIT ?"),
        {forward, deadState, after, qint64(count)});
}

std::optional<LetterCounts> ForwardLedger::counts(const QString &forward) {
    LogConnection *database = connection();
    if (!database)
        return std::nullopt;
    const auto rows =
        database->query(QStringLiteral("SELECT state, count(*), min(seq) FROM forward_letter WHERE "
                                       "forward = ? GROUP BY state"),
                        {forward});
    if (!rows) {
        failedWith(*database);
        return std::nullopt;
    }
    LetterCounts counts;
    for (const LogConnection::Values &row : *rows) {
        if (row[0].toLongLong() == deadState) {
            counts.dead = row[1].toLongLong();
        } else {
            counts.waiting = row[1].toLongLong();
            counts.oldestWaiting = row[2].toLongLong();
        }
    }
    return counts;
}

std::optional<QList<QString>> ForwardLedger::forwards() {
    LogConnection *database = connection();
    if (!database)
        return std::nullopt;
    const auto rows = database->query(QStringLiteral("SELECT name FROM forward_cursor ORDER BY name"));
    if (!rows) {
        failedWith(*database);
        return std::nullopt;
    }
    QList<QString> names;
    for (const LogConnection::Values &row : *rows)
        names.append(row[0].toString());
    return names;
}

std::optional<qint64> ForwardLedger::change(const QString &sql, const QList<QVariant> &values) {
    LogConnection *database = connection();
    if (!database)
        return std::nullopt;
    qint64 changed = 0;
    const bool good = database->inTransaction([&] {
        const bool done = database->execute(sql, values);
        changed = database->changed();
        return done;
    });
    if (good)
        return changed;
    failedWith(*database);
    return std::nullopt;
}

std::optional<qint64> ForwardLedger::putRange(const QString &forward, qint64 first, qint64 last,
                                              const QDateTime &now) {
    return change(QStringLiteral(
                      "INSERT INTO forward_letter (forward, seq, state, attempts, next_at, reason) SELECT ?, "
                      "seq, 0, 0, ?, '' FROM event WHERE seq >= ? AND seq <= ? AND kind = 0 ON CONFLICT "
                      "(forward, seq) DO UPDATE SET state = 0, attempts = 0, next_at = excluded.next_at"),
                  {forward, now.toMSecsSinceEpoch(), first, last});
}

std::optional<qint64> ForwardLedger::retryDead(const QString &forward, const QDateTime &now) {
    return change(
        QStringLiteral("UPDATE forward_letter SET state = 0, attempts = 0, next_at = ? WHERE forward = ? "
                       "AND state = 1"),
        {now.toMSecsSinceEpoch(), forward});
}

} // namespace longcode::relay
