#pragma once

#include "base/failure.h"
#include "base/result.h"
#include "spelling/dictionary_files.h"

#include <QString>
#include <QStringList>

#include <memory>

/// Spelling: which dictionaries this computer has, which words of a text are looked up, and whether they are
/// right. Hunspell behind one interface. No network; reads the dictionaries' files and the person's own
/// words.
namespace longcode::spelling {

/// One language's words. Not thread-safe: whoever opened it may hand it to another thread, but use it from
/// one.
class Dictionary {
public:
    virtual ~Dictionary() = default;
    [[nodiscard]] virtual QString language() const = 0; ///< "en_US"
    /// Whether the word is right. A word longer than `longestWord` is not looked up and counts as right.
    [[nodiscard]] virtual bool knows(const QString &word) = 0;
    /// The best first, at most `mostSuggestions`. May take hunspell's own limit of a quarter of a second: for
    /// a menu, not for typing.
    [[nodiscard]] virtual QStringList suggestions(const QString &word) = 0;
    /// Right from now on, as long as this object lives.
    virtual void accept(const QString &word) = 0;

    static constexpr int longestWord = 64;
    static constexpr int mostSuggestions = 6;
};

/// Reads the files, which takes about a tenth of a second: on a thread of its own. Any thread. The error says
/// what is wrong with them.
[[nodiscard]] Result<std::shared_ptr<Dictionary>, Failure> openDictionary(const DictionaryFile &file);

} // namespace longcode::spelling
