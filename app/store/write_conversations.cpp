#include "store/operations.h"

#include "store/opt_outs.h"
#include "store/write_session.h"

#include <QString>

#include <algorithm>
#include <limits>

namespace longcode::store {

namespace {

struct Latest {
    qint64 row = 0, atMs = 0;
    Direction direction = Direction::Inbound;
    MessageState state = MessageState::Received;
    int mediaCount = 0;
    QString preview{QLatin1String("")};
    QString author{QLatin1String("")};
    bool here = false;
};

std::optional<Latest> latestOf(Connection &connection, ConversationId conversation) {
    Statement row(connection,
                  "SELECT m.id, m.at, m.direction, m.state, m.media_count, substr(m.text, 1, 160), m.author,"
                  " EXISTS (SELECT 1 FROM intents WHERE message = m.id) FROM messages m"
                  " WHERE m.conversation = ? AND m.direction < 2 ORDER BY m.at DESC, m.tie DESC LIMIT 1",
                  conversation.value);
    static_assert(previewLength == 160);
    if (!row.next())
        return std::nullopt;
    return Latest{row.integer(0),
                  row.integer(1),
                  row.as<Direction>(2),
                  row.as<MessageState>(3),
                  static_cast<int>(row.integer(4)),
                  row.text(5),
                  row.text(6),
                  row.integer(7) != 0};
}

bool lastSendFailed(Connection &connection, ConversationId conversation) {
    Statement row(connection,
                  "SELECT state FROM messages WHERE conversation = ? AND direction = 1"
                  " AND state NOT IN (11, 12)"
                  " ORDER BY at DESC, tie DESC LIMIT 1",
                  conversation.value);
    if (!row.next())
        return false;
    const auto state = row.as<MessageState>(0);
    return state == MessageState::Failed || state == MessageState::Rejected ||
           state == MessageState::Uncertain;
}

/// The customer's first text that nobody has answered and that was not done with by closing. What was
/// refused, cancelled or has not left yet is no answer.
qint64 waitingSince(Connection &connection, ConversationId conversation) {
    qint64 doneAt = -1, doneTie = 0;
    {
        Statement row(connection,
                      "SELECT at, tie FROM messages WHERE conversation = ? AND direction = 1"
                      " AND state NOT IN (4, 10, 11, 12) ORDER BY at DESC, tie DESC LIMIT 1",
                      conversation.value);
        if (row.next()) {
            doneAt = row.integer(0);
            doneTie = row.integer(1);
        }
    }
    {
        Statement row(connection,
                      "SELECT ifnull(max(c.closed_at), 0) FROM pairs p JOIN closings c ON c.peer = p.peer"
                      " AND c.own = p.own WHERE p.conversation = ?",
                      conversation.value);
        if (row.next() && row.integer(0) > 0 && row.integer(0) >= doneAt) {
            doneAt = row.integer(0);
            doneTie = std::numeric_limits<qint64>::max();
        }
    }
    Statement row(connection,
                  "SELECT at FROM messages WHERE conversation = ? AND (at, tie) > (?, ?) AND direction = 0"
                  " AND keyword = 0 ORDER BY at, tie LIMIT 1",
                  conversation.value, doneAt, doneTie);
    return row.next() ? row.integer(0) : 0;
}

qint64 scheduledIn(Connection &connection, ConversationId conversation) {
    Statement row(connection,
                  "SELECT count(*) FROM messages WHERE conversation = ?"
                  " AND (state = 11 OR (send_at > 0 AND state IN (1, 2, 3, 12)))",
                  conversation.value);
    return row.next() ? row.integer(0) : 0;
}

struct CarrierColumns {
    QString carrier, lineType;
};

CarrierColumns carrierOf(Connection &connection, ConversationId conversation) {
    Statement row(connection,
                  "SELECT carrier, line_type FROM messages WHERE conversation = ? AND carrier <> ''"
                  " ORDER BY at DESC, tie DESC LIMIT 1",
                  conversation.value);
    return row.next() ? CarrierColumns{row.text(0), row.text(1)} : CarrierColumns{};
}

qint64 unreadIn(Connection &connection, ConversationId conversation) {
    Statement row(connection, "SELECT count(*) FROM messages WHERE conversation = ? AND unread = 1",
                  conversation.value);
    return row.next() ? row.integer(0) : 0;
}

/// Lower case and without accents, so that "jose" finds "José".
QString folded(const QString &name) {
    const auto isAscii = [](QChar c) { return c.unicode() < 0x80; };
    if (std::all_of(name.cbegin(), name.cend(), isAscii))
        return name.toLower();
    QString plain;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toCaseFolded()) {
        if (!c.isMark())
            plain += c;
    }
    return plain;
}

QString peerOf(Connection &connection, ConversationId conversation) {
    Statement row(connection, "SELECT peer FROM conversations WHERE id = ?", conversation.value);
    return row.next() ? row.text(0) : QString();
}

} // namespace

