#include "desk/search_hits.h"

namespace longcode::desk {

int SearchHits::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant SearchHits::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SearchHit &hit = m_hits.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return hit.snippet.isEmpty() ? hit.who : hit.snippet;
    case Qt::AccessibleTextRole:
        return hit.snippet.isEmpty() ? hit.who : hit.who + QStringLiteral(": ") + hit.snippet;
    case SearchHitRole:
        return QVariant::fromValue(hit);
    default:
        return {};
    }
}

bool SearchHits::canFetchMore(const QModelIndex &parent) const {
    return !parent.isValid() && !m_complete && !m_asked;
}

void SearchHits::fetchMore(const QModelIndex &parent) {
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    Q_EMIT moreWanted();
}

void SearchHits::replace(const QList<SearchHit> &hits, bool complete) {
    beginResetModel();
    m_hits = hits;
    m_complete = complete;
    m_asked = false;
    endResetModel();
}

void SearchHits::append(const QList<SearchHit> &hits, bool complete) {
    m_complete = complete;
    m_asked = false;
    if (hits.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(hits.size()) - 1);
    m_hits += hits;
    endInsertRows();
}

MessageRow SearchHits::lastText() const {
    return m_hits.isEmpty() ? MessageRow{} : m_hits.last().message;
}

} // namespace longcode::desk
