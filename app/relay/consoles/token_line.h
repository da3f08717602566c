#pragma once

#include "relay/consoles/access_tokens.h"

namespace longcode::relay {

/// One line of a token file. Nothing: empty or a comment. The error says what the line should be.
[[nodiscard]] Result<std::optional<TokenGrant>, QString> parseTokenLine(const QByteArray &line);
/// Without a line break.
[[nodiscard]] QByteArray tokenLine(const TokenGrant &grant);

inline constexpr qint64 largestTokenFile = 1 << 20;

} // namespace longcode::relay
