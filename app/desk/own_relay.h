#pragma once

#include "desk/backoff.h"
#include "desk/child_program.h"
#include "desk/relay_link.h"

#include <QElapsedTimer>
#include <QTimer>

namespace longcode::desk {

/// How the console starts a relay of its own.
struct OwnRelaySettings {
    QString program;
    QString folder;       ///< its log and token file live there; made when missing
    QString listen;       ///< port 0: a free one, kept for restarts
    QByteArray publicKey; ///< Telnyx's, base64
    QByteArray token;     ///< what the console shows it
    QString publicUrl;    ///< empty: the relay says its own address
};

/// How the console reaches a relay that listens at `address` ("127.0.0.1:8420") on this machine.
[[nodiscard]] QUrl ownRelayUrl(const QString &address);

/// A longcode-relay that belongs to this console: started, watched, and started again when it ends. Lives on
/// the main thread.
class OwnRelay : public QObject {
    Q_OBJECT
public:
    explicit OwnRelay(OwnRelaySettings settings, QObject *parent = nullptr);

    void start();
    void stop();
    [[nodiscard]] qint64 processId() const { return m_program.processId(); }

Q_SIGNALS:
    void ready(const longcode::desk::RelayEndpoint &endpoint);
    /// A port was asked for and this one was given: "127.0.0.1:49152".
    void portChosen(const QString &address);
    /// It is gone; another start follows by itself.
    void ended(const longcode::Failure &why);

private:
    void onReady(const QJsonObject &line);
    [[nodiscard]] QString tokenFile() const;
    [[nodiscard]] bool writeTokenFile() const;
    [[nodiscard]] bool listensEverywhere() const;

    OwnRelaySettings m_settings;
    ChildProgram m_program;
    Backoff m_backoff;
    QTimer m_again;
    QElapsedTimer m_sinceReady;
};

} // namespace longcode::desk
