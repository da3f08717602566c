#pragma once

#include "rules/filings.h"
#include "rules/finding.h"

#include <QList>
#include <QStringList>

#include <optional>

/// The pre-flight check: what reviewers will object to, said before a filing costs money. Pure functions of
/// values, quick enough to run at every keystroke; any thread. Nothing is looked up on the network.
namespace longcode::rules {

enum class FilingKind : quint8 { Brand = 1, Campaign = 2, TollFree = 4 };

/// What is known beside the filing itself. Everything may be left as it is.
struct Surroundings {
    QStringList verticals; ///< as the API lists them; empty: the documented ones
    QStringList useCases;  ///< campaign use cases as the API lists them; empty: the documented ones
    /// Live campaigns the brand already has, and numbers planned for this one.
    int campaignsOfBrand = 0;
    int numbers = 0;
    /// Sole proprietor brands already registered with this mobile phone.
    int brandsOfMobile = 0;
    /// Tax numbers of brands registered before.
    QStringList taxNumbersInUse;
};

/// Findings in the order of the rules: errors are not sorted before notes.
[[nodiscard]] QList<Finding> checkBrand(const BrandFiling &filing, const Surroundings &around = {});
/// Without a brand what compares with it is passed over.
[[nodiscard]] QList<Finding> checkCampaign(const CampaignFiling &filing,
                                           const std::optional<BrandFiling> &brand,
                                           const Surroundings &around = {});
[[nodiscard]] QList<Finding> checkTollFree(const TollFreeFiling &filing, const Surroundings &around = {});

[[nodiscard]] bool hasErrors(const QList<Finding> &findings);

/// A rule as a list of rules shows it.
struct RuleFacts {
    QString id;
    Severity severity = Severity::Error; ///< the gravest it gives
    QList<FilingKind> appliesTo;
    QString source;
};
[[nodiscard]] QList<RuleFacts> allRules();

} // namespace longcode::rules
