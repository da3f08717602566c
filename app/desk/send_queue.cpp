#include "desk/send_queue.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/opt_out_words.h"
#include "desk/send_verdict.h"
#include "phone/phone.h"
#include "protocol/protocol.h"
#include "store/desk_values.h"
#include "store/reader.h"
#include "store/store.h"
#include "telnyx/telnyx.h"

#include <QHostAddress>
#include <QUrlQuery>

namespace longcode::desk {

namespace {

bool isOnThisMachine(const QUrl &url) {
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

constexpr std::chrono::milliseconds longestLook{60'000};
QUrl webhookUrl(const QUrl &base, const store::IntentId &intent) {
    if (base.isEmpty())
        return {};
    QUrl url = base;
    QUrlQuery query(url);
    query.addQueryItem(QLatin1String(protocol::intentParameter), intent.text());
    url.setQuery(query);
    return url;
}

} // namespace

QUrl webhookBase(const QString &relayPublicUrl, const QUrl &apiBase) {
    QUrl url(relayPublicUrl);
    if (relayPublicUrl.isEmpty() || !url.isValid() || url.host().isEmpty())
        return {};
    if (isOnThisMachine(url) && !isOnThisMachine(apiBase))
        return {};
    if (url.path().isEmpty() || url.path() == QLatin1String("/"))
        url.setPath(QLatin1String(protocol::webhookPath));
    return url;
}

SendQueue::SendQueue(store::Store &store, store::Reader &reader, telnyx::Client &client, const Clock &clock,
                     const SendTiming &timing, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_reader(reader)
    , m_client(client)
    , m_clock(clock)
    , m_timing(timing)
    , m_backoff(timing.firstBackoff, timing.longestBackoff)
    , m_holds(store, reader, clock) {
    m_holdTimer.setSingleShot(true);
    m_webhookTimer.setSingleShot(true);
    m_laterTimer.setSingleShot(true);
    connect(&m_laterTimer, &QTimer::timeout, this, &SendQueue::pump);
    connect(&m_holds, &HoldQueue::released, this, &SendQueue::add);
    connect(&m_holds, &HoldQueue::troubleChanged, this, &SendQueue::setTrouble);
    connect(&m_holdTimer, &QTimer::timeout, this, &SendQueue::pump);
    connect(&m_webhookTimer, &QTimer::timeout, this, [this] {
        m_webhookWaitOver = true;
        pump();
    });
}

void SendQueue::start() {
    m_webhookTimer.start(m_timing.webhookPatience);
    for (const store::IntentRecord &intent : m_reader.openIntents())
        if (intent.phase == store::IntentPhase::Sending)
            Q_EMIT handedOver(intent);
    whenFinished(m_store.unansweredBecomeUncertain(), this, [this](const Stored<store::Changes> &result) {
        if (!result) {
            setTrouble(store::sentence(result.error()));
            QTimer::singleShot(m_backoff.next(), this, &SendQueue::start);
            return;
        }
        loadWaiting();
    });
}

void SendQueue::loadWaiting() {
    for (const store::IntentRecord &intent : m_reader.openIntents())
        if (intent.phase == store::IntentPhase::Waiting)
            add(intent);
    m_started = true;
    release();
    m_holds.start();
}

void SendQueue::stop() {
    m_started = false;
    m_holdTimer.stop();
    m_webhookTimer.stop();
    m_laterTimer.stop();
    m_holds.stop();
}

void SendQueue::add(const store::IntentRecord &intent) {
    if (m_known.contains(intent.intent))
        return;
    m_known.insert(intent.intent);
    m_waiting.append(intent);
    pump();
}

void SendQueue::setWebhookBase(const QUrl &base) {
    m_webhookBase = base;
    pump();
}

void SendQueue::accountWorks() {
    if (m_hold == HoldReason::KeyRefused)
        release();
}

void SendQueue::pump() {
    if (!m_started || m_holdTimer.isActive() || (!m_webhookBase && !m_webhookWaitOver))
        return;
    for (qsizetype i = 0; i < m_waiting.size() && m_busy.size() < m_timing.inFlight;) {
        if (m_holdTimer.isActive())
            return;
        if (m_busy.contains(m_waiting.at(i).conversation) || isForLater(m_waiting.at(i))) {
            ++i;
            continue;
        }
        const store::IntentRecord intent = m_waiting.takeAt(i);
        m_busy.insert(intent.conversation);
        handOver(intent);
    }
}

bool SendQueue::isForLater(const store::IntentRecord &intent) {
    const QDateTime now = m_clock.now();
    if (!intent.sendAt.isValid() || isTakenByApi(intent.sendAt, now))
        return false;
    // One that was missed is looked at again too: the clock may be set back.
    const bool missed = isMissed(intent.sendAt, now);
    const std::chrono::milliseconds left(now.msecsTo(intent.sendAt));
    if (!missed && left.count() <= 0)
        return false;
    const std::chrono::milliseconds pause = missed ? longestLook : std::min(left, longestLook);
    if (!m_laterTimer.isActive() || m_laterTimer.remainingTimeAsDuration() > pause)
        m_laterTimer.start(pause);
    return true;
}

bool SendQueue::refusedForOptOut(const store::IntentRecord &intent) {
    static_cast<void>(m_reader.takeError()); // of an earlier read
    const auto conversation = m_reader.conversation(intent.conversation);
    const auto block =
        holdingBlock(m_reader, asBetween(conversation.value_or(store::ConversationRecord()), intent.parties));
    if (const auto error = m_reader.takeError()) {
        waitOn(intent, *error);
        return true;
    }
    if (!block)
        return false;
    const store::ServerError refusal{
        .code = {},
        .title = tr("The customer opted out before this was sent"),
        .detail = block->keyword.isEmpty()
                      ? tr("The opt-out became known while it waited, so nothing was sent.")
                      : tr("The answer “%1” came while it waited, so nothing was sent.").arg(block->keyword)};
    const store::NewSuppressed suppressed{.at = m_clock.now(),
                                          .conversation = intent.conversation,
                                          .intent = intent.intent,
                                          .text = intent.text,
                                          .reason = refusal.title % QStringLiteral(". ") % refusal.detail};
    whenFinished(m_store.intentSuppressed(refusal, suppressed), this,
                 [this, intent](const Stored<store::Changes> &result) {
                     if (!result) {
                         onNotWritten(intent, result.error());
                         return;
                     }
                     if (m_hold == HoldReason::Store)
                         release();
                     finished(intent);
                 });
    return true;
}

void SendQueue::onNotWritten(const store::IntentRecord &intent, const store::StoreError &error) {
    using enum store::StoreErrorKind;
    if (error.kind == WrongPhase || error.kind == NotFound)
        finished(intent); // a person discarded it in the meantime
    else
        waitOn(intent, error);
}

void SendQueue::waitOn(const store::IntentRecord &intent, const store::StoreError &error) {
    m_busy.remove(intent.conversation);
    m_waiting.prepend(intent);
    hold(HoldReason::Store, nextPause(), store::sentence(error));
}

void SendQueue::handOver(const store::IntentRecord &intent) {
    if (refusedForOptOut(intent))
        return;
    whenFinished(m_store.intentHandedOver(intent.intent, m_clock.now()), this,
                 [this, intent](const Stored<store::IntentRecord> &result) {
                     if (result)
                         post(*result);
                     else
                         onNotWritten(intent, result.error());
                 });
}

telnyx::SendRequest SendQueue::requestFor(const store::IntentRecord &intent) const {
    telnyx::SendRequest request;
    request.from = intent.parties.own;
    request.to = intent.parties.peer;
    request.text = intent.text;
    // Whether the API takes it was decided before; without its time it would leave at once.
    if (intent.sendAt.isValid() && intent.sendAt > m_clock.now())
        request.sendAt = intent.sendAt;
    request.webhookUrl = webhookUrl(m_webhookBase.value_or(QUrl()), intent.intent);
    // An alphanumeric sender is only known together with its profile.
    if (phone::fromWire(intent.parties.own).kind() == phone::AddressKind::Alphanumeric)
        for (const store::SenderRecord &sender : m_reader.senders())
            if (sender.address == intent.parties.own)
                request.profile = telnyx::ProfileId(sender.profileId);
    return request;
}

void SendQueue::post(const store::IntentRecord &intent) {
    if (isForLater(intent)) {
        putBack(intent); // the clock went on while it was written down
        return;
    }
    whenFinished(m_client.sendMessage(requestFor(intent)), this,
                 [this, intent](const telnyx::Answer<events::MessageFacts> &answer) {
                     if (answer)
                         onAccepted(intent, *answer);
                     else
                         onError(intent, answer.error());
                 });
}

void SendQueue::onAccepted(const store::IntentRecord &intent, const events::MessageFacts &answer) {
    release();
    Q_EMIT handedOver(intent);
    afterWriting(m_store.intentAccepted(intent.intent, answer, m_clock.now()), intent);
}

void SendQueue::onError(const store::IntentRecord &intent, const telnyx::Error &error) {
    switch (verdictOf(error)) {
    case SendVerdict::Rejected:
        release();
        afterWriting(m_store.intentRejected(intent.intent, refusalOf(error), m_clock.now()), intent);
        return;
    case SendVerdict::Uncertain:
        Q_EMIT handedOver(intent);
        afterWriting(m_store.intentUncertain(intent.intent), intent);
        return;
    case SendVerdict::Unreachable:
        giveBack(intent, HoldReason::Unreachable, nextPause(), accountFailure(error));
        return;
    case SendVerdict::RateLimited:
        giveBack(intent, HoldReason::RateLimited,
                 error.retryAfter ? std::chrono::milliseconds(*error.retryAfter) : nextPause(),
                 accountFailure(error));
        return;
    case SendVerdict::KeyRefused:
        giveBack(intent, HoldReason::KeyRefused, m_timing.keyPause,
                 {accountFailure(error).what, tr("Messages wait here. Check the key in the Telnyx portal and "
                                                 "enter a valid one for this account.")});
        return;
    }
}

void SendQueue::giveBack(const store::IntentRecord &intent, HoldReason reason,
                         std::chrono::milliseconds pause, const Failure &trouble) {
    hold(reason, pause, trouble);
    putBack(intent);
}

void SendQueue::putBack(const store::IntentRecord &intent) {
    whenFinished(m_store.intentReturned(intent.intent), this,
                 [this, intent](const Stored<store::Changes> &result) {
                     m_busy.remove(intent.conversation);
                     if (result)
                         m_waiting.prepend(intent);
                     else if (result.error().kind != store::StoreErrorKind::WrongPhase)
                         // It stays marked as handed over, and becomes uncertain with the next start.
                         setTrouble(store::sentence(result.error()));
                     pump();
                 });
}

template <typename T>
void SendQueue::afterWriting(QFuture<Stored<T>> outcome, const store::IntentRecord &intent) {
    whenFinished(outcome, this, [this, intent](const Stored<T> &result) {
        if (!result && result.error().kind != store::StoreErrorKind::WrongPhase)
            setTrouble(store::sentence(result.error()));
        finished(intent);
    });
}

void SendQueue::finished(const store::IntentRecord &intent) {
    m_known.remove(intent.intent);
    m_busy.remove(intent.conversation);
    pump();
}

std::chrono::milliseconds SendQueue::nextPause() {
    // Several sends that fail together are one failure.
    return m_holdTimer.isActive() ? m_holdTimer.remainingTimeAsDuration() : m_backoff.next();
}

void SendQueue::hold(HoldReason reason, std::chrono::milliseconds pause, const Failure &trouble) {
    // Several answers may tell of the same fault; the longest pause counts.
    if (!m_holdTimer.isActive() || m_holdTimer.remainingTimeAsDuration() < pause) {
        m_hold = reason;
        m_holdTimer.start(pause);
        setTrouble(trouble);
    }
}

void SendQueue::release() {
    m_backoff.reset();
    m_holdTimer.stop();
    m_hold = HoldReason::None;
    setTrouble({});
    pump();
}

void SendQueue::setTrouble(const Failure &trouble) {
    if (trouble == m_trouble)
        return;
    m_trouble = trouble;
    Q_EMIT troubleChanged(trouble);
}

} // namespace longcode::desk
