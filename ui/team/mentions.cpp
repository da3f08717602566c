#include "team/mentions.h"

#include <QSet>

#include <algorithm>

namespace longcode::team {

namespace {

/// More letters than this behind an "@" are no name that is being typed.
constexpr int longestPrefix = 40;

bool beginsWord(const QString &text, int at) {
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

bool endsWord(const QString &text, int end) {
    return end >= text.size() || !text.at(end).isLetterOrNumber();
}

} // namespace

QList<MentionRange> mentionRanges(const QString &text, const QStringList &names) {
    QStringList longestFirst = names;
    std::stable_sort(longestFirst.begin(), longestFirst.end(),
                     [](const QString &a, const QString &b) { return a.size() > b.size(); });
    QList<MentionRange> found;
    for (auto at = text.indexOf(u'@'); at >= 0; at = text.indexOf(u'@', at + 1)) {
        if (!beginsWord(text, int(at)))
            continue;
        for (const QString &name : std::as_const(longestFirst)) {
            const auto end = at + 1 + name.size();
            if (name.isEmpty() ||
                QStringView(text).mid(at + 1, name.size()).compare(name, Qt::CaseInsensitive) != 0 ||
                !endsWord(text, int(end)))
                continue;
            found.append({int(at), int(name.size()) + 1, name});
            break;
        }
    }
    return found;
}

QStringList mentionedNames(const QString &text, const QStringList &names) {
    QStringList mentioned;
    for (const MentionRange &range : mentionRanges(text, names)) {
        if (!mentioned.contains(range.name))
            mentioned.append(range.name);
    }
    return mentioned;
}

std::optional<MentionPrefix> mentionPrefix(const QString &text, int caret) {
    for (int at = caret - 1; at >= 0 && caret - at <= longestPrefix; --at) {
        const QChar character = text.at(at);
        if (character == u'\n')
            return std::nullopt;
        if (character == u'@' && beginsWord(text, at))
            return MentionPrefix{at, text.mid(at + 1, caret - at - 1)};
    }
    return std::nullopt;
}

QStringList othersIn(const desk::Team &team) {
    QStringList others;
    for (const desk::TeamMember &member : team.members()) {
        if (member.name != team.name())
            others.append(member.name);
    }
    return others;
}

} // namespace longcode::team
