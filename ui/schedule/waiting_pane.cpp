#include "schedule/waiting_pane.h"

#include "base/when_finished.h"
#include "composer/field_frame.h"
#include "composer/send_later_dialog.h"
#include "desk/inbox.h"
#include "schedule/schedule_sorted.h"
#include "schedule/send_list.h"
#include "style/banner.h"
#include "style/console_style.h"
#include "style/plain_text.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace longcode::schedule {

namespace {

constexpr int minute = 60'000; ///< ms

QString inOneLine(const Failure &failure) {
    return failure.remedy.isEmpty() ? failure.what : failure.what + u' ' + failure.remedy;
}

} // namespace

WaitingPane::WaitingPane(desk::Schedule &schedule, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_schedule(schedule)
    , m_clock(clock)
    , m_model(new ScheduleSorted(clock, this))
    , m_list(new SendList(*m_model, {WhoRole, WhenRole, TextRole, StateRole, MissedRole}, this))
    , m_empty(m_list->emptyWords())
    , m_missed(new style::Banner(style::BannerTone::Danger, this))
    , m_trouble(new style::Banner(style::BannerTone::Danger, this))
    , m_cancelled(new style::Banner(style::BannerTone::Note, this)) {
    setObjectName(QStringLiteral("waitingPane"));
    m_model->setSourceModel(&schedule.sends());
    build();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &WaitingPane::showState);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &WaitingPane::showState);
    connect(m_list, &QListView::activated, this, &WaitingPane::change);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, changed, this, &WaitingPane::showState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &WaitingPane::showState);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &WaitingPane::showState);
    m_minute.setParent(this);
    m_minute.setInterval(minute);
    connect(&m_minute, &QTimer::timeout, m_model, &ScheduleSorted::tellAgain);
    m_minute.start();
    showState();
}

void WaitingPane::build() {
    m_missed->setObjectName(QStringLiteral("missedSends"));
    m_trouble->setObjectName(QStringLiteral("scheduleTrouble"));
    m_cancelled->setObjectName(QStringLiteral("scheduleCancelled"));
    m_cancelled->setIcon(style::IconName::Info);
    QPushButton *back = m_cancelled->addAction(tr("Schedule again"));
    back->setObjectName(QStringLiteral("scheduleAgain"));
    connect(back, &QPushButton::clicked, this, &WaitingPane::takeBack);
    QPushButton *seen = m_trouble->addAction(tr("Dismiss"));
    seen->setObjectName(QStringLiteral("scheduleTroubleDismiss"));
    connect(seen, &QPushButton::clicked, m_trouble, &QWidget::hide);
    m_trouble->hide();
    m_cancelled->hide();
    m_list->setObjectName(QStringLiteral("waitingList"));
    m_list->setAccessibleName(tr("Scheduled texts"));
    m_empty->setObjectName(QStringLiteral("waitingEmpty"));
    m_empty->setText(tr("No text waits for its time. Write one and choose “Send later” (the clock above the "
                        "field, or Ctrl+Shift+Enter)."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_missed);
    column->addWidget(m_trouble);
    column->addWidget(m_cancelled);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(buildButtons());
}

QAction *WaitingPane::addOne(const char *name, const QString &text, const QKeySequence &key,
                             void (WaitingPane::*act)()) {
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(false); // a key held down is no order for the next text
    connect(action, &QAction::triggered, this, act);
    addAction(action);
    m_actions.append(action);
    return action;
}

QWidget *WaitingPane::buildButtons() {
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    const auto add = [&](QAction *action, const char *name) {
        auto *button = new QPushButton(action->text(), buttons);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(action->shortcut().toString(QKeySequence::NativeText));
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        row->addWidget(button);
        m_buttons.append(button);
        return button;
    };
    add(addOne("changeScheduledAction", tr("Change…"), Qt::Key_F2, &WaitingPane::change), "scheduleChange");
    add(addOne("sendScheduledNowAction", tr("Send now"), QKeySequence(Qt::CTRL | Qt::Key_Return),
               &WaitingPane::sendNow),
        "scheduleSendNow");
    add(addOne("cancelScheduledAction", tr("Cancel"), Qt::Key_Delete, &WaitingPane::cancel),
        "scheduleCancel");
    row->addStretch(1);
    add(addOne("openScheduledAction", tr("Open conversation"), QKeySequence(Qt::CTRL | Qt::Key_O),
               &WaitingPane::openSelected),
        "scheduleOpen");
    return buttons;
}

void WaitingPane::setInbox(desk::Inbox *inbox) {
    m_inbox = inbox;
    m_model->setZoneOf([this](const QModelIndex &source) {
        const auto send = source.data(desk::ScheduledSendRole).value<desk::ScheduledSend>();
        const auto conversation = m_inbox ? m_inbox->conversation(send.conversation) : std::nullopt;
        return conversation ? conversation->zone : QByteArray();
    });
}

void WaitingPane::focusList() {
    m_list->setFocus(Qt::OtherFocusReason);
}

void WaitingPane::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_model->tellAgain();
    selectFirst();
}

