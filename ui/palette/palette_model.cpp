#include "palette/palette_model.h"

#include "palette/fuzzy.h"
#include "style/plain_text.h"

#include <QAction>

#include <algorithm>

namespace longcode::palette {

void PaletteModel::setCommands(const QList<Command> &commands, const QStringList &recent) {
    m_commands = commands;
    m_recent = recent;
    fill();
}

void PaletteModel::setTyped(const QString &typed) {
    m_typed = typed.trimmed();
    m_people.clear();
    fill();
}

void PaletteModel::setPeople(const QList<desk::SearchHit> &people) {
    m_people = people;
    fill();
}

void PaletteModel::fill() {
    struct Ranked {
        int score;
        qsizetype lately; ///< place among those used lately; larger: longer ago or never
        Entry entry;
    };
    std::vector<Ranked> ranked;
    for (const Command &command : std::as_const(m_commands)) {
        if (!command.action || !command.action->isEnabled())
            continue;
        const std::optional<int> score = fuzzyScore(m_typed, command.title, command.path);
        if (!score)
            continue;
        const qsizetype at = m_recent.indexOf(command.action->objectName());
        ranked.push_back({*score,
                          at < 0 ? m_recent.size() : at,
                          {command.action, {}, command.title, command.path, command.keys}});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked &a, const Ranked &b) {
        return a.score != b.score ? a.score > b.score : a.lately < b.lately;
    });
    beginResetModel();
    m_entries.clear();
    for (Ranked &one : ranked)
        m_entries.append(std::move(one.entry));
    // A name that was typed is meant before commands that only hold its letters.
    qsizetype at = 0;
    while (at < qsizetype(ranked.size()) && ranked[size_t(at)].score >= 5)
        ++at;
    for (const desk::SearchHit &hit : std::as_const(m_people))
        m_entries.insert(at++, {nullptr,
                                hit.conversation,
                                style::singleLine(hit.who),
                                tr("Conversation · %1").arg(style::singleLine(hit.snippet)),
                                {}});
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid())
        return {};
    const Entry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return entry.title;
    case DetailRole:
        return entry.detail;
    case KeysRole:
        return entry.keys;
    case ConversationRole:
        return entry.conversation.value;
    case Qt::AccessibleTextRole: {
        QStringList parts{entry.title, entry.detail, entry.keys};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

} // namespace longcode::palette
