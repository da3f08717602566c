#pragma once

#include <string>
#include <string_view>

namespace longcode::httpd {

struct Response;

/// ASCII only, as HTTP compares names and tokens.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

enum class Persistence { Close, KeepAlive };

/// Status line and header fields, with the empty line. Fields that could split the answer (control characters
/// in name or value) are left out. Statuses without a body (1xx, 204, 304) get no Content-Length.
[[nodiscard]] std::string responseHead(const Response &response, std::string_view reason,
                                       Persistence persistence);

/// Whether a body may follow this status.
[[nodiscard]] bool mayHaveBody(int status);

} // namespace longcode::httpd
