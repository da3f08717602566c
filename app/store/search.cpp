#include "store/reader.h"

#include "phone/phone.h"
#include "store/connection.h"
#include "store/operations.h"

#include <QStringList>

namespace longcode::store {

namespace {

/// What was typed into the search field, in the three forms it is compared in. Empty: not compared that way.
struct Needle {
    QString name;   ///< part of a folded name
    QString digits; ///< part of a number
    QString words;  ///< FTS5 expression
};

bool isPartOfWord(QChar c) {
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
}

QStringList wordsOf(const QString &text) {
    QStringList words;
    QString word;
    const QString ended = text + QLatin1Char(' ');
    for (const QChar c : ended) {
        if (isPartOfWord(c)) {
            word += c;
        } else if (!word.isEmpty()) {
            words.append(word);
            word.clear();
        }
    }
    return words;
}

/// Whether this could be (part of) a number as people write them.
bool looksLikeNumber(const QString &text) {
    for (const QChar c : text) {
        if (!c.isDigit() && !c.isSpace() && !QStringLiteral("+()-./").contains(c))
            return false;
    }
    return true;
}

Needle needleOf(const QString &typed) {
    Needle needle;
    const QString text = typed.simplified();
    needle.name = foldedForSearch(text);
    if (looksLikeNumber(text)) {
        needle.digits = phone::digitsOf(text);
        // The trunk zero of a national form is not in the international number.
        if (needle.digits.startsWith(QLatin1Char('0')) && needle.digits.size() > 6)
            needle.digits.remove(0, 1);
    }
    const QStringList words = wordsOf(text);
    // One letter alone begins a great part of all words: it searches names and numbers only.
    if (words.isEmpty() || (words.size() == 1 && words.first().size() < 2))
        return needle;
    for (const QString &word : words)
        needle.words += QLatin1Char('"') + word + QStringLiteral("\" ");
    needle.words = needle.words.trimmed() + QLatin1Char('*');
    return needle;
}

} // namespace

namespace {

/// Who looks for something in what is open wants what is done with too: then it is everything, -1.
int filterNumber(const ConversationQuery &query) {
    const bool searching = !query.search.trimmed().isEmpty();
    return searching && query.filter == ConversationFilter::Open ? -1 : static_cast<int>(query.filter);
}

} // namespace

// Whether a conversation is in the filter ?1 for ?2 at the time ?3, as `ConversationFilter` numbers them; a
// macro, because a statement's text must be one literal.
#define LONGCODE_WANTED(c)                                                                                   \
    "CASE ?1 WHEN -1 THEN 1 WHEN 0 THEN " c "closed = 0 WHEN 1 THEN " c "unread > 0 WHEN 2 THEN " c          \
    "failed = 1"                                                                                             \
    " WHEN 3 THEN " c "closed = 0 AND " c "claim_until > ?3 AND " c "assignee = ?2"                          \
    " WHEN 4 THEN " c "closed = 0 AND " c "claim_until <= ?3 ELSE " c "closed = 1 END"

QList<ConversationKey> Reader::conversationKeys(const ConversationQuery &query, int limit,
                                                std::optional<ConversationKey> after) {
    const ConversationKey start = after.value_or(ConversationKey{std::numeric_limits<qint64>::max(), 0, {}});
    QList<ConversationKey> keys;
    const auto take = [&keys](Statement &row) {
        while (row.next())
            keys.append({row.integer(0), row.integer(1), {row.integer(2)}});
    };
    if (query.search.trimmed().isEmpty()) {
        Statement row(*m_connection,
                      "SELECT last_at, tie, id FROM conversations WHERE (last_at, tie) < (?4, ?5)"
                      " AND " LONGCODE_WANTED("") " ORDER BY last_at DESC, tie DESC LIMIT ?6",
                      filterNumber(query), query.me, query.nowMs, start.lastAtMs, start.tie, limit);
        take(row);
        return keys;
    }
    const Needle needle = needleOf(query.search);
    if (needle.words.isEmpty()) {
        Statement row(
            *m_connection,
            "SELECT last_at, tie, id FROM conversations WHERE (last_at, tie) < (?4, ?5)"
            " AND " LONGCODE_WANTED(
                "") " AND ((?7 <> '' AND instr(peer, ?7) > 0)"
                    "   OR peer IN (SELECT peer FROM names WHERE ?8 <> '' AND instr(folded, ?8) > 0))"
                    " ORDER BY last_at DESC, tie DESC LIMIT ?6",
            filterNumber(query), query.me, query.nowMs, start.lastAtMs, start.tie, limit, needle.digits,
            needle.name);
        take(row);
        return keys;
    }
    Statement row(
        *m_connection,
        "SELECT last_at, tie, id FROM conversations WHERE (last_at, tie) < (?4, ?5)"
        " AND " LONGCODE_WANTED(
            "") " AND ((?7 <> '' AND instr(peer, ?7) > 0)"
                "   OR peer IN (SELECT peer FROM names WHERE ?8 <> '' AND instr(folded, ?8) > 0)"
                "   OR id IN (SELECT m.conversation FROM message_search s CROSS JOIN messages m"
                "     INDEXED BY messages_conversation ON m.id = s.rowid WHERE message_search MATCH ?9))"
                " ORDER BY last_at DESC, tie DESC LIMIT ?6",
        filterNumber(query), query.me, query.nowMs, start.lastAtMs, start.tie, limit, needle.digits,
        needle.name, needle.words);
    take(row);
    return keys;
}

std::optional<ConversationKey> Reader::conversationKey(const ConversationQuery &query, ConversationId id) {
    const bool searching = !query.search.trimmed().isEmpty();
    const Needle needle = searching ? needleOf(query.search) : Needle{};
    Statement row(
        *m_connection,
        "SELECT c.last_at, c.tie, c.last_message, NOT ?5 OR (?6 <> '' AND instr(c.peer, ?6) > 0)"
        " OR (?7 <> '' AND EXISTS (SELECT 1 FROM names WHERE peer = c.peer AND instr(folded, ?7) > 0))"
        " FROM conversations c WHERE c.id = ?4 AND " LONGCODE_WANTED("c."),
        filterNumber(query), query.me, query.nowMs, id.value, searching, needle.digits, needle.name);
    if (!row.next())
        return std::nullopt;
    const ConversationKey key{row.integer(0), row.integer(1), id};
    if (row.integer(3) != 0)
        return key;
    if (needle.words.isEmpty())
        return std::nullopt;
    Statement text(*m_connection, "SELECT 1 FROM message_search WHERE message_search MATCH ? AND rowid = ?",
                   needle.words, row.integer(2));
    return text.next() ? std::optional(key) : std::nullopt;
}

} // namespace longcode::store
