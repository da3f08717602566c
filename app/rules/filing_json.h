#pragma once

#include "base/result.h"
#include "rules/filings.h"

#include <nlohmann/json_fwd.hpp>

namespace longcode::rules {

/// Reads a filing from an object in the API's names. Members the filing does not know are passed over; null
/// counts as absent. The error is a sentence that names the first member of a wrong type.
[[nodiscard]] Result<BrandFiling, QString> brandFrom(const nlohmann::json &object);
[[nodiscard]] Result<CampaignFiling, QString> campaignFrom(const nlohmann::json &object);
[[nodiscard]] Result<TollFreeFiling, QString> tollFreeFrom(const nlohmann::json &object);

/// The object to send: absent members are left out, empty texts are not.
[[nodiscard]] nlohmann::json jsonOf(const BrandFiling &filing);
[[nodiscard]] nlohmann::json jsonOf(const CampaignFiling &filing);
[[nodiscard]] nlohmann::json jsonOf(const TollFreeFiling &filing);

} // namespace longcode::rules
