#pragma once

#include "desk/values.h"

#include <QString>

#include <optional>

namespace longcode::composer {

/// `amount` × `times` in decimal arithmetic, with as many decimals as `amount` has: "0.0051" × 2 = "0.0102".
/// Nothing when `amount` is not a plain decimal of at most 15 digits or the product does not fit.
[[nodiscard]] std::optional<QString> multiplied(const QString &amount, int times);

/// "$0.0102", "0.0102 CAD"; empty when the amount is not a plain decimal.
[[nodiscard]] QString moneyInWords(const desk::Price &perSegment, int segments);

} // namespace longcode::composer
