#include "rules/quiet_hours.h"

#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

using namespace longcode;
using namespace longcode::rules;

class TestQuietHours : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void judges_data();
    void judges();
    void knowsFrenchHolidays_data();
    void knowsFrenchHolidays();
    void takesTheContactsZoneOnTop();
    void leavesAnUnknownContactZoneOut();
    void saysNothingWhereNobodyKnowsThePlace();
    void findsNoTimeWhereZonesNeverAgree();
    void putsLawBeforePractice();
    void saysWhyInASentence();
    void nextAllowedIsNeverQuiet_data();
    void nextAllowedIsNeverQuiet();
};

Q_DECLARE_METATYPE(longcode::rules::MessageKind)

namespace {

constexpr auto promotion = MessageKind::Promotion;
constexpr auto reminder = MessageKind::Reminder;
constexpr auto conversation = MessageKind::Conversation;

QDateTime utc(const char *text) {
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate);
}

QuietVerdict verdictOf(const char *wire, const QDateTime &when, MessageKind kind,
                       const std::optional<QByteArray> &zone = {}) {
    return quietAt(phone::fromWire(QString::fromLatin1(wire)), when, zone, kind);
}

/// `next` equal to `when`: go ahead.
void at(const char *name, const char *wire, MessageKind kind, const char *when, const char *next) {
    QTest::newRow(name) << QString::fromLatin1(wire) << kind << utc(when) << utc(next);
}

void go(const char *name, const char *wire, MessageKind kind, const char *when) {
    at(name, wire, kind, when, when);
}

void americanHours() {
    const char *newYork = "+12125550188";
    go("US, noon", newYork, promotion, "2026-01-14T17:00:00Z");
    at("US, a second before eight", newYork, promotion, "2026-01-14T12:59:59Z", "2026-01-14T13:00:00Z");
    go("US, eight sharp", newYork, promotion, "2026-01-14T13:00:00Z");
    go("US, a second before nine p.m.", newYork, promotion, "2026-01-15T01:59:59Z");
    at("US, nine p.m. sharp", newYork, promotion, "2026-01-15T02:00:00Z", "2026-01-15T13:00:00Z");
    at("US, midnight there", newYork, promotion, "2026-01-15T05:00:00Z", "2026-01-15T13:00:00Z");
    at("US, an answer at night", newYork, conversation, "2026-01-15T05:00:00Z", "2026-01-15T13:00:00Z");
    go("US, an answer at eight", newYork, conversation, "2026-01-14T13:00:00Z");
    at("US, an answer at nine p.m.", newYork, conversation, "2026-01-15T02:00:00Z", "2026-01-15T13:00:00Z");
    at("US, an answer in two zones", "+18505550188", conversation, "2026-01-14T13:30:00Z",
       "2026-01-14T14:00:00Z");
    at("US, a reminder at 8:30", newYork, reminder, "2026-01-14T13:30:00Z", "2026-01-14T14:00:00Z");
    at("US, a reminder at 20:30", newYork, reminder, "2026-01-15T01:30:00Z", "2026-01-15T14:00:00Z");
    at("US, the night of summer time", newYork, promotion, "2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z");
    at("US, the night of winter time", newYork, promotion, "2026-11-01T02:00:00Z", "2026-11-01T13:00:00Z");
    go("US, eight on the first summer day", newYork, promotion, "2026-03-08T12:00:00Z");
    // Florida's panhandle: Eastern and Central. Both must be awake.
    at("US, two zones, the western sleeps", "+18505550188", promotion, "2026-01-14T13:30:00Z",
       "2026-01-14T14:00:00Z");
    at("US, two zones, the eastern sleeps", "+18505550188", promotion, "2026-01-15T02:30:00Z",
       "2026-01-15T14:00:00Z");
    // An area code not known yet counts as American, anywhere on the mainland: from 8 a.m. Pacific.
    at("US, an area code nobody knows", "+12385550188", promotion, "2026-01-14T15:00:00Z",
       "2026-01-14T16:00:00Z");
    // Guam is a day ahead: 2026-01-15 07:00 there.
    at("Guam", "+16715550188", promotion, "2026-01-14T21:00:00Z", "2026-01-14T22:00:00Z");
    go("Canada, no rule", "+14165550188", promotion, "2026-01-14T07:00:00Z");
    at("Canada, a reminder at night", "+14165550188", reminder, "2026-01-14T07:00:00Z",
       "2026-01-14T14:00:00Z");
}

