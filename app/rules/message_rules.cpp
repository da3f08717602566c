#include "rules/message_words.h"
#include "rules/rule.h"
#include "rules/web_address.h"

#include <algorithm>

/// Rules about what samples say.
namespace longcode::rules {

namespace {

constexpr qsizetype longestSample = 255;

std::optional<Fix> appended(const Passage &sample, const QString &sentence) {
    const QString text = sample.text().trimmed() + u' ' + sentence;
    if (text.size() > longestSample)
        return std::nullopt;
    return Fix{Say::tr("Add “%1”").arg(sentence), sample.field(), text};
}

std::optional<Fix> withName(const Subject &subject, const Passage &sample) {
    const QString text = subject.names.preferred() + QStringLiteral(": ") + sample.text();
    if (text.size() > longestSample)
        return std::nullopt;
    return Fix{Say::tr("Begin with “%1:”").arg(subject.names.preferred()), sample.field(), text};
}

bool anySampleOptsOut(const Subject &subject) {
    return std::any_of(subject.samples.begin(), subject.samples.end(), hasOptOut);
}

/// Marketing needs the line in every sample, other campaigns in one at least.
void optOutMissing(const Subject &subject, Report &report) {
    const bool isForAll = subject.useCase && subject.useCase->promotion == UseCase::Promotion::Expected;
    const bool any = anySampleOptsOut(subject);
    for (const Passage &sample : subject.samples) {
        if (hasOptOut(sample) || (any && !isForAll))
            continue;
        report.add(sample.field(),
                   Say::tr("The sample does not say how to opt out. Reviewers want a line such as “Reply "
                           "STOP to opt out”."),
                   appended(sample, QStringLiteral("Reply STOP to opt out.")));
    }
}

void optOutNotEverywhere(const Subject &subject, Report &report) {
    const bool isForAll = subject.useCase && subject.useCase->promotion == UseCase::Promotion::Expected;
    if (isForAll || !anySampleOptsOut(subject))
        return;
    for (const Passage &sample : subject.samples)
        if (!hasOptOut(sample))
            report.add(sample.field(),
                       Say::tr("Other samples say how to opt out, this one does not. Reviewers prefer the "
                               "line in every sample."),
                       appended(sample, QStringLiteral("Reply STOP to opt out.")));
}

void optOutGlued(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples) {
        const QString glued = gluedOptOut(sample.text());
        if (!glued.isEmpty())
            report.add(sample.field(), Say::tr("STOP hangs on something else in “%1”. It must stand as a "
                                               "word of its own, with a space on both sides.")
                                           .arg(glued.left(60)));
    }
}

void optOutWordMisused(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples) {
        const QString word = misusedOptOutWord(sample);
        if (!word.isEmpty())
            report.add(sample.field(), Say::tr("The sample asks for the reply %1 for something else, but "
                                               "that word opts the recipient out. Ask for another word.")
                                           .arg(word));
    }
}

bool namedIn(const Subject &subject, const Passage &sample) {
    return subject.names.areIn(sample);
}

void brandNameMissing(const Subject &subject, Report &report) {
    if (subject.names.isEmpty() || subject.samples.empty() ||
        std::any_of(subject.samples.begin(), subject.samples.end(),
                    [&](const Passage &sample) { return namedIn(subject, sample); }))
        return;
    const Passage &sample = subject.samples.front();
    report.add(sample.field(),
               Say::tr("No sample names the sender. Reviewers want “%1” in the messages.")
                   .arg(subject.names.preferred()),
               withName(subject, sample));
}

void brandNameNotEverywhere(const Subject &subject, Report &report) {
    if (subject.names.isEmpty() ||
        std::none_of(subject.samples.begin(), subject.samples.end(),
                     [&](const Passage &sample) { return namedIn(subject, sample); }))
        return;
    for (const Passage &sample : subject.samples)
        if (!namedIn(subject, sample))
            report.add(sample.field(),
                       Say::tr("The sample does not name the sender. Put “%1” into every message.")
                           .arg(subject.names.preferred()),
                       withName(subject, sample));
}

