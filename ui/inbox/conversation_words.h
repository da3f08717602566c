#pragma once

#include "desk/values.h"
#include "phone/phone.h"

#include <QString>

namespace longcode::inbox {

/// What happened and what to do, in one line.
[[nodiscard]] QString failureWords(const Failure &why);
/// The contact's name, else the number as people in `home` write it. One line, harmless.
[[nodiscard]] QString displayName(const desk::Conversation &conversation, const phone::Region &home);
/// What was said last: "You: …" for our own ("We: …" where colleagues may have said it), without direction
/// controls.
[[nodiscard]] QString previewWords(const desk::Conversation &conversation, bool isTeam = false);
enum class Urgency : quint8 { Calm, Soon, Late };
/// How long a customer has been waiting for an answer; empty words: he is not.
struct WaitingWords {
    QString words;                   ///< "waiting 12 min", "waiting 3 h", "waiting 2 days"
    Urgency urgency = Urgency::Calm; ///< over a quarter of an hour, over an hour
};
[[nodiscard]] WaitingWords waitingWords(const desk::Conversation &conversation, const QDateTime &now);

/// "Sales +1 415-555-0100", or the number alone.
[[nodiscard]] QString senderWords(const desk::Conversation &conversation);
/// "+1 212-555-0188 · via Sales +1 415-555-0100".
[[nodiscard]] QString routeWords(const desk::Conversation &conversation);
/// Whether the newest message needs someone: not delivered, not sent, or in doubt; the badge's words, or
/// empty.
[[nodiscard]] QString troubleWords(const desk::Conversation &conversation);

} // namespace longcode::inbox
