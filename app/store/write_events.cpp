#include "store/operations.h"

#include "phone/phone.h"
#include "store/fold.h"
#include "store/raw_events.h"
#include "store/rows.h"
#include "store/write_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace longcode::store {

namespace {

/// One event of a message on its way into the store.
struct Incoming {
    const LoggedEvent &logged;
    const events::MessageFacts &facts;
    Direction direction;
    Report report;
};

Parties partiesOf(const Incoming &incoming) {
    const QString from = phone::fromWire(incoming.facts.from.address).wire();
    const QString to = phone::fromWire(incoming.facts.to.value(0).address).wire();
    return incoming.direction == Direction::Inbound ? Parties{from, to} : Parties{to, from};
}

/// Telnyx's id, or for a message without one the event's: it then has that one event only.
QString identityOf(const Incoming &incoming) {
    return incoming.facts.id.isEmpty() ? QStringLiteral("event:") + incoming.logged.event.id.text()
                                       : incoming.facts.id.text();
}

QString mediaAsJson(const QList<events::Media> &media) {
    if (media.isEmpty())
        return QStringLiteral("");
    QJsonArray array;
    for (const events::Media &item : media) {
        QJsonObject object{{QStringLiteral("url"), item.url},
                           {QStringLiteral("content_type"), item.contentType},
                           {QStringLiteral("sha256"), item.sha256}};
        if (item.size)
            object.insert(QStringLiteral("size"), *item.size);
        array.append(object);
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

/// The message that was written here under this handle, unless it is bound to another one of Telnyx's.
MessageRow rowOfIntent(WriteSession &session, const Incoming &incoming) {
    if (incoming.logged.intent.isEmpty() || incoming.direction == Direction::Inbound)
        return {};
    Statement row(session.connection(),
                  "SELECT m.id FROM intents i JOIN messages m ON m.id = i.message"
                  " WHERE i.id = ?1 AND (m.telnyx_id IS NULL OR m.telnyx_id = ?2 OR ?2 = '')",
                  incoming.logged.intent.text(), incoming.facts.id.text());
    return row.next() ? MessageRow{row.integer(0)} : MessageRow{};
}

MessageRow rowOfTelnyxId(WriteSession &session, const Incoming &incoming) {
    Statement row(session.connection(), "SELECT id FROM messages WHERE telnyx_id = ? AND direction = ?",
                  identityOf(incoming), incoming.direction);
    return row.next() ? MessageRow{row.integer(0)} : MessageRow{};
}

MessageRow makeRow(WriteSession &session, const Incoming &incoming) {
    const Parties parties = partiesOf(incoming);
    const ConversationId conversation = session.conversationOf(parties, {});
    const QString identity = identityOf(incoming);
    const bool inbound = incoming.direction == Direction::Inbound;
    return session.insert({conversation, incoming.direction, incoming.report.atMs, identity,
                           incoming.facts.text, identity,
                           inbound ? MessageState::Received : MessageState::Queued, parties.own});
}

/// Texts and attachments of several events of one message: the fullest one, so that the order does not
/// matter. What was written here keeps its text as typed.
void takeContent(WriteSession &session, MessageRow message, const Incoming &incoming) {
    Connection &connection = session.connection();
    int changed =
        Statement(connection,
                  "UPDATE messages SET text = ?1 WHERE id = ?2 AND (length(text), text) < (length(?1), ?1)"
                  " AND NOT EXISTS (SELECT 1 FROM intents WHERE message = ?2)",
                  incoming.facts.text, message.value)
            .run();
    if (incoming.facts.mms)
        Statement(connection, "UPDATE messages SET mms = 1 WHERE id = ? AND mms = 0", message.value).run();
    if (!incoming.facts.media.isEmpty())
        changed += Statement(connection,
                             "UPDATE messages SET media = ?1, media_count = ?2 WHERE id = ?3"
                             " AND (media_count, media) < (?2, ?1)",
                             mediaAsJson(incoming.facts.media), static_cast<int>(incoming.facts.media.size()),
                             message.value)
                       .run();
    if (changed > 0)
        session.noteChanged(message);
}

/// When the relay had an inbound message for the first time. What had to be asked for came late, whenever
/// that was.
void takeArrival(WriteSession &session, MessageRow message, const Incoming &incoming) {
    constexpr qint64 recovered = 1LL << 53;
    const QString &source = incoming.logged.source;
    const bool isWebhook = source.isEmpty() || source == QLatin1String("webhook");
    const int changed =
        Statement(session.connection(),
                  "UPDATE messages SET arrived_at = ?2 WHERE id = ?1"
                  " AND (arrived_at IS NULL OR arrived_at > ?2)",
                  message.value, isWebhook ? incoming.logged.receivedAt.toMSecsSinceEpoch() : recovered)
            .run();
    if (changed > 0)
        session.noteChanged(message);
}

/// The time of a send that another console scheduled.
void takeSendTime(WriteSession &session, MessageRow message, const Incoming &incoming) {
    if (!incoming.facts.sendAt)
        return;
    const int changed = Statement(session.connection(),
                                  "UPDATE messages SET send_at = ?1 WHERE id = ?2 AND send_at < ?1"
                                  " AND NOT EXISTS (SELECT 1 FROM intents WHERE message = ?2)",
                                  incoming.facts.sendAt->toMSecsSinceEpoch(), message.value)
                            .run();
    if (changed > 0)
        session.noteChanged(message);
}

/// The sender that the event names: it may be another one than was asked for.
void takeOwn(WriteSession &session, MessageRow message, const Incoming &incoming) {
    const QString own = partiesOf(incoming).own;
    if (!own.isEmpty())
        Statement(session.connection(), "UPDATE messages SET own = ?1 WHERE id = ?2 AND own <> ?1", own,
                  message.value)
            .run();
}

MessageRow rowFor(WriteSession &session, const Incoming &incoming) {
    if (const MessageRow own = rowOfIntent(session, incoming); own.isValid()) {
        bindTelnyxId(session, own, incoming.facts.id.text());
        return own;
    }
    const MessageRow known = rowOfTelnyxId(session, incoming);
    return known.isValid() ? known : makeRow(session, incoming);
}

void apply(WriteSession &session, const LoggedEvent &logged, const events::MessageEvent &event) {
    const bool inbound = event.kind == events::MessageEventKind::Received ||
                         event.message.direction == events::Direction::Inbound;
    const Direction direction = inbound ? Direction::Inbound : Direction::Outbound;
    Incoming incoming{logged, event.message, direction,
                      reportOf(logged.event.id.text(), event.message, direction, logged.event.occurredAt,
                               logged.receivedAt.toMSecsSinceEpoch())};
    if (!inbound && incoming.report.status.isEmpty() && event.kind == events::MessageEventKind::Sent)
        incoming.report.status = events::statusText(events::MessageStatus::Sent);
    const MessageRow row = rowFor(session, incoming);
    if (event.kind == events::MessageEventKind::Received)
        reopen(session, session.conversationWith(row));
    else if (!logged.intent.isEmpty())
        noteHandle(session, row, logged.intent);
    keepRawEvent(session.connection(), row, logged);
    const bool isNew = session.addReport(row, incoming.report);
    const auto intent = intentRecordOf(session.connection(), row);
    // One that came before without its intent is known as a report, but not yet as the end of a doubt.
    if (!isNew && (!intent || intent->phase != IntentPhase::Uncertain))
        return;
    takeContent(session, row, incoming);
    takeOwn(session, row, incoming);
    if (intent)
        markAccepted(session, intent->intent);
    session.refresh(row);
    if (inbound) {
        keepKeyword(session, row, partiesOf(incoming));
        takeArrival(session, row, incoming);
        endSnooze(session, session.conversationWith(row));
    } else {
        takeSendTime(session, row, incoming);
    }
}

} // namespace

Status applyEvents(WriteSession &session, const LogId &log, const QList<LoggedEvent> &events,
                   Arrival arrival) {
    Connection &connection = session.connection();
    session.setArrival(arrival);
    const qint64 applied = cursorRecord(connection, log).seq;
    qint64 newest = applied, heardAt = 0;
    for (const LoggedEvent &logged : events) {
        if (logged.seq <= applied)
            continue;
        newest = std::max(newest, logged.seq);
        if (logged.team)
            applyFact(session, log, logged);
        else if (const auto *message = std::get_if<events::MessageEvent>(&logged.event.body))
            apply(session, logged, *message);
        if (!logged.event.type.isEmpty())
            heardAt = std::max(heardAt, logged.receivedAt.toMSecsSinceEpoch());
        if (connection.hasFailed())
            return connection.takeError();
    }
    Statement(
        connection,
        "INSERT INTO cursors(log, seq, heard_at, used)"
        " VALUES (?, ?, ?, (SELECT ifnull(max(used), 0) + 1 FROM cursors)) ON CONFLICT(log) DO UPDATE SET"
        " seq = excluded.seq, used = excluded.used, heard_at = max(heard_at, excluded.heard_at)",
        log.text(), newest, heardAt)
        .run();
    return {};
}

Status applyRecovered(WriteSession &session, const QList<LoggedEvent> &events) {
    for (LoggedEvent logged : events) {
        if (logged.source.isEmpty())
            logged.source = QStringLiteral("webhook_deliveries");
        if (const auto *message = std::get_if<longcode::events::MessageEvent>(&logged.event.body))
            apply(session, logged, *message);
        if (session.connection().hasFailed())
            return session.connection().takeError();
    }
    return {};
}

} // namespace longcode::store
