#include "store/connection.h"
#include "store/desk_values.h"
#include "store/opt_outs.h"
#include "store/raw_events.h"
#include "store/reader.h"
#include "store/rows.h"

namespace longcode::store {

qint64 Reader::messageCount(ConversationId id) {
    Statement row(*m_connection, "SELECT count(*) FROM messages WHERE conversation = ?", id.value);
    return row.next() ? row.integer(0) : 0;
}

QStringList Reader::ownNumbers(ConversationId id) {
    QStringList numbers;
    Statement row(*m_connection, "SELECT own FROM pairs WHERE conversation = ? ORDER BY own", id.value);
    while (row.next())
        numbers.append(row.text(0));
    return numbers;
}

MessageRow Reader::firstUnread(ConversationId id) {
    Statement row(*m_connection,
                  "SELECT id FROM messages INDEXED BY messages_unread WHERE conversation = ? AND unread = 1"
                  " ORDER BY at, tie LIMIT 1",
                  id.value);
    return row.next() ? MessageRow{row.integer(0)} : MessageRow{};
}

MessageRow Reader::readPosition(ConversationId id) {
    // A message may have been merged into another one since.
    Statement row(*m_connection,
                  "SELECT m.id FROM conversations c JOIN messages m ON m.id = c.read_position"
                  " AND m.conversation = c.id WHERE c.id = ?",
                  id.value);
    return row.next() ? MessageRow{row.integer(0)} : MessageRow{};
}

QList<RawEventRecord> Reader::rawEvents(MessageRow message) {
    return rawEventRecords(*m_connection, message);
}

QList<ScheduledRecord> Reader::scheduled(int limit) {
    QList<ScheduledRecord> sends;
    Statement row(
        *m_connection,
        "SELECT m.id, i.id, m.telnyx_id, m.conversation, c.peer, ifnull(i.sender, c.own),"
        " ifnull(n.name, ''), m.text, m.send_at, m.state FROM messages m INDEXED BY messages_scheduled"
        " JOIN conversations c ON c.id = m.conversation LEFT JOIN intents i ON i.message = m.id"
        " LEFT JOIN names n ON n.peer = c.peer"
        " WHERE (m.state = 11 OR (m.send_at > 0 AND m.state IN (1, 2, 3, 12)))"
        " ORDER BY m.send_at, m.id LIMIT ?",
        limit);
    while (row.next())
        sends.append({{row.integer(0)},
                      IntentId(row.text(1)),
                      events::MessageId(row.text(2)),
                      {row.integer(3)},
                      {row.text(4), row.text(5)},
                      row.text(6),
                      row.text(7),
                      utcOrNone(row.integer(8)),
                      row.as<MessageState>(9)});
    return sends;
}

QList<IntentRecord> Reader::heldIntents() {
    return heldIntentRecords(*m_connection);
}

QList<BlockRecord> Reader::blocks(const Parties &parties) {
    return blocksOf(*m_connection, parties);
}

int Reader::listedBlocks() {
    return static_cast<int>(m_connection->number(QStringLiteral("SELECT count(*) FROM listed_blocks")));
}

QList<SuppressedRecord> Reader::suppressed(int limit, qint64 beforeRow) {
    QList<SuppressedRecord> sends;
    Statement row(*m_connection,
                  "SELECT id, at, conversation, peer, own, text, reason FROM suppressed"
                  " WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2",
                  beforeRow, limit);
    while (row.next())
        sends.append({row.integer(0),
                      utc(row.integer(1)),
                      {row.integer(2)},
                      {row.text(3), row.text(4)},
                      row.text(5),
                      row.text(6)});
    return sends;
}

} // namespace longcode::store
