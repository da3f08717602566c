#include "relay/relay.h"

#include "protocol/protocol.h"
#include "relay/consoles/console_hub.h"
#include "relay/forward/forwarder.h"
#include "relay/operate/metrics_text.h"

#include <QRandomGenerator>

#include <nlohmann/json.hpp>

namespace longcode::relay {

using namespace std::chrono_literals;

namespace {

/// Load balancers and proxies see /readyz say no for at least so long before the listener goes.
constexpr auto shortestDrain = 300ms;
constexpr auto longestDrain = 5s;
constexpr auto betweenPrunings = 5min;

httpd::Limits publicLimits() {
    httpd::Limits out;
    out.bodyBytes = static_cast<std::size_t>(events::maximumBodyBytes);
    out.messageBytes = static_cast<std::size_t>(protocol::maximumConsoleFrameBytes);
    out.socketQueueBytes = static_cast<std::size_t>(2 * protocol::maximumFrameBytes);
    out.connectionsPerAddress = 512;
    out.failures = 30;
    return out;
}

QString hostAndPort(const QString &host, quint16 port) {
    return (host.contains(QLatin1Char(':')) ? QString(QLatin1Char('[') % host % QLatin1Char(']')) : host) %
           QLatin1Char(':') % QString::number(port);
}

/// The receiver's whole address. A proxy may have given it another path.
QString receiverUrl(const QString &base) {
    QUrl url(base);
    if (url.path().isEmpty() || url.path() == QStringLiteral("/"))
        url.setPath(QLatin1String(protocol::webhookPath));
    return url.toString();
}

std::vector<std::string> texts(const QStringList &list) {
    std::vector<std::string> out;
    for (const QString &text : list)
        out.push_back(text.toStdString());
    return out;
}

bool isRead(const httpd::Request &request) {
    return request.method == "GET" || request.method == "HEAD";
}

httpd::Response askWithGet() {
    return {.status = 405, .body = "Ask with GET.\n", .headers = {{"Allow", "GET, HEAD"}}};
}

httpd::Response notHere() {
    return {.status = 404, .body = "There is nothing here.\n"};
}

httpd::Response fresh(int status, std::string body, std::string type = "text/plain; charset=utf-8") {
    return {.status = status,
            .body = std::move(body),
            .contentType = std::move(type),
            .headers = {{"Cache-Control", "no-store"}}};
}

/// For anybody: whether it lives, whether it works; no figures.
httpd::Response briefly(const httpd::Request &request, bool ready) {
    if (!isRead(request))
        return askWithGet();
    if (request.path == "/healthz")
        return fresh(200, "ok\n");
    return ready ? fresh(200, "ready\n") : fresh(503, "not ready\n");
}

httpd::Response goAway() {
    return {.status = 503,
            .body = "The relay is being stopped.\n",
            .headers = {{"Connection", "close"}, {"Retry-After", "5"}}};
}

} // namespace

Relay::Relay(const RelaySettings &settings, std::unique_ptr<EventLog> log, const Journal &journal)
    : m_settings(settings)
    , m_journal(journal)
    , m_log(std::move(log), m_counters)
    , m_hub(std::make_unique<ConsoleHub>(m_log, journal))
    , m_figures(std::make_unique<Figures>(m_log, *m_hub, m_counters))
    , m_receiver(reception(), m_log, m_clock, journal, m_counters)
    , m_silence(settings.silence, m_clock.now()) {
    m_hub->setStateSource(m_figures.get());
    m_hub->setSelfTester(&m_selfTest);
}

Reception Relay::reception() {
    return {.accounts = m_settings.accounts, .tolerance = m_settings.tolerance, .selfTest = &m_selfTest};
}

Result<std::unique_ptr<Relay>, QString> Relay::start(const RelaySettings &settings,
                                                     std::unique_ptr<EventLog> log, const Journal &journal,
                                                     std::optional<int> listenDescriptor) {
    const auto store = StoreAddress::parse(settings.store);
    if (!store)
        return failed(store.error());
    std::unique_ptr<Relay> relay(new Relay(settings, std::move(log), journal));
    auto tokens = TokenWatch::start(settings.tokenFile, journal, relay->m_counters);
    if (!tokens)
        return failed(tokens.error());
    relay->m_tokens = std::move(*tokens);
    relay->m_hub->setTokens(relay->m_tokens->tokens());
    connect(relay->m_tokens.get(), &TokenWatch::changed, relay->m_hub.get(), &ConsoleHub::setTokens);
    relay->startForwards(*store);
    if (const QString wrong = relay->listen(listenDescriptor); !wrong.isEmpty())
        return failed(wrong);
    if (const QString wrong = relay->listenForMetrics(); !wrong.isEmpty())
        return failed(wrong);
    relay->startTimers();
    return relay;
}

void Relay::startForwards(const StoreAddress &store) {
    if (!m_settings.forwards.isEmpty())
        m_forwarder = std::make_unique<Forwarder>(m_settings.forwards, store, m_log, m_journal);
    m_figures->setForwarder(m_forwarder.get());
    m_log.setGrownCallback([hub = m_hub.get(), forwarder = m_forwarder.get()](LogEntries added) {
        if (forwarder)
            forwarder->announce();
        hub->announce(std::move(added));
    });
}

/// The sentence of what went wrong; empty: it listens.
QString Relay::listen(std::optional<int> descriptor) {
    httpd::Options options{.host = m_settings.listen.host.toStdString(),
                           .port = m_settings.listen.port,
                           .listenDescriptor = descriptor,
                           .limits = publicLimits(),
                           .tls = {.certificate = m_settings.tlsCertificate.toStdString(),
                                   .key = m_settings.tlsKey.toStdString()},
                           .trustedProxies = texts(m_settings.trustedProxies),
                           .allowedHosts = texts(m_settings.allowedHosts),
                           .alwaysHeard = {protocol::webhookPath}};
    // Behind a proxy that is not named all clients look like one: their failures must not count together.
    if (m_settings.behindProxy && m_settings.trustedProxies.isEmpty())
        options.limits.connectionsPerAddress = options.limits.failures = 0;
    httpd::Handlers handlers{
        .request = [this](httpd::Request request,
                          const httpd::Responder &respond) { answer(std::move(request), respond); },
        .upgrade = [this](const httpd::Request &request) { return admit(request); },
        .refused = [this](int) { ++m_counters.badRequests; },
        .trouble =
            [this](const std::string &sentence) {
                m_journal.write(Level::Warning, QString::fromStdString(sentence));
            }};
    auto server = httpd::Server::start(std::move(options), std::move(handlers));
    if (!server)
        return QString::fromStdString(server.error());
    m_server = std::move(*server);
    m_figures->setServer(m_server.get());
    const QString scheme =
        m_settings.tlsCertificate.isEmpty() ? QStringLiteral("http://") : QStringLiteral("https://");
    const QString own = scheme % hostAndPort(m_settings.listen.host, m_server->port());
    const QString url = receiverUrl(m_settings.publicUrl.isEmpty() ? own : m_settings.publicUrl);
    m_hub->setPublicUrl(url);
    m_figures->setPublicUrl(url);
    m_selfTest.setUrl(QUrl(url));
    return {};
}

QString Relay::listenForMetrics() {
    if (!m_settings.metricsListen)
        return {};
    httpd::Limits limits;
    limits.connections = 64;
    limits.bodyBytes = 1024;
    auto server = httpd::Server::start(
        m_settings.metricsListen->host.toStdString(), m_settings.metricsListen->port, limits,
        {.request = [this](const httpd::Request &request, const httpd::Responder &respond) {
            answerForOperator(request, respond);
        }});
    if (!server)
        return QString::fromStdString(server.error());
    m_metricsServer = std::move(*server);
    return {};
}

void Relay::startTimers() {
    recallLastWebhook();
    connect(&m_pruning, &QTimer::timeout, this, &Relay::prune);
    if (m_settings.retention.age.count() > 0 || m_settings.retention.bytes > 0)
        m_pruning.start(2s);
    connect(&m_listening, &QTimer::timeout, this, &Relay::listenForSilence);
    if (m_settings.silence.count() > 0)
        m_listening.start(10s);
    connect(&m_draining, &QTimer::timeout, this, &Relay::lookWhetherDrained);
}

Relay::~Relay() {
    m_hub->sayGoodbye();
    if (m_forwarder)
        m_forwarder->stop();
    // What was taken in is written and answered before the connections go.
    m_log.stop();
    for (const auto &server : {m_server.get(), m_metricsServer.get()}) {
        if (server)
            server->stop();
    }
}

QByteArray Relay::readyLine() const {
    const QString address = hostAndPort(m_settings.listen.host, m_server->port());
    const char *scheme = m_settings.tlsCertificate.isEmpty() ? "http://" : "https://";
    nlohmann::json line{{"ready", true},
                        {"address", address.toStdString()},
                        {"url", scheme + address.toStdString()},
                        {"log_id", m_log.id().toStdString()}};
    if (m_metricsServer)
        line["metrics"] =
            "http://" + hostAndPort(m_settings.metricsListen->host, m_metricsServer->port()).toStdString();
    return QByteArray::fromStdString(line.dump());
}

void Relay::answer(httpd::Request request, const httpd::Responder &respond) {
    if (WebhookReceiver::isReceiverPath(request.path)) {
        if (!m_stopping)
            return m_receiver.receive(std::move(request), respond);
        ++m_counters.turnedAway;
        return respond(goAway());
    }
    if (request.path == "/healthz" || request.path == "/readyz")
        return respond(briefly(request, m_figures->isReady()));
    if (request.path == protocol::consolePath)
        return respond({.status = 426,
                        .body = "Consoles connect here with a WebSocket.\n",
                        .headers = {{"Upgrade", "websocket"}}});
    respond(notHere());
}

void Relay::answerForOperator(const httpd::Request &request, const httpd::Responder &respond) const {
    if (!isRead(request))
        return respond(askWithGet());
    if (request.path == "/metrics")
        return respond(fresh(200, m_figures->metrics(), MetricsText::contentType));
    if (request.path == "/healthz")
        return respond(
            fresh(m_figures->isStoreFailing() ? 503 : 200, m_figures->health(), "application/json"));
    if (request.path == "/readyz")
        return respond(briefly(request, m_figures->isReady()));
    respond(notHere());
}

httpd::UpgradeDecision Relay::admit(const httpd::Request &request) {
    if (request.path != protocol::consolePath)
        return {.refusal = notHere()};
    if (m_stopping)
        return {.refusal = goAway()};
    // Only browsers send one, and a web page has no business here, whatever its user's token.
    const bool fromBrowser =
        std::any_of(request.headers.begin(), request.headers.end(), [](const httpd::Header &header) {
            return QLatin1String(header.name.data(), qsizetype(header.name.size()))
                       .compare(QLatin1String("origin"), Qt::CaseInsensitive) == 0;
        });
    const std::optional<TokenGrant> grant = m_tokens->grantFor(request.header("authorization"));
    if (fromBrowser || !grant)
        return refuseConsole(request, fromBrowser);
    return {.accept = [hub = m_hub.get(), who = *grant](std::shared_ptr<httpd::Socket> socket) {
        return hub->adopt(who, std::move(socket));
    }};
}

httpd::UpgradeDecision Relay::refuseConsole(const httpd::Request &request, bool fromBrowser) {
    ++m_counters.refusedConsoles;
    // Counted for the operator to see; a line for each would let a stranger fill the disk.
    m_journal.write(
        Level::Debug,
        QStringLiteral("Refused a console: %1.")
            .arg(fromBrowser ? QStringLiteral("it is a web page") : QStringLiteral("no known token")),
        {{"remote", QString::fromStdString(request.remoteAddress)}});
    if (fromBrowser)
        return {.refusal =
                    httpd::Response{.status = 403, .body = "Web pages may not connect.\n", .failure = true}};
    return {.refusal = httpd::Response{.status = 401,
                                       .body = "A known token is needed.\n",
                                       .headers = {{"WWW-Authenticate", "Bearer"}},
                                       .failure = true}};
}

/// So that a restart does not make the silence look short, nor the relay's page look empty.
void Relay::recallLastWebhook() {
    constexpr int enough = 64; // there are facts in between
    m_log.readSigned({.after = std::max<qint64>(m_log.head() - enough, 0), .count = enough},
                     [&counters = m_counters](const std::optional<QList<SignedEntry>> &page) {
                         qint64 none = 0;
                         if (page && !page->isEmpty())
                             counters.lastWebhookAt.compare_exchange_strong(
                                 none, page->last().receivedAt.toMSecsSinceEpoch());
                     });
}

void Relay::prune() {
    // Not all relays of a company at the same second.
    const auto jitter = std::chrono::seconds(QRandomGenerator::global()->bounded(60));
    m_pruning.start(std::chrono::duration_cast<std::chrono::milliseconds>(betweenPrunings + jitter));
    m_log.prune(m_settings.retention, m_clock.now(),
                [&counters = m_counters, &journal = m_journal](std::optional<qint64> removed) {
                    if (!removed)
                        return journal.write(Level::Warning,
                                             QStringLiteral("Old entries could not be removed from the log; "
                                                            "the next try is in a few minutes."));
                    counters.pruned += static_cast<quint64>(*removed);
                    if (*removed > 0)
                        journal.write(Level::Info, QStringLiteral("Old entries were removed from the log."),
                                      {{"entries", *removed}});
                });
}

void Relay::listenForSilence() {
    const qint64 last = m_counters.lastWebhookAt;
    const auto change =
        m_silence.look(m_clock.now(), last > 0 ? QDateTime::fromMSecsSinceEpoch(last, Qt::UTC) : QDateTime());
    if (change == SilenceAlarm::Change::None)
        return;
    m_counters.silent = m_silence.isRaised();
    if (change == SilenceAlarm::Change::Ended)
        return m_journal.write(Level::Info, QStringLiteral("Webhooks come again."));
    ++m_counters.silences;
    m_journal.write(
        Level::Warning,
        QStringLiteral("No webhook has come for more than %1 minutes. Check the webhook address of the "
                       "messaging profile, the proxy, and Telnyx' status page.")
            .arg(m_settings.silence.count()),
        {{"minutes", qint64(m_settings.silence.count())}});
}

void Relay::drain() {
    if (m_stopping.exchange(true))
        return;
    m_figures->setStopping();
    m_drainSince = m_clock.now();
    m_hub->sayGoodbye();
    m_draining.start(50ms);
}

void Relay::lookWhetherDrained() {
    const std::chrono::milliseconds gone(m_drainSince.msecsTo(m_clock.now()));
    if (gone < shortestDrain || (m_log.underWay() > 0 && gone < longestDrain))
        return;
    m_draining.stop();
    Q_EMIT drained();
}

} // namespace longcode::relay
