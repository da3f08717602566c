#pragma once

#include "base/result.h"

#include <QHashFunctions>
#include <QString>

#include <optional>

/// Phone numbers and other addresses of the texting world. libphonenumber behind one value type.
namespace longcode::phone {

enum class AddressKind : quint8 { LongCode, TollFree, ShortCode, Alphanumeric };

/// ISO 3166-1 alpha-2, upper case ("US").
struct Region {
    QString code;
    friend bool operator==(const Region &, const Region &) = default;
};

/// A sender or a recipient: an E.164 number, a short code or an alphanumeric sender. Immutable, valid by
/// construction: the only ways to one are parse() and fromWire().
class Address {
public:
    /// No address.
    Address() = default;

    /// What the API takes and gives: "+12125550188", "37468", "ACME".
    [[nodiscard]] const QString &wire() const { return m_wire; }
    [[nodiscard]] AddressKind kind() const { return m_kind; }
    [[nodiscard]] bool isEmpty() const { return m_wire.isEmpty(); }
    /// As people write it in `home`: "(212) 555-0188" at home, "+44 20 7946 0958" abroad is international.
    [[nodiscard]] QString display(const Region &home) const;
    /// "+1 212-555-0188"; short codes and names as they are.
    [[nodiscard]] QString international() const;
    /// The country a number belongs to as far as known; +1 numbers may be unknown (D: metadata of 2022).
    [[nodiscard]] std::optional<Region> region() const;
    /// "United States", in Qt's words; the country's code where Qt has none; empty when it is not known.
    [[nodiscard]] QString countryName() const;

    friend bool operator==(const Address &a, const Address &b) { return a.m_wire == b.m_wire; }
    friend bool operator<(const Address &a, const Address &b) { return a.m_wire < b.m_wire; }
    friend size_t qHash(const Address &a, size_t seed = 0) { return ::qHash(a.m_wire, seed); }

private:
    friend struct AddressMaker;
    QString m_wire;
    AddressKind m_kind = AddressKind::LongCode;
};

enum class ParseProblem : quint8 {
    Empty,
    NotANumber,
    TooShort,
    TooLong,
    ImpossibleForCountry,
    UnknownCountryCode
};

/// A sentence for the person who typed it.
[[nodiscard]] QString sentence(ParseProblem problem);

/// What a person typed, in any usual form, for a recipient: a number (home form, international, with
/// punctuation, tel: and sms: links, full-width digits) or a short code of 3 to 6 digits where `home`
/// has them. Possibility decides, validity never refuses (libphonenumber's data may be old).
[[nodiscard]] Result<Address, ParseProblem> parse(const QString &typed, const Region &home);

/// What the API sends: E.164, short code or alphanumeric sender. Anything else is taken as an
/// alphanumeric address as it stands, so nothing received is ever dropped; empty stays empty.
[[nodiscard]] Address fromWire(const QString &text);

/// "4155550100", "0188": the digits of a search, compared with the digits of an address.
[[nodiscard]] QString digitsOf(QStringView text);

} // namespace longcode::phone
