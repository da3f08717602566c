#include "style/list_row.h"

#include "style/theme.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace longcode::style {

namespace {

constexpr qreal cardRadius = 6;
constexpr qreal bandFocus = 2;
constexpr qreal cardFocus = 1.4;

void paintGround(QPainter *painter, const QStyleOptionViewItem &option, RowShape shape) {
    const Tokens &tokens = tokensFor(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const bool marked = selected || (option.state & QStyle::State_MouseOver);
    if (shape == RowShape::Card) {
        if (!marked)
            return;
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? tokens.accentSoft : tokens.raised);
        painter->drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), cardRadius, cardRadius);
        return;
    }
    if (marked)
        painter->fillRect(option.rect, selected ? tokens.accentSoft : tokens.window);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.border);
}

void paintFocus(QPainter *painter, const QStyleOptionViewItem &option, RowShape shape) {
    if (!(option.state & QStyle::State_HasFocus) || !(option.state & QStyle::State_KeyboardFocusChange))
        return;
    const Tokens &tokens = tokensFor(option.widget);
    painter->setBrush(Qt::NoBrush);
    if (shape == RowShape::Card) {
        painter->setPen(QPen(tokens.accent, cardFocus));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5), cardRadius, cardRadius);
        return;
    }
    painter->setPen(QPen(tokens.accent, bandFocus));
    painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
}

int widthOf(const QPainter *painter, const QRect &area, const QString &text) {
    return qMin(area.width(), painter->fontMetrics().horizontalAdvance(text) + 2);
}

} // namespace

ListRow::ListRow(QPainter *painter, const QStyleOptionViewItem &option, RowShape shape)
    : m_painter(painter), m_option(option), m_shape(shape) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(painter, option, shape);
}

ListRow::~ListRow() {
    paintFocus(m_painter, m_option, m_shape);
    m_painter->restore();
}

QRect takeFront(QRect &area, int width, bool mirrored) {
    QRect part = area;
    if (mirrored) {
        part.setLeft(area.right() - width + 1);
        area.setRight(area.right() - width);
    } else {
        part.setWidth(width);
        area.setLeft(area.left() + width);
    }
    return part;
}

QRect takeBack(QRect &area, int width, bool mirrored) {
    return takeFront(area, width, !mirrored);
}

void drawLine(QPainter *painter, const QRect &area, const QString &text, bool mirrored) {
    painter->drawText(
        area,
        int((mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute) |
            Qt::TextSingleLine,
        painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

void drawFront(QPainter *painter, QRect &area, const QString &text, int gap, bool mirrored) {
    if (text.isEmpty() || area.width() <= 0)
        return;
    drawLine(painter, takeFront(area, widthOf(painter, area, text), mirrored), text, mirrored);
    takeFront(area, qMin(gap, area.width()), mirrored);
}

void drawBack(QPainter *painter, QRect &area, const QString &text, int gap, bool mirrored) {
    if (text.isEmpty() || area.width() <= 0)
        return;
    drawLine(painter, takeBack(area, widthOf(painter, area, text), mirrored), text, !mirrored);
    takeBack(area, qMin(gap, area.width()), mirrored);
}

} // namespace longcode::style
