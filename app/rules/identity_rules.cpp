#include "rules/identity.h"
#include "rules/phone_shape.h"
#include "rules/rule.h"
#include "rules/web_address.h"

#include <QLocale>

#include <algorithm>

/// Rules about who files: names, addresses, mail, phone, website.
namespace longcode::rules {

namespace {

const QLatin1String soleProprietor("SOLE_PROPRIETOR");

bool isBlank(const QString &text) {
    return text.trimmed().isEmpty();
}

bool isListed(const char *list, const Surroundings &around, const QString &value) {
    return around.verticals.isEmpty() ? isValue(list, value) : around.verticals.contains(value);
}

/// The value in the spelling of a closed list, when only case and blanks differ.
std::optional<Fix> respelled(const char *list, const QString &field, const QString &value) {
    const QString wanted = value.trimmed().toUpper().replace(u' ', u'_').replace(u'-', u'_');
    if (!isValue(list, wanted))
        return std::nullopt;
    return Fix{Say::tr("Write %1").arg(wanted), field, wanted};
}

void mailMalformed(const Subject &subject, Report &report) {
    for (const FieldValue &mail : identityOf(subject).mails)
        if (!isBlank(mail.value) && mailDomain(mail.value).isEmpty())
            report.add(mail.field,
                       Say::tr("This is not an e-mail address. It has the form name@company.com."));
}

/// Carriers' reviewers refuse it for companies that verify a toll-free number, and score brands down for it.
void mailFree(const Subject &subject, Report &report) {
    const Identity who = identityOf(subject);
    const bool isCompany = !who.entityType.isEmpty() && who.entityType != soleProprietor;
    if (who.entityType == soleProprietor)
        return;
    for (const FieldValue &mail : who.mails)
        if (isFreeMail(mailDomain(mail.value)))
            report.add(
                subject.tollFree && isCompany ? Severity::Error : Severity::Warning, mail.field,
                Say::tr(
                    "%1 gives mailboxes to anybody. Reviewers want an address on the company's own domain.")
                    .arg(mailDomain(mail.value)));
}

void mailDomainDiffers(const Subject &subject, Report &report) {
    const Identity who = identityOf(subject);
    const QString site = registeredDomain(webAddressOf(who.website.value).host);
    if (!isHostName(site))
        return;
    for (const FieldValue &mail : who.mails) {
        const QString domain = mailDomain(mail.value);
        if (!domain.isEmpty() && !isFreeMail(domain) && registeredDomain(domain) != site)
            report.add(
                mail.field,
                Say::tr("The address is at %1, the website at %2. Reviewers want both on the same domain.")
                    .arg(registeredDomain(domain), site));
    }
}

void websiteMalformed(const Subject &subject, Report &report) {
    const FieldValue website = identityOf(subject).website;
    if (isBlank(website.value))
        return;
    const WebAddress address = webAddressOf(website.value);
    const bool isWeb = address.scheme.isEmpty() || address.scheme == QLatin1String("http") ||
                       address.scheme == QLatin1String("https");
    const bool isAddress = isHostName(address.host) || isUnreachable(address.host);
    if (!isWeb || !isAddress || website.value.trimmed().contains(u' '))
        report.add(website.field, Say::tr("This is not a web address. It has the form https://company.com."));
}

void websiteSchemeMissing(const Subject &subject, Report &report) {
    const FieldValue website = identityOf(subject).website;
    const WebAddress address = webAddressOf(website.value);
    if (address.scheme.isEmpty() && isHostName(address.host))
        report.add(website.field, Say::tr("The address must begin with https://."),
                   Fix{Say::tr("Put https:// in front"), website.field,
                       QString(QStringLiteral("https://") + website.value.trimmed())});
}

void websiteUnreachable(const Subject &subject, Report &report) {
    const FieldValue website = identityOf(subject).website;
    const QString host = webAddressOf(website.value).host;
    if (!host.isEmpty() && isUnreachable(host))
        report.add(website.field,
                   Say::tr("Reviewers cannot open %1 from outside. Give the public website.").arg(host));
}

void websiteNotSecure(const Subject &subject, Report &report) {
    const FieldValue website = identityOf(subject).website;
    if (webAddressOf(website.value).scheme == QLatin1String("http"))
        report.add(website.field, Say::tr("Reviewers prefer a website that is reached by https."),
                   Fix{Say::tr("Write https"), website.field,
                       QString(QStringLiteral("https://") + website.value.trimmed().mid(7))});
}

void websiteNotOwn(const Subject &subject, Report &report) {
    const FieldValue website = identityOf(subject).website;
    const QString host = webAddressOf(website.value).host;
    if (isSocialHost(host) || isShortener(host))
        report.add(website.field, Say::tr("%1 is no website of the business itself. Reviewers look for its "
                                          "name, privacy policy and opt-in on a site of its own.")
                                      .arg(host));
}

void websiteDeepLink(const Subject &subject, Report &report) {
    const FieldValue website = identityOf(subject).website;
    const WebAddress address = webAddressOf(website.value);
    if (isHostName(address.host) && address.path.size() > 1)
        report.add(website.field,
                   Say::tr("Give the front page of the site; a page deeper down is compared less well."),
                   Fix{Say::tr("Take the front page"), website.field,
                       QString(QStringLiteral("https://") + address.host)});
}

/// Registries refuse it for a brand; elsewhere it is asked about.
void postOfficeBox(const Subject &subject, Report &report) {
    for (const FieldValue &street : identityOf(subject).streets)
        if (phrases("po-box").isIn(Passage(street.field, street.value).words()))
            report.add(subject.tollFree ? Severity::Warning : Severity::Error, street.field,
                       Say::tr("A post office box is not accepted. Give the address where the business is."));
}

void phoneNotInternational(const Subject &subject, Report &report) {
    for (const FieldValue &phone : identityOf(subject).phones) {
        if (isBlank(phone.value) || isE164(phone.value))
            continue;
        const QString meant = asE164(phone.value);
        std::optional<Fix> fix;
        if (!meant.isEmpty())
            fix = Fix{Say::tr("Write %1").arg(meant), phone.field, meant};
        report.add(
            phone.field,
            Say::tr("The number must be written with + and country code, without spaces: +12125550188."),
            fix);
    }
}

void phoneForeign(const Subject &subject, Report &report) {
    const Identity who = identityOf(subject);
    if (who.country != QLatin1String("US") && who.country != QLatin1String("CA"))
        return;
    for (const FieldValue &phone : who.phones)
        if (isE164(phone.value) && !phone.value.startsWith(QLatin1String("+1")))
            report.add(phone.field,
                       Say::tr("Reviewers call this number and want one in the United States or Canada."));
}

void brandStateForm(const Subject &subject, Report &report) {
    const BrandFiling &brand = *subject.brand;
    const QString state = brand.state.trimmed();
    if (brand.country != QLatin1String("US") || state.isEmpty() || isValue("state", state))
        return;
    std::optional<Fix> fix;
    for (const QString &code : valuesOf("state"))
        if (meaningOf("state", code).compare(state, Qt::CaseInsensitive) == 0 || code == state.toUpper())
            fix = Fix{Say::tr("Write %1").arg(code), QStringLiteral("state"), code};
    report.add(QStringLiteral("state"),
               Say::tr("In the United States the state is written with its two capitals, such as NY."), fix);
}

void tollFreeStateForm(const Subject &subject, Report &report) {
    const QString name = meaningOf("state", subject.tollFree->businessState.trimmed().toUpper());
    if (!name.isEmpty())
        report.add(QStringLiteral("businessState"), Say::tr("The API wants the state's full name."),
                   Fix{Say::tr("Write %1").arg(name), QStringLiteral("businessState"), name});
}

void postalCodeForm(const Subject &subject, Report &report) {
    const Identity who = identityOf(subject);
    const QString code = who.postalCode.value.trimmed();
    if (who.country != QLatin1String("US") || code.isEmpty())
        return;
    QString digits = code;
    digits.remove(u'-');
    const bool isDigits =
        std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    const bool isLong = digits.size() == 9 && code.size() == 10 && code[5] == u'-';
    if (isDigits && (code.size() == 5 || isLong))
        return;
    report.add(who.postalCode.field, Say::tr("A ZIP code of the United States has five digits."));
}

bool isCountry(const QString &code) {
    constexpr qsizetype length = 2;
    return code.size() == length && code == code.toUpper() &&
           QLocale::codeToTerritory(code) != QLocale::AnyTerritory;
}

void countryUnknown(const Subject &subject, Report &report) {
    const QString country = subject.brand->country;
    if (isBlank(country) || isCountry(country))
        return;
    const QString upper = country.trimmed().toUpper();
    std::optional<Fix> fix;
    if (isCountry(upper))
        fix = Fix{Say::tr("Write %1").arg(upper), QStringLiteral("country"), upper};
    report.add(QStringLiteral("country"),
               Say::tr("The country is given by its two-letter code in capitals, such as US or CA."), fix);
}

void verticalUnknown(const Subject &subject, Report &report) {
    const QString vertical = subject.brand->vertical;
    if (isBlank(vertical) || isListed("vertical", *subject.around, vertical))
        return;
    const QString field = QStringLiteral("vertical");
    std::optional<Fix> fix = respelled("vertical", field, vertical);
    if (vertical.toUpper().remove(u'_').remove(u'-') == QLatin1String("NONPROFIT"))
        fix = Fix{Say::tr("Write %1").arg(QStringLiteral("NGO")), field, QStringLiteral("NGO")};
    report.add(field, Say::tr("“%1” is not an industry the API knows.").arg(vertical), fix);
}

void verticalDoubtful(const Subject &subject, Report &report) {
    if (subject.around->verticals.isEmpty() && isValue("vertical-documented-only", subject.brand->vertical))
        report.add(QStringLiteral("vertical"), Say::tr("The documentation has this industry, the API's own "
                                                       "description has not: it may be refused."));
}

void entityUnknown(const Subject &subject, Report &report) {
    const QString entity = identityOf(subject).entityType;
    if (!isBlank(entity) && !isValue("entity", entity))
        report.add(QStringLiteral("entityType"),
                   Say::tr("“%1” is not a kind of business the API knows.").arg(entity),
                   respelled("entity", QStringLiteral("entityType"), entity));
}

void legalSuffixMissing(const Subject &subject, Report &report) {
    const Identity who = identityOf(subject);
    if (isBlank(who.legalName.value) || (who.entityType != QLatin1String("PRIVATE_PROFIT") &&
                                         who.entityType != QLatin1String("PUBLIC_PROFIT")))
        return;
    QString name = folded(who.legalName.value);
    name.remove(u'.');
    const Words words = wordsOf(name);
    const bool hasSuffix = std::any_of(words.begin(), words.end(), [](QStringView word) {
        return isValue("legal-suffix", word.toString());
    });
    if (!hasSuffix)
        report.add(who.legalName.field,
                   Say::tr("The name has no “Inc.”, “LLC” or the like. Give the legal name exactly as it "
                           "stands with the tax number, not a trade name."));
}

void tradeNameRepeated(const Subject &subject, Report &report) {
    const TollFreeFiling &filing = *subject.tollFree;
    if (!isBlank(filing.doingBusinessAs) &&
        filing.doingBusinessAs.trimmed().compare(filing.businessName.trimmed(), Qt::CaseInsensitive) == 0)
        report.add(QStringLiteral("doingBusinessAs"),
                   Say::tr("The trade name is the legal name again. Give it only when customers know the "
                           "business by another name."));
}

struct LinkField {
    const char *field;
    QString value;
};

QList<LinkField> linkFieldsOf(const Subject &subject) {
    if (subject.tollFree)
        return {{"privacyPolicyURL", subject.tollFree->privacyPolicyURL},
                {"termsAndConditionURL", subject.tollFree->termsAndConditionURL},
                {"webhookUrl", subject.tollFree->webhookUrl}};
    if (subject.campaign)
        return {{"privacyPolicyLink", subject.campaign->privacyPolicyLink},
                {"termsAndConditionsLink", subject.campaign->termsAndConditionsLink},
                {"webhookURL", subject.campaign->webhookURL},
                {"webhookFailoverURL", subject.campaign->webhookFailoverURL}};
    return {{"webhookURL", subject.brand->webhookURL},
            {"webhookFailoverURL", subject.brand->webhookFailoverURL}};
}

void linkMalformed(const Subject &subject, Report &report) {
    for (const LinkField &link : linkFieldsOf(subject)) {
        const WebAddress address = webAddressOf(link.value);
        const bool isWeb =
            address.scheme == QLatin1String("https") || address.scheme == QLatin1String("http");
        if (!isBlank(link.value) && (!isWeb || !isHostName(address.host) || isUnreachable(address.host)))
            report.add(QString::fromLatin1(link.field),
                       Say::tr("This must be a public web address that begins with https://."));
    }
}

constexpr Rule rules[] = {
    {"mail-malformed", Severity::Error, toIdentities, mailMalformed, source::brandContract},
    {"mail-free", Severity::Error, toIdentities, mailFree, source::tollFreeReasons},
    {"mail-domain-differs", Severity::Warning, toIdentities, mailDomainDiffers, source::rateLimits},
    {"website-malformed", Severity::Error, toIdentities, websiteMalformed, source::brandContract},
    {"website-scheme-missing", Severity::Error, toTollFree, websiteSchemeMissing, source::tollFreeContract},
    {"website-unreachable", Severity::Error, toIdentities, websiteUnreachable, source::tollFreeReasons},
    {"website-not-secure", Severity::Note, toIdentities, websiteNotSecure, source::tollFreeReasons},
    {"website-not-own", Severity::Warning, toIdentities, websiteNotOwn, source::brandPage},
    {"website-deep-link", Severity::Note, toBrand, websiteDeepLink, source::troubleshooting},
    {"post-office-box", Severity::Error, toIdentities, postOfficeBox, source::troubleshooting},
    {"phone-not-international", Severity::Error, toIdentities, phoneNotInternational, source::brandContract},
    {"phone-foreign", Severity::Warning, toIdentities, phoneForeign, source::brandPage},
    {"state-not-abbreviated", Severity::Error, toBrand, brandStateForm, source::brandContract},
    {"state-abbreviated", Severity::Warning, toTollFree, tollFreeStateForm, source::tollFreeContract},
    {"postal-code-form", Severity::Error, toIdentities, postalCodeForm, source::brandContract},
    {"country-unknown", Severity::Error, toBrand, countryUnknown, source::brandContract},
    {"vertical-unknown", Severity::Error, toBrand, verticalUnknown, source::brandPage},
    {"vertical-doubtful", Severity::Note, toBrand, verticalDoubtful,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "Brand verticals (D70)")},
    {"entity-unknown", Severity::Error, toIdentities, entityUnknown, source::brandContract},
    {"legal-suffix-missing", Severity::Warning, toIdentities, legalSuffixMissing, source::tollFreeReasons},
    {"trade-name-repeated", Severity::Note, toTollFree, tradeNameRepeated, source::tollFreePage},
    {"web-link-malformed", Severity::Error, toBrand + toCampaign + toTollFree, linkMalformed,
     source::campaignContract},
};

} // namespace

std::span<const Rule> identityRules() {
    return rules;
}

} // namespace longcode::rules
