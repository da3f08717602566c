#include "support/fake_inbox.h"

#include <algorithm>

namespace longcode::tests {

using desk::Conversation;
using desk::ConversationId;
using desk::InboxFilter;
using desk::Message;
using desk::MessageState;

FakeMessages::FakeMessages(int total, int loaded, Make make, QObject *parent)
    : MessageWindow(parent)
    , m_first(qMax(0, total - loaded))
    , m_total(total)
    , m_end(total)
    , m_make(std::move(make)) {}

int FakeMessages::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : m_end - m_first;
}

Message FakeMessages::at(int row) const {
    const auto special = m_special.find(m_first + row);
    return special == m_special.end() ? m_make(m_first + row) : special->second;
}

QVariant FakeMessages::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Message message = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return message.text;
    case desk::MessageRole:
        return QVariant::fromValue(message);
    case desk::MessageRowRole:
        return message.row.value;
    case desk::MessageRevisionRole:
        return message.revision;
    case desk::MessageDayRole:
        return message.at.toLocalTime().date();
    default:
        return {};
    }
}

bool FakeMessages::canFetchMore(const QModelIndex &parent) const {
    return !parent.isValid() && m_first > 0;
}

void FakeMessages::fetchMore(const QModelIndex &) {
    const int count = qMin(pageSize, m_first);
    if (count == 0)
        return;
    ++m_pages;
    beginInsertRows({}, 0, count - 1);
    m_first -= count;
    endInsertRows();
}

void FakeMessages::fetchNewer() {
    const int count = qMin(pageSize, m_total - m_end);
    if (count == 0)
        return;
    beginInsertRows({}, rowCount(), rowCount() + count - 1);
    m_end += count;
    endInsertRows();
}

int FakeMessages::indexOf(desk::MessageRow message) const {
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (at(i).row == message)
            return i;
    }
    return -1;
}

void FakeMessages::showAround(desk::MessageRow message) {
    for (int number = 0; number < m_total; ++number) {
        if (at(number - m_first).row != message)
            continue;
        beginResetModel();
        m_first = qMax(0, number - pageSize / 2);
        m_end = qMin(m_total, number + pageSize / 2);
        endResetModel();
        return;
    }
}

void FakeMessages::append(const Message &message) {
    if (hasNewer()) {
        m_special[m_total++] = message;
        return;
    }
    beginInsertRows({}, rowCount(), rowCount());
    m_special[m_total++] = message;
    m_end = m_total;
    endInsertRows();
}

void FakeMessages::change(desk::MessageRow row, const std::function<void(Message &)> &how) {
    for (int i = rowCount() - 1; i >= 0; --i) {
        Message message = at(i);
        if (message.row != row)
            continue;
        how(message);
        ++message.revision;
        m_special[m_first + i] = message;
        Q_EMIT dataChanged(index(i), index(i));
        return;
    }
}

void FakeMessages::removeNewest() {
    beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
    m_special.erase(--m_total);
    m_end = m_total;
    endRemoveRows();
}

int FakeConversations::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_conversations.size());
}

QVariant FakeConversations::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= m_conversations.size())
        return {};
    const Conversation &conversation = m_conversations.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return conversation.name.isEmpty() ? conversation.peer.international() : conversation.name;
    case desk::ConversationRole:
        return QVariant::fromValue(conversation);
    case desk::ConversationIdRole:
        return conversation.id.value;
    default:
        return {};
    }
}

void FakeConversations::set(const QList<Conversation> &conversations) {
    beginResetModel();
    m_conversations = conversations;
    endResetModel();
}

FakeInbox::FakeInbox(QObject *parent) : desk::Inbox(parent) {}

void FakeInbox::setConversations(const QList<Conversation> &conversations) {
    m_all = conversations;
    refill();
    Q_EMIT countsChanged();
}

void FakeInbox::setMessages(ConversationId id, const QList<Message> &messages) {
    m_messages.insert(id.value, [messages] {
        const int count = int(messages.size());
        return std::make_unique<FakeMessages>(count, count,
                                              [messages](int number) { return messages.at(number); });
    });
}

void FakeInbox::setSyntheticMessages(ConversationId id, int total, int loaded) {
    m_messages.insert(id.value,
                      [=] { return std::make_unique<FakeMessages>(total, loaded, syntheticMessage); });
}

