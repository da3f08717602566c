#include "store/reader.h"

#include "store/connection.h"
#include "store/fold.h"
#include "store/rows.h"
#include "store/team.h"

namespace longcode::store {

FilterCounts Reader::counts(const QString &me, qint64 nowMs, const QString &) {
    Statement row(*m_connection,
                  "SELECT (SELECT count(*) FROM conversations),"
                  " (SELECT count(*) FROM conversations WHERE unread > 0),"
                  " (SELECT count(*) FROM conversations WHERE failed = 1),"
                  " (SELECT count(*) FROM conversations WHERE closed = 1),"
                  " (SELECT count(*) FROM conversations"
                  "   WHERE claim_until > 0 AND claim_until > ?1 AND closed = 0),"
                  " (SELECT count(*) FROM conversations"
                  "   WHERE claim_until > 0 AND claim_until > ?1 AND closed = 0 AND assignee = ?2)",
                  nowMs, me);
    if (!row.next())
        return {};
    const auto number = [&row](int column) { return static_cast<int>(row.integer(column)); };
    const int open = number(0) - number(3);
    return {.open = open,
            .unread = number(1),
            .failed = number(2),
            .mine = number(5),
            .unassigned = open - number(4),
            .closed = number(3)};
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
        " FROM intents i WHERE phase = 5 AND answered_at > max(?1,"
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
                  " AND m.telnyx_id IS NOT NULL AND m.telnyx_id NOT LIKE 'event:%' AND m.state IN (?, ?, ?)"
                  " ORDER BY m.at DESC LIMIT ?",
                  since.toMSecsSinceEpoch(), MessageState::Queued, MessageState::Sent,
                  MessageState::Uncertain, limit);
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
