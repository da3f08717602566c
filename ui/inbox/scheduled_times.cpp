#include "inbox/scheduled_times.h"

namespace longcode::inbox {

ScheduledTimes::ScheduledTimes(desk::Schedule &schedule, QObject *parent)
    : QObject(parent), m_schedule(schedule) {
    const QAbstractItemModel &model = schedule.sends();
    connect(&model, &QAbstractItemModel::modelReset, this, &ScheduledTimes::read);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ScheduledTimes::read);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ScheduledTimes::read);
    connect(&model, &QAbstractItemModel::rowsMoved, this, &ScheduledTimes::read);
    connect(&model, &QAbstractItemModel::dataChanged, this, &ScheduledTimes::read);
    read();
}

void ScheduledTimes::read() {
    m_next.clear();
    const QAbstractItemModel &model = m_schedule.sends();
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto send = model.index(row, 0).data(desk::ScheduledSendRole).value<desk::ScheduledSend>();
        QDateTime &next = m_next[send.conversation];
        if (!next.isValid() || send.at < next)
            next = send.at;
    }
    Q_EMIT changed();
}

} // namespace longcode::inbox
