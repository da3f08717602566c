#pragma once

#include "bench/load_client.h"

#include "relay/relay_fixture.h"

namespace longcode::bench {

inline constexpr int relayConnections = 64;
inline constexpr qsizetype webhookBytes = 1'247; // the size that the other receivers were measured with

/// The body of the webhook of that number: distinct, of webhookBytes bytes.
[[nodiscard]] QByteArray webhook(int number);
/// The number in a body made by webhook(); -1: it is none.
[[nodiscard]] int webhookNumber(const QByteArray &body);

/// Signed now, ready to be sent.
[[nodiscard]] QList<QByteArray> signedRequests(const tests::RelayFixture &relay, int first, int count);

/// Runs the load on another thread, so that consoles in this one can read and acknowledge meanwhile.
[[nodiscard]] LoadResult loadWhileServing(quint16 port, const LoadPlan &plan,
                                          const QList<QByteArray> &requests);

} // namespace longcode::bench
