#include "composer/later.h"
#include "ui/gui_test.h"

#include <QTimeZone>

using namespace longcode;
using namespace longcode::composer;

/// Times named on a clock elsewhere.
class TestLater : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init() { tests::failOnAnyWarning(); }
    void moments_data();
    void moments();
    void quick();
    void quickLateInTheEvening();
    void zones();
    void bothClocksAreSaid();
};

void TestLater::moments_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QDate>("date");
    QTest::addColumn<QTime>("time");
    QTest::addColumn<QString>("utc");
    QTest::addColumn<int>("fate");
    const auto row = [](const char *name, const char *zone, QDate date, QTime time, const char *utc,
                        ClockFate fate) {
        QTest::newRow(name) << QByteArray(zone) << date << time << QString::fromLatin1(utc) << int(fate);
    };
    const QDate spring(2026, 3, 8);  // in New York 2:00 becomes 3:00
    const QDate autumn(2026, 11, 1); // in New York 2:00 becomes 1:00
    row("winter", "America/New_York", {2026, 1, 10}, {9, 0}, "2026-01-10T14:00:00Z", ClockFate::Exact);
    row("summer", "America/New_York", {2026, 7, 10}, {9, 0}, "2026-07-10T13:00:00Z", ClockFate::Exact);
    row("gap", "America/New_York", spring, {2, 30}, "2026-03-08T07:30:00Z", ClockFate::Skipped);
    row("before the gap", "America/New_York", spring, {1, 59}, "2026-03-08T06:59:00Z", ClockFate::Exact);
    row("after the gap", "America/New_York", spring, {3, 0}, "2026-03-08T07:00:00Z", ClockFate::Exact);
    row("twice", "America/New_York", autumn, {1, 30}, "2026-11-01T05:30:00Z", ClockFate::Twice);
    row("after twice", "America/New_York", autumn, {2, 0}, "2026-11-01T07:00:00Z", ClockFate::Exact);
    row("no changes", "Asia/Kolkata", {2026, 3, 8}, {2, 30}, "2026-03-07T21:00:00Z", ClockFate::Exact);
    row("half an hour", "Australia/Lord_Howe", {2026, 10, 4}, {2, 15}, "2026-10-03T15:45:00Z",
        ClockFate::Skipped);
}

void TestLater::moments() {
    QFETCH(QByteArray, zone);
    QFETCH(QDate, date);
    QFETCH(QTime, time);
    QFETCH(QString, utc);
    const LocalMoment moment = momentAt(date, time, QTimeZone(zone));
    QCOMPARE(moment.utc.toString(Qt::ISODate), utc);
    QTEST(int(moment.fate), "fate");
    QCOMPARE(fateInWords(moment, time, QTimeZone(zone)).isEmpty(), moment.fate == ClockFate::Exact);
}

void TestLater::quick() {
    // Thursday, half past one in the afternoon.
    const QDateTime now(QDate(2026, 3, 5), QTime(18, 30, 20), Qt::UTC);
    QStringList said;
    for (const QuickTime &time : quickTimes(now, QTimeZone("America/New_York")))
        said << time.words + u' ' + time.utc.toString(Qt::ISODate);
    QCOMPARE(said, (QStringList{QStringLiteral("In 1 hour 2026-03-05T19:31:00Z"),
                                QStringLiteral("This evening, 18:00 2026-03-05T23:00:00Z"),
                                QStringLiteral("Tomorrow, 09:00 2026-03-06T14:00:00Z"),
                                // the clock has been put forward by then
                                QStringLiteral("Monday, 09:00 2026-03-09T13:00:00Z")}));
}

void TestLater::quickLateInTheEvening() {
    // Sunday, 17:55: this evening is too near, and tomorrow is Monday.
    const QDateTime now(QDate(2026, 3, 1), QTime(22, 55), Qt::UTC);
    QStringList said;
    for (const QuickTime &time : quickTimes(now, QTimeZone("America/New_York")))
        said << time.words;
    QCOMPARE(said, (QStringList{QStringLiteral("In 1 hour"), QStringLiteral("Tomorrow, 09:00")}));
}

void TestLater::zones() {
    desk::Conversation conversation;
    conversation.peer = phone::fromWire(QStringLiteral("+12125550188"));
    QCOMPARE(zonesOf(conversation), QList<QByteArray>{"America/New_York"});
    conversation.zone = "Asia/Tokyo";
    QCOMPARE(zonesOf(conversation), QList<QByteArray>{"Asia/Tokyo"});
    conversation.zone = "Moon/Tycho";
    QCOMPARE(zonesOf(conversation), QList<QByteArray>{"America/New_York"});
    conversation.peer = phone::fromWire(QStringLiteral("+18005550188"));
    QCOMPARE(zonesOf(conversation), QList<QByteArray>{QTimeZone::systemTimeZoneId()});
}

void TestLater::bothClocksAreSaid() {
    const QDateTime now(QDate(2026, 12, 30), QTime(12, 0), Qt::UTC);
    const QDateTime at(QDate(2026, 12, 31), QTime(23, 30), Qt::UTC);
    QCOMPARE(bothClocks(at, "America/New_York", now),
             QStringLiteral("Thu 31 Dec, 18:30 in New York (23:30 your time)"));
    QCOMPARE(bothClocks(at, "Asia/Tokyo", now),
             QStringLiteral("Fri 1 Jan 2027, 08:30 in Tokyo (Thu 31 Dec, 23:30 your time)"));
    QCOMPARE(bothClocks(at, "Europe/London", now), QStringLiteral("Thu 31 Dec, 23:30 in London"));
}

QTEST_GUILESS_MAIN(TestLater)
#include "tst_composer_later.moc"
