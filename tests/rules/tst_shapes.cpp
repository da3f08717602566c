#include "rules/message_words.h"
#include "rules/phone_shape.h"
#include "rules/tax_number.h"
#include "rules/throughput.h"
#include "rules/web_address.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::rules;

/// What rules take for a phone number, an address, a tax number; and what carriers let through.
class TestShapes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void findsPhones_data();
    void findsPhones();
    void writesPhones_data();
    void writesPhones();
    void findsLinks_data();
    void findsLinks();
    void comparesDomains_data();
    void comparesDomains();
    void knowsTaxNumbers_data();
    void knowsTaxNumbers();
    void findsOptOut_data();
    void findsOptOut();
    void findsGluedStop_data();
    void findsGluedStop();
    void findsVariables();
    void givesAttThroughput_data();
    void givesAttThroughput();
    void givesTMobileThroughput_data();
    void givesTMobileThroughput();
    void givesTollFreeThroughput();
};

namespace {

QString s(const char *text) {
    return QString::fromUtf8(text);
}

} // namespace

void TestShapes::findsPhones_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    for (const char *text :
         {"call 1-800-555-0199 now", "(212) 555-0188", "212.555.0188", "+442079460958", "call 2125550188",
          "Suite 200 212-555-0188", "text 12125550188", "+1 (212) 555-0188"})
        QTest::newRow(text) << s(text) << true;
    for (const char *text : {"order #2125550188", "order 2125550188", "1Z999AA10123456784",
                             "9400111899223197428490", "2026-03-18", "$1,234.56", "3-5 PM", "code 847291",
                             "4111 1111 1111 1111", "10.0.0.1", "", "+", "212-555"})
        QTest::newRow(qPrintable(s("none: ") + s(text))) << s(text) << false;
}

void TestShapes::findsPhones() {
    QFETCH(QString, text);
    QTEST(containsPhone(text), "found");
}

void TestShapes::writesPhones_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("written");
    QTest::newRow("ten digits") << s("(212) 555-0188") << s("+12125550188");
    QTest::newRow("eleven") << s("1 212 555 0188") << s("+12125550188");
    QTest::newRow("plus") << s("+44 20 7946 0958") << s("+442079460958");
    QTest::newRow("letters") << s("212-555-ACME") << QString();
    QTest::newRow("short") << s("555-0188") << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestShapes::writesPhones() {
    QFETCH(QString, typed);
    QTEST(asE164(typed), "written");
    QVERIFY(!isE164(typed));
}

void TestShapes::findsLinks_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("hosts");
    QTest::newRow("scheme") << s("see https://Acme.com/x?y=1.") << s("acme.com");
    QTest::newRow("bare") << s("Track at acme.com/track. Reply") << s("acme.com");
    QTest::newRow("deep host") << s("(support.acme.co.uk)") << s("support.acme.co.uk");
    QTest::newRow("two") << s("acme.com, acme.org!") << s("acme.com acme.org");
    QTest::newRow("glued words") << s("today.Reply STOP") << QString();
    QTest::newRow("abbreviations") << s("2 p.m. U.S. e.g. v2.5 Dr.Smith No.7 etc.") << QString();
    QTest::newRow("mail") << s("help@acme.com") << QString();
    QTest::newRow("glued scheme") << s("Track:https://acme.com/1") << s("acme.com");
    QTest::newRow("word for ending") << s("come.in now") << QString();
    QTest::newRow("ending with path") << s("acme.in/now") << s("acme.in");
    QTest::newRow("port and user") << s("http://me:pw@acme.com:8080/x") << s("acme.com");
}

void TestShapes::findsLinks() {
    QFETCH(QString, text);
    QStringList hosts;
    const Passage passage(s("sample1"), text);
    for (const Passage::Link &link : passage.links())
        hosts += link.host;
    QTEST(hosts.join(u' '), "hosts");
}

