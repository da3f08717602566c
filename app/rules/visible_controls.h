#pragma once

#include <QString>

/// What a text does to the eye without being seen. Pure functions.
namespace longcode::rules {

/// The text as it is shown: direction overrides, embeddings and isolates without their end (which would turn
/// round what follows) and other control characters become "⟨U+202E⟩". Pairs that end within their paragraph,
/// as phones put them around names and numbers, stay, as do line breaks, tabs, joiners and direction marks.
/// A text of nothing but invisible characters shows them all.
[[nodiscard]] QString displayWithVisibleControls(const QString &text);

/// Whether nobody would see anything of it: empty, blanks, zero-width characters, fillers.
[[nodiscard]] bool isInvisible(const QString &text);

/// Direction controls, zero-width characters and the like: what has no place in the host of a link.
[[nodiscard]] bool isHiddenCharacter(char32_t c);

} // namespace longcode::rules
