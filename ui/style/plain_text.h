#pragma once

#include <QString>

class QMessageBox;

namespace longcode::style {

/// Foreign text on one line: line breaks and control characters become spaces, and invisible characters that
/// turn the reading direction are taken out.
[[nodiscard]] QString singleLine(const QString &foreign);

/// singleLine() between "first strong isolate" and "pop isolate": for a name that stands inside a sentence of
/// ours, so that it cannot reorder it.
[[nodiscard]] QString isolated(const QString &foreign);

/// singleLine(), but the isolates that isolated() puts around a part stay: for labels that show a sentence.
[[nodiscard]] QString displayLine(const QString &sentence);

/// For a tooltip, which guesses whether it holds markup: always rich, with everything escaped and each line
/// kept. Empty stays empty, which is no tooltip.
[[nodiscard]] QString plainToolTip(const QString &foreign);

/// No words in the box are taken for markup, and nothing in it opens an address. Its own text format does not
/// reach the informative text. To be called once all texts are set.
void showAsPlainText(QMessageBox &box);

/// Whether a character is one of the bidirectional formatting characters (UAX #9, 2.1 to 2.6).
[[nodiscard]] bool isDirectionControl(char16_t character);

} // namespace longcode::style
