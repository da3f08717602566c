#pragma once

#include "base/clock.h"
#include "base/program.h"
#include "base/result.h"
#include "httpd/httpd.h"
#include "relay/consoles/access_tokens.h"
#include "relay/operate/counters.h"
#include "relay/operate/journal.h"
#include "relay/intake/webhook_receiver.h"

#include <memory>

namespace longcode::relay {

class ConsoleHub;
class EventLog;

struct RelaySettings {
    ListenAddress listen;
    QList<events::PublicKey> publicKeys;
    AccessTokens tokens;
    QString publicUrl; ///< empty: the address it listens on
    Level logLevel = Level::Info;
};

/// The running relay: one listener for webhooks, consoles and /healthz, over one log. Lives in the main
/// thread; goes down in order when destroyed.
class Relay {
public:
    /// The error is a sentence for the operator.
    [[nodiscard]] static Result<std::unique_ptr<Relay>, QString>
    start(const RelaySettings &settings, std::unique_ptr<EventLog> log, const Journal &journal);
    ~Relay();

    /// One JSON object: what a program that started the relay needs to know.
    [[nodiscard]] QByteArray readyLine() const;

private:
    Relay(const RelaySettings &settings, std::unique_ptr<EventLog> log, const Journal &journal);
    void answer(httpd::Request request, const httpd::Responder &respond);
    httpd::UpgradeDecision admit(const httpd::Request &request);
    [[nodiscard]] httpd::Response health(const httpd::Request &request) const;

    const RelaySettings m_settings;
    const Journal &m_journal;
    SystemClock m_clock;
    Counters m_counters;
    std::unique_ptr<EventLog> m_log;
    std::unique_ptr<ConsoleHub> m_hub;
    WebhookReceiver m_receiver;
    std::unique_ptr<httpd::Server> m_server;
};

} // namespace longcode::relay
