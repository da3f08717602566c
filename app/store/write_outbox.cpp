#include "store/operations.h"

#include "store/desk_values.h"
#include "store/fold.h"
#include "store/rows.h"
#include "store/write_session.h"

#include <limits>

namespace longcode::store {

namespace {

enum class DraftFate : quint8 { Ends, Stays };

StoreError notFound() {
    return {StoreErrorKind::NotFound, {}};
}
StoreError wrongPhase() {
    return {StoreErrorKind::WrongPhase, {}};
}

qint64 msOf(const std::optional<QDateTime> &time) {
    return time ? time->toMSecsSinceEpoch() : 0;
}

bool isOpen(IntentPhase phase) {
    return phase == IntentPhase::Waiting || phase == IntentPhase::Sending || phase == IntentPhase::Uncertain;
}

void setPhase(WriteSession &session, const IntentRecord &intent, IntentPhase phase) {
    Statement(session.connection(), "UPDATE intents SET phase = ? WHERE id = ?", phase, intent.intent.text())
        .run();
    session.refresh(intent.message);
    if (isOpen(intent.phase) && !isOpen(phase))
        session.noteSettled(intent.intent);
}

Status step(WriteSession &session, const IntentId &id, IntentPhase from, IntentPhase to) {
    const auto intent = intentRecord(session.connection(), id);
    if (!intent)
        return notFound();
    if (intent->phase != from)
        return wrongPhase();
    setPhase(session, *intent, to);
    return {};
}

Result<IntentRecord, StoreError> writeMessage(WriteSession &session, const NewIntent &intent,
                                              DraftFate draft) {
    Connection &connection = session.connection();
    QString sender;
    {
        Statement row(connection, "SELECT own FROM conversations WHERE id = ?", intent.conversation.value);
        if (!row.next())
            return failed(notFound());
        sender = intent.sender.value_or(row.text(0));
    }
    const qint64 atMs = intent.at.toMSecsSinceEpoch();
    const MessageRow row = session.insert({intent.conversation,
                                           Direction::Outbound,
                                           atMs,
                                           QStringLiteral("intent:") + intent.intent.text(),
                                           intent.text,
                                           {},
                                           MessageState::Waiting,
                                           sender});
    Statement(connection,
              "INSERT INTO intents(id, message, phase, sender, segments, encoding, written_at, send_at,"
              " held_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              intent.intent.text(), row.value, intent.holdUntil ? IntentPhase::Held : IntentPhase::Waiting,
              sender, intent.segments, intent.encoding, atMs, msOf(intent.sendAt), msOf(intent.holdUntil))
        .run();
    if (intent.sendAt)
        Statement(connection, "UPDATE messages SET send_at = ? WHERE id = ?", msOf(intent.sendAt), row.value)
            .run();
    if (draft == DraftFate::Ends)
        Statement(connection, "DELETE FROM drafts WHERE conversation = ?", intent.conversation.value).run();
    session.refresh(row);
    const auto record = intentRecord(connection, intent.intent);
    if (!record)
        return failed(notFound());
    return *record;
}

} // namespace

Result<IntentRecord, StoreError> writeIntent(WriteSession &session, const NewIntent &intent) {
    return writeMessage(session, intent, intent.keepsDraft ? DraftFate::Stays : DraftFate::Ends);
}

Result<IntentRecord, StoreError> intentHandedOver(WriteSession &session, const IntentId &intent,
                                                  const QDateTime &now) {
    if (const Status status = step(session, intent, IntentPhase::Waiting, IntentPhase::Sending))
        return failed(*status);
    Statement(session.connection(), "UPDATE intents SET handed_at = ? WHERE id = ?", now.toMSecsSinceEpoch(),
              intent.text())
        .run();
    const auto record = intentRecord(session.connection(), intent);
    if (!record)
        return failed(notFound());
    return *record;
}

Status intentReturned(WriteSession &session, const IntentId &intent) {
    return step(session, intent, IntentPhase::Sending, IntentPhase::Waiting);
}

Status intentUncertain(WriteSession &session, const IntentId &intent) {
    const auto record = intentRecord(session.connection(), intent);
    // An event was quicker than the missing answer: nothing is uncertain any more.
    if (record && record->phase == IntentPhase::Accepted)
        return {};
    return step(session, intent, IntentPhase::Sending, IntentPhase::Uncertain);
}

void markAccepted(WriteSession &session, const IntentId &id) {
    const auto intent = intentRecord(session.connection(), id);
    // What a person counted as sent stays at least that, whatever an event says.
    if (intent && intent->phase != IntentPhase::Accepted && intent->phase != IntentPhase::CountedAsSent)
        setPhase(session, *intent, IntentPhase::Accepted);
}

void bindTelnyxId(WriteSession &session, MessageRow message, const QString &telnyxId) {
    Connection &connection = session.connection();
    if (telnyxId.isEmpty())
        return;
    MessageRow other;
    {
        Statement known(connection, "SELECT telnyx_id FROM messages WHERE id = ?", message.value);
        if (known.next() && !known.isNull(0))
            return;
        Statement row(connection, "SELECT id FROM messages WHERE telnyx_id = ? AND direction = 1", telnyxId);
        if (row.next())
            other = {row.integer(0)};
    }
    if (other.isValid())
        session.merge(other, message);
    Statement(connection, "UPDATE messages SET telnyx_id = ? WHERE id = ?", telnyxId, message.value).run();
}

Status intentAccepted(WriteSession &session, const IntentId &id, const events::MessageFacts &answer,
                      const QDateTime &now) {
    const auto intent = intentRecord(session.connection(), id);
    if (!intent)
        return notFound();
    bindTelnyxId(session, intent->message, answer.id.text());
    session.addReport(intent->message, reportOf(QLatin1String(answerId), answer, Direction::Outbound, {},
                                                now.toMSecsSinceEpoch()));
    Statement(session.connection(), "UPDATE intents SET answered_at = ? WHERE id = ?",
              now.toMSecsSinceEpoch(), id.text())
        .run();
    markAccepted(session, id);
    session.refresh(intent->message);
    return {};
}

Status intentRejected(WriteSession &session, const IntentId &id, const ServerError &error,
                      const QDateTime &now) {
    const auto intent = intentRecord(session.connection(), id);
    if (!intent)
        return notFound();
    if (intent->phase == IntentPhase::Accepted)
        return {};
    if (!isOpen(intent->phase))
        return wrongPhase();
    Statement(
        session.connection(),
        "UPDATE intents SET answered_at = ?, error_code = ?, error_title = ?, error_detail = ? WHERE id = ?",
        now.toMSecsSinceEpoch(), error.code, error.title, error.detail, id.text())
        .run();
    setPhase(session, *intent, IntentPhase::Rejected);
    return {};
}

Status intentSuppressed(WriteSession &session, const ServerError &refusal, const NewSuppressed &suppressed) {
    const auto intent = intentRecord(session.connection(), suppressed.intent);
    if (intent && intent->phase != IntentPhase::Waiting)
        return wrongPhase();
    const Status status = intentRejected(session, suppressed.intent, refusal, suppressed.at);
    return status ? status : recordSuppressed(session, suppressed);
}

Status unansweredBecomeUncertain(WriteSession &session) {
    Connection &connection = session.connection();
    // What a backup says was waiting may have been sent since it was made.
    bool isRestored = false;
    {
        Statement row(connection, "SELECT 1 FROM facts WHERE name = 'restored'");
        isRestored = row.next();
    }
    QList<IntentRecord> intents = openIntentRecords(connection);
    if (isRestored)
        intents += heldIntentRecords(connection);
    for (const IntentRecord &intent : intents) {
        if (intent.phase == IntentPhase::Sending || (isRestored && intent.phase != IntentPhase::Uncertain))
            setPhase(session, intent, IntentPhase::Uncertain);
    }
    if (isRestored)
        Statement(connection, "DELETE FROM facts WHERE name = 'restored'").run();
    return {};
}

Status settle(WriteSession &session, MessageRow message, Settlement settlement) {
    const auto intent = intentRecordOf(session.connection(), message);
    if (!intent)
        return notFound();
    const bool uncertain = intent->phase == IntentPhase::Uncertain;
    if (settlement == Settlement::CountAsSent) {
        if (!uncertain)
            return wrongPhase();
        setPhase(session, *intent, IntentPhase::CountedAsSent);
        return {};
    }
    if (!uncertain && intent->phase != IntentPhase::Rejected && intent->phase != IntentPhase::Waiting &&
        intent->phase != IntentPhase::Held)
        return wrongPhase();
    setPhase(session, *intent, IntentPhase::Discarded);
    return {};
}

Result<IntentRecord, StoreError> sendAgain(WriteSession &session, MessageRow message,
                                           const NewIntent &again) {
    MessageState state{};
    {
        Statement row(session.connection(),
                      "SELECT state FROM messages WHERE id = ? AND conversation = ? AND direction = 1",
                      message.value, again.conversation.value);
        if (!row.next())
            return failed(notFound());
        state = row.as<MessageState>(0);
    }
    const auto intent = intentRecordOf(session.connection(), message);
    if (intent && intent->phase == IntentPhase::Uncertain)
        setPhase(session, *intent, IntentPhase::Discarded);
    // An event or an earlier click may have settled it since the person looked: then sending it again would
    // text the customer twice.
    else if (state != MessageState::Failed && state != MessageState::Rejected)
        return failed(wrongPhase());
    return writeMessage(session, again, DraftFate::Stays);
}

namespace {

Result<IntentRecord, StoreError> stepped(WriteSession &session, const IntentId &id, IntentPhase to) {
    if (const Status status = step(session, id, IntentPhase::Held, to))
        return failed(*status);
    const auto record = intentRecord(session.connection(), id);
    if (!record)
        return failed(notFound());
    return *record;
}

/// The event id under which it is kept that the API confirmed a cancellation.
constexpr char cancellationId[] = "cancelled";

/// False: that is known already. Should an event tell another end of it all the same, the event is right.
bool reportCancelled(WriteSession &session, MessageRow message, const QDateTime &now) {
    Report report;
    report.eventId = QLatin1String(cancellationId);
    report.status = events::statusText(events::MessageStatus::Cancelled);
    report.atMs = now.toMSecsSinceEpoch();
    report.occurredMs = std::numeric_limits<qint64>::max();
    const bool isNew = session.addReport(message, report);
    if (isNew)
        session.refresh(message);
    return isNew;
}

enum class Ended : quint8 { Now, Before };

/// One that never left is discarded, one that the API holds is cancelled. Everything else may have been sent.
Result<Ended, StoreError> endScheduled(WriteSession &session, MessageRow message, const QDateTime &now) {
    MessageState state{};
    {
        Statement row(session.connection(), "SELECT state FROM messages WHERE id = ? AND direction = 1",
                      message.value);
        if (!row.next())
            return failed(notFound());
        state = row.as<MessageState>(0);
    }
    const auto intent = intentRecordOf(session.connection(), message);
    if (intent && (intent->phase == IntentPhase::Held ||
                   (intent->phase == IntentPhase::Waiting && intent->sendAt.isValid()))) {
        setPhase(session, *intent, IntentPhase::Discarded);
        return Ended::Now;
    }
    if (intent && intent->phase == IntentPhase::Discarded)
        return Ended::Before;
    if (intent && intent->phase != IntentPhase::Accepted)
        return failed(wrongPhase());
    if (state != MessageState::Scheduled && state != MessageState::Queued && state != MessageState::Cancelled)
        return failed(wrongPhase());
    return reportCancelled(session, message, now) ? Ended::Now : Ended::Before;
}

} // namespace

Result<IntentRecord, StoreError> releaseHeld(WriteSession &session, const IntentId &intent) {
    return stepped(session, intent, IntentPhase::Waiting);
}

Result<IntentRecord, StoreError> takeBackHeld(WriteSession &session, const IntentId &intent,
                                              const QDateTime &now) {
    const auto record = stepped(session, intent, IntentPhase::Discarded);
    if (!record)
        return record;
    Statement(session.connection(),
              "INSERT INTO drafts(conversation, text, saved_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
              record->conversation.value, record->text, now.toMSecsSinceEpoch())
        .run();
    return record;
}

Result<IntentRecord, StoreError> replaceScheduled(WriteSession &session, MessageRow message,
                                                  const NewIntent &again) {
    if (session.conversationWith(message) != again.conversation)
        return failed(notFound());
    const auto ended = endScheduled(session, message, again.at);
    if (!ended)
        return failed(ended.error());
    // A second one in its place would reach the customer twice.
    if (*ended == Ended::Before)
        return failed(wrongPhase());
    return writeMessage(session, again, DraftFate::Stays);
}

Status scheduledCancelled(WriteSession &session, MessageRow message, const QDateTime &now) {
    const auto ended = endScheduled(session, message, now);
    return ended ? Status() : ended.error();
}

} // namespace longcode::store
