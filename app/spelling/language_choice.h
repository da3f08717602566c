#pragma once

#include "spelling/dictionary_files.h"

#include <optional>

namespace longcode::spelling {

/// What is known about the language of a text, as BCP 47 or in POSIX form ("pt-BR", "de_AT.UTF-8"); each may
/// be empty.
struct LanguageWishes {
    QString contact; ///< the customer's
    QString setting; ///< what the person chose for all others
    QString locale;  ///< the system's
};

/// The first wish that a dictionary exists for decides: the same country first, then the language's usual
/// one ("en" → "en_US"), then any of the language. A contact whose language has no dictionary is not checked
/// in another one. Nothing: no checking.
[[nodiscard]] std::optional<DictionaryFile> chooseDictionary(const QList<DictionaryFile> &available,
                                                             const LanguageWishes &wishes);

/// "English (United States)" for "en_US"; the name as it stands when nobody knows it.
[[nodiscard]] QString languageInWords(const QString &language);

} // namespace longcode::spelling
