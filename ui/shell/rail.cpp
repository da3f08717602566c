#include "shell/rail.h"

#include "style/theme.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

namespace longcode::shell {

namespace {

constexpr int railWidth = 64;
constexpr int buttonHeight = 50;
constexpr int iconExtent = 22;

} // namespace

RailButton::RailButton(style::IconName icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent), m_iconName(icon) {
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
}

void RailButton::setBadge(int count) {
    if (m_badge == count)
        return;
    m_badge = count;
    setAccessibleDescription(count > 0 ? tr("%1 unread").arg(count) : QString());
    update();
}

QSize RailButton::sizeHint() const {
    return {railWidth - 14, buttonHeight};
}

void RailButton::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (isChecked() || underMouse()) {
        painter.setBrush(isChecked() ? tokens.accentSoft : tokens.raised);
        painter.drawRoundedRect(rect(), 9, 9);
    }
    const QColor ink = isChecked() ? tokens.accent : tokens.muted;
    const QRectF icon((width() - iconExtent) / 2.0, 6, iconExtent, iconExtent);
    style::paintIcon(&painter, icon, m_iconName, ink);
    painter.setFont(style::textFont(font(), style::TextSize::Tiny));
    painter.setPen(ink);
    painter.drawText(QRectF(0, 30, width(), height() - 31), Qt::AlignHCenter | Qt::AlignVCenter, text());
    if (m_badge > 0)
        paintBadge(painter, icon);
    if (hasFocus()) {
        painter.setPen(QPen(tokens.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    }
}

void RailButton::paintBadge(QPainter &painter, const QRectF &icon) const {
    const style::Tokens &tokens = style::tokensFor(this);
    const QString words = m_badge > 99 ? QStringLiteral("99+") : QString::number(m_badge);
    painter.setFont(style::textFont(font(), style::TextSize::Tiny, style::TextWeight::Strong));
    const qreal width = qMax(15.0, QFontMetricsF(painter.font()).horizontalAdvance(words) + 8);
    const qreal x = layoutDirection() == Qt::RightToLeft ? icon.left() + 6 - width : icon.right() - 6;
    const QRectF pill(x, 2, width, 15);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.accent);
    painter.drawRoundedRect(pill, 7.5, 7.5);
    painter.setPen(tokens.accentText);
    painter.drawText(pill, Qt::AlignCenter, words);
}

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_inbox(new RailButton(style::IconName::Inbox, tr("Inbox"), this))
    , m_settings(new RailButton(style::IconName::Settings, tr("Settings"), this)) {
    setObjectName(QStringLiteral("rail"));
    setFixedWidth(railWidth);
    m_inbox->setObjectName(QStringLiteral("inboxPageButton"));
    m_inbox->setAccessibleName(tr("Inbox"));
    m_inbox->setToolTip(tr("Inbox (Ctrl+1)"));
    m_settings->setObjectName(QStringLiteral("settingsPageButton"));
    m_settings->setAccessibleName(tr("Settings"));
    m_settings->setToolTip(tr("Settings (Ctrl+2)"));
    auto *group = new QButtonGroup(this);
    group->addButton(m_inbox);
    group->addButton(m_settings);
    m_inbox->setChecked(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(7, 10, 7, 10);
    column->addWidget(m_inbox);
    column->addStretch(1);
    column->addWidget(m_settings);
    connect(m_inbox, &RailButton::clicked, this, [this] { Q_EMIT chosen(Page::Inbox); });
    connect(m_settings, &RailButton::clicked, this, [this] { Q_EMIT chosen(Page::Settings); });
}

void Rail::setCurrent(Page page) {
    (page == Page::Inbox ? m_inbox : m_settings)->setChecked(true);
}

void Rail::setUnread(int conversations) {
    m_inbox->setBadge(conversations);
}

void Rail::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.window);
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(edge, 0, 1, height(), tokens.border);
}

} // namespace longcode::shell
