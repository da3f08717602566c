#include "desk/recovery.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/send_verdict.h"
#include "desk/webhook_intent.h"
#include "store/reader.h"
#include "store/store.h"
#include "store/team.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace longcode::desk {

namespace {

constexpr int readableDays = 10;

bool hasEnded(const events::MessageEvent &event) {
    return event.kind == events::MessageEventKind::Received ||
           (!event.message.to.isEmpty() && events::isTerminal(event.message.to.first().status));
}

/// The webhook that the record's message would have had, with a sentence where its text was.
QByteArray eventOfRecord(const telnyx::DetailRecord &record) {
    const events::MessageStatus status = events::statusFromText(record.status);
    const QString type = record.inbound               ? QStringLiteral("message.received")
                         : events::isTerminal(status) ? QStringLiteral("message.finalized")
                                                      : QStringLiteral("message.sent");
    const QString at = record.at->toUTC().toString(Qt::ISODateWithMs);
    QJsonObject payload{
        {QStringLiteral("record_type"), QStringLiteral("message")},
        {QStringLiteral("id"), record.id.text()},
        {QStringLiteral("direction"),
         record.inbound ? QStringLiteral("inbound") : QStringLiteral("outbound")},
        {QStringLiteral("type"), QStringLiteral("SMS")},
        {QStringLiteral("from"), QJsonObject{{QStringLiteral("phone_number"), record.from}}},
        {QStringLiteral("to"), QJsonArray{QJsonObject{{QStringLiteral("phone_number"), record.to},
                                                      {QStringLiteral("status"), record.status}}}},
        {QStringLiteral("text"), Recovery::tr("Text no longer available from Telnyx")},
        {QStringLiteral("received_at"), at},
        {QStringLiteral("webhook_url"), record.webhookUrl.toString(QUrl::FullyEncoded)}};
    if (!record.inbound)
        payload.insert(QStringLiteral("sent_at"), at);
    if (record.parts > 0)
        payload.insert(QStringLiteral("parts"), record.parts);
    if (record.cost)
        payload.insert(QStringLiteral("cost"),
                       QJsonObject{{QStringLiteral("amount"), record.cost->amount},
                                   {QStringLiteral("currency"), record.cost->currency}});
    QJsonArray errors;
    for (const QString &error : record.errors)
        errors.append(QJsonObject{{QStringLiteral("code"), error}, {QStringLiteral("title"), error}});
    payload.insert(QStringLiteral("errors"), errors);
    const QJsonObject data{
        {QStringLiteral("record_type"), QStringLiteral("event")},
        {QStringLiteral("id"),
         QStringLiteral("record:%1:%2").arg(record.id.text(), record.status.toLower().left(40))},
        {QStringLiteral("event_type"), type},
        {QStringLiteral("occurred_at"), at},
        {QStringLiteral("payload"), payload}};
    return QJsonDocument(QJsonObject{{QStringLiteral("data"), data}}).toJson(QJsonDocument::Compact);
}

} // namespace

QString RecoveryOutcome::inWords() const {
    QStringList words;
    const int found = static_cast<int>(events.size());
    words.append(found == 0 ? Recovery::tr("Nothing was missing.")
                            : Recovery::tr("%n missing reports were found and applied.", nullptr, found));
    if (deliveries > 0 && messageDeliveries == 0)
        words.append(
            Recovery::tr("Telnyx's list of webhook deliveries has %n entries for this time, none of them "
                         "about messages.",
                         nullptr, deliveries));
    else if (messageDeliveries > 0)
        words.append(
            Recovery::tr("%n webhook deliveries about messages were read.", nullptr, messageDeliveries));
    else if (deliveriesRead)
        words.append(Recovery::tr("Telnyx's list of webhook deliveries was asked first; it has none for this "
                                  "time."));
    if (lookUps > 0)
        words.append(Recovery::tr("%n messages were looked up one by one.", nullptr, lookUps));
    if (withoutText > 0)
        words.append(
            Recovery::tr("%n messages are older than Telnyx reads back: they are shown without their "
                         "text.",
                         nullptr, withoutText));
    if (moreLeft)
        words.append(Recovery::tr("There are more to look up: start it again for the rest."));
    words.append(troubles);
    return words.join(QLatin1Char(' '));
}

Recovery::Recovery(telnyx::Client &client, store::Store &store, store::Reader &reader, const Clock &clock,
                   QObject *parent)
    : QObject(parent), m_client(client), m_store(store), m_reader(reader), m_clock(clock) {
    m_promise.start();
}

QFuture<Result<RecoveryOutcome, Failure>> Recovery::start(const telnyx::Period &period) {
    m_period = period;
    whenFinished(m_client.webhookDeliveries(period), this,
                 [this](const telnyx::Answer<QList<telnyx::WebhookDelivery>> &deliveries) {
                     onDeliveries(deliveries);
                 });
    return m_promise.future();
}

void Recovery::onDeliveries(const telnyx::Answer<QList<telnyx::WebhookDelivery>> &deliveries) {
    if (!deliveries) {
        m_outcome.troubles.append(tr("The list of webhook deliveries could not be read: %1")
                                      .arg(accountFailure(deliveries.error()).what));
    } else {
        m_outcome.deliveriesRead = true;
        m_outcome.deliveries = static_cast<int>(deliveries->size());
        for (const telnyx::WebhookDelivery &delivery : *deliveries) {
            if (!delivery.eventType.startsWith(QLatin1String("message.")))
                continue;
            ++m_outcome.messageDeliveries;
            take(QStringLiteral("webhook_deliveries"), withWebhookUrl(delivery.body, delivery.url),
                 webhookIntent(delivery.url), false);
        }
    }
    whenFinished(m_client.messageDetailRecords(m_period), this,
                 [this](const telnyx::Answer<QList<telnyx::DetailRecord>> &records) { onRecords(records); });
}

