#pragma once

#include "relay/relay_fixture.h"
#include "support/process.h"

namespace longcode::tests {

/// A relay process that is killed and started again at the same place.
class ServedRelay {
public:
    /// `store`: what --store takes. The first start takes a free port, which later ones keep.
    ServedRelay(const Signer &signer, QString store, QString tokenFile);

    bool start();
    void kill() { m_program.kill(); }
    /// SIGTERM; the exit code, or -1.
    int terminate();
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl consoleUrl() const;
    [[nodiscard]] RunningProgram &program() { return m_program; }

private:
    const Signer &m_signer;
    const QString m_store, m_tokenFile;
    RunningProgram m_program;
    quint16 m_port = 0;
};

/// Writes a token file that lets RelayFixture::token in.
bool writeTokens(const QString &path);

} // namespace longcode::tests
