#pragma once

#include <QString>

/// Spreadsheets run a cell that begins like a formula. What Longcode writes begins such cells with an
/// apostrophe, which spreadsheets show as text, and takes it away again when it reads.
namespace longcode::contacts {

/// Whether a spreadsheet may run it: begins with = + - @ (also full-width), a tab or a line break, with
/// blanks or apostrophes before. E.164 numbers ("+12125550188") count as harmless: they hold a plus and
/// digits only.
[[nodiscard]] bool looksLikeFormula(const QString &cell);

/// With an apostrophe before it where that is needed.
[[nodiscard]] QString withFormulaGuard(const QString &cell);
/// The opposite; anything else comes back as it is.
[[nodiscard]] QString withoutFormulaGuard(const QString &cell);

} // namespace longcode::contacts
