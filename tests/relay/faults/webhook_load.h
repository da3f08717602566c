#pragma once

#include "relay/relay_fixture.h"

#include <QSet>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace longcode::tests {

/// Telnyx at the relay's door: posts distinct signed webhooks over several connections without a pause, and
/// posts each again, wherever a relay listens, until it was answered 200. Threads of its own.
class WebhookLoad {
public:
    /// Which port the next try goes to; any thread.
    using PickPort = std::function<quint16()>;

    WebhookLoad(const Signer &signer, int connections, PickPort pickPort);
    /// Waits for what is under way to be answered.
    ~WebhookLoad();

    /// No new webhooks; returns when every one that was begun has its 200. False: not within the time.
    bool finish(int timeoutMs);

    /// Ids of the webhooks that were answered 200.
    [[nodiscard]] QSet<QByteArray> answered() const;
    /// Tries that got no 200.
    [[nodiscard]] int refusedTries() const { return m_refused; }

private:
    void run();
    /// The status; 0: the connection broke.
    static int post(int &descriptor, quint16 port, const QByteArray &request);

    const Signer &m_signer;
    const PickPort m_pickPort;
    std::atomic<int> m_next = 0;
    std::atomic<int> m_refused = 0;
    std::atomic<int> m_running;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_abandoned = false;
    mutable std::mutex m_mutex;
    QSet<QByteArray> m_answered;
    std::vector<std::thread> m_threads;
};

} // namespace longcode::tests
