#include "rules/preflight.h"

#include "rules/rule.h"

#include <algorithm>
#include <array>

namespace longcode::rules {

namespace {

std::array<std::span<const Rule>, 9> families() {
    return {messageRules(),  prohibitedRules(),   attributeRules(), flowRules(),    responseRules(),
            identityRules(), registrationRules(), limitRules(),     tollFreeRules()};
}

QList<Finding> findingsOf(const Subject &subject) {
    QList<Finding> findings;
    Report report(findings);
    for (const std::span<const Rule> family : families())
        for (const Rule &rule : family) {
            if ((rule.appliesTo & static_cast<quint8>(subject.kind)) == 0)
                continue;
            report.begin(rule);
            rule.look(subject, report);
        }
    return findings;
}

} // namespace

QString nameOf(Severity severity) {
    if (severity == Severity::Error)
        return QStringLiteral("error");
    return severity == Severity::Warning ? QStringLiteral("warning") : QStringLiteral("note");
}

void Report::add(const QString &field, const QString &message, std::optional<Fix> fix) {
    add(m_rule->severity, field, message, std::move(fix));
}

void Report::add(Severity severity, const QString &field, const QString &message, std::optional<Fix> fix) {
    m_findings.append(
        {QString::fromLatin1(m_rule->id), severity, field, message, Say::tr(m_rule->source), std::move(fix)});
}

QList<Finding> checkBrand(const BrandFiling &filing, const Surroundings &around) {
    return findingsOf(subjectOf(filing, around));
}

QList<Finding> checkCampaign(const CampaignFiling &filing, const std::optional<BrandFiling> &brand,
                             const Surroundings &around) {
    return findingsOf(subjectOf(filing, brand ? &*brand : nullptr, around));
}

QList<Finding> checkTollFree(const TollFreeFiling &filing, const Surroundings &around) {
    return findingsOf(subjectOf(filing, around));
}

bool hasErrors(const QList<Finding> &findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding &finding) { return finding.severity == Severity::Error; });
}

QList<RuleFacts> allRules() {
    QList<RuleFacts> all;
    for (const std::span<const Rule> family : families())
        for (const Rule &rule : family) {
            RuleFacts facts{QString::fromLatin1(rule.id), rule.severity, {}, Say::tr(rule.source)};
            for (const FilingKind kind : {FilingKind::Brand, FilingKind::Campaign, FilingKind::TollFree})
                if (rule.appliesTo & static_cast<quint8>(kind))
                    facts.appliesTo.append(kind);
            all.append(facts);
        }
    return all;
}

} // namespace longcode::rules
