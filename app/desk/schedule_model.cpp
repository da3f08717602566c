#include "desk/schedule_model.h"

#include "desk/desk_text.h"

#include <QLocale>

#include <algorithm>

namespace longcode::desk {

namespace {

bool sameRows(const QList<ScheduledSend> &a, const QList<ScheduledSend> &b) {
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(),
                      [](const ScheduledSend &x, const ScheduledSend &y) { return x.message == y.message; });
}

bool holds(const QList<ScheduledSend> &sends, MessageRow row) {
    return std::any_of(sends.cbegin(), sends.cend(),
                       [row](const ScheduledSend &send) { return send.message == row; });
}

QString spokenSend(const ScheduledSend &send) {
    const QString who = send.name.isEmpty() ? send.peer.international() : send.name;
    const QString when = QLocale().toString(send.at.toLocalTime(), QLocale::ShortFormat);
    const QString state = send.missed           ? ScheduleModel::tr("missed")
                          : send.beingCancelled ? ScheduleModel::tr("being cancelled")
                          : send.keptHere       ? ScheduleModel::tr("kept here")
                                                : ScheduleModel::tr("scheduled");
    return ScheduleModel::tr("%1, %2, %3: %4").arg(who, when, state, oneLine(send.text));
}

} // namespace

int ScheduleModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_sends.size());
}

QVariant ScheduleModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ScheduledSend &send = m_sends.at(index.row());
    if (role == ScheduledSendRole)
        return QVariant::fromValue(send);
    if (role == Qt::DisplayRole)
        return oneLine(send.text);
    return role == Qt::AccessibleTextRole ? QVariant(spokenSend(send)) : QVariant();
}

void ScheduleModel::set(const QList<ScheduledSend> &sends) {
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (holds(sends, m_sends.at(row).message))
            continue;
        beginRemoveRows({}, row, row);
        m_sends.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < sends.size(); ++row) {
        if (row < m_sends.size() && m_sends.at(row).message == sends.at(row).message)
            continue;
        if (holds(m_sends, sends.at(row).message))
            break; // the order of those that stay has changed
        beginInsertRows({}, row, row);
        m_sends.insert(row, sends.at(row));
        endInsertRows();
    }
    if (!sameRows(m_sends, sends)) {
        beginResetModel();
        m_sends = sends;
        endResetModel();
        return;
    }
    for (int row = 0; row < sends.size(); ++row) {
        if (m_sends.at(row) == sends.at(row))
            continue;
        m_sends[row] = sends.at(row);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

} // namespace longcode::desk
