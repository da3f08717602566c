#pragma once

#include "rules/passage.h"

namespace longcode::rules {

/// The first phrase of a category of prohibited.tsv that stands in the text and is not covered by a harmless
/// one; empty when there is none. With `denialsCount`, what a text says it does not send is passed over
/// ("no alcohol, firearms or tobacco").
[[nodiscard]] QString prohibitedIn(const Passage &passage, const char *category, bool denialsCount);

/// Whether samples or description speak of what only adults may be told of: alcohol, tobacco, firearms,
/// gambling, cannabis, or an age limit by itself. The word, or empty.
[[nodiscard]] QString adultMatterIn(const Passage &passage);

} // namespace longcode::rules
