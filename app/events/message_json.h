#pragma once

#include "base/result.h"
#include "events/events.h"

#include <nlohmann/json_fwd.hpp>

namespace longcode::events {

/// Reads an OutboundMessagePayload or InboundMessagePayload (webhooks and API answers alike). Absent and
/// null members are absent; the error names the first member with a wrong type ("to[0].status").
[[nodiscard]] Result<MessageFacts, QString> messageFromJson(const nlohmann::json &payload);

} // namespace longcode::events
