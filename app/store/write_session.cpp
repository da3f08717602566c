#include "store/write_session.h"

#include "rules/error_codes.h"
#include "store/raw_events.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace longcode::store {

namespace {

/// A message with what its derived columns follow from.
struct Current {
    ConversationId conversation;
    Origin origin;
    Standing standing;
    qint64 atMs = 0;
    QString text;
};

std::optional<Price> priceAt(const Statement &row, int column) {
    if (row.isNull(column))
        return std::nullopt;
    return Price{row.text(column), row.text(column + 1)};
}

std::optional<Current> load(Connection &connection, MessageRow message) {
    Statement row(
        connection,
        "SELECT m.conversation, m.direction, m.at, m.text, m.state, m.segments, m.encoding, m.cost_amount,"
        " m.cost_currency, m.error_code, m.error_title, m.error_detail, m.server_status, m.carrier,"
        " m.line_type, m.keyword, i.phase, i.segments, i.encoding, i.error_code, i.error_title,"
        " i.error_detail FROM messages m LEFT JOIN intents i ON i.message = m.id WHERE m.id = ?",
        message.value);
    if (!row.next())
        return std::nullopt;
    Current current;
    current.conversation = {row.integer(0)};
    current.origin.direction = row.as<Direction>(1);
    current.atMs = row.integer(2);
    current.text = row.text(3);
    current.standing = {row.as<MessageState>(4),
                        static_cast<int>(row.integer(5)),
                        row.as<sms::Encoding>(6),
                        priceAt(row, 7),
                        {row.text(9), row.text(10), row.text(11)},
                        row.text(12),
                        row.text(13),
                        row.text(14),
                        row.as<Keyword>(15)};
    if (!row.isNull(16)) {
        current.origin.phase = row.as<IntentPhase>(16);
        current.origin.segments = static_cast<int>(row.integer(17));
        current.origin.encoding = row.as<sms::Encoding>(18);
        current.origin.refusal = {row.text(19), row.text(20), row.text(21)};
    }
    return current;
}

QList<Report> reportsOf(Connection &connection, MessageRow message) {
    QList<Report> reports;
    Statement row(
        connection,
        "SELECT event_id, status, at, occurred_at, parts, encoding, cost_amount, cost_currency, error_code,"
        " error_title, error_detail, carrier, line_type, keyword FROM reports WHERE message = ?",
        message.value);
    while (row.next()) {
        Report report;
        report.eventId = row.text(0);
        report.status = row.text(1);
        report.atMs = row.integer(2);
        report.occurredMs = row.integer(3);
        if (!row.isNull(4))
            report.parts = static_cast<int>(row.integer(4));
        report.encoding = row.text(5);
        report.cost = priceAt(row, 6);
        report.error = {row.text(8), row.text(9), row.text(10)};
        report.carrier = row.text(11);
        report.lineType = row.text(12);
        report.keyword = row.as<Keyword>(13);
        reports.append(report);
    }
    return reports;
}

/// The keyword that a customer's text amounts to when the API did not say (D47).
Keyword keywordIn(const QString &text) {
    switch (rules::keywordOf(text)) {
    case rules::Keyword::Stop:
        return Keyword::Stop;
    case rules::Keyword::Start:
        return Keyword::Start;
    case rules::Keyword::Help:
        return Keyword::Help;
    case rules::Keyword::None:
        break;
    }
    return Keyword::None;
}

void write(Connection &connection, MessageRow message, const Standing &standing, qint64 atMs) {
    using Text = std::optional<QString>;
    const Text amount = standing.cost ? Text(standing.cost->amount) : std::nullopt;
    const Text currency = standing.cost ? Text(standing.cost->currency) : std::nullopt;
    Statement(
        connection,
        "UPDATE messages SET state = ?, segments = ?, encoding = ?, cost_amount = ?, cost_currency = ?,"
        " error_code = ?, error_title = ?, error_detail = ?, server_status = ?, carrier = ?, line_type = ?,"
        " keyword = ?, at = ? WHERE id = ?",
        standing.state, standing.segments, standing.encoding, amount, currency, standing.error.code,
        standing.error.title, standing.error.detail, standing.serverStatus, standing.carrier,
        standing.lineType, standing.keyword, atMs, message.value)
        .run();
}

} // namespace

qint64 tieOf(const QString &identity) {
    const QByteArray hash = QCryptographicHash::hash(identity.toUtf8(), QCryptographicHash::Sha256);
    return static_cast<qint64>(qFromBigEndian<quint64>(hash.constData()) >> 1);
}

WriteSession::WriteSession(Connection &connection) : m_connection(connection) {}

std::optional<ConversationId> WriteSession::knownConversationOf(const Parties &parties) {
    Statement known(m_connection, "SELECT conversation FROM pairs WHERE peer = ? AND own = ?", parties.peer,
                    parties.own);
    return known.next() ? std::optional(ConversationId{known.integer(0)}) : std::nullopt;
}