void TestShapes::comparesDomains_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("domain");
    QTest::newRow("plain") << s("acme.com") << s("acme.com");
    QTest::newRow("sub") << s("a.b.acme.com") << s("acme.com");
    QTest::newRow("two levels") << s("www.acme.co.uk") << s("acme.co.uk");
    QTest::newRow("one label") << s("acme") << s("acme");
    QTest::newRow("empty") << QString() << QString();
}

void TestShapes::comparesDomains() {
    QFETCH(QString, host);
    QTEST(registeredDomain(host), "domain");
}

void TestShapes::knowsTaxNumbers_data() {
    QTest::addColumn<bool>("is");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, bool is, bool expected) { QTest::newRow(name) << is << expected; };
    row("EIN", isEin(s("12-3456789")), true);
    row("EIN without hyphen", isEin(s("123456789")), true);
    row("EIN short", isEin(s("12-345678")), false);
    row("EIN with other digits", isEin(s("12-345678٩")), false);
    row("SSN", isSsn(s("123-45-6789")), true);
    row("CRA", isCra(s("123456789RC0001")), true);
    row("CRA with blanks", isCra(s("12345 6789 RC 0001")), true);
    row("CRA half", isCra(s("123456789RC")), false);
    row("Companies House", isCompaniesHouse(s("12345678")), true);
    row("Companies House, Scotland", isCompaniesHouse(s("sc123456")), true);
    row("Companies House short", isCompaniesHouse(s("1234567")), false);
    row("ABN", isAbn(s("51824753556")), true);
    row("ABN wrong sum", isAbn(s("51824753557")), false);
    row("VAT", isVat(s("DE123456789")), true);
    row("VAT France", isVat(s("FRXX999999999")), true);
    row("VAT without country", isVat(s("123456789")), false);
    row("LEI", isLei(s("5493001KJTIIGC8Y1R12")), true);
    row("LEI short", isLei(s("5493001KJTIIGC8Y1R1")), false);
    row("GIIN", isGiin(s("98Q96B.00000.LE.250")), true);
    row("DUNS", isDuns(s("12-345-6789")), true);
}

void TestShapes::knowsTaxNumbers() {
    QFETCH(bool, is);
    QTEST(is, "expected");
}

void TestShapes::findsOptOut_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    for (const char *text :
         {"Reply STOP to opt out.", "txt stop to unsubscribe", "STOP to end", "To opt out, reply \"STOP\".",
          "Reply HELP for help, STOP to cancel", "Reply HELP or STOP", "Text STOP", "STOP=optout",
          "reply with STOP", "Responda STOP"})
        QTest::newRow(text) << s(text) << true;
    for (const char *text : {"Next stop: Boston", "We never stop", "Reply YES", "Don't stop",
                             "opt out is easy", "", "Stop by our store"})
        QTest::newRow(qPrintable(s("none: ") + s(text))) << s(text) << false;
}

void TestShapes::findsOptOut() {
    QFETCH(QString, text);
    QTEST(hasOptOut(Passage(s("sample1"), text)), "found");
}

void TestShapes::findsGluedStop_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("glued");
    QTest::newRow("digit") << s("Bye STOP2END") << s("STOP2END");
    QTest::newRow("before") << s("ReplySTOP to end") << s("ReplySTOP");
    QTest::newRow("address") << s("https://acme.com/xSTOP to end") << s("https://acme.com/xSTOP");
    QTest::newRow("address, dot") << s("acme.com/x.Reply STOP") << s("acme.com/x.Reply");
    QTest::newRow("fine") << s("acme.com/reply Reply STOP to end") << QString();
    QTest::newRow("other words") << s("NONSTOP STOPALL Christopher unstoppable") << QString();
    QTest::newRow("punctuation") << s("\"STOP\", (STOP) STOP.") << QString();
}

void TestShapes::findsGluedStop() {
    QFETCH(QString, text);
    QTEST(gluedOptOut(text), "glued");
}

