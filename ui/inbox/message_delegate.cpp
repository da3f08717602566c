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

void MessageDelegate::setDiagnose(Diagnose diagnose) {
    m_diagnose = std::move(diagnose);
    styleChanged();
}

std::optional<desk::Diagnosis> MessageDelegate::diagnose(const desk::Message &message) const {
    using desk::MessageState;
    const bool worthAsking = message.state == MessageState::Failed ||
                             message.state == MessageState::Rejected ||
                             message.state == MessageState::Uncertain;
    return m_diagnose && worthAsking ? m_diagnose(message.row) : std::nullopt;
}

void MessageDelegate::setUnread(desk::MessageRow first, int count) {
    m_firstUnread = first;
    m_unread = count;
}

std::shared_ptr<const MessageLayout> MessageDelegate::layoutOf(const QStyleOptionViewItem &option,
                                                               const QModelIndex &index) const {
    Key key{.message = index.data(desk::MessageRowRole).toLongLong(),
            .revision = index.data(desk::MessageRevisionRole).toInt(),
            .width = option.rect.width(),
            .generation = m_generation,
            .startsDay = startsDay(index),
            .startsUnread = false,
            .mirrored = option.direction == Qt::RightToLeft};
    key.startsUnread = m_firstUnread.isValid() && key.message == m_firstUnread.value;
    if (const auto held = m_held.constFind(key.message); held != m_held.cend())
        key.secondsLeft = secondsToTakeBack(*held, m_clock.now());
    if (const auto *known = m_layouts.object(key))
        return *known;
    const auto message = index.data(desk::MessageRole).value<desk::Message>();
    key.secondsLeft = secondsToTakeBack(message, m_clock.now());
    if (key.secondsLeft >= 0)
        m_held.insert(key.message, message);
    else
        m_held.remove(key.message);
    const RowShape shape{.width = key.width,
                         .startsDay = key.startsDay,
                         .startsUnread = key.startsUnread,
                         .mirrored = key.mirrored,
                         .reader = m_reader,
                         .font = option.font,
                         .now = m_clock.now(),
                         .diagnosis = diagnose(message)};
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
    const qint64 row = index.data(desk::MessageRowRole).toLongLong();
    const auto layout = layoutOf(option, index);
    RowPaint how;
    if (startsDay(index))
        how.day = dayInWords(index.data(desk::MessageDayRole).toDate(), m_clock.now().toLocalTime().date());
    how.unread = m_unread > 0 ? tr("%n new", "messages below this line", m_unread) : tr("New");
    how.selected = option.state & QStyle::State_Selected;
    how.current = current;
    how.currentAction = current ? m_currentAction : -1;
    how.flashing = m_flash.isValid() && m_flash.value == row;
    how.searched = m_searched;
    if (m_selection)
        how.chosen = m_selection->within(index.row(), int(layout->shownText().size()));
    painter->save();
    painter->translate(option.rect.topLeft());
    layout->paint(painter, style::tokensFor(option.widget), how);
    painter->restore();
}

} // namespace longcode::inbox
