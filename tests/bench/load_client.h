#pragma once

#include <QByteArray>
#include <QList>

#include <vector>

namespace longcode::bench {

/// What a run of requests took.
struct LoadResult {
    int answered200 = 0;
    int other = 0; ///< other statuses, and requests whose connection broke
    double seconds = 0;
    std::vector<double> milliseconds; ///< from the first byte sent to the answer, one each, sorted
};

/// Sends each request once over `connections` keep-alive connections to loopback, one request at a time on
/// each, and waits for all answers. Plain sockets and poll(): it should cost little beside what it measures.
[[nodiscard]] LoadResult runLoad(quint16 port, int connections, const QList<QByteArray> &requests);

/// The value below which `share` (0 to 1) of the sorted values lie.
[[nodiscard]] double percentile(const std::vector<double> &sorted, double share);

} // namespace longcode::bench
