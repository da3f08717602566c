#include "health/webhook_card.h"

#include "base/when_finished.h"
#include "health/ask_row.h"
#include "health/fact_table.h"
#include "settings/page_parts.h"
#include "style/panel.h"
#include "style/plain_text.h"

#include <QItemSelectionModel>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::health {

namespace {

Cell stateCell(const desk::WebhookCheck &check) {
    if (check.matches)
        return {WebhookCard::tr("Points here"), style::TextTone::Accent};
    if (check.url.isEmpty())
        return {WebhookCard::tr("Not set"), style::TextTone::Warn};
    return {WebhookCard::tr("Points elsewhere"), style::TextTone::Warn};
}

} // namespace

WebhookCard::WebhookCard(desk::RelayHealth &health, QWidget *parent) : QWidget(parent), m_health(health) {
    setObjectName(QStringLiteral("webhookCard"));
    QVBoxLayout *column = nullptr;
    style::Panel *card = settings::makeCard(tr("Where Telnyx reports"), column, this);
    column->addWidget(settings::mutedText(tr("Each messaging profile has one address for replies and "
                                             "delivery reports. It must be this relay's."),
                                          card));
    m_table = new FactTable(QStringLiteral("webhookTable"), tr("Addresses of the messaging profiles"),
                            {tr("Profile"), tr("Address"), tr("State")}, 1, card);
    column->addWidget(m_table);
    m_read = new AskRow(tr("Set to this &relay…"), QStringLiteral("setWebhook"), card);
    m_set = m_read->button();
    QPushButton *again = m_read->addButton(tr("Read &again"), QStringLiteral("checkWebhooksButton"));
    column->addWidget(m_read);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
    connect(again, &QPushButton::clicked, this, &WebhookCard::check);
    connect(m_read, &AskRow::asked, this, &WebhookCard::askToSet);
    connect(m_read, &AskRow::answered, this, &WebhookCard::fitButton);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &WebhookCard::fitButton);
    connect(&m_health, &desk::RelayHealth::webhooksChanged, this, &WebhookCard::refresh);
    refresh();
}

void WebhookCard::check() {
    m_read->say(tr("Reading the messaging profiles…"));
    whenFinished(m_health.checkWebhooks(), this,
                 [this](const Result<QList<desk::WebhookCheck>, Failure> &answer) {
                     m_read->say(answer ? QString() : settings::inOneLine(answer.error()));
                     refresh();
                 });
}

void WebhookCard::refresh() {
    const QList<desk::WebhookCheck> checks = m_health.webhooks();
    QList<Row> rows;
    int wrong = -1;
    for (const desk::WebhookCheck &check : checks) {
        if (!check.matches && wrong < 0)
            wrong = int(rows.size());
        const QString name = check.profileName.isEmpty() ? check.profileId : check.profileName;
        rows.append({{style::isolated(name), style::TextTone::Text},
                     {check.url.isEmpty() ? tr("none") : check.url, style::TextTone::Muted},
                     stateCell(check)});
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    // The first one that is wrong is the one to be put right.
    if (!m_table->currentIndex().isValid() && !rows.isEmpty())
        m_table->selectRow(qMax(0, wrong));
    fitButton();
}

std::optional<desk::WebhookCheck> WebhookCard::chosen() const {
    const QList<desk::WebhookCheck> checks = m_health.webhooks();
    const int row = m_table->currentIndex().row();
    if (row < 0 || row >= checks.size())
        return std::nullopt;
    return checks.at(row);
}

void WebhookCard::fitButton() {
    const auto check = chosen();
    const QString receiver = m_health.receiverUrl();
    m_set->setEnabled(check && !check->matches && !receiver.isEmpty());
    m_set->setToolTip(receiver.isEmpty() ? tr("The relay does not know its public address yet") : QString());
}

void WebhookCard::askToSet() {
    const auto check = chosen();
    if (!check)
        return;
    auto *box = new QMessageBox(window());
    box->setObjectName(QStringLiteral("setWebhookBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setWindowTitle(tr("Set the address"));
    box->setText(tr("Set the address of “%1” to this relay?").arg(style::isolated(check->profileName)));
    const QString here = tr("Replies and delivery reports will go to %1.").arg(m_health.receiverUrl());
    box->setInformativeText(check->url.isEmpty() ? here
                                                 : here + u' ' +
                                                       tr("What receives them now, at %1, will get nothing "
                                                          "any more. If another program needs them, let "
                                                          "the relay forward them to it (option --forward).")
                                                           .arg(style::isolated(check->url)));
    style::showAsPlainText(*box);
    QPushButton *set = box->addButton(tr("Set the address"), QMessageBox::AcceptRole);
    set->setObjectName(QStringLiteral("setWebhookConfirm"));
    box->addButton(QMessageBox::Cancel)->setObjectName(QStringLiteral("setWebhookCancel"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(set, &QPushButton::clicked, this, [this, id = check->profileId] {
        m_read->run(m_health.setWebhookUrl(id), tr("Setting the address…"));
    });
    box->open();
}

} // namespace longcode::health