void WaitingPane::selectFirst() {
    if (!selected() && m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
}

std::optional<desk::ScheduledSend> WaitingPane::selected() const {
    const QModelIndex index = m_list->currentIndex();
    // The list makes a row current by itself when it gets the keyboard; nobody has chosen that one.
    if (!m_list->selectionModel()->isSelected(index))
        return std::nullopt;
    return index.data(desk::ScheduledSendRole).value<desk::ScheduledSend>();
}

/// The one that is chosen, and then none: its row vanishes, and a second click must not hit its neighbour.
std::optional<desk::ScheduledSend> WaitingPane::takeSelected() {
    const std::optional<desk::ScheduledSend> send = selected();
    if (!send || send->beingCancelled)
        return std::nullopt;
    m_trouble->hide();
    m_list->setFocus(Qt::OtherFocusReason); // before the buttons lose it, when the list would choose again
    m_list->selectionModel()->clear();
    return send;
}

desk::Conversation WaitingPane::conversationOf(const desk::ScheduledSend &send) const {
    desk::Conversation conversation;
    if (m_inbox)
        conversation = m_inbox->conversation(send.conversation).value_or(desk::Conversation());
    conversation.id = send.conversation;
    conversation.peer = send.peer;
    conversation.own = send.own;
    conversation.name = send.name;
    return conversation;
}

void WaitingPane::showState() {
    m_list->showWhetherEmpty();
    const std::optional<desk::ScheduledSend> send = selected();
    const bool free = send && !send->beingCancelled;
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(action->objectName() == QLatin1String("openScheduledAction") ? send.has_value()
                                                                                        : free);
    for (qsizetype i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setEnabled(m_actions[i]->isEnabled());
    showMissed();
}

void WaitingPane::showMissed() {
    int missed = 0;
    while (missed < m_model->rowCount() && m_model->index(missed, 0).data(MissedRole).toBool())
        ++missed;
    m_missed->setText(missed == 1
                          ? tr("A text did not leave: Longcode was not running at its time. Send it now, "
                               "change the time, or cancel it.")
                          : tr("%1 texts did not leave: Longcode was not running at their time. Send "
                               "them now, change the time, or cancel them.")
                                .arg(missed));
    m_missed->setVisible(missed > 0);
}

void WaitingPane::say(const Failure &failure) {
    m_trouble->setText(inOneLine(failure));
    m_trouble->show();
}

void WaitingPane::change() {
    const std::optional<desk::ScheduledSend> send = selected();
    if (!send || send->beingCancelled)
        return;
    m_trouble->hide();
    auto *dialog = new composer::SendLaterDialog(m_schedule, m_clock,
                                                 {conversationOf(*send), send->text, send->at}, this);
    connect(
        dialog, &composer::SendLaterDialog::chosen, this,
        [this, dialog = QPointer(dialog), message = send->message](const QDateTime &at, const QString &text) {
            whenFinished(m_schedule.change(message, text, at), this, [this, dialog](const auto &answer) {
                const bool open = dialog && dialog->isVisible();
                if (open && answer)
                    dialog->accept();
                else if (open)
                    dialog->changeFailed(answer.error().sentence);
                else if (!answer)
                    say(answer.error().sentence);
            });
        });
    dialog->open();
}

void WaitingPane::sendNow() {
    const std::optional<desk::ScheduledSend> send = takeSelected();
    if (!send)
        return;
    whenFinished(m_schedule.sendNow(send->message), this, [this](const auto &answer) {
        if (!answer)
            say(answer.error().sentence);
    });
}

void WaitingPane::cancel() {
    const std::optional<desk::ScheduledSend> send = takeSelected();
    if (!send)
        return;
    whenFinished(m_schedule.cancel(send->message), this, [this, send = *send](const auto &answer) {
        if (answer)
            offerAgain(send);
        else
            say(answer.error());
    });
}

void WaitingPane::offerAgain(const desk::ScheduledSend &send) {
    m_lastCancelled = send;
    const QString who = send.name.isEmpty() ? send.peer.international() : send.name;
    m_cancelled->setText(tr("The text to %1 will not be sent.").arg(style::isolated(who)));
    m_cancelled->show();
}

/// The same text for the same time, as long as that lies ahead; else the person chooses one.
void WaitingPane::takeBack() {
    if (!m_lastCancelled)
        return;
    m_trouble->hide();
    const desk::ScheduledSend send = *m_lastCancelled;
    if (m_schedule.obstacle(send.at))
        chooseAgain(send);
    else
        scheduleAgain(send, send.at);
}

void WaitingPane::chooseAgain(const desk::ScheduledSend &send) {
    auto *dialog =
        new composer::SendLaterDialog(m_schedule, m_clock, {conversationOf(send), send.text, {}}, this);
    connect(dialog, &composer::SendLaterDialog::chosen, this,
            [this, send](const QDateTime &at) { scheduleAgain(send, at); });
    dialog->open();
}

/// The offer is gone only when the text is certain to be sent.
void WaitingPane::scheduleAgain(const desk::ScheduledSend &send, const QDateTime &at) {
    m_lastCancelled.reset();
    m_cancelled->hide();
    whenFinished(m_schedule.schedule(send.conversation, send.text, at), this,
                 [this, send](const auto &answer) {
                     if (answer)
                         return;
                     offerAgain(send);
                     say(answer.error().sentence);
                 });
}

void WaitingPane::openSelected() {
    if (const std::optional<desk::ScheduledSend> send = selected())
        Q_EMIT openConversationRequested(send->conversation);
}

} // namespace longcode::schedule
