#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

class QDateTime;

namespace longcode::sandbox {

using Json = nlohmann::json;

/// Parses a request's body. Refuses what is not JSON, and what is nested deeper than 64 levels. The error
/// is a sentence.
[[nodiscard]] Result<Json, std::string> parseJson(std::string_view text);
/// Compact; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string toText(const Json &json);

/// Members by name; an absent member, null or another type gives the default.
[[nodiscard]] std::string textAt(const Json &object, const char *name, std::string otherwise = {});
[[nodiscard]] bool boolAt(const Json &object, const char *name, bool otherwise = false);
[[nodiscard]] long long integerAt(const Json &object, const char *name, long long otherwise = 0);
[[nodiscard]] bool hasValue(const Json &object, const char *name);
/// The texts of an array; other elements are left out.
[[nodiscard]] std::vector<std::string> textsAt(const Json &object, const char *name);

/// The text, or null for an empty one.
[[nodiscard]] Json orNull(const std::string &text);

/// ISO 8601 with milliseconds and `+00:00`, as message payloads have it.
[[nodiscard]] std::string timeText(const QDateTime &time);

} // namespace longcode::sandbox
