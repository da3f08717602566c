#include "rules/identity.h"

namespace longcode::rules {

namespace {

Identity ofBrand(const BrandFiling &brand) {
    Identity who;
    who.entityType = brand.entityType;
    who.country = brand.country;
    who.legalName = {QStringLiteral("companyName"), brand.companyName};
    who.website = {QStringLiteral("website"), brand.website};
    who.mails = {{QStringLiteral("email"), brand.email},
                 {QStringLiteral("businessContactEmail"), brand.businessContactEmail}};
    who.phones = {{QStringLiteral("phone"), brand.phone}, {QStringLiteral("mobilePhone"), brand.mobilePhone}};
    who.streets = {{QStringLiteral("street"), brand.street}};
    who.state = {QStringLiteral("state"), brand.state};
    who.postalCode = {QStringLiteral("postalCode"), brand.postalCode};
    return who;
}

Identity ofTollFree(const TollFreeFiling &filing) {
    Identity who;
    who.entityType = filing.entityType;
    who.country = filing.businessRegistrationCountry;
    who.legalName = {QStringLiteral("businessName"), filing.businessName};
    who.website = {QStringLiteral("corporateWebsite"), filing.corporateWebsite};
    who.mails = {{QStringLiteral("businessContactEmail"), filing.businessContactEmail}};
    who.phones = {{QStringLiteral("businessContactPhone"), filing.businessContactPhone}};
    who.streets = {{QStringLiteral("businessAddr1"), filing.businessAddr1},
                   {QStringLiteral("businessAddr2"), filing.businessAddr2}};
    who.state = {QStringLiteral("businessState"), filing.businessState};
    who.postalCode = {QStringLiteral("businessZip"), filing.businessZip};
    return who;
}

} // namespace

Identity identityOf(const Subject &subject) {
    return subject.tollFree ? ofTollFree(*subject.tollFree) : ofBrand(*subject.brand);
}

} // namespace longcode::rules
