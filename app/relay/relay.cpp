#include "relay/relay.h"

#include "protocol/protocol.h"
#include "relay/consoles/console_hub.h"
#include "relay/log/event_log.h"

#include <QUrl>

#include <nlohmann/json.hpp>

namespace longcode::relay {

namespace {

httpd::Limits limits() {
    httpd::Limits out;
    out.bodyBytes = static_cast<std::size_t>(events::maximumBodyBytes);
    out.connections = 512;        // each may hold a whole body before its signature can be checked
    out.messageBytes = 64 * 1024; // a console only says hello and ack
    out.socketQueueBytes = static_cast<std::size_t>(2 * protocol::maximumFrameBytes);
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

} // namespace

Relay::Relay(const RelaySettings &settings, std::unique_ptr<EventLog> log, const Journal &journal)
    : m_settings(settings)
    , m_journal(journal)
    , m_log(std::move(log))
    , m_hub(std::make_unique<ConsoleHub>(*m_log, journal))
    , m_receiver(settings.publicKeys, *m_log, m_clock, journal, m_counters) {
    m_log->setGrownCallback([hub = m_hub.get()](LogEntries added) { hub->announce(std::move(added)); });
}

Result<std::unique_ptr<Relay>, QString> Relay::start(const RelaySettings &settings,
                                                     std::unique_ptr<EventLog> log, const Journal &journal) {
    std::unique_ptr<Relay> relay(new Relay(settings, std::move(log), journal));
    Relay *self = relay.get();
    auto server = httpd::Server::start(
        settings.listen.host.toStdString(), settings.listen.port, limits(),
        {.request = [self](httpd::Request request,
                           const httpd::Responder &respond) { self->answer(std::move(request), respond); },
         .upgrade = [self](const httpd::Request &request) { return self->admit(request); },
         .refused = [self](int) { ++self->m_counters.badRequests; }});
    if (!server)
        return failed(QString::fromStdString(server.error()));
    relay->m_server = std::move(*server);
    const QString own =
        QStringLiteral("http://") % hostAndPort(settings.listen.host, relay->m_server->port());
    relay->m_hub->setPublicUrl(receiverUrl(settings.publicUrl.isEmpty() ? own : settings.publicUrl));
    return relay;
}

Relay::~Relay() {
    m_hub->sayGoodbye();
    // What was taken in is written and answered before the connections go.
    m_log->stop();
    if (m_server)
        m_server->stop();
}

QByteArray Relay::readyLine() const {
    const QString address = hostAndPort(m_settings.listen.host, m_server->port());
    const nlohmann::json line{{"ready", true},
                              {"address", address.toStdString()},
                              {"url", "http://" + address.toStdString()},
                              {"log_id", m_log->id().toStdString()}};
    return QByteArray::fromStdString(line.dump());
}

void Relay::answer(httpd::Request request, const httpd::Responder &respond) {
    if (request.path == protocol::webhookPath)
        return m_receiver.receive(std::move(request), respond);
    if (request.path == "/healthz")
        return respond(health(request));
    if (request.path == protocol::consolePath)
        return respond({.status = 426,
                        .body = "Consoles connect here with a WebSocket.\n",
                        .headers = {{"Upgrade", "websocket"}}});
    respond({.status = 404, .body = "There is nothing here.\n"});
}

httpd::UpgradeDecision Relay::admit(const httpd::Request &request) {
    if (request.path != protocol::consolePath)
        return {.refusal = httpd::Response{.status = 404, .body = "There is nothing here.\n"}};
    // Only browsers send one, and a web page has no business here, whatever its user's token.
    const bool fromBrowser =
        std::any_of(request.headers.begin(), request.headers.end(), [](const httpd::Header &header) {
            return QLatin1String(header.name.data(), qsizetype(header.name.size()))
                       .compare(QLatin1String("origin"), Qt::CaseInsensitive) == 0;
        });
    const std::optional<QString> name = m_settings.tokens.nameFor(request.header("authorization"));
    if (fromBrowser || !name) {
        ++m_counters.refusedConsoles;
        // Counted for everybody to see in /healthz; a line for each would let a stranger fill the disk.
        m_journal.write(Level::Debug, QStringLiteral("Refused a console from %1: %2.")
                                          .arg(QString::fromStdString(request.remoteAddress),
                                               fromBrowser ? QStringLiteral("it is a web page")
                                                           : QStringLiteral("no known token")));
        if (fromBrowser)
            return {.refusal = httpd::Response{.status = 403, .body = "Web pages may not connect.\n"}};
        return {.refusal = httpd::Response{.status = 401,
                                           .body = "A known token is needed.\n",
                                           .headers = {{"WWW-Authenticate", "Bearer"}}}};
    }
    return {.accept = [hub = m_hub.get(), token = *name](std::shared_ptr<httpd::Socket> socket) {
        return hub->adopt(token, std::move(socket));
    }};
}

httpd::Response Relay::health(const httpd::Request &request) const {
    if (request.method != "GET" && request.method != "HEAD")
        return {.status = 405, .body = "Ask with GET.\n", .headers = {{"Allow", "GET, HEAD"}}};
    const bool failing = m_counters.storeFailing;
    const nlohmann::json body{{"status", failing ? "store_failing" : "ok"},
                              {"head", m_log->head()},
                              {"consoles", m_hub->consoles()},
                              {"stored", m_counters.stored.load()},
                              {"duplicates", m_counters.duplicates.load()},
                              {"store_failures", m_counters.storeFailures.load()},
                              {"refused",
                               {{"signature", m_counters.badSignatures.load()},
                                {"body", m_counters.badBodies.load()},
                                {"request", m_counters.badRequests.load()},
                                {"console", m_counters.refusedConsoles.load()}}}};
    return {.status = failing ? 503 : 200,
            .body = body.dump() + "\n",
            .contentType = "application/json",
            .headers = {{"Cache-Control", "no-store"}}};
}

} // namespace longcode::relay