void marketingOutOfPlace(const Subject &subject, Report &report) {
    if (!subject.useCase || subject.useCase->promotion != UseCase::Promotion::OutOfPlace)
        return;
    for (const Passage &sample : subject.samples) {
        if (!isPromotional(sample, subject.useCase))
            continue;
        std::optional<Fix> fix;
        if (subject.isCampaign())
            fix = Fix{Say::tr("Change the use case to MIXED"), QStringLiteral("usecase"),
                      QStringLiteral("MIXED")};
        report.add(sample.field(),
                   Say::tr("The sample advertises, which the use case %1 does not cover. Take the "
                           "advertising out, or file a use case that includes marketing.")
                       .arg(subject.useCase->name),
                   fix);
    }
}

/// A family other than the filing's of which a sample speaks at least twice.
QString otherFamily(const Passage &sample, const QString &own) {
    for (const char *family : {"code", "delivery", "polling", "charity", "political", "emergency"})
        if (own != QLatin1String(family) &&
            familyWords(QString::fromLatin1(family)).countIn(sample.plainWords()) > 1)
            return QString::fromLatin1(family);
    return {};
}

bool isOffSubject(const Subject &subject, const Passage &sample) {
    return subject.useCase && subject.useCase->family != QLatin1String("any") &&
           !familyWords(subject.useCase->family).isIn(sample.plainWords());
}

void ofAnotherUseCase(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples)
        if (isOffSubject(subject, sample) && !otherFamily(sample, subject.useCase->family).isEmpty())
            report.add(sample.field(), Say::tr("The sample belongs to another use case than %1. Every sample "
                                               "must show a message of the use case that is filed.")
                                           .arg(subject.useCase->name));
}

void unrelated(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples)
        if (isOffSubject(subject, sample) && otherFamily(sample, subject.useCase->family).isEmpty() &&
            !isPromotional(sample, subject.useCase))
            report.add(sample.field(), Say::tr("Nothing in the sample shows that it belongs to the use case "
                                               "%1. Use the words a real message of that kind has.")
                                           .arg(subject.useCase->name));
}

void compareSamples(const Subject &subject, Report &report, double from, double below,
                    const QString &message) {
    std::vector<QSet<QString>> contents;
    for (const Passage &sample : subject.samples)
        contents.push_back(contentWords(sample));
    for (std::size_t i = 1; i < contents.size(); ++i)
        for (std::size_t earlier = 0; earlier < i; ++earlier) {
            const double shared = likeness(contents[i], contents[earlier]);
            if (shared < from || shared >= below)
                continue;
            report.add(subject.samples[i].field(), message.arg(subject.samples[earlier].field()));
            break;
        }
}

void samplesAlike(const Subject &subject, Report &report) {
    compareSamples(
        subject, report, 0.8, 2.0,
        Say::tr(
            "The sample is nearly the same as %1. Reviewers want samples of clearly different messages."));
}

void samplesSimilar(const Subject &subject, Report &report) {
    compareSamples(subject, report, 0.6, 0.8,
                   Say::tr("The sample shares most of its words with %1. Show another kind of message."));
}

void sampleVague(const Subject &subject, Report &report) {
    constexpr qsizetype shortest = 20;
    constexpr qsizetype fewestWords = 3;
    for (const Passage &sample : subject.samples) {
        const bool isGeneric = sample.says("generic");
        const bool isShort = sample.text().trimmed().size() < shortest;
        const bool isAllVariables =
            !sample.variables().isEmpty() && contentWords(sample).size() < fewestWords;
        if (isGeneric || isShort || isAllVariables)
            report.add(sample.field(), Say::tr("The sample is too general. Reviewers want a message as it "
                                               "will be sent, with real-looking names, dates and numbers."));
    }
}

void placeholderFiller(const Subject &subject, Report &report) {
    subject.forEachText([&](const Passage &passage) {
        QString filler;
        if (const auto match = phrases("filler").find(passage.words()))
            filler = match->phrase;
        else if (const Mask mask = maskIn(passage); !mask.masksCode)
            filler = mask.text;
        if (!filler.isEmpty())
            report.add(passage.field(),
                       Say::tr("“%1” is filler text. Write what will really be sent.").arg(filler));
    });
}

