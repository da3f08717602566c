#include "composer/canned_delegate.h"

#include "composer/canned_model.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QPainter>
#include <QStyle>

namespace longcode::composer {

namespace {

constexpr int cannedSide = 10;
constexpr int cannedTop = 6;

/// Draws at the leading edge of `area`, cut where there is no room; returns the width used.
int drawWords(QPainter *painter, const QStyleOptionViewItem &option, const QRect &whole, const QRect &area,
              const QString &words) {
    const QString shown = painter->fontMetrics().elidedText(words, Qt::ElideRight, area.width());
    const int width = qMin(area.width(), painter->fontMetrics().horizontalAdvance(shown) + 1);
    const QRect place =
        QStyle::visualRect(option.direction, whole, QRect(area.left(), area.top(), width, area.height()));
    painter->drawText(place,
                      int(Qt::AlignVCenter | Qt::AlignAbsolute |
                          (option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft)) |
                          Qt::TextSingleLine,
                      shown);
    return width;
}

} // namespace

QSize CannedDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    const QFontMetrics strong(style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong));
    const QFontMetrics small(style::textFont(option.font, style::TextSize::Small));
    return {240, strong.height() + small.height() + 2 + 2 * cannedTop};
}

void CannedDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const {
    const auto reply = index.data(CannedReplyRole).value<desk::CannedReply>();
    const style::Tokens &tokens = style::tokensFor(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? tokens.accentSoft : tokens.raised);
        painter->drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 6, 6);
    }
    const QFont strong = style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    const QRect whole = option.rect;
    QRect first = whole.adjusted(cannedSide, cannedTop, -cannedSide, 0);
    first.setHeight(QFontMetrics(strong).height());
    QRect second = first.translated(0, first.height() + 2);
    second.setHeight(QFontMetrics(small).height());

    const QString segments = index.data(CannedSegmentsRole).toString();
    painter->setFont(small);
    painter->setPen(tokens.muted);
    const int segmentsWidth = QFontMetrics(small).horizontalAdvance(segments) + 1;
    QRect end = first;
    end.setLeft(first.right() - segmentsWidth + 1);
    drawWords(painter, option, whole, end, segments);
    first.setRight(first.right() - segmentsWidth - 12);

    painter->setFont(strong);
    painter->setPen(tokens.text);
    const int used = drawWords(painter, option, whole, first, style::singleLine(reply.title));
    first.setLeft(first.left() + used + 8);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    if (first.width() > 24)
        drawWords(painter, option, whole, first, style::singleLine(reply.folder));
    drawWords(painter, option, whole, second, firstLine(index.data(CannedTextRole).toString()));
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(tokens.accent, 1.4));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5), 6, 6);
    }
    painter->restore();
}

} // namespace longcode::composer
