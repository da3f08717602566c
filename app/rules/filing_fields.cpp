#include "rules/filing_fields.h"

namespace longcode::rules {

namespace {

constexpr Field<BrandFiling> brandFields[] = {
    {"entityType", &BrandFiling::entityType},
    {"displayName", &BrandFiling::displayName},
    {"companyName", &BrandFiling::companyName},
    {"firstName", &BrandFiling::firstName},
    {"lastName", &BrandFiling::lastName},
    {"ein", &BrandFiling::ein},
    {"phone", &BrandFiling::phone},
    {"mobilePhone", &BrandFiling::mobilePhone},
    {"street", &BrandFiling::street},
    {"city", &BrandFiling::city},
    {"state", &BrandFiling::state},
    {"postalCode", &BrandFiling::postalCode},
    {"country", &BrandFiling::country},
    {"email", &BrandFiling::email},
    {"businessContactEmail", &BrandFiling::businessContactEmail},
    {"website", &BrandFiling::website},
    {"vertical", &BrandFiling::vertical},
    {"stockSymbol", &BrandFiling::stockSymbol},
    {"stockExchange", &BrandFiling::stockExchange},
    {"altBusinessId", &BrandFiling::altBusinessId},
    {"altBusinessIdType", &BrandFiling::altBusinessIdType},
    {"ipAddress", &BrandFiling::ipAddress},
    {"webhookURL", &BrandFiling::webhookURL},
    {"webhookFailoverURL", &BrandFiling::webhookFailoverURL},
    {"isReseller", &BrandFiling::isReseller},
    {"mock", &BrandFiling::mock},
};

constexpr Field<CampaignFiling> campaignFields[] = {
    {"brandId", &CampaignFiling::brandId},
    {"usecase", &CampaignFiling::usecase},
    {"description", &CampaignFiling::description},
    {"subUsecases", &CampaignFiling::subUsecases},
    {"sample1", &CampaignFiling::sample1},
    {"sample2", &CampaignFiling::sample2},
    {"sample3", &CampaignFiling::sample3},
    {"sample4", &CampaignFiling::sample4},
    {"sample5", &CampaignFiling::sample5},
    {"messageFlow", &CampaignFiling::messageFlow},
    {"helpMessage", &CampaignFiling::helpMessage},
    {"optinMessage", &CampaignFiling::optinMessage},
    {"optoutMessage", &CampaignFiling::optoutMessage},
    {"optinKeywords", &CampaignFiling::optinKeywords},
    {"optoutKeywords", &CampaignFiling::optoutKeywords},
    {"helpKeywords", &CampaignFiling::helpKeywords},
    {"embeddedLinkSample", &CampaignFiling::embeddedLinkSample},
    {"privacyPolicyLink", &CampaignFiling::privacyPolicyLink},
    {"termsAndConditionsLink", &CampaignFiling::termsAndConditionsLink},
    {"referenceId", &CampaignFiling::referenceId},
    {"resellerId", &CampaignFiling::resellerId},
    {"webhookURL", &CampaignFiling::webhookURL},
    {"webhookFailoverURL", &CampaignFiling::webhookFailoverURL},
    {"tag", &CampaignFiling::tag},
    {"mnoIds", &CampaignFiling::mnoIds},
    {"embeddedLink", &CampaignFiling::embeddedLink},
    {"embeddedPhone", &CampaignFiling::embeddedPhone},
    {"ageGated", &CampaignFiling::ageGated},
    {"directLending", &CampaignFiling::directLending},
    {"numberPool", &CampaignFiling::numberPool},
    {"autoRenewal", &CampaignFiling::autoRenewal},
    {"subscriberOptin", &CampaignFiling::subscriberOptin},
    {"subscriberOptout", &CampaignFiling::subscriberOptout},
    {"subscriberHelp", &CampaignFiling::subscriberHelp},
    {"termsAndConditions", &CampaignFiling::termsAndConditions},
};

constexpr Field<TollFreeFiling> tollFreeFields[] = {
    {"businessName", &TollFreeFiling::businessName},
    {"doingBusinessAs", &TollFreeFiling::doingBusinessAs},
    {"corporateWebsite", &TollFreeFiling::corporateWebsite},
    {"entityType", &TollFreeFiling::entityType},
    {"businessAddr1", &TollFreeFiling::businessAddr1},
    {"businessAddr2", &TollFreeFiling::businessAddr2},
    {"businessCity", &TollFreeFiling::businessCity},
    {"businessState", &TollFreeFiling::businessState},
    {"businessZip", &TollFreeFiling::businessZip},
    {"businessContactFirstName", &TollFreeFiling::businessContactFirstName},
    {"businessContactLastName", &TollFreeFiling::businessContactLastName},
    {"businessContactEmail", &TollFreeFiling::businessContactEmail},
    {"businessContactPhone", &TollFreeFiling::businessContactPhone},
    {"businessRegistrationNumber", &TollFreeFiling::businessRegistrationNumber},
    {"businessRegistrationType", &TollFreeFiling::businessRegistrationType},
    {"businessRegistrationCountry", &TollFreeFiling::businessRegistrationCountry},
    {"messageVolume", &TollFreeFiling::messageVolume},
    {"useCase", &TollFreeFiling::useCase},
    {"useCaseSummary", &TollFreeFiling::useCaseSummary},
    {"productionMessageContent", &TollFreeFiling::productionMessageContent},
    {"optInWorkflow", &TollFreeFiling::optInWorkflow},
    {"additionalInformation", &TollFreeFiling::additionalInformation},
    {"isvReseller", &TollFreeFiling::isvReseller},
    {"webhookUrl", &TollFreeFiling::webhookUrl},
    {"optInConfirmationResponse", &TollFreeFiling::optInConfirmationResponse},
    {"helpMessageResponse", &TollFreeFiling::helpMessageResponse},
    {"optInKeywords", &TollFreeFiling::optInKeywords},
    {"privacyPolicyURL", &TollFreeFiling::privacyPolicyURL},
    {"termsAndConditionURL", &TollFreeFiling::termsAndConditionURL},
    {"campaignVerifyAuthorizationToken", &TollFreeFiling::campaignVerifyAuthorizationToken},
    {"phoneNumbers", &TollFreeFiling::phoneNumbers, "phoneNumber"},
    {"optInWorkflowImageURLs", &TollFreeFiling::optInWorkflowImageURLs, "url"},
    {"ageGatedContent", &TollFreeFiling::ageGatedContent},
};

} // namespace

std::span<const Field<BrandFiling>> fieldsOf(const BrandFiling &) {
    return brandFields;
}

std::span<const Field<CampaignFiling>> fieldsOf(const CampaignFiling &) {
    return campaignFields;
}

std::span<const Field<TollFreeFiling>> fieldsOf(const TollFreeFiling &) {
    return tollFreeFields;
}

} // namespace longcode::rules
