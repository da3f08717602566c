#pragma once

#include "relay/log/event_log.h"

namespace longcode::relay {

class LogConnection;

struct PruneStep {
    qint64 removed = 0; ///< 0: there is nothing to remove, or another process removes it
    qint64 first = 0;   ///< the oldest seq that is kept now
};

/// Removes the oldest entries that need not be kept, a few hundred at most, in one short transaction.
/// Nothing: failed. An entry goes when it is beyond one of the limits, and every known reader has
/// acknowledged it or it is older than the time unread ones are kept; everything after one that stays, stays.
[[nodiscard]] std::optional<PruneStep> pruneStep(LogConnection &connection, const Retention &retention,
                                                 const QDateTime &now);

} // namespace longcode::relay
