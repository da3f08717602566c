#include "inbox/message_delegate.h"

#include "desk/inbox.h"
#include "inbox/when.h"
#include "style/tokens.h"

#include <QPainter>

namespace longcode::inbox {

namespace {

constexpr int layoutsKept = 400;

bool startsDay(const QModelIndex &index) {
    if (index.row() == 0)
        return true;
    return index.data(desk::MessageDayRole).toDate() !=
           index.siblingAtRow(index.row() - 1).data(desk::MessageDayRole).toDate();
}

} // namespace

MessageDelegate::MessageDelegate(const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent), m_clock(clock), m_layouts(layoutsKept) {}

void MessageDelegate::styleChanged() {
    ++m_generation;
    m_layouts.clear();
}

void MessageDelegate::setReader(const Reader &reader) {
    m_reader = reader;
    styleChanged();
}

std::shared_ptr<const MessageLayout> MessageDelegate::layoutOf(const QStyleOptionViewItem &option,
                                                               const QModelIndex &index) const {
    const Key key{.message = index.data(desk::MessageRowRole).toLongLong(),
                  .revision = index.data(desk::MessageRevisionRole).toInt(),
                  .width = option.rect.width(),
                  .generation = m_generation,
                  .startsDay = startsDay(index),
                  .mirrored = option.direction == Qt::RightToLeft};
    if (const auto *known = m_layouts.object(key))
        return *known;
    const auto message = index.data(desk::MessageRole).value<desk::Message>();
    const RowShape shape{.width = key.width,
                         .startsDay = key.startsDay,
                         .mirrored = key.mirrored,
                         .reader = m_reader,
                         .font = option.font};
    auto layout = std::make_shared<const MessageLayout>(message, shape);
    m_layouts.insert(key, new std::shared_ptr<const MessageLayout>(layout));
    return layout;
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const {
    return {option.rect.width(), layoutOf(option, index)->height()};
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const {
    const bool current = (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Active);
    RowPaint how{.day = {},
                 .selected = bool(option.state & QStyle::State_Selected),
                 .current = current,
                 .currentAction = current ? m_currentAction : -1};
    how.day = dayInWords(index.data(desk::MessageDayRole).toDate(), m_clock.now().toLocalTime().date());
    painter->save();
    painter->translate(option.rect.topLeft());
    layoutOf(option, index)->paint(painter, style::tokensFor(option.widget), how);
    painter->restore();
}

} // namespace longcode::inbox
