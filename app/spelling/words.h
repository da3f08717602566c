#pragma once

#include <QList>
#include <QString>

namespace longcode::spelling {

/// A word of a text that is worth looking up.
struct Word {
    qsizetype begin = 0; ///< UTF-16 units
    qsizetype length = 0;
    friend bool operator==(const Word &, const Word &) = default;
};

/// The words of a text, in order. Left out: addresses of the web and of mail, @names and #tags, what holds a
/// digit or an underscore, {{variables}}, words in capitals (codes, keywords), single letters, and scripts
/// that do not write words apart.
[[nodiscard]] QList<Word> wordsIn(const QString &text);

/// The words of a name ("Maria O'Neill-Keller" → Maria, O'Neill-Keller, O'Neill, Keller), in lower case.
[[nodiscard]] QStringList wordsOfName(const QString &name);

} // namespace longcode::spelling
