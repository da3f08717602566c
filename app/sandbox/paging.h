#pragma once

#include "sandbox/router.h"

#include <initializer_list>

namespace longcode::sandbox {

/// Answers a list in style P1: `page[number]` from 1, `page[size]` 1 to 250, `data` and `meta`.
[[nodiscard]] Answer pageOf(const Call &call, const std::vector<Json> &all);

/// A query parameter that takes only these values; nothing is wrong when it is absent.
[[nodiscard]] std::optional<Answer> queryProblem(const Call &call, std::string_view name,
                                                 std::initializer_list<std::string_view> allowed);
/// One error about a query parameter, status 400.
[[nodiscard]] Answer parameterRefusal(std::string_view name, std::string detail);

} // namespace longcode::sandbox
