#pragma once

#include <QtEndian>

#include <bit>
#include <cstdint>
#include <cstring>

namespace longcode::protocol {

/// Where JSON text has to stop and look: quotation marks, backslashes and control characters (RFC 8259,
/// section 7). Eight bytes are looked at in one step.
struct EightBytes {
    std::uint64_t value = 0; ///< the first byte lowest

    [[nodiscard]] static EightBytes load(const char *from) {
        return {qFromLittleEndian<std::uint64_t>(from)};
    }

    /// How many of the bytes, from the first, need no look; 8: all.
    [[nodiscard]] int plain() const {
        constexpr std::uint64_t ones = 0x0101010101010101U;
        constexpr std::uint64_t tops = 0x8080808080808080U;
        // A byte is zero where subtracting one borrows: exact up to the first such byte, which is all we ask.
        const std::uint64_t quote = value ^ (ones * '"');
        const std::uint64_t backslash = value ^ (ones * '\\');
        const std::uint64_t special =
            ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | ((value - ones * 0x20U) & ~value);
        return std::countr_zero(special & tops) / 8;
    }
};

[[nodiscard]] inline bool isPlain(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

} // namespace longcode::protocol
