#pragma once

#include "store/connection.h"
#include "store/fold.h"
#include "store/values.h"

#include <QHash>
#include <QSet>

namespace longcode::store {

/// A message row about to be made.
struct NewMessage {
    ConversationId conversation;
    Direction direction = Direction::Outbound;
    qint64 atMs = 0;
    QString identity; ///< of the message itself: intent, Telnyx's id or the event's; orders equal times
    QString text;
    QString telnyxId; ///< empty: not known yet
    MessageState state = MessageState::Waiting;
    QString own{}; ///< our number it goes through; of a note empty
};

/// One transaction of the writer: what it changed so far, and the steps that all operations are made of.
/// Lives on the writer thread for the length of the transaction. Derived columns are brought up to date by
/// refresh() and finish(), never written by an operation.
class WriteSession {
public:
    explicit WriteSession(Connection &connection);
    [[nodiscard]] Connection &connection() { return m_connection; }

    /// Finds the conversation of these two, or begins one; `begunAt` unset when an event does.
    ConversationId conversationOf(const Parties &parties, std::optional<qint64> begunAtMs);
    MessageRow insert(const NewMessage &message);
    [[nodiscard]] ConversationId conversationWith(MessageRow message);
    /// False when this event was already known for the message.
    bool addReport(MessageRow message, const Report &report);
    /// Folds the reports of the message and writes what differs.
    void refresh(MessageRow message);
    /// Everything known of `from` becomes part of `into`, `from` goes.
    void merge(MessageRow from, MessageRow into);

    /// Its derived columns are to be brought up to date, and it is told as changed.
    void touch(ConversationId conversation);
    /// Only told as changed.
    void tell(ConversationId conversation);
    void note(ChangeKind kind, MessageRow row, ConversationId conversation, Direction direction);
    void noteChanged(MessageRow row);
    void noteSettled(const IntentId &intent) { m_changes.settled.append(intent); }
    void noteSenders() { m_changes.sendersChanged = true; }
    void noteReplies() { m_changes.repliesChanged = true; }
    void noteOutgoing() { m_changes.outgoingChanged = true; }
    void noteContacts() { m_changes.contactsChanged = true; }
    void noteBlocks() { m_changes.blocksChanged = true; }
    void noteSuppressed() { m_changes.suppressedChanged = true; }
    /// The conversation of this pair, if there is one.
    [[nodiscard]] std::optional<ConversationId> knownConversationOf(const Parties &parties);
    void setArrival(Arrival arrival) { m_changes.arrival = arrival; }

    /// Brings the touched conversations up to date. Call once, before the commit.
    [[nodiscard]] Changes finish();

private:
    void refreshConversation(ConversationId conversation);

    Connection &m_connection;
    Changes m_changes;
    QHash<qint64, qsizetype> m_noted; ///< message row → place in m_changes.messages
    QSet<qint64> m_told, m_touched;
};

/// Orders what happened in the same millisecond, by what it is and not by when it arrived. Not negative.
[[nodiscard]] qint64 tieOf(const QString &identity);

} // namespace longcode::store
