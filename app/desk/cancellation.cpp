#include "desk/cancellation.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/send_verdict.h"
#include "desk/webhook_intent.h"
#include "store/store.h"

namespace longcode::desk {

namespace {

events::MessageStatus statusOf(const events::MessageFacts &facts) {
    return facts.to.isEmpty() ? events::MessageStatus::Unknown : facts.to.first().status;
}

QString wordsOf(const telnyx::Error &error) {
    const store::ServerError words = refusalOf(error);
    return words.detail.isEmpty() ? words.title : words.detail;
}

} // namespace

std::optional<store::LoggedEvent> readBack(const QByteArray &event, const QDateTime &now) {
    auto parsed = events::parseEvent(event);
    if (!parsed || !std::holds_alternative<events::MessageEvent>(parsed->body))
        return std::nullopt;
    store::LoggedEvent logged;
    logged.receivedAt = parsed->occurredAt.value_or(now);
    logged.intent = store::IntentId(webhookIntentIn(event));
    logged.event = *std::move(parsed);
    logged.body = event;
    logged.source = QStringLiteral("answer");
    return logged;
}

Cancellation::Cancellation(telnyx::Client &client, store::Store &store, const Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_store(store), m_clock(clock) {
    m_promise.start();
}

QFuture<CancelOutcome> Cancellation::start(const events::MessageId &id) {
    m_id = id;
    whenFinished(m_client.cancelScheduled(id), this,
                 [this](const telnyx::Answer<events::MessageFacts> &answer) { onDeleted(answer); });
    return m_promise.future();
}

void Cancellation::onDeleted(const telnyx::Answer<events::MessageFacts> &answer) {
    if (answer && statusOf(*answer) == events::MessageStatus::Cancelled) {
        finish({.end = CancelEnd::Cancelled, .sentence = {}});
        return;
    }
    if (!answer && !answer.error().mayHaveReachedServer) {
        const Failure why = accountFailure(answer.error());
        finish({.end = CancelEnd::Waits,
                .sentence = {tr("It was not cancelled: %1").arg(why.what),
                             tr("It will be sent at its time unless you cancel it before. Try again.")}});
        return;
    }
    if (!answer)
        m_refusal = wordsOf(answer.error());
    // A refusal may mean that it was cancelled before, that it has left, or that it is too late: ask.
    whenFinished(m_client.messageAsEvent(m_id), this,
                 [this](const telnyx::Answer<QByteArray> &looked) { onLookedUp(looked); });
}

void Cancellation::onLookedUp(const telnyx::Answer<QByteArray> &answer) {
    const auto logged = answer ? readBack(*answer, m_clock.now()) : std::nullopt;
    if (!logged) {
        const QString why = answer ? tr("its answer cannot be used") : accountFailure(answer.error()).what;
        finish({.end = CancelEnd::Unknown,
                .sentence = {
                    tr("Whether it was cancelled is not known: Telnyx could not be asked (%1).").arg(why),
                    tr("Try again. Until it is certain, count on it being sent.")}});
        return;
    }
    const CancelOutcome outcome = judged(std::get<events::MessageEvent>(logged->event.body).message);
    whenFinished(m_store.applyRecovered({*logged}), this,
                 [this, outcome](const Result<store::Changes, store::StoreError> &) { finish(outcome); });
}

CancelOutcome Cancellation::judged(const events::MessageFacts &facts) const {
    switch (statusOf(facts)) {
    case events::MessageStatus::Cancelled:
        return {.end = CancelEnd::Cancelled, .sentence = {}};
    case events::MessageStatus::Scheduled:
    case events::MessageStatus::Unknown:
        return {.end = CancelEnd::Waits,
                .sentence = {m_refusal.isEmpty() ? tr("Telnyx did not cancel it; it is still scheduled.")
                                                 : tr("Telnyx did not cancel it: %1").arg(m_refusal),
                             tr("Try again while there is more than a minute left before its time.")}};
    default:
        break;
    }
    return {.end = CancelEnd::Left,
            .sentence = {tr("It was too late to cancel: the text has left already."),
                         tr("Its state in the conversation shows what became of it.")}};
}

void Cancellation::finish(const CancelOutcome &outcome) {
    m_promise.addResult(outcome);
    m_promise.finish();
    deleteLater();
}

} // namespace longcode::desk
