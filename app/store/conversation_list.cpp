#include "store/connection.h"
#include "store/needle.h"
#include "store/reader.h"

#include <array>
#include <limits>

namespace longcode::store {

namespace {

// The parameters of all statements here: ?1 whose claims are Mine, ?2 the moment, ?3 the sender or ''. All
// are named in each, because Qt wants no parameter that a statement has not.
#define LONGCODE_OPEN(c) c "closed = 0 AND " c "snoozed_until <= ?2"
#define LONGCODE_OF_SENDER(c) " AND ?1 IS NOT NULL AND ?2 IS NOT NULL AND (?3 = '' OR " c "own = ?3)"
#define LONGCODE_MINE(c) LONGCODE_OPEN(c) " AND " c "claim_until > ?2 AND " c "assignee = ?1"
#define LONGCODE_UNASSIGNED(c) LONGCODE_OPEN(c) " AND " c "claim_until <= ?2"
#define LONGCODE_WAITING(c) c "waiting_since > 0 AND " LONGCODE_OPEN(c)
#define LONGCODE_SNOOZED(c) c "closed = 0 AND " c "snoozed_until > ?2"
#define LONGCODE_UNREAD(c) "(" c "unread > 0 OR " c "marked_unread = 1)"

// The list of one filter: its condition as one of the partial indexes has it, and its order as that index is
// sorted. ?4 to ?6 the key after which it begins, ?7 the limit.
#define LONGCODE_LIST(wanted, rank, order)                                                                   \
    "SELECT " rank ", last_at, tie, id FROM conversations WHERE " wanted LONGCODE_OF_SENDER(                 \
        "") " AND (" rank ", last_at, tie) < (?4, ?5, ?6) ORDER BY " order " LIMIT ?7"
#define LONGCODE_PINNED_FIRST(wanted)                                                                        \
    LONGCODE_LIST(wanted, "pinned_at", "pinned_at DESC, last_at DESC, tie DESC")

/// By the number of the filter.
constexpr std::array lists{
    LONGCODE_PINNED_FIRST(LONGCODE_OPEN("")),
    LONGCODE_PINNED_FIRST(LONGCODE_UNREAD("")),
    LONGCODE_PINNED_FIRST("failed = 1"),
    LONGCODE_PINNED_FIRST(LONGCODE_MINE("")),
    LONGCODE_PINNED_FIRST(LONGCODE_UNASSIGNED("")),
    LONGCODE_PINNED_FIRST("closed = 1"),
    LONGCODE_LIST(LONGCODE_WAITING(""), "-waiting_since", "waiting_since, last_at DESC, tie DESC"),
    LONGCODE_PINNED_FIRST("scheduled > 0"),
    LONGCODE_PINNED_FIRST("opt_out_at IS NOT NULL"),
    LONGCODE_PINNED_FIRST(LONGCODE_SNOOZED("")),
};

// The same conditions for the filter with the number ?4; -1: everything.
#define LONGCODE_WANTED(c)                                                                                   \
    "CASE ?4 WHEN -1 THEN 1 WHEN 0 THEN " LONGCODE_OPEN(c) " WHEN 1 THEN " LONGCODE_UNREAD(                  \
        c) " WHEN 2 THEN " c                                                                                 \
           "failed = 1 WHEN 3 THEN " LONGCODE_MINE(c) " WHEN 4 THEN " LONGCODE_UNASSIGNED(                   \
               c) " WHEN 5 THEN " c                                                                          \
                  "closed = 1 WHEN 6 THEN " LONGCODE_WAITING(                                                \
                      c) " WHEN 7 THEN " c "scheduled > 0 WHEN 8 THEN " c                                    \
                         "opt_out_at IS NOT NULL ELSE " LONGCODE_SNOOZED(c) " END" LONGCODE_OF_SENDER(c)
#define LONGCODE_RANK(c) "CASE ?4 WHEN 6 THEN -" c "waiting_since ELSE " c "pinned_at END"

#define LONGCODE_SEARCH(found)                                                                               \
    "SELECT " LONGCODE_RANK("") " AS rank, last_at, tie, id FROM conversations WHERE " LONGCODE_WANTED(      \
        "") " AND (rank, last_at, tie) < (?5, ?6, ?7) AND ((?9 <> '' AND instr(peer, ?9) > 0)"               \
            " OR peer IN (SELECT peer FROM names WHERE ?10 <> '' AND instr(folded, ?10) > 0)" found ")"      \
            " ORDER BY rank DESC, last_at DESC, tie DESC LIMIT ?8"

constexpr const char *foundByNameOrNumber = LONGCODE_SEARCH("");
constexpr const char *foundByText =
    LONGCODE_SEARCH(" OR id IN (SELECT m.conversation FROM message_search s CROSS JOIN messages m"
                    "   INDEXED BY messages_facts ON m.id = s.rowid WHERE message_search MATCH ?11)");

/// Who looks for something in what is open wants what is done with too: then it is everything, -1.
int filterNumber(const ConversationQuery &query) {
    const bool searching = !query.search.trimmed().isEmpty();
    return searching && query.filter == ConversationFilter::Open ? -1 : static_cast<int>(query.filter);
}

QList<ConversationKey> keysOf(Statement &row) {
    QList<ConversationKey> keys;
    while (row.next())
        keys.append({row.integer(0), row.integer(1), row.integer(2), {row.integer(3)}});
    return keys;
}

} // namespace

QList<ConversationKey> Reader::conversationKeys(const ConversationQuery &query, int limit,
                                                std::optional<ConversationKey> after) {
    constexpr qint64 first = std::numeric_limits<qint64>::max();
    const ConversationKey start = after.value_or(ConversationKey{first, first, first, {}});
    if (query.search.trimmed().isEmpty()) {
        Statement row(*m_connection, lists.at(static_cast<std::size_t>(query.filter)), query.me, query.nowMs,
                      query.own, start.rank, start.lastAtMs, start.tie, limit);
        return keysOf(row);
    }
    const Needle needle = needleOf(query.search);
    if (needle.match.isEmpty()) {
        Statement row(*m_connection, foundByNameOrNumber, query.me, query.nowMs, query.own,
                      filterNumber(query), start.rank, start.lastAtMs, start.tie, limit, needle.digits,
                      needle.name);
        return keysOf(row);
    }
    Statement row(*m_connection, foundByText, query.me, query.nowMs, query.own, filterNumber(query),
                  start.rank, start.lastAtMs, start.tie, limit, needle.digits, needle.name, needle.match);
    return keysOf(row);
}

std::optional<ConversationKey> Reader::conversationKey(const ConversationQuery &query, ConversationId id) {
    const bool searching = !query.search.trimmed().isEmpty();
    const Needle needle = searching ? needleOf(query.search) : Needle{};
    Statement row(
        *m_connection,
        "SELECT " LONGCODE_RANK("c.") ", c.last_at, c.tie, c.last_message,"
                                      " NOT ?6 OR (?7 <> '' AND instr(c.peer, ?7) > 0)"
                                      " OR (?8 <> '' AND EXISTS (SELECT 1 FROM names WHERE peer = c.peer AND "
                                      "instr(folded, ?8) > 0))"
                                      " FROM conversations c WHERE c.id = ?5 AND " LONGCODE_WANTED("c."),
        query.me, query.nowMs, query.own, filterNumber(query), id.value, searching, needle.digits,
        needle.name);
    if (!row.next())
        return std::nullopt;
    const ConversationKey key{row.integer(0), row.integer(1), row.integer(2), id};
    if (row.integer(4) != 0)
        return key;
    if (needle.match.isEmpty())
        return std::nullopt;
    Statement text(*m_connection, "SELECT 1 FROM message_search WHERE message_search MATCH ? AND rowid = ?",
                   needle.match, row.integer(3));
    return text.next() ? std::optional(key) : std::nullopt;
}

// One number, read from the partial index that holds all it asks for.
#define LONGCODE_COUNT(wanted)                                                                               \
    "(SELECT count(*) FROM conversations WHERE " wanted " AND (?3 = '' OR own = ?3))"

FilterCounts Reader::counts(const QString &me, qint64 nowMs, const QString &own) {
    Statement row(
        *m_connection,
        "SELECT CASE ?3 WHEN '' THEN (SELECT count(*) FROM conversations)"
        " ELSE (SELECT count(*) FROM conversations WHERE own = ?3) END,"
        // clang-format off
                  LONGCODE_COUNT(LONGCODE_UNREAD("")) ","
                  LONGCODE_COUNT("failed = 1") ","
                  LONGCODE_COUNT("closed = 1") ","
                  LONGCODE_COUNT("snoozed_until > 0 AND " LONGCODE_SNOOZED("")) ","
                  LONGCODE_COUNT("claim_until > 0 AND claim_until > ?2 AND " LONGCODE_OPEN("")) ","
                  LONGCODE_COUNT("claim_until > 0 AND " LONGCODE_MINE("")) ","
                  LONGCODE_COUNT(LONGCODE_WAITING("")) ","
                  LONGCODE_COUNT("scheduled > 0") ","
                  LONGCODE_COUNT("opt_out_at IS NOT NULL"),
        // clang-format on
        me, nowMs, own);
    if (!row.next())
        return {};
    const auto number = [&row](int column) { return static_cast<int>(row.integer(column)); };
    const int closed = number(3), snoozed = number(4);
    const int open = number(0) - closed - snoozed;
    return {.open = open,
            .unread = number(1),
            .failed = number(2),
            .mine = number(6),
            .unassigned = open - number(5),
            .closed = closed,
            .waiting = number(7),
            .scheduled = number(8),
            .optedOut = number(9),
            .snoozed = snoozed};
}

QList<ConversationId> Reader::claimsEnded(qint64 afterMs, qint64 untilMs) {
    QList<ConversationId> ended;
    Statement row(
        *m_connection,
        "SELECT id FROM conversations WHERE claim_until > 0 AND claim_until > ? AND claim_until <= ?",
        afterMs, untilMs);
    while (row.next())
        ended.append(ConversationId{row.integer(0)});
    return ended;
}

QList<ConversationId> Reader::snoozesEnded(qint64 afterMs, qint64 untilMs) {
    QList<ConversationId> ended;
    Statement row(
        *m_connection,
        "SELECT id FROM conversations WHERE snoozed_until > 0 AND snoozed_until > ? AND snoozed_until <= ?",
        afterMs, untilMs);
    while (row.next())
        ended.append(ConversationId{row.integer(0)});
    return ended;
}

std::optional<qint64> Reader::nextEnd(qint64 afterMs) {
    Statement row(*m_connection,
                  "SELECT min(at) FROM (SELECT min(claim_until) AS at FROM conversations"
                  "  WHERE claim_until > 0 AND claim_until > ?1"
                  " UNION ALL SELECT min(snoozed_until) FROM conversations"
                  "  WHERE snoozed_until > 0 AND snoozed_until > ?1)",
                  afterMs);
    return row.next() && !row.isNull(0) ? std::optional(row.integer(0)) : std::nullopt;
}

} // namespace longcode::store
