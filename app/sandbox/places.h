#pragma once

#include <string>
#include <string_view>

namespace longcode::sandbox {

/// ISO country of a number in +E.164 form, by its calling code and, for +1, its area code. "ZZ": unknown.
[[nodiscard]] std::string countryOf(std::string_view number);
/// `+` and 7 to 15 digits; a +1 number must have ten digits after it and an area code from 200 on.
[[nodiscard]] bool isE164(std::string_view text);
/// 5 or 6 digits.
[[nodiscard]] bool isShortCode(std::string_view text);
/// A North American toll-free number.
[[nodiscard]] bool isTollFree(std::string_view number);
/// The carrier that serves the number: always the same one for the same number.
[[nodiscard]] std::string carrierOf(std::string_view number);

} // namespace longcode::sandbox