QString foldedForSearch(const QString &text) {
    return folded(text);
}

namespace {

/// What the team's facts say of the conversation's pairs. What is on its way to the relay counts already.
void refreshTeam(Connection &connection, ConversationId conversation) {
    Statement(connection,
              "UPDATE conversations SET closed = ifnull("
              "  (SELECT o.closed FROM pairs p JOIN outgoing o ON o.peer = p.peer AND o.own = p.own"
              "    WHERE p.conversation = ?1 AND o.closed IS NOT NULL ORDER BY o.position DESC LIMIT 1),"
              "  EXISTS (SELECT 1 FROM pairs p JOIN closings c ON c.peer = p.peer AND c.own = p.own"
              "    WHERE p.conversation = ?1 AND c.closed = 1)),"
              " (assignee, claim_until) = (SELECT ifnull(max(c.assignee), ''), ifnull(max(c.until), 0) FROM"
              "  (SELECT c.assignee, c.until FROM pairs p JOIN claims c ON c.peer = p.peer AND c.own = p.own"
              "    WHERE p.conversation = ?1 ORDER BY c.until DESC LIMIT 1) c) WHERE id = ?1",
              conversation.value)
        .run();
}

} // namespace

namespace {

void refreshOptOut(Connection &connection, ConversationId conversation) {
    Parties parties;
    {
        Statement row(connection, "SELECT peer, own FROM conversations WHERE id = ?", conversation.value);
        if (!row.next())
            return;
        parties = {row.text(0), row.text(1)};
    }
    const auto block = holdingBlock(connection, parties);
    const std::optional<qint64> since =
        block ? std::optional(block->since.toMSecsSinceEpoch()) : std::nullopt;
    Statement(connection,
              "UPDATE conversations SET opt_out_at = ?2, opt_out_word = ?3 WHERE id = ?1"
              " AND (opt_out_at IS NOT ?2 OR opt_out_word <> ?3)",
              conversation.value, since, block ? block->keyword : QString())
        .run();
}

/// One that only an event had begun, and whose message turned out to belong elsewhere, never was.
void refreshEmpty(Connection &connection, ConversationId conversation) {
    Statement(connection,
              "DELETE FROM conversations WHERE id = ?1 AND begun_at IS NULL"
              " AND NOT EXISTS (SELECT 1 FROM drafts WHERE conversation = ?1)"
              " AND NOT EXISTS (SELECT 1 FROM note_drafts WHERE conversation = ?1)"
              " AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = ?1)",
              conversation.value)
        .run();
    Statement(connection,
              "UPDATE conversations SET last_at = ifnull(begun_at, 0), last_message = 0, last_direction = 0,"
              " last_state = 0, last_author = '', last_here = 0, last_media_count = 0, preview = '',"
              " unread = 0, failed = 0, waiting_since = 0, scheduled = 0, carrier = '', line_type = ''"
              " WHERE id = ?",
              conversation.value)
        .run();
}

} // namespace

