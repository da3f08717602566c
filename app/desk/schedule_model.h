#pragma once

#include "desk/schedule.h"

namespace longcode::desk {

/// The sends that wait, in the order they are given in. Rows that stay are changed in place.
class ScheduleModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const QList<ScheduledSend> &all() const { return m_sends; }
    void set(const QList<ScheduledSend> &sends);

private:
    QList<ScheduledSend> m_sends;
};

} // namespace longcode::desk
