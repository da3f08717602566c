#pragma once

#include "base/clock.h"
#include "support/fake_inbox.h"

namespace longcode::tests {

/// Stands still at the moment of SampleDesk.
class SampleClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return sampleNow(); }
};

} // namespace longcode::tests
