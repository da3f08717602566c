#pragma once

#include <QString>

/// Whether a host pretends to be another one. ICU's tables of confusable characters (UTS 39) behind plain
/// functions; thread-safe, no network.
namespace longcode::rules {

/// Whether letters of scripts that do not belong together stand in one label of `host`, such as a Cyrillic a
/// among Latin letters. Japanese, Chinese and Korean may hold Latin (UTS 39, "highly restrictive").
[[nodiscard]] bool mixesScripts(const QString &host);

/// The well-known domain that `host` looks like without being it: "раypal.com", "paypa1.com",
/// "rnicrosoft.com". Empty when there is none. `host` in Unicode form, lower case.
[[nodiscard]] QString lookAlike(const QString &host);

/// The well-known domain that is written at the beginning of `host`, which leads elsewhere:
/// "paypal.com.account.example". Empty when there is none.
[[nodiscard]] QString nameDropped(const QString &host);

} // namespace longcode::rules
