#include "desk/inbox_live.h"

#include "base/when_finished.h"
#include "desk/convert.h"
#include "desk/inbox_convert.h"
#include "desk/message_model.h"

namespace longcode::desk {

LiveInbox::LiveInbox(store::Store &store, store::Reader &reader, const Clock &clock, QObject *parent)
    : Inbox(parent)
    , m_store(store)
    , m_reader(reader)
    , m_clock(clock)
    , m_conversations(reader)
    , m_counts(reader.counts()) {
    connect(&m_store, &store::Store::changed, this, &LiveInbox::apply, Qt::QueuedConnection);
    connect(&m_claimsTimer, &QTimer::timeout, this, &LiveInbox::endClaims);
    m_claimsTimer.start(std::chrono::seconds(10));
    setMe({});
}

void LiveInbox::setMe(const QString &name) {
    m_me = name;
    Q_EMIT meChanged(name);
    m_nowMs = m_clock.now().toMSecsSinceEpoch();
    m_conversations.setMoment(name, m_nowMs);
    readCounts();
}

void LiveInbox::endClaims() {
    const qint64 before = std::exchange(m_nowMs, m_clock.now().toMSecsSinceEpoch());
    m_conversations.setNow(m_nowMs);
    store::Changes ended;
    ended.conversations = m_reader.claimsEnded(before, m_nowMs);
    if (!ended.conversations.isEmpty())
        apply(ended);
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
    auto model = std::make_unique<MessageModel>(m_reader, toStore(id));
    model->setMe(m_me);
    connect(this, &LiveInbox::meChanged, model.get(), &MessageModel::setMe);
    connect(this, &LiveInbox::changesCame, model.get(), &MessageModel::apply);
    return model;
}

std::unique_ptr<MessageWindow> LiveInbox::openMessagesAt(ConversationId id, MessageRow) {
    return openMessages(id);
}

MessageRow LiveInbox::firstUnread(ConversationId) const {
    return {};
}

MessageRow LiveInbox::firstSince(ConversationId, const QDateTime &) const {
    return {};
}

MessageRow LiveInbox::readPosition(ConversationId) const {
    return {};
}

void LiveInbox::keepReadPosition(ConversationId, MessageRow) {}

void LiveInbox::markRead(ConversationId id) {
    const auto shown = conversation(id);
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

void LiveInbox::apply(const store::Changes &changes) {
    Q_EMIT changesCame(changes);
    m_conversations.apply(changes);
    for (const store::ConversationId id : changes.conversations)
        Q_EMIT conversationChanged(toDesk(id));
    readCounts();
    if (changes.arrival != store::Arrival::Live)
        return;
    for (const store::MessageChange &change : changes.messages) {
        if (change.kind == store::ChangeKind::Inserted && change.direction == store::Direction::Inbound)
            Q_EMIT received(toDesk(change.conversation), toDesk(change.row));
    }
}

} // namespace longcode::desk
