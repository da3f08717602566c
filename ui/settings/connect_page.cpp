#include "settings/connect_page.h"

#include "settings/key_step.h"
#include "settings/page_parts.h"
#include "settings/relay_step.h"
#include "settings/sender_step.h"
#include "style/console_style.h"
#include "style/panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace longcode::settings {

namespace {

constexpr int pageWidth = 560;
constexpr int pageHeight = 580;

} // namespace

ConnectPage::ConnectPage(desk::AccountSetup &setup, QWidget *parent)
    : QWidget(parent)
    , m_steps(new QStackedWidget(this))
    , m_busy(new QProgressBar(this))
    , m_back(new QPushButton(tr("&Back"), this))
    , m_next(new QPushButton(this)) {
    setObjectName(QStringLiteral("connectPage"));
    m_key = new KeyStep(setup, m_steps);
    m_relay = new RelayStep(setup, m_steps);
    m_sender = new SenderStep(setup, m_steps);
    for (SetupStep *step : std::initializer_list<SetupStep *>{m_key, m_relay, m_sender}) {
        auto *scroll = new QScrollArea(m_steps);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setWidgetResizable(true);
        scroll->setWidget(step);
        m_steps->addWidget(scroll);
        connect(step, &SetupStep::passed, this, &ConnectPage::stepPassed);
        connect(step, &SetupStep::busyChanged, this, &ConnectPage::showBusy);
    }
    m_busy->setObjectName(QStringLiteral("setupBusy"));
    m_busy->setAccessibleName(tr("Checking"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedWidth(120);
    m_back->setObjectName(QStringLiteral("backButton"));
    m_next->setObjectName(QStringLiteral("nextButton"));
    style::setButtonKind(m_next, style::ButtonKind::Primary);

    auto *card = new style::Panel(style::Fill::Surface, this);
    card->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    card->setRadius(12);
    card->setFixedWidth(pageWidth);
    card->setMaximumHeight(pageHeight);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(26, 22, 26, 20);
    column->setSpacing(6);
    m_where = mutedText({}, card);
    m_where->setObjectName(QStringLiteral("setupWhere"));
    column->addWidget(m_where);
    column->addWidget(m_steps, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    buttons->addWidget(m_busy);
    buttons->addWidget(m_next);
    column->addLayout(buttons);

    auto *page = new QVBoxLayout(this);
    page->addStretch(1);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(card);
    row->addStretch(1);
    page->addLayout(row, 20);
    page->addStretch(2);
    connect(m_back, &QPushButton::clicked, this, &ConnectPage::back);
    connect(m_next, &QPushButton::clicked, this, &ConnectPage::next);
    showStep(0);
}

SetupStep &ConnectPage::current() const {
    return *static_cast<SetupStep *>(static_cast<QScrollArea *>(m_steps->currentWidget())->widget());
}

void ConnectPage::restart() {
    m_key->forget();
    m_relay->forget();
    m_sender->forget();
    showStep(0);
}

void ConnectPage::showStep(int step) {
    m_steps->setCurrentIndex(step);
    m_where->setText(tr("Connect an account · step %1 of %2").arg(step + 1).arg(m_steps->count()));
    m_next->setText(step + 1 == m_steps->count() ? tr("&Finish") : tr("&Next"));
    showBusy(current().isBusy());
    current().setFocus(Qt::OtherFocusReason);
}

void ConnectPage::showBusy(bool busy) {
    m_busy->setVisible(busy);
    m_next->setEnabled(!busy);
}

void ConnectPage::next() {
    current().submit();
}

void ConnectPage::back() {
    current().abandon();
    const int step = m_steps->currentIndex();
    if (step > 0) {
        showStep(step - 1);
        return;
    }
    restart();
    Q_EMIT left();
}

void ConnectPage::stepPassed() {
    const int step = m_steps->currentIndex();
    if (step == 1) {
        m_sender->setSenders(m_key->senders());
        desk::AccountDraft draft;
        draft.apiKey = m_key->key();
        draft.relay = m_relay->choice();
        m_sender->setDraft(draft);
    }
    if (step + 1 < m_steps->count()) {
        showStep(step + 1);
        return;
    }
    restart();
    Q_EMIT connected();
}

void ConnectPage::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        next();
    else if (event->key() == Qt::Key_Escape)
        back();
    else
        QWidget::keyPressEvent(event);
}

} // namespace longcode::settings
