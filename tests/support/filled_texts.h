#pragma once

#include <QString>

class QRandomGenerator;

namespace longcode::tests {

/// A text as customers and shops write them: words in the frequencies of a language (the commonest is "you"),
/// order codes that nobody else has, accents, other scripts, emoji; one in twenty is long.
[[nodiscard]] QString filledText(int number, QRandomGenerator &random);

/// A customer's name: several scripts, accents, some very long.
[[nodiscard]] QString filledName(int conversation);

} // namespace longcode::tests
