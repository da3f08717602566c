#pragma once

#include "telnyx/telnyx.h"

#include <nlohmann/json_fwd.hpp>

/// From the API's objects to values. The error names the first member that is missing or has a wrong type.
namespace longcode::telnyx {

/// A message with an id, which every answer about a message must have.
[[nodiscard]] Result<events::MessageFacts, QString> messageFrom(const nlohmann::json &object);
[[nodiscard]] Result<Profile, QString> profileFrom(const nlohmann::json &object);
[[nodiscard]] Result<NumberWithSettings, QString> numberFrom(const nlohmann::json &object);

} // namespace longcode::telnyx
