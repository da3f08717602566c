#pragma once

#include "base/clock.h"
#include "support/fake_inbox.h"

#include <QRegularExpression>
#include <QTest>

namespace longcode::tests {

/// Stands still at the moment of SampleDesk.
class SampleClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return sampleNow(); }
};

/// Every warning fails the test, save what the offscreen platform says it cannot do.
inline void failOnOtherWarnings() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

} // namespace longcode::tests
