#include "rules/error_codes.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace longcode::rules;

class TestErrorCodes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void hasEveryCodeOnce();
    void speaksInSentences();
    void advisesOnRetry_data();
    void advisesOnRetry();
    void followsOneMeaning_data();
    void followsOneMeaning();
    void knowsNoOtherCode();
    void recognisesOptOut_data();
    void recognisesOptOut();
    void recognisesKeywords_data();
    void recognisesKeywords();
};

namespace {

/// The page "Error Codes", section by section.
constexpr int ofThePage[] = {
    40001, 40002, 40003, 40004, 40005, 40006, 40008, 40009, 40011, 40012, 40013, 40014, 40015, // carriers
    40010, 40016, 40017, 40018, 40019, 40020,                                                  // 10DLC
    40329, 40330,                                                                              // toll-free
    40300, 40301, 40305, 40306, 40307, 40308, 40309, 40310, 40319, 40320, 40321, 40325,        // numbers
    40302, 40304, 40316, 40317, 40322, 40328,                                                  // content
    40311, 40312, 40313, 40314, 40315, 40318, 40323, 40331, 40333,                             // profile
    40100, 40150, 40151, 40155,                                                                // provisioning
};
/// D37.
constexpr int elsewhere[] = {42200, 42201, 42202, 42203, 42204, 42205, 30003, 30004,
                             30005, 30006, 30007, 30008, 40400, 40500, 47000};

QString s(const char *text) {
    return QString::fromUtf8(text);
}

} // namespace

void TestErrorCodes::hasEveryCodeOnce() {
    for (const int code : ofThePage) {
        const auto advice = adviceFor(QString::number(code));
        QVERIFY2(advice, qPrintable(QString::number(code)));
        QVERIFY(!advice->onOnePageOnly);
    }
    for (const int code : elsewhere) {
        const auto advice = adviceFor(QString::number(code));
        QVERIFY2(advice, qPrintable(QString::number(code)));
        QVERIFY(advice->onOnePageOnly);
    }
    QSet<QString> codes;
    for (const ErrorAdvice &advice : allErrorAdvice())
        codes.insert(advice.code);
    QCOMPARE(codes.size(), allErrorAdvice().size());
    QCOMPARE(allErrorAdvice().size(), qsizetype(std::size(ofThePage) + std::size(elsewhere)));
}

void TestErrorCodes::speaksInSentences() {
    for (const ErrorAdvice &advice : allErrorAdvice()) {
        QVERIFY2(!advice.title.isEmpty() && !advice.title.endsWith(u'.'), qPrintable(advice.code));
        QVERIFY2(advice.cause.endsWith(u'.') && advice.cause.front().isUpper(), qPrintable(advice.code));
        QVERIFY2(advice.action.endsWith(u'.') && advice.action.front().isUpper(), qPrintable(advice.code));
        QVERIFY2(!advice.cause.contains(u'`') && !advice.action.contains(u'`'), qPrintable(advice.code));
    }
}

void TestErrorCodes::advisesOnRetry_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<RetryAdvice>("retry");
    for (const char *code : {"40006", "40008"})
        QTest::newRow(code) << s(code) << RetryAdvice::ByItself;
    for (const char *code : {"40020", "40318", "40320"})
        QTest::newRow(code) << s(code) << RetryAdvice::AfterWait;
    for (const char *code : {"40002", "40005", "40011", "40014", "40016", "40017", "40018"})
        QTest::newRow(code) << s(code) << RetryAdvice::AfterChange;
    for (const char *code : {"40010", "40015", "40019", "40315", "40329", "40333"}) // action required
        QTest::newRow(code) << s(code) << RetryAdvice::AfterChange;
    for (const char *code : {"40001", "40003", "40300", "40314", "40322"})
        QTest::newRow(code) << s(code) << RetryAdvice::Never;
}

