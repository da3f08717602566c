#pragma once

#include "rules/subject.h"

#include <QCoreApplication>

#include <span>

/// One rule and the tables they stand in. A new rule is a function and a row in the table of its family.
namespace longcode::rules {

/// Translates the sentences of rules.
struct Say {
    Q_DECLARE_TR_FUNCTIONS(longcode::rules::Say)
};

class Report;

struct Rule {
    const char *id;
    Severity severity; ///< the gravest it gives
    quint8 appliesTo;  ///< FilingKind values added up
    void (*look)(const Subject &, Report &);
    const char *source; ///< page of the documentation, contract or D-number, in words
};

inline constexpr quint8 toBrand = static_cast<quint8>(FilingKind::Brand);
inline constexpr quint8 toCampaign = static_cast<quint8>(FilingKind::Campaign);
inline constexpr quint8 toTollFree = static_cast<quint8>(FilingKind::TollFree);
inline constexpr quint8 toMessages = toCampaign + toTollFree;
inline constexpr quint8 toIdentities = toBrand + toTollFree;

/// Collects what the rule at work finds.
class Report {
public:
    explicit Report(QList<Finding> &findings) : m_findings(findings) {}

    void begin(const Rule &rule) { m_rule = &rule; }
    void add(const QString &field, const QString &message, std::optional<Fix> fix = {});
    /// With a severity that is milder than the rule's.
    void add(Severity severity, const QString &field, const QString &message, std::optional<Fix> fix = {});

private:
    QList<Finding> &m_findings;
    const Rule *m_rule = nullptr;
};

[[nodiscard]] std::span<const Rule> messageRules();
[[nodiscard]] std::span<const Rule> prohibitedRules();
[[nodiscard]] std::span<const Rule> attributeRules();
[[nodiscard]] std::span<const Rule> flowRules();
[[nodiscard]] std::span<const Rule> responseRules();
[[nodiscard]] std::span<const Rule> identityRules();
[[nodiscard]] std::span<const Rule> registrationRules();
[[nodiscard]] std::span<const Rule> limitRules();
[[nodiscard]] std::span<const Rule> tollFreeRules();

/// Sources that many rules share.
namespace source {
inline constexpr const char *useCaseExamples =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "10DLC: use case examples");
inline constexpr const char *campaignPage =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "10DLC: campaign registration");
inline constexpr const char *brandPage =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "10DLC: brand registration");
inline constexpr const char *rateLimits =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "10DLC: rate limits and scores, compliance checklist");
inline constexpr const char *troubleshooting =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "10DLC: troubleshooting");
inline constexpr const char *soleProprietor =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "10DLC: sole proprietor");
inline constexpr const char *isvPage =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "10DLC: ISV and reseller onboarding");
inline constexpr const char *brandContract = QT_TRANSLATE_NOOP("longcode::rules::Say", "API: create brand");
inline constexpr const char *campaignContract =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "API: submit campaign");
inline constexpr const char *tollFreePage =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "Toll-free verification");
inline constexpr const char *tollFreeReasons =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "Toll-free verification: rejection reasons");
inline constexpr const char *tollFreeContract =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "API: submit verification request");
inline constexpr const char *rejectionLists =
    QT_TRANSLATE_NOOP("longcode::rules::Say", "Rejection codes that carriers' reviewers publish");
} // namespace source

} // namespace longcode::rules
