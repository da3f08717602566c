#include "palette/entry_delegate.h"

#include "palette/palette_model.h"
#include "style/theme.h"

#include <QPainter>

namespace longcode::palette {

namespace {

constexpr int side = 10;
constexpr int gap = 12;

int draw(QPainter *painter, QRect &area, const QString &text, bool atEnd, bool mirrored) {
    if (text.isEmpty() || area.width() < gap)
        return 0;
    const QFontMetrics metrics = painter->fontMetrics();
    const int width = qMin(metrics.horizontalAdvance(text) + 1, area.width());
    const bool right = atEnd != mirrored;
    const QRect part(right ? area.right() - width + 1 : area.left(), area.top(), width, area.height());
    painter->drawText(part, int(Qt::AlignLeft | Qt::AlignVCenter | Qt::AlignAbsolute) | Qt::TextSingleLine,
                      metrics.elidedText(text, Qt::ElideRight, width));
    if (right)
        area.setRight(part.left() - gap);
    else
        area.setLeft(part.right() + gap);
    return width;
}

} // namespace

QSize EntryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    return {200, QFontMetrics(option.font).height() + 14};
}

void EntryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const {
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
        painter->setBrush(option.state & QStyle::State_Selected ? tokens.accentSoft : tokens.raised);
        painter->drawRoundedRect(option.rect, 7, 7);
    }
    QRect area = option.rect.adjusted(side, 0, -side, 0);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    draw(painter, area, index.data(KeysRole).toString(), true, mirrored);
    painter->setFont(option.font);
    painter->setPen(tokens.text);
    draw(painter, area, index.data(TitleRole).toString(), false, mirrored);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    draw(painter, area, index.data(DetailRole).toString(), false, mirrored);
    painter->restore();
}

} // namespace longcode::palette
