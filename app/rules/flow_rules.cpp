#include "rules/rule.h"

#include <algorithm>

/// Rules about the description of how recipients opt in, and about the summary of the filing.
namespace longcode::rules {

namespace {

/// Adds `sentence` to the flow when it still fits.
std::optional<Fix> flowWith(const Subject &subject, const QString &sentence) {
    const qsizetype longest = subject.isCampaign() ? 2048 : 500;
    const QString text = subject.flow.text().trimmed() + u' ' + sentence;
    if (text.size() > longest)
        return std::nullopt;
    return Fix{Say::tr("Add “%1”").arg(sentence), subject.flow.field(), text};
}

bool isFlowGiven(const Subject &subject) {
    return !subject.flow.isBlank();
}

bool showsAddress(const Passage &flow) {
    const auto &variables = flow.variables();
    return !flow.links().isEmpty() ||
           std::any_of(variables.begin(), variables.end(),
                       [](const auto &variable) { return isValue("link-variable", variable.name); });
}

int partsSaid(const Passage &flow) {
    int said = showsAddress(flow) ? 1 : 0;
    for (const char *part : {"consent", "channel", "frequency", "rates", "stop-named", "help-named"})
        said += flow.says(part) ? 1 : 0;
    return said;
}

void flowVague(const Subject &subject, Report &report) {
    constexpr qsizetype fewestWords = 8;
    constexpr int fewestParts = 2;
    if (isFlowGiven(subject) &&
        (subject.flow.words().size() < fewestWords || partsSaid(subject.flow) < fewestParts))
        report.add(subject.flow.field(),
                   Say::tr("The opt-in is described too briefly. Say where people give their number, what "
                           "they agree to in which words, how often you write, and how they stop it."));
}

void consentMissing(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && !subject.flow.says("consent"))
        report.add(subject.flow.field(),
                   Say::tr("The text does not say how people consent. Reviewers look for a box they tick, a "
                           "keyword they send or words they agree to."));
}

void channelMissing(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && !subject.flow.says("channel") && !showsAddress(subject.flow))
        report.add(subject.flow.field(), Say::tr("The text does not say where people opt in: on a website, "
                                                 "by keyword, on paper or on the phone."));
}

void addressMissing(const Subject &subject, Report &report) {
    if (subject.flow.says("web-channel") && !showsAddress(subject.flow))
        report.add(
            subject.flow.field(),
            Say::tr(
                "People opt in on the web, but no address is given. Reviewers open the page, so name it."));
}

void frequencyMissing(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && !subject.flow.says("frequency"))
        report.add(subject.flow.field(), Say::tr("The text does not say how often messages come."),
                   flowWith(subject, QStringLiteral("Message frequency varies.")));
}

void ratesMissing(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && !subject.flow.says("rates"))
        report.add(subject.flow.field(),
                   Say::tr("The text does not say that message and data rates may apply."),
                   flowWith(subject, QStringLiteral("Msg & data rates may apply.")));
}

void stopMissing(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && !subject.flow.says("stop-named"))
        report.add(subject.flow.field(), Say::tr("The text does not say that STOP ends the messages."),
                   flowWith(subject, QStringLiteral("Reply STOP to opt out.")));
}

void helpMissing(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && !subject.flow.says("help-named"))
        report.add(subject.flow.field(), Say::tr("The text does not say that HELP brings help."),
                   flowWith(subject, QStringLiteral("Reply HELP for help.")));
}

void senderMissing(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && !subject.names.isEmpty() && !subject.names.areIn(subject.flow))
        report.add(subject.flow.field(),
                   Say::tr("The text does not say from whom people agree to get messages: name “%1”.")
                       .arg(subject.names.preferred()));
}

bool isMarketingUseCase(const Subject &subject) {
    return subject.useCase && subject.useCase->promotion == UseCase::Promotion::Expected;
}

/// In a mixed campaign it is asked only when a sample advertises.
void marketingNotNamed(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && subject.isMarketing() && !subject.flow.says("marketing-named"))
        report.add(isMarketingUseCase(subject) ? Severity::Error : Severity::Warning, subject.flow.field(),
                   Say::tr("Messages advertise, but people are not told so when they consent. Name marketing "
                           "messages in the words they agree to."));
}

void marketingConsentImplied(const Subject &subject, Report &report) {
    if (!isMarketingUseCase(subject) || subject.flow.says("separate"))
        return;
    if (const auto implied = phrases("implied-consent").find(subject.flow.words()))
        report.add(subject.flow.field(),
                   Say::tr("Consent to marketing cannot come along with something else (“%1”). It needs a "
                           "step of its own, such as a box that is not ticked beforehand.")
                       .arg(implied->phrase));
}

