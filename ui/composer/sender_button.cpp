#include "composer/sender_button.h"

#include <QActionGroup>
#include <QMenu>

namespace longcode::composer {

namespace {

constexpr int widestText = 340;

/// An ampersand in a menu or on a button would else underline the next letter.
QString withoutMnemonic(QString text) {
    return text.replace(u'&', QStringLiteral("&&"));
}

} // namespace

QString senderInWords(const desk::Sender &sender) {
    const QString number = sender.address.international();
    return sender.profileName.isEmpty() ? number : sender.profileName + u' ' + number;
}

SenderButton::SenderButton(desk::Account &account, QWidget *parent)
    : QToolButton(parent), m_account(account) {
    setObjectName(QStringLiteral("senderButton"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("senderMenu"));
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &SenderButton::fillMenu);
    connect(&m_account, &desk::Account::sendersChanged, this, &SenderButton::showCurrent);
    showCurrent();
}

std::optional<desk::Sender> SenderButton::currentSender() const {
    const QList<desk::Sender> senders = m_account.senders();
    for (const desk::Sender &sender : senders) {
        if (sender.address == m_current)
            return sender;
    }
    return std::nullopt;
}

void SenderButton::setCurrent(const phone::Address &own) {
    m_current = own;
    showCurrent();
}

void SenderButton::showCurrent() {
    QString name = tr("no sender");
    if (const std::optional<desk::Sender> sender = currentSender())
        name = senderInWords(*sender);
    else if (!m_current.isEmpty())
        name = tr("%1 (no longer in this account)").arg(m_current.international());
    const QString text = tr("From %1").arg(name);
    setText(withoutMnemonic(fontMetrics().elidedText(text, Qt::ElideMiddle, widestText)));
    setAccessibleName(tr("Sender: %1").arg(name));
    // Always rich, so that a profile's name is never taken for markup.
    setToolTip(
        QStringLiteral("<qt>%1</qt>").arg(tr("This conversation answers from %1").arg(name).toHtmlEscaped()));
}

void SenderButton::fillMenu() {
    menu()->clear();
    auto *group = new QActionGroup(menu());
    const QList<desk::Sender> senders = m_account.senders();
    for (const desk::Sender &sender : senders) {
        QString text = withoutMnemonic(senderInWords(sender));
        if (!sender.profileEnabled)
            text = tr("%1 (profile switched off)").arg(text);
        QAction *action = menu()->addAction(text);
        action->setCheckable(true);
        action->setChecked(sender.address == m_current);
        action->setEnabled(sender.profileEnabled);
        action->setActionGroup(group);
        connect(action, &QAction::triggered, this, [this, address = sender.address] {
            if (!(address == m_current))
                Q_EMIT chosen(address);
        });
    }
    if (senders.isEmpty())
        menu()->addAction(tr("This account has no number to send from"))->setEnabled(false);
}

} // namespace longcode::composer
