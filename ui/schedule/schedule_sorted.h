#pragma once

#include "base/clock.h"

#include <QSortFilterProxyModel>

#include <functional>

namespace longcode::schedule {

/// What a row says, in words.
enum WaitingRole {
    WhoRole = Qt::UserRole + 100 /* QString */,
    WhenRole /* QString: both clocks */,
    TextRole /* QString, one line */,
    StateRole /* QString: "At Telnyx", "Kept on this computer", … */,
    MissedRole /* bool */
};

/// The sends that wait, those that were missed on top, in words for people. Clock outlives it. UI thread.
class ScheduleSorted final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    /// The contact's own zone of a row's conversation, or empty.
    using ZoneOf = std::function<QByteArray(const QModelIndex &source)>;

    explicit ScheduleSorted(const Clock &clock, QObject *parent = nullptr);

    void setZoneOf(ZoneOf zoneOf);
    /// Time has passed: the words may have changed.
    void tellAgain();

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    const Clock &m_clock;
    ZoneOf m_zoneOf;
};

} // namespace longcode::schedule
