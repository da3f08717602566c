#include "schedule/send_delegate.h"

#include "style/list_row.h"
#include "style/theme.h"

#include <QPainter>

namespace longcode::schedule {

namespace {

constexpr int side = 12;
constexpr int top = 8;
constexpr int between = 3;

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
    const bool mirrored = option.direction == Qt::RightToLeft;
    const style::ListRow row(painter, option, style::RowShape::Card);
    const QFont strong = style::textFont(option.font, style::TextSize::Body, style::TextWeight::Strong);
    const QFont small = style::textFont(option.font, style::TextSize::Small);
    QRect line = option.rect.adjusted(side, top, -side, 0);
    line.setHeight(QFontMetrics(strong).height());
    painter->setFont(small);
    painter->setPen(index.data(m_roles.alarming).toBool() ? tokens.danger : tokens.muted);
    QRect rest = line;
    style::drawBack(painter, rest, index.data(m_roles.mark).toString(), side, mirrored);
    painter->setFont(strong);
    painter->setPen(tokens.text);
    style::drawLine(painter, rest, index.data(m_roles.who).toString(), mirrored);
    painter->setFont(small);
    line.translate(0, line.height() + between);
    line.setHeight(QFontMetrics(small).height());
    painter->setPen(tokens.accent);
    style::drawLine(painter, line, index.data(m_roles.when).toString(), mirrored);
    line.translate(0, line.height() + between);
    painter->setPen(tokens.muted);
    style::drawLine(painter, line, index.data(m_roles.text).toString(), mirrored);
}

} // namespace longcode::schedule
