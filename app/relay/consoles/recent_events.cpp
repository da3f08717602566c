#include "relay/consoles/recent_events.h"

namespace longcode::relay {

namespace {
constexpr std::size_t mostEvents = 4096;
constexpr qsizetype mostBytes = 16 << 20;
} // namespace

void RecentEvents::add(const LogEntries &events) {
    for (const protocol::LogEntry &event : events) {
        if (!m_events.empty() && event.seq != m_events.back().seq + 1) {
            m_events.clear();
            m_bytes = 0;
        }
        m_bytes += event.body.size();
        m_events.push_back(event);
    }
    while (m_events.size() > mostEvents || (m_bytes > mostBytes && m_events.size() > 1)) {
        m_bytes -= m_events.front().body.size();
        m_events.pop_front();
    }
}

bool RecentEvents::follows(qint64 seq) const {
    return !m_events.empty() && seq + 1 >= m_events.front().seq && seq < m_events.back().seq;
}

LogEntries RecentEvents::read(const Page &page) const {
    LogEntries out;
    if (!follows(page.after))
        return out;
    qsizetype bytes = 0;
    for (auto i = static_cast<std::size_t>(page.after + 1 - m_events.front().seq); i < m_events.size(); ++i) {
        bytes += m_events[i].body.size();
        if (out.size() >= page.count || (bytes > page.bytes && !out.isEmpty()))
            break;
        out.append(m_events[i]);
    }
    return out;
}

} // namespace longcode::relay
