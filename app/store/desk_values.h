#pragma once

#include "contacts/contact.h"
#include "store/values.h"

#include <QList>

#include <utility>

/// What the store knows beside conversations and messages: hits of a search, sends that wait, blocks,
/// contacts.
namespace longcode::store {

/// Which texts are wanted. All that is set must fit.
struct MessageFilter {
    QString text;                     ///< as typed; empty: any
    std::optional<ConversationId> in; ///< of one conversation
    QString own;                      ///< conversations that answer from this sender; empty: all
    qint64 fromMs = 0, toMs = 0;      ///< of messages.at; `toMs` excluded; 0: no limit
    std::optional<MessageState> state;
    bool hasMedia = false;
    QString errorCode; ///< empty: any or none
    friend bool operator==(const MessageFilter &, const MessageFilter &) = default;
};

/// A message that fits, with some words around what was found.
struct TextHit {
    MessageRow row;
    ConversationId conversation;
    Direction direction = Direction::Inbound;
    QDateTime at;
    QString snippet;                                ///< one line; "…" where it was cut
    QList<std::pair<qsizetype, qsizetype>> marks{}; ///< begin and length in `snippet`, UTF-16 units
    friend bool operator==(const TextHit &, const TextHit &) = default;
};

/// An event of a message as it came. `body` is kept compressed in the file.
struct RawEventRecord {
    QString eventId, type;
    QDateTime receivedAt;
    QByteArray body, signature, timestamp; ///< signature and timestamp: base64 and digits, as in the headers
    QString source;                        ///< "webhook", "webhook_deliveries", "detail_records", "answer"
    friend bool operator==(const RawEventRecord &, const RawEventRecord &) = default;
};

/// A send with a time that has not left yet.
struct ScheduledRecord {
    MessageRow message;
    IntentId intent; ///< empty: another console's
    events::MessageId telnyxId;
    ConversationId conversation;
    Parties parties;
    QString name, text;
    QDateTime sendAt;
    MessageState state = MessageState::Held; ///< Held, Waiting, Sending, Uncertain or Scheduled
    friend bool operator==(const ScheduledRecord &, const ScheduledRecord &) = default;
};

/// One line of GET /messaging_optouts.
struct ListedBlock {
    QString peer, own, profileId; ///< `own` or `profileId` may be empty
    QString keyword;
    QDateTime at;
    friend bool operator==(const ListedBlock &, const ListedBlock &) = default;
};

enum class BlockSource : quint8 { Keyword = 0, List = 1 };

/// A stretch of time in which the customer must not be texted.
struct BlockRecord {
    BlockSource source = BlockSource::Keyword;
    QString peer, own, profileId; ///< of a listed one, as listed
    QString keyword;
    QDateTime since, liftedAt; ///< `liftedAt` invalid: it holds
    friend bool operator==(const BlockRecord &, const BlockRecord &) = default;
};

struct NewSuppressed {
    QDateTime at;
    ConversationId conversation;
    IntentId intent; ///< empty: it never became one
    QString text, reason;
};
struct SuppressedRecord {
    qint64 row = 0;
    QDateTime at;
    ConversationId conversation;
    Parties parties;
    QString text, reason;
    friend bool operator==(const SuppressedRecord &, const SuppressedRecord &) = default;
};

/// One number of a contact; of one without a number, a line without it.
struct ContactLine {
    QString id, name, address;
};

/// A contact under its id, which is never empty here.
struct ContactRecord {
    contacts::Contact contact;
    friend bool operator==(const ContactRecord &, const ContactRecord &) = default;
};

} // namespace longcode::store
