#pragma once

#include <QtGlobal>

#include <atomic>

namespace longcode::relay {

/// What happened since the start, for /healthz and the journal. Any thread counts, any thread reads.
struct Counters {
    std::atomic<quint64> stored = 0;
    std::atomic<quint64> duplicates = 0;
    std::atomic<quint64> badSignatures = 0; ///< 403: missing, wrong, or too old
    std::atomic<quint64> badBodies = 0;     ///< signed, but not an event: 400
    std::atomic<quint64> storeFailures = 0; ///< 503
    std::atomic<quint64> badRequests = 0;   ///< refused by the HTTP server: malformed, too large, too slow
    std::atomic<quint64> refusedConsoles = 0;
    std::atomic<bool> storeFailing = false; ///< the last append failed
};

} // namespace longcode::relay
