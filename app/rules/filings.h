#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// Filings as the API takes them. A text that is null is absent; an empty one is sent as "". Members bear the
/// API's names, so that a field, its finding and its JSON are spelled alike.
namespace longcode::rules {

/// POST and PUT /10dlc/brand.
struct BrandFiling {
    QString entityType, displayName, companyName, firstName, lastName, ein;
    QString phone, mobilePhone, street, city, state, postalCode, country;
    QString email, businessContactEmail, website, vertical;
    QString stockSymbol, stockExchange, altBusinessId, altBusinessIdType, ipAddress;
    QString webhookURL, webhookFailoverURL;
    std::optional<bool> isReseller, mock;
    friend bool operator==(const BrandFiling &, const BrandFiling &) = default;
};

/// POST /10dlc/campaignBuilder.
struct CampaignFiling {
    QString brandId, usecase, description;
    QStringList subUsecases;
    QString sample1, sample2, sample3, sample4, sample5;
    QString messageFlow, helpMessage, optinMessage, optoutMessage;
    QString optinKeywords, optoutKeywords, helpKeywords; ///< "STOP,QUIT": joined without spaces
    QString embeddedLinkSample, privacyPolicyLink, termsAndConditionsLink;
    QString referenceId, resellerId, webhookURL, webhookFailoverURL;
    QStringList tag;
    QList<qint64> mnoIds;
    std::optional<bool> embeddedLink, embeddedPhone, ageGated, directLending, numberPool, autoRenewal;
    std::optional<bool> subscriberOptin, subscriberOptout, subscriberHelp, termsAndConditions;
    friend bool operator==(const CampaignFiling &, const CampaignFiling &) = default;
};

/// POST and PATCH /messaging_tollfree/verification/requests.
struct TollFreeFiling {
    QString businessName, doingBusinessAs, corporateWebsite, entityType;
    QString businessAddr1, businessAddr2, businessCity, businessState, businessZip;
    QString businessContactFirstName, businessContactLastName, businessContactEmail, businessContactPhone;
    QString businessRegistrationNumber, businessRegistrationType, businessRegistrationCountry;
    QString messageVolume, useCase, useCaseSummary, productionMessageContent, optInWorkflow;
    QString additionalInformation, isvReseller, webhookUrl;
    QString optInConfirmationResponse, helpMessageResponse, optInKeywords;
    QString privacyPolicyURL, termsAndConditionURL, campaignVerifyAuthorizationToken;
    QStringList phoneNumbers;           ///< E.164; in JSON objects with `phoneNumber`
    QStringList optInWorkflowImageURLs; ///< in JSON objects with `url`
    std::optional<bool> ageGatedContent;
    friend bool operator==(const TollFreeFiling &, const TollFreeFiling &) = default;
};

} // namespace longcode::rules
