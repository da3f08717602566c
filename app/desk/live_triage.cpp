#include "desk/live_triage.h"

#include "base/when_finished.h"
#include "desk/convert.h"
#include "store/reader.h"

namespace longcode::desk {

namespace {

/// So many conversations are looked at before the event loop has its turn.
constexpr int looksAtATime = 50;

QList<store::ConversationId> toStore(const QList<ConversationId> &ids) {
    QList<store::ConversationId> rows;
    rows.reserve(ids.size());
    for (const ConversationId id : ids)
        rows.append(desk::toStore(id));
    return rows;
}

} // namespace

LiveTriage::LiveTriage(store::Store &store, store::Reader &reader, Team &team, const Clock &clock,
                       QObject *parent)
    : Triage(parent), m_store(store), m_reader(reader), m_team(team), m_clock(clock) {
    for (QTimer *timer : {&m_closing, &m_sharing}) {
        timer->setSingleShot(true);
        timer->setInterval(0);
    }
    connect(&m_closing, &QTimer::timeout, this, &LiveTriage::closeSome);
    connect(&m_sharing, &QTimer::timeout, this, &LiveTriage::shareSome);
}

void LiveTriage::watch(const QFuture<Result<store::Changes, store::StoreError>> &outcome) {
    whenFinished(outcome, this, [this](const Result<store::Changes, store::StoreError> &written) {
        if (!written)
            Q_EMIT failed(store::sentence(written.error()));
    });
}

void LiveTriage::setPinned(const QList<ConversationId> &ids, bool pinned) {
    if (!ids.isEmpty())
        watch(m_store.setPinned(toStore(ids), pinned, m_clock.now()));
}

void LiveTriage::snooze(const QList<ConversationId> &ids, const QDateTime &until) {
    const bool lies = until.isValid() && until > m_clock.now();
    if (!ids.isEmpty())
        watch(m_store.snooze(toStore(ids), lies ? until.toUTC() : QDateTime()));
}

void LiveTriage::markUnread(const QList<ConversationId> &ids) {
    if (!ids.isEmpty())
        watch(m_store.markUnread(toStore(ids)));
}

void LiveTriage::markRead(const QList<ConversationId> &ids) {
    if (ids.isEmpty())
        return;
    watch(m_store.markAllRead(toStore(ids)));
    if (!m_team.isTeam())
        return;
    m_toShare += ids;
    m_sharing.start();
}

/// Colleagues hear up to which of the customer's messages everything is read.
void LiveTriage::shareSome() {
    for (int i = 0; i < looksAtATime && !m_toShare.isEmpty(); ++i) {
        const store::ConversationId id = desk::toStore(m_toShare.takeFirst());
        const auto newest = m_reader.newest(id, 1);
        if (!newest.isEmpty())
            Q_EMIT readHere(id, newest.constFirst().at);
    }
    if (!m_toShare.isEmpty())
        m_sharing.start();
}

void LiveTriage::setClosed(const QList<ConversationId> &ids, bool closed) {
    for (const ConversationId id : ids)
        m_toClose.append({id, closed});
    // The first at once: closing one conversation must not wait for the event loop.
    closeSome();
}

void LiveTriage::closeSome() {
    for (int i = 0; i < looksAtATime && !m_toClose.isEmpty(); ++i) {
        const auto [id, closed] = m_toClose.takeFirst();
        m_team.setClosed(id, closed);
    }
    if (!m_toClose.isEmpty())
        m_closing.start();
}

} // namespace longcode::desk
