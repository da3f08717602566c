#pragma once

#include "relay/settings.h"

namespace longcode::relay {

/// `longcode-relay check`: looks at everything that a relay with these settings needs, starts nothing and
/// changes nothing. Prints what it finds on stdout and what is wrong on stderr. 0: it would start; 1: a file
/// cannot be used.
[[nodiscard]] int runCheck(const RelaySettings &settings);

} // namespace longcode::relay
