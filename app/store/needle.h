#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/// What was typed into a search field, in the forms it is compared in, and the words of a text as the search
/// index has them.
namespace longcode::store {

/// A word of a text: letters and digits in a row.
struct Word {
    qsizetype begin = 0, length = 0; ///< UTF-16 units of the text
    QString folded;                  ///< lower case, without accents
    friend bool operator==(const Word &, const Word &) = default;
};

/// The words of a text, cut and folded as the index (unicode61, remove_diacritics 2) does.
[[nodiscard]] QList<Word> wordsOf(const QString &text);

/// How many UTF-16 units of this word, at its beginning, fold to `folded` or more.
[[nodiscard]] qsizetype lengthOfPrefix(QStringView word, const QString &folded);

struct Needle {
    QString name;      ///< all of it, folded: part of a name
    QString digits;    ///< part of a number, as it is on the wire; empty: it is none
    QStringList words; ///< folded; each must be there, the last by its beginning
    QString match;     ///< the same for FTS5; empty: texts are not searched
};

/// One letter or digit alone begins a great part of all words: it is not looked for in texts.
[[nodiscard]] Needle needleOf(const QString &typed);

} // namespace longcode::store
