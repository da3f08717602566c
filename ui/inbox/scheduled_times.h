#pragma once

#include "desk/schedule.h"

#include <QHash>
#include <QObject>

namespace longcode::inbox {

/// When the next text of each conversation leaves, kept up to date from the schedule's list. The schedule
/// outlives it. UI thread.
class ScheduledTimes final : public QObject {
    Q_OBJECT
public:
    explicit ScheduledTimes(desk::Schedule &schedule, QObject *parent = nullptr);
    /// Invalid: none waits.
    [[nodiscard]] QDateTime next(desk::ConversationId id) const { return m_next.value(id); }

Q_SIGNALS:
    void changed();

private:
    void read();

    desk::Schedule &m_schedule;
    QHash<desk::ConversationId, QDateTime> m_next;
};

} // namespace longcode::inbox
