#pragma once

#include "base/failure.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace longcode::spelling {

/// Words a person added: one a line, UTF-8, in a file of the profile folder, for every language. UI thread;
/// small.
class OwnWords {
public:
    /// An empty path keeps nothing.
    explicit OwnWords(const QString &path);

    [[nodiscard]] const QStringList &all() const { return m_words; }
    [[nodiscard]] bool contains(const QString &word) const;
    /// Written down at once. The failure says why it could not be kept; it counts until the end all the same.
    std::optional<Failure> add(const QString &word);

    static constexpr int most = 20'000;

private:
    QString m_path;
    QStringList m_words;
};

} // namespace longcode::spelling
