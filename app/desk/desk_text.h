#pragma once

#include "desk/values.h"

/// Messages and conversations as one line of words: for previews and for screen readers.
namespace longcode::desk {

/// A text as one line, white space runs as single spaces. Plain text.
[[nodiscard]] QString oneLine(const QString &text);

/// "2 attachments".
[[nodiscard]] QString attachmentsInWords(int count);

/// "Maria, 10:31, Delivered: See you at five". `peer` is how the customer is called. What `me` or nobody
/// known wrote begins with "You", a colleague's answer with his name. A failed one ends with its reason.
[[nodiscard]] QString spoken(const Message &message, const QString &peer, const QString &me);

/// "Maria Lopez, 2 unread, opted out, 10:31: See you at five".
[[nodiscard]] QString spoken(const Conversation &conversation);

} // namespace longcode::desk