void TestShapes::findsVariables() {
    const Passage passage(s("sample1"), s("Hi {{name}}, [Business Name] ${order} <b> 1 < 2 {} [x"));
    QStringList names;
    for (const Passage::Variable &variable : passage.variables())
        names += variable.name;
    QCOMPARE(names, (QStringList{s("name"), s("businessname"), s("order"), s("b")}));
    QCOMPARE(passage.text().mid(passage.variables()[0].begin, passage.variables()[0].length), s("{{name}}"));
    QCOMPARE(passage.text().mid(passage.variables()[2].begin, passage.variables()[2].length), s("${order}"));
}

void TestShapes::givesAttThroughput_data() {
    QTest::addColumn<QString>("useCase");
    QTest::addColumn<int>("score");
    QTest::addColumn<QString>("messageClass");
    QTest::addColumn<int>("sms");
    QTest::addColumn<int>("mms");
    const auto row = [](const char *useCase, int score, const char *messageClass, int sms, int mms) {
        QTest::addRow("%s %d", useCase, score) << s(useCase) << score << s(messageClass) << sms << mms;
    };
    row("2FA", 100, "A", 4500, 2400);
    row("2FA", 75, "A", 4500, 2400);
    row("2FA", 74, "C", 2400, 1200);
    row("2FA", 49, "E", 240, 150);
    row("2FA", -1, "E", 240, 150);
    row("MIXED", 75, "B", 4500, 2400);
    row("MARKETING", 50, "D", 2400, 1200);
    row("MARKETING", 1, "F", 240, 150);
    row("LOW_VOLUME", 90, "T", 75, 50);
    row("SOLE_PROPRIETOR", -1, "W", 15, 50);
    row("POLITICAL", 10, "K", 4500, 2400);
    row("CHARITY", 10, "P", 2400, 1200);
    row("SOCIAL", 10, "S", 9000, 2400);
    row("EMERGENCY", 10, "X", 4500, 2400);
    row("PROXY", 99, "G", 60, 50);
    row("AGENTS_FRANCHISES", 99, "N", 60, 50);
    row("SOMETHING_NEW", 60, "C", 2400, 1200);
}

void TestShapes::givesAttThroughput() {
    QFETCH(QString, useCase);
    QFETCH(int, score);
    const AttThroughput given = attThroughput(useCase, score < 0 ? std::nullopt : std::optional(score));
    QTEST(given.messageClass, "messageClass");
    QTEST(given.smsPerMinute, "sms");
    QTEST(given.mmsPerMinute, "mms");
    QCOMPARE(given.isPerNumber, useCase == s("PROXY") || useCase == s("AGENTS_FRANCHISES"));
    QCOMPARE(attThroughputOfClass(given.messageClass.toLower()), std::optional(given));
    QVERIFY(!attThroughputOfClass(s("Q")));
}

void TestShapes::givesTMobileThroughput_data() {
    QTest::addColumn<QString>("useCase");
    QTest::addColumn<int>("score");
    QTest::addColumn<int>("perDay");
    QTest::newRow("top") << s("MIXED") << 75 << 200000;
    QTest::newRow("100") << s("MIXED") << 100 << 200000;
    QTest::newRow("74") << s("MIXED") << 74 << 40000;
    QTest::newRow("50") << s("2FA") << 50 << 40000;
    QTest::newRow("25") << s("2FA") << 25 << 10000;
    QTest::newRow("24") << s("2FA") << 24 << 2000;
    QTest::newRow("not vetted") << s("2FA") << -1 << 2000;
    QTest::newRow("sole proprietor") << s("SOLE_PROPRIETOR") << 80 << 1000;
}

void TestShapes::givesTMobileThroughput() {
    QFETCH(QString, useCase);
    QFETCH(int, score);
    QTEST(tMobileThroughput(useCase, score < 0 ? std::nullopt : std::optional(score)).smsPerDay, "perDay");
}

void TestShapes::givesTollFreeThroughput() {
    QCOMPARE(tollFreePerSecond(TollFreeState::Unverified), 0.25);
    QCOMPARE(tollFreePerSecond(TollFreeState::Pending), 1.0);
    QCOMPARE(tollFreePerSecond(TollFreeState::Verified), 20.0);
}

QTEST_GUILESS_MAIN(TestShapes)
#include "tst_shapes.moc"
