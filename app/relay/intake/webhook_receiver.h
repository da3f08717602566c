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
class SelfTestKeys;
struct Counters;

/// Whose webhooks are taken in: each account signs with keys of its own, of which several count while one
/// takes over from another.
struct ReceiverAccount {
    QString name; ///< its path is webhookPath/name; empty: webhookPath itself
    QList<events::PublicKey> keys;
};

struct Reception {
    QList<ReceiverAccount> accounts;
    std::chrono::seconds tolerance{300}; ///< how far the signed time may be from ours (contract 7.2)
    SelfTestKeys *selfTest = nullptr;    ///< must outlive the receiver
};

/// Takes webhooks in: checks the signature over the raw bytes, appends, and answers 200 only when the event
/// is on the disk (or was before). Everything that is not a signed event is refused, and leaves no trace in
/// the log. What is refused for its signature costs the same work and gets the same answer, whatever was
/// wrong with it and whether there is such an account. Called on the HTTP server's thread.
class WebhookReceiver {
public:
    /// The others must outlive the receiver.
    WebhookReceiver(Reception reception, EventLog &log, const Clock &clock, const Journal &journal,
                    Counters &counters);
    /// One account without a name.
    WebhookReceiver(QList<events::PublicKey> keys, EventLog &log, const Clock &clock, const Journal &journal,
                    Counters &counters);

    /// Whether a request for this path is for receive(): webhookPath, or one name below it.
    [[nodiscard]] static bool isReceiverPath(std::string_view path);

    /// 200 durable; 400 signed but no event; 403 not signed, or no such account; 405 not a POST; 503 the log
    /// cannot be written.
    void receive(httpd::Request request, const httpd::Responder &respond);

private:
    enum class Verdict : quint8 { Good, SelfTest, Unsigned, Forged, OutOfTime };
    struct Signed;

    [[nodiscard]] const ReceiverAccount *accountOf(std::string_view path) const;
    [[nodiscard]] Verdict judge(const ReceiverAccount *account, const Signed &request) const;
    [[nodiscard]] bool isSelfTest(const Signed &request) const;
    void refuse(Verdict verdict, bool known, const Signed &request, const httpd::Responder &respond);
    void store(const ReceiverAccount &account, QString intent, Signed request,
               const httpd::Responder &respond);
    void finishSelfTest(const Signed &request, const httpd::Responder &respond);
    void warnOfBadSignature(const QDateTime &now);
    void warnOfClock(const Signed &request);

    const Reception m_reception;
    const qsizetype m_verifications; ///< so many for every refused request
    EventLog &m_log;
    const Clock &m_clock;
    const Journal &m_journal;
    Counters &m_counters;
    QDateTime m_lastWarning, m_lastClockWarning;
};

} // namespace longcode::relay
