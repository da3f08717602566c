#include "composer/canned_delegate.h"

#include "composer/canned_model.h"
#include "style/list_row.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QPainter>

namespace longcode::composer {

namespace {

constexpr int cannedSide = 10;
constexpr int cannedTop = 6;

/// Below this a folder is not worth the dots.
constexpr int leastFolder = 24;

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
    const bool mirrored = option.direction == Qt::RightToLeft;
    const style::ListRow row(painter, option, style::RowShape::Card);
    const QFont strong = style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    QRect first = option.rect.adjusted(cannedSide, cannedTop, -cannedSide, 0);
    first.setHeight(QFontMetrics(strong).height());
    QRect second = first.translated(0, first.height() + 2);
    second.setHeight(QFontMetrics(small).height());
    painter->setFont(small);
    painter->setPen(tokens.muted);
    style::drawBack(painter, first, index.data(CannedSegmentsRole).toString(), 12, mirrored);
    painter->setFont(strong);
    painter->setPen(tokens.text);
    style::drawFront(painter, first, style::singleLine(reply.title), 8, mirrored);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    if (first.width() > leastFolder)
        style::drawLine(painter, first, style::singleLine(reply.folder), mirrored);
    style::drawLine(painter, second, firstLine(index.data(CannedTextRole).toString()), mirrored);
}

} // namespace longcode::composer
