#include "desk/recovery.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/send_verdict.h"
#include "desk/webhook_intent.h"
#include "store/reader.h"
#include "store/store.h"
#include "store/team.h"

#include <algorithm>

namespace longcode::desk {

namespace {

constexpr int readableDays = 10;

bool hasEnded(const events::MessageEvent &event) {
    return event.kind == events::MessageEventKind::Received ||
           (!event.message.to.isEmpty() && events::isTerminal(event.message.to.first().status));
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
    if (lookUps > 0)
        words.append(Recovery::tr("%n messages were looked up one by one.", nullptr, lookUps));
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
            m_lookUps.append({.id = record.id, .webhookUrl = record.webhookUrl, .known = false});
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
    } else if (event.error().kind != NotFound && event.error().kind != BadAnswer) {
        // What stops one stops all: no connection, no right, too many at once.
        m_outcome.troubles.append(
            tr("Looking messages up was stopped: %1").arg(accountFailure(event.error()).what));
        m_lookUps.clear();
    }
    lookUpNext();
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
    m_found.append(
        {.seq = 0, .receivedAt = at, .intent = store::IntentId(intent), .event = std::move(*event)});
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
