#pragma once

#include "desk/search_hits.h"
#include "desk/search_worker.h"

#include <QPromise>
#include <QThread>

namespace longcode::desk {

/// Searches a store. UI thread; two threads of its own read, one for the search, one for finding within a
/// conversation, each begun when it is first needed. The store must outlive it.
class LiveSearch final : public Search {
    Q_OBJECT
public:
    explicit LiveSearch(store::Store &store, QObject *parent = nullptr);
    ~LiveSearch() override;

    [[nodiscard]] QAbstractItemModel &hits() override { return m_hits; }
    void start(const SearchQuery &query) override;
    [[nodiscard]] SearchQuery query() const override { return m_query; }
    [[nodiscard]] bool isRunning() const override { return m_running; }
    /// A later call ends an earlier one, whose future is then cancelled.
    QFuture<Result<QList<MessageRow>, Failure>> findIn(ConversationId id, const QString &text) override;

private:
    /// A worker and its thread.
    class Reading {
    public:
        explicit Reading(store::Store &store);
        ~Reading();
        Reading(const Reading &) = delete;
        Reading &operator=(const Reading &) = delete;
        SearchWorker *worker = nullptr; ///< lives and goes on `thread`
        QThread thread;
    };
    using Places = QPromise<Result<QList<MessageRow>, Failure>>;

    SearchWorker &searcher();
    SearchWorker &finder();
    void setRunning(bool running);
    void searchOn();
    void onFailed(quint64 number, const Failure &why);
    void finishFinding(Result<QList<MessageRow>, Failure> outcome);

    store::Store &m_store;
    SearchHits m_hits;
    SearchQuery m_query;
    store::MessageFilter m_filter; ///< the same as the store takes it
    SearchNumber m_number = 0, m_finding = 0;
    bool m_running = false;
    std::shared_ptr<Places> m_places; ///< what findIn() promised last
    std::unique_ptr<Reading> m_searcher, m_finder;
};

} // namespace longcode::desk
