#include "schedule/schedule_page.h"

#include "composer/toned_label.h"
#include "desk/opt_outs.h"
#include "desk/schedule.h"
#include "schedule/suppressed_pane.h"
#include "schedule/waiting_pane.h"
#include "style/chip.h"
#include "style/tokens.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace longcode::schedule {

namespace {

constexpr int widestColumn = 860;
constexpr int pageMargin = 24;

} // namespace

SchedulePage::SchedulePage(desk::Schedule &schedule, desk::OptOuts &optOuts, const Clock &clock,
                           QWidget *parent)
    : QWidget(parent)
    , m_schedule(schedule)
    , m_waiting(new WaitingPane(schedule, clock, this))
    , m_suppressed(new SuppressedPane(optOuts, clock, this))
    , m_panes(new QStackedWidget(this))
    , m_choice(new QButtonGroup(this)) {
    setObjectName(QStringLiteral("schedulePage"));
    auto *title = new composer::TonedLabel(style::TextTone::Text, this);
    title->setTextSize(style::TextSize::Title);
    title->setStrong();
    title->setText(tr("Scheduled"));
    m_panes->addWidget(m_waiting);
    m_panes->addWidget(m_suppressed);
    auto *inner = new QWidget(this);
    inner->setMaximumWidth(widestColumn);
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(buildChips());
    column->addWidget(m_panes, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    row->addStretch(1);
    row->addWidget(inner, 1000);
    row->addStretch(1);
    connect(m_choice, &QButtonGroup::idClicked, m_panes, &QStackedWidget::setCurrentIndex);
    connect(m_waiting, &WaitingPane::openConversationRequested, this,
            &SchedulePage::openConversationRequested);
    connect(m_suppressed, &SuppressedPane::openConversationRequested, this,
            &SchedulePage::openConversationRequested);
    connect(&schedule, &desk::Schedule::countChanged, this, &SchedulePage::countAgain);
    countAgain();
}

QWidget *SchedulePage::buildChips() {
    auto *chips = new QWidget(this);
    auto *row = new QHBoxLayout(chips);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const auto add = [&](const QString &text, const char *name, int pane) {
        auto *chip = new style::Chip(text, chips);
        chip->setObjectName(QLatin1String(name));
        m_choice->addButton(chip, pane);
        row->addWidget(chip);
        return chip;
    };
    m_waitingChip = add(tr("Waiting"), "scheduleWaitingChip", 0);
    m_suppressedChip = add(tr("Held back"), "scheduleSuppressedChip", 1);
    m_suppressedChip->setToolTip(tr("Texts that were not sent because the customer had opted out"));
    m_waitingChip->setChecked(true);
    row->addStretch(1);
    return chips;
}

void SchedulePage::countAgain() {
    m_waitingChip->setCount(m_schedule.sends().rowCount());
}

void SchedulePage::setInbox(desk::Inbox *inbox) {
    m_waiting->setInbox(inbox);
}

void SchedulePage::focusList() {
    if (m_panes->currentIndex() == 0)
        m_waiting->focusList();
    else
        m_suppressed->focusList();
}

void SchedulePage::showSuppressed() {
    m_suppressedChip->setChecked(true);
    m_panes->setCurrentIndex(1);
}

QList<QAction *> SchedulePage::pageActions() const {
    return m_waiting->sendActions();
}

} // namespace longcode::schedule
