#include "inbox/contact_panel.h"

#include "inbox/fact_list.h"
#include "inbox/relay_line.h"
#include "inbox/when.h"
#include "rules/quiet_hours.h"
#include "style/console_style.h"
#include "style/plain_text.h"

#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace longcode::inbox {

using style::TextTone;

namespace {

/// Below this the API's health figure deserves a look (own choice).
constexpr double healthyRatio = 0.9;

/// "local" and "longcode" become words; anything unknown is shown as the API wrote it.
QString known(const QString &foreign) {
    QString words = style::singleLine(foreign);
    words.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!words.isEmpty())
        words[0] = words.at(0).toUpper();
    return words;
}

/// Its name; a tag that no locale knows is shown as it is.
QString languageOf(const desk::Conversation &conversation) {
    const QString tag = style::singleLine(conversation.language);
    const QLocale locale(tag);
    return tag.isEmpty() || locale.language() == QLocale::C ? tag
                                                            : QLocale::languageToString(locale.language());
}

} // namespace

ContactPanel::ContactPanel(desk::Inbox &inbox, desk::Account &account, QWidget *parent)
    : Panel(style::Fill::Surface, parent)
    , m_inbox(inbox)
    , m_account(account)
    , m_edit(new QPushButton(tr("Edit contact"), this))
    , m_scroll(new QScrollArea(this))
    , m_facts(new FactList) {
    setObjectName(QStringLiteral("contactPanel"));
    setAccessibleName(tr("About the customer"));
    setEdges(Qt::LeftEdge);
    setMinimumWidth(220);
    makeFacts();
    auto *content = new QWidget;
    auto *padding = new QVBoxLayout(content);
    padding->setContentsMargins(14, 13, 14, 13);
    padding->addWidget(m_facts);
    padding->addStretch(1);
    m_scroll->setObjectName(QStringLiteral("contactFacts"));
    m_scroll->setAccessibleName(tr("What is known about the customer"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    auto *relay = new RelayLine(account, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 10);
    column->setSpacing(8);
    column->addWidget(m_scroll, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(14, 0, 14, 0);
    foot->addWidget(relay);
    column->addLayout(foot);
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const auto conversation = m_inbox.conversation(m_id))
            Q_EMIT editRequested(conversation->peer);
    });
    connect(&m_inbox, &desk::Inbox::conversationChanged, this, [this](desk::ConversationId id) {
        if (id == m_id)
            refresh();
    });
    connect(&m_account, &desk::Account::sendersChanged, this, &ContactPanel::refresh);
    refresh();
}

void ContactPanel::makeFacts() {
    m_edit->setObjectName(QStringLiteral("editContactLink"));
    m_edit->setFont(style::textFont(font(), style::TextSize::Small));
    m_edit->setToolTip(tr("Name, numbers, notes and language of this customer"));
    style::setButtonKind(m_edit, style::ButtonKind::Link);
    m_facts->addSection(tr("Contact"), m_edit);
    m_facts->addFact(QStringLiteral("factName"), tr("Name"));
    m_facts->addFact(QStringLiteral("factNumber"), tr("Number"));
    m_facts->addFact(QStringLiteral("factCountry"), tr("Country"));
    m_facts->addFact(QStringLiteral("factCarrier"), tr("Carrier"));
    m_facts->addFact(QStringLiteral("factLineType"), tr("Line type"));
    m_facts->addFact(QStringLiteral("factLanguage"), tr("Language"));
    m_facts->addFact(QStringLiteral("factZone"), tr("Time zone"));
    m_facts->addSection(tr("Consent"));
    m_facts->addFact(QStringLiteral("factConsent"), tr("Status"));
    m_facts->addFact(QStringLiteral("factConsentSince"), tr("Since"));
    m_facts->addFact(QStringLiteral("factConsentKeyword"), tr("Keyword"));
    m_facts->addSection(tr("Sender"));
    m_facts->addFact(QStringLiteral("factSender"), tr("Number"));
    m_facts->addFact(QStringLiteral("factProfile"), tr("Profile"));
    m_facts->addFact(QStringLiteral("factSenderKind"), tr("Kind"));
    m_facts->addFact(QStringLiteral("factSmartEncoding"), tr("Smart encoding"));
    m_facts->addFact(QStringLiteral("factHealth"), tr("Health"));
}

