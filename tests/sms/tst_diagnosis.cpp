#include "sms/sms.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::sms;

class TestDiagnosis : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void saysWhatForces_data();
    void saysWhatForces();
    void composes_data();
    void composes();
    void namesCharacters_data();
    void namesCharacters();
    void substitutesCure_data();
    void substitutesCure();
    void tellsBothPrices();
    void drawsEverySegment_data();
    void drawsEverySegment();
    void boundsTheList();
    void survivesEndlessMarks();
};

namespace {

/// One Forcing as text: "3+1 U+2019 ->'" or "3+1 U+1F600".
std::string described(const Forcing &forcing) {
    QString text = QStringLiteral("%1+%2 U+%3")
                       .arg(forcing.index)
                       .arg(forcing.length)
                       .arg(QString::number(uint(forcing.codePoint), 16).toUpper().rightJustified(4, u'0'));
    if (forcing.hasSubstitute)
        text += QStringLiteral(" ->") + QString::fromStdU16String(forcing.substitute);
    return text.toStdString();
}

QStringList described(const Diagnosis &diagnosis) {
    QStringList all;
    for (const Forcing &forcing : diagnosis.forcing)
        all.append(QString::fromStdString(described(forcing)));
    return all;
}

void row(const char *name, std::u16string_view text, const QStringList &forcing,
         SenderKind sender = SenderKind::LongCode) {
    QTest::newRow(name) << std::u16string(text) << sender << forcing;
}

void columns() {
    QTest::addColumn<std::u16string>("text");
    QTest::addColumn<SenderKind>("sender");
    QTest::addColumn<QStringList>("forcing");
}

QString s(const char *text) {
    return QString::fromUtf8(text);
}

/// The text after each offered substitute is taken, last first as the positions demand.
std::u16string cured(std::u16string text, const Diagnosis &diagnosis) {
    for (auto it = diagnosis.forcing.rbegin(); it != diagnosis.forcing.rend(); ++it) {
        if (it->hasSubstitute)
            text.replace(std::size_t(it->index), std::size_t(it->length), it->substitute.view());
    }
    return text;
}

} // namespace

void TestDiagnosis::saysWhatForces_data() {
    columns();
    row("empty", u"", {});
    row("GSM-7", u"Hello [€]", {});
    row("curly apostrophe", u"it’s", {s("2+1 U+2019 ->'")});
    row("quotes and ellipsis", u"“a”…", {s("0+1 U+201C ->\""), s("2+1 U+201D ->\""), s("3+1 U+2026 ->...")});
    row("removable", u"a\u200Bb", {s("1+1 U+200B ->")});
    row("tab", u"\ta", {s("0+1 U+0009 ->       ")});
    row("emoji", u"a😀b😀", {s("1+2 U+1F600"), s("4+2 U+1F600")});
    row("emoji sequence, part by part", u"👩\u200D❤\uFE0F",
        {s("0+2 U+1F469"), s("2+1 U+200D"), s("3+1 U+2764"), s("4+1 U+FE0F")});
    row("Cyrillic", u"да", {s("0+1 U+0434"), s("1+1 U+0430")});
    row("Greek capital", u"ΑΩ", {s("0+1 U+0391 ->A"), s("1+1 U+03A9")});
    row("lone surrogates", std::u16string_view(u"\xDE00 \xD83D", 3), {s("0+1 U+DE00"), s("2+1 U+D83D")});
    row("short code: ASCII only", u"é[€`", {s("0+1 U+00E9"), s("2+1 U+20AC")}, SenderKind::ShortCode);
    row("short code: substitutes are ASCII", u"it’s", {s("2+1 U+2019 ->'")}, SenderKind::ShortCode);
    row("toll-free as long code", u"½", {s("0+1 U+00BD ->1/2")}, SenderKind::TollFree);
    row("alphanumeric as long code", u"—", {s("0+1 U+2014 ->-")}, SenderKind::Alphanumeric);
}

