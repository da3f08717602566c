#pragma once

#include "desk/search.h"

#include <QHash>

#include <memory>

namespace longcode::tests {

/// A list of hits as the test sets it. More of them come through fetchMore when `more` holds any.
class FakeHits final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    void set(const QList<desk::SearchHit> &hits);

    QList<desk::SearchHit> more;
    int pagesFetched = 0;

private:
    QList<desk::SearchHit> m_hits;
};

/// A search that the test answers by hand; or at once, with what `answers` holds for the text.
class FakeSearch final : public desk::Search {
    Q_OBJECT
public:
    using Search::Search;
    [[nodiscard]] QAbstractItemModel &hits() override { return model; }
    void start(const desk::SearchQuery &query) override;
    [[nodiscard]] desk::SearchQuery query() const override { return m_query; }
    [[nodiscard]] bool isRunning() const override { return m_running; }
    QFuture<Result<QList<desk::MessageRow>, Failure>> findIn(desk::ConversationId id,
                                                             const QString &text) override;

    /// Ends the search that runs.
    void answer(const QList<desk::SearchHit> &hits);
    void fail(const Failure &why);

    FakeHits model;
    QList<desk::SearchQuery> queries;
    QHash<QString, QList<desk::SearchHit>> answers;
    QHash<QString, QList<desk::MessageRow>> places; ///< what findIn() finds
    QStringList soughtIn;                           ///< texts that findIn() was asked for

private:
    void setRunning(bool running);

    desk::SearchQuery m_query;
    bool m_running = false;
};

/// A text that was found, with a mark on each place where `word` stands.
[[nodiscard]] desk::SearchHit textHit(desk::ConversationId id, desk::MessageRow row, const QString &who,
                                      const QString &snippet, const QString &word);
/// A person who was found.
[[nodiscard]] desk::SearchHit personHit(desk::ConversationId id, const QString &who, const QString &number,
                                        const QString &word);

} // namespace longcode::tests
