#include "composer/sender_button.h"

#include "style/icons.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QActionGroup>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionToolButton>

namespace longcode::composer {

namespace {

constexpr int widestText = 340;
constexpr int margin = 6;
constexpr int chevron = 12;

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
    m_name = name;
    setText(withoutMnemonic(tr("From %1").arg(name)));
    updateGeometry();
    setAccessibleName(tr("Sender: %1").arg(name));
    setToolTip(style::plainToolTip(tr("This conversation answers from %1").arg(name)));
}

QSize SenderButton::sizeHint() const {
    const QFontMetrics plain(style::textFont(font(), style::TextSize::Small));
    const QFontMetrics strong(style::textFont(font(), style::TextSize::Small, style::TextWeight::Strong));
    const int words = plain.horizontalAdvance(tr("From") + u' ') + strong.horizontalAdvance(m_name);
    return {qMin(words, widestText) + 2 * margin + chevron + 4, strong.height() + 10};
}

void SenderButton::paintEvent(QPaintEvent *) {
    QStyleOptionToolButton option;
    initStyleOption(&option);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_PanelButtonTool, &option, &painter, this);
    const style::Tokens &tokens = style::tokensFor(this);
    const QFont plain = style::textFont(font(), style::TextSize::Small);
    const QFont strong = style::textFont(font(), style::TextSize::Small, style::TextWeight::Strong);
    const QString lead = tr("From") + u' ';
    const int leadWidth = QFontMetrics(plain).horizontalAdvance(lead);
    const auto place = [this](int x, int width) {
        return style()->visualRect(layoutDirection(), rect(), QRect(x, 0, width, height()));
    };
    const int nameWidth = width() - 2 * margin - leadWidth - chevron - 4;
    painter.setPen(tokens.muted);
    painter.setFont(plain);
    painter.drawText(place(margin, leadWidth), Qt::AlignVCenter | Qt::AlignLeading, lead);
    painter.setFont(strong);
    painter.drawText(place(margin + leadWidth, nameWidth), Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(m_name, Qt::ElideMiddle, nameWidth));
    style::paintIcon(&painter, place(width() - margin - chevron, chevron), style::IconName::ChevronDown,
                     tokens.muted);
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
