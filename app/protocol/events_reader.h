#pragma once

#include "protocol/protocol.h"

#include <optional>

namespace longcode::protocol {

/// Reads an events frame that is written exactly as encode() writes it, at a fraction of what parsing any
/// JSON costs: catching up with a long log is nothing but this. Nothing for every other text, also for a
/// faulty one; the caller then parses it in the general way, which accepts what this does with the same
/// result.
[[nodiscard]] std::optional<Events> readCanonicalEvents(QByteArrayView text);

} // namespace longcode::protocol