void ContactPanel::show(desk::ConversationId id) {
    m_id = id;
    refresh();
}

void ContactPanel::refresh() {
    const auto conversation = m_inbox.conversation(m_id);
    m_facts->setVisible(conversation.has_value());
    if (!conversation)
        return;
    showContact(*conversation);
    showConsent(*conversation);
    showSender(*conversation);
}

void ContactPanel::showContact(const desk::Conversation &conversation) {
    const QString name = style::singleLine(conversation.name);
    m_facts->setFact(QStringLiteral("factName"), name.isEmpty() ? tr("Not named yet") : name,
                     name.isEmpty() ? TextTone::Muted : TextTone::Text);
    m_facts->setFact(QStringLiteral("factNumber"), style::isolated(conversation.peer.international()));
    m_facts->setFact(QStringLiteral("factCountry"), conversation.peer.countryName());
    m_facts->setFact(QStringLiteral("factCarrier"), style::singleLine(conversation.carrier));
    m_facts->setFact(QStringLiteral("factLineType"), known(conversation.lineType));
    m_facts->setFact(QStringLiteral("factLanguage"), languageOf(conversation));
    m_facts->setFact(QStringLiteral("factZone"), rules::zonePlace(conversation.zone));
}

void ContactPanel::showConsent(const desk::Conversation &conversation) {
    const auto &optOut = conversation.optOut;
    m_facts->setFact(QStringLiteral("factConsent"), optOut ? tr("Opted out") : tr("Not opted out"),
                     optOut ? TextTone::Warn : TextTone::Accent);
    QString since;
    if (optOut && optOut->since.isValid()) {
        const QString day = QLocale().toString(optOut->since.toLocalTime().date(), QLocale::ShortFormat);
        since = QStringLiteral("%1, %2").arg(day, timeOfDay(optOut->since));
    }
    m_facts->setFact(QStringLiteral("factConsentSince"), since);
    m_facts->setFact(QStringLiteral("factConsentKeyword"),
                     optOut ? style::singleLine(optOut->keyword) : QString());
}

void ContactPanel::showSender(const desk::Conversation &conversation) {
    const QList<desk::Sender> senders = m_account.senders();
    const auto found = std::find_if(senders.cbegin(), senders.cend(), [&](const desk::Sender &sender) {
        return sender.address == conversation.own;
    });
    const auto kindInWords = [](sms::SenderKind kind) {
        switch (kind) {
        case sms::SenderKind::LongCode:
            return tr("Long code");
        case sms::SenderKind::TollFree:
            return tr("Toll-free");
        case sms::SenderKind::ShortCode:
            return tr("Short code");
        case sms::SenderKind::Alphanumeric:
            return tr("Alphanumeric");
        }
        return QString();
    };
    m_facts->setFact(QStringLiteral("factSender"), style::isolated(conversation.own.international()));
    m_facts->setFact(QStringLiteral("factProfile"), style::singleLine(conversation.ownName));
    if (found == senders.cend()) {
        m_facts->setFact(QStringLiteral("factSenderKind"), tr("No longer in this account"), TextTone::Warn);
        m_facts->setFact(QStringLiteral("factSmartEncoding"), {});
        m_facts->setFact(QStringLiteral("factHealth"), {});
        return;
    }
    if (!found->profileEnabled)
        m_facts->setFact(QStringLiteral("factProfile"), tr("%1 (switched off)").arg(found->profileName),
                         TextTone::Warn);
    m_facts->setFact(QStringLiteral("factSenderKind"), kindInWords(found->kind));
    m_facts->setFact(QStringLiteral("factSmartEncoding"), found->smartEncoding ? tr("On") : tr("Off"));
    const auto ratio = found->successRatio;
    m_facts->setFact(QStringLiteral("factHealth"),
                     ratio ? tr("%1 % delivered").arg(QLocale().toString(*ratio * 100, 'f', 1)) : QString(),
                     ratio && *ratio < healthyRatio ? TextTone::Warn : TextTone::Accent);
}

} // namespace longcode::inbox
