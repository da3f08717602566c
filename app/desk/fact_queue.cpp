#include "desk/fact_queue.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/random_token.h"
#include "store/reader.h"

namespace longcode::desk {

FactQueue::FactQueue(store::Store &store, store::Reader &reader, const Clock &clock,
                     std::chrono::milliseconds busyPause, QObject *parent)
    : QObject(parent), m_store(store), m_reader(reader), m_clock(clock), m_waiting(reader.outgoing()) {
    m_busy.setSingleShot(true);
    m_busy.setInterval(busyPause);
    connect(&m_busy, &QTimer::timeout, this, &FactQueue::pump);
    connect(&m_store, &store::Store::changed, this, [this](const store::Changes &changes) {
        if (changes.outgoingChanged)
            load();
    });
}

void FactQueue::add(const protocol::Fact &fact, store::ConversationId conversation) {
    const store::NewFact wanted{.id = QString::fromLatin1(randomToken<4>()),
                                .fact = fact,
                                .conversation = conversation,
                                .at = m_clock.now()};
    whenFinished(m_store.queueFact(wanted), this,
                 [this](const Result<store::Changes, store::StoreError> &written) {
                     if (!written)
                         Q_EMIT refused(store::sentence(written.error()));
                 });
}

void FactQueue::load() {
    m_waiting = m_reader.outgoing();
    pump();
    Q_EMIT changed();
}

void FactQueue::open() {
    m_open = true;
    m_sent.clear();
    m_answered.clear();
    m_busy.stop();
    pump();
}

void FactQueue::close() {
    m_open = false;
    m_busy.stop();
}

void FactQueue::pump() {
    if (!m_open || m_busy.isActive())
        return;
    for (const store::OutgoingFact &fact : std::as_const(m_waiting)) {
        if (m_sent.size() >= inFlight)
            return;
        if (m_sent.contains(fact.id) || m_answered.contains(fact.id))
            continue;
        m_sent.insert(fact.id);
        Q_EMIT publish({.id = fact.id, .fact = fact.body});
    }
}

void FactQueue::onPublished(const QString &id) {
    m_sent.remove(id);
    m_answered.insert(id);
    m_store.dropFact(id, store::FactFate::Published);
}

void FactQueue::onNotPublished(const protocol::NotPublished &answer) {
    m_sent.remove(answer.id);
    if (answer.code == QLatin1String("busy")) {
        m_busy.start();
        return;
    }
    m_answered.insert(answer.id);
    m_store.dropFact(answer.id, store::FactFate::Refused);
    const QString why = answer.message.left(300).simplified();
    if (answer.code == QLatin1String("forbidden"))
        Q_EMIT refused({tr("The relay did not take this, because your role may not do it: %1").arg(why),
                        tr("Ask whoever manages the relay's tokens.")});
    else
        Q_EMIT refused({tr("The relay did not take this: %1").arg(why),
                        tr("Bring relay and console to the same version, then try again.")});
}

} // namespace longcode::desk
