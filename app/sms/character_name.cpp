#include "sms/sms.h"

#include <unicode/uchar.h>

#include <array>

namespace longcode::sms {

namespace {

/// Unicode gives control characters no name, only aliases; these are the ones that texts contain.
struct ControlName {
    char32_t codePoint;
    std::string_view name;
};
constexpr std::array controlNames{
    ControlName{0x00, "NULL"},      ControlName{0x07, "BELL"},
    ControlName{0x08, "BACKSPACE"}, ControlName{0x09, "CHARACTER TABULATION"},
    ControlName{0x0A, "LINE FEED"}, ControlName{0x0B, "LINE TABULATION"},
    ControlName{0x0C, "FORM FEED"}, ControlName{0x0D, "CARRIAGE RETURN"},
    ControlName{0x1B, "ESCAPE"},    ControlName{0x7F, "DELETE"},
    ControlName{0x85, "NEXT LINE"},
};

} // namespace

std::string CharacterName::text() const {
    for (const ControlName &control : controlNames) {
        if (control.codePoint == m_codePoint)
            return std::string(control.name);
    }
    if (m_codePoint < 0x20 || (m_codePoint >= 0x7F && m_codePoint < 0xA0))
        return "CONTROL CHARACTER";
    if (m_codePoint >= 0xD800 && m_codePoint < 0xE000)
        return "HALF OF A SURROGATE PAIR";
    std::array<char, 128> buffer{};
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t size = u_charName(static_cast<UChar32>(m_codePoint), U_UNICODE_CHAR_NAME,
                                         buffer.data(), static_cast<std::int32_t>(buffer.size()), &status);
    return U_FAILURE(status) ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(size));
}

} // namespace longcode::sms
