#include "settings/settings_page.h"

#include "composer/field_frame.h"
#include "composer/sender_button.h"
#include "composer/spelling_setting.h"
#include "composer/undo_setting.h"
#include "settings/alerts_card.h"
#include "settings/backups_card.h"
#include "settings/canned_card.h"
#include "settings/page_parts.h"
#include "settings/preferences.h"
#include "style/panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::settings {

namespace {

/// "48,213", also where the locale groups nothing.
QString groupedDigits(qint64 number) {
    return QLocale(QLocale::English).toString(number);
}

QComboBox *addChoice(QFormLayout *form, const QString &label, const QString &objectName,
                     const QStringList &choices) {
    auto *box = new QComboBox(form->parentWidget());
    box->setObjectName(objectName);
    box->addItems(choices);
    form->addRow(label, box);
    return box;
}

} // namespace

QString relayInWords(const desk::RelayStatus &relay) {
    switch (relay.condition) {
    case desk::RelayCondition::NotSetUp:
        return SettingsPage::tr("Not set up");
    case desk::RelayCondition::Connecting:
        return SettingsPage::tr("Connecting…");
    case desk::RelayCondition::CatchingUp:
        return SettingsPage::tr("Catching up…");
    case desk::RelayCondition::Connected:
        return SettingsPage::tr("Connected, event %1").arg(groupedDigits(relay.seq));
    case desk::RelayCondition::Silent:
        return SettingsPage::tr("Connected, but silent. %1").arg(inOneLine(relay.trouble));
    case desk::RelayCondition::Lost:
        return SettingsPage::tr("Connection lost. %1").arg(inOneLine(relay.trouble));
    case desk::RelayCondition::Refused:
        break;
    }
    return SettingsPage::tr("Refused. %1").arg(inOneLine(relay.trouble));
}

SettingsPage::SettingsPage(Preferences &preferences, QWidget *parent)
    : QWidget(parent), m_preferences(preferences) {
    setObjectName(QStringLiteral("settingsPage"));
    QVBoxLayout *column = makeCardPage(this, cardPageWidth);
    column->addWidget(buildAppearance());
    column->addWidget(buildWriting());
    m_alertsCard = new AlertsCard(m_preferences, this);
    column->addWidget(m_alertsCard);
    column->addWidget(buildAccount());
    m_cannedCard = new CannedCard(this);
    column->addWidget(m_cannedCard);
    m_backupsCard = new BackupsCard(this);
    column->addWidget(m_backupsCard);
    column->addStretch(1);
    setFocusProxy(m_appearance);
    showAccount();
}

QWidget *SettingsPage::buildAppearance() {
    QVBoxLayout *column = nullptr;
    QWidget *card = makeCard(tr("Appearance and keys"), column, this);
    auto *rows = new QWidget(card);
    auto *form = new QFormLayout(rows);
    form->setContentsMargins(0, 0, 0, 0);
    m_appearance = addChoice(form, tr("&Theme"), QStringLiteral("appearanceBox"),
                             {tr("Like the system"), tr("Light"), tr("Dark")});
    m_sendKey = addChoice(form, tr("&Send with"), QStringLiteral("sendKeyBox"),
                          {tr("Enter (Shift+Enter: new line)"), tr("Ctrl+Enter (Enter: new line)")});
    column->addWidget(rows);
    m_appearance->setCurrentIndex(int(m_preferences.appearance()));
    m_sendKey->setCurrentIndex(int(m_preferences.sendKey()));
    connect(m_appearance, &QComboBox::activated, &m_preferences,
            [this](int index) { m_preferences.setAppearance(static_cast<Appearance>(index)); });
    connect(m_sendKey, &QComboBox::activated, &m_preferences,
            [this](int index) { m_preferences.setSendKey(static_cast<composer::SendKey>(index)); });
    connect(&m_preferences, &Preferences::appearanceChanged, this,
            [this](Appearance appearance) { m_appearance->setCurrentIndex(int(appearance)); });
    connect(&m_preferences, &Preferences::sendKeyChanged, this,
            [this](composer::SendKey key) { m_sendKey->setCurrentIndex(int(key)); });
    return card;
}

QWidget *SettingsPage::buildWriting() {
    QWidget *card = makeCard(tr("Writing"), m_writing, this);
    m_writing->addWidget(new composer::SpellingSetting(m_preferences.habits(), card));
    return card;
}

void SettingsPage::setDesk(desk::Alerts *alerts, desk::Outbox *outbox, desk::Backups *backups) {
    delete m_undo;
    m_undo = nullptr;
    if (outbox) {
        m_undo = new composer::UndoSetting(*outbox, this);
        m_writing->insertWidget(1, m_undo); // below the heading
    }
    m_alertsCard->setAlerts(alerts, m_account);
    m_backupsCard->setBackups(backups);
}

