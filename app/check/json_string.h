#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <string_view>

/// JSON strings as UTF-16, half surrogate pairs included: a text may hold them, and JSON can write them as
/// escapes, but a parser that keeps UTF-8 has to refuse them.
namespace longcode::check {

/// The text of a line that is one JSON string, blanks around it allowed. The error is a sentence for the
/// person who wrote the line.
[[nodiscard]] Result<std::u16string, QString> readJsonString(std::string_view line);

/// Appends `text` as a JSON string in UTF-8; half pairs are written as escapes.
void appendJsonString(QByteArray &out, std::u16string_view text);

} // namespace longcode::check
