#include "rules/prohibited_content.h"
#include "rules/rule.h"

#include <algorithm>

/// Rules that compare the attributes of a filing with what its samples show. An attribute cannot be changed
/// after a campaign is filed.
namespace longcode::rules {

namespace {

bool hasVariable(const Passage &sample, const char *list) {
    const auto &variables = sample.variables();
    return std::any_of(variables.begin(), variables.end(),
                       [list](const Passage::Variable &one) { return isValue(list, one.name); });
}

bool showsLink(const Passage &sample) {
    return !sample.links().isEmpty() || hasVariable(sample, "link-variable");
}

bool showsPhone(const Passage &sample) {
    return sample.hasPhone() || hasVariable(sample, "phone-variable");
}

bool showsLending(const Passage &sample) {
    const auto match = phrases("lending").find(sample.words());
    return match && !sample.says("lending-harmless");
}

bool showsAdultMatter(const Passage &sample) {
    return !adultMatterIn(sample).isEmpty();
}

/// One attribute: its field, what shows in a sample, and the sentences.
struct Attribute {
    const char *field;
    std::optional<bool> CampaignFiling::*flag;
    bool (*shows)(const Passage &);
    const char *missing; ///< shown but not declared
    const char *unused;  ///< declared but not shown
};

constexpr Attribute link{
    "embeddedLink", &CampaignFiling::embeddedLink, showsLink,
    QT_TRANSLATE_NOOP("longcode::rules::Say",
                      "%1 holds a web address, but the filing does not say that messages hold links."),
    QT_TRANSLATE_NOOP("longcode::rules::Say",
                      "The filing says that messages hold links, but no sample shows one.")};
constexpr Attribute phone{
    "embeddedPhone", &CampaignFiling::embeddedPhone, showsPhone,
    QT_TRANSLATE_NOOP(
        "longcode::rules::Say",
        "%1 holds a phone number, but the filing does not say that messages hold phone numbers."),
    QT_TRANSLATE_NOOP("longcode::rules::Say",
                      "The filing says that messages hold phone numbers, but no sample shows one.")};
constexpr Attribute lending{
    "directLending", &CampaignFiling::directLending, showsLending,
    QT_TRANSLATE_NOOP("longcode::rules::Say",
                      "%1 speaks of a loan, but the filing does not say that it is about direct lending."),
    QT_TRANSLATE_NOOP("longcode::rules::Say",
                      "The filing says that it is about direct lending, but no sample speaks of a loan.")};
constexpr Attribute adult{
    "ageGated", &CampaignFiling::ageGated, showsAdultMatter,
    QT_TRANSLATE_NOOP("longcode::rules::Say",
                      "%1 is meant for adults, but the filing does not say that recipients' age is checked."),
    QT_TRANSLATE_NOOP("longcode::rules::Say",
                      "The filing says that content is only for adults, but no sample shows why.")};

const Passage *shown(const Subject &subject, const Attribute &attribute) {
    for (const Passage &sample : subject.samples)
        if (attribute.shows(sample))
            return &sample;
    return nullptr;
}

Fix switchTo(const char *field, bool value) {
    const QString name = QString::fromLatin1(field);
    return {value ? Say::tr("Tick %1").arg(name) : Say::tr("Clear %1").arg(name), name, value};
}

/// The filing says no: refused. It says nothing: the API may take it for no.
template <const Attribute &attribute>
void missing(const Subject &subject, Report &report) {
    const std::optional<bool> declared = subject.campaign->*attribute.flag;
    const Passage *sample = shown(subject, attribute);
    if (sample && !declared.value_or(false))
        report.add(declared ? Severity::Error : Severity::Warning, QString::fromLatin1(attribute.field),
                   Say::tr(attribute.missing).arg(sample->field()), switchTo(attribute.field, true));
}

template <const Attribute &attribute>
void unused(const Subject &subject, Report &report) {
    if (!(subject.campaign->*attribute.flag).value_or(false) || subject.samples.empty() ||
        shown(subject, attribute))
        return;
    const bool isLinkShown = &attribute == &link && !subject.campaign->embeddedLinkSample.isEmpty();
    const bool isSaid = &attribute == &adult && showsAdultMatter(subject.description);
    if (!isLinkShown && !isSaid)
        report.add(QString::fromLatin1(attribute.field), Say::tr(attribute.unused),
                   switchTo(attribute.field, false));
}

void tollFreeAgeGate(const Subject &subject, Report &report) {
    if (subject.tollFree->ageGatedContent.value_or(false))
        return;
    const Passage *passage = shown(subject, adult);
    if (!passage && showsAdultMatter(subject.description))
        passage = &subject.description;
    if (passage)
        report.add(QStringLiteral("ageGatedContent"),
                   Say::tr("%1 is meant for adults: say that recipients' age is checked, and check it.")
                       .arg(passage->field()),
                   switchTo("ageGatedContent", true));
}

struct SubscriberFlag {
    const char *field;
    std::optional<bool> CampaignFiling::*flag;
    const char *keywords;
};
constexpr SubscriberFlag subscriberFlags[] = {
    {"subscriberOptin", &CampaignFiling::subscriberOptin, "START"},
    {"subscriberOptout", &CampaignFiling::subscriberOptout, "STOP"},
    {"subscriberHelp", &CampaignFiling::subscriberHelp, "HELP"},
};

void subscriberFlagOff(const Subject &subject, Report &report) {
    for (const SubscriberFlag &one : subscriberFlags)
        if (!(subject.campaign->*one.flag).value_or(true))
            report.add(QString::fromLatin1(one.field),
                       Say::tr("Opt-in, opt-out and help must all be supported; a campaign that does not "
                               "answer %1 is refused.")
                           .arg(QString::fromLatin1(one.keywords)),
                       switchTo(one.field, true));
}

void subscriberFlagUnsaid(const Subject &subject, Report &report) {
    for (const SubscriberFlag &one : subscriberFlags)
        if (!(subject.campaign->*one.flag).has_value())
            report.add(
                QString::fromLatin1(one.field),
                Say::tr("Say so expressly: whether the API takes a missing value for yes is not certain."),
                switchTo(one.field, true));
}

/// A person has to tick it, so there is no fix.
void termsNotAccepted(const Subject &subject, Report &report) {
    const std::optional<bool> accepted = subject.campaign->termsAndConditions;
    if (!accepted.value_or(false))
        report.add(accepted ? Severity::Error : Severity::Warning, QStringLiteral("termsAndConditions"),
                   Say::tr("The terms and conditions are not accepted. Somebody who may do so for the sender "
                           "has to read and accept them."));
}

constexpr Rule rules[] = {
    {"attribute-link-missing", Severity::Error, toCampaign, missing<link>, source::rejectionLists},
    {"attribute-link-unused", Severity::Warning, toCampaign, unused<link>, source::rejectionLists},
    {"attribute-phone-missing", Severity::Error, toCampaign, missing<phone>, source::rejectionLists},
    {"attribute-phone-unused", Severity::Warning, toCampaign, unused<phone>, source::rejectionLists},
    {"attribute-lending-missing", Severity::Error, toCampaign, missing<lending>, source::rejectionLists},
    {"attribute-lending-unused", Severity::Warning, toCampaign, unused<lending>, source::rejectionLists},
    {"attribute-age-gate-missing", Severity::Error, toCampaign, missing<adult>, source::rejectionLists},
    {"attribute-age-gate-unused", Severity::Warning, toCampaign, unused<adult>, source::rejectionLists},
    {"age-gate-needed", Severity::Error, toTollFree, tollFreeAgeGate, source::tollFreePage},
    {"subscriber-flag-off", Severity::Error, toCampaign, subscriberFlagOff, source::campaignPage},
    {"subscriber-flag-unsaid", Severity::Note, toCampaign, subscriberFlagUnsaid,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "Campaign fields (D77)")},
    {"terms-not-accepted", Severity::Error, toCampaign, termsNotAccepted, source::campaignContract},
};

} // namespace

std::span<const Rule> attributeRules() {
    return rules;
}

} // namespace longcode::rules
