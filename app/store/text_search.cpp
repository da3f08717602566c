#include "store/connection.h"
#include "store/desk_values.h"
#include "store/needle.h"
#include "store/reader.h"
#include "store/snippet.h"

#include <algorithm>
#include <limits>
#include <optional>

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

// Whether m fits the bounds ?1 to ?8; macros, because a statement's text must be one literal.
#define LONGCODE_ERROR " (?7 = '' OR m.error_code = ?7)"
#define LONGCODE_FITS(error)                                                                                 \
    " m.id < ?1 AND (?2 = -1 OR m.conversation = ?2) AND m.at >= ?3 AND m.at < ?4"                           \
    " AND (?5 = -1 OR m.state = ?5) AND (?6 = 0 OR m.media_count > 0) AND" error                             \
    " AND (?8 = '' OR EXISTS (SELECT 1 FROM conversations c WHERE c.id = m.conversation AND c.own = ?8))"

namespace {

/// Rows whose texts have a word that begins like this one. For a beginning that has no list of its own in the
/// index (one letter, or four and more) SQLite reads all row numbers before it gives the first. It reads the
/// newest that have the three letters, or only the other words, at once: where the beginning is a common one,
/// the first few hundred of those hold enough that have it. Nothing: they do not, and SQLite's own way is
/// quick.
std::optional<QList<qint64>> rowsOfCommonBeginning(Connection &connection, const Needle &needle,
                                                   qint64 before, int limit) {
    constexpr qsizetype listed = 3;
    constexpr int looked = 400;
    const QString &last = needle.words.last();
    const bool isPlain = std::all_of(last.begin(), last.end(), [](QChar c) { return c.unicode() < 0x80; });
    const bool isListed = last.size() == 2 || last.size() == listed;
    if (isListed || limit > looked / 4 || !isPlain)
        return std::nullopt;
    QString match;
    for (qsizetype i = 0; i + 1 < needle.words.size(); ++i)
        match += QLatin1Char('"') + needle.words.at(i) + QStringLiteral("\" ");
    if (last.size() > listed)
        match += QLatin1Char('"') + last.first(listed) + QStringLiteral("\"*");
    Statement row(connection,
                  "SELECT s.rowid, m.text FROM message_search s CROSS JOIN messages m ON m.id = s.rowid"
                  " WHERE message_search MATCH ? AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?",
                  match, before, looked);
    QList<qint64> rows;
    int seen = 0;
    for (; rows.size() < limit && row.next(); ++seen) {
        const QList<Word> words = wordsOf(row.text(1));
        if (std::any_of(words.begin(), words.end(),
                        [&last](const Word &word) { return word.folded.startsWith(last); }))
            rows.append(row.integer(0));
    }
    return rows.size() == limit || seen < looked ? std::optional(rows) : std::nullopt;
}

/// The index gives its rows newest first without sorting, so the first hits cost nothing that grows with the
/// number of all hits.
QList<qint64> rowsThatSay(Connection &connection, const Needle &needle, const MessageFilter &filter,
                          const Bounds &bounds, int limit) {
    if (!hasMessageBounds(filter)) {
        if (auto rows = rowsOfCommonBeginning(connection, needle, bounds.before, limit))
            return *rows;
        Statement row(connection,
                      "SELECT rowid FROM message_search WHERE message_search MATCH ? AND rowid < ?"
                      " ORDER BY rowid DESC LIMIT ?",
                      needle.match, bounds.before, limit);
        QList<qint64> rows = rowsOf(row);
        connection.forgetUnsearchable();
        return rows;
    }
    Statement row(connection,
                  "SELECT s.rowid FROM message_search s CROSS JOIN messages m INDEXED BY messages_facts"
                  " ON m.id = s.rowid WHERE message_search MATCH ?9 AND s.rowid < ?1 AND" LONGCODE_FITS(
                      LONGCODE_ERROR) " ORDER BY s.rowid DESC LIMIT ?10",
                  bounds.before, bounds.conversation, bounds.from, bounds.to, bounds.state, bounds.hasMedia,
                  filter.errorCode, filter.own, needle.match, limit);
    QList<qint64> rows = rowsOf(row);
    connection.forgetUnsearchable();
    return rows;
}

QList<qint64> rowsThatFit(Connection &connection, const MessageFilter &filter, const Bounds &bounds,
                          int limit) {
    if (!filter.errorCode.isEmpty()) {
        Statement row(connection,
                      "SELECT m.id FROM messages m INDEXED BY messages_with_error"
                      " WHERE m.error_code <> '' AND" LONGCODE_FITS(
                          " m.error_code = ?7") " ORDER BY m.id DESC LIMIT ?9",
                      bounds.before, bounds.conversation, bounds.from, bounds.to, bounds.state,
                      bounds.hasMedia, filter.errorCode, filter.own, limit);
        return rowsOf(row);
    }
    Statement row(connection,
                  "SELECT m.id FROM messages m INDEXED BY messages_facts"
                  " WHERE" LONGCODE_FITS(LONGCODE_ERROR) " ORDER BY m.id DESC LIMIT ?9",
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
                                       : rowsThatSay(*m_connection, needle, filter, bounds, limit);
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
    for (const qint64 row : rowsThatSay(*m_connection, needle, filter, Bounds(filter, {}), limit))
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
