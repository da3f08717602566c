#pragma once

#include "base/strong_id.h"
#include "events/events.h"
#include "sms/sms.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

/// What the console's store holds, as values. Times are UTC, to the millisecond. Addresses are as on the
/// wire (phone::Address::wire()); `phone::fromWire` makes values of them where one is shown.
namespace longcode::store {

using ConversationId = RowId<struct ConversationTag>;
using MessageRow = RowId<struct MessageTag>;
/// The handle of a send intent: what comes back in the query of every webhook of that message.
using IntentId = StrongId<struct IntentTag>;
struct TeamEntry;
/// The identity of a relay's log.
using LogId = StrongId<struct LogTag>;

/// The two ends of a conversation.
struct Parties {
    QString peer; ///< the customer
    QString own;  ///< our number, short code or alphanumeric sender
    friend bool operator==(const Parties &, const Parties &) = default;
};

// The numbers of these enumerations are in the file: they are never changed, only added to.
enum class Direction : quint8 {
    Inbound = 0,
    Outbound = 1,
    Note = 2 ///< for colleagues: no message, but a row between them
};
/// Same words and order as desk::MessageState.
enum class MessageState : quint8 {
    Received = 0,
    Waiting = 1,
    Sending = 2,
    Uncertain = 3,
    Rejected = 4,
    Queued = 5,
    Sent = 6,
    Delivered = 7,
    Unconfirmed = 8,
    Failed = 9,
    Cancelled = 10,
    Scheduled = 11,
    Held = 12
};
enum class IntentPhase : quint8 {
    Waiting = 1,   ///< never handed to the API: may safely be posted
    Sending = 2,   ///< handed over, no answer yet; found at start, it is uncertain
    Uncertain = 3, ///< may or may not have been accepted; never posted again
    Rejected = 4,
    Accepted = 5, ///< by the API's answer or by an event of the message
    CountedAsSent = 6,
    Discarded = 7,
    Held = 8 ///< not to be posted before IntentRecord::heldUntil; then Waiting, or a person decides
};
/// What a draft becomes when it is done.
enum class DraftKind : quint8 { Answer, Note };
/// Who said what a contact is called.
enum class NameSource : quint8 { Person, File };

enum class Keyword : quint8 { None = 0, Stop = 1, Start = 2, Help = 3 };

struct Price {
    QString amount;   ///< decimal text
    QString currency; ///< ISO 4217
    friend bool operator==(const Price &, const Price &) = default;
};

/// The first error the server gave, in its own words; empty code and title: none.
struct ServerError {
    QString code, title, detail;
    friend bool operator==(const ServerError &, const ServerError &) = default;
};

/// Where a message stands in its conversation. Derived from the message alone, so that the order never
/// depends on the order of arrival; `tie` orders messages of the same millisecond.
struct MessagePosition {
    qint64 atMs = 0;
    qint64 tie = 0;
    MessageRow row;
    friend auto operator<=>(const MessagePosition &, const MessagePosition &) = default;
};

struct MessageRecord {
    MessageRow row;
    ConversationId conversation;
    qint64 tie = 0;
    Direction direction = Direction::Outbound;
    MessageState state = MessageState::Waiting;
    events::MessageId telnyxId; ///< empty: not known yet
    IntentId intent;            ///< empty: not written at this console
    QString text;               ///< foreign: plain text only
    QDateTime at;               ///< received, or written
    int segments = 0;           ///< the server's `parts`, else the estimate
    sms::Encoding encoding = sms::Encoding::Gsm7;
    std::optional<Price> cost;
    std::optional<ServerError> error;
    QString serverStatus; ///< the API's word when it is outside the known list
    int mediaCount = 0;
    Keyword keyword = Keyword::None;
    bool unread = false;
    QString author{};       ///< of a note, or of an answer when the relay told it
    QStringList mentions{}; ///< of a note
    bool late = false;      ///< the relay got it two minutes or more after it was sent
    QDateTime sendAt{};     ///< of a scheduled one
    QDateTime heldUntil{};  ///< of one in Held
    QString own{};          ///< our number it went through; empty: not known
    [[nodiscard]] MessagePosition position() const { return {at.toMSecsSinceEpoch(), tie, row}; }
    friend bool operator==(const MessageRecord &, const MessageRecord &) = default;
};

/// The last claim that had effect; it may be over.
struct ClaimRecord {
    QString assignee;
    QDateTime until;
    friend bool operator==(const ClaimRecord &, const ClaimRecord &) = default;
};

struct OptOutRecord {
    QDateTime since;
    QString keyword; ///< as the customer wrote it, trimmed
    friend bool operator==(const OptOutRecord &, const OptOutRecord &) = default;
};

/// Where a conversation stands in a list: a greater key comes earlier. Only keys of one filter compare.
struct ConversationKey {
    /// When it was pinned, else 0. Among the waiting ones: since when it waits, negated.
    qint64 rank = 0;
    qint64 lastAtMs = 0;
    qint64 tie = 0;
    ConversationId id;
    friend auto operator<=>(const ConversationKey &, const ConversationKey &) = default;
};

struct ConversationRecord {
    ConversationKey key;
    Parties parties;        ///< `own` is the sender it answers from now
    QString name;           ///< the customer's, or empty
    QString preview;        ///< text of the last message, shortened to `previewLength`, as received
    QString draft;          ///< empty: none
    MessageRow lastMessage; ///< none in a conversation just begun
    Direction lastDirection = Direction::Inbound;
    MessageState lastState = MessageState::Received;
    QString lastAuthor{};  ///< of an answer, when the relay told it
    bool lastHere = false; ///< written at this console
    QDateTime lastAt;      ///< of the last message, else when the conversation was begun
    int lastMediaCount = 0;
    int unread = 0;
    bool failed = false; ///< the newest outbound message failed, was refused or is uncertain
    std::optional<OptOutRecord> optOut;
    QString carrier, lineType; ///< of the customer, as last reported; or empty
    std::optional<ClaimRecord> claim;
    bool closed = false;
    qint64 pinnedAtMs = 0; ///< 0: not pinned
    bool markedUnread = false;
    QDateTime snoozedUntil{}; ///< invalid: not snoozed
    /// The customer's first text since the last answer or closing; invalid: none. Keywords want no answer.
    QDateTime waitingSince{};
    int scheduled = 0; ///< sends with a time that have not left: what Reader::scheduled() lists
    QByteArray zone{}; ///< of the contact, or empty
    QString language{};
    friend bool operator==(const ConversationRecord &, const ConversationRecord &) = default;
};
inline constexpr int previewLength = 160;

/// What is to be sent, complete before anything is written.
struct NewIntent {
    IntentId intent; ///< new for each send
    ConversationId conversation;
    QString text;
    sms::Encoding encoding = sms::Encoding::Gsm7; ///< estimate
    int segments = 0;                             ///< estimate
    QDateTime at;
    /// Set: not to reach the customer before then.
    std::optional<QDateTime> sendAt{};
    /// Set: begins in Held, else in Waiting.
    std::optional<QDateTime> holdUntil{};
    /// Set: leaves from this sender, else from the one the conversation answers from.
    std::optional<QString> sender{};
    bool keepsDraft = false; ///< the conversation's draft is another text, and stays
};

struct IntentRecord {
    IntentId intent;
    MessageRow message;
    ConversationId conversation;
    IntentPhase phase = IntentPhase::Waiting;
    Parties parties; ///< `own` is the sender at the time of writing
    QString text;
    QDateTime writtenAt;
    QDateTime sendAt{};    ///< invalid: at once
    QDateTime heldUntil{}; ///< of Held
    friend bool operator==(const IntentRecord &, const IntentRecord &) = default;
};

/// What a person decides about an uncertain, refused or failed message.
enum class Settlement : quint8 { CountAsSent, Discard };

/// A number, short code or alphanumeric sender the account may send from.
struct SenderRecord {
    QString address;
    QString profileId, profileName;
    sms::SenderKind kind = sms::SenderKind::LongCode;
    bool smartEncoding = false;
    bool profileEnabled = true;
    std::optional<double> successRatio;
    friend bool operator==(const SenderRecord &, const SenderRecord &) = default;
};

/// How far a relay's log has been applied here.
struct Cursor {
    LogId log;
    qint64 seq = 0;
    friend bool operator==(const Cursor &, const Cursor &) = default;
};

/// One entry of a relay's log, parsed.
struct LoggedEvent {
    qint64 seq = 0;
    QDateTime receivedAt; ///< by the relay
    IntentId intent;      ///< empty: none
    events::Event event;  ///< without a type for what is no event: a team fact, or an entry withheld
    std::shared_ptr<const TeamEntry> team{};
    QByteArray body{}, signature{}, timestamp{}; ///< a webhook's, as received; empty: not kept
    QString source{};                            ///< as RawEventRecord::source; empty: "webhook"
};
/// Whether a person should be told of what arrives.
enum class Arrival : quint8 { CatchingUp, Live };

/// A message that was paid for, for the price estimate.
struct PaidRecord {
    Parties parties;
    int parts = 1;
    bool mms = false;
    Price cost;
    QDateTime at;
    friend bool operator==(const PaidRecord &, const PaidRecord &) = default;
};

enum class ChangeKind : quint8 { Inserted, Changed, Removed };
struct MessageChange {
    ChangeKind kind = ChangeKind::Changed;
    MessageRow row;
    ConversationId conversation;
    Direction direction = Direction::Outbound;
    friend bool operator==(const MessageChange &, const MessageChange &) = default;
};
/// What one transaction changed. A row appears once.
struct Changes {
    QList<ConversationId> conversations; ///< new ones, and those with anything changed
    QList<MessageChange> messages;
    QList<IntentId> settled; ///< intents that an event or answer took out of Waiting, Sending or Uncertain
    Arrival arrival = Arrival::CatchingUp; ///< Live only for applyEvents with Arrival::Live
    bool sendersChanged = false;
    bool repliesChanged = false;  ///< canned ones
    bool outgoingChanged = false; ///< facts on their way to the relay
    bool contactsChanged = false;
    bool blocksChanged = false; ///< of no one conversation alone: the API's list was read
    bool suppressedChanged = false;
    [[nodiscard]] bool isEmpty() const {
        return conversations.isEmpty() && messages.isEmpty() && settled.isEmpty() && !sendersChanged &&
               !repliesChanged && !outgoingChanged && !contactsChanged && !blocksChanged &&
               !suppressedChanged;
    }
};

} // namespace longcode::store

Q_DECLARE_METATYPE(longcode::store::Changes)
