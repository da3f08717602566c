#pragma once

#include "desk/values.h"
#include "phone/phone.h"

#include <QString>

namespace longcode::inbox {

/// The contact's name, else the number as people in `home` write it. One line, harmless.
[[nodiscard]] QString displayName(const desk::Conversation &conversation, const phone::Region &home);
/// What was said last: "You: …" for our own, without direction controls.
[[nodiscard]] QString previewWords(const desk::Conversation &conversation);
/// "Sales +1 415-555-0100", or the number alone.
[[nodiscard]] QString senderWords(const desk::Conversation &conversation);
/// "+1 212-555-0188 · via Sales +1 415-555-0100".
[[nodiscard]] QString routeWords(const desk::Conversation &conversation);
/// Whether the newest message needs someone: not delivered, not sent, or in doubt; the badge's words, or
/// empty.
[[nodiscard]] QString troubleWords(const desk::Conversation &conversation);

} // namespace longcode::inbox