void placeholderMask(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples) {
        const Mask mask = maskIn(sample);
        if (!mask.masksCode)
            continue;
        QString text = sample.text();
        const qsizetype at = text.indexOf(mask.text, 0, Qt::CaseInsensitive);
        std::optional<Fix> fix;
        if (at >= 0)
            fix = Fix{Say::tr("Put a number in its place"), sample.field(),
                      text.replace(at, mask.text.size(),
                                   QStringLiteral("482913").left(std::min<qsizetype>(mask.text.size(), 6)))};
        report.add(
            sample.field(),
            Say::tr("“%1” stands where a code should be. A real-looking code reads better to reviewers.")
                .arg(mask.text),
            fix);
    }
}

bool standsForBrand(const Passage::Variable &variable) {
    return isValue("brand-variable", variable.name);
}

void addOpenBrand(const Subject &subject, const Passage &passage, Report &report) {
    for (const Passage::Variable &variable : passage.variables()) {
        if (!standsForBrand(variable))
            continue;
        const QString written = passage.text().mid(variable.begin, variable.length);
        std::optional<Fix> fix;
        if (!subject.names.isEmpty())
            fix = Fix{Say::tr("Put in “%1”").arg(subject.names.preferred()), passage.field(),
                      QString(passage.text()).replace(written, subject.names.preferred())};
        report.add(passage.field(),
                   Say::tr("%1 stands where the sender's own name must be. Only what changes from message to "
                           "message may be a variable.")
                       .arg(written),
                   fix);
        return;
    }
}

void placeholderBrand(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples)
        addOpenBrand(subject, sample, report);
}

void placeholderLeftOpen(const Subject &subject, Report &report) {
    for (const Passage *passage : {&subject.description, &subject.flow, &subject.helpResponse,
                                   &subject.optOutResponse, &subject.optInResponse})
        if (!passage->variables().isEmpty()) {
            const Passage::Variable &variable = passage->variables().front();
            const QString written = passage->text().mid(variable.begin, variable.length);
            std::optional<Fix> fix;
            if (standsForBrand(variable) && !subject.names.isEmpty())
                fix = Fix{Say::tr("Put in “%1”").arg(subject.names.preferred()), passage->field(),
                          QString(passage->text()).replace(written, subject.names.preferred())};
            report.add(
                passage->field(),
                Say::tr("%1 is still open. Fill it in: nothing in this text changes from message to message.")
                    .arg(written),
                fix);
        }
}

void placeholderVariable(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples)
        for (const Passage::Variable &variable : sample.variables())
            if (!standsForBrand(variable)) {
                report.add(sample.field(), Say::tr("Variables such as %1 are allowed; a sample with a "
                                                   "real-looking value convinces reviewers more.")
                                               .arg(sample.text().mid(variable.begin, variable.length)));
                break;
            }
}

void urlShortener(const Subject &subject, Report &report) {
    const auto look = [&report](const Passage &passage) {
        for (const Passage::Link &link : passage.links())
            if (isShortener(link.host)) {
                report.add(passage.field(), Say::tr("%1 is a public link shortener, which carriers block. "
                                                    "Use an address on your own domain.")
                                                .arg(link.host));
                break;
            }
    };
    subject.forEachText(look);
    if (subject.campaign)
        look(Passage(QStringLiteral("embeddedLinkSample"), subject.campaign->embeddedLinkSample));
}

void allCaps(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples)
        if (isShouted(sample.text()))
            report.add(
                sample.field(),
                Say::tr("The sample is written in capitals, as spam is. Write it in ordinary letters."));
}

void spamWords(const Subject &subject, Report &report) {
    for (const Passage &sample : subject.samples)
        if (const auto match = phrases("spam").find(sample.words()))
            report.add(sample.field(),
                       Say::tr("“%1” is what carriers' spam filters look for. Say it in another way.")
                           .arg(match->phrase));
}

void foreignLink(const Subject &subject, Report &report) {
    const QString website = subject.brand      ? subject.brand->website
                            : subject.tollFree ? subject.tollFree->corporateWebsite
                                               : QString();
    const QString own = registeredDomain(webAddressOf(website).host);
    if (!isHostName(own))
        return;
    for (const Passage &sample : subject.samples)
        for (const Passage::Link &link : sample.links())
            if (registeredDomain(link.host) != own && !isShortener(link.host) &&
                !subject.names.areIn(Passage(sample.field(), link.text))) {
                report.add(
                    sample.field(),
                    Say::tr(
                        "The link leads to %1, not to the sender's own site %2. Reviewers compare the two.")
                        .arg(link.host, own));
                break;
            }
}

