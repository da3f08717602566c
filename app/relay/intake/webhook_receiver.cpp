#include "relay/intake/webhook_receiver.h"

#include "base/clock.h"
#include "protocol/protocol.h"
#include "relay/operate/counters.h"
#include "relay/log/event_log.h"
#include "relay/operate/journal.h"

namespace longcode::relay {

namespace {

/// Contract 7.2: how far the signed time may be from ours.
constexpr std::chrono::seconds tolerance{300};
/// Longer than any intent of ours: then the address is not ours either, and the parameter means nothing.
constexpr qsizetype longestIntent = 200;
constexpr qint64 secondsBetweenWarnings = 60;

QByteArray bytes(std::string_view text) {
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QString intentOf(const httpd::Request &request) {
    const std::optional<std::string> value = request.queryValue(protocol::intentParameter);
    if (!value)
        return {};
    const QString intent = QString::fromStdString(*value);
    return intent.size() <= longestIntent ? intent : QString();
}

httpd::Response answerTo(Appended outcome) {
    if (outcome == Appended::Failed)
        return {
            .status = 503, .body = "Cannot be stored at the moment.\n", .headers = {{"Retry-After", "5"}}};
    return {.status = 200};
}

void count(Counters &counters, Appended outcome) {
    counters.storeFailing = outcome == Appended::Failed;
    switch (outcome) {
    case Appended::Stored:
        ++counters.stored;
        break;
    case Appended::Duplicate:
        ++counters.duplicates;
        break;
    case Appended::Failed:
        ++counters.storeFailures;
        break;
    }
}

} // namespace

WebhookReceiver::WebhookReceiver(QList<events::PublicKey> keys, EventLog &log, const Clock &clock,
                                 const Journal &journal, Counters &counters)
    : m_keys(std::move(keys)), m_log(log), m_clock(clock), m_journal(journal), m_counters(counters) {}

void WebhookReceiver::receive(httpd::Request request, const httpd::Responder &respond) {
    if (request.method != "POST")
        return respond(
            {.status = 405, .body = "Webhooks are sent with POST.\n", .headers = {{"Allow", "POST"}}});
    IncomingEvent event{.id = {},
                        .receivedAt = m_clock.now(),
                        .intent = intentOf(request),
                        .signature = bytes(request.header("telnyx-signature-ed25519")),
                        .timestamp = bytes(request.header("telnyx-timestamp")),
                        .body = bytes(request.body)};
    if (!isSigned(event.signature, event.timestamp, event.body)) {
        ++m_counters.badSignatures;
        warnOfBadSignature();
        return respond({.status = 403, .body = "The signature is missing, wrong or too old.\n"});
    }
    const auto id = events::eventId(event.body);
    if (!id) {
        ++m_counters.badBodies;
        m_journal.write(Level::Warning,
                        QStringLiteral("A signed webhook was not a JSON object; refused with 400."));
        return respond({.status = 400, .body = "The body is not a JSON object.\n"});
    }
    event.id = *id;
    m_log.append(std::move(event), [respond, &counters = m_counters](Appended outcome) {
        count(counters, outcome);
        respond(answerTo(outcome));
    });
}

bool WebhookReceiver::isSigned(const QByteArray &signature, const QByteArray &timestamp,
                               const QByteArray &body) const {
    const QDateTime now = m_clock.now();
    return std::any_of(m_keys.begin(), m_keys.end(), [&](const events::PublicKey &key) {
        return events::verifySignature(key, signature, timestamp, body, now, tolerance) ==
               events::SignatureVerdict::Good;
    });
}

/// Anybody can send forgeries: a line for each would fill the disk.
void WebhookReceiver::warnOfBadSignature() {
    const QDateTime now = m_clock.now();
    if (m_lastWarning.isValid() && m_lastWarning.secsTo(now) < secondsBetweenWarnings)
        return;
    m_lastWarning = now;
    m_journal.write(
        Level::Warning,
        QStringLiteral("Refused a webhook with a missing, wrong or old signature (%1 since the start). If "
                       "they come from Telnyx, check the public key and this machine's clock.")
            .arg(m_counters.badSignatures.load()));
}

} // namespace longcode::relay
