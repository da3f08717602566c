#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace longcode::sandbox {

/// Everything that looks random in the sandbox comes from here. A value depends on the seed and on the
/// label it is asked for, not on what was asked before: the same seed and the same requests give the same
/// ids and delays, whatever the timing.
class Seeded {
public:
    explicit Seeded(std::uint64_t seed);
    [[nodiscard]] std::uint64_t seed() const { return m_seed; }
    /// A UUID, version 4 by its form.
    [[nodiscard]] std::string uuid(std::string_view label) const;
    /// Both ends included.
    [[nodiscard]] int between(std::string_view label, int low, int high) const;
    /// 64 hexadecimal digits.
    [[nodiscard]] std::string hex(std::string_view label) const;

private:
    std::uint64_t m_seed;
};

} // namespace longcode::sandbox
