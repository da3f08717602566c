#include "phone/phone.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace longcode;
using namespace longcode::phone;

class TestAddress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsTheWire_data();
    void readsTheWire();
    void displays_data();
    void displays();
    void knowsTheRegion_data();
    void knowsTheRegion();
    void noAddress();
    void comparesByWire();
    void findsDigits_data();
    void findsDigits();
};

namespace {

QString latin(const char *text) {
    return QString::fromLatin1(text);
}

} // namespace

void TestAddress::readsTheWire_data() {
    QTest::addColumn<QString>("wire");
    QTest::addColumn<AddressKind>("kind");
    QTest::newRow("long code") << latin("+12125550188") << AddressKind::LongCode;
    QTest::newRow("toll-free") << latin("+18885550142") << AddressKind::TollFree;
    QTest::newRow("800 in the exchange") << latin("+12128005555") << AddressKind::LongCode;
    QTest::newRow("822 is not toll-free") << latin("+18225550142") << AddressKind::LongCode;
    QTest::newRow("+1 8xx of the wrong length") << latin("+1888555014") << AddressKind::LongCode;
    QTest::newRow("+44 800") << latin("+448001111") << AddressKind::LongCode;
    QTest::newRow("unknown area code") << latin("+14725550100") << AddressKind::LongCode;
    QTest::newRow("longest") << latin("+123456789012345") << AddressKind::LongCode;
    QTest::newRow("too long for E.164") << latin("+1234567890123456") << AddressKind::Alphanumeric;
    QTest::newRow("short code") << latin("37468") << AddressKind::ShortCode;
    QTest::newRow("short code of 8") << latin("12345678") << AddressKind::ShortCode;
    QTest::newRow("two digits") << latin("12") << AddressKind::Alphanumeric;
    QTest::newRow("number without plus") << latin("12125550188") << AddressKind::Alphanumeric;
    QTest::newRow("name") << latin("ACME") << AddressKind::Alphanumeric;
    QTest::newRow("name with a plus") << latin("+ACME") << AddressKind::Alphanumeric;
    QTest::newRow("name with a blank") << latin("ACME Inc") << AddressKind::Alphanumeric;
    QTest::newRow("foreign digits are not E.164")
        << QStringLiteral("+٠١٠٠١٢٣٤٥٦٧") << AddressKind::Alphanumeric;
}

void TestAddress::readsTheWire() {
    QFETCH(QString, wire);
    QFETCH(AddressKind, kind);
    QCOMPARE(fromWire(wire).wire(), wire);
    QCOMPARE(fromWire(wire).kind(), kind);
    QVERIFY(!fromWire(wire).isEmpty());
}

void TestAddress::displays_data() {
    QTest::addColumn<QString>("wire");
    QTest::addColumn<QString>("home");
    QTest::addColumn<QString>("display");
    QTest::addColumn<QString>("international");
    const auto row = [](const char *wire, const char *home, const char *display, const char *international) {
        QTest::addRow("%s in %s", wire, home)
            << latin(wire) << latin(home) << latin(display) << latin(international);
    };
    row("+12125550188", "US", "(212) 555-0188", "+1 212-555-0188");
    row("+14165550188", "US", "(416) 555-0188", "+1 416-555-0188");
    row("+14725550100", "US", "(472) 555-0100", "+1 472-555-0100");
    row("+12125550188", "GB", "+1 212-555-0188", "+1 212-555-0188");
    row("+442079460958", "US", "+44 20 7946 0958", "+44 20 7946 0958");
    row("+442079460958", "GB", "020 7946 0958", "+44 20 7946 0958");
    row("+491711234567", "DE", "0171 1234567", "+49 171 1234567");
    row("+12125550188", "", "+1 212-555-0188", "+1 212-555-0188");
    row("37468", "US", "37468", "37468");
    row("ACME", "US", "ACME", "ACME");
    row("+9991234567", "US", "+9991234567", "+9991234567");
}

void TestAddress::displays() {
    QFETCH(QString, wire);
    QFETCH(QString, home);
    QFETCH(QString, display);
    QFETCH(QString, international);
    QCOMPARE(fromWire(wire).display(Region{home}), display);
    QCOMPARE(fromWire(wire).international(), international);
}

void TestAddress::knowsTheRegion_data() {
    QTest::addColumn<QString>("wire");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("country");
    QTest::newRow("New York") << latin("+12125550188") << latin("US") << latin("United States");
    QTest::newRow("Toronto") << latin("+14165550188") << latin("CA") << latin("Canada");
    QTest::newRow("+1 newer than the metadata") << latin("+14725550100") << QString() << QString();
    QTest::newRow("London") << latin("+442079460958") << latin("GB") << latin("United Kingdom");
    QTest::newRow("German number of no known range")
        << latin("+4919991234567") << latin("DE") << latin("Germany");
    QTest::newRow("no country") << latin("+9991234567") << QString() << QString();
    QTest::newRow("short code") << latin("37468") << QString() << QString();
    QTest::newRow("name") << latin("ACME") << QString() << QString();
}

void TestAddress::knowsTheRegion() {
    QFETCH(QString, wire);
    QFETCH(QString, region);
    QFETCH(QString, country);
    QCOMPARE(fromWire(wire).region().value_or(Region{}).code, region);
    QCOMPARE(fromWire(wire).countryName(), country);
}

void TestAddress::noAddress() {
    const Address none = fromWire(QString());
    QVERIFY(none.isEmpty());
    QCOMPARE(none, Address());
    QCOMPARE(none.display(Region{latin("US")}), QString());
    QCOMPARE(none.international(), QString());
    QVERIFY(!none.region());
}

void TestAddress::comparesByWire() {
    const Region us{latin("US")};
    const QSet<Address> set{fromWire(latin("+12125550188")),
                            parse(latin("(212) 555-0188"), us).value_or(Address()), fromWire(latin("37468"))};
    QCOMPARE(set.size(), 2);
    QVERIFY(fromWire(latin("+12125550188")) < fromWire(latin("+12125550189")));
}

void TestAddress::findsDigits_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("digits");
    QTest::newRow("number") << latin("+1 (212) 555-0188") << latin("12125550188");
    QTest::newRow("none") << latin("Anna") << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("full width") << QStringLiteral("０１８８") << latin("0188");
    QTest::newRow("Arabic") << QStringLiteral("٠١٨٨") << latin("0188");
    QTest::newRow("mathematical digits") << QStringLiteral("𝟎𝟏𝟖𝟖") << latin("0188");
    QTest::newRow("superscript is no digit") << QStringLiteral("1²") << latin("1");
}

void TestAddress::findsDigits() {
    QFETCH(QString, text);
    QFETCH(QString, digits);
    QCOMPARE(digitsOf(text), digits);
}

QTEST_GUILESS_MAIN(TestAddress)
#include "tst_address.moc"
