#include "schedule/send_delegate.h"

#include "style/theme.h"

#include <QPainter>
#include <QStyle>

namespace longcode::schedule {

namespace {

constexpr int side = 12;
constexpr int top = 8;
constexpr int between = 3;

/// Draws at one edge of `area`, cut where there is no room; returns the width used.
int drawWords(QPainter *painter, const QStyleOptionViewItem &option, QRect area, const QString &words,
              Qt::Alignment edge) {
    const QFontMetrics metrics = painter->fontMetrics();
    const QString shown = metrics.elidedText(words, Qt::ElideRight, area.width());
    const int width = qMin(area.width(), metrics.horizontalAdvance(shown) + 1);
    if (edge & Qt::AlignRight)
        area.setLeft(area.right() - width + 1);
    else
        area.setWidth(width);
    const QRect place = QStyle::visualRect(option.direction, option.rect, area);
    const bool mirrored = option.direction == Qt::RightToLeft;
    painter->drawText(
        place,
        int(Qt::AlignVCenter | Qt::AlignAbsolute | (mirrored ? Qt::AlignRight : Qt::AlignLeft)) |
            Qt::TextSingleLine,
        shown);
    return width;
}

void drawGround(QPainter *painter, const QStyleOptionViewItem &option, const style::Tokens &tokens) {
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? tokens.accentSoft : tokens.raised);
        painter->drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 6, 6);
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(tokens.accent, 1.4));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5), 6, 6);
    }
}

} // namespace

SendDelegate::SendDelegate(const SendRoles &roles, QObject *parent)
    : QStyledItemDelegate(parent), m_roles(roles) {}

QSize SendDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    const QFontMetrics strong(style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong));
    const QFontMetrics small(style::textFont(option.font, style::TextSize::Small));
    return {260, strong.height() + 2 * small.height() + 2 * between + 2 * top};
}

void SendDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const {
    const style::Tokens &tokens = style::tokensFor(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    drawGround(painter, option, tokens);
    const QFont strong = style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    QRect line = option.rect.adjusted(side, top, -side, 0);
    line.setHeight(QFontMetrics(strong).height());
    painter->setFont(small);
    painter->setPen(index.data(m_roles.alarming).toBool() ? tokens.danger : tokens.muted);
    QRect rest = line;
    const int used = drawWords(painter, option, line, index.data(m_roles.mark).toString(), Qt::AlignRight);
    rest.setRight(line.right() - used - side);
    painter->setFont(strong);
    painter->setPen(tokens.text);
    drawWords(painter, option, rest, index.data(m_roles.who).toString(), Qt::AlignLeft);
    painter->setFont(small);
    line.translate(0, line.height() + between);
    line.setHeight(QFontMetrics(small).height());
    painter->setPen(tokens.accent);
    drawWords(painter, option, line, index.data(m_roles.when).toString(), Qt::AlignLeft);
    line.translate(0, line.height() + between);
    painter->setPen(tokens.muted);
    drawWords(painter, option, line, index.data(m_roles.text).toString(), Qt::AlignLeft);
    painter->restore();
}

} // namespace longcode::schedule