bool FakeInbox::matches(const Conversation &conversation, InboxFilter filter) const {
    switch (filter) {
    case InboxFilter::Open:
        return !conversation.closed && !conversation.snoozedUntil.isValid();
    case InboxFilter::Mine:
        return !conversation.closed && conversation.claim && conversation.claim->mine;
    case InboxFilter::Unassigned:
        return !conversation.closed && !conversation.claim;
    case InboxFilter::Closed:
        return conversation.closed;
    case InboxFilter::Unread:
        return conversation.unread > 0 || conversation.markedUnread;
    case InboxFilter::Failed:
        return conversation.lastState == MessageState::Failed ||
               conversation.lastState == MessageState::Rejected ||
               conversation.lastState == MessageState::Uncertain;
    case InboxFilter::Waiting:
        return !conversation.closed && conversation.waitingSince.isValid();
    case InboxFilter::Scheduled:
        return conversation.scheduled > 0;
    case InboxFilter::OptedOut:
        return conversation.optOut.has_value();
    case InboxFilter::Snoozed:
        return conversation.snoozedUntil.isValid();
    }
    return true;
}

void FakeInbox::refill() {
    QList<Conversation> shown;
    for (const Conversation &conversation : m_all) {
        const bool found = m_search.isEmpty() || conversation.name.contains(m_search, Qt::CaseInsensitive) ||
                           conversation.preview.contains(m_search, Qt::CaseInsensitive) ||
                           conversation.peer.wire().contains(m_search);
        const bool ours = !m_own || conversation.own == *m_own;
        if (found && ours && matches(conversation, m_filter))
            shown << conversation;
    }
    m_model.set(shown);
}

void FakeInbox::setFilter(InboxFilter filter) {
    m_filter = filter;
    refill();
}

void FakeInbox::setOwnNumber(const std::optional<phone::Address> &own) {
    m_own = own;
    refill();
    Q_EMIT countsChanged();
}

void FakeInbox::setSearch(const QString &text) {
    m_search = text;
    refill();
}

int FakeInbox::count(InboxFilter filter) const {
    return int(std::count_if(m_all.cbegin(), m_all.cend(), [&](const Conversation &conversation) {
        return matches(conversation, filter);
    }));
}

std::optional<Conversation> FakeInbox::conversation(ConversationId id) const {
    for (const Conversation &conversation : m_all) {
        if (conversation.id == id)
            return conversation;
    }
    return {};
}

std::unique_ptr<desk::MessageWindow> FakeInbox::openMessages(ConversationId id) {
    auto model = m_messages.contains(id.value) ? m_messages.value(id.value)()
                                               : std::make_unique<FakeMessages>(0, 0, syntheticMessage);
    m_open = model.get();
    return model;
}

std::unique_ptr<desk::MessageWindow> FakeInbox::openMessagesAt(ConversationId id, desk::MessageRow around) {
    auto window = openMessages(id);
    if (m_open->indexOf(around) < 0)
        m_open->showAround(around);
    return window;
}

desk::MessageRow FakeInbox::firstUnread(ConversationId id) const {
    return unreadFrom.value(id);
}

desk::MessageRow FakeInbox::firstSince(ConversationId id, const QDateTime &moment) const {
    if (!m_messages.contains(id.value))
        return {};
    const auto all = m_messages.value(id.value)();
    while (all->canFetchMore({}))
        all->fetchMore({});
    desk::MessageRow row;
    for (int i = 0; i < all->rowCount(); ++i) {
        const auto message = all->index(i).data(desk::MessageRole).value<Message>();
        row = message.row;
        if (message.at >= moment)
            break;
    }
    return row;
}

void FakeInbox::update(ConversationId id, const std::function<void(Conversation &)> &how) {
    for (Conversation &conversation : m_all) {
        if (conversation.id == id)
            how(conversation);
    }
    refill();
    Q_EMIT conversationChanged(id);
    Q_EMIT countsChanged();
}

void FakeInbox::markRead(ConversationId id) {
    update(id, [](Conversation &conversation) { conversation.unread = 0; });
}

void FakeInbox::rename(ConversationId id, const QString &name) {
    update(id, [&](Conversation &conversation) { conversation.name = name; });
}

QFuture<Result<ConversationId, Failure>> FakeInbox::begin(const phone::Address &peer,
                                                          const phone::Address &own) {
    for (const Conversation &conversation : m_all) {
        if (conversation.peer == peer)
            return QtFuture::makeReadyFuture(Result<ConversationId, Failure>(conversation.id));
    }
    Conversation conversation;
    conversation.id = ConversationId{qint64(m_all.size()) + 1};
    conversation.peer = peer;
    conversation.own = own;
    m_all.prepend(conversation);
    refill();
    Q_EMIT countsChanged();
    return QtFuture::makeReadyFuture(Result<ConversationId, Failure>(conversation.id));
}

void FakeAccount::setSenders(const QList<desk::Sender> &senders) {
    m_senders = senders;
    Q_EMIT sendersChanged();
}

void FakeAccount::setCountsFullAlphabet(bool full) {
    m_fullAlphabet = full;
    Q_EMIT alphabetChanged();
}

void FakeAccount::setRelay(const desk::RelayStatus &relay) {
    m_relay = relay;
    Q_EMIT relayChanged();
}

} // namespace longcode::tests
