#include "desk/message_model.h"

#include "desk/desk_text.h"
#include "desk/inbox_convert.h"
#include "phone/phone.h"

#include <algorithm>

namespace longcode::desk {

MessageModel::MessageModel(store::Reader &reader, store::ConversationId conversation, QObject *parent)
    : MessageModel(reader, conversation, {}, parent) {}

MessageModel::MessageModel(store::Reader &reader, store::ConversationId conversation,
                           store::MessageRow around, QObject *parent)
    : MessageWindow(parent), m_reader(reader), m_conversation(conversation) {
    readName();
    if (around.isValid() && fillAround(around))
        return;
    const auto records = m_reader.newest(m_conversation, pageSize);
    m_hasOlder = records.size() == pageSize;
    fill(records);
}

void MessageModel::fill(const QList<store::MessageRecord> &records) {
    m_rows.reserve(m_rows.size() + records.size());
    for (const auto &record : records) {
        m_rows.append(rowOf(record));
        m_positions.insert(record.row, record.position());
    }
}

bool MessageModel::fillAround(store::MessageRow message) {
    constexpr int side = pageSize / 2;
    const store::Reader::Snapshot snapshot(m_reader);
    const auto record = m_reader.message(message);
    if (!record || record->conversation != m_conversation)
        return false;
    const auto older = m_reader.before(m_conversation, record->position(), side);
    const auto newer = m_reader.after(m_conversation, record->position(), side);
    m_hasOlder = older.size() == side;
    m_hasNewer = newer.size() == side;
    fill(older);
    fill({*record});
    fill(newer);
    return true;
}

int MessageModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant MessageModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Message &message = m_rows.at(index.row()).message;
    switch (role) {
    case Qt::DisplayRole:
        return message.text;
    case Qt::AccessibleTextRole:
        return spoken(message, m_peer, m_me);
    case MessageRole:
        return QVariant::fromValue(message);
    case MessageRowRole:
        return message.row.value;
    case MessageRevisionRole:
        return message.revision;
    case MessageDayRole:
        return dayOf(m_rows.at(index.row()));
    default:
        return {};
    }
}

bool MessageModel::canFetchMore(const QModelIndex &parent) const {
    return !parent.isValid() && m_hasOlder;
}

void MessageModel::fetchMore(const QModelIndex &parent) {
    if (!canFetchMore(parent))
        return;
    auto records = m_rows.isEmpty() ? m_reader.newest(m_conversation, pageSize)
                                    : m_reader.before(m_conversation, m_rows.first().position, pageSize);
    m_hasOlder = records.size() == pageSize;
    // One that has moved in the store, and whose change has not come here yet, is already in the window.
    records.removeIf([this](const store::MessageRecord &record) { return m_positions.contains(record.row); });
    if (records.isEmpty())
        return;
    beginInsertRows({}, 0, static_cast<int>(records.size()) - 1);
    for (auto record = records.crbegin(); record != records.crend(); ++record) {
        m_rows.prepend(rowOf(*record));
        m_positions.insert(record->row, record->position());
    }
    endInsertRows();
}

void MessageModel::fetchNewer() {
    if (!m_hasNewer)
        return;
    auto records = m_rows.isEmpty() ? m_reader.newest(m_conversation, pageSize)
                                    : m_reader.after(m_conversation, m_rows.last().position, pageSize);
    m_hasNewer = !m_rows.isEmpty() && records.size() == pageSize;
    records.removeIf([this](const store::MessageRecord &record) { return m_positions.contains(record.row); });
    if (records.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(records.size()) - 1);
    fill(records);
    endInsertRows();
}

void MessageModel::apply(const store::Changes &changes) {
    if (!changes.conversations.contains(m_conversation))
        return;
    if (readName() && !m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::AccessibleTextRole});
    for (const store::MessageChange &changed : changes.messages) {
        if (changed.conversation != m_conversation)
            continue;
        if (changed.kind == store::ChangeKind::Removed)
            remove(changed.row);
        else
            change(changed.row);
    }
}

// The C library looks at the disk for every local time, in case the zone was changed.
QDate MessageModel::dayOf(const Row &row) {
    if (!row.day.isValid())
        row.day = row.message.at.toLocalTime().date();
    return row.day;
}

MessageModel::Row MessageModel::rowOf(const store::MessageRecord &record) {
    return {record.position(), toDesk(record)};
}

int MessageModel::placeOf(const store::MessagePosition &position) const {
    const auto place = std::lower_bound(
        m_rows.cbegin(), m_rows.cend(), position,
        [](const Row &row, const store::MessagePosition &wanted) { return row.position < wanted; });
    return static_cast<int>(place - m_rows.cbegin());
}

int MessageModel::indexOf(MessageRow message) const {
    return placeOf(store::MessageRow{message.value});
}

int MessageModel::placeOf(store::MessageRow row) const {
    const auto position = m_positions.constFind(row);
    return position == m_positions.constEnd() ? -1 : placeOf(*position);
}

bool MessageModel::readName() {
    const auto conversation = m_reader.conversation(m_conversation);
    if (!conversation)
        return false;
    QString peer = conversation->name.isEmpty() ? phone::fromWire(conversation->parties.peer).international()
                                                : oneLine(conversation->name);
    if (peer == m_peer)
        return false;
    m_peer = std::move(peer);
    return true;
}

/// It will come with its page.
bool MessageModel::isOutside(const store::MessagePosition &position) const {
    if (m_rows.isEmpty())
        return m_hasOlder || m_hasNewer;
    return (m_hasOlder && position < m_rows.first().position) ||
           (m_hasNewer && position > m_rows.last().position);
}

void MessageModel::insert(const store::MessageRecord &record) {
    if (isOutside(record.position()))
        return;
    const int place = placeOf(record.position());
    beginInsertRows({}, place, place);
    m_rows.insert(place, rowOf(record));
    m_positions.insert(record.row, record.position());
    endInsertRows();
}

void MessageModel::remove(store::MessageRow row) {
    const int place = placeOf(row);
    if (place < 0)
        return;
    beginRemoveRows({}, place, place);
    m_rows.removeAt(place);
    m_positions.remove(row);
    endRemoveRows();
}

void MessageModel::change(store::MessageRow row) {
    const auto record = m_reader.message(row);
    // Taken away since by a later transaction, which will be told of too.
    if (!record || record->conversation != m_conversation) {
        remove(row);
        return;
    }
    const int place = placeOf(row);
    if (place < 0) {
        insert(*record);
        return;
    }
    if (m_rows.at(place).position != record->position()) {
        remove(row);
        insert(*record);
        return;
    }
    Row changed = rowOf(*record);
    if (changed.message == m_rows.at(place).message)
        return;
    m_rows[place] = std::move(changed);
    const QModelIndex where = index(place);
    Q_EMIT dataChanged(where, where,
                       {MessageRole, MessageRevisionRole, Qt::DisplayRole, Qt::AccessibleTextRole});
}

} // namespace longcode::desk
