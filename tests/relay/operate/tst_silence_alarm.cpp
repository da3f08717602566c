#include "relay/operate/silence_alarm.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::relay;
using Change = SilenceAlarm::Change;

class SilenceAlarmTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void isRaisedOnce();
    void nothingEverCame();
    void zeroIsNever();

private:
    const QDateTime m_start = QDateTime::fromSecsSinceEpoch(1'770'000'000, Qt::UTC);
    [[nodiscard]] QDateTime at(int minutes) const { return m_start.addSecs(60 * minutes); }
};

void SilenceAlarmTest::isRaisedOnce() {
    SilenceAlarm alarm(std::chrono::minutes(10), m_start);
    QCOMPARE(alarm.look(at(14), at(5)), Change::None);
    QCOMPARE(alarm.look(at(15), at(5)), Change::None); // exactly as long is not too long
    QCOMPARE(alarm.look(at(16), at(5)), Change::Raised);
    QVERIFY(alarm.isRaised());
    QCOMPARE(alarm.look(at(40), at(5)), Change::None);
    QCOMPARE(alarm.look(at(41), at(41)), Change::Ended);
    QVERIFY(!alarm.isRaised());
    QCOMPARE(alarm.look(at(52), at(41)), Change::Raised);
}

void SilenceAlarmTest::nothingEverCame() {
    SilenceAlarm alarm(std::chrono::minutes(10), m_start);
    QCOMPARE(alarm.look(at(10), QDateTime()), Change::None);
    // What came long before the start says nothing about this run.
    QCOMPARE(alarm.look(at(10), at(-500)), Change::None);
    QCOMPARE(alarm.look(at(11), at(-500)), Change::Raised);
}

void SilenceAlarmTest::zeroIsNever() {
    SilenceAlarm alarm(std::chrono::minutes(0), m_start);
    QCOMPARE(alarm.look(at(100'000), QDateTime()), Change::None);
}

QTEST_GUILESS_MAIN(SilenceAlarmTest)
#include "tst_silence_alarm.moc"
