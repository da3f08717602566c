#include "people/contact_delegate.h"

#include "desk/address_book.h"
#include "people/contact_words.h"
#include "style/avatar.h"
#include "style/theme.h"

#include <QPainter>

namespace longcode::people {

namespace {

constexpr int side = 12;
constexpr int rowDisc = 34;
constexpr int gap = 10;
constexpr int top = 8;

void drawLine(QPainter *painter, const QRect &area, const QString &text, bool mirrored) {
    painter->drawText(
        area,
        int((mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute) |
            Qt::TextSingleLine,
        painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

} // namespace

ContactDelegate::ContactDelegate(std::function<phone::Region()> home, QObject *parent)
    : QStyledItemDelegate(parent), m_home(std::move(home)) {}

QSize ContactDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    const int words = QFontMetrics(option.font).height() + QFontMetrics(small).height() + 1;
    return {160, qMax(rowDisc, words) + 2 * top + 1};
}

void ContactDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const {
    const auto contact = index.data(desk::ContactRole).value<contacts::Contact>();
    const style::Tokens &tokens = style::tokensFor(option.widget);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const phone::Region home = m_home();
    const QString title = titleOf(contact, home);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, tokens.accentSoft);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, tokens.window);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.border);

    QRect area = option.rect.adjusted(side, top, -side, -top - 1);
    const int discLeft = mirrored ? area.right() - rowDisc + 1 : area.left();
    const int discTop = area.top() + (area.height() - rowDisc) / 2;
    painter->setFont(option.font);
    style::paintAvatar(painter, QRectF(discLeft, discTop, rowDisc, rowDisc), title, colourKeyOf(contact));
    if (mirrored)
        area.setRight(area.right() - rowDisc - gap);
    else
        area.setLeft(area.left() + rowDisc + gap);
    const QFont strong = style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    const QString subtitle = subtitleOf(contact, home);
    const int titleHeight = subtitle.isEmpty() ? area.height() : QFontMetrics(strong).height();
    painter->setFont(strong);
    painter->setPen(tokens.text);
    drawLine(painter, QRect(area.left(), area.top(), area.width(), titleHeight), title, mirrored);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    drawLine(painter, QRect(area.left(), area.top() + titleHeight, area.width(), area.height() - titleHeight),
             subtitle, mirrored);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(tokens.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

} // namespace longcode::people