void lookAlikeLetters(const Subject &subject, Report &report) {
    subject.forEachText([&report](const Passage &passage) {
        const QString word = mixedWord(passage.text());
        if (!word.isEmpty())
            report.add(
                passage.field(),
                Say::tr(
                    "“%1” mixes Latin letters with others that look like them, as spam does. Type it anew.")
                    .arg(word.left(40)));
    });
}

void codeExtras(const Subject &subject, Report &report) {
    if (!subject.useCase || subject.useCase->family != QLatin1String("code"))
        return;
    for (const Passage &sample : subject.samples)
        if (!sample.links().isEmpty())
            report.add(sample.field(),
                       Say::tr("Messages with one-time codes should hold no links. Leave the address out."));
}

void notEnglish(const Subject &subject, Report &report) {
    for (const Passage *passage : {&subject.description, &subject.flow})
        if (!looksEnglish(*passage))
            report.add(passage->field(), Say::tr("The text does not seem to be English. Reviewers read "
                                                 "English; samples may add a translation."));
}

void thirdSample(const Subject &subject, Report &report) {
    if (subject.samples.size() == 2)
        report.add(QStringLiteral("sample3"),
                   Say::tr("A third, different sample is not required but helps reviewers."));
}

constexpr Rule rules[] = {
    {"opt-out-missing", Severity::Error, toMessages, optOutMissing, source::useCaseExamples},
    {"opt-out-not-in-every-sample", Severity::Warning, toCampaign, optOutNotEverywhere, source::campaignPage},
    {"opt-out-glued", Severity::Error, toMessages, optOutGlued, source::rejectionLists},
    {"opt-out-word-misused", Severity::Warning, toMessages, optOutWordMisused,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "Opt-out keywords (D47)")},
    {"brand-name-missing", Severity::Error, toMessages, brandNameMissing, source::useCaseExamples},
    {"brand-name-not-in-every-sample", Severity::Warning, toCampaign, brandNameNotEverywhere,
     source::useCaseExamples},
    {"sample-marketing-out-of-place", Severity::Error, toMessages, marketingOutOfPlace,
     source::useCaseExamples},
    {"sample-of-another-use-case", Severity::Error, toMessages, ofAnotherUseCase, source::campaignPage},
    {"sample-unrelated", Severity::Warning, toMessages, unrelated, source::campaignPage},
    {"samples-alike", Severity::Error, toCampaign, samplesAlike, source::useCaseExamples},
    {"samples-similar", Severity::Warning, toCampaign, samplesSimilar, source::troubleshooting},
    {"sample-vague", Severity::Error, toMessages, sampleVague, source::campaignPage},
    {"placeholder-filler", Severity::Error, toMessages, placeholderFiller, source::useCaseExamples},
    {"placeholder-mask", Severity::Warning, toMessages, placeholderMask, source::tollFreeReasons},
    {"placeholder-brand", Severity::Error, toMessages, placeholderBrand, source::troubleshooting},
    {"placeholder-left-open", Severity::Warning, toMessages, placeholderLeftOpen, source::useCaseExamples},
    {"placeholder-variable", Severity::Note, toMessages, placeholderVariable, source::troubleshooting},
    {"url-shortener", Severity::Error, toMessages, urlShortener, source::useCaseExamples},
    {"all-caps", Severity::Warning, toMessages, allCaps, source::useCaseExamples},
    {"spam-words", Severity::Warning, toMessages, spamWords, source::tollFreeReasons},
    {"link-foreign", Severity::Warning, toMessages, foreignLink, source::rejectionLists},
    {"look-alike-letters", Severity::Warning, toMessages, lookAlikeLetters, source::rejectionLists},
    {"code-with-link", Severity::Warning, toMessages, codeExtras, source::useCaseExamples},
    {"not-english", Severity::Warning, toMessages, notEnglish, source::rejectionLists},
    {"third-sample", Severity::Note, toCampaign, thirdSample, source::campaignPage},
};

} // namespace

std::span<const Rule> messageRules() {
    return rules;
}

} // namespace longcode::rules
