#include "desk/inbox_live.h"

#include "base/when_finished.h"
#include "desk/convert.h"
#include "desk/inbox_convert.h"
#include "desk/message_model.h"

#include <algorithm>

namespace longcode::desk {

namespace {

/// One frame. What changes within it is taken over at once.
constexpr std::chrono::milliseconds frame{16};
/// So many conversations are taken over before the event loop has its turn.
constexpr qsizetype conversationsAtOnce = 64;
/// Counts are read no more often.
constexpr std::chrono::milliseconds betweenCounts{100};
/// A clock may be set, a computer may sleep: timers know nothing of it.
constexpr std::chrono::milliseconds longestSleep{60'000};
constexpr std::chrono::milliseconds shortestSleep{20};

} // namespace

LiveInbox::LiveInbox(store::Store &store, store::Reader &reader, const Clock &clock, QObject *parent)
    : Inbox(parent)
    , m_store(store)
    , m_reader(reader)
    , m_clock(clock)
    , m_nowMs(clock.now().toMSecsSinceEpoch())
    , m_conversations(reader, {store::ConversationFilter::Open, {}, {}, m_nowMs})
    , m_counts(reader.counts({}, m_nowMs)) {
    connect(&m_store, &store::Store::changed, this, &LiveInbox::gather, Qt::QueuedConnection);
    for (QTimer *timer : {&m_endTimer, &m_applyTimer, &m_countsTimer})
        timer->setSingleShot(true);
    connect(&m_endTimer, &QTimer::timeout, this, &LiveInbox::lookAtClock);
    connect(&m_applyTimer, &QTimer::timeout, this, &LiveInbox::applySlice);
    connect(&m_countsTimer, &QTimer::timeout, this, &LiveInbox::readCounts);
    // After the constructor: who wants to hear of snoozes that ended while nobody was here listens then.
    m_endTimer.start(0);
}

void LiveInbox::setMe(const QString &name) {
    m_me = name;
    Q_EMIT meChanged(name);
    m_nowMs = m_clock.now().toMSecsSinceEpoch();
    m_conversations.setMoment(name, m_nowMs);
    readCounts();
}

void LiveInbox::lookAtClock() {
    const qint64 before = std::exchange(m_nowMs, m_clock.now().toMSecsSinceEpoch());
    m_conversations.setNow(m_nowMs);
    store::Changes ended;
    ended.conversations = m_reader.claimsEnded(before, m_nowMs);
    // From the beginning of time: those that ended while the console was closed are still written down.
    const QList<store::ConversationId> awake = m_reader.snoozesEnded(0, m_nowMs);
    if (!awake.isEmpty())
        m_store.snooze(awake, {});
    for (const store::ConversationId id : awake)
        if (!ended.conversations.contains(id))
            ended.conversations.append(id);
    gather(ended);
    for (const store::ConversationId id : awake)
        Q_EMIT woke(desk::toDesk(id));
    planNextEnd();
}

bool LiveInbox::isUpToDate() const {
    return m_waiting.isEmpty() && !m_applyTimer.isActive() && !m_countsTimer.isActive();
}

void LiveInbox::planNextEnd() {
    std::chrono::milliseconds wait = longestSleep;
    if (const auto next = m_reader.nextEnd(m_nowMs))
        wait = std::clamp(std::chrono::milliseconds(*next - m_clock.now().toMSecsSinceEpoch()), shortestSleep,
                          longestSleep);
    m_endTimer.start(wait);
}

void LiveInbox::readCounts() {
    if (const auto counts = m_reader.counts(m_conversations.query().me, m_nowMs, m_conversations.query().own);
        counts != m_counts) {
        m_counts = counts;
        Q_EMIT countsChanged();
    }
}

void LiveInbox::setFilter(InboxFilter filter) {
    store::ConversationQuery query = m_conversations.query();
    query.filter = toStore(filter);
    m_conversations.setQuery(query);
}

void LiveInbox::setOwnNumber(const std::optional<phone::Address> &own) {
    store::ConversationQuery query = m_conversations.query();
    query.own = own ? own->wire() : QString();
    m_conversations.setQuery(query);
    readCounts();
}

void LiveInbox::setSearch(const QString &text) {
    store::ConversationQuery query = m_conversations.query();
    query.search = text.trimmed();
    m_conversations.setQuery(query);
}

int LiveInbox::count(InboxFilter filter) const {
    switch (filter) {
    case InboxFilter::Open:
        return m_counts.open;
    case InboxFilter::Unread:
        return m_counts.unread;
    case InboxFilter::Failed:
        return m_counts.failed;
    case InboxFilter::Mine:
        return m_counts.mine;
    case InboxFilter::Unassigned:
        return m_counts.unassigned;
    case InboxFilter::Closed:
        return m_counts.closed;
    case InboxFilter::Waiting:
        return m_counts.waiting;
    case InboxFilter::Scheduled:
        return m_counts.scheduled;
    case InboxFilter::OptedOut:
        return m_counts.optedOut;
    case InboxFilter::Snoozed:
        return m_counts.snoozed;
    }
    return 0;
}

std::optional<Conversation> LiveInbox::conversation(ConversationId id) const {
    return m_conversations.conversation(toStore(id));
}

std::unique_ptr<MessageWindow> LiveInbox::openMessages(ConversationId id) {
    return watched(std::make_unique<MessageModel>(m_reader, toStore(id)));
}

std::unique_ptr<MessageWindow> LiveInbox::openMessagesAt(ConversationId id, MessageRow around) {
    return watched(std::make_unique<MessageModel>(m_reader, toStore(id), toStore(around)));
}

std::unique_ptr<MessageWindow> LiveInbox::watched(std::unique_ptr<MessageModel> model) {
    model->setMe(m_me);
    connect(this, &LiveInbox::meChanged, model.get(), &MessageModel::setMe);
    connect(this, &LiveInbox::changesCame, model.get(), &MessageModel::apply);
    return model;
}

MessageRow LiveInbox::firstUnread(ConversationId id) const {
    return desk::toDesk(m_reader.firstUnread(toStore(id)));
}

MessageRow LiveInbox::firstSince(ConversationId id, const QDateTime &moment) const {
    if (const auto position = m_reader.firstSince(toStore(id), moment.toMSecsSinceEpoch()))
        return desk::toDesk(position->row);
    const auto newest = m_reader.newest(toStore(id), 1);
    return newest.isEmpty() ? MessageRow() : desk::toDesk(newest.constFirst().row);
}

MessageRow LiveInbox::readPosition(ConversationId id) const {
    return desk::toDesk(m_reader.readPosition(toStore(id)));
}

void LiveInbox::keepReadPosition(ConversationId id, MessageRow message) {
    m_store.keepReadPosition(toStore(id), toStore(message));
}

void LiveInbox::markRead(ConversationId id) {
    const auto shown = conversation(id);
    if (shown && shown->markedUnread)
        m_store.markAllRead({toStore(id)});
    if (!shown || shown->unread == 0)
        return;
    const auto newest = m_reader.newestUnread(toStore(id));
    const auto message = newest.isValid() ? m_reader.message(newest) : std::nullopt;
    if (!message)
        return;
    m_store.markRead(toStore(id), newest);
    Q_EMIT readHere(toStore(id), message->at);
}

QFuture<Result<ConversationId, Failure>> LiveInbox::begin(const phone::Address &peer,
                                                          const phone::Address &own) {
    return mapped<Result<ConversationId, Failure>>(
        m_store.begin({peer.wire(), own.wire()}, m_clock.now()), this,
        [](const Result<store::ConversationId, store::StoreError> &begun) -> Result<ConversationId, Failure> {
            if (!begun)
                return failed(store::sentence(begun.error()));
            return toDesk(*begun);
        });
}

void LiveInbox::rename(ConversationId id, const QString &name) {
    m_store.rename(toStore(id), name);
    if (const auto shown = m_reader.conversation(toStore(id)))
        Q_EMIT namedHere(shown->parties.peer, name.simplified());
}

void LiveInbox::gather(const store::Changes &changes) {
    const auto messagesOf = [this](store::ConversationId id) -> QList<store::MessageChange> & {
        if (!m_waitingMessages.contains(id))
            m_waiting.append(id);
        return m_waitingMessages[id];
    };
    for (const store::ConversationId id : changes.conversations)
        messagesOf(id);
    for (const store::MessageChange &change : changes.messages) {
        messagesOf(change.conversation).append(change);
        if (changes.arrival == store::Arrival::Live && change.kind == store::ChangeKind::Inserted &&
            change.direction == store::Direction::Inbound)
            m_arrived.append(change);
    }
    m_sendersWait = m_sendersWait || changes.sendersChanged;
    if (!m_applyTimer.isActive() && (!m_waiting.isEmpty() || m_sendersWait))
        m_applyTimer.start(m_lastApplied.isValid() && !m_lastApplied.hasExpired(frame.count()) ? frame
                                                                                               : frame * 0);
}

/// Some of what waits; all of it when that is so much that the list is read anew.
store::Changes LiveInbox::takeSlice() {
    store::Changes slice;
    slice.sendersChanged = std::exchange(m_sendersWait, false);
    const qsizetype count =
        m_waiting.size() > ConversationModel::manyChanges ? m_waiting.size() : conversationsAtOnce;
    slice.conversations = m_waiting.mid(0, count);
    m_waiting.remove(0, slice.conversations.size());
    for (const store::ConversationId id : std::as_const(slice.conversations))
        slice.messages += m_waitingMessages.take(id);
    return slice;
}

void LiveInbox::applySlice() {
    m_lastApplied.start();
    apply(takeSlice());
    if (!m_waiting.isEmpty())
        m_applyTimer.start(0);
}

void LiveInbox::apply(const store::Changes &changes) {
    Q_EMIT changesCame(changes);
    m_conversations.apply(changes);
    for (const store::ConversationId id : changes.conversations)
        Q_EMIT conversationChanged(desk::toDesk(id));
    if (!m_countsTimer.isActive())
        m_countsTimer.start(betweenCounts);
    // A snooze or claim that was just written may be the next to end.
    if (!changes.conversations.isEmpty())
        planNextEnd();
    const QSet<store::ConversationId> shown(changes.conversations.cbegin(), changes.conversations.cend());
    const QList<store::MessageChange> arrived = std::exchange(m_arrived, {});
    for (const store::MessageChange &change : arrived) {
        if (shown.contains(change.conversation))
            Q_EMIT received(desk::toDesk(change.conversation), desk::toDesk(change.row));
        else
            m_arrived.append(change);
    }
}

} // namespace longcode::desk
