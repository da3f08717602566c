#pragma once

#include "base/result.h"

#include <QByteArrayView>

#include <nlohmann/json_fwd.hpp>

namespace longcode::events {

/// How much JSON from outside is read. `values` counts everything between brackets and commas, so that a
/// small body cannot become a big tree.
struct JsonLimits {
    qsizetype bytes = 1 << 20;
    int depth = 32;
    qsizetype values = 100'000;
};

enum class JsonProblem : quint8 { TooLarge, TooDeep, NotJson };

/// Looks at the size, the nesting and the number of values of `text` without building anything.
[[nodiscard]] Result<void, JsonProblem> checkLimits(QByteArrayView text, const JsonLimits &limits);

/// Checks the limits, then parses. Text that is not valid UTF-8 is NotJson.
[[nodiscard]] Result<nlohmann::json, JsonProblem> parseBounded(QByteArrayView text, const JsonLimits &limits);

} // namespace longcode::events
