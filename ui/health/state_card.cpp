#include "health/state_card.h"

#include "health/ask_row.h"
#include "health/state_dot.h"
#include "settings/page_parts.h"
#include "style/banner.h"
#include "style/console_style.h"
#include "style/panel.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::health {

StateCard::StateCard(desk::Account &account, desk::RelayHealth &health, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_account(account), m_health(health), m_clock(clock) {
    build();
    connect(&m_account, &desk::Account::relayChanged, this, &StateCard::refresh);
    connect(&m_health, &desk::RelayHealth::figuresChanged, this, &StateCard::refresh);
    connect(&m_health, &desk::RelayHealth::gapsChanged, this, &StateCard::refresh);
    connect(&m_health, &desk::RelayHealth::silenceChanged, this, &StateCard::refresh);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_url->text()); });
    connect(m_test, &AskRow::asked, this, [this] {
        m_test->run(m_health.selfTest(), tr("Sending a signed event through the public address…"));
    });
    refresh();
}

void StateCard::build() {
    QVBoxLayout *column = nullptr;
    style::Panel *card = settings::makeCard(tr("Relay"), column, this);
    m_dot = new StateDot(card);
    m_title = settings::wrappedText({}, card);
    m_title->setObjectName(QStringLiteral("relayCondition"));
    m_title->setFont(style::textFont(m_title->font(), style::TextSize::Body, style::TextWeight::Strong));
    auto *titleRow = new QHBoxLayout;
    titleRow->setSpacing(8);
    titleRow->addWidget(m_dot);
    titleRow->addWidget(m_title, 1);
    column->addLayout(titleRow);
    m_detail = settings::mutedText({}, card);
    m_detail->setObjectName(QStringLiteral("relayConditionDetail"));
    column->addWidget(m_detail);
    m_silence = new style::Banner(style::BannerTone::Warn, card);
    m_silence->setObjectName(QStringLiteral("silenceAlarm"));
    m_silence->hide();
    column->addWidget(m_silence);
    m_facts = new QWidget(card);
    auto *form = new QFormLayout(m_facts);
    form->setContentsMargins(0, 4, 0, 0);
    form->setHorizontalSpacing(18);
    form->setVerticalSpacing(6);
    buildAddress(form);
    buildFacts(form);
    column->addWidget(m_facts);
    m_role =
        settings::mutedText(tr("Your role sees how the relay is. Its figures, consoles and webhooks are for "
                               "administrators."),
                            card);
    m_role->setObjectName(QStringLiteral("relayRoleNote"));
    column->addWidget(m_role);
    m_test = new AskRow(tr("&Test the way from Telnyx"), QStringLiteral("selfTest"), card);
    m_test->button()->setToolTip(tr("The relay sends itself a signed event through its public address"));
    QPushButton *again = m_test->addButton(tr("&Connect again"), QStringLiteral("relayReconnect"));
    connect(again, &QPushButton::clicked, this, [this] { m_account.reconnectRelay(); });
    column->addWidget(m_test);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
}

void StateCard::buildAddress(QFormLayout *form) {
    auto *row = new QWidget(m_facts);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    m_url = settings::wrappedText({}, row);
    m_url->setObjectName(QStringLiteral("relayUrl"));
    m_url->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = new QPushButton(tr("Copy"), row);
    m_copy->setObjectName(QStringLiteral("copyRelayUrl"));
    m_copy->setAccessibleName(tr("Copy the public address"));
    style::setButtonKind(m_copy, style::ButtonKind::Link);
    line->addWidget(m_url, 1);
    line->addWidget(m_copy, 0, Qt::AlignTop);
    form->addRow(settings::mutedText(tr("Public address"), m_facts), row);
}

void StateCard::buildFacts(QFormLayout *form) {
    const auto add = [this, form](const QString &label, const char *name) {
        QLabel *value = settings::wrappedText({}, m_facts);
        value->setObjectName(QLatin1String(name));
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        form->addRow(settings::mutedText(label, m_facts), value);
        m_values.insert(QLatin1String(name), value);
    };
    add(tr("Last event"), "relayLastEvent");
    add(tr("This console"), "relayLag");
    add(tr("Since its start"), "relayCounts");
    add(tr("Log"), "relayLog");
    add(tr("Free on its disk"), "relayDisk");
    add(tr("Version"), "relayVersion");
}

void StateCard::setFact(const char *name, const QString &words) {
    m_values.value(QLatin1String(name))->setText(words);
}

void StateCard::setOperating(bool operating) {
    m_operating = operating;
    refresh();
}

void StateCard::refresh() {
    const RelayState state = stateOf(m_account.relay(), m_health);
    m_dot->setTone(state.tone);
    m_title->setText(state.title);
    m_detail->setText(state.detail);
    m_detail->setVisible(!state.detail.isEmpty());
    const std::optional<Failure> silence = m_health.silence();
    m_silence->setVisible(silence.has_value());
    if (silence) {
        m_silence->setText(settings::inOneLine(*silence));
        m_detail->setVisible(false); // it says the same
    }
    m_role->setVisible(!m_operating);
    m_test->setVisible(m_operating);
    const std::optional<desk::RelayFigures> figures = m_operating ? m_health.figures() : std::nullopt;
    m_facts->setVisible(figures.has_value());
    if (figures)
        showFigures(*figures);
}

void StateCard::showFigures(const desk::RelayFigures &figures) {
    const bool known = !figures.publicUrl.isEmpty();
    m_url->setText(known ? style::singleLine(figures.publicUrl)
                         : tr("Not known: Telnyx cannot report replies and deliveries to this relay yet"));
    m_copy->setVisible(known);
    const QDateTime now = m_clock.now();
    setFact("relayLastEvent", figures.lastWebhookAt.isValid() ? agoWords(figures.lastWebhookAt, now)
                                                              : tr("None since it was set up"));
    const qint64 lag = figures.lag();
    setFact("relayLag", lag == 0   ? tr("Has everything, up to event %1").arg(figureWords(figures.applied))
                        : lag == 1 ? tr("1 event behind")
                                   : tr("%1 events behind").arg(figureWords(lag)));
    setFact("relayCounts", tr("%1 events stored, %2 sent twice by Telnyx, %3 refused")
                               .arg(figureWords(figures.stored), figureWords(figures.duplicates),
                                    figureWords(figures.refused)));
    setFact("relayLog",
            tr("%1, events %2 to %3")
                .arg(sizeWords(figures.logBytes), figureWords(figures.first), figureWords(figures.head)));
    setFact("relayDisk", sizeWords(figures.freeBytes));
    setFact("relayVersion",
            tr("%1, started %2").arg(style::singleLine(figures.version), agoWords(figures.startedAt, now)));
}

} // namespace longcode::health
