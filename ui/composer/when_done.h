#pragma once

#include <QFuture>
#include <QFutureWatcher>

#include <utility>

namespace longcode::composer {

/// Calls `react` with the future's result, in the event loop of `context`'s thread; never when `context` has
/// died before or the future ends without a result. QFuture::then() with a context is no substitute: Qt 6.4
/// asserts that the context is still alive, and a window may be closed while an answer is on its way.
template <typename T, typename React>
void whenDone(const QFuture<T> &future, QObject *context, React react) {
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, react = std::move(react)] {
        watcher->deleteLater();
        const QFuture<T> done = watcher->future();
        if (done.resultCount() > 0)
            react(done.result());
    });
    watcher->setFuture(future);
}

} // namespace longcode::composer
