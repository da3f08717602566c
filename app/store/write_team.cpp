#include "store/operations.h"

#include "phone/phone.h"
#include "store/team.h"
#include "store/write_session.h"

namespace longcode::store {

namespace {

/// Applies one kind of fact each, in the log's order. Nothing here depends on what this console did itself.
class FactApplier {
public:
    FactApplier(WriteSession &session, const LogId &log, const LoggedEvent &logged)
        : m_session(session), m_connection(session.connection()), m_log(log), m_logged(logged) {}

    void operator()(const protocol::Claim &claim);
    void operator()(const protocol::Release &release);
    void operator()(const protocol::Note &note);
    void operator()(const protocol::ReadUpTo &read);
    void operator()(const protocol::Closed &closed);
    void operator()(const protocol::Answered &answered);
    void operator()(const protocol::CannedReply &reply);
    void operator()(const protocol::SharedContact &contact);
    void operator()(const protocol::Recovered &) {}
    void operator()(const protocol::UnknownFact &) {}

private:
    [[nodiscard]] const QString &author() const { return m_logged.team->author; }
    [[nodiscard]] qint64 atMs() const { return m_logged.receivedAt.toMSecsSinceEpoch(); }
    [[nodiscard]] bool isTaken(const Parties &pair, const protocol::Claim &claim);
    [[nodiscard]] MessageRow waitingNote(ConversationId conversation, const QString &text);
    void touchPair(const Parties &pair);

