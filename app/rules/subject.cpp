#include "rules/subject.h"

#include <algorithm>

namespace longcode::rules {

namespace {

QStringList copied(const Words &words) {
    QStringList copy;
    for (const QStringView word : words)
        copy.append(word.toString());
    return copy;
}

/// Words of a name without "Inc.", "LLC" and a leading "The".
QStringList nameWords(const QString &name) {
    QString undotted = folded(name);
    undotted.remove(u'.');
    QStringList words = copied(wordsOf(undotted));
    while (words.size() > 1 && isValue("legal-suffix", words.last()))
        words.removeLast();
    if (words.size() > 1 && words.front() == QLatin1String("the"))
        words.removeFirst();
    return words;
}

std::optional<UseCase> useCaseNamed(const QList<UseCase> &all, const QString &name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&name](const UseCase &one) { return one.name == name; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void addSample(Subject &subject, const char *field, const QString &text) {
    Passage passage(QString::fromLatin1(field), text);
    if (!passage.isBlank())
        subject.samples.push_back(std::move(passage));
}

} // namespace

void SenderNames::add(const QString &name) {
    Name known;
    known.words = nameWords(name);
    if (known.words.isEmpty())
        return;
    known.squeezed = known.words.join(QString());
    for (const QString &word : std::as_const(known.words))
        known.initials += word.front();
    m_names.push_back(known);
    if (m_preferred.isEmpty())
        m_preferred = name.trimmed();
}

bool SenderNames::isIn(const Name &name, const Passage &passage) {
    const Words &words = passage.words();
    const auto found = std::search(words.begin(), words.end(), name.words.begin(), name.words.end(),
                                   [](QStringView word, const QString &wanted) { return word == wanted; });
    return found != words.end();
}

bool SenderNames::signs(const Name &name, const Passage &passage) {
    constexpr qsizetype shortest = 3;
    constexpr qsizetype latestColon = 30;
    const Words &words = passage.words();
    const qsizetype colon = passage.text().indexOf(u':');
    if (words.isEmpty() || colon < 0 || colon > latestColon)
        return false;
    const bool byFirstWord = name.words.front().size() >= shortest && words.front() == name.words.front();
    const bool byInitials = name.initials.size() >= shortest && words.front() == name.initials;
    return byFirstWord || byInitials;
}

bool SenderNames::areIn(const Passage &passage) const {
    constexpr qsizetype shortestInHost = 4;
    return std::any_of(m_names.begin(), m_names.end(), [&passage](const Name &name) {
        if (isIn(name, passage) || signs(name, passage))
            return true;
        const auto &links = passage.links();
        return name.squeezed.size() >= shortestInHost &&
               std::any_of(links.begin(), links.end(), [&name](const Passage::Link &link) {
                   return QString(link.host).remove(u'-').contains(name.squeezed);
               });
    });
}

void Subject::forEachText(const std::function<void(const Passage &)> &call) const {
    for (const Passage &sample : samples)
        call(sample);
    for (const Passage *passage : {&description, &flow, &helpResponse, &optOutResponse, &optInResponse})
        if (!passage->isBlank())
            call(*passage);
}

bool Subject::isMarketing() const {
    if (useCase && useCase->promotion == UseCase::Promotion::Expected)
        return true;
    return std::any_of(samples.begin(), samples.end(),
                       [this](const Passage &sample) { return isPromotional(sample, useCase); });
}

bool isPromotional(const Passage &sample, const std::optional<UseCase> &useCase) {
    const int said = phrases("promotion").countIn(sample.words());
    if (said != 1 || !useCase || useCase->family == QLatin1String("any"))
        return said > 1;
    return !familyWords(useCase->family).isIn(sample.plainWords());
}

Subject subjectOf(const BrandFiling &filing, const Surroundings &around) {
    Subject subject;
    subject.kind = FilingKind::Brand;
    subject.brand = &filing;
    subject.around = &around;
    subject.names.add(filing.displayName);
    subject.isSoleProprietor = filing.entityType == QLatin1String("SOLE_PROPRIETOR");
    return subject;
}

Subject subjectOf(const CampaignFiling &filing, const BrandFiling *brand, const Surroundings &around) {
    Subject subject;
    subject.kind = FilingKind::Campaign;
    subject.brand = brand;
    subject.campaign = &filing;
    subject.around = &around;
    addSample(subject, "sample1", filing.sample1);
    addSample(subject, "sample2", filing.sample2);
    addSample(subject, "sample3", filing.sample3);
    addSample(subject, "sample4", filing.sample4);
    addSample(subject, "sample5", filing.sample5);
    subject.description = Passage(QStringLiteral("description"), filing.description);
    subject.flow = Passage(QStringLiteral("messageFlow"), filing.messageFlow);
    subject.helpResponse = Passage(QStringLiteral("helpMessage"), filing.helpMessage);
    subject.optOutResponse = Passage(QStringLiteral("optoutMessage"), filing.optoutMessage);
    subject.optInResponse = Passage(QStringLiteral("optinMessage"), filing.optinMessage);
    if (brand) {
        subject.names.add(brand->displayName);
        subject.names.add(brand->companyName);
    }
    subject.useCase = useCaseNamed(campaignUseCases(), filing.usecase);
    subject.isSoleProprietor = filing.usecase == QLatin1String("SOLE_PROPRIETOR");
    return subject;
}

Subject subjectOf(const TollFreeFiling &filing, const Surroundings &around) {
    Subject subject;
    subject.kind = FilingKind::TollFree;
    subject.tollFree = &filing;
    subject.around = &around;
    addSample(subject, "productionMessageContent", filing.productionMessageContent);
    subject.description = Passage(QStringLiteral("useCaseSummary"), filing.useCaseSummary);
    subject.flow = Passage(QStringLiteral("optInWorkflow"), filing.optInWorkflow);
    subject.helpResponse = Passage(QStringLiteral("helpMessageResponse"), filing.helpMessageResponse);
    subject.optInResponse =
        Passage(QStringLiteral("optInConfirmationResponse"), filing.optInConfirmationResponse);
    subject.names.add(filing.doingBusinessAs);
    subject.names.add(filing.businessName);
    subject.useCase = useCaseNamed(tollFreeUseCases(), filing.useCase);
    subject.isSoleProprietor = filing.entityType == QLatin1String("SOLE_PROPRIETOR");
    return subject;
}

} // namespace longcode::rules
