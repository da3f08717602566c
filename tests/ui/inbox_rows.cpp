#include "inbox/row_window.h"

#include <QSet>
#include <QTest>

using longcode::inbox::RowWindow;

namespace {

constexpr int viewHeight = 600;

/// Heights between 30 and 109 pixels that follow from a row's identity, which is `row - base`.
int heightOf(int identity) {
    return 30 + ((identity % 80) + 80) % 80;
}

QString drawn(const RowWindow &rows, int shift = 0) {
    QStringList words;
    for (const RowWindow::Placed &placed : rows.placed())
        words << QStringLiteral("%1@%2").arg(placed.row - shift).arg(placed.top);
    return words.join(QLatin1Char(' '));
}

} // namespace

class TestInboxRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensAtTheNewestRow();
    void asksOnlyForRowsNearTheView();
    void shortListsStandAtTheBottom();
    void prependingMovesNothing();
    void appendingMovesNothingUnlessStuck();
    void removingRowsKeepsTheRest();
    void scrollsThroughAllRows();
    void scrollBarReachesBothEnds();
    void showsARowWhole_data();
    void showsARowWhole();
};

void TestInboxRows::opensAtTheNewestRow() {
    RowWindow rows([](int row) { return heightOf(row); });
    rows.setViewHeight(viewHeight);
    rows.reset(1000);
    rows.layOut();
    QCOMPARE(rows.placed().back().row, 999);
    QCOMPARE(rows.placed().back().bottom(), viewHeight - RowWindow::margin);
    QVERIFY(rows.isStuckToBottom());
    QVERIFY(rows.placed().front().top <= 0);
    QCOMPARE(rows.scrollValue(), rows.scrollMaximum());
}

void TestInboxRows::asksOnlyForRowsNearTheView() {
    QSet<int> asked;
    RowWindow rows([&](int row) {
        asked.insert(row);
        return heightOf(row);
    });
    rows.setViewHeight(viewHeight);
    rows.reset(100'000);
    rows.layOut();
    QVERIFY2(asked.size() <= viewHeight / 30 + 1, qPrintable(QString::number(asked.size())));
    asked.clear();
    const int maximum = rows.scrollMaximum();
    rows.setScrollValue(maximum / 2, maximum);
    rows.layOut();
    QVERIFY2(asked.size() <= 2 * (viewHeight / 30 + 1), qPrintable(QString::number(asked.size())));
    QCOMPARE(rows.placed().front().row, maximum / 2 / RowWindow::unitsPerRow);
}

void TestInboxRows::shortListsStandAtTheBottom() {
    RowWindow rows([](int) { return 50; });
    rows.setViewHeight(viewHeight);
    rows.reset(3);
    rows.layOut();
    QCOMPARE(drawn(rows), QStringLiteral("0@438 1@488 2@538"));
    QCOMPARE(rows.scrollMaximum(), 0);
    rows.scrollBy(-200);
    rows.layOut();
    QCOMPARE(drawn(rows), QStringLiteral("0@438 1@488 2@538"));
}

void TestInboxRows::prependingMovesNothing() {
    int base = 0;
    RowWindow rows([&](int row) { return heightOf(row - base); });
    rows.setViewHeight(viewHeight);
    rows.reset(200);
    rows.layOut();
    rows.scrollBy(-3333);
    rows.layOut();
    const QString before = drawn(rows);
    for (int round = 1; round <= 5; ++round) {
        base += 60;
        rows.rowsInserted(0, 60);
        rows.layOut();
        QCOMPARE(drawn(rows, base), before);
    }
}

void TestInboxRows::appendingMovesNothingUnlessStuck() {
    RowWindow rows([](int row) { return heightOf(row); });
    rows.setViewHeight(viewHeight);
    rows.reset(200);
    rows.layOut();
    rows.rowsInserted(200, 1);
    rows.layOut();
    QCOMPARE(rows.placed().back().row, 200);
    rows.scrollBy(-700);
    rows.layOut();
    const QString before = drawn(rows);
    rows.rowsInserted(201, 3);
    rows.layOut();
    QCOMPARE(drawn(rows), before);
    QVERIFY(!rows.isStuckToBottom());
}

void TestInboxRows::removingRowsKeepsTheRest() {
    RowWindow rows([](int) { return 50; });
    rows.setViewHeight(viewHeight);
    rows.reset(100);
    rows.layOut();
    rows.scrollBy(-2000);
    rows.layOut();
    const QString before = drawn(rows);
    rows.rowsRemoved(0, 10);
    rows.layOut();
    QCOMPARE(drawn(rows, -10), before);
    rows.rowsRemoved(0, 90);
    rows.layOut();
    QVERIFY(rows.placed().isEmpty());
    rows.rowsInserted(0, 2);
    rows.layOut();
    QCOMPARE(rows.placed().size(), 2);
}

void TestInboxRows::scrollsThroughAllRows() {
    RowWindow rows([](int row) { return heightOf(row); });
    rows.setViewHeight(viewHeight);
    rows.reset(300);
    rows.layOut();
    QSet<int> seen;
    for (int step = 0; step < 200; ++step) {
        for (const RowWindow::Placed &placed : rows.placed())
            seen.insert(placed.row);
        rows.scrollBy(-173);
        rows.layOut();
    }
    QCOMPARE(seen.size(), 300);
    QCOMPARE(rows.placed().front().row, 0);
    QCOMPARE(rows.placed().front().top, RowWindow::margin);
    rows.scrollBy(1'000'000);
    rows.layOut();
    QVERIFY(rows.isStuckToBottom());
}

void TestInboxRows::scrollBarReachesBothEnds() {
    RowWindow rows([](int row) { return heightOf(row); });
    rows.setViewHeight(viewHeight);
    rows.reset(5000);
    rows.layOut();
    rows.setScrollValue(0, rows.scrollMaximum());
    rows.layOut();
    QCOMPARE(rows.placed().front().row, 0);
    QCOMPARE(rows.placed().front().top, RowWindow::margin);
    QCOMPARE(rows.scrollValue(), 0);
    const int value = 2'345'678;
    rows.setScrollValue(value, rows.scrollMaximum());
    rows.layOut();
    QVERIFY(qAbs(rows.scrollValue() - value) < RowWindow::unitsPerRow / 20);
    rows.setScrollValue(rows.scrollMaximum(), rows.scrollMaximum());
    rows.layOut();
    QVERIFY(rows.isStuckToBottom());
    QCOMPARE(rows.placed().back().row, 4999);
}

void TestInboxRows::showsARowWhole_data() {
    QTest::addColumn<int>("row");
    QTest::newRow("the first") << 0;
    QTest::newRow("far above") << 17;
    QTest::newRow("just above") << 483;
    QTest::newRow("far below") << 900;
    QTest::newRow("the last") << 999;
}

void TestInboxRows::showsARowWhole() {
    QFETCH(const int, row);
    RowWindow rows([](int number) { return heightOf(number); });
    rows.setViewHeight(viewHeight);
    rows.reset(1000);
    rows.layOut();
    rows.setScrollValue(485 * RowWindow::unitsPerRow, rows.scrollMaximum());
    rows.layOut();
    rows.show(row);
    rows.layOut();
    const RowWindow::Placed *placed = rows.find(row);
    QVERIFY(placed);
    QVERIFY(placed->top >= 0);
    QVERIFY(placed->bottom() <= viewHeight);
    QCOMPARE(rows.isStuckToBottom(), row == 999);
}

QTEST_GUILESS_MAIN(TestInboxRows)
#include "inbox_rows.moc"
