#include "store/reader.h"

#include "store/connection.h"
#include "store/fold.h"
#include "store/rows.h"
#include "store/team.h"

namespace longcode::store {

QList<CannedReplyRecord> Reader::cannedReplies() {
    QList<CannedReplyRecord> replies;
    Statement row(*m_connection, "SELECT id, folder, title, text FROM canned_replies"
                                 " ORDER BY folder COLLATE NOCASE, title COLLATE NOCASE, id");
    while (row.next())
        replies.append({row.text(0), row.text(1), row.text(2), row.text(3)});
    return replies;
}

QList<OutgoingFact> Reader::outgoing() {
    QList<OutgoingFact> facts;
    Statement row(*m_connection, "SELECT id, body FROM outgoing ORDER BY position");
    while (row.next())
        facts.append({row.text(0), row.text(1).toUtf8()});
    return facts;
}

namespace {

std::optional<AnswerRecord> answerTold(Connection &connection, ConversationId id, const QString &me,
                                       qint64 sinceMs) {
    Statement row(
        connection,
        "SELECT a.author, a.at, ifnull((SELECT m.text FROM messages m WHERE m.handle = a.intent"
        " AND m.handle <> ''), ''), a.intent FROM pairs p JOIN answers a ON a.peer = p.peer AND a.own = p.own"
        " WHERE p.conversation = ? AND a.at >= ? AND a.author <> ? ORDER BY a.at DESC LIMIT 1",
        id.value, sinceMs, me);
    return row.next()
               ? std::optional(AnswerRecord{row.text(0), utc(row.integer(1)), row.text(2), row.text(3)})
               : std::nullopt;
}

std::optional<AnswerRecord> answerSeen(Connection &connection, ConversationId id, const QString &me,
                                       qint64 sinceMs) {
    Statement row(connection,
                  "SELECT author, at, text, CASE handle WHEN '' THEN 'row:' || id ELSE handle END"
                  " FROM messages WHERE conversation = ? AND direction = 1 AND at >= ?"
                  " AND author <> ? AND NOT EXISTS (SELECT 1 FROM intents i WHERE i.message = messages.id)"
                  " ORDER BY at DESC LIMIT 1",
                  id.value, sinceMs, me);
    return row.next()
               ? std::optional(AnswerRecord{row.text(0), utc(row.integer(1)), row.text(2), row.text(3)})
               : std::nullopt;
}

} // namespace

std::optional<AnswerRecord> Reader::lastAnswerOfOthers(ConversationId id, const QString &me,
                                                       const QDateTime &since) {
    const qint64 sinceMs = since.toMSecsSinceEpoch();
    const auto told = answerTold(*m_connection, id, me, sinceMs);
    const auto seen = answerSeen(*m_connection, id, me, sinceMs);
    if (told && seen)
        return told->at >= seen->at ? told : seen;
    return told ? told : seen;
}

UnreportedSends Reader::unreportedSends(const QDateTime &before) {
    const qint64 beforeMs = before.toMSecsSinceEpoch();
    constexpr qint64 dayMs = 86'400'000;
    Statement row(
        *m_connection,
        "SELECT count(*), ifnull(min(answered_at), 0), (SELECT ifnull(max(heard_at), 0) FROM cursors)"
        " FROM intents i WHERE phase = 5 AND send_at = 0 AND answered_at > max(?1,"
        " (SELECT ifnull(max(heard_at), 0) FROM cursors)) AND answered_at <= ?2"
        " AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.message = i.message AND r.event_id <> ?3)",
        beforeMs - dayMs, beforeMs, QString::fromLatin1(answerId));
    if (!row.next())
        return {};
    UnreportedSends sends{.count = static_cast<int>(row.integer(0)), .oldest = {}, .heardAt = {}};
    if (sends.count > 0)
        sends.oldest = utc(row.integer(1));
    if (row.integer(2) > 0)
        sends.heardAt = utc(row.integer(2));
    return sends;
}

QList<UnfinishedRecord> Reader::unfinished(const QDateTime &since, int limit) {
    QList<UnfinishedRecord> messages;
    Statement row(*m_connection,
                  "SELECT m.telnyx_id, ifnull(i.id, ''), m.at FROM messages m"
                  " LEFT JOIN intents i ON i.message = m.id WHERE m.at >= ? AND m.direction = 1"
                  " AND m.state IN (3, 5, 6, 11)"
                  " AND m.telnyx_id IS NOT NULL AND m.telnyx_id NOT LIKE 'event:%'"
                  " ORDER BY m.at DESC LIMIT ?",
                  since.toMSecsSinceEpoch(), limit);
    while (row.next())
        messages.append({events::MessageId(row.text(0)), IntentId(row.text(1)), utc(row.integer(2))});
    return messages;
}

bool Reader::knowsMessage(const events::MessageId &id) {
    return Statement(*m_connection, "SELECT 1 FROM messages WHERE telnyx_id = ?", id.text()).next();
}

bool Reader::knowsEvent(const events::MessageId &id, const events::EventId &event) {
    return Statement(*m_connection,
                     "SELECT 1 FROM messages m JOIN reports r ON r.message = m.id"
                     " WHERE m.telnyx_id = ? AND r.event_id = ?",
                     id.text(), event.text())
        .next();
}

} // namespace longcode::store
