#include "sandbox/timeline.h"

#include "sandbox/virtual_clock.h"

#include <algorithm>

namespace longcode::sandbox {

Timeline::Timeline(VirtualClock &clock, QObject *parent) : QObject(parent), m_clock(clock) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Timeline::runDue);
}

void Timeline::after(std::chrono::milliseconds delay, std::function<void()> action) {
    m_actions.emplace(m_clock.nowMs() + std::max<qint64>(0, delay.count()), std::move(action));
    arm();
}

void Timeline::advance(std::chrono::milliseconds by) {
    const qint64 target = m_clock.nowMs() + by.count();
    while (!m_actions.empty() && m_actions.begin()->first <= target) {
        const auto next = m_actions.begin();
        m_clock.advanceTo(next->first);
        const std::function<void()> action = std::move(next->second);
        m_actions.erase(next);
        action();
    }
    m_clock.advanceTo(target);
    arm();
}

void Timeline::runDue() {
    while (!m_actions.empty() && m_actions.begin()->first <= m_clock.nowMs()) {
        const auto next = m_actions.begin();
        const std::function<void()> action = std::move(next->second);
        m_actions.erase(next);
        action();
    }
    arm();
}

void Timeline::arm() {
    if (m_actions.empty()) {
        m_timer.stop();
        return;
    }
    constexpr qint64 longest = 60'000;
    const qint64 wait = std::clamp<qint64>(m_actions.begin()->first - m_clock.nowMs(), 0, longest);
    m_timer.start(static_cast<int>(wait));
}

} // namespace longcode::sandbox
