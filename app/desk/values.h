#pragma once

#include "base/failure.h"
#include "base/strong_id.h"
#include "phone/phone.h"
#include "sms/sms.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

/// What the console shows and does, without widgets.
namespace longcode::desk {

using ConversationId = RowId<struct ConversationTag>;
using MessageRow = RowId<struct MessageRowTag>;

enum class Direction : quint8 {
    Inbound,
    Outbound,
    Note ///< for colleagues only: no message, but a row between the messages
};

/// Somebody takes care of a conversation until then.
struct Claim {
    QString assignee; ///< name of a member
    QDateTime until;
    bool mine = false;
    friend bool operator==(const Claim &, const Claim &) = default;
};

/// The state of a message in the words a person needs. Outbound ones only move downwards in this list up to
/// Cancelled, save that Uncertain is settled into any later one and Rejected by a person's decision. Held
/// comes before Waiting, Scheduled before Queued.
enum class MessageState : quint8 {
    Received,
    Waiting,   ///< written down here, not yet handed to the API
    Sending,   ///< handed over, no answer yet
    Uncertain, ///< may or may not have been accepted; never repeated by itself
    Rejected,  ///< the API refused it; nothing was sent
    Queued,    ///< accepted by the API
    Sent,      ///< given to the carrier
    Delivered,
    Unconfirmed, ///< the carrier gave no receipt
    Failed,
    Cancelled,
    Scheduled, ///< the API keeps it until its time; then it goes on with Queued
    Held       ///< kept here until its time, or for as long as it can be taken back; then Waiting
};

/// "Delivered", "Waiting to be sent", … translated.
[[nodiscard]] QString stateInWords(MessageState state);

/// Why a message was not delivered or not accepted. `what` holds the server's own words first.
struct MessageFailure {
    QString code;   ///< the server's, or empty
    QString what;   ///< one sentence: the server's title and detail
    QString cause;  ///< rules' advice, or empty
    QString action; ///< rules' advice, or empty
    friend bool operator==(const MessageFailure &, const MessageFailure &) = default;
};

struct Price {
    QString amount;   ///< decimal text
    QString currency; ///< ISO 4217
    friend bool operator==(const Price &, const Price &) = default;
};

struct Message {
    MessageRow row;
    ConversationId conversation;
    Direction direction = Direction::Outbound;
    MessageState state = MessageState::Waiting;
    QString text;     ///< foreign: plain text only
    QDateTime at;     ///< UTC: received, or written
    int segments = 0; ///< the server's `parts`, else the estimate
    sms::Encoding encoding = sms::Encoding::Gsm7;
    std::optional<Price> cost;
    std::optional<MessageFailure> failure;
    QString serverStatus;   ///< the API's word when it is outside the known list
    int mediaCount = 0;     ///< attachments announced by the event (shown as a line of text for now)
    bool isKeyword = false; ///< STOP, START or HELP from a customer
    /// Of a note, and of an answer when the relay tells who sent it; else empty.
    QString author{};
    QStringList mentions{}; ///< of a note
    bool late = false;      ///< it came in long after it was sent, perhaps above what had been read
    QDateTime sendAt{};     ///< of Scheduled and Held: when the customer is to get it
    QDateTime heldUntil{};  ///< of Held: until when it can be taken back without asking the API
    int revision = 0;       ///< changes whenever anything above does
    friend bool operator==(const Message &, const Message &) = default;
};

struct OptOut {
    QDateTime since;
    QString keyword;
    friend bool operator==(const OptOut &, const OptOut &) = default;
};

struct Conversation {
    ConversationId id;
    phone::Address peer; ///< the customer
    phone::Address own;  ///< the sender this conversation answers from
    QString ownName;     ///< messaging profile's name, or empty
    QString name;        ///< contact's name, or empty
    QString preview;     ///< last message or draft, one line, plain text
    bool previewIsDraft = false;
    Direction lastDirection = Direction::Inbound;
    MessageState lastState = MessageState::Received;
    QDateTime lastAt;
    int unread = 0;
    std::optional<OptOut> optOut;
    QString carrier; ///< as last reported by the API, or empty
    QString lineType;
    std::optional<Claim> claim; ///< a living one
    bool closed = false;
    bool pinned = false;
    bool markedUnread = false; ///< by a person
    QDateTime snoozedUntil{};  ///< invalid: not snoozed
    QDateTime waitingSince{};  ///< the customer's first text that nobody answered; invalid: none waits
    int scheduled = 0;         ///< texts that wait for their time
    QByteArray zone{};         ///< the contact's own time zone (IANA), or empty
    QString language{};        ///< the contact's (BCP 47), or empty
    /// Who wrote `preview` when that is our answer: a name, when it is known; `lastIsMine`: oneself, by this
    /// console or by name.
    QString lastAuthor{};
    bool lastIsMine = false;
    friend bool operator==(const Conversation &, const Conversation &) = default;
};

/// What an address alone says of the kind of sender it is.
[[nodiscard]] sms::SenderKind senderKind(const phone::Address &address);

/// A number, short code or alphanumeric sender the account may send from.
struct Sender {
    phone::Address address;
    QString profileId;
    QString profileName;
    sms::SenderKind kind = sms::SenderKind::LongCode;
    bool smartEncoding = false; ///< of its profile
    bool profileEnabled = true;
    std::optional<double> successRatio; ///< 0 to 1, the API's health figure
    friend bool operator==(const Sender &, const Sender &) = default;
};

} // namespace longcode::desk

Q_DECLARE_METATYPE(longcode::desk::Message)
Q_DECLARE_METATYPE(longcode::desk::Conversation)
