#include "rules/quiet_hours.h"

#include "phone/time_zones.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <algorithm>
#include <string_view>

namespace longcode::data {
extern const std::string_view quietHours;
} // namespace longcode::data

namespace longcode::rules {

namespace {

constexpr int minutesOfDay = 24 * 60;
constexpr int daysAhead = 14;

struct QuietWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::rules::QuietHours)
};

/// A yearly holiday: a fixed day, or one that moves with Easter.
struct Holiday {
    QStringList countries;
    int month = 0; ///< 0: counted from Easter Sunday
    int day = 0;   ///< of the month, or from Easter Sunday
    QString name;
};

struct QuietTable {
    QList<QuietRule> rules;
    QList<Holiday> holidays;
};

quint8 kindsOf(const QString &word) {
    constexpr auto conversation = static_cast<quint8>(MessageKind::Conversation);
    constexpr auto reminder = static_cast<quint8>(MessageKind::Reminder);
    constexpr auto promotion = static_cast<quint8>(MessageKind::Promotion);
    if (word == QLatin1String("any"))
        return conversation + reminder + promotion;
    if (word == QLatin1String("unasked"))
        return reminder + promotion;
    if (word == QLatin1String("conversation"))
        return conversation;
    return word == QLatin1String("reminder") ? reminder : promotion;
}

int minutesOf(const QString &clock) {
    return clock.section(u':', 0, 0).toInt() * 60 + clock.section(u':', 1).toInt();
}

QuietRule quietRuleOf(const QStringList &cells) {
    QuietRule rule;
    rule.countries = cells[1].split(u',');
    rule.kinds = kindsOf(cells[2]);
    rule.lastDay = cells[3] == QLatin1String("mon-sat") ? Qt::Saturday : Qt::Sunday;
    rule.isClosedOnHolidays = cells[4] == QLatin1String("off");
    rule.from = minutesOf(cells[5]);
    rule.to = minutesOf(cells[6]);
    rule.weight = cells[7] == QLatin1String("law") ? QuietWeight::Law : QuietWeight::Practice;
    rule.source = cells[8];
    return rule;
}

Holiday holidayOf(const QStringList &cells) {
    Holiday holiday{cells[1].split(u','), 0, 0, cells[3]};
    if (cells[2].startsWith(QLatin1String("easter"))) {
        holiday.day = cells[2].mid(6).toInt();
    } else {
        holiday.month = cells[2].section(u'-', 0, 0).toInt();
        holiday.day = cells[2].section(u'-', 1).toInt();
    }
    return holiday;
}

const QuietTable &quietTable() {
    static const QuietTable table = [] {
        constexpr qsizetype ruleColumns = 9;
        constexpr qsizetype holidayColumns = 4;
        QuietTable read;
        const QString text =
            QString::fromUtf8(data::quietHours.data(), static_cast<qsizetype>(data::quietHours.size()));
        for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
            const QStringList cells = line.split(u'\t');
            if (cells[0] == QLatin1String("rule") && cells.size() == ruleColumns)
                read.rules.append(quietRuleOf(cells));
            else if (cells[0] == QLatin1String("holiday") && cells.size() == holidayColumns)
                read.holidays.append(holidayOf(cells));
        }
        return read;
    }();
    return table;
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 1876).
QDate easterSunday(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int e = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int f = (32 + 2 * (b % 4) + 2 * (c / 4) - e - c % 4) % 7;
    const int g = e + f - 7 * ((a + 11 * e + 22 * f) / 451) + 114;
    return QDate(year, g / 31, g % 31 + 1);
}

/// A rule in a zone, for a country.
struct Window {
    const QuietRule *rule;
    QString country;
    QTimeZone zone;
};

QDateTime momentOf(QDate date, int minutes, const QTimeZone &zone) {
    return QDateTime(date.addDays(minutes / minutesOfDay),
                     QTime(minutes % minutesOfDay / 60, minutes % minutesOfDay % 60), zone)
        .toUTC();
}

bool isOpenOn(const Window &window, QDate date) {
    return date.dayOfWeek() <= window.rule->lastDay &&
           !(window.rule->isClosedOnHolidays && !publicHoliday(window.country, date).isEmpty());
}

/// The first moment at or behind `when` that the window is open; invalid when it is further off than we look.
QDateTime nextOpening(const Window &window, const QDateTime &when) {
    const QDate today = when.toTimeZone(window.zone).date();
    for (int ahead = 0; ahead <= daysAhead; ++ahead) {
        const QDate date = today.addDays(ahead);
        if (!isOpenOn(window, date))
            continue;
        const QDateTime open = std::max(when, momentOf(date, window.rule->from, window.zone));
        if (open < momentOf(date, window.rule->to, window.zone))
            return open;
    }
    return {};
}

/// The first moment that all windows are open: each in turn moves it on until none does.
QDateTime firstCommonOpening(const QList<Window> &windows, const QDateTime &when) {
    const QDateTime last = when.addDays(daysAhead);
    QDateTime moment = when;
    bool hasMoved = true;
    while (hasMoved) {
        hasMoved = false;
        for (const Window &window : windows) {
            const QDateTime open = nextOpening(window, moment);
            if (!open.isValid() || open > last)
                return {};
            hasMoved = hasMoved || open != moment;
            moment = open;
        }
    }
    return moment;
}

