#include "relay/intake/webhook_receiver.h"

#include "base/clock.h"
#include "events/bounded_json.h"
#include "protocol/protocol.h"
#include "relay/intake/self_test_keys.h"
#include "relay/log/event_log.h"
#include "relay/operate/counters.h"
#include "relay/operate/journal.h"

#include <nlohmann/json.hpp>

namespace longcode::relay {

namespace {

constexpr qint64 secondsBetweenWarnings = 60;
/// base64 of 64 bytes, and some room for other ways to write it.
constexpr qsizetype longestSignature = 128;
constexpr qsizetype longestTimestamp = 12;
constexpr qsizetype longestNonce = 128;

QByteArray bytes(std::string_view text) {
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// Longer than any intent of ours: then the address is not ours either, and the parameter means nothing.
QString intentOf(const httpd::Request &request) {
    const std::optional<std::string> value = request.queryValue(protocol::intentParameter);
    if (!value)
        return {};
    const QString intent = QString::fromStdString(*value);
    return intent.size() <= protocol::maximumIntentLength ? intent : QString();
}

bool isTime(const QByteArray &text) {
    return !text.isEmpty() && text.size() <= longestTimestamp &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

httpd::Response answerTo(Appended outcome) {
    if (outcome == Appended::Failed)
        return {.status = 503,
                .body = "Cannot be stored at the moment.\n",
                .headers = {{"Retry-After", "5"}},
                .proven = true};
    return {.status = 200, .proven = true};
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

qsizetype mostKeys(const Reception &reception) {
    qsizetype most = 1;
    for (const ReceiverAccount &account : reception.accounts)
        most = std::max(most, account.keys.size());
    return most;
}

/// A key that nobody's signature fits, for the work of verifying without the outcome: RFC 8032, 7.1, TEST 1.
const events::PublicKey &nobodysKey() {
    static const events::PublicKey key =
        *events::PublicKey::fromBase64("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    return key;
}

/// The nonce of a self-test; empty: the body is something else.
QByteArray nonceIn(const QByteArray &body) {
    const auto json = events::parseBounded(body, {4096, 8, 100});
    if (!json || !json->is_object())
        return {};
    const auto data = json->find("data");
    if (data == json->end() || !data->is_object())
        return {};
    const auto type = data->find("event_type");
    const auto id = data->find("id");
    if (type == data->end() || *type != selfTestEvent || id == data->end() || !id->is_string())
        return {};
    const QByteArray nonce = QByteArray::fromStdString(id->get_ref<const std::string &>());
    return nonce.size() <= longestNonce ? nonce : QByteArray();
}

} // namespace

/// The parts of a request that the signature is about.
struct WebhookReceiver::Signed {
    QDateTime receivedAt;
    QByteArray signature, timestamp, body;

    /// Headers that cannot be right are replaced by others that are as much work, and wrong.
    [[nodiscard]] bool hasHeaders() const {
        return !signature.isEmpty() && signature.size() <= longestSignature && isTime(timestamp);
    }
    [[nodiscard]] events::SignatureVerdict verify(const events::PublicKey &key,
                                                  std::chrono::seconds tolerance) const {
        if (hasHeaders())
            return events::verifySignature(key, signature, timestamp, body, receivedAt, tolerance);
        const auto wrong = events::verifySignature(
            key, QByteArrayLiteral("-"), QByteArrayLiteral("0000000000"), body, receivedAt, tolerance);
        return wrong == events::SignatureVerdict::Good ? events::SignatureVerdict::BadSignature : wrong;
    }
    /// Positive: the signed time is in the past.
    [[nodiscard]] qint64 age() const { return receivedAt.toSecsSinceEpoch() - timestamp.toLongLong(); }
};

WebhookReceiver::WebhookReceiver(Reception reception, EventLog &log, const Clock &clock,
                                 const Journal &journal, Counters &counters)
    : m_reception(std::move(reception))
    , m_verifications(mostKeys(m_reception))
    , m_log(log)
    , m_clock(clock)
    , m_journal(journal)
    , m_counters(counters) {}

WebhookReceiver::WebhookReceiver(QList<events::PublicKey> keys, EventLog &log, const Clock &clock,
                                 const Journal &journal, Counters &counters)
    : WebhookReceiver(Reception{.accounts = {{{}, std::move(keys)}}}, log, clock, journal, counters) {}

bool WebhookReceiver::isReceiverPath(std::string_view path) {
    constexpr std::string_view base = protocol::webhookPath;
    if (path == base)
        return true;
    return path.size() > base.size() + 1 && path.starts_with(base) && path[base.size()] == '/' &&
           path.find('/', base.size() + 1) == std::string_view::npos;
}

const ReceiverAccount *WebhookReceiver::accountOf(std::string_view path) const {
    constexpr std::size_t base = std::string_view(protocol::webhookPath).size();
    const std::string_view name = path.size() > base ? path.substr(base + 1) : std::string_view();
    const QString wanted = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    for (const ReceiverAccount &account : m_reception.accounts) {
        if (account.name == wanted)
            return &account;
    }
    return nullptr;
}

void WebhookReceiver::receive(httpd::Request request, const httpd::Responder &respond) {
    if (request.method != "POST")
        return respond(
            {.status = 405, .body = "Webhooks are sent with POST.\n", .headers = {{"Allow", "POST"}}});
    const ReceiverAccount *account = accountOf(request.path);
    Signed content{.receivedAt = m_clock.now(),
                   .signature = bytes(request.header("telnyx-signature-ed25519")),
                   .timestamp = bytes(request.header("telnyx-timestamp")),
                   .body = bytes(request.body)};
    switch (const Verdict verdict = judge(account, content)) {
    case Verdict::Good:
        return store(*account, intentOf(request), std::move(content), respond);
    case Verdict::SelfTest:
        return finishSelfTest(content, respond);
    case Verdict::Unsigned:
    case Verdict::Forged:
    case Verdict::OutOfTime:
        return refuse(verdict, account != nullptr, content, respond);
    }
}

WebhookReceiver::Verdict WebhookReceiver::judge(const ReceiverAccount *account, const Signed &request) const {
    bool outOfTime = false;
    for (qsizetype i = 0; i < m_verifications; ++i) {
        const bool real = account && i < account->keys.size();
        const auto verdict = request.verify(real ? account->keys[i] : nobodysKey(), m_reception.tolerance);
        if (real && verdict == events::SignatureVerdict::Good)
            return Verdict::Good;
        outOfTime = outOfTime || (real && verdict == events::SignatureVerdict::OutsideTolerance);
    }
    if (isSelfTest(request))
        return Verdict::SelfTest;
    if (outOfTime)
        return Verdict::OutOfTime;
    return request.hasHeaders() ? Verdict::Forged : Verdict::Unsigned;
}

bool WebhookReceiver::isSelfTest(const Signed &request) const {
    const auto key = m_reception.selfTest ? m_reception.selfTest->current() : std::nullopt;
    return key && request.verify(*key, m_reception.tolerance) == events::SignatureVerdict::Good &&
           !nonceIn(request.body).isEmpty();
}

void WebhookReceiver::finishSelfTest(const Signed &request, const httpd::Responder &respond) {
    ++m_counters.selfTests;
    m_reception.selfTest->arrived(nonceIn(request.body));
    respond({.status = 200, .proven = true});
}

void WebhookReceiver::refuse(Verdict verdict, bool known, const Signed &request,
                             const httpd::Responder &respond) {
    ++m_counters.badSignatures;
    if (!known)
        ++m_counters.unknownAccounts;
    else if (verdict == Verdict::Unsigned)
        ++m_counters.unsignedRequests;
    else if (verdict == Verdict::OutOfTime)
        ++m_counters.outOfTime;
    else
        ++m_counters.forgedRequests;
    const bool hasKey = verdict == Verdict::OutOfTime;
    if (hasKey)
        warnOfClock(request);
    else
        warnOfBadSignature(request.receivedAt);
    // Whoever holds a key is not to be locked out for our clock.
    respond({.status = 403, .body = "The signature is missing, wrong or too old.\n", .failure = !hasKey});
}

void WebhookReceiver::store(const ReceiverAccount &account, QString intent, Signed request,
                            const httpd::Responder &respond) {
    const auto id = events::eventId(request.body);
    if (!id) {
        ++m_counters.badBodies;
        m_journal.write(Level::Warning,
                        QStringLiteral("A signed webhook was not a JSON object; refused with 400."));
        return respond({.status = 400, .body = "The body is not a JSON object.\n", .proven = true});
    }
    m_log.append({.id = *id,
                  .receivedAt = std::move(request.receivedAt),
                  .intent = std::move(intent),
                  .signature = std::move(request.signature),
                  .timestamp = std::move(request.timestamp),
                  .body = std::move(request.body),
                  .account = account.name},
                 [respond, &counters = m_counters](Appended outcome) {
                     count(counters, outcome);
                     respond(answerTo(outcome));
                 });
}

/// Anybody can send forgeries: a line for each would fill the disk.
void WebhookReceiver::warnOfBadSignature(const QDateTime &now) {
    if (m_lastWarning.isValid() && m_lastWarning.secsTo(now) < secondsBetweenWarnings)
        return;
    m_lastWarning = now;
    m_journal.write(
        Level::Warning,
        QStringLiteral(
            "Refused a webhook with a missing or wrong signature, or for an unknown account (%1 since the "
            "start). If they come from Telnyx, check the public key.")
            .arg(m_counters.badSignatures.load()));
}

/// The time is one that somebody with the key has signed: strangers can at most repeat an old one.
void WebhookReceiver::warnOfClock(const Signed &request) {
    if (m_lastClockWarning.isValid() &&
        m_lastClockWarning.secsTo(request.receivedAt) < secondsBetweenWarnings)
        return;
    m_lastClockWarning = request.receivedAt;
    const qint64 age = request.age();
    const QString meaning =
        age > 0 ? QStringLiteral("either this machine's clock is ahead, or somebody repeats an old webhook")
                : QStringLiteral("this machine's clock is behind");
    m_journal.write(
        Level::Warning,
        QStringLiteral("Refused a webhook with a good signature: its time is %1 seconds %2 ours (%3 "
                       "since the start). As a rule %4. Nothing is taken in until the difference is "
                       "below %5 seconds: check the clock.")
            .arg(QString::number(std::abs(age)), age > 0 ? QStringLiteral("before") : QStringLiteral("after"),
                 QString::number(m_counters.outOfTime.load()), meaning,
                 QString::number(m_reception.tolerance.count())));
}

} // namespace longcode::relay
