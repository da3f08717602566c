#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QObject>

#include <memory>

namespace longcode::desk {

/// Open: not closed, not snoozed. Mine and Unassigned: open, and claimed by oneself or by nobody. Waiting:
/// open, and the customer's text has no answer; longest first. In all others pinned ones come first, then the
/// newest.
enum class InboxFilter : quint8 {
    Open,
    Unread,
    Failed,
    Mine,
    Unassigned,
    Closed,
    Waiting,
    Scheduled,
    OptedOut,
    Snoozed
};

/// Roles of the conversation model.
enum ConversationModelRole {
    ConversationRole = Qt::UserRole + 1 /* desk::Conversation */,
    ConversationIdRole /* qint64 */
};
/// Roles of a MessageWindow.
enum MessageModelRole {
    MessageRole = Qt::UserRole + 1 /* desk::Message */,
    MessageRowRole /* qint64 */,
    MessageRevisionRole /* int */,
    MessageDayRole /* QDate, local */
};

/// A stretch of one conversation's messages, oldest first. Older ones come through canFetchMore/fetchMore and
/// are inserted at row 0, newer ones through fetchNewer() at the end. While newer ones are missing, what
/// arrives live is not inserted.
class MessageWindow : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] virtual bool hasNewer() const { return false; }
    virtual void fetchNewer() {}
    /// -1: not in the window.
    [[nodiscard]] virtual int indexOf(MessageRow message) const = 0;
};

/// The conversations of one account, for reading. Lives on the UI thread. Models return AccessibleText too.
class Inbox : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Filtered and searched, in the filter's order. Owned by the inbox, lives as long as it.
    [[nodiscard]] virtual QAbstractItemModel &conversations() = 0;
    virtual void setFilter(InboxFilter filter) = 0;
    /// Only conversations that answer from this number of ours; none: all. Counts follow.
    virtual void setOwnNumber(const std::optional<phone::Address> &own) = 0;
    /// Names, numbers by any digits, and texts; as typed. Empty: no search.
    virtual void setSearch(const QString &text) = 0;
    /// How many conversations each filter holds.
    [[nodiscard]] virtual int count(InboxFilter filter) const = 0;
    [[nodiscard]] virtual std::optional<Conversation> conversation(ConversationId id) const = 0;
    /// One conversation's messages from the newest back, kept up to date while it lives.
    [[nodiscard]] virtual std::unique_ptr<MessageWindow> openMessages(ConversationId id) = 0;
    /// The same around one message, with some on either side; from the newest when it is not there.
    [[nodiscard]] virtual std::unique_ptr<MessageWindow> openMessagesAt(ConversationId id,
                                                                        MessageRow around) = 0;
    /// The oldest unread one; invalid: all are read.
    [[nodiscard]] virtual MessageRow firstUnread(ConversationId id) const = 0;
    /// The first at or after that moment, or the newest.
    [[nodiscard]] virtual MessageRow firstSince(ConversationId id, const QDateTime &moment) const = 0;
    /// The message on top of the screen when it was last left; invalid: it was at its newest. Kept for ever.
    [[nodiscard]] virtual MessageRow readPosition(ConversationId id) const = 0;
    virtual void keepReadPosition(ConversationId id, MessageRow message) = 0;
    /// Everything in it has been on screen.
    virtual void markRead(ConversationId id) = 0;
    /// Finds the conversation of these two, or begins one.
    virtual QFuture<Result<ConversationId, Failure>> begin(const phone::Address &peer,
                                                           const phone::Address &own) = 0;
    /// Names the customer; an empty name removes it.
    virtual void rename(ConversationId id, const QString &name) = 0;

Q_SIGNALS:
    void conversationChanged(longcode::desk::ConversationId id);
    void countsChanged();
    /// A customer's text came in live (not during catching up).
    void received(longcode::desk::ConversationId id, longcode::desk::MessageRow row);
};

} // namespace longcode::desk
