#include "store/rows.h"

#include "store/connection.h"

namespace longcode::store {

namespace {

// As intentAt() reads it; a macro, because a statement's text must be one literal.
#define LONGCODE_INTENTS                                                                                     \
    "SELECT i.id, i.message, m.conversation, i.phase, c.peer, i.sender, m.text, i.written_at, i.send_at,"    \
    " i.held_until FROM intents i JOIN messages m ON m.id = i.message"                                       \
    " JOIN conversations c ON c.id = m.conversation "

IntentRecord intentAt(const Statement &row) {
    IntentRecord intent{IntentId(row.text(0)),  {row.integer(1)},           {row.integer(2)},
                        row.as<IntentPhase>(3), {row.text(4), row.text(5)}, row.text(6),
                        utc(row.integer(7)),    utcOrNone(row.integer(8)),  {}};
    if (intent.phase == IntentPhase::Held)
        intent.heldUntil = utcOrNone(row.integer(9));
    return intent;
}

QList<IntentRecord> intentsOf(Statement &row) {
    QList<IntentRecord> intents;
    while (row.next())
        intents.append(intentAt(row));
    return intents;
}

} // namespace

std::optional<IntentRecord> intentRecord(Connection &connection, const IntentId &intent) {
    Statement row(connection, LONGCODE_INTENTS "WHERE i.id = ?", intent.text());
    return row.next() ? std::optional(intentAt(row)) : std::nullopt;
}

std::optional<IntentRecord> intentRecordOf(Connection &connection, MessageRow message) {
    Statement row(connection, LONGCODE_INTENTS "WHERE i.message = ?", message.value);
    return row.next() ? std::optional(intentAt(row)) : std::nullopt;
}

QList<IntentRecord> openIntentRecords(Connection &connection) {
    Statement row(connection, LONGCODE_INTENTS "WHERE i.phase IN (1, 2, 3) ORDER BY i.written_at, i.message");
    return intentsOf(row);
}

QList<IntentRecord> heldIntentRecords(Connection &connection) {
    Statement row(connection, LONGCODE_INTENTS "WHERE i.phase = 8 ORDER BY i.held_until, i.message");
    return intentsOf(row);
}

QList<SenderRecord> senderRecords(Connection &connection) {
    QList<SenderRecord> senders;
    Statement row(
        connection,
        "SELECT address, profile_id, profile_name, kind, smart_encoding, profile_enabled, success_ratio"
        " FROM senders ORDER BY position");
    while (row.next()) {
        SenderRecord sender{row.text(0),         row.text(1),         row.text(2), row.as<sms::SenderKind>(3),
                            row.integer(4) != 0, row.integer(5) != 0, {}};
        if (!row.isNull(6))
            sender.successRatio = row.real(6);
        senders.append(sender);
    }
    return senders;
}

Cursor cursorRecord(Connection &connection, const LogId &log) {
    Statement row(connection, "SELECT seq FROM cursors WHERE log = ?", log.text());
    return {log, row.next() ? row.integer(0) : 0};
}

} // namespace longcode::store
