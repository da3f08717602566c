#pragma once

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

namespace longcode::desk {

/// Waiting times between tries: doubled each time up to a ceiling, with jitter, so that many consoles do not
/// come back at once.
class Backoff {
public:
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : m_first(first), m_longest(longest), m_next(first) {}

    /// Between half of the current step and all of it; the next step is twice as long.
    [[nodiscard]] std::chrono::milliseconds next() {
        const auto step = m_next;
        m_next = std::min(m_next * 2, m_longest);
        const qint64 half = std::max<qint64>(step.count() / 2, 1);
        return std::chrono::milliseconds(half + QRandomGenerator::global()->bounded(half + 1));
    }
    void reset() { m_next = m_first; }

private:
    std::chrono::milliseconds m_first, m_longest, m_next;
};

} // namespace longcode::desk
