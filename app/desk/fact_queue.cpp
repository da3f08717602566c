#include "desk/fact_queue.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/random_token.h"
#include "store/reader.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace longcode::desk {

FactQueue::FactQueue(store::Store &store, store::Reader &reader, const Clock &clock,
                     std::chrono::milliseconds busyPause, QObject *parent)
    : QObject(parent), m_store(store), m_reader(reader), m_clock(clock) {
    m_busy.setSingleShot(true);
    m_busy.setInterval(busyPause);
    connect(&m_busy, &QTimer::timeout, this, &FactQueue::pump);
    connect(&m_store, &store::Store::changed, this, [this](const store::Changes &changes) {
        if (changes.outgoingChanged)
            loadSoon();
    });
    m_loading.setSingleShot(true);
    m_loading.setInterval(loadPause);
    connect(&m_loading, &QTimer::timeout, this, [this] {
        if (m_mustLoad)
            loadSoon();
    });
    load();
}

void FactQueue::add(const protocol::Fact &fact, store::ConversationId conversation) {
    const store::NewFact wanted{.id = QString::fromLatin1(randomToken<4>()),
                                .fact = fact,
                                .conversation = conversation,
                                .at = m_clock.now()};
    whenFinished(m_store.queueFact(wanted), this,
                 [this, fact](const Result<store::Changes, store::StoreError> &written) {
                     if (!written)
                         Q_EMIT refused(fact, store::sentence(written.error()));
                 });
}

FactQueue::Known FactQueue::knownOf(const store::OutgoingFact &fact) {
    const auto decoded = protocol::decodeFact(fact.body);
    if (!decoded)
        return {};
    return std::visit(
        [](const auto &value) -> Known {
            if constexpr (requires { value.parties; })
                return {value.parties.peer + QChar(0x1F) + value.parties.own, {}};
            else if constexpr (std::is_same_v<std::decay_t<decltype(value)>, protocol::CannedReply>)
                return {QStringLiteral("canned:") + value.id, value};
            else if constexpr (requires { value.peer; })
                return {QStringLiteral("contact:") + value.peer, {}};
            else
                return {};
        },
        *decoded);
}

void FactQueue::loadSoon() {
    m_mustLoad = true;
    if (m_loading.isActive())
        return;
    m_loading.start();
    load();
}

void FactQueue::load() {
    m_mustLoad = false;
    m_waiting = m_reader.outgoing();
    const QHash<QString, Known> before = std::exchange(m_known, {});
    int repliesBefore = 0, repliesStill = 0, replies = 0;
    for (const Known &known : before)
        repliesBefore += known.reply ? 1 : 0;
    for (const store::OutgoingFact &fact : std::as_const(m_waiting)) {
        const auto known = before.constFind(fact.id);
        const bool isNew = known == before.cend();
        const Known &now = *m_known.insert(fact.id, isNew ? knownOf(fact) : *known);
        replies += now.reply ? 1 : 0;
        repliesStill += now.reply && !isNew ? 1 : 0;
    }
    m_answered.removeIf([this](const QString &id) { return !m_known.contains(id); });
    pump();
    Q_EMIT changed();
    if (repliesBefore != repliesStill || replies != repliesStill)
        Q_EMIT cannedRepliesChanged();
}

QList<protocol::CannedReply> FactQueue::cannedReplies() const {
    QList<protocol::CannedReply> replies;
    for (const store::OutgoingFact &fact : m_waiting)
        if (const auto &reply = m_known.value(fact.id).reply)
            replies.append(*reply);
    return replies;
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
    QSet<QString> under; // what a fact is under way about
    for (const store::OutgoingFact &fact : std::as_const(m_waiting)) {
        if (m_sent.size() >= inFlight || m_busy.isActive())
            return;
        if (m_answered.contains(fact.id))
            continue;
        const QString about = m_known.value(fact.id).about;
        if (!about.isEmpty()) {
            if (under.contains(about))
                continue;
            under.insert(about);
        }
        if (m_sent.contains(fact.id))
            continue;
        m_sent.insert(fact.id);
        Q_EMIT publish({.id = fact.id, .fact = fact.body});
    }
}

void FactQueue::onPublished(const QString &id) {
    m_sent.remove(id);
    m_answered.insert(id);
    m_store.dropFact(id, store::FactFate::Published);
    pump();
}

void FactQueue::onNotPublished(const protocol::NotPublished &answer) {
    m_sent.remove(answer.id);
    if (answer.code == QLatin1String("busy")) {
        m_busy.start();
        return;
    }
    const auto refusedOne =
        std::find_if(m_waiting.cbegin(), m_waiting.cend(),
                     [&answer](const store::OutgoingFact &fact) { return fact.id == answer.id; });
    const auto decoded = refusedOne == m_waiting.cend()
                             ? Result<protocol::Fact, QString>(protocol::UnknownFact{})
                             : protocol::decodeFact(refusedOne->body);
    const protocol::Fact fact = decoded.value_or(protocol::UnknownFact{});
    m_answered.insert(answer.id);
    m_store.dropFact(answer.id, store::FactFate::Refused);
    const QString why = answer.message.left(300).simplified();
    if (answer.code == QLatin1String("forbidden"))
        Q_EMIT refused(fact, {tr("The relay did not take this, because your role may not do it: %1").arg(why),
                              tr("Ask whoever manages the relay's tokens.")});
    else
        Q_EMIT refused(fact, {tr("The relay did not take this: %1").arg(why),
                              tr("Bring relay and console to the same version, then try again.")});
    pump();
}

} // namespace longcode::desk
