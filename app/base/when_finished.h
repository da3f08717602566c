#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <memory>
#include <utility>

namespace longcode {

/// Calls `act` with the result, on the context's thread (the caller's), from its event loop. Never when the
/// context has gone by then, nor when the future was cancelled.
///
/// Stands in for QFuture::then(context, …), which in Qt 6.4 needs a context that outlives the future: it
/// asserts otherwise, and looks at the context from the thread that finishes the future.
template <typename T, typename Act>
void whenFinished(const QFuture<T> &future, QObject *context, Act act) {
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, act = std::move(act)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             act(watcher->result());
                     });
    watcher->setFuture(future);
}

/// The future of `map(result)`, made in the same way. Cancelled when the context goes first.
template <typename R, typename T, typename Map>
[[nodiscard]] QFuture<R> mapped(const QFuture<T> &future, QObject *context, Map map) {
    auto promise = std::make_shared<QPromise<R>>();
    promise->start();
    whenFinished(future, context, [promise, map = std::move(map)](const T &result) mutable {
        promise->addResult(map(result));
        promise->finish();
    });
    return promise->future();
}

} // namespace longcode