void TestErrorCodes::advisesOnRetry() {
    QFETCH(QString, code);
    QFETCH(RetryAdvice, retry);
    QCOMPARE(adviceFor(code)->retry, retry);
}

/// Codes that pages disagree about (D30 to D36).
void TestErrorCodes::followsOneMeaning_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("40001") << s("40001") << s("routable");
    QTest::newRow("40002") << s("40002") << s("spam");
    QTest::newRow("40008") << s("40008") << s("Undeliverable");
    QTest::newRow("40010") << s("40010") << s("10DLC");
    QTest::newRow("47000") << s("47000") << s("10DLC");
    QTest::newRow("40300") << s("40300") << s("opted out");
    QTest::newRow("40302") << s("40302") << s("too long");
    QTest::newRow("40310") << s("40310") << s("Recipient's number");
    QTest::newRow("40311") << s("40311") << s("profile secret");
    QTest::newRow("40320") << s("40320") << s("not usable yet");
    QTest::newRow("40321") << s("40321") << s("pool");
}

void TestErrorCodes::followsOneMeaning() {
    QFETCH(QString, code);
    QFETCH(QString, word);
    QVERIFY2(adviceFor(code)->title.contains(word), qPrintable(adviceFor(code)->title));
}

void TestErrorCodes::knowsNoOtherCode() {
    for (const char *code : {"", "40007", "4000", "040001", "40001 ", "10015", "code"})
        QVERIFY2(!adviceFor(s(code)), code);
}

void TestErrorCodes::recognisesOptOut_data() {
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<bool>("optOut");
    QTest::newRow("documented")
        << s("Blocked due to STOP message")
        << s("Messages cannot be sent from '{from}' to '{to}' due to an existing block rule.") << true;
    QTest::newRow("detail only") << s("Forbidden") << s("The recipient has opted out.") << true;
    QTest::newRow("hyphen") << s("Opt-out in effect") << QString() << true;
    QTest::newRow("lower case") << s("blocked") << QString() << true;
    QTest::newRow("unassigned number")
        << s("Forbidden") << s("The from number +15551234567 is not assigned to a messaging profile.")
        << false;
    QTest::newRow("unreachable") << s("Destination number unreachable")
                                 << s("The destination number is not reachable on the carrier network.")
                                 << false;
    QTest::newRow("option is no opt-out") << s("Invalid option") << s("Adopt another format") << false;
    QTest::newRow("nothing") << QString() << QString() << false;
}

void TestErrorCodes::recognisesOptOut() {
    QFETCH(QString, title);
    QFETCH(QString, detail);
    QFETCH(bool, optOut);
    QCOMPARE(speaksOfOptOut(title, detail), optOut);
}

void TestErrorCodes::recognisesKeywords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Keyword>("keyword");
    for (const char *word : {"STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "stop",
                             " Stop\n", "stop  all"})
        QTest::newRow(word) << s(word) << Keyword::Stop;
    for (const char *word : {"START", "UNSTOP", "start "})
        QTest::newRow(word) << s(word) << Keyword::Start;
    for (const char *word : {"HELP", "help", "INFO"})
        QTest::newRow(word) << s(word) << Keyword::Help;
    for (const char *text : {"", " ", "STOP.", "Please stop", "STOP it", "the end", "ST OP", "YES"})
        QTest::newRow(qPrintable(QStringLiteral("none: ") + s(text))) << s(text) << Keyword::None;
    QTest::newRow("no-break space around") << QStringLiteral("\u00A0STOP\u00A0") << Keyword::Stop;
    QTest::newRow("long") << QString(100000, u' ') + s("STOP") << Keyword::None;
}

void TestErrorCodes::recognisesKeywords() {
    QFETCH(QString, text);
    QFETCH(Keyword, keyword);
    QCOMPARE(keywordOf(text), keyword);
}

QTEST_GUILESS_MAIN(TestErrorCodes)
#include "tst_error_codes.moc"