void TestDiagnosis::saysWhatForces() {
    QFETCH(std::u16string, text);
    QFETCH(SenderKind, sender);
    QFETCH(QStringList, forcing);
    const Diagnosis diagnosis = diagnose(text, sender);
    QCOMPARE(described(diagnosis), forcing);
    QCOMPARE(diagnosis.forcingTotal, int(forcing.size()));
    QVERIFY(diagnosis.asTyped == count(text, sender));
}

void TestDiagnosis::composes_data() {
    columns();
    row("e acute is in GSM-7", u"cafe\u0301!", {s("3+2 U+0301 ->é")});
    row("n tilde rather than n and ~", u"man\u0303ana", {s("2+2 U+0303 ->ñ")});
    row("two of them", u"e\u0301e\u0300", {s("0+2 U+0301 ->é"), s("2+2 U+0300 ->è")});
    row("a acute is not in GSM-7, but shorter", u"a\u0301", {s("0+2 U+0301 ->á")});
    row("a circumflex: only ^ leads to GSM-7", u"a\u0302", {s("1+1 U+0302 ->^")});
    row("Cyrillic short i, base forces too", u"и\u0306", {s("0+2 U+0438 ->й")});
    row("three marks", u"o\u031B\u0309", {s("0+3 U+031B ->\xE1\xBB\x9F")});
    row("marks out of order", u"a\u0306\u0323", {s("0+3 U+0306 ->\xE1\xBA\xB7")});
    row("mark below a composed letter", u"\u0103\u0323", {s("0+2 U+0103 ->\xE1\xBA\xB7")});
    row("no composed form", u"q\u0301", {s("1+1 U+0301")});
    row("no composed form, mark in the table", u"q\u0303", {s("1+1 U+0303 ->~")});
    row("mark at the beginning", u"\u0301e", {s("0+1 U+0301")});
    row("Hangul", u"\u1112\u1161\u11AB", {s("0+3 U+1112 ->한")});
    row("mark outside the BMP", u"\U00011099\U000110BA", {s("0+4 U+11099 ->\xF0\x91\x82\x9A")});
    row("emoji are not joined", u"😀😀", {s("0+2 U+1F600"), s("2+2 U+1F600")});
    row("e acute on a short code", u"e\u0301", {s("0+2 U+0301 ->é")}, SenderKind::ShortCode);
}

void TestDiagnosis::composes() {
    saysWhatForces();
}

void TestDiagnosis::namesCharacters_data() {
    QTest::addColumn<std::u16string>("text");
    QTest::addColumn<QString>("name");
    const auto named = [](std::u16string_view text, const char *name) {
        QTest::newRow(name) << std::u16string(text) << QString::fromLatin1(name);
    };
    named(u"’", "RIGHT SINGLE QUOTATION MARK");
    named(u"\u200B", "ZERO WIDTH SPACE");
    named(u"e\u0301", "COMBINING ACUTE ACCENT");
    named(u"😀", "GRINNING FACE");
    named(u"ж", "CYRILLIC SMALL LETTER ZHE");
    named(u"漢", "CJK UNIFIED IDEOGRAPH-6F22");
    named(u"\t", "CHARACTER TABULATION");
    named(u"\x01", "CONTROL CHARACTER");
    named(std::u16string_view(u"\xD83D", 1), "HALF OF A SURROGATE PAIR");
    QTest::newRow("no name") << std::u16string(u"\uE000") << QString();
}

void TestDiagnosis::namesCharacters() {
    QFETCH(std::u16string, text);
    QFETCH(QString, name);
    const Diagnosis diagnosis = diagnose(text, SenderKind::LongCode);
    QCOMPARE(diagnosis.forcingTotal, 1);
    QCOMPARE(QString::fromStdString(diagnosis.forcing.front().name), name);
    QCOMPARE(diagnosis.forcing.front().name.empty(), name.isEmpty());
}

