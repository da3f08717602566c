#include "telnyx/one_shot_body.h"

#include <QRegularExpression>
#include <QTest>

using longcode::telnyx::OneShotBody;

class TestOneShotBody : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void handsOutEverythingOnce_data();
    void handsOutEverythingOnce();
    void lookingDoesNotCount();
    void rewindsOnlyBeforeTheFirstByte();
    void saysHowMuchItHolds();
};

void TestOneShotBody::handsOutEverythingOnce_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("step");
    QTest::newRow("empty") << 0 << 10;
    QTest::newRow("byte by byte") << 50 << 1;
    QTest::newRow("in one") << 50 << 50;
    QTest::newRow("more than there is") << 50 << 5000;
    QTest::newRow("larger than any buffer") << 300'000 << 16'384;
    QTest::newRow("odd steps") << 100'003 << 16'381;
}

void TestOneShotBody::handsOutEverythingOnce() {
    QFETCH(int, size);
    QFETCH(int, step);
    QByteArray bytes(size, '\0');
    for (int i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 7);
    OneShotBody body(bytes);
    QByteArray read;
    for (QByteArray part = body.read(step); !part.isEmpty(); part = body.read(step))
        read += part;
    QCOMPARE(read, bytes);
    QVERIFY(body.atEnd());
    QVERIFY(body.readAll().isEmpty());
}

void TestOneShotBody::lookingDoesNotCount() {
    OneShotBody body(QByteArray(100'000, 'b'));
    QCOMPARE(body.peek(body.bytesAvailable()).size(), 100'000);
    QVERIFY(!body.wasRead());
    QVERIFY(body.reset());
    QCOMPARE(body.readAll().size(), 100'000);
    QVERIFY(body.wasRead());
}

void TestOneShotBody::rewindsOnlyBeforeTheFirstByte() {
    OneShotBody body("twelve bytes");
    QVERIFY(body.reset());
    QVERIFY(body.seek(0));
    QVERIFY(!body.seek(3));
    QCOMPARE(body.read(1), QByteArray("t"));
    QVERIFY(!body.reset());
    QVERIFY(!body.seek(0));
    QVERIFY(!body.seek(5));
    QCOMPARE(body.readAll(), QByteArray("welve bytes"));
    QVERIFY(!body.reset());
}

void TestOneShotBody::saysHowMuchItHolds() {
    OneShotBody body("twelve bytes");
    QCOMPARE(body.size(), 12);
    QCOMPARE(body.bytesAvailable(), 12);
    QVERIFY(!body.isSequential());
    body.read(4);
    QCOMPARE(body.bytesAvailable(), 8);
    QVERIFY(!body.isWritable());
}

QTEST_GUILESS_MAIN(TestOneShotBody)
#include "tst_one_shot_body.moc"
