#include "base/clock.h"
#include "base/utc.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;

class TestUtc : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void writes();
    void readsWhatItWrites();
    void tellsTheTimeInUtc();
};

namespace {

QString s(const char *text) {
    return QString::fromUtf8(text);
}

/// 2026-03-05T18:30:00Z.
constexpr qint64 evening = 1772735400000;

} // namespace

void TestUtc::reads_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    const auto row = [](const char *text, qint64 milliseconds) {
        QTest::newRow(text) << s(text) << milliseconds;
    };
    row("2026-03-05T18:30:00Z", evening);
    row("2026-03-05T18:30:00.000Z", evening);
    row("2026-03-05T18:30:00.000+00:00", evening);
    row("2026-03-05T18:30:00-00:00", evening);
    row("2026-03-05T12:30:00.000-06:00", evening);
    row("2026-03-06T00:00:00+05:30", evening);
    row("2026-03-06T00:00:00+0530", evening);
    row("2026-03-05T18:30:00", evening);
    row("2026-03-05 18:30:00", evening);
    row("2026-03-05 18:30:00.5", evening + 500);
    row("2026-03-05T18:30:00.12Z", evening + 120);
    row("2026-03-05T18:30:00.123456", evening + 123);
    row("2026-03-05T18:30:00.999999999Z", evening + 999);
    row("1970-01-01T00:00:00Z", 0);
    row("1969-12-31T23:59:59.999Z", -1);
    row("2024-02-29T00:00:00Z", 1709164800000);
}

void TestUtc::reads() {
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    const auto time = parseUtc(text);
    QVERIFY(time);
    QCOMPARE(time->toMSecsSinceEpoch(), milliseconds);
    QCOMPARE(time->timeSpec(), Qt::UTC);
}

void TestUtc::refuses_data() {
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             " ",
                             "2026-03-05",
                             "18:30:00",
                             "2026-03-05T18:30Z",
                             "2026-3-5T18:30:00Z",
                             "2026-13-05T18:30:00Z",
                             "2026-02-30T18:30:00Z",
                             "2025-02-29T00:00:00Z",
                             "2026-03-05T24:00:00Z",
                             "2026-03-05T18:60:00Z",
                             "2026-03-05T18:30:61Z",
                             "2026-03-05T18:30:00.Z",
                             "2026-03-05T18:30:00.1234567890Z",
                             "2026-03-05T18:30:00 Z",
                             "2026-03-05T18:30:00z",
                             "2026-03-05t18:30:00Z",
                             "2026-03-05T18:30:00+5",
                             "2026-03-05T18:30:00ZZ",
                             " 2026-03-05T18:30:00Z",
                             "1772735400",
                             "now",
                             "٢٠٢٦-٠٣-٠٥T18:30:00Z"})
        QTest::newRow(text) << s(text);
    QTest::newRow("line break behind") << s("2019-01-23T18:10:02Z\n");
    QTest::newRow("no such offset") << s("2019-01-23T18:10:02+99:99");
    QTest::newRow("endless") << QString(100000, u'2');
}

void TestUtc::refuses() {
    QFETCH(QString, text);
    QVERIFY(!parseUtc(text));
}

void TestUtc::writes() {
    QCOMPARE(formatUtc(QDateTime::fromMSecsSinceEpoch(evening, Qt::UTC)), s("2026-03-05T18:30:00.000Z"));
    QCOMPARE(formatUtc(QDateTime::fromMSecsSinceEpoch(evening + 7, Qt::OffsetFromUTC, -21600)),
             s("2026-03-05T18:30:00.007Z"));
}

void TestUtc::readsWhatItWrites() {
    for (qint64 time = -86400000; time < 2 * evening; time += evening / 97) {
        const auto read = parseUtc(formatUtc(QDateTime::fromMSecsSinceEpoch(time, Qt::UTC)));
        QVERIFY(read);
        QCOMPARE(read->toMSecsSinceEpoch(), time);
    }
}

void TestUtc::tellsTheTimeInUtc() {
    const SystemClock clock;
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const QDateTime now = clock.now();
    QVERIFY(before <= now.toMSecsSinceEpoch() &&
            now.toMSecsSinceEpoch() <= QDateTime::currentMSecsSinceEpoch());
    QCOMPARE(now.timeSpec(), Qt::UTC);
}

QTEST_GUILESS_MAIN(TestUtc)
#include "tst_utc.moc"