void WriteSession::refreshConversation(ConversationId conversation) {
    refreshTeam(m_connection, conversation);
    refreshOptOut(m_connection, conversation);
    const auto latest = latestOf(m_connection, conversation);
    if (!latest) {
        refreshEmpty(m_connection, conversation);
        return;
    }
    const CarrierColumns carrier = carrierOf(m_connection, conversation);
    Statement(m_connection,
              "UPDATE conversations SET last_at = ?, last_message = ?, last_direction = ?, last_state = ?,"
              " last_author = ?, last_here = ?, last_media_count = ?, preview = ?, unread = ?, failed = ?,"
              " waiting_since = ?, scheduled = ?, carrier = ?, line_type = ? WHERE id = ?",
              latest->atMs, latest->row, latest->direction, latest->state, latest->author, latest->here,
              latest->mediaCount, latest->preview, unreadIn(m_connection, conversation),
              lastSendFailed(m_connection, conversation), waitingSince(m_connection, conversation),
              scheduledIn(m_connection, conversation), carrier.carrier, carrier.lineType, conversation.value)
        .run();
}

Status rename(WriteSession &session, ConversationId conversation, const QString &name) {
    const QString peer = peerOf(session.connection(), conversation);
    if (peer.isEmpty())
        return StoreError{StoreErrorKind::NotFound, {}};
    namePeer(session, peer, name);
    return {};
}

namespace {

/// The conversation gets a second sender: messages that name none went through its only one.
void keepOwnOfMessages(Connection &connection, ConversationId conversation, const QString &own) {
    Statement(
        connection,
        "UPDATE messages SET own = (SELECT own FROM pairs WHERE conversation = ?1) WHERE conversation = ?1"
        " AND own = '' AND direction < 2 AND (SELECT count(*) FROM pairs WHERE conversation = ?1) = 1"
        " AND NOT EXISTS (SELECT 1 FROM pairs WHERE conversation = ?1 AND own = ?2)",
        conversation.value, own)
        .run();
}

} // namespace

Status setSender(WriteSession &session, ConversationId conversation, const QString &own) {
    Connection &connection = session.connection();
    const QString peer = peerOf(connection, conversation);
    if (peer.isEmpty())
        return StoreError{StoreErrorKind::NotFound, {}};
    keepOwnOfMessages(connection, conversation, own);
    Statement(connection, "UPDATE conversations SET own = ? WHERE id = ?", own, conversation.value).run();
    Statement(connection,
              "INSERT INTO pairs(peer, own, conversation) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", peer, own,
              conversation.value)
        .run();
    session.touch(conversation);
    return {};
}

Status markRead(WriteSession &session, ConversationId conversation, MessageRow newestSeen) {
    Connection &connection = session.connection();
    QList<qint64> rows;
    {
        Statement row(connection, "SELECT id FROM messages WHERE conversation = ? AND unread = 1 AND id <= ?",
                      conversation.value, newestSeen.value);
        while (row.next())
            rows.append(row.integer(0));
    }
    for (const qint64 row : std::as_const(rows))
        Statement(connection, "UPDATE messages SET unread = 0 WHERE id = ?", row).run();
    if (!rows.isEmpty())
        session.touch(conversation);
    endMark(session, conversation);
    return {};
}

// Of a macro, because a statement's text must be one literal.
#define LONGCODE_KEEP_DRAFT(table)                                                                           \
    "INSERT INTO " table "(conversation, text, saved_at) VALUES (?, ?, ?)"                                   \
    " ON CONFLICT(conversation) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at"            \
    " WHERE text <> excluded.text"

Status saveDraft(WriteSession &session, ConversationId conversation, const QString &text,
                 const QDateTime &now, DraftKind kind) {
    Connection &connection = session.connection();
    const bool isNote = kind == DraftKind::Note;
    int changed = 0;
    if (text.isEmpty()) {
        changed = Statement(connection,
                            isNote ? "DELETE FROM note_drafts WHERE conversation = ?"
                                   : "DELETE FROM drafts WHERE conversation = ?",
                            conversation.value)
                      .run();
    } else {
        if (peerOf(connection, conversation).isEmpty())
            return StoreError{StoreErrorKind::NotFound, {}};
        changed =
            Statement(connection, isNote ? LONGCODE_KEEP_DRAFT("note_drafts") : LONGCODE_KEEP_DRAFT("drafts"),
                      conversation.value, text, now.toMSecsSinceEpoch())
                .run();
    }
    // A note's draft is not shown in the list.
    if (changed > 0 && !isNote)
        session.touch(conversation);
    return {};
}

} // namespace longcode::store
