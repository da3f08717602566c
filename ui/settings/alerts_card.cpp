#include "settings/alerts_card.h"

#include "composer/sender_button.h"
#include "settings/page_parts.h"
#include "settings/preferences.h"
#include "style/panel.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QCheckBox>
#include <QLabel>
#include <QVBoxLayout>

namespace longcode::settings {

AlertsCard::AlertsCard(Preferences &preferences, QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("alertsCard"));
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makeCard(tr("Notifications"), m_column, this));
    auto *tray = new QCheckBox(tr("&Keep running in the tray when the window is closed"), this);
    tray->setObjectName(QStringLiteral("keepInTrayBox"));
    tray->setChecked(preferences.keepsInTray());
    QLabel *consequence =
        mutedText(tr("Texts that are kept here until their time leave only while Longcode runs. "
                     "Without a tray, closing the window ends it."),
                  this);
    consequence->setObjectName(QStringLiteral("keepInTrayConsequence"));
    tray->setAccessibleDescription(consequence->text());
    m_none = mutedText(tr("Open an account to set this for each of its numbers."), this);
    m_none->setObjectName(QStringLiteral("noAlertRules"));
    m_column->addWidget(tray);
    m_column->addWidget(consequence);
    m_column->addWidget(m_none);
    connect(tray, &QCheckBox::clicked, &preferences, &Preferences::setKeepsInTray);
    connect(&preferences, &Preferences::keepsInTrayChanged, tray, &QCheckBox::setChecked);
}

void AlertsCard::setAlerts(desk::Alerts *alerts, desk::Account *account) {
    if (m_account)
        disconnect(m_account, nullptr, this, nullptr);
    m_alerts = alerts;
    m_account = alerts ? account : nullptr;
    if (m_account)
        connect(m_account, &desk::Account::sendersChanged, this, &AlertsCard::showRules);
    showRules();
}

void AlertsCard::showRules() {
    delete m_rules;
    m_rules = nullptr;
    const QList<desk::Sender> senders = m_account ? m_account->senders() : QList<desk::Sender>();
    m_none->setVisible(senders.isEmpty());
    if (senders.isEmpty())
        return;
    m_rules = new QWidget(this);
    auto *column = new QVBoxLayout(m_rules);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(12);
    m_column->addWidget(m_rules);
    int place = 0;
    for (const desk::Sender &sender : senders)
        addRule(sender, place++);
}

void AlertsCard::addRule(const desk::Sender &sender, int place) {
    auto *block = new QWidget(m_rules);
    block->setObjectName(QStringLiteral("alertRule%1").arg(place));
    auto *column = new QVBoxLayout(block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    QLabel *name = wrappedText(style::displayLine(composer::senderInWords(sender)), block);
    name->setFont(style::textFont(name->font(), style::TextSize::Body, style::TextWeight::Strong));
    column->addWidget(name);
    block->setAccessibleName(name->text());
    const desk::AlertRule rule = m_alerts->rule(sender.address);
    const QString number = QString::number(place);
    using Rule = desk::AlertRule;
    QCheckBox *show = addChoice(column, tr("Show a notification"), QStringLiteral("alertShow") + number,
                                rule.show, &Rule::show, sender.address);
    QCheckBox *text =
        addChoice(column, tr("With the text, not only who wrote"), QStringLiteral("alertText") + number,
                  rule.showText, &Rule::showText, sender.address);
    addChoice(column, tr("Play a sound"), QStringLiteral("alertSound") + number, rule.sound, &Rule::sound,
              sender.address);
    addChoice(column, tr("Only what no colleague has claimed"), QStringLiteral("alertMine") + number,
              rule.onlyMine, &Rule::onlyMine, sender.address);
    text->setEnabled(rule.show);
    connect(show, &QCheckBox::toggled, text, &QWidget::setEnabled);
    const QList<QCheckBox *> boxes = block->findChildren<QCheckBox *>();
    for (QCheckBox *box : boxes)
        box->setAccessibleName(tr("%1: %2").arg(name->text(), box->text()));
    m_rules->layout()->addWidget(block);
}

QCheckBox *AlertsCard::addChoice(QVBoxLayout *column, const QString &text, const QString &objectName, bool on,
                                 bool desk::AlertRule::*which, const phone::Address &own) {
    auto *box = new QCheckBox(text, column->parentWidget());
    box->setObjectName(objectName);
    box->setChecked(on);
    column->addWidget(box);
    connect(box, &QCheckBox::clicked, this, [this, which, own](bool chosen) {
        desk::AlertRule rule = m_alerts->rule(own);
        rule.*which = chosen;
        m_alerts->setRule(own, rule);
    });
    return box;
}

} // namespace longcode::settings
