#pragma once

#include "protocol/facts.h"
#include "store/values.h"

/// What colleagues tell each other, as it goes into the store and comes out of it.
namespace longcode::store {

/// A team fact of the log, with what the log adds to it.
struct TeamEntry {
    protocol::Fact fact;
    QString author;
    QString identity;  ///< of this entry, the same wherever the log is read
    QDateTime heardAt; ///< by this console's clock when it came live, else as the log has it
};

/// A text that everybody may use.
struct CannedReplyRecord {
    QString id;
    QString folder, title, text;
    friend bool operator==(const CannedReplyRecord &, const CannedReplyRecord &) = default;
};

/// A fact on its way to the relay.
struct NewFact {
    QString id; ///< new for each, at most 64 characters
    protocol::Fact fact;
    ConversationId conversation; ///< of a note: where it is shown while it waits
    QDateTime at;
};
struct OutgoingFact {
    QString id;
    QByteArray body; ///< as encoded
    friend bool operator==(const OutgoingFact &, const OutgoingFact &) = default;
};

/// Somebody else's answer in a conversation.
struct AnswerRecord {
    QString author; ///< empty: only the message is known
    QDateTime at;
    QString text;  ///< empty: not here yet
    QString key{}; ///< of this answer: the same whether the fact or the message tells of it
    friend bool operator==(const AnswerRecord &, const AnswerRecord &) = default;
};

/// Messages that the API took, and of which no event tells.
struct UnreportedSends {
    int count = 0;
    QDateTime oldest;  ///< when the API took the first of them
    QDateTime heardAt; ///< when the relay received the newest webhook that is here; invalid: none
    friend bool operator==(const UnreportedSends &, const UnreportedSends &) = default;
};

/// A message of this account whose end is not known.
struct UnfinishedRecord {
    events::MessageId telnyxId;
    IntentId intent; ///< empty: not written here
    QDateTime at;
    friend bool operator==(const UnfinishedRecord &, const UnfinishedRecord &) = default;
};

} // namespace longcode::store
