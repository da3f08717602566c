#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace longcode::spelling {

/// A pair of hunspell's files.
struct DictionaryFile {
    QString language; ///< as the files are called: "en_US", "de_DE_frami"
    QString affixes;  ///< the .aff file
    QString words;    ///< the .dic file
    friend bool operator==(const DictionaryFile &, const DictionaryFile &) = default;
};

/// Where this system keeps dictionaries: DICPATH, the usual folders, the person's own. In that order.
[[nodiscard]] QStringList dictionaryFolders();

/// Every readable pair in these folders, by language; a language found twice counts once, the first.
/// Hyphenation patterns ("hyph_…") are none.
[[nodiscard]] QList<DictionaryFile> dictionariesIn(const QStringList &folders);

} // namespace longcode::spelling
