#pragma once

#include "phone/phone.h"

/// The room's window on libphonenumber: no other file includes it. Its metadata is of 2022, so what it calls
/// possible decides and what it calls valid is a hint. Functions are thread-safe; `e164` is "+" and digits.
namespace longcode::phone::numbering {

/// A number as typed in `home`, punctuation and letters included, as E.164.
[[nodiscard]] Result<QString, ParseProblem> read(const QString &typed, const Region &home);
/// Whether the number is in a range known to be in use.
[[nodiscard]] bool isKnown(const QString &e164);
/// Whether `home` has short codes of as many digits.
[[nodiscard]] bool isPossibleShortCode(const QString &digits, const Region &home);

/// As people write it within its country; empty when it cannot be read.
[[nodiscard]] QString nationalForm(const QString &e164);
[[nodiscard]] QString internationalForm(const QString &e164);
/// Whether the number and `home` share a country calling code.
[[nodiscard]] bool sharesCallingCode(const QString &e164, const Region &home);
[[nodiscard]] std::optional<Region> regionOf(const QString &e164);

} // namespace longcode::phone::numbering
