#pragma once

#include <QString>

#include <optional>

/// The command palette: everything the window can do, found by typing.
namespace longcode::palette {

/// How well what was typed fits a command; nothing: not at all. Every typed word must be the beginning of a
/// word, a part, or letters in order of the title, or the beginning of a word of the path. Case and accents
/// do not count. Higher fits better.
[[nodiscard]] std::optional<int> fuzzyScore(const QString &typed, const QString &title, const QString &path);

} // namespace longcode::palette
