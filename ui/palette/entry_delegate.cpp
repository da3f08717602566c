#include "palette/entry_delegate.h"

#include "palette/palette_model.h"
#include "style/list_row.h"
#include "style/theme.h"

#include <QPainter>

namespace longcode::palette {

namespace {

constexpr int side = 10;
constexpr int gap = 12;

} // namespace

QSize EntryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    return {200, QFontMetrics(option.font).height() + 14};
}

void EntryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const {
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const style::ListRow row(painter, option, style::RowShape::Card);
    QRect area = option.rect.adjusted(side, 0, -side, 0);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    style::drawBack(painter, area, index.data(KeysRole).toString(), gap, mirrored);
    painter->setFont(option.font);
    painter->setPen(tokens.text);
    style::drawFront(painter, area, index.data(TitleRole).toString(), gap, mirrored);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    style::drawFront(painter, area, index.data(DetailRole).toString(), gap, mirrored);
}

} // namespace longcode::palette
