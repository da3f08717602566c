#include "phone/phone.h"

#include "phone/address_maker.h"
#include "phone/numbering.h"

#include <QList>
#include <QLocale>

#include <algorithm>
#include <array>

namespace longcode::phone {

namespace {

/// Digits of E.164 after the plus, and of short codes the world over.
constexpr qsizetype fewestDigits = 7;
constexpr qsizetype mostDigits = 15;
constexpr qsizetype shortestCode = 3;
constexpr qsizetype longestCode = 8;

bool isDigits(QStringView text, qsizetype fewest, qsizetype most) {
    return text.size() >= fewest && text.size() <= most &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isTollFree(QStringView e164) {
    static constexpr std::array areaCodes{u"800", u"833", u"844", u"855", u"866", u"877", u"888"};
    if (e164.size() != 12 || !e164.startsWith(u"+1"))
        return false;
    const QStringView areaCode = e164.mid(2, 3);
    return std::any_of(areaCodes.begin(), areaCodes.end(),
                       [areaCode](const char16_t *code) { return areaCode == QStringView(code); });
}

bool isNumber(AddressKind kind) {
    return kind == AddressKind::LongCode || kind == AddressKind::TollFree;
}

} // namespace

Address AddressMaker::number(const QString &e164) {
    return make(e164, isTollFree(e164) ? AddressKind::TollFree : AddressKind::LongCode);
}

Address fromWire(const QString &text) {
    if (text.startsWith(u'+') && isDigits(QStringView(text).mid(1), fewestDigits, mostDigits))
        return AddressMaker::number(text);
    if (isDigits(text, shortestCode, longestCode))
        return AddressMaker::make(text, AddressKind::ShortCode);
    return text.isEmpty() ? Address() : AddressMaker::make(text, AddressKind::Alphanumeric);
}

QString Address::display(const Region &home) const {
    if (!isNumber(m_kind) || isEmpty())
        return m_wire;
    if (!numbering::sharesCallingCode(m_wire, home))
        return international();
    const QString national = numbering::nationalForm(m_wire);
    return national.isEmpty() ? m_wire : national;
}

QString Address::international() const {
    if (!isNumber(m_kind) || isEmpty())
        return m_wire;
    const QString form = numbering::internationalForm(m_wire);
    return form.isEmpty() ? m_wire : form;
}

std::optional<Region> Address::region() const {
    return isNumber(m_kind) && !isEmpty() ? numbering::regionOf(m_wire) : std::nullopt;
}

QString Address::countryName() const {
    const auto where = region();
    if (!where)
        return {};
    const QLocale::Territory territory = QLocale::codeToTerritory(where->code);
    return territory == QLocale::AnyTerritory ? where->code : QLocale::territoryToString(territory);
}

QString digitsOf(QStringView text) {
    QString digits;
    for (const char32_t codePoint : text.toUcs4()) {
        if (QChar::isDigit(codePoint))
            digits += QChar(u'0' + QChar::digitValue(codePoint));
    }
    return digits;
}

} // namespace longcode::phone
