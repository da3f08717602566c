#pragma once

#include "sandbox/json.h"

#include <string>

namespace longcode::sandbox {

enum class SenderKind : std::uint8_t { LongCode, TollFree, ShortCode, Alphanumeric };

/// What a text becomes on the air.
struct Encoded {
    std::string encoding; ///< "GSM-7", "ASCII" or "UCS-2"
    int parts = 0;
    bool becameEmpty = false; ///< nothing is left after smart encoding
    bool refused = false;     ///< `gsm7` was asked for and cannot be done
    bool smart = false;       ///< smart encoding changed something
    Json details{};           ///< what smart encoding did; null when it did not run
};

/// `requested` is the request's `encoding` (empty: not given). `auto` asks for smart encoding whatever the
/// profile says; without it the profile decides (D28).
[[nodiscard]] Encoded encode(const std::string &text, SenderKind sender, const std::string &requested,
                             bool profileSmartEncoding);

} // namespace longcode::sandbox