    WriteSession &m_session;
    Connection &m_connection;
    const LogId &m_log;
    const LoggedEvent &m_logged;
};

Parties pairOf(const protocol::Parties &parties) {
    return {phone::fromWire(parties.peer).wire(), phone::fromWire(parties.own).wire()};
}

void FactApplier::touchPair(const Parties &pair) {
    if (const auto conversation = m_session.knownConversationOf(pair))
        m_session.touch(*conversation);
}

bool FactApplier::isTaken(const Parties &pair, const protocol::Claim &claim) {
    Statement row(m_connection, "SELECT log, assignee, until FROM claims WHERE peer = ? AND own = ?",
                  pair.peer, pair.own);
    if (!row.next() || row.text(0) != m_log.text() || row.integer(2) <= atMs())
        return false;
    // Anybody may prolong or shorten it for the one who has it; another one needs take_over (PROTOCOL.md).
    return row.text(1) != claim.assignee;
}

void FactApplier::operator()(const protocol::Claim &claim) {
    const Parties pair = pairOf(claim.parties);
    if (!claim.takeOver && isTaken(pair, claim))
        return;
    Statement(m_connection,
              "INSERT INTO claims(peer, own, log, assignee, until) VALUES (?, ?, ?, ?, ?)"
              " ON CONFLICT(peer, own) DO UPDATE SET log = excluded.log, assignee = excluded.assignee,"
              " until = excluded.until",
              pair.peer, pair.own, m_log.text(), claim.assignee, claim.until.toMSecsSinceEpoch())
        .run();
    touchPair(pair);
}

void FactApplier::operator()(const protocol::Release &release) {
    const Parties pair = pairOf(release.parties);
    Statement(m_connection, "DELETE FROM claims WHERE peer = ? AND own = ?", pair.peer, pair.own).run();
    touchPair(pair);
}

/// A note that was written here is shown before the log has it, and takes its place when it comes. Should two
/// waiting ones have the same text, either may: they look alike.
MessageRow FactApplier::waitingNote(ConversationId conversation, const QString &text) {
    Statement row(
        m_connection,
        "SELECT id FROM messages WHERE conversation = ? AND direction = ? AND state = ? AND text = ?"
        " ORDER BY id LIMIT 1",
        conversation.value, Direction::Note, MessageState::Waiting, text);
    return row.next() ? MessageRow{row.integer(0)} : MessageRow{};
}

void FactApplier::operator()(const protocol::Note &note) {
    const QString handle = QStringLiteral("note:") + m_logged.team->identity;
    if (Statement(m_connection, "SELECT 1 FROM messages WHERE handle = ?", handle).next())
        return;
    const ConversationId conversation = m_session.conversationOf(pairOf(note.parties), atMs());
    MessageRow row = waitingNote(conversation, note.text);
    if (!row.isValid())
        row = m_session.insert(
            {conversation, Direction::Note, atMs(), handle, note.text, {}, MessageState::Received});
    Statement(m_connection,
              "UPDATE messages SET state = ?, at = ?, tie = ?, author = ?, mentions = ?, handle = ?"
              " WHERE id = ?",
              MessageState::Received, atMs(), tieOf(handle), author(), note.mentions.join(QLatin1Char('\n')),
              handle, row.value)
        .run();
    m_session.noteChanged(row);
}

void FactApplier::operator()(const protocol::ReadUpTo &read) {
    const auto conversation = m_session.knownConversationOf(pairOf(read.parties));
    if (!conversation)
        return;
    const int changed = Statement(m_connection,
                                  "UPDATE messages SET unread = 0 WHERE conversation = ? AND unread = 1"
                                  " AND direction = ? AND at <= ?",
                                  conversation->value, Direction::Inbound, read.at.toMSecsSinceEpoch())
                            .run();
    if (changed > 0)
        m_session.touch(*conversation);
}

void FactApplier::operator()(const protocol::Closed &closed) {
    const Parties pair = pairOf(closed.parties);
    const auto conversation = m_session.knownConversationOf(pair);
    if (!closed.closed && conversation)
        Statement(m_connection,
                  "UPDATE closings SET closed = 0 WHERE (peer, own) IN (SELECT peer, own FROM pairs"
                  " WHERE conversation = ?)",
                  conversation->value)
            .run();
    Statement(m_connection,
              "INSERT INTO closings(peer, own, closed, closed_at) VALUES (?, ?, ?, ?)"
              " ON CONFLICT(peer, own) DO UPDATE SET closed = excluded.closed,"
              " closed_at = max(closed_at, excluded.closed_at)",
              pair.peer, pair.own, closed.closed, closed.closed ? atMs() : 0)
        .run();
    touchPair(pair);
}

void FactApplier::operator()(const protocol::Answered &answered) {
    const Parties pair = pairOf(answered.parties);
    Statement(
        m_connection,
        "INSERT INTO answers(intent, author, peer, own, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        answered.intent, author(), pair.peer, pair.own, m_logged.team->heardAt.toMSecsSinceEpoch())
        .run();
    QList<MessageRow> rows;
    {
        Statement row(m_connection,
                      "SELECT id FROM messages WHERE handle = ?1 AND handle <> '' AND author = ''"
                      " UNION SELECT i.message FROM intents i JOIN messages m ON m.id = i.message"
                      " WHERE i.id = ?1 AND m.author = ''",
                      answered.intent);
        while (row.next())
            rows.append(MessageRow{row.integer(0)});
    }
    for (const MessageRow row : std::as_const(rows)) {
        Statement(m_connection, "UPDATE messages SET author = ? WHERE id = ?", author(), row.value).run();
        m_session.noteChanged(row);
    }
    touchPair(pair);
}

void FactApplier::operator()(const protocol::CannedReply &reply) {
    if (reply.text.isEmpty())
        Statement(m_connection, "DELETE FROM canned_replies WHERE id = ?", reply.id).run();
    else
        Statement(m_connection,
                  "INSERT INTO canned_replies(id, folder, title, text) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO"
                  " UPDATE SET folder = excluded.folder, title = excluded.title, text = excluded.text",
                  reply.id, reply.folder, reply.title, reply.text)
            .run();
    m_session.noteReplies();
}

void FactApplier::operator()(const protocol::SharedContact &contact) {
    namePeer(m_session, phone::fromWire(contact.peer).wire(), contact.name);
}

} // namespace

void applyFact(WriteSession &session, const LogId &log, const LoggedEvent &logged) {
    std::visit(FactApplier(session, log, logged), logged.team->fact);
}

void reopen(WriteSession &session, ConversationId conversation) {
    Connection &connection = session.connection();
    int changed = Statement(connection,
                            "UPDATE closings SET closed = 0 WHERE closed = 1"
                            " AND (peer, own) IN (SELECT peer, own FROM pairs WHERE conversation = ?)",
                            conversation.value)
                      .run();
    // A closing that has not left yet was meant before this text came.
    const int taken = Statement(connection,
                                "DELETE FROM outgoing WHERE closed = 1"
                                " AND (peer, own) IN (SELECT peer, own FROM pairs WHERE conversation = ?)",
                                conversation.value)
                          .run();
    if (taken > 0)
        session.noteOutgoing();
    if (changed + taken > 0)
        session.touch(conversation);
}

void noteHandle(WriteSession &session, MessageRow message, const IntentId &intent) {
    Connection &connection = session.connection();
    const int changed = Statement(connection,
                                  "UPDATE messages SET handle = ?1, author = ifnull("
                                  " (SELECT author FROM answers WHERE intent = ?1), author)"
                                  " WHERE id = ?2 AND handle = ''"
                                  " AND NOT EXISTS (SELECT 1 FROM intents WHERE message = ?2)",
                                  intent.text(), message.value)
                            .run();
    if (changed > 0)
        session.noteChanged(message);
}

namespace {

struct OutgoingColumns {
    Parties pair;
    std::optional<bool> closed;
};

OutgoingColumns columnsOf(const protocol::Fact &fact) {
    if (const auto *closed = std::get_if<protocol::Closed>(&fact))
        return {pairOf(closed->parties), closed->closed};
    if (const auto *note = std::get_if<protocol::Note>(&fact))
        return {pairOf(note->parties), {}};
    return {};
}

} // namespace

Status queueFact(WriteSession &session, const NewFact &fact) {
    Connection &connection = session.connection();
    const OutgoingColumns columns = columnsOf(fact.fact);
    Statement(connection, "INSERT INTO outgoing(id, peer, own, closed, body) VALUES (?, ?, ?, ?, ?)", fact.id,
              columns.pair.peer, columns.pair.own, columns.closed, protocol::encodeFact(fact.fact))
        .run();
    session.noteOutgoing();
    if (const auto *note = std::get_if<protocol::Note>(&fact.fact)) {
        const MessageRow row = session.insert({fact.conversation,
                                               Direction::Note,
                                               fact.at.toMSecsSinceEpoch(),
                                               fact.id,
                                               note->text,
                                               {},
                                               MessageState::Waiting});
        Statement(connection, "UPDATE messages SET handle = ?, mentions = ? WHERE id = ?", fact.id,
                  note->mentions.join(QLatin1Char('\n')), row.value)
            .run();
    }
    if (const auto conversation = session.knownConversationOf(columns.pair))
        session.touch(*conversation);
    return {};
}

Status dropFact(WriteSession &session, const QString &id, FactFate fate) {
    Connection &connection = session.connection();
    Parties pair;
    {
        Statement row(connection, "SELECT peer, own FROM outgoing WHERE id = ?", id);
        if (!row.next())
            return {};
        pair = {row.text(0), row.text(1)};
    }
    Statement(connection, "DELETE FROM outgoing WHERE id = ?", id).run();
    session.noteOutgoing();
    if (const auto conversation = session.knownConversationOf(pair))
        session.touch(*conversation);
    if (fate == FactFate::Published)
        return {};
    QList<MessageRow> notes;
    {
        Statement row(connection, "SELECT id FROM messages WHERE handle = ? AND state = ? AND direction = ?",
                      id, MessageState::Waiting, Direction::Note);
        while (row.next())
            notes.append(MessageRow{row.integer(0)});
    }
    for (const MessageRow note : std::as_const(notes)) {
        session.note(ChangeKind::Removed, note, session.conversationWith(note), Direction::Note);
        Statement(connection, "DELETE FROM messages WHERE id = ?", note.value).run();
    }
    return {};
}

} // namespace longcode::store
