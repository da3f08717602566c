#pragma once

#include "bench/load_client.h"

#include "relay/relay_fixture.h"
#include "support/scratch.h"

#include <QProcess>
#include <QStringList>

#include <optional>

namespace longcode::bench {

enum class PeerStore { Nothing, Durable };

/// Receivers as people build them with Express and the official SDK (peers/receiver.mjs), run by Node.
class Peers {
public:
    /// Installs them with npm into a temporary folder, or takes the folder named by LONGCODE_BENCH_PEERS, in
    /// which that was done before. False: they cannot be had here, and problem() says why.
    bool install();
    [[nodiscard]] const QString &problem() const { return m_problem; }

    struct Measured {
        LoadResult load;
        double pssMib = 0;
    };
    /// Starts one, attaches a WebSocket client and sends it the webhooks. Nothing: it did not start.
    [[nodiscard]] std::optional<Measured> measure(PeerStore store, const tests::RelayFixture &relay,
                                                  const QList<QByteArray> &requests);

private:
    tests::Scratch m_scratch;
    QString m_folder;
    QString m_problem;
    int m_databases = 0;
};

} // namespace longcode::bench
