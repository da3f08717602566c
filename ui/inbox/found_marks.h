#pragma once

#include "desk/search.h"

#include <QColor>

namespace longcode::style {
struct Tokens;
}

namespace longcode::inbox {

/// Where the words of a search stand in a text: each by its beginning, without regard to case and accents,
/// at the beginning of words; digits anywhere in a number. In order, without overlaps.
[[nodiscard]] QList<desk::Mark> foundIn(const QString &text, const QString &searched);

/// Behind what was found; text on it keeps its own colour.
[[nodiscard]] QColor markFill(const style::Tokens &tokens);

} // namespace longcode::inbox
