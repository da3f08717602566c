#pragma once

#include "relay/log/event_log.h"

#include <deque>

namespace longcode::relay {

/// The end of the log in memory, so that consoles that keep up cost no reading. Bounded; one thread.
class RecentEvents {
public:
    /// What was added to the log, in order. After a gap the memory begins anew.
    void add(const LogEntries &events);
    /// Whether the event after `seq` is here.
    [[nodiscard]] bool follows(qint64 seq) const;
    /// A stretch of what follows; empty when nothing does.
    [[nodiscard]] LogEntries read(const Page &page) const;

private:
    std::deque<protocol::LogEntry> m_events; ///< seq without a gap
    qsizetype m_bytes = 0;
};

} // namespace longcode::relay
