#pragma once

#include <QDateTime>

namespace longcode {

/// Where the time comes from. Handed in by `main`, so that tests do not sleep. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    /// Now, in UTC, to the millisecond.
    [[nodiscard]] virtual QDateTime now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override;
};

} // namespace longcode
