#include "inbox/when.h"

#include <QCoreApplication>
#include <QLocale>

namespace longcode::inbox {

namespace {

QString whenWord(const char *text, const char *what) {
    return QCoreApplication::translate("longcode::inbox::When", text, what);
}

} // namespace

QString timeOfDay(const QDateTime &at) {
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    format.remove(QLatin1String(":ss")); // the C locale's short form has seconds
    return QLocale().toString(at.toLocalTime().time(), format);
}

QString shortWhen(const QDateTime &at, const QDateTime &now) {
    if (!at.isValid())
        return {};
    const QDate day = at.toLocalTime().date();
    const QDate today = now.toLocalTime().date();
    const qint64 age = day.daysTo(today);
    if (age == 0)
        return timeOfDay(at);
    if (age > 0 && age < 7)
        return QLocale().dayName(day.dayOfWeek(), QLocale::ShortFormat);
    const bool sameYear = day.year() == today.year();
    return QLocale().toString(day, sameYear ? whenWord("d MMM", "a day of this year, date format")
                                            : whenWord("d MMM yyyy", "a day of another year, date format"));
}

QString dayAndTime(const QDateTime &at, const QDateTime &now) {
    const QDate day = at.toLocalTime().date();
    const qint64 ahead = now.isValid() ? now.toLocalTime().date().daysTo(day) : 7;
    if (ahead == 0)
        return timeOfDay(at);
    const QString date = qAbs(ahead) < 7
                             ? QLocale().dayName(day.dayOfWeek(), QLocale::ShortFormat)
                             : QLocale().toString(day, whenWord("d MMM", "a day of this year, date format"));
    return date + QLatin1Char(' ') + timeOfDay(at);
}

QString dateAndTime(const QDateTime &at) {
    return QLocale().toString(at.toLocalTime().date(),
                              whenWord("d MMM yyyy", "a day of another year, date format")) +
           QLatin1Char(' ') + timeOfDay(at);
}

QString dayInWords(const QDate &day, const QDate &today) {
    const qint64 age = day.daysTo(today);
    if (age == 0)
        return whenWord("Today", "day separator");
    if (age == 1)
        return whenWord("Yesterday", "day separator");
    const bool sameYear = day.year() == today.year();
    return QLocale().toString(day, sameYear
                                       ? whenWord("dddd, d MMMM", "a day of this year, long date format")
                                       : whenWord("d MMMM yyyy", "a day of another year, long date format"));
}

} // namespace longcode::inbox
