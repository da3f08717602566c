#pragma once

#include "telnyx/request.h"
#include "telnyx/telnyx.h"

class QNetworkRequest;

namespace longcode::telnyx {

/// Why nothing may be sent with these settings: a key that is no header value, or an address to which the key
/// would travel in the clear. Plain HTTP is only for this machine.
[[nodiscard]] std::optional<Error> refusal(const Settings &settings);

/// The request as it goes on the wire: own connection, HTTP/1.1, no redirects, no cookies, no cache, with the
/// key. An own connection, because on one that was kept alive the server's closing may cross the request, and
/// then nobody knows whether it was read.
[[nodiscard]] QNetworkRequest networkRequest(const Settings &settings, const Request &request);

} // namespace longcode::telnyx
