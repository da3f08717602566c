#include "inbox/conversation_view.h"

#include "inbox/message_delegate.h"
#include "style/icons.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace longcode::inbox {

namespace {

constexpr int pixelsPerWheelStep = 72;
constexpr int pixelsPerWheelUnit = 120;

const char *objectNameOf(MessageAction action) {
    switch (action) {
    case MessageAction::EditAndResend:
        return "editAndResendAction";
    case MessageAction::Explain:
        return "explainAction";
    case MessageAction::SendAgain:
        return "sendAgainAction";
    case MessageAction::CountAsSent:
        return "countAsSentAction";
    case MessageAction::Discard:
        return "discardAction";
    case MessageAction::Copy:
        return "copyAction";
    }
    return "";
}

} // namespace

void ConversationView::buildNewestButton() {
    m_newest->setObjectName(QStringLiteral("scrollToNewest"));
    m_newest->setAccessibleName(tr("Go to the newest message"));
    m_newest->setToolTip(tr("Go to the newest message"));
    m_newest->setIcon(style::icon(style::IconName::ArrowDown, style::IconTone::Accent));
    m_newest->setIconSize({18, 18});
    m_newest->setFixedSize(36, 36);
    m_newest->hide();
    connect(m_newest, &QPushButton::clicked, this, &ConversationView::scrollToNewest);
}

void ConversationView::placeNewestButton() {
    const bool needed = !m_rows.isStuckToBottom() && m_rows.rowCount() > 0;
    if (needed)
        m_newest->move(viewport()->geometry().right() - m_newest->width() - 14,
                       viewport()->geometry().bottom() - m_newest->height() - 12);
    m_newest->setVisible(needed);
}

std::optional<ConversationView::LinkHit> ConversationView::linkAt(const QPoint &position) const {
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    const QRect rect = visualRect(index);
    const auto layout = m_delegate->layoutOf(optionFor(rect), index);
    for (const MessageLayout::Link &link : layout->links()) {
        if (link.rect.translated(rect.topLeft()).contains(position))
            return LinkHit{index, link.action};
    }
    return {};
}

QList<MessageAction> ConversationView::linksOf(const QModelIndex &index) const {
    const auto notice = noticeFor(index.data(desk::MessageRole).value<desk::Message>());
    return notice ? notice->actions : QList<MessageAction>();
}

void ConversationView::perform(MessageAction action, const QModelIndex &index) {
    const auto message = index.data(desk::MessageRole).value<desk::Message>();
    switch (action) {
    case MessageAction::EditAndResend:
        Q_EMIT editAndResendRequested(message);
        return;
    case MessageAction::Explain:
        Q_EMIT explanationRequested(message);
        return;
    case MessageAction::SendAgain:
        Q_EMIT settlementChosen(message.row, desk::Settlement::SendAgain);
        return;
    case MessageAction::CountAsSent:
        Q_EMIT settlementChosen(message.row, desk::Settlement::CountAsSent);
        return;
    case MessageAction::Discard:
        Q_EMIT settlementChosen(message.row, desk::Settlement::Discard);
        return;
    case MessageAction::Copy:
        QGuiApplication::clipboard()->setText(message.text);
        return;
    }
}

void ConversationView::mousePressEvent(QMouseEvent *event) {
    m_pressed = event->button() == Qt::LeftButton ? linkAt(event->position().toPoint()) : std::nullopt;
    QListView::mousePressEvent(event);
}

void ConversationView::mouseReleaseEvent(QMouseEvent *event) {
    QListView::mouseReleaseEvent(event);
    const auto pressed = std::exchange(m_pressed, std::nullopt);
    const auto released = linkAt(event->position().toPoint());
    if (pressed && released && pressed->index == released->index && pressed->action == released->action)
        perform(released->action, released->index);
}

