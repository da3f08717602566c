#pragma once

#include "base/clock.h"
#include "httpd/httpd.h"
#include "relay/figures.h"
#include "relay/measured_log.h"
#include "relay/operate/counters.h"
#include "relay/operate/silence_alarm.h"
#include "relay/self_test.h"
#include "relay/settings.h"
#include "relay/token_watch.h"

#include <memory>

namespace longcode::relay {

class StoreAddress;

/// The running relay: a listener for webhooks and consoles, and one for figures, over one log. Lives in the
/// main thread; goes down in order when destroyed.
class Relay final : public QObject {
    Q_OBJECT
public:
    /// `listenDescriptor`: a socket that listens already, instead of settings.listen. The error is a sentence
    /// for the operator.
    [[nodiscard]] static Result<std::unique_ptr<Relay>, QString>
    start(const RelaySettings &settings, std::unique_ptr<EventLog> log, const Journal &journal,
          std::optional<int> listenDescriptor = {});
    ~Relay() override;

    /// One JSON object: what a program that started the relay needs to know.
    [[nodiscard]] QByteArray readyLine() const;

    /// From now on webhooks are sent away (503: Telnyx tries again, or its failover address), and consoles
    /// are told to go. Emits drained() when nothing is on its way to the log any more, within a few seconds.
    void drain();

Q_SIGNALS:
    void drained();

private:
    Relay(const RelaySettings &settings, std::unique_ptr<EventLog> log, const Journal &journal);
    [[nodiscard]] Reception reception();
    QString listen(std::optional<int> descriptor);
    QString listenForMetrics();
    void startForwards(const StoreAddress &store);
    void startTimers();
    void answer(httpd::Request request, const httpd::Responder &respond);
    void answerForOperator(const httpd::Request &request, const httpd::Responder &respond) const;
    httpd::UpgradeDecision admit(const httpd::Request &request);
    httpd::UpgradeDecision refuseConsole(const httpd::Request &request, bool fromBrowser);
    void recallLastWebhook();
    void prune();
    void listenForSilence();
    void lookWhetherDrained();

    const RelaySettings m_settings;
    const Journal &m_journal;
    SystemClock m_clock;
    Counters m_counters;
    MeasuredLog m_log;
    std::unique_ptr<TokenWatch> m_tokens;
    std::unique_ptr<ConsoleHub> m_hub;
    std::unique_ptr<Forwarder> m_forwarder;
    SelfTest m_selfTest;
    std::unique_ptr<Figures> m_figures;
    WebhookReceiver m_receiver;
    SilenceAlarm m_silence;
    std::unique_ptr<httpd::Server> m_server;
    std::unique_ptr<httpd::Server> m_metricsServer;
    QTimer m_pruning, m_listening, m_draining;
    std::atomic<bool> m_stopping = false;
    QDateTime m_drainSince;
};

} // namespace longcode::relay
