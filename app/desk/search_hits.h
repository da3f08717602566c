#pragma once

#include "desk/search.h"

namespace longcode::desk {

/// What a search has found so far: people first, then texts, newest first. UI thread. Asks its owner for
/// more when a view comes to the end.
class SearchHits final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    /// `complete`: there are no more.
    void replace(const QList<SearchHit> &hits, bool complete);
    void append(const QList<SearchHit> &hits, bool complete);
    /// The last text found; none: no text yet.
    [[nodiscard]] MessageRow lastText() const;

Q_SIGNALS:
    void moreWanted();

private:
    QList<SearchHit> m_hits;
    bool m_complete = true;
    bool m_asked = false; ///< more is on its way
};

} // namespace longcode::desk
