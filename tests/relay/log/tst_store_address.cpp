#include "relay/log/store_address.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::relay;

class StoreAddressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void takesAPath();
    void takesAUrl();
    void takesASocket();
    void hidesWhatIsSecret_data();
    void hidesWhatIsSecret();
    void refuses_data();
    void refuses();
};

void StoreAddressTest::takesAPath() {
    const auto address = StoreAddress::parse(QStringLiteral("/var/lib/longcode/relay.sqlite"));
    QVERIFY(address);
    QCOMPARE(address->kind(), StoreAddress::Kind::SqliteFile);
    QCOMPARE(address->path(), QStringLiteral("/var/lib/longcode/relay.sqlite"));
    QCOMPARE(address->redacted(), QStringLiteral("/var/lib/longcode/relay.sqlite"));
    QVERIFY(!address->holdsPassword());
}

void StoreAddressTest::takesAUrl() {
    const auto address = StoreAddress::parse(QStringLiteral(
        "postgresql://re%40lay:p%2Fw@db.example.com:6432/texts%20x?sslmode=verify-full&sslrootcert=/a%20b"));
    QVERIFY2(address, address ? "" : qPrintable(address.error()));
    QCOMPARE(address->kind(), StoreAddress::Kind::Postgres);
    QCOMPARE(address->host(), QStringLiteral("db.example.com"));
    QCOMPARE(address->port(), 6432);
    QCOMPARE(address->user(), QStringLiteral("re@lay"));
    QCOMPARE(address->password(), QStringLiteral("p/w"));
    QCOMPARE(address->database(), QStringLiteral("texts x"));
    QCOMPARE(address->parameters().size(), 2);
    QCOMPARE(address->parameters()[1].second, QStringLiteral("/a b"));
    QVERIFY(address->holdsPassword());
}

void StoreAddressTest::takesASocket() {
    const auto address =
        StoreAddress::parse(QStringLiteral("postgres:///texts?host=/run/postgresql&user=relay"));
    QVERIFY(address);
    QCOMPARE(address->host(), QStringLiteral("/run/postgresql"));
    QCOMPARE(address->user(), QStringLiteral("relay"));
    QCOMPARE(address->port(), 0);
    QCOMPARE(address->redacted(), QStringLiteral("postgresql://relay@/texts"));
}

void StoreAddressTest::hidesWhatIsSecret_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("before the host") << QStringLiteral("postgresql://relay:hunter2@db/texts");
    QTest::newRow("as a parameter") << QStringLiteral("postgresql://relay@db/texts?password=hunter2");
}

void StoreAddressTest::hidesWhatIsSecret() {
    QFETCH(QString, text);
    const auto address = StoreAddress::parse(text);
    QVERIFY(address);
    QVERIFY(address->holdsPassword());
    QCOMPARE(address->password(), QStringLiteral("hunter2"));
    QCOMPARE(address->redacted(), QStringLiteral("postgresql://relay@db/texts"));
}

void StoreAddressTest::refuses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QString() << QStringLiteral("is empty");
    QTest::newRow("another server") << QStringLiteral("mysql://relay:hunter2@db/texts")
                                    << QStringLiteral("not mysql://");
    QTest::newRow("no database") << QStringLiteral("postgresql://relay:hunter2@db")
                                 << QStringLiteral("names no database");
    QTest::newRow("two databases") << QStringLiteral("postgresql://db/a/b")
                                   << QStringLiteral("names no database");
    QTest::newRow("unknown parameter") << QStringLiteral("postgresql://db/texts?sslmod=x&password=hunter2")
                                       << QStringLiteral("unknown parameter \"sslmod\"");
    QTest::newRow("a semicolon") << QStringLiteral("postgresql://db/texts?sslrootcert=a;sslmode=disable")
                                 << QStringLiteral("in \"sslrootcert\"");
    QTest::newRow("no port") << QStringLiteral("postgresql://db:hunter2x/texts")
                             << QStringLiteral("no valid URL");
}

void StoreAddressTest::refuses() {
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto address = StoreAddress::parse(text);
    QVERIFY(!address);
    QVERIFY2(address.error().contains(says), qPrintable(address.error()));
    QVERIFY(!address.error().contains(QStringLiteral("hunter2")));
}

QTEST_GUILESS_MAIN(StoreAddressTest)
#include "tst_store_address.moc"