void Recovery::onRecords(const telnyx::Answer<QList<telnyx::DetailRecord>> &records) {
    if (!records) {
        m_outcome.troubles.append(
            tr("The detail records could not be read: %1").arg(accountFailure(records.error()).what));
        if (m_outcome.troubles.size() == 2) {
            finish(failed(Failure{m_outcome.troubles.join(QLatin1Char(' ')),
                                  tr("Check the connection and the API key, then try again.")}));
            return;
        }
    }
    planLookUps(records ? *records : QList<telnyx::DetailRecord>());
    lookUpNext();
}

void Recovery::planLookUps(const QList<telnyx::DetailRecord> &records) {
    QSet<QString> found;
    for (const store::LoggedEvent &logged : std::as_const(m_found))
        if (const auto *event = std::get_if<events::MessageEvent>(&logged.event.body))
            found.insert(event->message.id.text());
    for (const telnyx::DetailRecord &record : records)
        if (!record.id.isEmpty() && !found.contains(record.id.text()) &&
            (!m_reader.knowsMessage(record.id) || isUncertain(webhookIntent(record.webhookUrl)))) {
            found.insert(record.id.text());
            m_lookUps.append(
                {.id = record.id, .webhookUrl = record.webhookUrl, .known = false, .record = record});
        }
    const QDateTime oldest = m_clock.now().addDays(-readableDays);
    for (const store::UnfinishedRecord &message : m_reader.unfinished(oldest, mostLookUps + 1))
        if (!found.contains(message.telnyxId.text()))
            m_lookUps.append({.id = message.telnyxId, .webhookUrl = {}, .known = true});
    m_outcome.moreLeft = m_lookUps.size() > mostLookUps;
    if (m_outcome.moreLeft)
        m_lookUps.resize(mostLookUps);
}

void Recovery::lookUpNext() {
    if (m_lookUps.isEmpty()) {
        apply();
        return;
    }
    const LookUp next = m_lookUps.takeFirst();
    ++m_outcome.lookUps;
    whenFinished(m_client.messageAsEvent(next.id), this,
                 [this, next](const telnyx::Answer<QByteArray> &event) { onMessage(next, event); });
}

void Recovery::onMessage(const LookUp &lookUp, const telnyx::Answer<QByteArray> &event) {
    using enum telnyx::ErrorKind;
    if (event) {
        const QByteArray body = withWebhookUrl(*event, lookUp.webhookUrl);
        take(QStringLiteral("detail_records"), body, webhookIntentIn(body), lookUp.known);
    } else if (event.error().kind == NotFound) {
        takeRecord(lookUp.record);
    } else if (event.error().kind != BadAnswer) {
        // What stops one stops all: no connection, no right, too many at once.
        m_outcome.troubles.append(
            tr("Looking messages up was stopped: %1").arg(accountFailure(event.error()).what));
        m_lookUps.clear();
    }
    lookUpNext();
}

/// Enough is known of it to be a row between the others.
void Recovery::takeRecord(const telnyx::DetailRecord &record) {
    if (record.id.isEmpty() || record.from.isEmpty() || record.to.isEmpty() || !record.at ||
        m_reader.knowsMessage(record.id))
        return;
    const qsizetype before = m_found.size();
    take(QStringLiteral("detail_records"), eventOfRecord(record), webhookIntent(record.webhookUrl), false);
    m_outcome.withoutText += static_cast<int>(m_found.size() - before);
}

bool Recovery::isUncertain(const QString &intent) const {
    const auto written = intent.isEmpty() ? std::nullopt : m_reader.intent(store::IntentId(intent));
    return written && written->phase == store::IntentPhase::Uncertain;
}

void Recovery::take(const QString &source, const QByteArray &body, const QString &intent, bool onlyIfEnded) {
    auto event = events::parseEvent(body);
    const auto *message = event ? std::get_if<events::MessageEvent>(&event->body) : nullptr;
    if (!message || m_taken.contains(event->id.text()) || (onlyIfEnded && !hasEnded(*message)) ||
        (m_reader.knowsEvent(message->message.id, event->id) && !isUncertain(intent)))
        return;
    m_taken.insert(event->id.text());
    m_outcome.events.append({.source = source, .body = body});
    const QDateTime at = event->occurredAt.value_or(m_clock.now());
    store::LoggedEvent found{
        .seq = 0, .receivedAt = at, .intent = store::IntentId(intent), .event = std::move(*event)};
    found.body = body;
    found.source = source;
    m_found.append(std::move(found));
}

void Recovery::apply() {
    if (m_found.isEmpty()) {
        finish(m_outcome);
        return;
    }
    whenFinished(m_store.applyRecovered(m_found), this,
                 [this](const Result<store::Changes, store::StoreError> &applied) {
                     if (applied)
                         finish(m_outcome);
                     else
                         finish(failed(store::sentence(applied.error())));
                 });
}

void Recovery::finish(Result<RecoveryOutcome, Failure> outcome) {
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
    deleteLater();
}

} // namespace longcode::desk