QuietHit hitOf(const Window &window, const QDateTime &when) {
    QuietHit hit;
    hit.rule = *window.rule;
    hit.zone = window.zone.id();
    hit.local = when.toTimeZone(window.zone);
    const QDate date = hit.local.date();
    if (window.rule->isClosedOnHolidays)
        hit.holiday = publicHoliday(window.country, date);
    if (!hit.holiday.isEmpty())
        hit.cause = QuietHit::Cause::Holiday;
    else if (date.dayOfWeek() > window.rule->lastDay)
        hit.cause = QuietHit::Cause::ClosedDay;
    else
        hit.cause = when < momentOf(date, window.rule->from, window.zone) ? QuietHit::Cause::TooEarly
                                                                          : QuietHit::Cause::TooLate;
    return hit;
}

QString countryOf(const phone::Address &number) {
    if (const auto region = number.region())
        return region->code;
    const bool isAmerican =
        number.kind() == phone::AddressKind::LongCode && number.wire().startsWith(QLatin1String("+1"));
    return isAmerican ? QStringLiteral("US") : QString();
}

/// The name of a place. QTimeZone takes more for valid, such as POSIX rules.
bool isZoneName(const QByteArray &zone) {
    const bool isPlain = std::all_of(zone.begin(), zone.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
               c == '_' || c == '-' || c == '+';
    });
    return isPlain && zone.contains('/') && QTimeZone(zone).isValid();
}

QList<QByteArray> zonesFor(const phone::Address &number, const std::optional<QByteArray> &contactZone) {
    QList<QByteArray> zones = phone::possibleZones(number);
    if (contactZone && !zones.contains(*contactZone) && isZoneName(*contactZone))
        zones.append(*contactZone);
    return zones;
}

QString clockText(int minutes) {
    return QStringLiteral("%1:%2")
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString hoursText(const QuietRule &rule) {
    const QString hours = QuietWords::tr("%1 to %2").arg(clockText(rule.from), clockText(rule.to));
    if (rule.lastDay == Qt::Sunday)
        return hours;
    return rule.isClosedOnHolidays
               ? QuietWords::tr("%1, Monday to Saturday, not on public holidays").arg(hours)
               : QuietWords::tr("%1, Monday to Saturday").arg(hours);
}

} // namespace

QString publicHoliday(const QString &country, QDate date) {
    const QDate easter = easterSunday(date.year());
    for (const Holiday &holiday : quietTable().holidays) {
        const QDate day =
            holiday.month == 0 ? easter.addDays(holiday.day) : QDate(date.year(), holiday.month, holiday.day);
        if (day == date && holiday.countries.contains(country))
            return holiday.name;
    }
    return {};
}

QuietVerdict quietAt(const phone::Address &number, const QDateTime &when,
                     const std::optional<QByteArray> &contactZone, MessageKind kind) {
    QuietVerdict verdict;
    verdict.zones = zonesFor(number, contactZone);
    const QString country = countryOf(number);
    QList<Window> windows;
    for (const QuietRule &rule : quietTable().rules) {
        const bool isMeant = rule.countries.contains(country) || rule.countries.contains(QLatin1String("*"));
        if (!isMeant || (rule.kinds & static_cast<quint8>(kind)) == 0)
            continue;
        for (const QByteArray &zone : std::as_const(verdict.zones))
            windows.append({&rule, country, QTimeZone(zone)});
    }
    const QDateTime moment = when.toUTC();
    for (const Window &window : std::as_const(windows))
        if (nextOpening(window, moment) != moment)
            verdict.hits.append(hitOf(window, moment));
    std::stable_sort(verdict.hits.begin(), verdict.hits.end(),
                     [](const QuietHit &a, const QuietHit &b) { return a.rule.weight > b.rule.weight; });
    verdict.nextAllowed = firstCommonOpening(windows, moment);
    return verdict;
}

QString sentence(const QuietHit &hit) {
    const QString place = zonePlace(hit.zone);
    const QString clock = hit.local.toString(QStringLiteral("HH:mm"));
    QString now;
    switch (hit.cause) {
    case QuietHit::Cause::TooEarly:
    case QuietHit::Cause::TooLate:
        now = QuietWords::tr("It is %1 in %2.").arg(clock, place);
        break;
    case QuietHit::Cause::ClosedDay:
        now = QuietWords::tr("It is Sunday in %1.").arg(place);
        break;
    case QuietHit::Cause::Holiday:
        now = QuietWords::tr("It is a public holiday in %1 (%2).").arg(place, hit.holiday);
        break;
    }
    const QString may = hit.rule.weight == QuietWeight::Law
                            ? QuietWords::tr("The law allows such texts from %1 (%2).")
                            : QuietWords::tr("Good practice is to send such texts from %1 (%2).");
    return now + u' ' + may.arg(hoursText(hit.rule), hit.rule.source);
}

QString zonePlace(const QByteArray &zone) {
    return QString::fromLatin1(zone.mid(zone.lastIndexOf('/') + 1)).replace(u'_', u' ');
}

} // namespace longcode::rules
