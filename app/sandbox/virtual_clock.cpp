#include "sandbox/virtual_clock.h"

namespace longcode::sandbox {

VirtualClock::VirtualClock() : m_start(QDateTime::currentMSecsSinceEpoch()) {
    m_since.start();
}

QDateTime VirtualClock::now() const {
    return QDateTime::fromMSecsSinceEpoch(nowMs(), Qt::UTC);
}

qint64 VirtualClock::nowMs() const {
    return m_start + m_since.elapsed() + m_ahead;
}

void VirtualClock::advanceTo(qint64 ms) {
    const qint64 missing = ms - nowMs();
    if (missing > 0)
        m_ahead += missing;
}

} // namespace longcode::sandbox
