#pragma once

#include "base/clock.h"

#include <QElapsedTimer>

#include <chrono>

namespace longcode::sandbox {

/// The sandbox's own time: the real time plus whatever a control request added. Never runs backwards.
/// Main thread only.
class VirtualClock final : public Clock {
public:
    VirtualClock();
    [[nodiscard]] QDateTime now() const override;
    /// Milliseconds since 1970, UTC.
    [[nodiscard]] qint64 nowMs() const;
    /// Moves the time to `ms`; a time already past is ignored.
    void advanceTo(qint64 ms);
    [[nodiscard]] std::chrono::milliseconds ahead() const { return std::chrono::milliseconds(m_ahead); }

private:
    QElapsedTimer m_since;
    qint64 m_start;
    qint64 m_ahead = 0;
};

} // namespace longcode::sandbox
