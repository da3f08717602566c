#pragma once

#include "sms/sms.h"

#include <array>

namespace longcode::sms {

/// What every UTF-16 unit is worth, as flat tables: one load a character. Read once from the data files of
/// resources/sms, without allocating, by whoever asks first; constant afterwards, so any thread may read.
struct Tables {
    /// Septets of a unit in GSM-7: 1, 2 with an escape, 0 outside the alphabet. Surrogates are outside.
    std::array<std::uint8_t, 0x10000> septets{};
    /// 0: smart encoding leaves the unit alone; else an index into `substitutes`.
    std::array<std::uint8_t, 0x10000> substitution{};
    std::array<Substitute, 256> substitutes{};
};

[[nodiscard]] const Tables &tables();

[[nodiscard]] constexpr bool isHighSurrogate(char16_t unit) {
    return (unit & 0xFC00) == 0xD800;
}
[[nodiscard]] constexpr bool isLowSurrogate(char16_t unit) {
    return (unit & 0xFC00) == 0xDC00;
}

/// codePointAt() for the loops of this room.
[[nodiscard]] constexpr CodePoint codePointIn(std::u16string_view text, std::size_t index) {
    const char16_t first = text[index];
    if (!isHighSurrogate(first) || index + 1 >= text.size() || !isLowSurrogate(text[index + 1]))
        return {first, 1};
    return {0x10000 + ((first - 0xD800U) << 10) + (text[index + 1] - 0xDC00U), 2};
}

} // namespace longcode::sms
