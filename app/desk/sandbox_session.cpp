#include "desk/sandbox_session.h"

#include "desk/random_token.h"

#include <QDir>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace longcode::desk {

using namespace std::chrono_literals;

namespace {
constexpr int controlTimeoutMs = 10'000;

/// Those that the sandbox has at its start.
QStringList startProfiles() {
    return {QStringLiteral("Sales"), QStringLiteral("Support")};
}
} // namespace

SandboxSession::SandboxSession(QString programs, QString folder, QNetworkAccessManager &network,
                               QObject *parent)
    : QObject(parent)
    , m_programs(std::move(programs))
    , m_folder(std::move(folder))
    , m_network(network)
    , m_sandbox(programPath(m_programs, QStringLiteral("longcode-sandbox")))
    , m_backoff(500ms, 30s) {
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &SandboxSession::startSandbox);
    connect(&m_sandbox, &ChildProgram::ready, this, &SandboxSession::onSandboxReady);
    connect(&m_sandbox, &ChildProgram::ended, this, &SandboxSession::onSandboxEnded);
}

void SandboxSession::start() {
    m_addresses.apiKey = "KEYSANDBOX" + randomToken<4>();
    if (!QDir().mkpath(m_folder)) {
        Q_EMIT failed({tr("The sandbox's folder %1 cannot be made.").arg(m_folder),
                       tr("Check that the disk is not full and that the folder belongs to you.")});
        return;
    }
    startSandbox();
}

void SandboxSession::startSandbox() {
    // With its address and keys a new process stands in for the old one.
    m_sandbox.start({QStringLiteral("--listen"), m_listen, QStringLiteral("--api-key"),
                     QString::fromLatin1(m_addresses.apiKey), QStringLiteral("--signing-key-file"),
                     QDir(m_folder).filePath(QStringLiteral("signing-key"))});
}

void SandboxSession::onSandboxEnded(const Failure &why) {
    if (!m_relay) {
        Q_EMIT failed(why);
        return;
    }
    m_again.start(m_backoff.next());
    Q_EMIT sandboxEnded(why);
}

void SandboxSession::stop() {
    m_again.stop();
    if (m_relay)
        m_relay->stop();
    m_sandbox.stop();
}

void SandboxSession::onSandboxReady(const QJsonObject &line) {
    m_addresses.api = QUrl(line.value(QLatin1String("url")).toString());
    m_addresses.control = QUrl(line.value(QLatin1String("control")).toString());
    m_addresses.publicKey = line.value(QLatin1String("public_key")).toString().toLatin1();
    m_listen = line.value(QLatin1String("address")).toString();
    if (m_relay) {
        if (m_ready)
            pointWebhooksAtRelay(startProfiles());
        return;
    }
    m_relay = std::make_unique<OwnRelay>(
        OwnRelaySettings{.program = programPath(m_programs, QStringLiteral("longcode-relay")),
                         .folder = m_folder,
                         .listen = QStringLiteral("127.0.0.1:0"),
                         .publicKey = m_addresses.publicKey,
                         .token = randomToken<8>(),
                         .publicUrl = {}});
    connect(m_relay.get(), &OwnRelay::ready, this, &SandboxSession::onRelayReady);
    connect(m_relay.get(), &OwnRelay::ended, this, [this](const Failure &why) {
        if (m_ready)
            Q_EMIT relayEnded(why);
        else
            Q_EMIT failed(why);
    });
    m_relay->start();
}

void SandboxSession::onRelayReady(const RelayEndpoint &endpoint) {
    m_addresses.relay = endpoint;
    if (m_ready)
        Q_EMIT relayReady(endpoint);
    else
        pointWebhooksAtRelay(startProfiles());
}

void SandboxSession::pointWebhooksAtRelay(const QStringList &profiles) {
    if (profiles.isEmpty()) {
        m_backoff.reset();
        if (std::exchange(m_ready, true))
            return;
        Q_EMIT ready(m_addresses);
        return;
    }
    QUrl receiver = m_addresses.relay.url;
    receiver.setScheme(QStringLiteral("http"));
    receiver.setPath(QLatin1String(protocol::webhookPath));
    QUrl url = m_addresses.control;
    url.setPath(url.path() % QStringLiteral("/profiles/") % profiles.first());
    QNetworkRequest request{url};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setTransferTimeout(controlTimeoutMs);
    const QJsonObject body{{QStringLiteral("webhook_url"), receiver.toString()}};
    QNetworkReply *reply = m_network.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact));
    connect(reply, &QNetworkReply::finished, this, [this, reply, others = profiles.mid(1)] {
        reply->deleteLater();
        if (reply->error() == QNetworkReply::NoError)
            pointWebhooksAtRelay(others);
        else if (m_ready)
            Q_EMIT sandboxEnded(
                {tr("The sandbox could not be told where to report: %1").arg(reply->errorString()),
                 tr("Close the console and start it again.")});
        else
            Q_EMIT failed({tr("The sandbox could not be told where to report: %1").arg(reply->errorString()),
                           tr("Close the console and start it again.")});
    });
}

} // namespace longcode::desk