void ConversationView::mouseMoveEvent(QMouseEvent *event) {
    if (event->buttons() == Qt::NoButton)
        viewport()->setCursor(linkAt(event->position().toPoint()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QListView::mouseMoveEvent(event);
}

void ConversationView::wheelEvent(QWheelEvent *event) {
    const int pixels = !event->pixelDelta().isNull()
                           ? event->pixelDelta().y()
                           : event->angleDelta().y() * pixelsPerWheelStep / pixelsPerWheelUnit;
    m_rows.scrollBy(-pixels);
    doItemsLayout();
    event->accept();
}

void ConversationView::keyPressEvent(QKeyEvent *event) {
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
        return;
    }
    if (handleActionKey(event))
        return;
    QListView::keyPressEvent(event);
}

/// Left and right choose among the links below the current message, Enter follows the chosen one.
bool ConversationView::handleActionKey(QKeyEvent *event) {
    const QList<MessageAction> links = linksOf(currentIndex());
    if (links.isEmpty() || event->modifiers() & ~Qt::KeypadModifier)
        return false;
    const int chosen = m_delegate->currentAction();
    const int last = int(links.size()) - 1;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Left: {
        const bool forward = (event->key() == Qt::Key_Right) != mirrored;
        m_delegate->setCurrentAction(forward ? qMin(chosen + 1, last) : qMax(chosen - 1, -1));
        viewport()->update(visualRect(currentIndex()));
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (chosen >= 0 && chosen <= last)
            perform(links.at(chosen), currentIndex());
        return chosen >= 0;
    default:
        return false;
    }
}

void ConversationView::copySelected() {
    QModelIndexList selected = selectionModel() ? selectionModel()->selectedIndexes() : QModelIndexList();
    if (selected.isEmpty() && currentIndex().isValid())
        selected << currentIndex();
    std::sort(selected.begin(), selected.end());
    QStringList texts;
    for (const QModelIndex &index : selected)
        texts << index.data(desk::MessageRole).value<desk::Message>().text;
    if (!texts.isEmpty())
        QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
}

void ConversationView::contextMenuEvent(QContextMenuEvent *event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPersistentModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("messageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const MessageAction action : menuActionsFor(index.data(desk::MessageRole).value<desk::Message>())) {
        QAction *entry = menu->addAction(inWords(action));
        entry->setObjectName(QLatin1String(objectNameOf(action)));
        connect(entry, &QAction::triggered, this, [this, action, index] {
            if (index.isValid())
                perform(action, index);
        });
    }
    const QRect row = visualRect(index);
    menu->popup(byKey ? viewport()->mapToGlobal(row.center()) : event->globalPos());
}

int ConversationView::lastWholeRow() const {
    const auto &rows = m_rows.placed();
    const auto whole = std::find_if(rows.crbegin(), rows.crend(), [this](const RowWindow::Placed &row) {
        return row.bottom() <= viewport()->height();
    });
    return whole != rows.crend() ? whole->row : visibleRows().second;
}

QModelIndex ConversationView::moveCursor(CursorAction cursorAction, Qt::KeyboardModifiers) {
    executeDelayedItemsLayout();
    const int count = m_rows.rowCount();
    if (count == 0)
        return {};
    const int page = qMax(1, visibleRows().second - visibleRows().first);
    int row = currentIndex().row();
    if (!currentIndex().isValid()) {
        row = lastWholeRow(); // begin where the eyes are
        if (cursorAction != MoveHome && cursorAction != MoveEnd)
            return model()->index(row, 0, rootIndex());
    }
    switch (cursorAction) {
    case MoveUp:
    case MovePrevious:
        row -= 1;
        break;
    case MoveDown:
    case MoveNext:
        row += 1;
        break;
    case MovePageUp:
        row -= page;
        break;
    case MovePageDown:
        row += page;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = count - 1;
        break;
    case MoveLeft:
    case MoveRight:
        break;
    }
    return model()->index(std::clamp(row, 0, count - 1), 0, rootIndex());
}

void ConversationView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) {
    if (!model() || !selectionModel())
        return;
    const QRect area = rect.normalized();
    QItemSelection selection;
    for (const RowWindow::Placed &row : m_rows.placed()) {
        if (row.top > area.bottom() || row.bottom() <= area.top())
            continue;
        const QModelIndex index = model()->index(row.row, 0, rootIndex());
        selection.select(index, index);
    }
    selectionModel()->select(selection, command);
}

QRegion ConversationView::visualRegionForSelection(const QItemSelection &selection) const {
    QRegion region;
    if (!model())
        return region;
    for (const RowWindow::Placed &row : m_rows.placed()) {
        if (selection.contains(model()->index(row.row, 0, rootIndex())))
            region += QRect(0, row.top, viewport()->width(), row.height);
    }
    return region;
}

void ConversationView::currentChanged(const QModelIndex &current, const QModelIndex &previous) {
    m_delegate->setCurrentAction(-1);
    // Not QListView's: it looks for the row in a geometry of its own, which is not in use here.
    QAbstractItemView::currentChanged(current, previous);
    if (previous.isValid())
        viewport()->update(visualRect(previous));
    announce(current);
}

void ConversationView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) {
    QAbstractItemView::selectionChanged(selected, deselected);
}

void ConversationView::announce(const QModelIndex &current) {
    if (!QAccessible::isActive() || !current.isValid() || !hasFocus())
        return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(current.row());
    QAccessible::updateAccessibility(&event);
}

void ConversationView::announceInserted(int start, int end) {
    if (!QAccessible::isActive())
        return;
    QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::RowsInserted);
    event.setFirstRow(start);
    event.setLastRow(end);
    QAccessible::updateAccessibility(&event);
}

} // namespace longcode::inbox
