#include "composer/later.h"

#include "phone/time_zones.h"
#include "rules/quiet_hours.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace longcode::composer {

namespace {

struct LaterWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::composer::Later)
};

constexpr qint64 day = 24LL * 60 * 60;
constexpr qint64 leastAhead = 10LL * 60;

/// The UTC moment at which the zone's clock shows `wall` (written as if it were UTC) under `offset`.
QDateTime under(const QDateTime &wall, int offset) {
    return wall.addSecs(-offset);
}

} // namespace

QString clockFormat() {
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    format.remove(QStringLiteral(":ss")); // some locales say seconds even in short
    return format;
}

QString clockText(QTime time) {
    return QLocale().toString(time, clockFormat());
}

LocalMoment momentAt(QDate date, QTime time, const QTimeZone &zone) {
    const QDateTime wall(date, time, Qt::UTC);
    // Offsets change at most once within a day: those of the day before and after are all there can be.
    const int before = zone.offsetFromUtc(wall.addSecs(-day));
    const int after = zone.offsetFromUtc(wall.addSecs(day));
    const auto shows = [&](const QDateTime &utc) {
        const QDateTime local = utc.toTimeZone(zone);
        return local.date() == date && local.time() == time;
    };
    const QDateTime first = under(wall, before);
    const QDateTime second = under(wall, after);
    if (before == after)
        return {first, ClockFate::Exact};
    if (shows(first) && shows(second))
        return {qMin(first, second), ClockFate::Twice};
    if (shows(first))
        return {first, ClockFate::Exact};
    if (shows(second))
        return {second, ClockFate::Exact};
    return {first, ClockFate::Skipped};
}

QString fateInWords(const LocalMoment &moment, QTime asked, const QTimeZone &zone) {
    switch (moment.fate) {
    case ClockFate::Exact:
        return {};
    case ClockFate::Skipped:
        return LaterWords::tr("The clock there is put forward that night and never shows %1: %2 is taken.")
            .arg(clockText(asked), clockText(moment.utc.toTimeZone(zone).time()));
    case ClockFate::Twice:
        return LaterWords::tr(
                   "The clock there is put back that night and shows %1 twice: the first is taken.")
            .arg(clockText(asked));
    }
    return {};
}

QList<QuickTime> quickTimes(const QDateTime &now, const QTimeZone &zone) {
    const QDateTime there = now.toTimeZone(zone);
    const QDate today = there.date();
    const QTime evening(18, 0);
    const QTime morning(9, 0);
    QDate monday = today.addDays(8 - today.dayOfWeek());
    const qint64 minutes = (now.toSecsSinceEpoch() + 59) / 60;
    const QList<QuickTime> all{
        {LaterWords::tr("In 1 hour"), QDateTime::fromSecsSinceEpoch(minutes * 60 + 3600, Qt::UTC)},
        {LaterWords::tr("This evening, %1").arg(clockText(evening)), momentAt(today, evening, zone).utc},
        {LaterWords::tr("Tomorrow, %1").arg(clockText(morning)),
         momentAt(today.addDays(1), morning, zone).utc},
        {LaterWords::tr("Monday, %1").arg(clockText(morning)), momentAt(monday, morning, zone).utc}};
    QList<QuickTime> offered;
    for (const QuickTime &time : all) {
        const bool known = std::any_of(offered.cbegin(), offered.cend(),
                                       [&](const QuickTime &other) { return other.utc == time.utc; });
        if (!known && now.secsTo(time.utc) >= leastAhead)
            offered.append(time);
    }
    return offered;
}

QList<QByteArray> zonesOf(const desk::Conversation &conversation) {
    if (QTimeZone::isTimeZoneIdAvailable(conversation.zone))
        return {conversation.zone};
    QList<QByteArray> zones = phone::possibleZones(conversation.peer);
    zones.removeIf([](const QByteArray &zone) { return !QTimeZone::isTimeZoneIdAvailable(zone); });
    if (zones.isEmpty())
        zones.append(QTimeZone::systemTimeZoneId());
    return zones;
}

QString momentInWords(const QDateTime &moment, const QTimeZone &zone, const QDateTime &now) {
    const QDateTime there = moment.toTimeZone(zone);
    const bool thisYear = there.date().year() == now.toTimeZone(zone).date().year();
    const QString date =
        QLocale().toString(there.date(), thisYear ? LaterWords::tr("ddd d MMM", "weekday and date")
                                                  : LaterWords::tr("ddd d MMM yyyy", "weekday and date"));
    return LaterWords::tr("%1, %2", "date and time").arg(date, clockText(there.time()));
}

QString bothClocks(const QDateTime &moment, const QByteArray &zone, const QDateTime &now) {
    const QTimeZone there(zone);
    const QTimeZone here = QTimeZone::systemTimeZone();
    const QString words =
        LaterWords::tr("%1 in %2").arg(momentInWords(moment, there, now), rules::zonePlace(zone));
    if (there.offsetFromUtc(moment) == here.offsetFromUtc(moment))
        return words;
    const QDateTime local = moment.toTimeZone(here);
    const bool sameDay = local.date() == moment.toTimeZone(there).date();
    return LaterWords::tr("%1 (%2 your time)")
        .arg(words, sameDay ? clockText(local.time()) : momentInWords(moment, here, now));
}

} // namespace longcode::composer
