#include "store/reader.h"

#include "store/connection.h"
#include "store/rows.h"

#include <algorithm>

namespace longcode::store {

namespace {

MessageRecord messageAt(const Statement &row) {
    MessageRecord message;
    message.row = {row.integer(0)};
    message.conversation = {row.integer(1)};
    message.tie = row.integer(2);
    message.direction = row.as<Direction>(3);
    message.state = row.as<MessageState>(4);
    message.telnyxId = events::MessageId(row.text(5));
    message.intent = IntentId(row.text(6));
    message.text = row.text(7);
    message.at = utc(row.integer(8));
    message.segments = static_cast<int>(row.integer(9));
    message.encoding = row.as<sms::Encoding>(10);
    if (!row.isNull(11))
        message.cost = Price{row.text(11), row.text(12)};
    ServerError error{row.text(13), row.text(14), row.text(15)};
    if (error != ServerError{})
        message.error = std::move(error);
    message.serverStatus = row.text(16);
    message.mediaCount = static_cast<int>(row.integer(17));
    message.keyword = row.as<Keyword>(18);
    message.unread = row.integer(19) != 0;
    message.author = row.text(20);
    if (const QString mentions = row.text(21); !mentions.isEmpty())
        message.mentions = mentions.split(QLatin1Char('\n'));
    constexpr qint64 lateMs = 120'000;
    message.late = !row.isNull(22) && row.integer(22) - row.integer(8) >= lateMs;
    message.sendAt = utcOrNone(row.integer(23));
    if (message.state == MessageState::Held)
        message.heldUntil = utcOrNone(row.integer(24));
    message.own = row.text(25);
    return message;
}

QList<MessageRecord> messagesOf(Statement &row) {
    QList<MessageRecord> messages;
    while (row.next())
        messages.append(messageAt(row));
    return messages;
}

} // namespace

// Columns 0 to 25 as messageAt() reads them; a macro, because a statement's text must be one literal.
#define LONGCODE_MESSAGE_ROWS                                                                                \
    "SELECT m.id, m.conversation, m.tie, m.direction, m.state, m.telnyx_id, i.id, m.text, m.at, m.segments," \
    " m.encoding, m.cost_amount, m.cost_currency, m.error_code, m.error_title, m.error_detail, "             \
    "m.server_status,"                                                                                       \
    " m.media_count, m.keyword, m.unread, m.author, m.mentions, m.arrived_at, m.send_at, i.held_until, "     \
    "ifnull(nullif(m.own, ''), i.sender) FROM "                                                              \
    "messages m LEFT JOIN intents i ON "                                                                     \
    "i.message = m.id "

Reader::Reader(std::unique_ptr<Connection> connection) : m_connection(std::move(connection)) {}

Reader::~Reader() = default;

Reader::Snapshot::Snapshot(Reader &reader) : m_reader(reader) {
    reader.m_connection->execute(QStringLiteral("BEGIN"));
    // BEGIN alone sees nothing yet: the first read takes the snapshot.
    static_cast<void>(reader.m_connection->number(QStringLiteral("SELECT count(*) FROM cursors")));
}

Reader::Snapshot::~Snapshot() {
    m_reader.m_connection->execute(QStringLiteral("COMMIT"));
}

std::optional<ConversationRecord> Reader::conversation(ConversationId id) {
    Statement row(
        *m_connection,
        "SELECT c.id, c.last_at, c.tie, c.peer, c.own, ifnull(n.name, ''), c.preview, ifnull(d.text, ''),"
        " c.last_message, c.last_direction, c.last_state, c.last_media_count, c.unread, c.failed,"
        " c.opt_out_at, c.opt_out_word, c.carrier, c.line_type, c.assignee, c.claim_until, c.closed,"
        " c.pinned_at, c.marked_unread, c.snoozed_until, c.waiting_since, c.scheduled, ifnull(p.zone, ''),"
        " ifnull(p.language, ''), c.last_author, c.last_here FROM conversations c"
        " LEFT JOIN names n ON n.peer = c.peer LEFT JOIN drafts d ON d.conversation = c.id"
        " LEFT JOIN contact_numbers k ON k.address = c.peer LEFT JOIN contacts p ON p.id = k.contact"
        " WHERE c.id = ?",
        id.value);
    if (!row.next())
        return std::nullopt;
    ConversationRecord record;
    record.key = {row.integer(21), row.integer(1), row.integer(2), {row.integer(0)}};
    record.parties = {row.text(3), row.text(4)};
    record.name = row.text(5);
    record.preview = row.text(6);
    record.draft = row.text(7);
    record.lastMessage = {row.integer(8)};
    record.lastDirection = row.as<Direction>(9);
    record.lastState = row.as<MessageState>(10);
    record.lastAt = utc(record.key.lastAtMs);
    record.lastMediaCount = static_cast<int>(row.integer(11));
    record.unread = static_cast<int>(row.integer(12));
    record.failed = row.integer(13) != 0;
    if (!row.isNull(14))
        record.optOut = OptOutRecord{utc(row.integer(14)), row.text(15)};
    record.carrier = row.text(16);
    record.lineType = row.text(17);
    if (row.integer(19) > 0)
        record.claim = ClaimRecord{row.text(18), utc(row.integer(19))};
    record.closed = row.integer(20) != 0;
    record.pinnedAtMs = row.integer(21);
    record.markedUnread = row.integer(22) != 0;
    record.snoozedUntil = utcOrNone(row.integer(23));
    record.waitingSince = utcOrNone(row.integer(24));
    record.scheduled = static_cast<int>(row.integer(25));
    record.zone = row.text(26).toLatin1();
    record.language = row.text(27);
    record.lastAuthor = row.text(28);
    record.lastHere = row.integer(29) != 0;
    return record;
}

std::optional<ConversationId> Reader::find(const Parties &parties) {
    Statement row(*m_connection, "SELECT conversation FROM pairs WHERE peer = ? AND own = ?", parties.peer,
                  parties.own);
    return row.next() ? std::optional(ConversationId{row.integer(0)}) : std::nullopt;
}

QString Reader::draft(ConversationId id, DraftKind kind) {
    Statement row(*m_connection,
                  kind == DraftKind::Note ? "SELECT text FROM note_drafts WHERE conversation = ?"
                                          : "SELECT text FROM drafts WHERE conversation = ?",
                  id.value);
    return row.next() ? row.text(0) : QString();
}

QList<MessageRecord> Reader::newest(ConversationId id, int limit) {
    Statement row(*m_connection,
                  LONGCODE_MESSAGE_ROWS "WHERE m.conversation = ? ORDER BY m.at DESC, m.tie DESC LIMIT ?",
                  id.value, limit);
    QList<MessageRecord> messages = messagesOf(row);
    std::reverse(messages.begin(), messages.end());
    return messages;
}

QList<MessageRecord> Reader::before(ConversationId id, const MessagePosition &position, int limit) {
    Statement row(*m_connection,
                  LONGCODE_MESSAGE_ROWS "WHERE m.conversation = ? AND (m.at, m.tie) < (?, ?)"
                                        " ORDER BY m.at DESC, m.tie DESC LIMIT ?",
                  id.value, position.atMs, position.tie, limit);
    QList<MessageRecord> messages = messagesOf(row);
    std::reverse(messages.begin(), messages.end());
    return messages;
}

QList<MessageRecord> Reader::after(ConversationId id, const MessagePosition &position, int limit) {
    Statement row(*m_connection,
                  LONGCODE_MESSAGE_ROWS
                  "WHERE m.conversation = ? AND (m.at, m.tie) > (?, ?) ORDER BY m.at, m.tie LIMIT ?",
                  id.value, position.atMs, position.tie, limit);
    return messagesOf(row);
}

std::optional<MessageRecord> Reader::message(MessageRow wanted) {
    Statement row(*m_connection, LONGCODE_MESSAGE_ROWS "WHERE m.id = ?", wanted.value);
    return row.next() ? std::optional(messageAt(row)) : std::nullopt;
}

MessageRow Reader::newestUnread(ConversationId id) {
    Statement row(*m_connection,
                  "SELECT ifnull(max(id), 0) FROM messages WHERE conversation = ? AND unread = 1", id.value);
    return row.next() ? MessageRow{row.integer(0)} : MessageRow{};
}

QList<IntentRecord> Reader::openIntents() {
    return openIntentRecords(*m_connection);
}

std::optional<IntentRecord> Reader::intent(const IntentId &intent) {
    return intentRecord(*m_connection, intent);
}

std::optional<IntentRecord> Reader::intentOf(MessageRow message) {
    return intentRecordOf(*m_connection, message);
}

Cursor Reader::cursor(const LogId &log) {
    return cursorRecord(*m_connection, log);
}

std::optional<Cursor> Reader::lastCursor() {
    Statement row(*m_connection, "SELECT log, seq FROM cursors ORDER BY used DESC LIMIT 1");
    return row.next() ? std::optional(Cursor{LogId(row.text(0)), row.integer(1)}) : std::nullopt;
}

QList<SenderRecord> Reader::senders() {
    return senderRecords(*m_connection);
}

QList<PaidRecord> Reader::lastPaid(int limit) {
    QList<PaidRecord> paid;
    Statement row(
        *m_connection,
        "SELECT c.peer, ifnull(i.sender, c.own), m.segments, m.mms, m.cost_amount, m.cost_currency, m.at"
        " FROM messages m JOIN conversations c ON c.id = m.conversation"
        " LEFT JOIN intents i ON i.message = m.id"
        " WHERE m.cost_amount IS NOT NULL AND m.direction = 1 ORDER BY m.at DESC LIMIT ?",
        limit);
    while (row.next())
        paid.append({{row.text(0), row.text(1)},
                     std::max(1, static_cast<int>(row.integer(2))),
                     row.integer(3) != 0,
                     {row.text(4), row.text(5)},
                     utc(row.integer(6))});
    return paid;
}

QString Reader::fact(const QString &name) {
    Statement row(*m_connection, "SELECT value FROM facts WHERE name = ?", name);
    return row.next() ? row.text(0) : QString();
}

std::optional<StoreError> Reader::takeError() {
    return m_connection->takeError();
}

} // namespace longcode::store
