#include "phone/time_zones.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTimeZone>

using namespace longcode;
using namespace longcode::phone;

class TestTimeZones : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void knowsWhereANumberMayBe_data();
    void knowsWhereANumberMayBe();
    void everyZoneIsKnownToTheSystem();
    void everyPrefixIsFoundAgain();
    void agreesForEveryAmericanAreaCode();
};

namespace {

void numberRow(const char *name, const char *wire, const char *zones) {
    QTest::newRow(name) << QString::fromLatin1(wire) << QByteArray(zones);
}

void americanRows() {
    numberRow("New York", "+12125550188", "America/New_York");
    numberRow("Chicago", "+13125550188", "America/Chicago");
    numberRow("Los Angeles", "+12135550188", "America/Los_Angeles");
    numberRow("Florida's panhandle", "+18505550188", "America/Chicago,America/New_York");
    numberRow("Idaho, an exchange with two zones", "+12082225188", "America/Boise,America/Los_Angeles");
    numberRow("Arizona with the Navajo nation", "+19285550188", "America/Denver,America/Phoenix");
    numberRow("South Dakota", "+16055550188", "America/Chicago,America/Denver,America/North_Dakota/Center");
    numberRow("Alaska with the Aleutians", "+19075550188",
              "America/Adak,America/Anchorage,America/Juneau,Pacific/Honolulu");
    numberRow("Kentucky, an overlay of two zones", "+13645550188", "America/Chicago,America/New_York");
    numberRow("Puerto Rico", "+17875550188", "America/Puerto_Rico");
    numberRow("Toronto", "+14165550188", "America/Toronto");
    numberRow("overlay newer than the data: 645 over 305", "+16455550188", "America/New_York");
    numberRow("overlay newer than the data: 738 over 213", "+17385550188", "America/Los_Angeles");

    numberRow("not assigned yet", "+12385550188",
              "America/Chicago,America/Denver,America/Los_Angeles,America/New_York,America/Phoenix");
}

} // namespace

void TestTimeZones::knowsWhereANumberMayBe_data() {
    QTest::addColumn<QString>("wire");
    QTest::addColumn<QByteArray>("zones");
    americanRows();
    numberRow("London", "+442079460958", "Europe/London");
    numberRow("UK mobile", "+447911123456", "Europe/Guernsey,Europe/Isle_of_Man,Europe/London");
    numberRow("Jersey", "+441534123456", "Europe/Jersey");
    numberRow("France", "+33612345678", "Europe/Paris");
    numberRow("Réunion", "+262692123456", "Indian/Reunion");
    numberRow("Sydney", "+61291234567", "Australia/Sydney");
    numberRow("Western Australia", "+61892345678", "Australia/Adelaide,Australia/Perth");
    numberRow("Brisbane", "+61731234567", "Australia/Brisbane");
    numberRow("Australian mobile", "+61412345678",
              "Australia/Adelaide,Australia/Brisbane,Australia/Darwin,Australia/Perth,Australia/Sydney");
    numberRow("India, the present name", "+918123456789", "Asia/Kolkata");
    numberRow("Ukraine", "+380441234567", "Europe/Kyiv");
    numberRow("São Paulo", "+5511987654321", "America/Sao_Paulo");
    numberRow("Manaus", "+5592987654321", "America/Manaus");
    for (const char *nowhere : {"+18005550142", "+18885550142", "+19005550142", "+15005550142",
                                "+16005550142", "+80012345678", "+9991234567", "37468", "ACME", ""})
        numberRow(nowhere, nowhere, "");
}

void TestTimeZones::knowsWhereANumberMayBe() {
    QFETCH(QString, wire);
    QFETCH(QByteArray, zones);
    QCOMPARE(possibleZones(fromWire(wire)).join(','), zones);
}

namespace {

QList<QByteArray> tableLines() {
    QFile file(QStringLiteral(LONGCODE_SOURCE_DIR "/resources/phone/time_zones.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no time_zones.tsv");
    QList<QByteArray> lines;
    while (!file.atEnd())
        if (const QByteArray line = file.readLine().trimmed(); !line.startsWith('#'))
            lines.append(line);
    return lines;
}

} // namespace

void TestTimeZones::everyZoneIsKnownToTheSystem() {
    QSet<QByteArray> zones;
    for (const QByteArray &line : tableLines())
        for (const QByteArray &zone : line.split('\t').constFirst().split(','))
            zones.insert(zone);
    QVERIFY(zones.remove("-"));
    QVERIFY2(zones.size() > 200, qPrintable(QString::number(zones.size())));
    for (const QByteArray &zone : zones)
        QVERIFY2(QTimeZone(zone).isValid(), zone.constData());
}

/// Padded with zeros every prefix gives its own line, unless a longer prefix of the table ends in those
/// zeros.
void TestTimeZones::everyPrefixIsFoundAgain() {
    QHash<QByteArray, QByteArray> zonesByPrefix;
    for (const QByteArray &line : tableLines())
        for (const QByteArray &prefix : line.split('\t').constLast().split(' '))
            zonesByPrefix.insert(prefix, line.split('\t').constFirst());
    QVERIFY(zonesByPrefix.size() > 1000);
    for (auto it = zonesByPrefix.cbegin(); it != zonesByPrefix.cend(); ++it) {
        const QByteArray digits = it.key().leftJustified(11, '0');
        QByteArray expected;
        for (qsizetype length = 1; length <= digits.size(); ++length)
            expected = zonesByPrefix.value(digits.left(length), expected);
        if (expected == "-")
            expected.clear();
        QCOMPARE(possibleZones(fromWire(QLatin1Char('+') + QString::fromLatin1(digits))).join(','), expected);
    }
}

/// No area code of +1 answers with more zones than the mainland has.
void TestTimeZones::agreesForEveryAmericanAreaCode() {
    for (int areaCode = 200; areaCode < 1000; ++areaCode) {
        const QString wire = QStringLiteral("+1%15550188").arg(areaCode);
        QVERIFY2(possibleZones(fromWire(wire)).size() <= 5, qPrintable(wire));
    }
}

QTEST_GUILESS_MAIN(TestTimeZones)
#include "tst_time_zones.moc"