void frenchHours() {
    const char *paris = "+33612345678";
    go("France, Wednesday noon", paris, promotion, "2026-01-14T11:00:00Z");
    at("France, 20:00", paris, promotion, "2026-01-14T19:00:00Z", "2026-01-15T07:00:00Z");
    at("France, Saturday night skips Sunday", paris, promotion, "2026-01-17T19:00:00Z",
       "2026-01-19T07:00:00Z");
    at("France, Sunday noon", paris, promotion, "2026-01-18T11:00:00Z", "2026-01-19T07:00:00Z");
    at("France, Sunday by local time already", paris, promotion, "2026-01-17T23:30:00Z",
       "2026-01-19T07:00:00Z");
    at("France, Easter: Saturday night to Tuesday", paris, promotion, "2026-04-04T18:30:00Z",
       "2026-04-07T06:00:00Z");
    at("France, Bastille Day", paris, promotion, "2026-07-14T10:00:00Z", "2026-07-15T06:00:00Z");
    at("France, All Saints on a Sunday", paris, promotion, "2026-11-01T10:00:00Z", "2026-11-02T07:00:00Z");
    at("France, the Sunday of summer time", paris, promotion, "2026-03-29T10:00:00Z", "2026-03-30T06:00:00Z");
    go("France, an answer on Sunday", paris, conversation, "2026-01-18T11:00:00Z");
    go("France, a reminder on Sunday", paris, reminder, "2026-01-18T11:00:00Z");
    at("Réunion, French law, own clock", "+262692123456", promotion, "2026-01-14T16:00:00Z",
       "2026-01-15T04:00:00Z");
}

void otherHours() {
    at("India, 8:59", "+918123456789", promotion, "2026-01-14T03:29:59Z", "2026-01-14T03:30:00Z");
    go("India, a transaction at night", "+918123456789", conversation, "2026-01-14T20:00:00Z");
    at("Singapore, a reminder at 21:00", "+6581234567", reminder, "2026-01-14T13:00:00Z",
       "2026-01-15T01:00:00Z");
    go("Singapore, an answer at 21:00", "+6581234567", conversation, "2026-01-14T13:00:00Z");
    at("Brazil, even an answer", "+5511987654321", conversation, "2026-01-15T00:00:00Z",
       "2026-01-15T12:00:00Z");
    at("Britain, promotion at 21:00", "+442079460958", promotion, "2026-07-14T20:00:00Z",
       "2026-07-15T07:00:00Z");
    at("Germany, promotion at 7:59", "+491711234567", promotion, "2026-01-14T06:59:00Z",
       "2026-01-14T07:00:00Z");
    // Australian mobiles in January: Sydney UTC+11, Perth UTC+8. From 9:00 in Perth to 20:00 in Sydney.
    go("Australia, all awake", "+61412345678", promotion, "2026-01-14T01:00:00Z");
    at("Australia, Perth sleeps", "+61412345678", promotion, "2026-01-14T00:59:00Z", "2026-01-14T01:00:00Z");
    at("Australia, Sydney rests", "+61412345678", promotion, "2026-01-14T09:00:00Z", "2026-01-15T01:00:00Z");
    go("Mexico, no rule", "+525512345678", promotion, "2026-01-14T09:00:00Z");
    go("Japan, no rule", "+81312345678", promotion, "2026-01-14T18:00:00Z");
}

} // namespace

void TestQuietHours::judges_data() {
    QTest::addColumn<QString>("wire");
    QTest::addColumn<MessageKind>("kind");
    QTest::addColumn<QDateTime>("when");
    QTest::addColumn<QDateTime>("next");
    americanHours();
    frenchHours();
    otherHours();
}

