#include "contacts/formula.h"
#include "contacts/plain_text.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::contacts;

class TestPlainText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void cleansALine_data();
    void cleansALine();
    void keepsLinesOfANote();
    void cutsWithoutBreakingCharacters();
    void guardsFormulas_data();
    void guardsFormulas();
    void guardIsTakenAwayAgain_data();
    void guardIsTakenAwayAgain();
};

namespace {

void line(const char *name, const QString &text, const QString &cleaned, bool hadHidden) {
    QTest::newRow(name) << text << cleaned << hadHidden;
}

} // namespace

void TestPlainText::cleansALine_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cleaned");
    QTest::addColumn<bool>("hadHidden");
    line("plain", QStringLiteral("Anna Lindqvist"), QStringLiteral("Anna Lindqvist"), false);
    line("blanks", QStringLiteral("  Anna \t\u00A0 Lindqvist\r\n"), QStringLiteral("Anna Lindqvist"), false);
    line("markup stays text", QStringLiteral("<b>Anna</b> &amp; <img src=x>"),
         QStringLiteral("<b>Anna</b> &amp; <img src=x>"), false);
    line("right-to-left override", QStringLiteral("Anna\u202Egpj.exe\u202C"), QStringLiteral("Annagpj.exe"),
         true);
    line("isolates and marks", QStringLiteral("\u2068Anna\u2069\u200E"), QStringLiteral("Anna"), true);
    line("only zero-width", QStringLiteral("\u200B\u200C\u200D\u2060\uFEFF"), QString(), true);
    line("only fillers", QStringLiteral("\u3164\u115F\uFFA0"), QString(), true);
    line("the empty Braille pattern", QStringLiteral("\u2800\u2800"), QString(), false);
    line("zero-width within", QStringLiteral("pay\u200Bpal"), QStringLiteral("paypal"), true);
    line("nul and controls", QString::fromLatin1("An\0na\x07\x1b[31m", 11), QStringLiteral("Anna[31m"), true);
    line("a family joined", QStringLiteral("👩\u200D👧 Ann"), QStringLiteral("👩\u200D👧 Ann"), false);
    line("Persian non-joiner", QStringLiteral("می\u200Cخواهم"), QStringLiteral("می\u200Cخواهم"), false);
    line("joiner before a blank", QStringLiteral("Ann\u200D Bo"), QStringLiteral("Ann Bo"), true);
    line("joiner at the end", QStringLiteral("Ann\u200D"), QStringLiteral("Ann"), true);
    line("half a character", QString(QStringLiteral("Ann") + QChar(0xD83D)), QStringLiteral("Ann\uFFFD"),
         false);
    line("tags", QStringLiteral("Ann\U000E0041\U000E0042"), QStringLiteral("Ann"), true);
    line("Arabic", QStringLiteral("ليلى"), QStringLiteral("ليلى"), false);
}

void TestPlainText::cleansALine() {
    QFETCH(QString, text);
    QFETCH(QString, cleaned);
    QFETCH(bool, hadHidden);
    const PlainText plain = plainLine(text, 100);
    QCOMPARE(plain.text, cleaned);
    QCOMPARE(plain.hadHidden, hadHidden);
    QVERIFY(!plain.wasCut);
}

void TestPlainText::keepsLinesOfANote() {
    QCOMPARE(plainLines(u"  one \r\ntwo\rthree\n\n\n\n four\n", 100).text,
             QStringLiteral("one\ntwo\nthree\n\nfour"));
}

void TestPlainText::cutsWithoutBreakingCharacters() {
    const PlainText cut = plainLine(QStringLiteral("abc😀def"), 4);
    QCOMPARE(cut.text, QStringLiteral("abc"));
    QVERIFY(cut.wasCut);
    QCOMPARE(plainLine(QString(1'000'000, QLatin1Char('x')), 200).text.size(), 200);
    QCOMPARE(excerpt(QString(1'000'000, QLatin1Char('x'))).size(), 41);
}

void TestPlainText::guardsFormulas_data() {
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("guarded");
    const auto guard = [](const QString &cell) {
        QTest::newRow(qPrintable(cell)) << cell << QString(u'\'' + cell);
    };
    const auto bare = [](const QString &cell) { QTest::newRow(qPrintable(cell)) << cell << cell; };
    guard(QStringLiteral("=1+1"));
    guard(QStringLiteral("=cmd|'/c calc'!A1"));
    guard(QStringLiteral("+49 171 1234567"));
    guard(QStringLiteral("+1+cmd|' /C calc'!A0"));
    guard(QStringLiteral("-2+3"));
    guard(QStringLiteral("@SUM(A1)"));
    guard(QStringLiteral("\t=1"));
    guard(QStringLiteral("\r=1"));
    guard(QStringLiteral("  =1"));
    guard(QStringLiteral("'=1"));
    guard(QStringLiteral("＝1"));
    guard(QStringLiteral("+123456"));           // too short for a number
    guard(QStringLiteral("+1234567890123456")); // too long for one
    bare(QStringLiteral("+12125550188"));
    bare(QStringLiteral("Anna = Bo"));
    bare(QStringLiteral("O'Brien"));
    bare(QStringLiteral("'quoted'"));
    bare(QStringLiteral("12125550188"));
}

void TestPlainText::guardsFormulas() {
    QFETCH(QString, cell);
    QFETCH(QString, guarded);
    QCOMPARE(withFormulaGuard(cell), guarded);
}

void TestPlainText::guardIsTakenAwayAgain_data() {
    QTest::addColumn<QString>("cell");
    for (const char16_t *cell : {u"=1", u"'=1", u"''=1", u"'+12125550188", u"+12125550188", u"'", u"''",
                                 u"' ", u"", u"-", u"'-", u"\t", u"'a"})
        QTest::newRow(qPrintable(QString(QChar(u'[') + QString::fromUtf16(cell) + QChar(u']'))))
            << QString::fromUtf16(cell);
}

void TestPlainText::guardIsTakenAwayAgain() {
    QFETCH(QString, cell);
    QCOMPARE(withoutFormulaGuard(withFormulaGuard(cell)), cell);
}

QTEST_GUILESS_MAIN(TestPlainText)
#include "tst_plain_text.moc"
