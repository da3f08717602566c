#pragma once

#include "base/clock.h"
#include "base/failure.h"
#include "desk/schedule.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace longcode::desk {
class Inbox;
}
namespace longcode::style {
class Banner;
}

namespace longcode::schedule {

class SendList;

class ScheduleSorted;

/// All texts that wait for their time, with what can be done about each. Schedule, clock and inbox outlive
/// it. UI thread.
class WaitingPane final : public QWidget {
    Q_OBJECT
public:
    WaitingPane(desk::Schedule &schedule, const Clock &clock, QWidget *parent = nullptr);

    /// Knows the contacts' own zones; null: numbers decide.
    void setInbox(desk::Inbox *inbox);
    void focusList();
    /// Change, send now, cancel, open: with object name, text and key.
    [[nodiscard]] QList<QAction *> sendActions() const { return m_actions; }

Q_SIGNALS:
    void openConversationRequested(longcode::desk::ConversationId id);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *buildButtons();
    QAction *addOne(const char *name, const QString &text, const QKeySequence &key,
                    void (WaitingPane::*act)());
    void selectFirst();
    void showState();
    void showMissed();
    void change();
    void cancel();
    void sendNow();
    void openSelected();
    void takeBack();
    void chooseAgain(const desk::ScheduledSend &send);
    void scheduleAgain(const desk::ScheduledSend &send, const QDateTime &at);
    void offerAgain(const desk::ScheduledSend &send);
    void say(const Failure &failure);
    [[nodiscard]] std::optional<desk::ScheduledSend> selected() const;
    [[nodiscard]] std::optional<desk::ScheduledSend> takeSelected();
    [[nodiscard]] desk::Conversation conversationOf(const desk::ScheduledSend &send) const;

    desk::Schedule &m_schedule;
    const Clock &m_clock;
    desk::Inbox *m_inbox = nullptr;
    ScheduleSorted *m_model;
    SendList *m_list;
    QLabel *m_empty;
    style::Banner *m_missed;
    style::Banner *m_trouble;
    style::Banner *m_cancelled;
    std::optional<desk::ScheduledSend> m_lastCancelled;
    QList<QAction *> m_actions;
    QList<QPushButton *> m_buttons;
    QTimer m_minute; ///< runs while it is seen
};

} // namespace longcode::schedule
