#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace longcode::store {

/// Begin and length, UTF-16 units.
using Mark = std::pair<qsizetype, qsizetype>;

/// One line out of a text, and what was found in it.
struct Snippet {
    QString text; ///< line ends and other control characters are spaces; "…" where it was cut
    QList<Mark> marks;
    friend bool operator==(const Snippet &, const Snippet &) = default;
};

/// A line of the text around the first word found, of about `room` UTF-16 units, cut between words where it
/// can be and never inside a character. `words` are folded, the last is a beginning; none: the text's
/// beginning.
[[nodiscard]] Snippet snippetOf(const QString &text, const QStringList &words, qsizetype room = 140);

/// Where these words are in a text; the last one by its beginning.
[[nodiscard]] QList<Mark> marksIn(const QString &text, const QStringList &words);

} // namespace longcode::store
