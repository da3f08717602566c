#pragma once

#include "events/events.h"
#include "httpd/httpd.h"

#include <QList>

namespace longcode {
class Clock;
}

namespace longcode::relay {

class EventLog;
class Journal;
struct Counters;

/// Takes webhooks in: checks the signature over the raw bytes, appends, and answers 200 only when the event
/// is on the disk (or was before). Everything that is not a signed event is refused, and leaves no trace in
/// the log. Called on the HTTP server's thread.
class WebhookReceiver {
public:
    /// An event signed by any of `keys` counts. The others must outlive the receiver.
    WebhookReceiver(QList<events::PublicKey> keys, EventLog &log, const Clock &clock, const Journal &journal,
                    Counters &counters);

    /// 200 durable; 400 signed but no event; 403 not signed; 405 not a POST; 503 the log cannot be written.
    void receive(httpd::Request request, const httpd::Responder &respond);

private:
    [[nodiscard]] bool isSigned(const QByteArray &signature, const QByteArray &timestamp,
                                const QByteArray &body) const;
    void warnOfBadSignature();

    const QList<events::PublicKey> m_keys;
    EventLog &m_log;
    const Clock &m_clock;
    const Journal &m_journal;
    Counters &m_counters;
    QDateTime m_lastWarning;
};

} // namespace longcode::relay
