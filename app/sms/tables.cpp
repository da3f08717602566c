#include "sms/tables.h"

#include <cstdlib>

namespace longcode::data {
extern const std::string_view gsm7;
extern const std::string_view smartEncoding;
} // namespace longcode::data

namespace longcode::sms {

namespace {

/// Takes what stands before `separator` off the front of `rest`.
std::string_view takeUntil(std::string_view &rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return taken;
}

char16_t hexadecimal(std::string_view digits) {
    unsigned value = 0;
    for (const char digit : digits) {
        const int nibble = digit <= '9' ? digit - '0' : digit - 'A' + 10;
        value = value * 16 + static_cast<unsigned>(nibble);
    }
    return static_cast<char16_t>(value);
}

/// Calls `row(code point, second column)` for each row of a data file.
template <typename Row>
void forEachRow(std::string_view file, Row row) {
    while (!file.empty()) {
        std::string_view line = takeUntil(file, '\n');
        if (line.empty() || line.front() == '#')
            continue;
        const char16_t unit = hexadecimal(takeUntil(line, '\t'));
        row(unit, takeUntil(line, '\t'));
    }
}

Substitute substituteOf(std::string_view column) {
    std::array<char16_t, Substitute::capacity> units{};
    std::size_t size = 0;
    while (!column.empty() && size < units.size())
        units[size++] = hexadecimal(takeUntil(column, ' '));
    return Substitute({units.data(), size});
}

struct Builder {
    Tables &tables;
    std::size_t used = 1; ///< index 0 means no substitution

    std::uint8_t indexOf(const Substitute &substitute) {
        for (std::size_t i = 1; i < used; ++i) {
            if (tables.substitutes[i] == substitute.view())
                return static_cast<std::uint8_t>(i);
        }
        if (used == tables.substitutes.size())
            std::abort(); // the data file is compiled in: it cannot outgrow the index at run time
        tables.substitutes[used] = substitute;
        return static_cast<std::uint8_t>(used++);
    }

    void build() {
        forEachRow(data::gsm7, [this](char16_t unit, std::string_view column) {
            tables.septets[unit] = static_cast<std::uint8_t>(column.front() - '0');
        });
        forEachRow(data::smartEncoding, [this](char16_t unit, std::string_view column) {
            tables.substitution[unit] = indexOf(substituteOf(column));
        });
    }
};

Tables loaded; // 130 KiB: too much for the stack, and the counter must not allocate

} // namespace

const Tables &tables() {
    [[maybe_unused]] static const bool once = (Builder{loaded}.build(), true);
    return loaded;
}

Substitute::Substitute(std::u16string_view units)
    : m_size(static_cast<std::uint8_t>(units.copy(m_units.data(), capacity))) {}

} // namespace longcode::sms