ConversationId WriteSession::conversationOf(const Parties &parties, std::optional<qint64> begunAtMs) {
    if (const auto known = knownConversationOf(parties))
        return *known;
    Statement make(m_connection, "INSERT INTO conversations(peer, own, tie, begun_at) VALUES (?, ?, ?, ?)",
                   parties.peer, parties.own, tieOf(parties.peer + QLatin1Char('|') + parties.own),
                   begunAtMs);
    make.run();
    const ConversationId made{make.insertedRow()};
    Statement(m_connection, "INSERT INTO pairs(peer, own, conversation) VALUES (?, ?, ?)", parties.peer,
              parties.own, made.value)
        .run();
    touch(made);
    return made;
}

MessageRow WriteSession::insert(const NewMessage &message) {
    const bool inbound = message.direction == Direction::Inbound;
    Statement make(
        m_connection,
        "INSERT INTO messages(conversation, direction, at, tie, text, telnyx_id, unread, state, own)"
        " VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?)",
        message.conversation.value, message.direction, message.atMs, tieOf(message.identity), message.text,
        message.telnyxId, inbound, message.state, message.own);
    make.run();
    const MessageRow row{make.insertedRow()};
    note(ChangeKind::Inserted, row, message.conversation, message.direction);
    return row;
}

ConversationId WriteSession::conversationWith(MessageRow message) {
    Statement row(m_connection, "SELECT conversation FROM messages WHERE id = ?", message.value);
    return row.next() ? ConversationId{row.integer(0)} : ConversationId{};
}

bool WriteSession::addReport(MessageRow message, const Report &report) {
    using Text = std::optional<QString>;
    const Text amount = report.cost ? Text(report.cost->amount) : std::nullopt;
    const Text currency = report.cost ? Text(report.cost->currency) : std::nullopt;
    Statement make(
        m_connection,
        "INSERT INTO reports(message, event_id, status, at, occurred_at, parts, encoding, cost_amount,"
        " cost_currency, error_code, error_title, error_detail, carrier, line_type, keyword)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        message.value, report.eventId, report.status, report.atMs, report.occurredMs, report.parts,
        report.encoding, amount, currency, report.error.code, report.error.title, report.error.detail,
        report.carrier, report.lineType, report.keyword);
    return make.run() == 1;
}

void WriteSession::refresh(MessageRow message) {
    const auto current = load(m_connection, message);
    if (!current)
        return;
    const QList<Report> reports = reportsOf(m_connection, message);
    Standing standing = fold(current->origin, reports);
    if (current->origin.direction == Direction::Inbound && standing.keyword == Keyword::None)
        standing.keyword = keywordIn(current->text);
    qint64 atMs = current->atMs;
    // What was written here keeps the time of writing; everything else is placed by what the events say.
    if (!current->origin.phase) {
        for (const Report &report : reports)
            atMs = std::min(atMs, report.atMs);
    }
    if (standing == current->standing && atMs == current->atMs)
        return;
    write(m_connection, message, standing, atMs);
    note(ChangeKind::Changed, message, current->conversation, current->origin.direction);
}

void WriteSession::merge(MessageRow from, MessageRow into) {
    const auto gone = load(m_connection, from);
    if (!gone || from == into)
        return;
    Statement(m_connection,
              "UPDATE messages SET (mms, media, media_count) = (SELECT mms, media, media_count FROM messages "
              "WHERE id = ?1)"
              " WHERE id = ?2 AND media_count = 0",
              from.value, into.value)
        .run();
    Statement(m_connection, "UPDATE OR IGNORE reports SET message = ? WHERE message = ?", into.value,
              from.value)
        .run();
    moveRawEvents(m_connection, from, into);
    Statement(m_connection, "DELETE FROM messages WHERE id = ?", from.value).run();
    note(ChangeKind::Removed, from, gone->conversation, gone->origin.direction);
}

void WriteSession::touch(ConversationId conversation) {
    m_touched.insert(conversation.value);
    tell(conversation);
}

void WriteSession::tell(ConversationId conversation) {
    if (m_told.contains(conversation.value))
        return;
    m_told.insert(conversation.value);
    m_changes.conversations.append(conversation);
}

void WriteSession::note(ChangeKind kind, MessageRow row, ConversationId conversation, Direction direction) {
    touch(conversation);
    const auto known = m_noted.constFind(row.value);
    if (known == m_noted.constEnd()) {
        m_noted.insert(row.value, m_changes.messages.size());
        m_changes.messages.append({kind, row, conversation, direction});
        return;
    }
    // One made and taken away in the same transaction is told as taken away, which nobody minds.
    if (kind == ChangeKind::Removed)
        m_changes.messages[*known].kind = kind;
}

void WriteSession::noteChanged(MessageRow row) {
    Statement known(m_connection, "SELECT conversation, direction FROM messages WHERE id = ?", row.value);
    if (known.next())
        note(ChangeKind::Changed, row, {known.integer(0)}, known.as<Direction>(1));
}

Changes WriteSession::finish() {
    for (const ConversationId conversation : std::as_const(m_changes.conversations)) {
        if (m_touched.contains(conversation.value))
            refreshConversation(conversation);
    }
    return m_changes;
}

} // namespace longcode::store
