#include "shell/rail.h"

#include "health/state_dot.h"
#include "style/theme.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

namespace longcode::shell {

namespace {

constexpr int railWidth = 64;
constexpr int sideMargin = 3;
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

void RailButton::setBadge(int count, const QString &words) {
    if (m_badge == count)
        return;
    m_badge = count;
    setAccessibleDescription(count > 0 ? words : QString());
    update();
}

void RailButton::setState(const health::RelayState &state) {
    m_state = state.tone;
    setAccessibleDescription(state.title);
    update();
}

QSize RailButton::sizeHint() const {
    return {railWidth - 2 * sideMargin, buttonHeight};
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
    if (m_state) {
        const QRectF dot(layoutDirection() == Qt::RightToLeft ? icon.left() - 4 : icon.right() - 5, 5, 9, 9);
        painter.setPen(QPen(isChecked() ? tokens.accentSoft : tokens.window, 1.5));
        painter.setBrush(health::colourOf(*m_state, tokens));
        painter.drawEllipse(dot);
    }
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
    , m_people(new RailButton(style::IconName::User, tr("Contacts"), this))
    , m_scheduled(new RailButton(style::IconName::Clock, tr("Scheduled"), this))
    , m_relay(new RailButton(style::IconName::Plug, tr("Relay"), this))
    , m_settings(new RailButton(style::IconName::Settings, tr("Settings"), this)) {
    setObjectName(QStringLiteral("rail"));
    setFixedWidth(railWidth);
    auto *group = new QButtonGroup(this);
    const auto add = [&](RailButton *button, Page page, const char *name, const QString &tip) {
        button->setObjectName(QLatin1String(name));
        button->setAccessibleName(button->text());
        button->setToolTip(tip);
        group->addButton(button);
        connect(button, &RailButton::clicked, this, [this, page] { Q_EMIT chosen(page); });
    };
    add(m_inbox, Page::Inbox, "inboxPageButton", tr("Inbox (Ctrl+1)"));
    add(m_people, Page::People, "peoplePageButton", tr("Contacts (Ctrl+4)"));
    add(m_scheduled, Page::Scheduled, "scheduledPageButton", tr("Scheduled texts (Ctrl+5)"));
    add(m_relay, Page::Relay, "relayPageButton", tr("Relay (Ctrl+3)"));
    add(m_settings, Page::Settings, "settingsPageButton", tr("Settings (Ctrl+2)"));
    m_inbox->setChecked(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(sideMargin, 10, sideMargin, 10);
    column->addWidget(m_inbox);
    column->addWidget(m_people);
    column->addWidget(m_scheduled);
    column->addStretch(1);
    column->addWidget(m_relay);
    column->addWidget(m_settings);
}

RailButton *Rail::buttonOf(Page page) const {
    switch (page) {
    case Page::Inbox:
        return m_inbox;
    case Page::People:
        return m_people;
    case Page::Scheduled:
        return m_scheduled;
    case Page::Relay:
        return m_relay;
    case Page::Settings:
        break;
    }
    return m_settings;
}

void Rail::setCurrent(Page page) {
    buttonOf(page)->setChecked(true);
}

void Rail::setRelayState(const health::RelayState &state) {
    m_relay->setState(state);
}

void Rail::setUnread(int conversations) {
    m_inbox->setBadge(conversations, tr("%1 unread").arg(conversations));
}

void Rail::setScheduled(int texts) {
    m_scheduled->setBadge(texts, tr("%1 scheduled").arg(texts));
}

void Rail::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.window);
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(edge, 0, 1, height(), tokens.border);
}

} // namespace longcode::shell
