#include "relay/log/retention.h"

#include "relay/log/log_connection.h"

#include <limits>

namespace longcode::relay {

namespace {

constexpr int largestStep = 256;

struct Limits {
    qint64 oldest = std::numeric_limits<qint64>::min();       ///< received before: beyond the age
    qint64 oldestUnread = std::numeric_limits<qint64>::min(); ///< received before: goes even when not read
    qint64 bytes = std::numeric_limits<qint64>::max();
    qint64 acknowledged = std::numeric_limits<qint64>::max(); ///< by everybody
};

Limits limitsOf(const Retention &retention, const QDateTime &now) {
    using std::chrono::milliseconds;
    Limits limits;
    const qint64 at = now.toMSecsSinceEpoch();
    if (retention.age.count() > 0)
        limits.oldest = at - milliseconds(retention.age).count();
    if (retention.bytes > 0)
        limits.bytes = retention.bytes;
    // On top of the age: what may go by its age is kept that much longer for those who have not read it.
    limits.oldestUnread = at - milliseconds(retention.age + retention.unreadAge).count();
    return limits;
}

struct Cut {
    qint64 first = 0;
    qint64 removed = 0, bytes = 0;
};

Cut cutOf(const LogConnection::Rows &oldest, qint64 first, qint64 bytesKept, const Limits &limits) {
    Cut cut{.first = first};
    for (const LogConnection::Values &row : oldest) {
        const qint64 seq = row[0].toLongLong(), receivedAt = row[1].toLongLong(), size = row[2].toLongLong();
        const bool isBeyond = receivedAt < limits.oldest || bytesKept - cut.bytes > limits.bytes;
        const bool isWanted = seq > limits.acknowledged && receivedAt >= limits.oldestUnread;
        if (!isBeyond || isWanted)
            break;
        cut.first = seq + 1;
        ++cut.removed;
        cut.bytes += size;
    }
    return cut;
}

} // namespace

std::optional<PruneStep> pruneStep(LogConnection &connection, const Retention &retention,
                                   const QDateTime &now) {
    const auto log = connection.query(QStringLiteral("SELECT first, bytes FROM log"));
    // Who has not been seen for so long does not come back, and keeps nothing.
    const qint64 forgotten =
        now.toMSecsSinceEpoch() - std::chrono::milliseconds(retention.age + retention.unreadAge).count();
    const auto floor = connection.query(
        QStringLiteral("SELECT min(acknowledged) FROM reader_place WHERE seen_at >= ?"), {forgotten});
    if (!log || log->isEmpty() || !floor || floor->isEmpty())
        return std::nullopt;
    const qint64 first = log->first()[0].toLongLong();
    const auto oldest = connection.query(
        QStringLiteral(
            "SELECT seq, received_at, length(body) FROM event WHERE seq >= ? ORDER BY seq LIMIT ?"),
        {first, largestStep});
    if (!oldest)
        return std::nullopt;
    Limits limits = limitsOf(retention, now);
    if (floor->first()[0].isValid())
        limits.acknowledged = floor->first()[0].toLongLong();
    const Cut cut = cutOf(*oldest, first, log->first()[1].toLongLong(), limits);
    if (cut.removed == 0)
        return PruneStep{.removed = 0, .first = first};
    bool isOthers = false;
    // The row that every append needs is taken last, and only for the commit.
    const bool done = connection.inTransaction([&] {
        if (!connection.execute(QStringLiteral("DELETE FROM event WHERE seq >= ? AND seq < ?"),
                                {first, cut.first}))
            return false;
        isOthers = connection.changed() != cut.removed;
        return !isOthers && connection.execute(QStringLiteral("UPDATE log SET first = ?, bytes = bytes - ?"),
                                               {cut.first, cut.bytes});
    });
    if (isOthers)
        return PruneStep{.removed = 0, .first = first};
    if (!done)
        return std::nullopt;
    return PruneStep{.removed = cut.removed, .first = cut.first};
}

} // namespace longcode::relay
