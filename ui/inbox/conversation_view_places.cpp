#include "inbox/conversation_view.h"
#include "inbox/message_delegate.h"

#include <utility>

// Where in a conversation one is: opening, jumping, and keeping the place.
namespace longcode::inbox {

namespace {
/// Messages are fetched when fewer than this many views of them are left.
constexpr int viewsAhead = 2;
/// Above the message that was gone to, a part of the one before stays in sight.
constexpr int sightAbove = 40;
} // namespace

desk::MessageWindow *ConversationView::loaded() const {
    return qobject_cast<desk::MessageWindow *>(model());
}

bool ConversationView::hasNewer() const {
    const desk::MessageWindow *messages = loaded();
    return messages && messages->hasNewer();
}

void ConversationView::take(desk::ConversationId id, std::unique_ptr<desk::MessageWindow> messages) {
    keepPlace();
    m_seenTimer.stop(); // the time another one was on screen is not this one's
    m_goal = {};
    m_delegate->setFlash({});
    setModel(messages.get());
    m_messages = std::move(messages); // the one shown before goes only now
    m_conversation = id;
}

void ConversationView::open(desk::ConversationId id) {
    if (id == m_conversation)
        keepPlace();
    const auto conversation = m_inbox.conversation(id);
    const int unread = conversation ? conversation->unread : 0;
    const desk::MessageRow firstUnread = unread > 0 ? m_inbox.firstUnread(id) : desk::MessageRow();
    const desk::MessageRow left = m_inbox.readPosition(id);
    const desk::MessageRow goal = firstUnread.isValid() ? firstUnread : left;
    m_delegate->setUnread(firstUnread, unread);
    take(id, goal.isValid() ? m_inbox.openMessagesAt(id, goal) : m_inbox.openMessages(id));
    if (goal.isValid())
        goTo(goal, firstUnread.isValid() ? Place::Unread : Place::Row);
}

void ConversationView::openAt(desk::ConversationId id, desk::MessageRow message) {
    const desk::MessageWindow *messages = loaded();
    const bool isHere = id == m_conversation && messages && messages->indexOf(message) >= 0;
    if (!isHere) {
        if (id != m_conversation)
            m_delegate->setUnread({}, 0);
        take(id, m_inbox.openMessagesAt(id, message));
    }
    goTo(message, Place::Row);
    pointAt(message);
    if (const int row = loaded()->indexOf(message); row >= 0 && selectionModel())
        selectionModel()->setCurrentIndex(model()->index(row, 0), QItemSelectionModel::NoUpdate);
}

void ConversationView::closeConversation() {
    keepPlace();
    m_seenTimer.stop();
    setModel(nullptr);
    m_messages.reset();
    m_conversation = {};
}

void ConversationView::setModel(QAbstractItemModel *model) {
    m_rows.reset(0);            // rows of the old model must not be looked up in the new one
    QListView::setModel(model); // calls reset()
    viewport()->update();
}

void ConversationView::goTo(desk::MessageRow message, Place place) {
    if (!isVisible()) {
        m_goal = message;
        m_goalPlace = place;
        return;
    }
    const int row = loaded() ? loaded()->indexOf(message) : -1;
    if (row < 0)
        return;
    const bool inSight =
        m_rows.find(row) && m_rows.find(row)->top >= 0 && m_rows.find(row)->bottom() <= viewport()->height();
    if (place == Place::Row && inSight && m_flashTimer.isActive())
        return; // going through hits on one screen moves nothing
    m_rows.setViewHeight(viewport()->height());
    m_rows.alignTop(row, place == Place::Unread ? 0 : sightAbove);
    m_rows.layOut(); // before anything asks where the row is
    scheduleDelayedItemsLayout();
    m_fetchTimer.start();
}

void ConversationView::pointAt(desk::MessageRow message) {
    m_delegate->setFlash(message);
    m_flashTimer.start();
    viewport()->update();
}

void ConversationView::keepPlace() {
    if (!m_conversation.isValid() || !model() || m_rows.placed().isEmpty())
        return;
    const int top =
        m_rows.placed().front().top < -m_rows.placed().front().height / 2 && m_rows.placed().size() > 1
            ? m_rows.placed().at(1).row
            : m_rows.placed().front().row;
    const qint64 message = model()->index(top, 0, rootIndex()).data(desk::MessageRowRole).toLongLong();
    m_inbox.keepReadPosition(m_conversation, isAtNewest() ? desk::MessageRow() : desk::MessageRow{message});
}

void ConversationView::scrollToNewest() {
    if (hasNewer()) {
        const desk::ConversationId id = m_conversation;
        auto messages = m_inbox.openMessages(id);
        setModel(messages.get());
        m_messages = std::move(messages);
    }
    m_rows.stickToBottom();
    doItemsLayout();
}

QModelIndex ConversationView::atHand() const {
    if (currentIndex().isValid() && m_rows.find(currentIndex().row()))
        return currentIndex();
    const int row = lastWholeRow();
    return row < 0 ? QModelIndex() : model()->index(row, 0, rootIndex());
}

void ConversationView::fetchIfNear() {
    const auto &rows = m_rows.placed();
    if (!model() || rows.isEmpty() || !isVisible())
        return;
    const int near = viewsAhead * int(rows.size());
    if (rows.front().row < near && model()->canFetchMore(rootIndex()))
        model()->fetchMore(rootIndex());
    if (m_rows.rowCount() - 1 - rows.back().row < near && hasNewer())
        loaded()->fetchNewer();
}

} // namespace longcode::inbox
