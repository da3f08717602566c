#include "base/clock.h"

namespace longcode {

QDateTime SystemClock::now() const { return QDateTime::currentDateTimeUtc(); }

} // namespace longcode
