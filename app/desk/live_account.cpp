#include "desk/live_account.h"

#include "base/when_finished.h"
#include "desk/convert.h"
#include "desk/relay_link.h"
#include "desk/send_verdict.h"
#include "desk/senders.h"
#include "store/reader.h"
#include "store/store.h"
#include "telnyx/telnyx.h"

namespace longcode::desk {

using namespace std::chrono_literals;

namespace {
/// Set: the whole GSM-7 alphabet (D55).
constexpr char alphabetFact[] = "gsm-7-alphabet";
} // namespace

LiveAccount::LiveAccount(AccountFacts facts, store::Store &store, store::Reader &reader,
                         telnyx::Client &client, RelayLink &link, QObject *parent)
    : Account(parent)
    , m_facts(std::move(facts))
    , m_store(store)
    , m_reader(reader)
    , m_client(client)
    , m_link(link)
    , m_backoff(5s, 300s) {
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &LiveAccount::refresh);
    connect(&m_link, &RelayLink::statusChanged, this, &Account::relayChanged);
    connect(&m_store, &store::Store::changed, this, [this](const store::Changes &changes) {
        if (changes.sendersChanged)
            loadSenders();
    });
    loadSenders();
    m_fullAlphabet = !m_reader.fact(QLatin1String(alphabetFact)).isEmpty();
}

RelayStatus LiveAccount::relay() const {
    RelayStatus status = m_link.status();
    if (m_silence && status.condition == RelayCondition::Connected) {
        status.condition = RelayCondition::Silent;
        status.trouble = *m_silence;
    }
    return status;
}

void LiveAccount::setSilence(const std::optional<Failure> &silence) {
    m_silence = silence;
    Q_EMIT relayChanged();
}

void LiveAccount::refresh() {
    if (m_reading)
        return;
    m_reading = true;
    m_retry.stop();
    whenFinished(readSenders(m_client), this, [this](const Result<QList<Sender>, telnyx::Error> &senders) {
        if (senders)
            onRead(*senders);
        else
            onRead(failed(accountFailure(senders.error())));
    });
}

void LiveAccount::onRead(const Result<QList<Sender>, Failure> &senders) {
    m_reading = false;
    if (!senders) {
        m_retry.start(m_backoff.next());
        Q_EMIT refreshFailed(senders.error());
        return;
    }
    m_backoff.reset();
    QList<store::SenderRecord> records;
    for (const Sender &sender : *senders)
        records.append(toStore(sender));
    m_store.replaceSenders(records);
    Q_EMIT refreshed();
}

void LiveAccount::loadSenders() {
    QList<Sender> senders;
    for (const store::SenderRecord &record : m_reader.senders())
        senders.append(toDesk(record));
    if (senders == m_senders)
        return;
    m_senders = senders;
    Q_EMIT sendersChanged();
}

void LiveAccount::setCountsFullAlphabet(bool full) {
    if (full == m_fullAlphabet)
        return;
    m_fullAlphabet = full;
    m_store.setFact(QLatin1String(alphabetFact), full ? QStringLiteral("full") : QString());
    Q_EMIT alphabetChanged();
}

void LiveAccount::reconnectRelay() {
    m_link.reconnect();
}

} // namespace longcode::desk
