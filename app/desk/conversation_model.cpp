#include "desk/conversation_model.h"

#include "desk/convert.h"
#include "desk/desk_text.h"
#include "desk/inbox_convert.h"

#include <algorithm>

namespace longcode::desk {

ConversationModel::ConversationModel(store::Reader &reader, const store::ConversationQuery &query,
                                     QObject *parent)
    : QAbstractListModel(parent), m_reader(reader), m_query(query) {
    readSenders();
    reload();
}

int ConversationModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const store::ConversationId id = m_keys.at(index.row()).id;
    if (role == ConversationIdRole)
        return id.value;
    if (role != ConversationRole && role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const auto shown = conversation(id);
    if (!shown)
        return {};
    if (role == ConversationRole)
        return QVariant::fromValue(*shown);
    if (role == Qt::AccessibleTextRole)
        return spoken(*shown);
    return shown->name.isEmpty() ? shown->peer.international() : shown->name;
}

void ConversationModel::setQuery(const store::ConversationQuery &query) {
    if (query == m_query)
        return;
    beginResetModel();
    m_query = query;
    reload();
    endResetModel();
}

void ConversationModel::setMoment(const QString &me, qint64 nowMs) {
    store::ConversationQuery query = m_query;
    query.me = me;
    query.nowMs = nowMs;
    m_cache.clear();
    setQuery(query);
}

std::optional<Conversation> ConversationModel::conversation(store::ConversationId id) const {
    if (const Conversation *known = m_cache.object(id))
        return *known;
    const auto record = m_reader.conversation(id);
    if (!record)
        return std::nullopt;
    Conversation shown = toDesk(*record, m_profileNames);
    if (record->claim && record->claim->until.toMSecsSinceEpoch() > m_query.nowMs)
        shown.claim = Claim{.assignee = record->claim->assignee,
                            .until = record->claim->until,
                            .mine = !m_query.me.isEmpty() && record->claim->assignee == m_query.me};
    if (record->lastDirection == store::Direction::Outbound) {
        shown.lastAuthor = record->lastAuthor;
        shown.lastIsMine = record->lastAuthor.isEmpty() ? record->lastHere : record->lastAuthor == m_query.me;
    }
    if (shown.snoozedUntil.isValid() && shown.snoozedUntil.toMSecsSinceEpoch() <= m_query.nowMs)
        shown.snoozedUntil = {};
    m_cache.insert(id, new Conversation(shown));
    return shown;
}

int ConversationModel::rowOf(store::ConversationId id) const {
    const auto key = m_keyOf.constFind(id);
    return key == m_keyOf.constEnd() ? -1 : placeOf(*key);
}

void ConversationModel::apply(const store::Changes &changes) {
    if (changes.sendersChanged) {
        readSenders();
        m_cache.clear();
        if (!m_keys.isEmpty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ConversationRole});
    }
    for (const store::ConversationId id : changes.conversations)
        m_cache.remove(id);
    if (changes.conversations.size() > manyChanges) {
        beginResetModel();
        reload();
        endResetModel();
        return;
    }
    for (const store::ConversationId id : changes.conversations)
        update(id);
}

void ConversationModel::reload() {
    m_keys = m_reader.conversationKeys(m_query);
    m_keyOf.clear();
    m_keyOf.reserve(m_keys.size());
    for (const store::ConversationKey &key : std::as_const(m_keys))
        m_keyOf.insert(key.id, key);
}

void ConversationModel::readSenders() {
    m_profileNames.clear();
    for (const store::SenderRecord &sender : m_reader.senders())
        m_profileNames.insert(sender.address, sender.profileName);
}

void ConversationModel::update(store::ConversationId id) {
    const int row = rowOf(id);
    auto key = m_reader.conversationKey(m_query, id);
    // What a search has found stays found: a new message does not take an older one's word away.
    if (!key && row >= 0 && !m_query.search.isEmpty())
        key = m_reader.conversationKey({m_query.filter, {}, m_query.me, m_query.nowMs, m_query.own}, id);
    if (!key) {
        if (row >= 0)
            remove(row);
        return;
    }
    if (row < 0) {
        insert(*key);
        return;
    }
    if (m_keys.at(row) != *key)
        move(row, *key);
    const QModelIndex where = index(placeOf(*key));
    Q_EMIT dataChanged(where, where, {ConversationRole, Qt::DisplayRole, Qt::AccessibleTextRole});
}

void ConversationModel::insert(const store::ConversationKey &key) {
    const int place = placeOf(key);
    beginInsertRows({}, place, place);
    m_keys.insert(place, key);
    m_keyOf.insert(key.id, key);
    endInsertRows();
}

void ConversationModel::remove(int row) {
    beginRemoveRows({}, row, row);
    m_keyOf.remove(m_keys.at(row).id);
    m_keys.removeAt(row);
    endRemoveRows();
}

void ConversationModel::move(int from, const store::ConversationKey &key) {
    // Counted with the row still in its old place, as beginMoveRows wants it.
    const int to = placeOf(key);
    const bool stays = to == from || to == from + 1;
    if (!stays)
        beginMoveRows({}, from, from, {}, to);
    m_keys.removeAt(from);
    m_keys.insert(to > from ? to - 1 : to, key);
    m_keyOf.insert(key.id, key);
    if (!stays)
        endMoveRows();
}

int ConversationModel::placeOf(const store::ConversationKey &key) const {
    const auto place = std::lower_bound(m_keys.cbegin(), m_keys.cend(), key, std::greater<>());
    return static_cast<int>(place - m_keys.cbegin());
}

} // namespace longcode::desk
