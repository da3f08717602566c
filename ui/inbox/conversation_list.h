#pragma once

#include "desk/inbox.h"

#include <QListView>
#include <QSet>

namespace longcode::inbox {

/// The rows of conversations. One is shown (chosen), any number are selected; both are kept by their ids
/// through whatever the model does. Ctrl and Shift with mouse and arrows, Space and Ctrl+A select as
/// everywhere; only a selection of one row chooses it. UI thread.
class ConversationList final : public QListView {
    Q_OBJECT
public:
    using Ids = QList<desk::ConversationId>;

    explicit ConversationList(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Marks it as the one shown, says nothing, and scrolls to it.
    void select(desk::ConversationId id);
    [[nodiscard]] desk::ConversationId chosen() const { return m_chosen; }
    /// The selected ones in the order of the list; with one or none, the one shown.
    [[nodiscard]] Ids targets() const;
    [[nodiscard]] int selectedCount() const { return int(m_selected.size()); }
    void selectOnlyChosen();

Q_SIGNALS:
    void conversationChosen(longcode::desk::ConversationId id);
    void selectedCountChanged(int count);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void lookAtSelection();
    void restore();
    void restoreRows(int first, int last);
    void selectKept();
    [[nodiscard]] bool touchesSelection(int first, int last) const;
    [[nodiscard]] QModelIndex indexOf(desk::ConversationId id) const;
    [[nodiscard]] desk::ConversationId idAt(const QModelIndex &index) const;
    void keepSelected(const QSet<desk::ConversationId> &ids);

    desk::ConversationId m_chosen;
    QSet<desk::ConversationId> m_selected; ///< empty unless they are several
    bool m_restoring = false;
    bool m_loses = false; ///< rows that are being removed were selected
};

} // namespace longcode::inbox
