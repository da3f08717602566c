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
    case MessageAction::LookUp:
        return "lookUpAction";
    case MessageAction::ChangeSender:
        return "changeSenderAction";
    case MessageAction::CopyNumber:
        return "copyCustomersNumberAction";
    case MessageAction::OpenSettings:
        return "openSettingsAction";
    case MessageAction::CancelScheduled:
        return "cancelScheduledAction";
    case MessageAction::TakeBack:
        return "takeBackAction";
    case MessageAction::OpenLink:
        return "openLinkAction";
    case MessageAction::Copy:
        return "copyAction";
    case MessageAction::CopyWithNames:
        return "copyWithNamesAction";
    case MessageAction::Details:
        return "messageDetailsEntry";
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
    const bool needed = !isAtNewest() && m_rows.rowCount() > 0;
    if (needed)
        m_newest->move(viewport()->geometry().right() - m_newest->width() - 14,
                       viewport()->geometry().bottom() - m_newest->height() - 12);
    m_newest->setVisible(needed);
}

std::shared_ptr<const MessageLayout> ConversationView::layoutOf(const QModelIndex &index) const {
    return m_delegate->layoutOf(optionFor(QRect(0, 0, viewport()->width(), 0)), index);
}

std::optional<ConversationView::LinkHit> ConversationView::linkAt(const QPoint &position) const {
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    const QPointF inRow = position - visualRect(index).topLeft();
    const auto layout = layoutOf(index);
    for (const MessageLayout::Link &link : layout->links()) {
        if (link.contains(inRow))
            return LinkHit{index, link.action, link.web};
    }
    return {};
}

QList<ConversationView::LinkHit> ConversationView::linksOf(const QModelIndex &index) const {
    QList<LinkHit> hits;
    if (!index.isValid())
        return hits;
    for (const auto layout = layoutOf(index); const MessageLayout::Link &link : layout->links())
        hits << LinkHit{index, link.action, link.web};
    return hits;
}

std::optional<rules::Link> ConversationView::webLinkOf(const LinkHit &link) const {
    const auto layout = layoutOf(link.index);
    if (link.web < 0 || link.web >= layout->webLinks().size())
        return {};
    return layout->webLinks().at(link.web);
}

void ConversationView::follow(const LinkHit &link) {
    if (const auto web = webLinkOf(link))
        m_links.ask(*web, window());
    else
        perform(link.action, link.index);
}

void ConversationView::perform(MessageAction action, const QModelIndex &index) {
    const auto message = index.data(desk::MessageRole).value<desk::Message>();
    if (action == MessageAction::CopyWithNames)
        QGuiApplication::clipboard()->setText(withNames(message));
    else if (action != MessageAction::OpenLink)
        perform(action, message);
    else if (const auto layout = layoutOf(index); !layout->webLinks().isEmpty())
        m_links.ask(layout->webLinks().front(), window());
}

void ConversationView::perform(MessageAction action, const desk::Message &message) {
    switch (action) {
    case MessageAction::EditAndResend:
        Q_EMIT editAndResendRequested(message);
        return;
    case MessageAction::Explain:
        Q_EMIT explanationRequested(message);
        return;
    case MessageAction::Details:
        Q_EMIT explanationRequested(message);
        return;
    case MessageAction::SendAgain:
        if (message.state == desk::MessageState::Uncertain)
            Q_EMIT settlementChosen(message.row, desk::Settlement::SendAgain);
        else
            Q_EMIT sendAgainRequested(message);
        return;
    case MessageAction::CountAsSent:
        Q_EMIT settlementChosen(message.row, desk::Settlement::CountAsSent);
        return;
    case MessageAction::Discard:
        Q_EMIT settlementChosen(message.row, desk::Settlement::Discard);
        return;
    case MessageAction::LookUp:
        Q_EMIT lookUpRequested(message.row);
        return;
    case MessageAction::ChangeSender:
        Q_EMIT senderChangeRequested(message);
        return;
    case MessageAction::OpenSettings:
        Q_EMIT settingsRequested();
        return;
    case MessageAction::CancelScheduled:
        Q_EMIT cancelScheduledRequested(message.row);
        return;
    case MessageAction::TakeBack:
        Q_EMIT takeBackRequested(message);
        return;
    case MessageAction::CopyNumber:
        if (const auto conversation = m_inbox.conversation(message.conversation))
            QGuiApplication::clipboard()->setText(conversation->peer.wire());
        return;
    case MessageAction::Copy:
        QGuiApplication::clipboard()->setText(message.text);
        return;
    case MessageAction::CopyWithNames:
    case MessageAction::OpenLink:
        return; // need more than the message
    }
}

void ConversationView::wheelEvent(QWheelEvent *event) {
    const int pixels = !event->pixelDelta().isNull()
                           ? event->pixelDelta().y()
                           : event->angleDelta().y() * pixelsPerWheelStep / pixelsPerWheelUnit;
    scrollByPixels(-pixels);
    event->accept();
}

void ConversationView::keyPressEvent(QKeyEvent *event) {
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAllLoaded();
        return;
    }
    if (handleSelectionKey(event) || handleActionKey(event))
        return;
    if (event->key() >= Qt::Key_Home && event->key() <= Qt::Key_PageDown)
        dropTextSelection(); // the keyboard goes elsewhere
    QListView::keyPressEvent(event);
}

/// Left and right choose among the links of the current message, Enter follows the chosen one.
bool ConversationView::handleActionKey(QKeyEvent *event) {
    const QList<LinkHit> links = linksOf(currentIndex());
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
            follow(links.at(chosen));
        return chosen >= 0;
    default:
        return false;
    }
}

void ConversationView::contextMenuEvent(QContextMenuEvent *event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPersistentModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("messageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu, index);
    const QRect row = visualRect(index);
    menu->popup(byKey ? viewport()->mapToGlobal(row.center()) : event->globalPos());
}

void ConversationView::fillMenu(QMenu *menu, const QPersistentModelIndex &index) {
    if (!m_text.isEmpty() || chosenMessages().size() > 1) {
        QAction *copy = menu->addAction(tr("Copy selection"));
        copy->setObjectName(QStringLiteral("copySelectionEntry"));
        connect(copy, &QAction::triggered, this, &ConversationView::copySelected);
        QAction *bare = menu->addAction(tr("Copy selection without names and times"));
        bare->setObjectName(QStringLiteral("copyTextOnlyEntry"));
        connect(bare, &QAction::triggered, this, &ConversationView::copyTextOnly);
        menu->addSeparator();
    }
    const auto message = index.data(desk::MessageRole).value<desk::Message>();
    for (const MessageAction action :
         menuActionsFor(message, m_delegate->now(), m_delegate->diagnose(message))) {
        QAction *entry = menu->addAction(inWords(action));
        entry->setObjectName(QLatin1String(objectNameOf(action)));
        connect(entry, &QAction::triggered, this, [this, action, index] {
            if (index.isValid())
                perform(action, index);
        });
    }
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
