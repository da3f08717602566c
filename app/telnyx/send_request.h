#pragma once

#include "telnyx/telnyx.h"

namespace longcode::telnyx {

/// The body of POST /messages: only members that are set, never null (contract, CreateMessageRequest).
[[nodiscard]] QByteArray sendBody(const SendRequest &request);

} // namespace longcode::telnyx
