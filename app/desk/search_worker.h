#pragma once

#include "desk/search.h"
#include "store/desk_values.h"
#include "store/store.h"

#include <atomic>
#include <mutex>

namespace longcode::desk {

/// The number of a search: a later one is greater.
using SearchNumber = quint64;

/// Reads for searches. Lives on a thread of its own with a reader of its own; only the functions so marked
/// may be called from another. The store must outlive it.
class SearchWorker final : public QObject {
    Q_OBJECT
public:
    explicit SearchWorker(store::Store &store);
    ~SearchWorker() override;

    /// From any thread: this search alone counts from now on; an older one that is running ends early.
    void makeCurrent(SearchNumber number);
    /// People and the first texts, then found().
    void search(SearchNumber number, const store::MessageFilter &filter);
    /// The texts before this one, then foundMore().
    void searchOn(SearchNumber number, const store::MessageFilter &filter, MessageRow before);
    /// All places in a conversation, then located().
    void locate(SearchNumber number, ConversationId id, const QString &text);

    static constexpr int people = 20, page = 50, places = 10'000;

Q_SIGNALS:
    /// `complete`: there are no more texts. Never of a search that had been replaced when it ended.
    void found(quint64 number, const QList<longcode::desk::SearchHit> &hits, bool complete);
    void foundMore(quint64 number, const QList<longcode::desk::SearchHit> &hits, bool complete);
    void located(quint64 number, const QList<longcode::desk::MessageRow> &places);
    void failed(quint64 number, const longcode::Failure &why);

private:
    [[nodiscard]] bool isCurrent(SearchNumber number) const;
    /// Opens the reader when there is none yet. False: it cannot be, and failed() was said.
    bool prepare(SearchNumber number);
    /// True: the search goes on. Says a failure of the reader.
    bool goesOn(SearchNumber number);
    QList<SearchHit> peopleHits(const store::MessageFilter &filter);
    QList<SearchHit> textHits(const store::MessageFilter &filter, MessageRow before);
    QString nameOf(store::ConversationId id);

    store::Store &m_store;
    std::atomic<SearchNumber> m_current = 0;
    std::mutex m_readerMutex; ///< around m_reader's making and going, and interrupts
    std::unique_ptr<store::Reader> m_reader;
    QHash<store::ConversationId, QString> m_names; ///< of the search that is running
};

} // namespace longcode::desk
