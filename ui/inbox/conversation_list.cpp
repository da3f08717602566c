#include "inbox/conversation_list.h"

#include <QKeyEvent>
#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace longcode::inbox {

ConversationList::ConversationList(QWidget *parent) : QListView(parent) {
    setObjectName(QStringLiteral("conversationList"));
    setAccessibleName(tr("Conversations"));
    setAccessibleDescription(tr("Ctrl and Shift with the arrows select several, the menu key shows what can "
                                "be done with them."));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setBackgroundRole(QPalette::Window); // the surface of the pane
}

void ConversationList::setModel(QAbstractItemModel *model) {
    // Before the base class connects: a current row that is taken away must not choose its neighbour.
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_restoring = true; });
    connect(model, &QAbstractItemModel::rowsAboutToBeMoved, this, [this] { m_restoring = true; });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                m_restoring = true;
                m_loses = touchesSelection(first, last);
            });
    QListView::setModel(model);
    connect(model, &QAbstractItemModel::rowsMoved, this, [this] { m_restoring = false; });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_restoring = false;
        restore();
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_restoring = false;
        if (std::exchange(m_loses, false))
            restore();
    });
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { restoreRows(first, last); });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ConversationList::lookAtSelection);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &ConversationList::lookAtSelection);
}

bool ConversationList::touchesSelection(int first, int last) const {
    if (currentIndex().row() >= first && currentIndex().row() <= last)
        return true;
    for (int row = first; row <= last; ++row) {
        if (selectionModel()->isSelected(model()->index(row, 0)))
            return true;
    }
    return false;
}

desk::ConversationId ConversationList::idAt(const QModelIndex &index) const {
    return desk::ConversationId{index.data(desk::ConversationIdRole).toLongLong()};
}

QModelIndex ConversationList::indexOf(desk::ConversationId id) const {
    if (!id.isValid())
        return {};
    const QModelIndex current = currentIndex();
    if (current.isValid() && idAt(current) == id)
        return current;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (idAt(index) == id)
            return index;
    }
    return {};
}

void ConversationList::keepSelected(const QSet<desk::ConversationId> &ids) {
    if (ids == m_selected)
        return;
    m_selected = ids;
    Q_EMIT selectedCountChanged(int(ids.size()));
}

/// A selection of one row, with the keyboard on it, shows that conversation.
void ConversationList::lookAtSelection() {
    if (m_restoring)
        return;
    const QModelIndexList rows = selectionModel()->selectedIndexes();
    if (rows.size() > 1) {
        QSet<desk::ConversationId> ids;
        ids.reserve(rows.size());
        for (const QModelIndex &row : rows)
            ids.insert(idAt(row));
        keepSelected(ids);
        return;
    }
    keepSelected({});
    if (rows.size() != 1 || rows.front() != currentIndex())
        return;
    const desk::ConversationId id = idAt(rows.front());
    if (id == m_chosen)
        return;
    m_chosen = id;
    Q_EMIT conversationChosen(id);
}

void ConversationList::select(desk::ConversationId id) {
    m_chosen = id;
    keepSelected({});
    restore();
    scrollTo(currentIndex());
}

void ConversationList::selectOnlyChosen() {
    select(m_chosen);
}

void ConversationList::restore() {
    const QScopedValueRollback restoring(m_restoring, true);
    if (!m_selected.isEmpty()) {
        selectKept();
        return;
    }
    const QModelIndex found = indexOf(m_chosen);
    if (!found.isValid())
        selectionModel()->clear();
    else if (found != currentIndex() || !selectionModel()->isSelected(found) ||
             selectionModel()->selectedIndexes().size() != 1)
        setCurrentIndex(found);
}

void ConversationList::selectKept() {
    QItemSelection kept;
    QSet<desk::ConversationId> ids;
    const int rows = model()->rowCount();
    for (int row = 0; row < rows; ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (!m_selected.contains(idAt(index)))
            continue;
        ids.insert(idAt(index));
        if (!kept.isEmpty() && kept.back().bottom() == row - 1)
            kept.back() = QItemSelectionRange(kept.back().topLeft(), index);
        else
            kept.append(QItemSelectionRange(index));
    }
    if (ids.size() < 2) {
        keepSelected({});
        restore();
        return;
    }
    selectionModel()->select(kept, QItemSelectionModel::ClearAndSelect);
    if (const QModelIndex shown = indexOf(m_chosen); shown.isValid() && !currentIndex().isValid())
        selectionModel()->setCurrentIndex(shown, QItemSelectionModel::NoUpdate);
    keepSelected(ids);
}

/// Only what came can be the one that was missing.
void ConversationList::restoreRows(int first, int last) {
    if (!m_selected.isEmpty() || (currentIndex().isValid() && idAt(currentIndex()) == m_chosen))
        return;
    for (int row = first; row <= last; ++row) {
        if (idAt(model()->index(row, 0)) != m_chosen)
            continue;
        const QScopedValueRollback restoring(m_restoring, true);
        setCurrentIndex(model()->index(row, 0));
        return;
    }
}

ConversationList::Ids ConversationList::targets() const {
    Ids ids;
    if (m_selected.isEmpty()) {
        if (m_chosen.isValid())
            ids << m_chosen;
        return ids;
    }
    QModelIndexList rows = selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : std::as_const(rows))
        ids << idAt(row);
    return ids;
}

void ConversationList::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape && !m_selected.isEmpty()) {
        selectOnlyChosen();
        return;
    }
    const bool only = m_selected.isEmpty() && selectionModel()->isSelected(currentIndex());
    if (event->key() == Qt::Key_Space && currentIndex().isValid() && !only) {
        selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle);
        return;
    }
    QListView::keyPressEvent(event);
}

void ConversationList::changeEvent(QEvent *event) {
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange && model())
        doItemsLayout();
}

} // namespace longcode::inbox
