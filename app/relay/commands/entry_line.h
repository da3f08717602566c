#pragma once

#include "relay/log/event_log.h"

#include "base/result.h"

namespace longcode::relay {

/// A logged webhook as one line of JSON: {"seq", "received_at", "intent", "account", "signature",
/// "timestamp", "body"}, the body as text, every byte of it. Without a line break.
[[nodiscard]] QByteArray entryLine(const SignedEntry &entry);
/// "seq" does not count; "intent", "account" and "received_at" may be missing. The error says what is wrong.
[[nodiscard]] Result<SignedEntry, QString> entryFromLine(const QByteArray &line);

} // namespace longcode::relay
