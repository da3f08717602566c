#pragma once

#include "base/clock.h"
#include "desk/diagnosis.h"
#include "desk/inbox.h"
#include "desk/outbox.h"
#include "inbox/link_opener.h"
#include "inbox/message_words.h"
#include "inbox/row_window.h"
#include "inbox/text_selection.h"

#include <QListView>
#include <QTimer>

#include <memory>

class QMenu;
class QPushButton;

namespace longcode::inbox {

class MessageDelegate;
class MessageLayout;

/// One conversation, oldest message first. Lays out only the rows on screen, however long the conversation
/// is: geometry is RowWindow's, while model, selection, keyboard and the accessible table stay QListView's.
/// The model may hold any stretch of the conversation: older and newer messages are fetched as its ends come
/// near, and what is on screen then stays where it is. Works with any model that has the roles of
/// desk::MessageModelRole. Text is selected with the mouse and Shift+Left/Right, whole messages with
/// Shift+Up/Down.
class ConversationView final : public QListView {
    Q_OBJECT
public:
    /// Both outlive the view.
    ConversationView(desk::Inbox &inbox, const Clock &clock, QWidget *parent = nullptr);
    ~ConversationView() override;

    /// Shows a conversation at the first message that was not read, else where it was left, else at its
    /// newest one; marks it read once the newest has been seen.
    void open(desk::ConversationId id);
    /// Shows it at this message, and points at that for a moment.
    void openAt(desk::ConversationId id, desk::MessageRow message);
    /// Shows none. The place is kept, as it is when another one is opened.
    void closeConversation();
    [[nodiscard]] desk::ConversationId conversation() const { return m_conversation; }

    void setModel(QAbstractItemModel *model) override;
    /// Takes over measuring and painting; the delegate stays the caller's. For tests that count.
    void setMessageDelegate(MessageDelegate *delegate);

    /// Whose console this is: notes and answers of others are named.
    void setReader(const Reader &reader);
    /// Explains failures in the bubbles and in the menu; outlives the view.
    void setDiagnoses(const desk::Diagnoses &diagnoses);
    /// Marks these words in every text; empty: none.
    void setSearched(const QString &words);
    [[nodiscard]] LinkOpener &links() { return m_links; }

    void scrollToNewest();
    [[nodiscard]] bool isAtNewest() const { return m_rows.isStuckToBottom() && !hasNewer(); }
    /// The message with the keyboard, else the lowest whole one on screen.
    [[nodiscard]] QModelIndex atHand() const;

    /// The selected text, or the selected messages: several with names and times.
    [[nodiscard]] QString selectedText() const;
    void copySelected();
    /// The same without names and times.
    void copyTextOnly();
    void selectAllLoaded();
    /// First and last row on screen; -1 when there is none.
    [[nodiscard]] std::pair<int, int> visibleRows() const;

    /// Does what a link or a menu entry says.
    void perform(MessageAction action, const QModelIndex &index);
    /// The same for a message that need not be in the window.
    void perform(MessageAction action, const desk::Message &message);

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
    /// One that failed is to be sent once more as it is.
    void sendAgainRequested(const longcode::desk::Message &message);
    void lookUpRequested(longcode::desk::MessageRow row);
    void senderChangeRequested(const longcode::desk::Message &message);
    void settingsRequested();
    void cancelScheduledRequested(longcode::desk::MessageRow row);
    void takeBackRequested(const longcode::desk::Message &message);
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
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
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
        int web = -1;
        friend bool operator==(const LinkHit &, const LinkHit &) = default;
    };
    enum class Place : quint8 { Newest, Row, Unread };
    void scrollByPixels(int pixels);

    [[nodiscard]] QStyleOptionViewItem optionFor(const QRect &rect) const;
    [[nodiscard]] QStyleOptionViewItem optionFor(const QModelIndex &index, const QRect &rect) const;
    [[nodiscard]] std::shared_ptr<const MessageLayout> layoutOf(const QModelIndex &index) const;
    [[nodiscard]] int heightOf(int row) const;
    [[nodiscard]] std::optional<LinkHit> linkAt(const QPoint &position) const;
    [[nodiscard]] QList<LinkHit> linksOf(const QModelIndex &index) const;
    void follow(const LinkHit &link);
    [[nodiscard]] std::optional<rules::Link> webLinkOf(const LinkHit &link) const;
    [[nodiscard]] QString emptyWords() const;
    void buildNewestButton();
    void prepareDragging();
    void placeNewestButton();
    void syncScrollBar();
    [[nodiscard]] desk::MessageWindow *loaded() const;
    [[nodiscard]] bool hasNewer() const;
    void take(desk::ConversationId id, std::unique_ptr<desk::MessageWindow> messages);
    void goTo(desk::MessageRow message, Place place);
    void keepPlace();
    void pointAt(desk::MessageRow message);
    void fetchIfNear();
    void noteWhatIsSeen();
    void markReadIfSeen();
    [[nodiscard]] int lastWholeRow() const;
    bool handleActionKey(QKeyEvent *event);
    [[nodiscard]] std::optional<TextPlace> textAt(const QPoint &position) const;
    [[nodiscard]] TextPlace nearestText(const QPoint &position) const;
    void beginSelection(QMouseEvent *event, const TextPlace &place);
    void drawSelection(const QPoint &position);
    void dropTextSelection();
    bool handleSelectionKey(QKeyEvent *event);
    [[nodiscard]] TextPlace moved(const TextPlace &from, int key, bool words) const;
    [[nodiscard]] QModelIndexList chosenMessages() const;
    [[nodiscard]] QStringList chosenTexts() const;
    [[nodiscard]] QString withNames(const desk::Message &message) const;
    void fillMenu(QMenu *menu, const QPersistentModelIndex &index);
    void announce(const QModelIndex &current);
    void announceInserted(int start, int end);
    void paintRow(QPainter &painter, const RowWindow::Placed &row);
    void paintEmptyWords(QPainter &painter);

    desk::Inbox &m_inbox;
    const desk::Diagnoses *m_diagnoses = nullptr;
    desk::ConversationId m_conversation;
    std::unique_ptr<QAbstractItemModel> m_messages;
    std::unique_ptr<MessageDelegate> m_ownDelegate;
    MessageDelegate *m_delegate;
    RowWindow m_rows;
    QPushButton *m_newest;
    LinkOpener m_links;
    TextSelection m_text;
    QTimer m_seenTimer;
    QTimer m_fetchTimer;
    QTimer m_flashTimer;
    QTimer m_countdown;
    QTimer m_dragTimer; ///< scrolls while a selection is drawn beyond the edge
    QPoint m_dragAt;
    desk::MessageRow m_goal; ///< where to go once there is room
    Place m_goalPlace = Place::Newest;
    bool m_syncing = false;
    bool m_lacksNewer = false; ///< before what was inserted last
    bool m_selecting = false;
    std::optional<LinkHit> m_pressed;
};

} // namespace longcode::inbox
