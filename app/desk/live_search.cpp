#include "desk/live_search.h"

namespace longcode::desk {

bool SearchQuery::isEmpty() const {
    return text.trimmed().isEmpty() && !own && !from.isValid() && !to.isValid() && !state && !hasMedia &&
           errorCode.isEmpty();
}

namespace {

store::MessageFilter filterOf(const SearchQuery &query) {
    store::MessageFilter filter;
    filter.text = query.text;
    if (query.own)
        filter.own = query.own->wire();
    if (query.from.isValid())
        filter.fromMs = query.from.startOfDay().toMSecsSinceEpoch();
    if (query.to.isValid())
        filter.toMs = query.to.addDays(1).startOfDay().toMSecsSinceEpoch();
    if (query.state)
        filter.state = static_cast<store::MessageState>(*query.state);
    filter.hasMedia = query.hasMedia;
    filter.errorCode = query.errorCode;
    return filter;
}

} // namespace

LiveSearch::Reading::Reading(store::Store &store) : worker(new SearchWorker(store)) {
    worker->moveToThread(&thread);
    // The reader's connection belongs to the thread, so the worker must go there too.
    connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
    thread.setObjectName(QStringLiteral("search"));
    thread.start();
}

LiveSearch::Reading::~Reading() {
    worker->makeCurrent(0);
    thread.quit();
    thread.wait();
}

LiveSearch::LiveSearch(store::Store &store, QObject *parent) : Search(parent), m_store(store), m_hits(this) {
    qRegisterMetaType<QList<SearchHit>>();
    qRegisterMetaType<QList<MessageRow>>();
    qRegisterMetaType<Failure>();
    connect(&m_hits, &SearchHits::moreWanted, this, &LiveSearch::searchOn);
}

LiveSearch::~LiveSearch() = default;

SearchWorker &LiveSearch::searcher() {
    if (m_searcher)
        return *m_searcher->worker;
    m_searcher = std::make_unique<Reading>(m_store);
    SearchWorker *worker = m_searcher->worker;
    connect(worker, &SearchWorker::found, this,
            [this](quint64 number, const QList<SearchHit> &hits, bool complete) {
                if (number != m_number)
                    return;
                m_hits.replace(hits, complete);
                setRunning(false);
            });
    connect(worker, &SearchWorker::foundMore, this,
            [this](quint64 number, const QList<SearchHit> &hits, bool complete) {
                if (number == m_number)
                    m_hits.append(hits, complete);
            });
    connect(worker, &SearchWorker::failed, this, &LiveSearch::onFailed);
    return *worker;
}

SearchWorker &LiveSearch::finder() {
    if (m_finder)
        return *m_finder->worker;
    m_finder = std::make_unique<Reading>(m_store);
    SearchWorker *worker = m_finder->worker;
    connect(worker, &SearchWorker::located, this, [this](quint64 number, const QList<MessageRow> &places) {
        if (number == m_finding)
            finishFinding(places);
    });
    connect(worker, &SearchWorker::failed, this, [this](quint64 number, const Failure &why) {
        if (number == m_finding)
            finishFinding(longcode::failed(why));
    });
    return *worker;
}

void LiveSearch::start(const SearchQuery &query) {
    m_query = query;
    m_filter = filterOf(query);
    ++m_number;
    if (query.isEmpty()) {
        if (m_searcher)
            m_searcher->worker->makeCurrent(m_number);
        m_hits.replace({}, true);
        setRunning(false);
        return;
    }
    SearchWorker *worker = &searcher();
    worker->makeCurrent(m_number);
    setRunning(true);
    QMetaObject::invokeMethod(
        worker, [worker, number = m_number, filter = m_filter] { worker->search(number, filter); });
}

void LiveSearch::searchOn() {
    // While a new search runs, the hits shown are of the one before: they are as far as they go.
    if (m_running)
        return;
    SearchWorker *worker = &searcher();
    QMetaObject::invokeMethod(worker,
                              [worker, number = m_number, filter = m_filter, before = m_hits.lastText()] {
                                  worker->searchOn(number, filter, before);
                              });
}

void LiveSearch::onFailed(quint64 number, const Failure &why) {
    if (number != m_number)
        return;
    m_hits.append({}, true);
    setRunning(false);
    Q_EMIT failed(why);
}

void LiveSearch::setRunning(bool running) {
    if (m_running == running)
        return;
    m_running = running;
    Q_EMIT runningChanged();
}

QFuture<Result<QList<MessageRow>, Failure>> LiveSearch::findIn(ConversationId id, const QString &text) {
    // A promise that goes unfulfilled cancels its future.
    m_places = std::make_shared<Places>();
    m_places->start();
    const auto future = m_places->future();
    SearchWorker *worker = &finder();
    worker->makeCurrent(++m_finding);
    QMetaObject::invokeMethod(worker,
                              [worker, number = m_finding, id, text] { worker->locate(number, id, text); });
    return future;
}

void LiveSearch::finishFinding(Result<QList<MessageRow>, Failure> outcome) {
    const auto places = std::exchange(m_places, nullptr);
    if (!places)
        return;
    places->addResult(std::move(outcome));
    places->finish();
}

} // namespace longcode::desk
