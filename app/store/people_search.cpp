#include "store/connection.h"
#include "store/desk_values.h"
#include "store/needle.h"
#include "store/reader.h"

#include <algorithm>

namespace longcode::store {

namespace {

/// Each word is part of a name, or digits of the number.
bool fits(const Needle &needle, const QString &foldedNames, const QString &peer) {
    if (!needle.digits.isEmpty() && peer.contains(needle.digits))
        return true;
    return !needle.words.isEmpty() &&
           std::all_of(needle.words.begin(), needle.words.end(), [&](const QString &word) {
               return foldedNames.contains(word) || peer.contains(word, Qt::CaseInsensitive);
           });
}

QString longestOf(const QStringList &words) {
    const auto longest = std::max_element(
        words.begin(), words.end(), [](const QString &a, const QString &b) { return a.size() < b.size(); });
    return longest == words.end() ? QString() : *longest;
}

bool asksOfMessages(const MessageFilter &filter) {
    return filter.fromMs > 0 || filter.toMs > 0 || filter.state || filter.hasMedia ||
           !filter.errorCode.isEmpty();
}

} // namespace

// The longest word rules out most people inside SQLite, from lists that hold nothing but names and numbers.
// Senders with a name instead of a number come after all that begin with a plus sign.
QList<ConversationId> Reader::searchPeople(const MessageFilter &filter, int limit) {
    const Needle needle = needleOf(filter.text);
    const QString word = longestOf(needle.words);
    if (asksOfMessages(filter) || (word.isEmpty() && needle.digits.isEmpty()))
        return {};
    Statement row(
        *m_connection,
        "SELECT c.id, c.peer, ifnull(n.folded, '') || ' ' || ifnull(k.folded || ' ' || k.words, '')"
        " FROM conversations c LEFT JOIN names n ON n.peer = c.peer"
        " LEFT JOIN contact_numbers a ON a.address = c.peer LEFT JOIN contacts k ON k.id = a.contact"
        " WHERE (?1 = '' OR c.own = ?1) AND (?2 = -1 OR c.id = ?2) AND c.peer IN ("
        "  SELECT peer FROM names WHERE ?4 <> '' AND instr(folded, ?4) > 0"
        "  UNION SELECT t.address FROM contacts o JOIN contact_numbers t ON t.contact = o.id"
        "   WHERE ?4 <> '' AND (instr(o.folded, ?4) > 0 OR instr(o.words, ?4) > 0)"
        "  UNION SELECT peer FROM conversations WHERE ?3 <> '' AND instr(peer, ?3) > 0"
        "  UNION SELECT peer FROM conversations WHERE peer > '+~' AND ?4 <> ''"
        "   AND instr(lower(peer), ?4) > 0)"
        " ORDER BY c.last_at DESC, c.tie DESC",
        filter.own, filter.in ? filter.in->value : -1, needle.digits, word);
    QList<ConversationId> found;
    while (found.size() < limit && row.next()) {
        if (fits(needle, row.text(2), row.text(1)))
            found.append(ConversationId{row.integer(0)});
    }
    m_connection->forgetInterrupt();
    return found;
}

} // namespace longcode::store
