#include "rules/rule.h"
#include "rules/tax_number.h"

#include <algorithm>

/// Rules about tax and registration numbers, stock listings and other identifiers.
namespace longcode::rules {

namespace {

bool isGiven(const QString &text) {
    return !text.trimmed().isEmpty();
}

QString einOf(const Subject &subject) {
    if (subject.tollFree)
        return subject.tollFree->businessRegistrationType == QLatin1String("EIN")
                   ? subject.tollFree->businessRegistrationNumber
                   : QString();
    return subject.brand->country == QLatin1String("US") ? subject.brand->ein : QString();
}

QString einFieldOf(const Subject &subject) {
    return subject.tollFree ? QStringLiteral("businessRegistrationNumber") : QStringLiteral("ein");
}

void einForm(const Subject &subject, Report &report) {
    const QString ein = einOf(subject);
    if (!isGiven(ein) || isEin(ein) || looksLikeSsn(ein))
        return;
    std::optional<Fix> fix;
    const QString digits = onlyDigits(ein);
    constexpr qsizetype length = 9;
    if (digits.size() == length) {
        const QString written = digits.left(2) + u'-' + digits.mid(2);
        fix = Fix{Say::tr("Write %1").arg(written), einFieldOf(subject), written};
    }
    report.add(einFieldOf(subject),
               Say::tr("An EIN has nine digits, with a hyphen behind the second: 12-3456789."), fix);
}

void einLooksLikeSsn(const Subject &subject, Report &report) {
    if (looksLikeSsn(einOf(subject)))
        report.add(einFieldOf(subject), Say::tr("This is written like a Social Security number. File the "
                                                "employer's number (EIN), never a person's."));
}

void einPrefixUnused(const Subject &subject, Report &report) {
    const QString ein = einOf(subject);
    const QString digits = onlyDigits(ein);
    const bool isRepeated =
        std::all_of(digits.begin(), digits.end(), [&digits](QChar c) { return c == digits.front(); });
    if (isEin(ein) && (isRepeated || isValue("ein-prefix-unused", digits.left(2))))
        report.add(einFieldOf(subject), Say::tr("The IRS has given no EIN that begins like this one. Compare "
                                                "it with the confirmation letter."));
}

void einOfSoleProprietor(const Subject &subject, Report &report) {
    if (subject.isSoleProprietor && isGiven(subject.brand->ein))
        report.add(QStringLiteral("ein"),
                   Say::tr("A sole proprietor files without an EIN. Whoever has one registers as a company "
                           "and may send more."),
                   Fix{Say::tr("Register as a private company"), QStringLiteral("entityType"),
                       QStringLiteral("PRIVATE_PROFIT")});
}

void taxNumberInUse(const Subject &subject, Report &report) {
    const QString digits = onlyDigits(subject.brand->ein);
    const QStringList &used = subject.around->taxNumbersInUse;
    if (!digits.isEmpty() && std::any_of(used.begin(), used.end(),
                                         [&digits](const QString &one) { return onlyDigits(one) == digits; }))
        report.add(
            QStringLiteral("ein"),
            Say::tr("A brand with this number is registered already; one number can have one brand only."));
}

struct RegistrationType {
    const char *name;
    bool (*fits)(const QString &);
    const char *example;
};
constexpr RegistrationType registrationTypes[] = {
    {"SSN", isSsn, "123-45-6789"},
    {"CRA", isCra, "123456789RC0001"},
    {"Companies House", isCompaniesHouse, "12345678"},
    {"ABN", isAbn, "51824753556"},
    {"VAT", isVat, "DE123456789"},
};

void registrationNumberForm(const Subject &subject, Report &report) {
    const TollFreeFiling &filing = *subject.tollFree;
    for (const RegistrationType &type : registrationTypes)
        if (isGiven(filing.businessRegistrationNumber) &&
            filing.businessRegistrationType == QLatin1String(type.name) &&
            !type.fits(filing.businessRegistrationNumber))
            report.add(QStringLiteral("businessRegistrationNumber"),
                       Say::tr("This is not the form of a %1 number, which looks like %2.")
                           .arg(QString::fromLatin1(type.name), QString::fromLatin1(type.example)));
}

void registrationTypeUnknown(const Subject &subject, Report &report) {
    const QString type = subject.tollFree->businessRegistrationType;
    if (!isGiven(type) || isValue("registration", type))
        return;
    std::optional<Fix> fix;
    for (const QString &known : valuesOf("registration"))
        if (known.compare(type.trimmed(), Qt::CaseInsensitive) == 0)
            fix = Fix{Say::tr("Write %1").arg(known), QStringLiteral("businessRegistrationType"), known};
    report.add(
        QStringLiteral("businessRegistrationType"),
        Say::tr("“%1” is not among the usual types: EIN, CRA, Companies House, ABN, VAT, SSN.").arg(type),
        fix);
}

void registrationCountryForm(const Subject &subject, Report &report) {
    const QString country = subject.tollFree->businessRegistrationCountry;
    constexpr qsizetype length = 2;
    const auto isCapital = [](QChar c) { return c >= u'A' && c <= u'Z'; };
    if (!isGiven(country) ||
        (country.size() == length && std::all_of(country.begin(), country.end(), isCapital)))
        return;
    const QString upper = country.trimmed().toUpper();
    std::optional<Fix> fix;
    if (upper.size() == length && std::all_of(upper.begin(), upper.end(), isCapital))
        fix = Fix{Say::tr("Write %1").arg(upper), QStringLiteral("businessRegistrationCountry"), upper};
    report.add(QStringLiteral("businessRegistrationCountry"),
               Say::tr("The country is given by its two-letter code in capitals, such as US."), fix);
}

void registrationCountryDiffers(const Subject &subject, Report &report) {
    const TollFreeFiling &filing = *subject.tollFree;
    const QString issuer = meaningOf("registration", filing.businessRegistrationType);
    const QString country = filing.businessRegistrationCountry.trimmed().toUpper();
    if (!issuer.isEmpty() && isGiven(country) && country != issuer)
        report.add(
            QStringLiteral("businessRegistrationCountry"),
            Say::tr("A number of type %1 is issued in %2, not in %3.")
                .arg(filing.businessRegistrationType, issuer, country),
            Fix{Say::tr("Write %1").arg(issuer), QStringLiteral("businessRegistrationCountry"), issuer});
}

/// A person's number belongs to a sole proprietor at most, and even there an EIN says less about him.
void registrationIsPersonal(const Subject &subject, Report &report) {
    const TollFreeFiling &filing = *subject.tollFree;
    if (filing.businessRegistrationType != QLatin1String("SSN"))
        return;
    if (subject.isSoleProprietor)
        report.add(Severity::Warning, QStringLiteral("businessRegistrationType"),
                   Say::tr("A Social Security number is taken from sole proprietors, but it is a secret of a "
                           "person: file an EIN if there is one."));
    else
        report.add(QStringLiteral("businessRegistrationType"),
                   Say::tr("A Social Security number is taken from sole proprietors only. Give the company's "
                           "own registration number."));
}

bool isPublic(const Subject &subject) {
    return subject.brand->entityType == QLatin1String("PUBLIC_PROFIT");
}

void stockExchangeUnknown(const Subject &subject, Report &report) {
    const QString exchange = subject.brand->stockExchange;
    if (!isGiven(exchange) ||
        (isValue("exchange", exchange) && !(isPublic(subject) && exchange == QLatin1String("NONE"))))
        return;
    std::optional<Fix> fix;
    if (isValue("exchange", exchange.trimmed().toUpper()) && exchange != QLatin1String("NONE"))
        fix = Fix{Say::tr("Write %1").arg(exchange.trimmed().toUpper()), QStringLiteral("stockExchange"),
                  exchange.trimmed().toUpper()};
    report.add(QStringLiteral("stockExchange"),
               Say::tr("“%1” is not an exchange the API knows, such as NYSE or NASDAQ.").arg(exchange), fix);
}

void stockOfPrivateCompany(const Subject &subject, Report &report) {
    const BrandFiling &brand = *subject.brand;
    const bool isListedSomewhere =
        isGiven(brand.stockExchange) && brand.stockExchange != QLatin1String("NONE");
    if (!isPublic(subject) && (isGiven(brand.stockSymbol) || isListedSomewhere))
        report.add(QStringLiteral("stockSymbol"),
                   Say::tr("Only a listed company has a stock symbol. Leave it out, or register as one."));
}

void contactMailNotWanted(const Subject &subject, Report &report) {
    if (!isPublic(subject) && isGiven(subject.brand->businessContactEmail))
        report.add(
            QStringLiteral("businessContactEmail"),
            Say::tr("This address is for listed companies; the API advises everybody else to leave it out."),
            Fix{Say::tr("Leave it out"), QStringLiteral("businessContactEmail"), QString()});
}

void alternativeIdForm(const Subject &subject, Report &report) {
    const QString type = subject.brand->altBusinessIdType;
    const QString id = subject.brand->altBusinessId;
    if (isGiven(type) && !isValue("alternative-id", type)) {
        report.add(QStringLiteral("altBusinessIdType"),
                   Say::tr("“%1” is not a type the API knows: DUNS, GIIN or LEI.").arg(type));
        return;
    }
    const bool isWrong = (type == QLatin1String("DUNS") && !isDuns(id)) ||
                         (type == QLatin1String("LEI") && !isLei(id)) ||
                         (type == QLatin1String("GIIN") && !isGiin(id));
    if (isWrong)
        report.add(QStringLiteral("altBusinessId"), Say::tr("This is not the form of a %1.").arg(type));
}

constexpr Rule rules[] = {
    {"ein-form", Severity::Error, toIdentities, einForm, source::brandPage},
    {"ein-looks-like-ssn", Severity::Error, toIdentities, einLooksLikeSsn, source::brandPage},
    {"ein-prefix-unused", Severity::Warning, toIdentities, einPrefixUnused,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "IRS: how EINs are assigned")},
    {"ein-of-sole-proprietor", Severity::Warning, toBrand, einOfSoleProprietor, source::soleProprietor},
    {"ein-in-use", Severity::Error, toBrand, taxNumberInUse, source::troubleshooting},
    {"registration-number-form", Severity::Error, toTollFree, registrationNumberForm, source::tollFreePage},
    {"registration-type-unknown", Severity::Warning, toTollFree, registrationTypeUnknown,
     source::tollFreePage},
    {"registration-country-form", Severity::Error, toTollFree, registrationCountryForm, source::tollFreePage},
    {"registration-country-differs", Severity::Error, toTollFree, registrationCountryDiffers,
     source::tollFreeReasons},
    {"registration-personal", Severity::Error, toTollFree, registrationIsPersonal, source::tollFreePage},
    {"stock-exchange-unknown", Severity::Error, toBrand, stockExchangeUnknown, source::brandContract},
    {"stock-of-private-company", Severity::Note, toBrand, stockOfPrivateCompany, source::brandContract},
    {"contact-mail-not-wanted", Severity::Note, toBrand, contactMailNotWanted, source::brandContract},
    {"alternative-id-form", Severity::Error, toBrand, alternativeIdForm,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "API: update brand")},
};

} // namespace

std::span<const Rule> registrationRules() {
    return rules;
}

} // namespace longcode::rules
