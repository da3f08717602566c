#pragma once

#include "base/result.h"
#include "base/strong_id.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <array>
#include <chrono>
#include <optional>
#include <variant>

/// What Telnyx reports through webhooks (contract, section 7): signature, envelope, typed events.
/// No I/O. Everything here takes bytes from outside: bounded, and never trusts a type.
namespace longcode::events {

using EventId = StrongId<struct EventIdTag>;
/// Telnyx's id of a message.
using MessageId = StrongId<struct TelnyxMessageIdTag>;

// ---- Signature ------------------------------------------------------------------------------------

class PublicKey {
public:
    /// base64 of 32 raw bytes, or of a 44-byte SPKI (D84). Small-order keys are refused.
    [[nodiscard]] static std::optional<PublicKey> fromBase64(const QByteArray &text);
    [[nodiscard]] const std::array<unsigned char, 32> &bytes() const { return m_bytes; }

private:
    std::array<unsigned char, 32> m_bytes{};
};

enum class SignatureVerdict : quint8 { Good, MissingHeader, BadTimestamp, OutsideTolerance, BadSignature };

/// Ed25519 over `timestamp|raw body` (contract 7.2). `signature` and `timestamp` are the header values.
[[nodiscard]] SignatureVerdict verifySignature(const PublicKey &key, const QByteArray &signature,
                                               const QByteArray &timestamp, QByteArrayView rawBody,
                                               const QDateTime &now, std::chrono::seconds tolerance);

// ---- Events ---------------------------------------------------------------------------------------

/// Rank order of D27: a message's status only ever moves to a higher rank.
enum class MessageStatus : quint8 {
    Unknown, ///< a text outside the list; shown as it is, never terminal
    Scheduled, Queued, Sending, Sent,
    Received, ///< inbound
    DeliveryUnconfirmed, Delivered, DeliveryFailed, SendingFailed, Expired, Cancelled, RecipientUnknown
};
/// With D27's synonyms (failed, gw_timeout, dlr_timeout, …), without regard to case.
[[nodiscard]] MessageStatus statusFromText(QStringView text);
/// The API's word: "delivery_failed".
[[nodiscard]] QString statusText(MessageStatus status);
[[nodiscard]] bool isTerminal(MessageStatus status);
/// 0 for Unknown, Scheduled 1 … Sent 4, every terminal state 5. Delivered outranks DeliveryUnconfirmed.
[[nodiscard]] int rank(MessageStatus status);
/// Whether a message in `from` may go to `to`: forward only, and never from one terminal state to another
/// save DeliveryUnconfirmed → Delivered/DeliveryFailed.
[[nodiscard]] bool mayAdvance(MessageStatus from, MessageStatus to);

struct EventError {
    QString code, title, detail;
    friend bool operator==(const EventError &, const EventError &) = default;
};

struct Party {
    QString address;    ///< as on the wire
    MessageStatus status = MessageStatus::Unknown;
    QString statusText; ///< as sent
    QString carrier, lineType;
    friend bool operator==(const Party &, const Party &) = default;
};

struct Media {
    QString url, contentType, sha256;
    std::optional<qint64> size;
    friend bool operator==(const Media &, const Media &) = default;
};

struct Money {
    QString amount, currency; ///< amount is decimal text, never binary floating point (D21)
    friend bool operator==(const Money &, const Money &) = default;
};

enum class Direction : quint8 { Inbound, Outbound };

/// A message as the API describes it, in webhooks and answers alike.
struct MessageFacts {
    MessageId id;
    Direction direction = Direction::Outbound;
    bool mms = false;
    QString profileId;
    Party from;
    QList<Party> to, cc;
    QString text, subject;
    QList<Media> media;
    QString encoding;         ///< as sent
    std::optional<int> parts;
    std::optional<Money> cost;
    std::optional<QDateTime> receivedAt, sentAt, completedAt, validUntil, sendAt;
    QList<EventError> errors;
    QString autoresponseType; ///< STOP, START, HELP or empty
    QString groupMessageId;
    std::optional<bool> smartEncodingApplied;
};

enum class MessageEventKind : quint8 { Received, Sent, Finalized };

struct MessageEvent {
    MessageEventKind kind;
    MessageFacts message;
};
struct LinkClicked {
    QString url, to;
    MessageId messageId;
    std::optional<QDateTime> clickedAt;
};
struct SpendLimitReached {
    QString profileId, configuredLimit, currentCost;
};
/// Any event type that has no type of its own here yet, or a known one whose payload has a surprising
/// shape. Kept whole.
struct OtherEvent {
    QString why; ///< empty, or which member had which wrong type
};

struct Event {
    EventId id;          ///< `data.id`; without one, "sha256:" and the hash of the raw body (D82)
    bool hasOwnId = true;
    QString type;        ///< `event_type`, or `link_clicked`, or `campaign_status` for the bare form (D80, D81)
    std::optional<QDateTime> occurredAt;
    int attempt = 1;
    QByteArray raw;      ///< the body as received
    std::variant<OtherEvent, MessageEvent, LinkClicked, SpendLimitReached> body;
};

enum class EnvelopeProblem : quint8 { TooLarge, TooDeep, NotJson, NotAnObject };

inline constexpr qsizetype maximumBodyBytes = 1 << 20;

[[nodiscard]] Result<Event, EnvelopeProblem> parseEvent(const QByteArray &rawBody);

/// Only `data.id` (or the hash): what the relay needs for deduplication.
[[nodiscard]] Result<EventId, EnvelopeProblem> eventId(const QByteArray &rawBody);

} // namespace longcode::events