QWidget *SettingsPage::buildAlphabet() {
    auto *part = new QWidget(m_accountCard);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(2);
    m_alphabet = new QCheckBox(tr("Count texts in the &whole GSM-7 alphabet"), part);
    m_alphabet->setObjectName(QStringLiteral("fullAlphabetBox"));
    QLabel *consequence = mutedText(
        tr("Then Ç, ¤ and Greek capitals no longer count as characters that force UCS-2. If a carrier does "
           "not know them, such a text costs more segments than shown here."),
        part);
    consequence->setObjectName(QStringLiteral("fullAlphabetConsequence"));
    m_alphabet->setAccessibleDescription(consequence->text());
    column->addWidget(m_alphabet);
    column->addWidget(consequence);
    connect(m_alphabet, &QCheckBox::clicked, this, [this](bool full) {
        if (m_account)
            m_account->setCountsFullAlphabet(full);
    });
    return part;
}

QWidget *SettingsPage::buildAccount() {
    QVBoxLayout *column = nullptr;
    m_accountCard = makeCard(tr("Account"), column, this);
    auto *rows = new QWidget(m_accountCard);
    auto *form = new QFormLayout(rows);
    form->setContentsMargins(0, 0, 0, 0);
    const auto addFact = [this, form](const QString &label, const QString &objectName) {
        QLabel *fact = wrappedText({}, m_accountCard);
        fact->setObjectName(objectName);
        fact->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        form->addRow(label, fact);
        return fact;
    };
    m_name = addFact(tr("Name"), QStringLiteral("accountName"));
    m_relay = addFact(tr("Relay"), QStringLiteral("settingsRelayStatus"));
    m_publicUrl = addFact(tr("Web address"), QStringLiteral("relayPublicUrl"));
    column->addWidget(rows);
    auto *label = new QLabel(tr("&Numbers to send from"), m_accountCard);
    m_senders = plainList(QStringLiteral("accountSenders"), tr("Numbers to send from"), m_accountCard);
    label->setBuddy(m_senders);
    column->addWidget(label);
    column->addWidget(new composer::FieldFrame(m_senders, m_accountCard));
    column->addWidget(buildAlphabet());
    auto *buttons = new QHBoxLayout;
    auto *refresh = new QPushButton(tr("&Read again"), m_accountCard);
    refresh->setObjectName(QStringLiteral("refreshSendersButton"));
    auto *reconnect = new QPushButton(tr("Re&connect the relay"), m_accountCard);
    reconnect->setObjectName(QStringLiteral("reconnectRelayButton"));
    buttons->addWidget(refresh);
    buttons->addWidget(reconnect);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(refresh, &QPushButton::clicked, this, [this] {
        if (m_account)
            m_account->refresh();
    });
    connect(reconnect, &QPushButton::clicked, this, [this] {
        if (m_account)
            m_account->reconnectRelay();
    });
    return m_accountCard;
}

void SettingsPage::setAccount(desk::Account *account, desk::Team *team) {
    if (m_account)
        disconnect(m_account, nullptr, this, nullptr);
    m_account = account;
    m_cannedCard->setTeam(team);
    if (m_account) {
        connect(m_account, &desk::Account::sendersChanged, this, &SettingsPage::showAccount);
        connect(m_account, &desk::Account::relayChanged, this, &SettingsPage::showAccount);
        connect(m_account, &desk::Account::alphabetChanged, this, &SettingsPage::showAccount);
    }
    showAccount();
}

void SettingsPage::showAccount() {
    m_accountCard->setVisible(m_account != nullptr);
    if (!m_account)
        return;
    m_name->setText(m_account->isSandbox()
                        ? tr("%1, for practice: nothing leaves this computer").arg(m_account->name())
                        : m_account->name());
    const desk::RelayStatus relay = m_account->relay();
    m_relay->setText(relayInWords(relay));
    m_publicUrl->setText(relay.publicUrl.isEmpty()
                             ? tr("Not known: Telnyx cannot report replies and deliveries to this relay yet")
                             : relay.publicUrl);
    m_alphabet->setChecked(m_account->countsFullAlphabet());
    m_senders->clear();
    const QList<desk::Sender> senders = m_account->senders();
    for (const desk::Sender &sender : senders) {
        QString text = composer::senderInWords(sender);
        if (sender.smartEncoding)
            text += tr(" · smart encoding");
        if (!sender.profileEnabled)
            text += tr(" · profile switched off");
        m_senders->addItem(text);
    }
}

} // namespace longcode::settings
