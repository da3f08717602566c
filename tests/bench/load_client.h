#pragma once

#include <QByteArray>
#include <QList>

#include <chrono>
#include <vector>

namespace longcode::bench {

using SteadyClock = std::chrono::steady_clock;

/// How requests are sent.
struct LoadPlan {
    int connections = 64;
    /// 0: each connection sends its next request as soon as it has the answer. Else requests fall due at this
    /// rate whether answers come or not, and a request that had to wait for a free connection has waited.
    double perSecond = 0;
};

/// What a run of requests took.
struct LoadResult {
    int answered200 = 0;
    int other = 0; ///< other statuses, and requests whose connection broke
    double seconds = 0;
    std::vector<double> milliseconds;         ///< from when it was due (or sent) to the answer, sorted
    std::vector<SteadyClock::time_point> due; ///< of each request, in their order
};

/// Sends each request once over keep-alive connections to loopback, one request at a time on each, and waits
/// for all answers. Plain sockets and poll(): it should cost little beside what it measures.
[[nodiscard]] LoadResult runLoad(quint16 port, const LoadPlan &plan, const QList<QByteArray> &requests);

/// The value below which `share` (0 to 1) of the sorted values lie.
[[nodiscard]] double percentile(const std::vector<double> &sorted, double share);

} // namespace longcode::bench
