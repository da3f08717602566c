#pragma once

#include "base/clock.h"

#include <QDialog>
#include <QMenu>

#include <optional>

class QDateTimeEdit;
class QLabel;
class QPushButton;

namespace longcode::inbox {

/// The moments a conversation is usually put off to, in local time. Later today is three hours on, at a full
/// hour, and only while that is still before nine in the evening.
struct SnoozeTimes {
    std::optional<QDateTime> laterToday;
    QDateTime tomorrow; ///< 9:00
    QDateTime monday;   ///< 9:00 of the next one
};
[[nodiscard]] SnoozeTimes snoozeTimes(const QDateTime &now);

/// Until when? Window-modal; deletes itself when closed.
class SnoozeDialog final : public QDialog {
    Q_OBJECT
public:
    explicit SnoozeDialog(const Clock &clock, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QDateTime &until);

private:
    void judge();

    const Clock &m_clock;
    QDateTimeEdit *m_when;
    QLabel *m_problem;
    QPushButton *m_take = nullptr;
};

/// Until when a conversation is out of sight. The clock outlives it. UI thread.
class SnoozeMenu final : public QMenu {
    Q_OBJECT
public:
    explicit SnoozeMenu(const Clock &clock, QWidget *parent = nullptr);
    /// Whether waking up is offered too.
    void setSnoozed(bool snoozed) { m_isSnoozed = snoozed; }

Q_SIGNALS:
    /// An invalid time ends it.
    void chosen(const QDateTime &until);

private:
    void fill();
    void add(const QString &words, const QDateTime &until, const char *objectName);

    const Clock &m_clock;
    bool m_isSnoozed = false;
};

} // namespace longcode::inbox
