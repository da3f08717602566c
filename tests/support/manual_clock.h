#pragma once

#include "base/clock.h"

#include <atomic>

namespace longcode::tests {

/// A clock that stands still until a test moves it. Starts at 2026-03-05T18:30:00Z.
class ManualClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(m_ms, Qt::UTC); }
    void advance(std::chrono::milliseconds by) { m_ms += by.count(); }

private:
    std::atomic<qint64> m_ms = 1772735400000;
};

} // namespace longcode::tests
