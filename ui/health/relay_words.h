#pragma once

#include "base/clock.h"
#include "desk/account.h"
#include "desk/relay_health.h"

#include <QString>

namespace longcode::health {

/// How much a person should care.
enum class StateTone : quint8 { Quiet, Good, Warn, Bad };

struct RelayState {
    StateTone tone = StateTone::Quiet;
    QString title;  ///< "Connected"
    QString detail; ///< what that means for a person; may be empty
};
/// The relay's condition, and what is known to be wrong behind a connection that stands.
[[nodiscard]] RelayState stateOf(const desk::RelayStatus &status, const desk::RelayHealth &health);

/// "just now", "42 seconds ago", "3 hours ago", "24 Nov 2026"; "never" for an invalid moment.
[[nodiscard]] QString agoWords(const QDateTime &at, const QDateTime &now);
/// "61 MB", decimal; "not known" for 0.
[[nodiscard]] QString sizeWords(qint64 bytes);
/// "48,213", also where the locale groups nothing.
[[nodiscard]] QString figureWords(qint64 number);
/// "events 12 to 40", "event 12", or "some events" when it is not known which.
[[nodiscard]] QString gapWords(const desk::LogGap &gap);

/// What "Look for what was missed" asks for: from the oldest moment that is known, or one day before it was
/// noticed, until the last gap was noticed.
struct MissedTime {
    QDateTime from;
    QDateTime to;
};
[[nodiscard]] MissedTime missedTime(const QList<desk::LogGap> &gaps);

} // namespace longcode::health
