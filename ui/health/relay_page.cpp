#include "health/relay_page.h"

#include "health/gap_card.h"
#include "health/reach_card.h"
#include "health/readers_card.h"
#include "health/state_card.h"
#include "health/webhook_card.h"
#include "settings/page_parts.h"

#include <QVBoxLayout>

namespace longcode::health {

namespace {

constexpr int relayPageWidth = 780;

} // namespace

RelayPage::RelayPage(desk::Console &console, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_state(new StateCard(console.account(), console.relayHealth(), clock, this))
    , m_gaps(new GapCard(console.relayHealth(), clock, this))
    , m_webhooks(new WebhookCard(console.relayHealth(), this))
    , m_readers(new ReadersCard(console.relayHealth(), clock, this))
    , m_reach(new ReachCard(this)) {
    setObjectName(QStringLiteral("relayPage"));
    QVBoxLayout *column = settings::makeCardPage(this, relayPageWidth);
    for (QWidget *card : std::initializer_list<QWidget *>{m_state, m_gaps, m_webhooks, m_readers, m_reach})
        column->addWidget(card);
    column->addStretch(1);
    connect(&m_console.team(), &desk::Team::membersChanged, this, &RelayPage::refresh);
    connect(&m_console.relayHealth(), &desk::RelayHealth::figuresChanged, this, &RelayPage::refresh);
    refresh();
}

RelayPage::~RelayPage() {
    m_console.relayHealth().watch(false);
}

void RelayPage::refresh() {
    const bool operating = m_console.team().may(desk::TeamPermission::Operate);
    m_state->setOperating(operating);
    m_readers->setOperating(operating);
    m_webhooks->setVisible(operating);
    const QString own = m_console.relayHealth().ownRelayAddress();
    m_reach->setVisible(operating && !own.isEmpty());
    if (!own.isEmpty())
        m_reach->setRelay(own, QUrl(m_console.account().relay().publicUrl));
}

void RelayPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_console.relayHealth().watch(true);
    if (m_console.team().may(desk::TeamPermission::Operate))
        m_webhooks->check();
}

void RelayPage::hideEvent(QHideEvent *event) {
    QWidget::hideEvent(event);
    m_console.relayHealth().watch(false);
}

} // namespace longcode::health
