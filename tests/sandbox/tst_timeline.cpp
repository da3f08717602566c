#include "sandbox/seeded.h"
#include "sandbox/timeline.h"
#include "sandbox/virtual_clock.h"

#include <QTest>

using namespace longcode::sandbox;
using namespace std::chrono_literals;

class TestTimeline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void advancingRunsWhatIsDueInItsOrder();
    void actionsPlannedOnTheWayRunAtTheirOwnTime();
    void realTimePassesToo();
    void seededValuesDependOnSeedAndLabelOnly();
};

void TestTimeline::advancingRunsWhatIsDueInItsOrder() {
    VirtualClock clock;
    Timeline timeline(clock);
    QStringList order;
    timeline.after(3h, [&] { order.append(QStringLiteral("3h")); });
    timeline.after(1h, [&] { order.append(QStringLiteral("1h")); });
    timeline.after(1h, [&] { order.append(QStringLiteral("1h again")); });
    timeline.after(5h, [&] { order.append(QStringLiteral("5h")); });
    timeline.advance(4h);
    QCOMPARE(order, QStringList({QStringLiteral("1h"), QStringLiteral("1h again"), QStringLiteral("3h")}));
    QCOMPARE(timeline.pending(), std::size_t{1});
    QVERIFY(clock.ahead() >= 3h);
}

void TestTimeline::actionsPlannedOnTheWayRunAtTheirOwnTime() {
    VirtualClock clock;
    Timeline timeline(clock);
    const qint64 start = clock.nowMs();
    QList<qint64> hours;
    std::function<void()> again = [&] {
        hours.append((clock.nowMs() - start) / 3'600'000);
        if (hours.size() < 5)
            timeline.after(2h, again);
    };
    timeline.after(2h, again);
    timeline.advance(24h);
    QCOMPARE(hours, QList<qint64>({2, 4, 6, 8, 10}));
    QCOMPARE((clock.nowMs() - start) / 3'600'000, 24);
}

void TestTimeline::realTimePassesToo() {
    VirtualClock clock;
    Timeline timeline(clock);
    bool ran = false;
    timeline.after(20ms, [&] { ran = true; });
    QVERIFY(!ran);
    QTRY_VERIFY(ran);
    QCOMPARE(clock.ahead().count(), 0);
}

void TestTimeline::seededValuesDependOnSeedAndLabelOnly() {
    const Seeded one(1);
    const Seeded two(2);
    QCOMPARE(one.uuid("message/1"), Seeded(1).uuid("message/1"));
    QVERIFY(one.uuid("message/1") != one.uuid("message/2"));
    QVERIFY(one.uuid("message/1") != two.uuid("message/1"));
    QCOMPARE(one.uuid("x")[14], '4');
    for (int i = 0; i < 1000; ++i) {
        const int value = one.between("delay/" + std::to_string(i), 150, 153);
        QVERIFY(value >= 150 && value <= 153);
    }
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
