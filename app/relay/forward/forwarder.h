#pragma once

#include "relay/forward/forward_queue.h"

#include <QThread>

#include <mutex>

namespace longcode::relay {

/// Passes webhooks on to other addresses (settings.h, ForwardTarget), on a thread of its own with a database
/// connection of its own. The forwards do not wait for each other.
class Forwarder {
public:
    /// Begins at once. `log` and `journal` must outlive it.
    Forwarder(const QList<ForwardTarget> &targets, const StoreAddress &store, EventLog &log,
              const Journal &journal, const ForwardLimits &limits = {});
    ~Forwarder();

    /// Any thread: the log has grown.
    void announce();
    /// Any thread; up to a second old.
    [[nodiscard]] QList<ForwardFigures> figures() const;
    /// Writes down what is delivered and ends the thread.
    void stop();

private:
    void refresh();

    QThread m_thread;
    std::unique_ptr<QObject> m_context; ///< lives on the thread, owns the timers
    std::shared_ptr<Mailbox> m_mailbox;
    std::atomic<bool> m_announced = false;
    mutable std::mutex m_mutex;
    QList<ForwardFigures> m_figures;
    // The thread only.
    std::unique_ptr<ForwardLedger> m_ledger;
    std::vector<std::unique_ptr<ForwardQueue>> m_queues;
};

} // namespace longcode::relay
