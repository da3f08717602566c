#include "desk/suppressed_model.h"

#include "desk/convert.h"
#include "desk/desk_text.h"
#include "store/desk_values.h"
#include "store/reader.h"

#include <QLocale>

namespace longcode::desk {

namespace {
constexpr int pageSize = 100;
}

SuppressedModel::SuppressedModel(store::Reader &reader, QObject *parent)
    : QAbstractListModel(parent), m_reader(reader) {
    m_rows = read(0, pageSize);
    m_whole = m_rows.size() < pageSize;
}

QList<SuppressedModel::Row> SuppressedModel::read(qint64 beforeRow, int limit) const {
    QList<Row> rows;
    const QList<store::SuppressedRecord> records = m_reader.suppressed(limit, beforeRow);
    for (const store::SuppressedRecord &record : records)
        rows.append({record.row,
                     {.at = record.at,
                      .conversation = toDesk(record.conversation),
                      .peer = phone::fromWire(record.parties.peer),
                      .own = phone::fromWire(record.parties.own),
                      .text = record.text,
                      .reason = record.reason}});
    return rows;
}

int SuppressedModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SuppressedModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SuppressedSend &send = m_rows.at(index.row()).send;
    if (role == SuppressedSendRole)
        return QVariant::fromValue(send);
    if (role == Qt::DisplayRole)
        return oneLine(send.text);
    if (role != Qt::AccessibleTextRole)
        return {};
    return tr("%1, %2: %3. %4")
        .arg(send.peer.international(), QLocale().toString(send.at.toLocalTime(), QLocale::ShortFormat),
             oneLine(send.text), send.reason);
}

bool SuppressedModel::canFetchMore(const QModelIndex &parent) const {
    return !parent.isValid() && !m_whole;
}

void SuppressedModel::fetchMore(const QModelIndex &parent) {
    if (!canFetchMore(parent))
        return;
    const QList<Row> older = read(m_rows.isEmpty() ? 0 : m_rows.last().row, pageSize);
    m_whole = older.size() < pageSize;
    if (older.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(older.size()) - 1);
    m_rows.append(older);
    endInsertRows();
}

void SuppressedModel::readNew() {
    const qint64 newest = m_rows.isEmpty() ? 0 : m_rows.first().row;
    QList<Row> come;
    for (qint64 before = 0;;) {
        const QList<Row> page = read(before, pageSize);
        for (const Row &row : page)
            if (row.row > newest)
                come.append(row);
        if (page.size() < pageSize || page.last().row <= newest)
            break;
        before = page.last().row;
    }
    if (come.isEmpty())
        return;
    beginInsertRows({}, 0, static_cast<int>(come.size()) - 1);
    m_rows = come + m_rows;
    endInsertRows();
}

} // namespace longcode::desk
