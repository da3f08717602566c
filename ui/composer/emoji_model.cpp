#include "composer/emoji_model.h"

#include <algorithm>
#include <string_view>

namespace longcode::data {
extern const std::string_view emoji;
}

namespace longcode::composer {

namespace {

QList<Emoji> readEmoji() {
    QList<Emoji> all;
    const QString text = QString::fromUtf8(data::emoji.data(), qsizetype(data::emoji.size()));
    for (const QString &line : text.split(u'\n')) {
        const QStringList columns = line.split(u'\t');
        if (columns.size() == 4 && !line.startsWith(QStringLiteral("# ")))
            all.append({columns[0], columns[1], columns[2], columns[3].trimmed()});
    }
    return all;
}

/// 0: does not fit; else how well: the name itself, a word of the name, any word.
int fit(const Emoji &emoji, const QStringList &words) {
    const QStringList named = emoji.name.toLower().split(u' ');
    const QStringList others = (emoji.words + u' ' + emoji.group).toLower().split(u' ');
    int worst = 3;
    for (const QString &word : words) {
        const auto begins = [&word](const QString &candidate) { return candidate.startsWith(word); };
        int best = 0;
        if (named.contains(word) || others.contains(word))
            best = 3;
        else if (std::any_of(named.cbegin(), named.cend(), begins))
            best = 2;
        else if (std::any_of(others.cbegin(), others.cend(), begins))
            best = 1;
        worst = qMin(worst, best);
    }
    return worst;
}

} // namespace

const QList<Emoji> &allEmoji() {
    static const QList<Emoji> all = readEmoji();
    return all;
}

QStringList emojiGroups() {
    QStringList groups;
    for (const Emoji &emoji : allEmoji()) {
        if (!groups.contains(emoji.group))
            groups.append(emoji.group);
    }
    return groups;
}

void EmojiModel::setRecent(const QStringList &recent) {
    m_recent = recent;
}

void EmojiModel::narrow(const QString &filter, const QString &group) {
    const QStringList words = filter.simplified().toLower().split(u' ', Qt::SkipEmptyParts);
    const QList<Emoji> &all = allEmoji();
    QList<QPair<int, int>> ranked; // how well, place
    for (int i = 0; i < all.size(); ++i) {
        const Emoji &emoji = all.at(i);
        const int rank = group.isEmpty() || emoji.group == group ? fit(emoji, words) : 0;
        if (rank > 0)
            ranked.append({rank, i});
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    beginResetModel();
    m_shown.clear();
    if (words.isEmpty() && group.isEmpty()) {
        for (const QString &recent : m_recent) {
            const auto at = std::find_if(all.cbegin(), all.cend(),
                                         [&](const Emoji &emoji) { return emoji.text == recent; });
            if (at != all.cend())
                m_shown.append(int(at - all.cbegin()));
        }
    }
    for (const auto &[rank, place] : ranked) {
        if (!m_shown.contains(place))
            m_shown.append(place);
    }
    endResetModel();
}

int EmojiModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant EmojiModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const Emoji &emoji = allEmoji().at(m_shown.at(index.row()));
    switch (role) {
    case Qt::DisplayRole:
    case EmojiTextRole:
        return emoji.text;
    case EmojiNameRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return emoji.name;
    default:
        return {};
    }
}

} // namespace longcode::composer