void TestQuietHours::judges() {
    QFETCH(QString, wire);
    QFETCH(MessageKind, kind);
    QFETCH(QDateTime, when);
    QFETCH(QDateTime, next);
    const auto verdict = quietAt(phone::fromWire(wire), when, {}, kind);
    QCOMPARE(verdict.nextAllowed, next);
    QCOMPARE(verdict.nextAllowed.timeSpec(), Qt::UTC);
    QCOMPARE(verdict.isQuiet(), next != when);
    QVERIFY(!verdict.zones.isEmpty());
}

void TestQuietHours::knowsFrenchHolidays_data() {
    QTest::addColumn<int>("year");
    QTest::addColumn<QStringList>("days");
    const auto year = [](int number, const char *moving) {
        QStringList days = QString::fromLatin1(moving).split(u' ');
        days << QStringLiteral("01-01") << QStringLiteral("05-01") << QStringLiteral("05-08")
             << QStringLiteral("07-14") << QStringLiteral("08-15") << QStringLiteral("11-01")
             << QStringLiteral("11-11") << QStringLiteral("12-25");
        days.removeDuplicates();
        days.sort();
        QTest::newRow(qPrintable(QString::number(number))) << number << days;
    };
    // Easter Monday, Ascension, Whit Monday.
    year(2024, "04-01 05-09 05-20");
    year(2025, "04-21 05-29 06-09");
    year(2026, "04-06 05-14 05-25");
    year(2027, "03-29 05-06 05-17");
    year(2038, "04-26 06-03 06-14"); // the latest Easter there can be
}

void TestQuietHours::knowsFrenchHolidays() {
    QFETCH(int, year);
    QFETCH(QStringList, days);
    QStringList found;
    for (QDate date(year, 1, 1); date.year() == year; date = date.addDays(1)) {
        if (!publicHoliday(QStringLiteral("FR"), date).isEmpty())
            found.append(date.toString(QStringLiteral("MM-dd")));
        QCOMPARE(publicHoliday(QStringLiteral("DE"), date), QString());
    }
    QCOMPARE(found, days);
}

/// A New York number whose holder lives in Honolulu: from 8 a.m. there to 9 p.m. in New York.
void TestQuietHours::takesTheContactsZoneOnTop() {
    const QByteArray honolulu = "Pacific/Honolulu";
    const auto early = verdictOf("+12125550188", utc("2026-01-14T17:00:00Z"), promotion, honolulu);
    QCOMPARE(early.hits.size(), 1);
    QCOMPARE(early.hits[0].zone, honolulu);
    QCOMPARE(early.hits[0].cause, QuietHit::Cause::TooEarly);
    QCOMPARE(early.hits[0].local.time(), QTime(7, 0));
    QCOMPARE(early.nextAllowed, utc("2026-01-14T18:00:00Z"));
    const auto late = verdictOf("+12125550188", utc("2026-01-15T02:00:00Z"), promotion, honolulu);
    QCOMPARE(late.hits.size(), 1);
    QCOMPARE(late.hits[0].zone, QByteArray("America/New_York"));
    QCOMPARE(late.hits[0].cause, QuietHit::Cause::TooLate);
    QCOMPARE(late.nextAllowed, utc("2026-01-15T18:00:00Z"));
    const auto same = verdictOf("+12125550188", utc("2026-01-15T02:00:00Z"), promotion, "America/New_York");
    QCOMPARE(same.zones, QList<QByteArray>{"America/New_York"});
}

void TestQuietHours::leavesAnUnknownContactZoneOut() {
    for (const char *zone : {"", "Mars/Olympus", "../../etc/passwd", "<b>", "EST5EDT,M3.2.0,M11.1.0"}) {
        const auto verdict =
            verdictOf("+12125550188", utc("2026-01-14T17:00:00Z"), promotion, QByteArray(zone));
        QCOMPARE(verdict.zones, QList<QByteArray>{"America/New_York"});
        QVERIFY(!verdict.isQuiet());
    }
}

