#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <utility>

namespace longcode::relay {

/// Brings calls from any thread to the thread of an object that may go first: after close() they are dropped.
class Mailbox {
public:
    explicit Mailbox(QObject *receiver) : m_receiver(receiver) {}

    void post(std::function<void()> action) {
        const std::lock_guard lock(m_mutex);
        if (m_receiver)
            QMetaObject::invokeMethod(m_receiver, std::move(action), Qt::QueuedConnection);
    }
    /// Before the receiver goes; what is queued for it goes with it.
    void close() {
        const std::lock_guard lock(m_mutex);
        m_receiver = nullptr;
    }

private:
    std::mutex m_mutex;
    QObject *m_receiver;
};

} // namespace longcode::relay
