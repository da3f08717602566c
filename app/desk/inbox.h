#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QObject>

#include <memory>

namespace longcode::desk {

/// Open: not closed. Mine and Unassigned: open, and claimed by oneself or by nobody.
enum class InboxFilter : quint8 { Open, Unread, Failed, Mine, Unassigned, Closed };

/// Roles of the conversation model.
enum ConversationModelRole {
    ConversationRole = Qt::UserRole + 1 /* desk::Conversation */,
    ConversationIdRole /* qint64 */
};
/// Roles of a message model. Rows are oldest first; older ones come through canFetchMore/fetchMore and are
/// inserted at row 0.
enum MessageModelRole {
    MessageRole = Qt::UserRole + 1 /* desk::Message */,
    MessageRowRole /* qint64 */,
    MessageRevisionRole /* int */,
    MessageDayRole /* QDate, local */
};

/// The conversations of one account, for reading. Lives on the UI thread. Models return AccessibleText too.
class Inbox : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Newest first, filtered and searched. Owned by the inbox, lives as long as it.
    [[nodiscard]] virtual QAbstractItemModel &conversations() = 0;
    virtual void setFilter(InboxFilter filter) = 0;
    /// Names, numbers by any digits, and texts; as typed. Empty: no search.
    virtual void setSearch(const QString &text) = 0;
    /// How many conversations each filter holds.
    [[nodiscard]] virtual int count(InboxFilter filter) const = 0;
    [[nodiscard]] virtual std::optional<Conversation> conversation(ConversationId id) const = 0;
    /// A model over one conversation's messages, kept up to date while it lives.
    [[nodiscard]] virtual std::unique_ptr<QAbstractItemModel> openMessages(ConversationId id) = 0;
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
