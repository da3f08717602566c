#pragma once

#include "desk/values.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

class QTimeZone;

namespace longcode::composer {

/// What becomes of a time that a person names on a clock elsewhere.
enum class ClockFate : quint8 {
    Exact,
    Skipped, ///< that night the clock is put forward over it
    Twice    ///< that night the clock is put back, and it comes twice
};

struct LocalMoment {
    QDateTime utc; ///< of Skipped: as much later as the clock is put forward; of Twice: the first
    ClockFate fate = ClockFate::Exact;
};

[[nodiscard]] LocalMoment momentAt(QDate date, QTime time, const QTimeZone &zone);
/// A sentence for anything but Exact; else empty.
[[nodiscard]] QString fateInWords(const LocalMoment &moment, QTime asked, const QTimeZone &zone);

/// A time offered by one click.
struct QuickTime {
    QString words; ///< "Tomorrow, 9:00"
    QDateTime utc;
};
/// In one hour, this evening, tomorrow morning, Monday morning, as far as they lie at least ten minutes
/// ahead and differ.
[[nodiscard]] QList<QuickTime> quickTimes(const QDateTime &now, const QTimeZone &zone);

/// Where the customer may be: the contact's own zone alone, else what the number says, else this computer's.
/// Never empty.
[[nodiscard]] QList<QByteArray> zonesOf(const desk::Conversation &conversation);

/// How people here write the time of day, without seconds: "HH:mm", "h:mm AP".
[[nodiscard]] QString clockFormat();
/// "18:00" or "6:00 PM".
[[nodiscard]] QString clockText(QTime time);
/// "Tue 24 Nov, 18:00" on the clock of the zone; with the year when it is another than `now`'s.
[[nodiscard]] QString momentInWords(const QDateTime &moment, const QTimeZone &zone, const QDateTime &now);
/// "Tue 24 Nov, 18:00 in New York (23:00 your time)"; the bracket only when the clocks differ.
[[nodiscard]] QString bothClocks(const QDateTime &moment, const QByteArray &zone, const QDateTime &now);

} // namespace longcode::composer
