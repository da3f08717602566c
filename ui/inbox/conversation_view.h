#pragma once

#include "base/clock.h"
#include "desk/inbox.h"
#include "desk/outbox.h"
#include "inbox/message_words.h"
#include "inbox/row_window.h"

#include <QListView>
#include <QTimer>

#include <memory>

class QPushButton;

namespace longcode::inbox {

class MessageDelegate;

/// One conversation, oldest message first. Lays out only the rows on screen, however long the conversation
/// is: geometry is RowWindow's, while model, selection, keyboard and the accessible table stay QListView's.
/// Older messages are fetched from the model as the first loaded row comes near; what is on screen then stays
/// where it is. Works with any model that has the roles of desk::MessageModelRole.
class ConversationView final : public QListView {
    Q_OBJECT
public:
    /// Both outlive the view.
    ConversationView(desk::Inbox &inbox, const Clock &clock, QWidget *parent = nullptr);
    ~ConversationView() override;

    /// Shows a conversation from its newest message on, and marks it read once that has been seen.
    void open(desk::ConversationId id);
    /// Shows none.
    void closeConversation();
    [[nodiscard]] desk::ConversationId conversation() const { return m_conversation; }

    void setModel(QAbstractItemModel *model) override;
    /// Takes over measuring and painting; the delegate stays the caller's. For tests that count.
    void setMessageDelegate(MessageDelegate *delegate);

    /// Whose console this is: notes and answers of others are named.
    void setReader(const Reader &reader);

    void scrollToNewest();
    [[nodiscard]] bool isAtNewest() const { return m_rows.isStuckToBottom(); }
    /// First and last row on screen; -1 when there is none.
    [[nodiscard]] std::pair<int, int> visibleRows() const;

    /// Does what a link or a menu entry says.
    void perform(MessageAction action, const QModelIndex &index);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    void reset() override;

Q_SIGNALS:
    /// The text is to be put into the composer, to be changed and sent as a new message.
    void editAndResendRequested(const longcode::desk::Message &message);
    /// Why did this fail, at length.
    void explanationRequested(const longcode::desk::Message &message);
    /// A person has decided about an uncertain message.
    void settlementChosen(longcode::desk::MessageRow row, longcode::desk::Settlement settlement);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override { return 0; }
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }
    QModelIndex moveCursor(CursorAction cursorAction, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    [[nodiscard]] QSize viewportSizeHint() const override { return {480, 400}; }

    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

protected Q_SLOTS:
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void verticalScrollbarValueChanged(int value) override;

private:
    struct LinkHit {
        QModelIndex index;
        MessageAction action;
    };

    [[nodiscard]] QStyleOptionViewItem optionFor(const QRect &rect) const;
    [[nodiscard]] QStyleOptionViewItem optionFor(const QModelIndex &index, const QRect &rect) const;
    [[nodiscard]] int heightOf(int row) const;
    [[nodiscard]] std::optional<LinkHit> linkAt(const QPoint &position) const;
    [[nodiscard]] QList<MessageAction> linksOf(const QModelIndex &index) const;
    [[nodiscard]] QString emptyWords() const;
    void buildNewestButton();
    void placeNewestButton();
    void syncScrollBar();
    void fetchOlderIfNear();
    void noteWhatIsSeen();
    void markReadIfSeen();
    [[nodiscard]] int lastWholeRow() const;
    bool handleActionKey(QKeyEvent *event);
    void copySelected();
    void announce(const QModelIndex &current);
    void announceInserted(int start, int end);
    void paintRow(QPainter &painter, const RowWindow::Placed &row);
    void paintEmptyWords(QPainter &painter);

    desk::Inbox &m_inbox;
    desk::ConversationId m_conversation;
    std::unique_ptr<QAbstractItemModel> m_messages;
    std::unique_ptr<MessageDelegate> m_ownDelegate;
    MessageDelegate *m_delegate;
    RowWindow m_rows;
    QPushButton *m_newest;
    QTimer m_seenTimer;
    QTimer m_fetchTimer;
    bool m_syncing = false;
    std::optional<LinkHit> m_pressed;
};

} // namespace longcode::inbox
