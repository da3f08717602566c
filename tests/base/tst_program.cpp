#include "base/program.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;

class TestProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void takesOptions();
    void repeatsOptions();
    void fallsBackOnDefaults();
    void takesPositional();
    void refuses_data();
    void refuses();
    void helps_data();
    void helps();
    void listensOn_data();
    void listensOn();
    void refusesAddresses_data();
    void refusesAddresses();
};

namespace {

QString s(const char *text) {
    return QString::fromUtf8(text);
}

ProgramDescription server() {
    return {s("longcode-test"),
            s("Serves a test."),
            {{s("listen"), s("ADDR:PORT"), s("Where to listen."), s("127.0.0.1:0")},
             {s("public-key"), s("BASE64"), s("A key; may be given more than once.")},
             {s("quiet"), {}, s("Say less.")}},
            {}};
}

ProgramStart start(const QStringList &arguments, const QString &positional = {}) {
    ProgramDescription program = server();
    program.positional = positional;
    return parseArguments(program, QStringList{s("longcode-test")} + arguments);
}

} // namespace

void TestProgram::takesOptions() {
    const ProgramStart apart = start({s("--listen"), s("[::1]:80"), s("--quiet")});
    QVERIFY(!apart.exitCode);
    QCOMPARE(apart.arguments.value(s("listen")), s("[::1]:80"));
    QVERIFY(apart.arguments.has(s("quiet")));
    QVERIFY(!apart.arguments.has(s("public-key")));

    const ProgramStart together = start({s("--public-key=AbC=="), s("--listen=")});
    QVERIFY(!together.exitCode);
    QCOMPARE(together.arguments.value(s("public-key")), s("AbC=="));
    QCOMPARE(together.arguments.value(s("listen")), QString());

    // A value may look like an option: it stands where a value belongs.
    QCOMPARE(start({s("--public-key"), s("--quiet")}).arguments.value(s("public-key")), s("--quiet"));
}

void TestProgram::repeatsOptions() {
    const ProgramStart twice = start({s("--public-key"), s("a"), s("--quiet"), s("--public-key=b")});
    QCOMPARE(twice.arguments.values(s("public-key")), (QStringList{s("a"), s("b")}));
    QCOMPARE(twice.arguments.value(s("public-key")), s("b"));
    QCOMPARE(start({}).arguments.values(s("public-key")), QStringList());
}

void TestProgram::fallsBackOnDefaults() {
    const ProgramArguments none = start({}).arguments;
    QCOMPARE(none.value(s("listen")), s("127.0.0.1:0"));
    QVERIFY(!none.has(s("listen")));
    QCOMPARE(none.value(s("public-key")), QString());
    QCOMPARE(none.value(s("unheard-of")), QString());
}

void TestProgram::takesPositional() {
    const ProgramStart given = start({s("text"), s("--quiet"), s("-")}, s("SUBJECT"));
    QVERIFY(!given.exitCode);
    QCOMPARE(given.arguments.positional(), (QStringList{s("text"), s("-")}));
}

void TestProgram::refuses_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown option") << QStringList{s("--fast")} << s("--fast");
    QTest::newRow("unknown option with a value") << QStringList{s("--fast=1")} << s("--fast");
    QTest::newRow("one dash") << QStringList{s("-listen"), s("x")} << s("-listen");
    QTest::newRow("letter") << QStringList{s("-v")} << s("-v");
    QTest::newRow("two dashes alone") << QStringList{s("--")} << s("--");
    QTest::newRow("abbreviation") << QStringList{s("--qui")} << s("--qui");
    QTest::newRow("value missing") << QStringList{s("--quiet"), s("--listen")} << s("--listen");
    QTest::newRow("value for a switch") << QStringList{s("--quiet=yes")} << s("--quiet");
    QTest::newRow("stray argument") << QStringList{s("here")} << s("here");
    QTest::newRow("first of several") << QStringList{s("--first"), s("--second")} << s("--first");
}

void TestProgram::refuses() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const ProgramStart refused = start(arguments);
    QCOMPARE(refused.exitCode, std::optional(2));
    QVERIFY(refused.output.startsWith(s("longcode-test: ")));
    QVERIFY2(refused.output.contains(named), qPrintable(refused.output));
    QVERIFY(refused.output.endsWith(u'\n'));
}

void TestProgram::helps_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("said");
    const QStringList help{s("Usage: longcode-test"),
                           s("Serves a test."),
                           s("--listen ADDR:PORT"),
                           s("127.0.0.1:0"),
                           s("--quiet"),
                           s("--help"),
                           s("--version")};
    QTest::newRow("--help") << QStringList{s("--help")} << help;
    QTest::newRow("-h") << QStringList{s("-h")} << help;
    QTest::newRow("--help after others") << QStringList{s("--quiet"), s("--help")} << help;
    QTest::newRow("--version") << QStringList{s("--version")}
                               << QStringList{s("longcode-test ") + programVersion()};
}

void TestProgram::helps() {
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, said);
    const ProgramStart told = start(arguments);
    QCOMPARE(told.exitCode, std::optional(0));
    for (const QString &words : said)
        QVERIFY2(told.output.contains(words), qPrintable(words));
    QVERIFY(QRegularExpression(s("^\\d+\\.\\d+\\.\\d+$")).match(programVersion()).hasMatch());
}

void TestProgram::listensOn_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("IPv4") << s("127.0.0.1:8080") << s("127.0.0.1") << 8080;
    QTest::newRow("any") << s("0.0.0.0:0") << s("0.0.0.0") << 0;
    QTest::newRow("IPv6") << s("[::1]:443") << s("::1") << 443;
    QTest::newRow("name") << s("localhost:0") << s("localhost") << 0;
    QTest::newRow("highest port") << s("relay.example.com:65535") << s("relay.example.com") << 65535;
}

void TestProgram::listensOn() {
    QFETCH(QString, text);
    const auto address = parseListenAddress(text);
    QVERIFY(address);
    QTEST(address->host, "host");
    QTEST(int(address->port), "port");
}

void TestProgram::refusesAddresses_data() {
    QTest::addColumn<QString>("text");
    for (const char *text : {"", ":", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536",
                             "127.0.0.1:-1", "127.0.0.1:1.5", "::1:443", "[::1]", "[]:443", "8080"})
        QTest::newRow(text) << s(text);
}

void TestProgram::refusesAddresses() {
    QFETCH(QString, text);
    const auto address = parseListenAddress(text);
    QVERIFY(!address);
    QVERIFY2(address.error().contains(text), qPrintable(address.error()));
    QVERIFY(address.error().endsWith(u'.'));
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
