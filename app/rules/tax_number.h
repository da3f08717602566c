#pragma once

#include <QString>

/// Formats of numbers that authorities and registers give to businesses. Whether one exists is not asked.
namespace longcode::rules {

/// Nine digits, with or without the hyphen behind the second: "12-3456789".
[[nodiscard]] bool isEin(const QString &text);
/// Written the way a Social Security number is: "123-45-6789".
[[nodiscard]] bool looksLikeSsn(const QString &text);
[[nodiscard]] bool isSsn(const QString &text);
/// A Canadian business number: nine digits, optionally a program account such as RC0001.
[[nodiscard]] bool isCra(const QString &text);
/// Companies House: eight digits, or two letters and six digits.
[[nodiscard]] bool isCompaniesHouse(const QString &text);
/// An Australian business number: eleven digits with a check sum.
[[nodiscard]] bool isAbn(const QString &text);
/// A VAT number of the European Union or its neighbours: a country's letters, then 2 to 13 characters.
[[nodiscard]] bool isVat(const QString &text);
[[nodiscard]] bool isDuns(const QString &text);
[[nodiscard]] bool isLei(const QString &text);
[[nodiscard]] bool isGiin(const QString &text);

/// The digits of `text`.
[[nodiscard]] QString onlyDigits(const QString &text);

} // namespace longcode::rules
