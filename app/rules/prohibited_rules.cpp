#include "rules/prohibited_content.h"
#include "rules/rule.h"

/// Rules about content that carriers refuse: one per category of prohibited.tsv.
namespace longcode::rules {

namespace {

enum class Refused : quint8 {
    Cannabis,
    Sex,
    Hate,
    Alcohol,
    Firearms,
    Tobacco,
    Gambling,
    Payday,
    Debt,
    Crypto,
    Leads,
    Sweepstakes,
    Drugs
};

struct Category {
    const char *name;  ///< in prohibited.tsv
    const char *words; ///< what it is, in a sentence
};

constexpr Category categories[] = {
    {"cannabis", QT_TRANSLATE_NOOP("longcode::rules::Say",
                                   "cannabis or CBD, which carriers refuse even where it is legal")},
    {"sex", QT_TRANSLATE_NOOP("longcode::rules::Say", "adult content, which carriers refuse")},
    {"hate", QT_TRANSLATE_NOOP("longcode::rules::Say", "hate, which carriers refuse")},
    {"alcohol",
     QT_TRANSLATE_NOOP("longcode::rules::Say", "alcohol, which carriers refuse without an age gate")},
    {"firearms",
     QT_TRANSLATE_NOOP("longcode::rules::Say", "firearms, which carriers refuse without an age gate")},
    {"tobacco", QT_TRANSLATE_NOOP("longcode::rules::Say",
                                  "tobacco or vaping, which carriers refuse without an age gate")},
    {"gambling",
     QT_TRANSLATE_NOOP("longcode::rules::Say", "gambling, which carriers refuse unless it is licensed")},
    {"payday",
     QT_TRANSLATE_NOOP("longcode::rules::Say", "payday or third-party lending, which carriers refuse")},
    {"debt", QT_TRANSLATE_NOOP("longcode::rules::Say",
                               "third-party debt collection or debt relief, which carriers refuse")},
    {"crypto", QT_TRANSLATE_NOOP("longcode::rules::Say", "high-risk investment, which carriers refuse")},
    {"leads", QT_TRANSLATE_NOOP("longcode::rules::Say",
                                "lead generation or money-making schemes, which carriers refuse")},
    {"sweepstakes",
     QT_TRANSLATE_NOOP("longcode::rules::Say",
                       "a giveaway or sweepstakes, which needs a use case of its own with public rules")},
    {"drugs", QT_TRANSLATE_NOOP("longcode::rules::Say", "drugs, which carriers refuse")},
};

bool isAgeGated(const Subject &subject) {
    return (subject.campaign && subject.campaign->ageGated.value_or(false)) ||
           (subject.tollFree && subject.tollFree->ageGatedContent.value_or(false));
}

bool isLicensed(const Subject &subject) {
    if (subject.brand && subject.brand->vertical == QLatin1String("GAMBLING"))
        return true;
    if (subject.description.says("license"))
        return true;
    return subject.tollFree && Passage({}, subject.tollFree->additionalInformation).says("license");
}

bool mayHoldSweepstakes(const Subject &subject) {
    return subject.useCase && (subject.useCase->family == QLatin1String("sweepstakes") ||
                               subject.useCase->family == QLatin1String("charity"));
}

/// Where a licence, an age gate or the use case makes it a matter for reviewers instead of a refusal.
Severity severityOf(const Subject &subject, Refused category) {
    const bool needsAge =
        category == Refused::Alcohol || category == Refused::Firearms || category == Refused::Tobacco;
    const bool isExcused = (needsAge && isAgeGated(subject)) ||
                           (category == Refused::Gambling && isLicensed(subject)) ||
                           (category == Refused::Sweepstakes && mayHoldSweepstakes(subject));
    return isExcused ? Severity::Warning : Severity::Error;
}

template <Refused which>
void refused(const Subject &subject, Report &report) {
    const Category &category = categories[static_cast<std::size_t>(which)];
    subject.forEachText([&](const Passage &passage) {
        const bool isProse = &passage == &subject.description || &passage == &subject.flow;
        const QString term = prohibitedIn(passage, category.name, isProse);
        if (!term.isEmpty())
            report.add(severityOf(subject, which), passage.field(),
                       Say::tr("“%1” speaks of %2.").arg(term, Say::tr(category.words)));
    });
}

void sweepstakesWithoutRules(const Subject &subject, Report &report) {
    if (!subject.useCase || subject.useCase->family != QLatin1String("sweepstakes"))
        return;
    const bool isLinked = subject.campaign && !subject.campaign->termsAndConditionsLink.isEmpty();
    if (!isLinked && !subject.description.says("rules-named") && !subject.flow.says("rules-named"))
        report.add(subject.description.field(),
                   Say::tr("A contest must name its rules and terms: say where they can be read."));
}

constexpr Rule rules[] = {
    {"prohibited-cannabis", Severity::Error, toMessages, refused<Refused::Cannabis>, source::campaignPage},
    {"prohibited-sex", Severity::Error, toMessages, refused<Refused::Sex>, source::rateLimits},
    {"prohibited-hate", Severity::Error, toMessages, refused<Refused::Hate>, source::rateLimits},
    {"prohibited-alcohol", Severity::Error, toMessages, refused<Refused::Alcohol>, source::rateLimits},
    {"prohibited-firearms", Severity::Error, toMessages, refused<Refused::Firearms>, source::campaignPage},
    {"prohibited-tobacco", Severity::Error, toMessages, refused<Refused::Tobacco>, source::rateLimits},
    {"prohibited-gambling", Severity::Error, toMessages, refused<Refused::Gambling>, source::campaignPage},
    {"prohibited-lending", Severity::Error, toMessages, refused<Refused::Payday>, source::campaignPage},
    {"prohibited-debt", Severity::Error, toMessages, refused<Refused::Debt>, source::rateLimits},
    {"prohibited-investment", Severity::Error, toMessages, refused<Refused::Crypto>, source::tollFreeReasons},
    {"prohibited-leads", Severity::Error, toMessages, refused<Refused::Leads>, source::tollFreeReasons},
    {"prohibited-sweepstakes", Severity::Error, toMessages, refused<Refused::Sweepstakes>,
     source::rateLimits},
    {"prohibited-drugs", Severity::Error, toMessages, refused<Refused::Drugs>, source::rejectionLists},
    {"sweepstakes-without-rules", Severity::Warning, toCampaign, sweepstakesWithoutRules,
     source::campaignPage},
};

} // namespace

std::span<const Rule> prohibitedRules() {
    return rules;
}

} // namespace longcode::rules
