#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace longcode::httpd {

/// A request target taken apart and decoded (RFC 3986, RFC 7230 section 5.3).
struct Target {
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
};

/// Takes the origin form, the absolute form and `*`. Nothing for anything else, for a `%` that is not
/// followed by two hexadecimal digits, and for an encoded NUL. In the query `+` is a space, as in a form.
[[nodiscard]] std::optional<Target> parseTarget(std::string_view target);

} // namespace longcode::httpd
