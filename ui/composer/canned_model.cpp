#include "composer/canned_model.h"

#include "style/plain_text.h"

#include <algorithm>

namespace longcode::composer {

CannedModel::CannedModel(desk::Team &team, QObject *parent) : QAbstractListModel(parent), m_team(team) {
    connect(&m_team, &desk::Team::cannedRepliesChanged, this, &CannedModel::refill);
    refill();
}

void CannedModel::setFilter(const QString &filter) {
    m_filter = filter;
    refill();
}

void CannedModel::setTerms(const SenderTerms &terms) {
    m_terms = terms;
    figuresChanged();
}

void CannedModel::setFolder(const QString &folder) {
    m_folder = folder;
    refill();
}

void CannedModel::setValues(const desk::CannedValues &values) {
    m_values = values;
    figuresChanged();
}

void CannedModel::figuresChanged() {
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_shown.size()) - 1), {CannedSegmentsRole, CannedTextRole});
}

QStringList CannedModel::folders() const {
    QStringList all;
    for (const desk::CannedReply &reply : m_team.cannedReplies()) {
        if (!reply.folder.isEmpty() && !all.contains(reply.folder))
            all.append(reply.folder);
    }
    return all;
}

desk::CannedExpansion CannedModel::filledIn(const desk::CannedReply &reply) const {
    return m_values ? desk::expand(reply.text, *m_values) : desk::CannedExpansion{reply.text, {}};
}

/// What is still to be filled in is counted as it stands, and said.
QString CannedModel::segmentsOf(const desk::CannedReply &reply) const {
    const desk::CannedExpansion filled = filledIn(reply);
    const QString segments = figuresOf(filled.text, m_terms).segments;
    if (filled.missing.isEmpty())
        return segments;
    return tr("%1 · %n to fill in", "a canned reply's variables without a value", int(filled.missing.size()))
        .arg(segments);
}

void CannedModel::refill() {
    const QStringList words = m_filter.simplified().split(u' ', Qt::SkipEmptyParts);
    QList<desk::CannedReply> shown;
    for (const desk::CannedReply &reply : m_team.cannedReplies()) {
        if (!m_folder.isEmpty() && reply.folder != m_folder)
            continue;
        const QString whole = reply.folder + u'\n' + reply.title + u'\n' + reply.text;
        const bool found = std::all_of(words.cbegin(), words.cend(), [&whole](const QString &word) {
            return whole.contains(word, Qt::CaseInsensitive);
        });
        if (found)
            shown.append(reply);
    }
    if (shown == m_shown)
        return;
    beginResetModel();
    m_shown = shown;
    endResetModel();
}

int CannedModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CannedModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const desk::CannedReply &reply = m_shown.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return style::singleLine(reply.title);
    case Qt::AccessibleTextRole: {
        QStringList parts{style::singleLine(reply.folder), style::singleLine(reply.title), segmentsOf(reply),
                          firstLine(filledIn(reply).text)};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    case CannedReplyRole:
        return QVariant::fromValue(reply);
    case CannedSegmentsRole:
        return segmentsOf(reply);
    case CannedTextRole:
        return filledIn(reply).text;
    default:
        return {};
    }
}

QString firstLine(const QString &text) {
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        if (const QString shown = style::singleLine(line); !shown.isEmpty())
            return shown;
    }
    return {};
}

} // namespace longcode::composer
