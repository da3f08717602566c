#include "rules/filing_fields.h"
#include "rules/rule.h"

#include <algorithm>

/// Rules about fields that must be filled, lengths, known use cases, and what small senders may do.
namespace longcode::rules {

namespace {

const char *filingName(const Subject &subject) {
    if (subject.tollFree)
        return "tollfree";
    return subject.campaign ? "campaign" : "brand";
}

QLatin1String latin(const QByteArray &name) {
    return QLatin1String(name.constData(), name.size());
}

const QString *textOf(const Subject &subject, const QString &field) {
    const QByteArray name = field.toLatin1();
    if (subject.tollFree)
        return textNamed(*subject.tollFree, latin(name));
    return subject.campaign ? textNamed(*subject.campaign, latin(name))
                            : textNamed(*subject.brand, latin(name));
}

const QStringList *textsOf(const Subject &subject, const QString &field) {
    const QByteArray name = field.toLatin1();
    return subject.tollFree ? textsNamed(*subject.tollFree, latin(name)) : nullptr;
}

bool isFilled(const Subject &subject, const Limit &limit) {
    if (const QStringList *texts = textsOf(subject, limit.field))
        return std::any_of(texts->begin(), texts->end(),
                           [](const QString &one) { return !one.trimmed().isEmpty(); });
    const QString *text = textOf(subject, limit.field);
    if (limit.need == QLatin1String("present"))
        return text && !text->isNull();
    return text && !text->trimmed().isEmpty();
}

/// Whether this filing is one of those that need the field (see limits.tsv).
bool isNeeded(const Subject &subject, const QString &need) {
    const QString entity = subject.kind == FilingKind::Brand ? subject.brand->entityType : QString();
    const bool isPerson = entity == QLatin1String("SOLE_PROPRIETOR");
    if (need == QLatin1String("api") || need == QLatin1String("docs") || need == QLatin1String("present") ||
        need == QLatin1String("registration"))
        return true;
    if (need == QLatin1String("keywords"))
        return !subject.isSoleProprietor;
    if (need == QLatin1String("company") || need == QLatin1String("tax"))
        return !isPerson;
    if (need == QLatin1String("person"))
        return isPerson;
    if (need == QLatin1String("public"))
        return entity == QLatin1String("PUBLIC_PROFIT");
    if (need == QLatin1String("political"))
        return subject.useCase && subject.useCase->name == QLatin1String("Political");
    return false;
}

/// What a person reads for a reason of limits.tsv.
QString reasonOf(const QString &need) {
    if (need == QLatin1String("present"))
        return Say::tr("The API wants this field even when it is empty.");
    if (need == QLatin1String("registration"))
        return Say::tr("Required of every request since 17 February 2026.");
    if (need == QLatin1String("person"))
        return Say::tr("A sole proprietor has to give this.");
    if (need == QLatin1String("public"))
        return Say::tr("A listed company has to give this.");
    if (need == QLatin1String("political"))
        return Say::tr("Political senders need the token of Campaign Verify.");
    return Say::tr("This field must be filled in.");
}

void fieldMissing(const Subject &subject, Report &report) {
    for (const Limit &limit : limitsOf(filingName(subject))) {
        if (!isNeeded(subject, limit.need) || isFilled(subject, limit))
            continue;
        std::optional<Fix> fix;
        if (limit.need == QLatin1String("present"))
            fix = Fix{Say::tr("Send it empty"), limit.field, QStringLiteral("")};
        report.add(limit.field, reasonOf(limit.need), fix);
    }
}

void fieldAdvised(const Subject &subject, Report &report) {
    for (const Limit &limit : limitsOf(filingName(subject))) {
        const bool isAdvised = limit.need == QLatin1String("wanted") && !subject.isSoleProprietor;
        const bool isKeyword = limit.need == QLatin1String("keywords") && subject.isSoleProprietor;
        if ((isAdvised || isKeyword) && !isFilled(subject, limit))
            report.add(limit.field, Say::tr("Not required, but reviewers look for it."));
    }
}

/// In characters as the API counts them; surrogate pairs are one.
qsizetype lengthOf(const QString &text) {
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

void fieldTooLong(const Subject &subject, Report &report) {
    for (const Limit &limit : limitsOf(filingName(subject))) {
        if (limit.longest == 0)
            continue;
        qsizetype longest = 0;
        if (const QString *text = textOf(subject, limit.field))
            longest = text->size() > limit.longest ? lengthOf(*text) : 0;
        if (const QStringList *texts = textsOf(subject, limit.field))
            for (const QString &one : *texts)
                longest = std::max(longest, lengthOf(one));
        if (longest > limit.longest)
            report.add(limit.field, Say::tr("%1 characters, %2 more than the API takes.")
                                        .arg(longest)
                                        .arg(longest - limit.longest));
    }
}

QString useCaseNameOf(const Subject &subject) {
    return subject.tollFree ? subject.tollFree->useCase : subject.campaign->usecase;
}

bool isKnownUseCase(const Subject &subject, const QString &name) {
    const QStringList &listed = subject.around->useCases;
    if (subject.campaign && !listed.isEmpty())
        return listed.contains(name);
    const QList<UseCase> &all = subject.tollFree ? tollFreeUseCases() : campaignUseCases();
    return std::any_of(all.begin(), all.end(), [&name](const UseCase &one) { return one.name == name; });
}

/// A name without case, blanks and signs.
QString bare(const QString &name) {
    QString out;
    for (const QChar c : name)
        if (c.isLetterOrNumber())
            out += c.toUpper();
    return out;
}

std::optional<Fix> useCaseMeant(const Subject &subject, const QString &name) {
    const QString field = subject.tollFree ? QStringLiteral("useCase") : QStringLiteral("usecase");
    for (const UseCase &one : subject.tollFree ? tollFreeUseCases() : campaignUseCases())
        if (bare(one.name) == bare(name) || bare(one.name) == bare(name).chopped(name.endsWith(u's') ? 1 : 0))
            return Fix{Say::tr("Write %1").arg(one.name), field, one.name};
    return std::nullopt;
}

void useCaseUnknown(const Subject &subject, Report &report) {
    const QString name = useCaseNameOf(subject);
    if (!name.trimmed().isEmpty() && !isKnownUseCase(subject, name))
        report.add(subject.tollFree ? QStringLiteral("useCase") : QStringLiteral("usecase"),
                   Say::tr("“%1” is not a use case the API knows.").arg(name), useCaseMeant(subject, name));
}

void subUseCaseUnknown(const Subject &subject, Report &report) {
    for (const QString &name : subject.campaign->subUsecases)
        if (!isKnownUseCase(subject, name))
            report.add(QStringLiteral("subUsecases"),
                       Say::tr("“%1” is not a use case the API knows.").arg(name));
}

void subUseCasesMissing(const Subject &subject, Report &report) {
    const QString &name = subject.campaign->usecase;
    if ((name == QLatin1String("MIXED") || name == QLatin1String("LOW_VOLUME")) &&
        subject.campaign->subUsecases.isEmpty())
        report.add(QStringLiteral("subUsecases"),
                   Say::tr("A campaign of several kinds of messages lists them. How many the registry wants "
                           "is shown with the use case."));
}

/// The largest number that stands right before "messages per month" or the like.
qint64 monthlyVolumeIn(const Passage &passage) {
    qint64 largest = 0;
    QString text = folded(passage.text());
    for (qsizetype i = 1; i + 1 < text.size(); ++i)
        if (text[i] == u',' && text[i - 1].isDigit() && text[i + 1].isDigit())
            text.remove(i--, 1);
    const Words words = wordsOf(text);
    const Lexicon &perMonth = phrases("high-volume");
    for (auto match = perMonth.find(words); match; match = perMonth.find(words, match->end))
        if (match->begin > 0)
            largest = std::max<qint64>(largest, words[match->begin - 1].toLongLong());
    return largest;
}

void lowVolumeExceeded(const Subject &subject, Report &report) {
    constexpr qint64 fewest = 6000;
    if (subject.campaign->usecase != QLatin1String("LOW_VOLUME"))
        return;
    for (const Passage *passage : {&subject.description, &subject.flow}) {
        const qint64 volume = monthlyVolumeIn(*passage);
        if (volume >= fewest)
            report.add(QStringLiteral("usecase"),
                       Say::tr("Low volume means fewer than 6,000 messages a month; the text speaks of %L1. "
                               "The use case cannot be changed later.")
                           .arg(volume),
                       Fix{Say::tr("Change the use case to MIXED"), QStringLiteral("usecase"),
                           QStringLiteral("MIXED")});
    }
}

void soleProprietorBrand(const Subject &subject, Report &report) {
    if (!subject.brand || subject.brand->entityType.isEmpty())
        return;
    const bool isPerson = subject.brand->entityType == QLatin1String("SOLE_PROPRIETOR");
    if (isPerson && !subject.isSoleProprietor)
        report.add(
            QStringLiteral("usecase"),
            Say::tr("A sole proprietor's brand can only have a campaign of the use case SOLE_PROPRIETOR."),
            Fix{Say::tr("Change the use case"), QStringLiteral("usecase"),
                QStringLiteral("SOLE_PROPRIETOR")});
    else if (!isPerson && subject.isSoleProprietor)
        report.add(QStringLiteral("usecase"),
                   Say::tr("The use case SOLE_PROPRIETOR is for brands of sole proprietors only."));
}

void soleProprietorPool(const Subject &subject, Report &report) {
    if (subject.isSoleProprietor && subject.campaign->numberPool.value_or(false))
        report.add(QStringLiteral("numberPool"),
                   Say::tr("A sole proprietor's campaign has one number, so there is no pool."),
                   Fix{Say::tr("Clear numberPool"), QStringLiteral("numberPool"), false});
}

void soleProprietorNumbers(const Subject &subject, Report &report) {
    if (subject.isSoleProprietor && subject.around->numbers > 1)
        report.add(QStringLiteral("usecase"),
                   Say::tr("A sole proprietor's campaign can have one number, not %1.")
                       .arg(subject.around->numbers));
}

void soleProprietorCampaigns(const Subject &subject, Report &report) {
    if (subject.isSoleProprietor && subject.around->campaignsOfBrand > 0)
        report.add(QStringLiteral("brandId"), Say::tr("A sole proprietor's brand can have one campaign, and "
                                                      "has it already. Deactivate that one first."));
}

void soleProprietorMobile(const Subject &subject, Report &report) {
    constexpr int most = 3;
    if (subject.isSoleProprietor && subject.around->brandsOfMobile >= most)
        report.add(QStringLiteral("mobilePhone"), Say::tr("Three brands are registered with this mobile "
                                                          "phone already, which is the most there can be."));
}

void resellerUseCase(const Subject &subject, Report &report) {
    const QString &name = subject.campaign->usecase;
    if (subject.brand && subject.brand->isReseller.value_or(false) && !name.isEmpty() &&
        name != QLatin1String("AGENTS_FRANCHISES"))
        report.add(QStringLiteral("usecase"),
                   Say::tr("The brand is a reseller's. Who sends for clients files AGENTS_FRANCHISES, or a "
                           "brand for each client."));
}

constexpr Rule rules[] = {
    {"field-missing", Severity::Error, toBrand + toCampaign + toTollFree, fieldMissing,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "API: required fields, and those the documentation adds")},
    {"field-advised", Severity::Warning, toBrand + toCampaign + toTollFree, fieldAdvised, source::rateLimits},
    {"field-too-long", Severity::Error, toBrand + toCampaign + toTollFree, fieldTooLong,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "API: longest values")},
    {"use-case-unknown", Severity::Error, toMessages, useCaseUnknown, source::campaignPage},
    {"sub-use-case-unknown", Severity::Error, toCampaign, subUseCaseUnknown, source::campaignContract},
    {"sub-use-cases-missing", Severity::Note, toCampaign, subUseCasesMissing, source::campaignContract},
    {"low-volume-exceeded", Severity::Error, toCampaign, lowVolumeExceeded, source::campaignPage},
    {"sole-proprietor-use-case", Severity::Error, toCampaign, soleProprietorBrand, source::soleProprietor},
    {"sole-proprietor-pool", Severity::Error, toCampaign, soleProprietorPool, source::soleProprietor},
    {"sole-proprietor-numbers", Severity::Error, toCampaign, soleProprietorNumbers, source::soleProprietor},
    {"sole-proprietor-campaigns", Severity::Error, toCampaign, soleProprietorCampaigns,
     source::soleProprietor},
    {"sole-proprietor-mobile", Severity::Error, toBrand, soleProprietorMobile, source::soleProprietor},
    {"reseller-use-case", Severity::Note, toCampaign, resellerUseCase, source::isvPage},
};

} // namespace

std::span<const Rule> limitRules() {
    return rules;
}

} // namespace longcode::rules
