#include "store/connection.h"
#include "store/desk_values.h"
#include "store/needle.h"
#include "store/reader.h"
#include "store/snippet.h"

#include <limits>

namespace longcode::store {

namespace {

/// The filter as the statements take it. What is not set is -1, or empty.
struct Bounds {
    qint64 before, conversation, from, to;
    int state;
    bool hasMedia;

    Bounds(const MessageFilter &filter, MessageRow row)
        : before(row.isValid() ? row.value : std::numeric_limits<qint64>::max())
        , conversation(filter.in ? filter.in->value : -1)
        , from(filter.fromMs)
        , to(filter.toMs > 0 ? filter.toMs : std::numeric_limits<qint64>::max())
        , state(filter.state ? static_cast<int>(*filter.state) : -1)
        , hasMedia(filter.hasMedia) {}
};

bool hasMessageBounds(const MessageFilter &filter) {
    return filter.in || !filter.own.isEmpty() || filter.fromMs > 0 || filter.toMs > 0 || filter.state ||
           filter.hasMedia || !filter.errorCode.isEmpty();
}

QList<qint64> rowsOf(Statement &row) {
    QList<qint64> rows;
    while (row.next())
        rows.append(row.integer(0));
    return rows;
}

} // namespace

// Whether m fits the bounds ?1 to ?8; a macro, because a statement's text must be one literal.
#define LONGCODE_FITS                                                                                        \
    " m.id < ?1 AND (?2 = -1 OR m.conversation = ?2) AND m.at >= ?3 AND m.at < ?4"                           \
    " AND (?5 = -1 OR m.state = ?5) AND (?6 = 0 OR m.media_count > 0) AND (?7 = '' OR m.error_code = ?7)"    \
    " AND (?8 = '' OR EXISTS (SELECT 1 FROM conversations c WHERE c.id = m.conversation AND c.own = ?8))"

namespace {

/// The index gives its rows newest first without sorting, so the first hits cost nothing that grows with the
/// number of all hits; only a beginning of four letters and more makes SQLite read all their row numbers.
QList<qint64> rowsThatSay(Connection &connection, const QString &match, const MessageFilter &filter,
                          const Bounds &bounds, int limit) {
    if (!hasMessageBounds(filter)) {
        Statement row(connection,
                      "SELECT rowid FROM message_search WHERE message_search MATCH ? AND rowid < ?"
                      " ORDER BY rowid DESC LIMIT ?",
                      match, bounds.before, limit);
        return rowsOf(row);
    }
    Statement row(connection,
                  "SELECT s.rowid FROM message_search s CROSS JOIN messages m ON m.id = s.rowid"
                  " WHERE message_search MATCH ?9 AND s.rowid < ?1 AND" LONGCODE_FITS
                  " ORDER BY s.rowid DESC LIMIT ?10",
                  bounds.before, bounds.conversation, bounds.from, bounds.to, bounds.state, bounds.hasMedia,
                  filter.errorCode, filter.own, match, limit);
    return rowsOf(row);
}

QList<qint64> rowsThatFit(Connection &connection, const MessageFilter &filter, const Bounds &bounds,
                          int limit) {
    Statement row(connection,
                  "SELECT m.id FROM messages m WHERE" LONGCODE_FITS " ORDER BY m.id DESC LIMIT ?9",
                  bounds.before, bounds.conversation, bounds.from, bounds.to, bounds.state, bounds.hasMedia,
                  filter.errorCode, filter.own, limit);
    return rowsOf(row);
}

} // namespace

QList<TextHit> Reader::searchTexts(const MessageFilter &filter, MessageRow before, int limit) {
    const Needle needle = needleOf(filter.text);
    const bool anyText = filter.text.trimmed().isEmpty();
    if (limit == 0 || (needle.match.isEmpty() && !anyText))
        return {};
    const Bounds bounds(filter, before);
    const QList<qint64> rows = anyText ? rowsThatFit(*m_connection, filter, bounds, limit)
                                       : rowsThatSay(*m_connection, needle.match, filter, bounds, limit);
    QList<TextHit> hits;
    hits.reserve(rows.size());
    for (const qint64 id : rows) {
        Statement row(*m_connection, "SELECT conversation, direction, at, text FROM messages WHERE id = ?",
                      id);
        if (!row.next())
            break;
        Snippet snippet = snippetOf(row.text(3), needle.words);
        hits.append({{id},
                     {row.integer(0)},
                     row.as<Direction>(1),
                     QDateTime::fromMSecsSinceEpoch(row.integer(2), Qt::UTC),
                     std::move(snippet.text),
                     std::move(snippet.marks)});
    }
    m_connection->forgetInterrupt();
    return hits;
}

QList<MessageRow> Reader::findTexts(ConversationId id, const QString &text, int limit) {
    const Needle needle = needleOf(text);
    if (needle.match.isEmpty())
        return {};
    MessageFilter filter;
    filter.in = id;
    QList<MessageRow> found;
    for (const qint64 row : rowsThatSay(*m_connection, needle.match, filter, Bounds(filter, {}), limit))
        found.append(MessageRow{row});
    m_connection->forgetInterrupt();
    return found;
}

void Reader::interrupt() {
    m_connection->interrupt();
}

std::optional<MessagePosition> Reader::firstSince(ConversationId id, qint64 atMs) {
    Statement row(
        *m_connection,
        "SELECT at, tie, id FROM messages WHERE conversation = ? AND at >= ? ORDER BY at, tie LIMIT 1",
        id.value, atMs);
    if (!row.next())
        return std::nullopt;
    return MessagePosition{row.integer(0), row.integer(1), {row.integer(2)}};
}

} // namespace longcode::store
