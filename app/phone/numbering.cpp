#include "phone/numbering.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <list>
#include <string>

namespace longcode::phone::numbering {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

constexpr int northAmerica = 1; ///< calling code of the North American Numbering Plan
const std::string noRegion = "ZZ";

const PhoneNumberUtil &library() {
    return *PhoneNumberUtil::GetInstance();
}

ParseProblem problemOf(PhoneNumberUtil::ErrorType error) {
    switch (error) {
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
        return ParseProblem::UnknownCountryCode;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
        return ParseProblem::TooShort;
    case PhoneNumberUtil::TOO_LONG_NSN:
        return ParseProblem::TooLong;
    case PhoneNumberUtil::NO_PARSING_ERROR:
    case PhoneNumberUtil::NOT_A_NUMBER:
        break;
    }
    return ParseProblem::NotANumber;
}

std::optional<ParseProblem> problemOf(PhoneNumberUtil::ValidationResult result) {
    switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE:
        return std::nullopt;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
    case PhoneNumberUtil::TOO_SHORT:
        return ParseProblem::TooShort;
    case PhoneNumberUtil::TOO_LONG:
        return ParseProblem::TooLong;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
        return ParseProblem::UnknownCountryCode;
    case PhoneNumberUtil::INVALID_LENGTH:
        break;
    }
    return ParseProblem::ImpossibleForCountry;
}

std::optional<PhoneNumber> numberOf(const QString &e164) {
    PhoneNumber number;
    if (library().Parse(e164.toStdString(), noRegion, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return std::nullopt;
    return number;
}

QString formatted(const QString &e164, PhoneNumberUtil::PhoneNumberFormat format) {
    const auto number = numberOf(e164);
    if (!number)
        return {};
    std::string text;
    library().Format(*number, format, &text);
    return QString::fromStdString(text);
}

std::string codeOf(const Region &region) {
    return region.code.toUpper().toStdString();
}

} // namespace

Result<QString, ParseProblem> read(const QString &typed, const Region &home) {
    PhoneNumber number;
    const auto error = library().Parse(typed.toStdString(), codeOf(home), &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR)
        return failed(problemOf(error));
    if (const auto problem = problemOf(library().IsPossibleNumberWithReason(number)))
        return failed(ParseProblem(*problem));
    std::string text;
    library().Format(number, PhoneNumberUtil::E164, &text);
    return QString::fromStdString(text);
}

bool isKnown(const QString &e164) {
    const auto number = numberOf(e164);
    return number && library().IsValidNumber(*number);
}

bool isPossibleShortCode(const QString &digits, const Region &home) {
    static const ShortNumberInfo shortNumbers;
    const int callingCode = library().GetCountryCodeForRegion(codeOf(home));
    if (callingCode == 0)
        return false;
    PhoneNumber number;
    number.set_country_code(callingCode);
    number.set_national_number(digits.toULongLong());
    const qsizetype zeros = digits.size() - QString::number(digits.toULongLong()).size();
    if (zeros > 0) {
        number.set_italian_leading_zero(true);
        number.set_number_of_leading_zeros(static_cast<int>(zeros));
    }
    return shortNumbers.IsPossibleShortNumberForRegion(number, codeOf(home));
}

QString nationalForm(const QString &e164) {
    return formatted(e164, PhoneNumberUtil::NATIONAL);
}

QString internationalForm(const QString &e164) {
    return formatted(e164, PhoneNumberUtil::INTERNATIONAL);
}

bool sharesCallingCode(const QString &e164, const Region &home) {
    const auto number = numberOf(e164);
    return number && number->country_code() == library().GetCountryCodeForRegion(codeOf(home));
}

std::optional<Region> regionOf(const QString &e164) {
    const auto number = numberOf(e164);
    if (!number)
        return std::nullopt;
    std::string code;
    library().GetRegionCodeForNumber(*number, &code);
    // A range newer than the metadata: its calling code still tells the country, but for +1, which 25 share.
    if (code == noRegion && number->country_code() != northAmerica)
        library().GetRegionCodeForCountryCode(number->country_code(), &code);
    if (code.size() != 2 || code == noRegion)
        return std::nullopt;
    return Region{QString::fromStdString(code)};
}

} // namespace longcode::phone::numbering
