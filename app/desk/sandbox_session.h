#pragma once

#include "desk/own_relay.h"

#include <QUrl>

#include <memory>

class QNetworkAccessManager;

namespace longcode::desk {

/// Where a running sandbox is. Key and token are random and live in memory only.
struct SandboxAddresses {
    QUrl api;     ///< with /v2
    QUrl control; ///< of the control endpoints
    QByteArray apiKey;
    QByteArray publicKey; ///< base64
    RelayEndpoint relay;
};

/// longcode-sandbox and a longcode-relay that trusts its signing key, on loopback. Both end with this object,
/// and with the console (see ChildProgram). Lives on the main thread.
///
/// The relay's log is kept in `folder` over restarts, so that the conversations of the last time stay; the
/// sandbox's own world begins anew each time. A sandbox that ends by itself is started again where it was.
class SandboxSession : public QObject {
    Q_OBJECT
public:
    /// `programs`: the folder of the executables.
    SandboxSession(QString programs, QString folder, QNetworkAccessManager &network,
                   QObject *parent = nullptr);

    void start();
    void stop();
    [[nodiscard]] const SandboxAddresses &addresses() const { return m_addresses; }
    /// 0: it does not run.
    [[nodiscard]] qint64 sandboxProcess() const { return m_sandbox.processId(); }
    [[nodiscard]] qint64 relayProcess() const { return m_relay ? m_relay->processId() : 0; }

Q_SIGNALS:
    /// Once: sandbox and relay run, and the sandbox delivers its webhooks to the relay.
    void ready(const longcode::desk::SandboxAddresses &addresses);
    /// Before ready: it will not come.
    void failed(const longcode::Failure &why);
    /// After ready: the relay is back, or away.
    void relayReady(const longcode::desk::RelayEndpoint &endpoint);
    void relayEnded(const longcode::Failure &why);
    /// After ready: the sandbox is gone; another start follows by itself. Its world begins anew.
    void sandboxEnded(const longcode::Failure &why);

private:
    void startSandbox();
    void onSandboxEnded(const Failure &why);
    void onSandboxReady(const QJsonObject &line);
    void onRelayReady(const RelayEndpoint &endpoint);
    /// One after the other, then ready(). Names of the profiles that the sandbox has at its start.
    void pointWebhooksAtRelay(const QStringList &profiles);

    QString m_programs, m_folder;
    QNetworkAccessManager &m_network;
    ChildProgram m_sandbox;
    std::unique_ptr<OwnRelay> m_relay;
    SandboxAddresses m_addresses;
    QString m_listen{QStringLiteral("127.0.0.1:0")};
    Backoff m_backoff;
    QTimer m_again;
    bool m_ready = false;
};

} // namespace longcode::desk
