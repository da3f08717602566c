#include "people/contact_delegate.h"

#include "desk/address_book.h"
#include "people/contact_words.h"
#include "style/avatar.h"
#include "style/list_row.h"
#include "style/theme.h"

#include <QPainter>

namespace longcode::people {

namespace {

constexpr int side = 12;
constexpr int rowDisc = 34;
constexpr int gap = 10;
constexpr int top = 8;

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
    const style::ListRow row(painter, option, style::RowShape::Band);

    QRect area = option.rect.adjusted(side, top, -side, -top - 1);
    const QRect disc = style::takeFront(area, rowDisc, mirrored);
    style::takeFront(area, gap, mirrored);
    painter->setFont(option.font);
    style::paintAvatar(painter, QRectF(disc.left(), disc.center().y() - rowDisc / 2, rowDisc, rowDisc), title,
                       colourKeyOf(contact));
    const QFont strong = style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    const QString subtitle = subtitleOf(contact, home);
    const int titleHeight = subtitle.isEmpty() ? area.height() : QFontMetrics(strong).height();
    painter->setFont(strong);
    painter->setPen(tokens.text);
    style::drawLine(painter, QRect(area.left(), area.top(), area.width(), titleHeight), title, mirrored);
    painter->setFont(small);
    painter->setPen(tokens.muted);
    style::drawLine(painter,
                    QRect(area.left(), area.top() + titleHeight, area.width(), area.height() - titleHeight),
                    subtitle, mirrored);
}

} // namespace longcode::people
