#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <variant>

/// Team facts: what colleagues tell each other about conversations, as entries of the relay's log. The relay
/// adds author and time and keeps their order; it does not judge them. What they mean together follows from
/// their order alone, so every console comes to the same result (PROTOCOL.md, "Team facts").
namespace longcode::protocol {

/// The two ends of a conversation, as on the wire.
struct Parties {
    QString peer; ///< the customer
    QString own;  ///< our number, short code or alphanumeric sender
    friend bool operator==(const Parties &, const Parties &) = default;
};

/// `assignee` takes care of the conversation until `until` (a soft lock). Without effect while somebody
/// else's claim of an earlier place in the log has not ended at this entry's time, unless `takeOver`.
struct Claim {
    Parties parties;
    QString assignee; ///< name of a token
    QDateTime until;
    bool takeOver = false;
    friend bool operator==(const Claim &, const Claim &) = default;
};
/// Ends whatever claim there is.
struct Release {
    Parties parties;
    friend bool operator==(const Release &, const Release &) = default;
};
/// For colleagues only; never sent to the customer.
struct Note {
    Parties parties;
    QString text;
    QStringList mentions; ///< names of tokens
    friend bool operator==(const Note &, const Note &) = default;
};
/// The author has read everything that was received up to then.
struct ReadUpTo {
    Parties parties;
    QDateTime at;
    friend bool operator==(const ReadUpTo &, const ReadUpTo &) = default;
};
/// Nothing is left to do, or something is again. A customer's text after it opens the conversation by itself.
struct Closed {
    Parties parties;
    bool closed = true;
    friend bool operator==(const Closed &, const Closed &) = default;
};
/// The author has handed an answer to the API, under this intent.
struct Answered {
    Parties parties;
    QString intent;
    friend bool operator==(const Answered &, const Answered &) = default;
};
/// A text that everybody may use. The last of an id counts; an empty text removes it.
struct CannedReply {
    QString id;
    QString folder, title, text;
    friend bool operator==(const CannedReply &, const CannedReply &) = default;
};
/// A customer's name, for everybody. The last of a peer counts; an empty name removes it.
struct SharedContact {
    QString peer;
    QString name;
    friend bool operator==(const SharedContact &, const SharedContact &) = default;
};
/// An event that no webhook brought, read from the API by the author's console. Applied like the webhook.
struct Recovered {
    QString source;   ///< "webhook_deliveries" or "detail_records"
    QByteArray event; ///< body as the webhook would have had it
    friend bool operator==(const Recovered &, const Recovered &) = default;
};
/// A fact of a later version: kept, passed on, without effect.
struct UnknownFact {
    QString type;
    friend bool operator==(const UnknownFact &, const UnknownFact &) = default;
};

using Fact = std::variant<Claim, Release, Note, ReadUpTo, Closed, Answered, CannedReply, SharedContact,
                          Recovered, UnknownFact>;

inline constexpr qsizetype maximumNoteLength = 4000;
inline constexpr qsizetype maximumFactBytes = 1 << 20;

/// The body of the log's entry: {"type":…,"data":{…}}. At most maximumFactBytes.
[[nodiscard]] QByteArray encodeFact(const Fact &fact);
/// The error says which member is wrong.
[[nodiscard]] Result<Fact, QString> decodeFact(QByteArrayView body);

} // namespace longcode::protocol
