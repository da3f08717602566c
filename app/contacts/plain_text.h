#pragma once

#include <QString>
#include <QStringView>

namespace longcode::contacts {

/// Foreign text made fit to be shown. Markup is left as the characters it is.
struct PlainText {
    QString text;
    bool hadHidden = false; ///< direction overrides, zero-width and control characters were taken out
    bool wasCut = false;
};

/// One line: blanks of every kind become single spaces, at most `longest` UTF-16 units, no half characters.
/// Joiners stay where they join something, as in emoji and in Persian; a text of invisible characters is
/// empty.
[[nodiscard]] PlainText plainLine(QStringView text, qsizetype longest);

/// The same for several lines: line breaks stay.
[[nodiscard]] PlainText plainLines(QStringView text, qsizetype longest);

/// A few characters of a foreign text, cleaned, for use within a sentence.
[[nodiscard]] QString excerpt(QStringView text);

} // namespace longcode::contacts
