#include "sandbox/sandbox.h"

#include "httpd/httpd.h"
#include "sandbox/api_account.h"
#include "sandbox/api_messages.h"
#include "sandbox/api_numbers.h"
#include "sandbox/api_profiles.h"
#include "sandbox/control.h"
#include "sandbox/faults.h"
#include "sandbox/front_door.h"
#include "sandbox/inbound.h"
#include "sandbox/progress.h"
#include "sandbox/reporter.h"
#include "sandbox/request_log.h"
#include "sandbox/scripts.h"
#include "sandbox/seeded.h"
#include "sandbox/sending.h"
#include "sandbox/timeline.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/webhook_sender.h"
#include "sandbox/world.h"

#include <QHostAddress>

namespace longcode::sandbox {

namespace {

bool isBelow(std::string_view path, std::string_view base) {
    return path.starts_with(base) && (path.size() == base.size() || path[base.size()] == '/');
}

bool isLoopbackHost(const std::string &host) {
    return host == "localhost" || QHostAddress(QString::fromStdString(host)).isLoopback();
}

std::string authority(const std::string &host, quint16 port) {
    const bool ipv6 = host.find(':') != std::string::npos;
    return (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

} // namespace

struct Sandbox::Parts {
    Parts(const Settings &wanted, const SigningKey &signingKey)
        : settings(wanted)
        , key(signingKey)
        , seeded(wanted.seed)
        , timeline(clock)
        , world(clock.now())
        , webhooks(signingKey, timeline, clock)
        , reporter(world, webhooks, clock, seeded)
        , progress(world, timeline, clock, seeded, reporter, wanted.speed)
        , inbound(world, reporter, clock, seeded)
        , scripts(world, inbound, progress, timeline, seeded)
        , sending(world, progress, reporter, clock, seeded)
        , door(api, faults, requests, file, timeline, clock, wanted.apiKey)
        , control(
              {world, inbound, progress, scripts, faults, requests, webhooks, door, timeline, clock, seeded},
              isLoopbackHost(wanted.host)) {
        addMessageRoutes(api, world, sending, progress, clock);
        addProfileRoutes(api, world, clock, seeded);
        addAccountRoutes(api, world, webhooks);
        addNumberRoutes(api, world, timeline, progress, clock, seeded);
        progress.delivered = [this](const Message &message, std::size_t recipient) {
            scripts.heard(message, recipient);
        };
    }

    void handle(const httpd::Request &request, const httpd::Responder &respond) {
        if (isBelow(request.path, "/v2"))
            door.handle(request, respond);
        else if (isBelow(request.path, "/sandbox"))
            respond(responseOf(control.handle(request)));
        else
            respond(responseOf(refusal(
                404, errorOf("10005", "The API is below /v2, control requests are below /sandbox."))));
    }

    Settings settings;
    SigningKey key;
    Seeded seeded;
    VirtualClock clock;
    Timeline timeline;
    World world;
    WebhookSender webhooks;
    Reporter reporter;
    Progress progress;
    Inbound inbound;
    Scripts scripts;
    Sending sending;
    Faults faults;
    RequestLog requests;
    RequestFile file;
    Router api;
    FrontDoor door;
    Control control;
    std::unique_ptr<httpd::Server> server;
};

Sandbox::Sandbox(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Sandbox::~Sandbox() {
    if (m_parts->server)
        m_parts->server->stop();
}

Result<std::unique_ptr<Sandbox>, QString> Sandbox::start(const Settings &settings, const SigningKey &key) {
    std::unique_ptr<Sandbox> sandbox(new Sandbox(std::make_unique<Parts>(settings, key)));
    Parts &parts = *sandbox->m_parts;
    if (!settings.recordFile.isEmpty() && !parts.file.open(settings.recordFile))
        return failed(QStringLiteral("cannot record requests in %1: %2.")
                          .arg(settings.recordFile, parts.file.problem()));
    httpd::Handlers handlers;
    handlers.request = [owner = sandbox.get()](httpd::Request request, httpd::Responder respond) {
        QMetaObject::invokeMethod(
            owner,
            [owner, request = std::move(request), respond] { owner->m_parts->handle(request, respond); },
            Qt::QueuedConnection);
    };
    auto server = httpd::Server::start(settings.host, settings.port, {}, std::move(handlers));
    if (!server)
        return failed(QString::fromStdString(server.error()));
    parts.server = *std::move(server);
    parts.scripts.setMediaBase("http://" + authority(settings.host, sandbox->port()) + "/sandbox/media/");
    return sandbox;
}

quint16 Sandbox::port() const {
    return m_parts->server->port();
}

QByteArray Sandbox::readyLine() const {
    const std::string address = authority(m_parts->settings.host, port());
    return QByteArray::fromStdString(toText({{"ready", true},
                                             {"address", address},
                                             {"url", "http://" + address + "/v2"},
                                             {"control", "http://" + address + "/sandbox"},
                                             {"public_key", m_parts->key.publicKeyBase64().toStdString()}}));
}

} // namespace longcode::sandbox
