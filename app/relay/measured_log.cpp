#include "relay/measured_log.h"

#include "relay/operate/counters.h"

namespace longcode::relay {

MeasuredLog::MeasuredLog(std::unique_ptr<EventLog> log, Counters &counters)
    : m_log(std::move(log)), m_counters(counters) {}

void MeasuredLog::append(IncomingEvent event, std::function<void(Appended)> done) {
    ++m_underWay;
    const auto begun = std::chrono::steady_clock::now();
    const bool webhook = event.kind == protocol::EntryKind::Webhook;
    const qint64 at = event.receivedAt.toMSecsSinceEpoch();
    m_log->append(std::move(event), [this, begun, webhook, at, done = std::move(done)](Appended outcome) {
        if (outcome == Appended::Failed) {
            m_counters.lastStoreFailureAt = QDateTime::currentMSecsSinceEpoch();
        } else {
            m_counters.appendTime.observe(std::chrono::duration_cast<std::chrono::microseconds>(
                std::chrono::steady_clock::now() - begun));
            if (webhook)
                m_counters.lastWebhookAt = at;
            else if (outcome == Appended::Stored)
                ++m_counters.facts;
        }
        done(outcome);
        --m_underWay;
    });
}

} // namespace longcode::relay
