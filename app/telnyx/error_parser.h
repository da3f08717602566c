#pragma once

#include "telnyx/telnyx.h"

namespace longcode::telnyx {

struct RawAnswer;

/// Reads the shapes E1 to E6 (contract, section 4) of an answer that is not 2xx, and falls back on the status
/// line when the body is something else. Never fails; foreign text is cut to a bearable length.
[[nodiscard]] Error errorFromAnswer(const RawAnswer &answer);

[[nodiscard]] ErrorKind kindOfStatus(int status);

} // namespace longcode::telnyx