void consentBundled(const Subject &subject, Report &report) {
    if (subject.flow.says("separate"))
        return;
    if (const auto bundled = phrases("bundled").find(subject.flow.words()))
        report.add(subject.flow.field(), Say::tr("Consent to messages must be separate from terms and never "
                                                 "preset; “%1” reads as if it were not.")
                                             .arg(bundled->phrase));
}

void consentForced(const Subject &subject, Report &report) {
    if (const auto forced = phrases("forced").find(subject.flow.words()))
        report.add(
            subject.flow.field(),
            Say::tr("“%1” makes messages a condition. People must be able to do business without them.")
                .arg(forced->phrase));
}

void contactsBought(const Subject &subject, Report &report) {
    for (const Passage *passage : {&subject.flow, &subject.description})
        if (const auto bought = phrases("bought-list").find(passage->words()))
            report.add(passage->field(),
                       Say::tr("“%1”: messages may go only to people who agreed to hear from this sender.")
                           .arg(bought->phrase));
}

void conditionNotExcluded(const Subject &subject, Report &report) {
    if (isFlowGiven(subject) && subject.isMarketing() && !subject.flow.says("no-condition"))
        report.add(subject.flow.field(),
                   Say::tr("For marketing, say that nobody has to consent in order to buy."),
                   flowWith(subject, QStringLiteral("Consent is not a condition of purchase.")));
}

void privacyNotLinked(const Subject &subject, Report &report) {
    if (!isFlowGiven(subject) || !subject.isMarketing())
        return;
    const bool isLinked = subject.campaign && !subject.campaign->privacyPolicyLink.isEmpty();
    if (!isLinked && !subject.flow.says("privacy"))
        report.add(QStringLiteral("privacyPolicyLink"),
                   Say::tr("For marketing, reviewers want a link to the privacy policy."));
}

void donationsNotNamed(const Subject &subject, Report &report) {
    const bool asks = subject.useCase && (subject.useCase->family == QLatin1String("charity") ||
                                          subject.useCase->family == QLatin1String("political"));
    if (isFlowGiven(subject) && asks && !subject.flow.says("donation"))
        report.add(subject.flow.field(), Say::tr("Say in the opt-in that donations may be asked for."),
                   flowWith(subject, QStringLiteral("Donations may be solicited.")));
}

void descriptionBrief(const Subject &subject, Report &report) {
    constexpr qsizetype fewestWords = 4;
    constexpr qsizetype fewestGoodWords = 8;
    const qsizetype words = subject.description.words().size();
    if (subject.description.isBlank() || words >= fewestGoodWords)
        return;
    report.add(
        words < fewestWords ? Severity::Error : Severity::Warning, subject.description.field(),
        Say::tr(
            "The description is too brief. Say in two to four sentences who gets which messages and why."));
}

constexpr Rule rules[] = {
    {"flow-vague", Severity::Error, toMessages, flowVague, source::campaignPage},
    {"flow-consent-missing", Severity::Error, toMessages, consentMissing, source::campaignPage},
    {"flow-channel-missing", Severity::Warning, toMessages, channelMissing, source::useCaseExamples},
    {"flow-address-missing", Severity::Warning, toMessages, addressMissing, source::troubleshooting},
    {"flow-frequency-missing", Severity::Warning, toCampaign, frequencyMissing, source::useCaseExamples},
    {"flow-rates-missing", Severity::Warning, toCampaign, ratesMissing, source::useCaseExamples},
    {"flow-stop-missing", Severity::Warning, toMessages, stopMissing, source::useCaseExamples},
    {"flow-help-missing", Severity::Warning, toCampaign, helpMissing, source::useCaseExamples},
    {"flow-brand-missing", Severity::Warning, toCampaign, senderMissing, source::useCaseExamples},
    {"marketing-not-in-consent", Severity::Error, toMessages, marketingNotNamed, source::useCaseExamples},
    {"marketing-consent-implied", Severity::Error, toMessages, marketingConsentImplied,
     source::useCaseExamples},
    {"consent-bundled", Severity::Error, toMessages, consentBundled, source::useCaseExamples},
    {"consent-forced", Severity::Error, toMessages, consentForced, source::rejectionLists},
    {"contacts-bought", Severity::Error, toMessages, contactsBought, source::rateLimits},
    {"marketing-condition-not-excluded", Severity::Warning, toMessages, conditionNotExcluded,
     source::useCaseExamples},
    {"marketing-privacy-not-linked", Severity::Warning, toCampaign, privacyNotLinked,
     source::useCaseExamples},
    {"donations-not-named", Severity::Warning, toMessages, donationsNotNamed, source::rejectionLists},
    {"description-brief", Severity::Error, toMessages, descriptionBrief, source::rateLimits},
};

} // namespace

std::span<const Rule> flowRules() {
    return rules;
}

} // namespace longcode::rules