void TestDiagnosis::substitutesCure_data() {
    QTest::addColumn<std::u16string>("text");
    QTest::addColumn<std::u16string>("cure");
    const auto cures = [](const char *name, std::u16string_view text, std::u16string_view cure) {
        QTest::newRow(name) << std::u16string(text) << std::u16string(cure);
    };
    cures("word processor", u"Don’t miss our “flash sale” — 50% off…",
          u"Don't miss our \"flash sale\" - 50% off...");
    cures("decomposed", u"Cafe\u0301 a\u0300 l\u2019e\u0301te\u0301", u"Café à l'été");
    cures("removed", u"a\u200Bb\u2060", u"ab");
    cures("emoji stays", u"“😀”", u"\"😀\"");
}

void TestDiagnosis::substitutesCure() {
    QFETCH(std::u16string, text);
    QFETCH(std::u16string, cure);
    QVERIFY(cured(text, diagnose(text, SenderKind::LongCode)) == cure);
}

void TestDiagnosis::tellsBothPrices() {
    const std::u16string text = std::u16string(199, u'a') + u"’";
    const Diagnosis diagnosis = diagnose(text, SenderKind::LongCode);
    QVERIFY((diagnosis.asTyped == Count{Encoding::Ucs2, 200, 3, 67, 1}));
    QVERIFY((diagnosis.afterSmartEncoding == Count{Encoding::Gsm7, 200, 2, 153, 106}));
    QCOMPARE(diagnosis.smart.replaced, 1);
    QVERIFY(diagnosis.smart.text == std::u16string(199, u'a') + u"'");

    const Diagnosis empty = diagnose(u"", SenderKind::LongCode);
    QCOMPARE(empty.asTyped.segments, 0);
    QVERIFY(empty.segmentStarts.empty());
    const Diagnosis removed = diagnose(u"\u200B", SenderKind::LongCode);
    QCOMPARE(removed.asTyped.segments, 1);
    QCOMPARE(removed.afterSmartEncoding.segments, 0);
    QVERIFY(removed.smart.becameEmpty);
    // A tab costs seven: smart encoding can make a GSM-7 text out of it and still cost more.
    const Diagnosis tabs = diagnose(std::u16string(40, u'\t'), SenderKind::LongCode);
    QCOMPARE(tabs.asTyped.segments, 1);
    QCOMPARE(tabs.afterSmartEncoding.segments, 2);
}

void TestDiagnosis::drawsEverySegment_data() {
    QTest::addColumn<std::u16string>("text");
    QTest::addColumn<std::vector<int>>("starts");
    QTest::newRow("one") << std::u16string(u"a") << std::vector<int>{0};
    QTest::newRow("pairs") << std::u16string(152, u'a') + u"€" + std::u16string(152, u'a')
                           << std::vector<int>{0, 152, 304};
    std::vector<int> forty;
    for (int i = 0; i < 40; ++i)
        forty.push_back(i * 67);
    QTest::newRow("far beyond ten") << std::u16string(40 * 67, u'ж') << forty;
}

void TestDiagnosis::drawsEverySegment() {
    QFETCH(std::u16string, text);
    QFETCH(std::vector<int>, starts);
    QVERIFY(diagnose(text, SenderKind::LongCode).segmentStarts == starts);
}

void TestDiagnosis::boundsTheList() {
    const Diagnosis diagnosis = diagnose(std::u16string(5000, u'ж'), SenderKind::LongCode);
    QCOMPARE(int(diagnosis.forcing.size()), maximumForcing);
    QCOMPARE(diagnosis.forcingTotal, 5000);
}

/// A letter under thousands of marks is one sequence; nobody may wait for it.
void TestDiagnosis::survivesEndlessMarks() {
    const std::u16string text = u"a" + std::u16string(3000, u'\u0301');
    const Diagnosis diagnosis = diagnose(text, SenderKind::LongCode);
    QCOMPARE(diagnosis.forcingTotal, 3000);
    QVERIFY(!diagnosis.forcing.front().hasSubstitute);
}

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