void TestQuietHours::saysNothingWhereNobodyKnowsThePlace() {
    const QDateTime night = utc("2026-01-15T05:00:00Z");
    for (const char *wire : {"+18005550142", "37468", "ACME", ""}) {
        const auto verdict = verdictOf(wire, night, promotion);
        QVERIFY2(!verdict.isQuiet(), wire);
        QVERIFY(verdict.zones.isEmpty());
        QCOMPARE(verdict.nextAllowed, night);
    }
}

/// The eleven hours of reminders in New York and in Bangkok, eleven hours off, never meet; the thirteen of
/// promotion do.
void TestQuietHours::findsNoTimeWhereZonesNeverAgree() {
    const QDateTime when = utc("2026-06-15T12:00:00Z");
    const auto verdict = verdictOf("+12125550188", when, reminder, "Asia/Bangkok");
    QVERIFY(verdict.isQuiet());
    QVERIFY(!verdict.nextAllowed.isValid());
    const auto law = verdictOf("+12125550188", when, promotion, "Asia/Bangkok");
    // 8:00 in New York (UTC-4) is 19:00 in Bangkok: open at once.
    QCOMPARE(law.nextAllowed, when);
}

void TestQuietHours::putsLawBeforePractice() {
    const auto verdict = verdictOf("+6581234567", utc("2026-01-14T14:00:00Z"), reminder);
    QCOMPARE(verdict.hits.size(), 2);
    QCOMPARE(verdict.hits[0].rule.weight, QuietWeight::Law);
    QCOMPARE(verdict.hits[1].rule.weight, QuietWeight::Practice);
    // 22:00; the law opens at 9, and so does good practice.
    QCOMPARE(verdict.nextAllowed, utc("2026-01-15T01:00:00Z"));
}

void TestQuietHours::saysWhyInASentence() {
    const auto sunday = verdictOf("+33612345678", utc("2026-01-18T11:00:00Z"), promotion);
    QCOMPARE(sentence(sunday.hits[0]),
             QStringLiteral("It is Sunday in Paris. The law allows such texts from 08:00 to 20:00, Monday to "
                            "Saturday, not on public holidays (International compliance: France)."));
    const auto night = verdictOf("+12125550188", utc("2026-01-15T03:05:00Z"), promotion);
    QCOMPARE(sentence(night.hits[0]),
             QStringLiteral("It is 22:05 in New York. The law allows such texts from "
                            "08:00 to 21:00 (TCPA, 47 CFR 64.1200(c)(1))."));
    const auto holiday = verdictOf("+33612345678", utc("2026-07-14T10:00:00Z"), promotion);
    QVERIFY(sentence(holiday.hits[0])
                .startsWith(QStringLiteral("It is a public holiday in Paris (Fête nationale).")));
}

void TestQuietHours::nextAllowedIsNeverQuiet_data() {
    QTest::addColumn<QString>("wire");
    for (const char *wire : {"+12125550188", "+18505550188", "+33612345678", "+61412345678", "+918123456789"})
        QTest::newRow(wire) << QString::fromLatin1(wire);
}

/// Over a year of odd hours: what is offered is allowed, is not in the past, and the second before is quiet.
void TestQuietHours::nextAllowedIsNeverQuiet() {
    QFETCH(QString, wire);
    const auto number = phone::fromWire(wire);
    constexpr int step = 7 * 3600 + 1234;
    for (QDateTime when = utc("2026-01-01T00:00:00Z"); when < utc("2027-01-01T00:00:00Z");
         when = when.addSecs(step)) {
        const auto verdict = quietAt(number, when, {}, promotion);
        QVERIFY2(verdict.nextAllowed >= when, qPrintable(when.toString(Qt::ISODate)));
        QVERIFY(!quietAt(number, verdict.nextAllowed, {}, promotion).isQuiet());
        if (verdict.isQuiet())
            QVERIFY(quietAt(number, verdict.nextAllowed.addSecs(-1), {}, promotion).isQuiet());
    }
}

QTEST_GUILESS_MAIN(TestQuietHours)
#include "tst_quiet_hours.moc"
