#pragma once

#include "relay/operate/histogram.h"

#include <QtGlobal>

#include <atomic>

namespace longcode::relay {

/// What happened since the start, for /metrics, /healthz and the journal. Any thread counts, any thread
/// reads.
struct Counters {
    std::atomic<quint64> stored = 0;
    std::atomic<quint64> duplicates = 0;
    std::atomic<quint64> badSignatures = 0; ///< 403: missing, wrong, or too old
    // Of these:
    std::atomic<quint64> unsignedRequests = 0; ///< no signature, or nothing that could be one
    std::atomic<quint64> forgedRequests = 0;   ///< a signature that fits no key
    std::atomic<quint64> outOfTime = 0;        ///< a good signature over a time too far from ours
    std::atomic<quint64> unknownAccounts = 0;  ///< for an account that there is not
    std::atomic<quint64> selfTests = 0;        ///< the relay's own question to itself arrived
    std::atomic<quint64> badBodies = 0;        ///< signed, but not an event: 400
    std::atomic<quint64> storeFailures = 0;    ///< 503
    std::atomic<quint64> badRequests = 0;      ///< refused by the HTTP server: malformed, too large, too slow
    std::atomic<quint64> refusedConsoles = 0;
    std::atomic<quint64> facts = 0;      ///< team facts stored
    std::atomic<quint64> pruned = 0;     ///< entries that left the log by age or size
    std::atomic<quint64> turnedAway = 0; ///< 503 while the relay was stopping
    std::atomic<quint64> silences = 0;   ///< how often the alarm on silence was raised
    std::atomic<quint64> tokenReloads = 0;
    std::atomic<bool> storeFailing = false;     ///< the last append failed
    std::atomic<bool> silent = false;           ///< the alarm on silence is raised
    std::atomic<qint64> lastWebhookAt = 0;      ///< milliseconds since 1970; 0: none since the start
    std::atomic<qint64> lastStoreFailureAt = 0; ///< likewise
    Histogram appendTime;                       ///< from the append's beginning until it is durable
};

} // namespace longcode::relay
