#include "phone/phone.h"

#include "phone/address_maker.h"
#include "phone/numbering.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace longcode::phone {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(longcode::phone)
};

constexpr qsizetype longestTyped = 250; ///< nothing longer is a number, however it is written

/// Without what cannot be seen (direction marks, joiners, soft hyphens), which comes along when a number
/// is copied from a page or a contact.
QString visible(const QString &typed) {
    QString text;
    for (const QChar c : typed) {
        if (c.category() == QChar::Other_Format)
            continue;
        text += c.category() == QChar::Other_Control || c.isSpace() ? QChar(u' ') : c;
    }
    return text.trimmed();
}

/// The number of a tel: or sms: link, or the text itself.
QString withoutLink(const QString &text) {
    for (const QLatin1String scheme : {QLatin1String("tel:"), QLatin1String("sms:"), QLatin1String("smsto:"),
                                       QLatin1String("mms:"), QLatin1String("mmsto:")}) {
        if (!text.startsWith(scheme, Qt::CaseInsensitive))
            continue;
        QString rest = text.mid(scheme.size());
        if (rest.startsWith(QLatin1String("//")))
            rest = rest.mid(2);
        return QUrl::fromPercentEncoding(rest.section(u'?', 0, 0).toUtf8()).trimmed();
    }
    return text;
}

bool isShortCode(const QString &text, const QString &digits, const Region &home) {
    constexpr qsizetype shortest = 3;
    constexpr qsizetype longest = 6;
    const bool bare = std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit() || c == u' '; });
    return bare && digits.size() >= shortest && digits.size() <= longest &&
           numbering::isPossibleShortCode(digits, home);
}

/// What people leave out or write in the way of their own country: 00 for +, or no + at all.
Result<QString, ParseProblem> readLoosely(const QString &text, const QString &digits, const Region &home) {
    constexpr qsizetype fewestWithCountryCode = 8;
    const auto direct = numbering::read(text, home);
    if (direct || text.contains(u'+'))
        return direct;
    if (digits.startsWith(QLatin1String("00"))) {
        if (const auto international = numbering::read(u'+' + digits.mid(2), home))
            return international;
    }
    if (digits.size() >= fewestWithCountryCode) {
        const auto guess = numbering::read(u'+' + digits, home);
        if (guess && numbering::isKnown(*guess)) // a guess wants more certainty than a number given in full
            return guess;
    }
    return direct;
}

/// "212-555-0188 (mobile)": a label behind the number, unless its letters belong to it as in 1-800 FLOWERS.
Result<QString, ParseProblem> readLabelled(const QString &text, const Region &home) {
    static const QRegularExpression labelled(QStringLiteral("^(.*\\d)[\\s(\\[]+\\p{L}[\\p{L}\\s.]*[)\\]]?$"),
                                             QRegularExpression::UseUnicodePropertiesOption);
    const auto match = labelled.match(text);
    if (!match.hasMatch())
        return readLoosely(text, digitsOf(text), home);
    const QString number = match.captured(1);
    const auto withoutLabel = readLoosely(number, digitsOf(number), home);
    if (withoutLabel && numbering::isKnown(*withoutLabel))
        return withoutLabel;
    const auto whole = readLoosely(text, digitsOf(text), home);
    return whole ? whole : withoutLabel;
}

} // namespace

QString sentence(ParseProblem problem) {
    switch (problem) {
    case ParseProblem::Empty:
        return Words::tr("Type a phone number.");
    case ParseProblem::NotANumber:
        return Words::tr("This is not a phone number. Type digits, for example +1 212 555 0188.");
    case ParseProblem::TooShort:
        return Words::tr("This number is too short. Is the area code missing?");
    case ParseProblem::TooLong:
        return Words::tr(
            "This number is too long. Check for a digit too many, or type + and the country code.");
    case ParseProblem::ImpossibleForCountry:
        return Words::tr("No number in that country has as many digits. Check the number.");
    case ParseProblem::UnknownCountryCode:
        break;
    }
    return Words::tr("No country has this country code. Check what follows the +.");
}

Result<Address, ParseProblem> parse(const QString &typed, const Region &home) {
    const QString text = withoutLink(visible(typed.left(2 * longestTyped)));
    if (text.isEmpty())
        return failed(ParseProblem::Empty);
    if (text.size() > longestTyped)
        return failed(ParseProblem::TooLong);
    if (text.contains(u',')) // two recipients in one link, or a list
        return failed(ParseProblem::NotANumber);
    const QString digits = digitsOf(text);
    if (isShortCode(text, digits, home))
        return AddressMaker::make(digits, AddressKind::ShortCode);
    const auto e164 = readLabelled(text, home);
    if (!e164)
        return failed(ParseProblem(e164.error()));
    return AddressMaker::number(*e164);
}

} // namespace longcode::phone
