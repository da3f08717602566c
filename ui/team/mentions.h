#pragma once

#include "desk/team.h"

#include <QStringList>

#include <optional>

namespace longcode::team {

/// Where a name stands in a note, with its "@". UTF-16 indices.
struct MentionRange {
    int start = 0;
    int length = 0;
    QString name;
    friend bool operator==(const MentionRange &, const MentionRange &) = default;
};

/// Every "@Name" of a member in the text, in order; of two names that fit, the longer one. An "@" within a
/// word ("ana@example.com") mentions nobody.
[[nodiscard]] QList<MentionRange> mentionRanges(const QString &text, const QStringList &names);
/// The names mentioned, each once, in order of appearance.
[[nodiscard]] QStringList mentionedNames(const QString &text, const QStringList &names);

/// What is being typed behind an "@" before the caret: where the "@" is, and the letters after it.
struct MentionPrefix {
    int start = 0;
    QString letters;
};
[[nodiscard]] std::optional<MentionPrefix> mentionPrefix(const QString &text, int caret);

/// Everybody but oneself.
[[nodiscard]] QStringList othersIn(const desk::Team &team);

} // namespace longcode::team
