#pragma once

#include "base/clock.h"
#include "desk/values.h"

#include <QWidget>

class QAction;
class QButtonGroup;
class QStackedWidget;

namespace longcode::desk {
class Inbox;
class OptOuts;
class Schedule;
} // namespace longcode::desk
namespace longcode::style {
class Chip;
}

namespace longcode::schedule {

class SuppressedPane;
class WaitingPane;

/// What waits for its time, and what was held back because of an opt-out: two lists behind two chips.
/// Schedule, opt-outs, clock and inbox outlive it. UI thread.
class SchedulePage final : public QWidget {
    Q_OBJECT
public:
    SchedulePage(desk::Schedule &schedule, desk::OptOuts &optOuts, const Clock &clock,
                 QWidget *parent = nullptr);

    /// Knows the contacts' own zones; without it their numbers decide.
    void setInbox(desk::Inbox *inbox);
    void focusList();
    void showSuppressed();
    /// With object name, text and key; they work while the page has the keyboard.
    [[nodiscard]] QList<QAction *> pageActions() const;

Q_SIGNALS:
    void openConversationRequested(longcode::desk::ConversationId id);

private:
    QWidget *buildChips();
    void countAgain();

    desk::Schedule &m_schedule;
    WaitingPane *m_waiting;
    SuppressedPane *m_suppressed;
    QStackedWidget *m_panes;
    QButtonGroup *m_choice;
    style::Chip *m_waitingChip = nullptr;
    style::Chip *m_suppressedChip = nullptr;
};

} // namespace longcode::schedule
