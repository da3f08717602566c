#pragma once

#include "relay/relay_fixture.h"

namespace longcode::bench {

/// What this machine can do at best at this hour, each alone: the relay cannot be faster than the slowest.
struct MachineLimits {
    double verificationsPerSecond = 0; ///< Ed25519 over one webhook, libsodium, one core
    double bareHttpPerSecond = 0;      ///< the relay's own HTTP server that answers 200 at once
    double durableRowsPerSecond = 0;   ///< SQLite, WAL, synchronous=FULL, 64 rows a transaction
    double syncMicroseconds = 0;       ///< one write of 4 kB and fsync
    [[nodiscard]] double least() const;
};

[[nodiscard]] MachineLimits measureLimits(tests::RelayFixture &relay, const QList<QByteArray> &requests);

} // namespace longcode::bench
