#pragma once

#include "support/process.h"

#include <QJsonObject>
#include <QUrl>

namespace longcode::tests {

/// Sandbox and relay as real processes on loopback, and profile folders for consoles on them. Secrets go into
/// the keyring of the session (tests/support/with_keyring). Blocking, for tests only.
class World {
public:
    /// Everything lies in `folder`, which exists. `publicKey` empty: the relay trusts the sandbox.
    bool start(const QString &folder, const QByteArray &publicKey = {});
    [[nodiscard]] QString why() const { return m_why; }

    /// Makes a profile as the connect page does: key checked, relay checked, first sender chosen, saved.
    bool makeProfile(const QString &folder);

    /// The relay once more, at the address it had.
    bool startRelay();
    void killRelay() { m_relay.kill(); }
    [[nodiscard]] QUrl relayUrl(const QString &path) const;

    /// A control endpoint of the sandbox: POST with a body, else GET.
    QJsonObject control(const QString &path, const QJsonObject &body = {});
    /// The texts of all POST /messages that reached the sandbox, also those it was told to drop.
    [[nodiscard]] QStringList textsSent();

private:
    bool fail(const QString &why);

    QString m_folder, m_why, m_relayAddress;
    QByteArray m_publicKey, m_token;
    RunningProgram m_sandbox, m_relay;
};

} // namespace longcode::tests
