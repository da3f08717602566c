#include "schedule/schedule_sorted.h"

#include "composer/later.h"
#include "desk/schedule.h"
#include "style/plain_text.h"

namespace longcode::schedule {

namespace {

QString whoOf(const desk::ScheduledSend &send) {
    return send.name.isEmpty() ? send.peer.international() : style::singleLine(send.name);
}

QString stateOf(const desk::ScheduledSend &send) {
    if (send.missed)
        return ScheduleSorted::tr("Missed");
    if (send.beingCancelled)
        return ScheduleSorted::tr("Being cancelled");
    return send.keptHere ? ScheduleSorted::tr("Kept on this computer") : ScheduleSorted::tr("At Telnyx");
}

} // namespace

ScheduleSorted::ScheduleSorted(const Clock &clock, QObject *parent)
    : QSortFilterProxyModel(parent), m_clock(clock) {
    setDynamicSortFilter(true);
    sort(0);
}

void ScheduleSorted::setZoneOf(ZoneOf zoneOf) {
    m_zoneOf = std::move(zoneOf);
    tellAgain();
}

void ScheduleSorted::tellAgain() {
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0), {WhenRole, Qt::AccessibleTextRole});
}

QVariant ScheduleSorted::data(const QModelIndex &index, int role) const {
    const QVariant value = QSortFilterProxyModel::data(index, desk::ScheduledSendRole);
    if (!value.isValid())
        return QSortFilterProxyModel::data(index, role);
    const auto send = value.value<desk::ScheduledSend>();
    const auto when = [&] {
        desk::Conversation conversation;
        conversation.peer = send.peer;
        if (m_zoneOf)
            conversation.zone = m_zoneOf(mapToSource(index));
        return composer::bothClocks(send.at, composer::zonesOf(conversation).first(), m_clock.now());
    };
    switch (role) {
    case Qt::DisplayRole:
    case WhoRole:
        return whoOf(send);
    case WhenRole:
        return when();
    case TextRole:
        return style::singleLine(send.text);
    case StateRole:
        return stateOf(send);
    case MissedRole:
        return send.missed;
    case Qt::AccessibleTextRole:
        return QStringList{whoOf(send), when(), stateOf(send), style::singleLine(send.text)}.join(
            QStringLiteral(", "));
    default:
        return QSortFilterProxyModel::data(index, role);
    }
}

bool ScheduleSorted::lessThan(const QModelIndex &left, const QModelIndex &right) const {
    const auto a = left.data(desk::ScheduledSendRole).value<desk::ScheduledSend>();
    const auto b = right.data(desk::ScheduledSendRole).value<desk::ScheduledSend>();
    if (a.missed != b.missed)
        return a.missed;
    return a.at < b.at;
}

} // namespace longcode::schedule
