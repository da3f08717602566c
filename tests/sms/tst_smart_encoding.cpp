#include "sms/sms.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <map>

using namespace longcode::sms;

namespace {

/// The substitutions of the documentation's page, by replacement. Control characters and full-width forms
/// follow below.
struct Group {
    std::u16string_view replacement;
    std::u16string_view characters;
};
constexpr Group groups[] = {
    {u"", u"\u200B\u2028\u2029\u2060\uFEFF"},
    {u" ", u"\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000"},
    {u"!", u"\u01C3\uFE15\uFE57"},
    {u"!!", u"\u203C"},
    {u"\"", u"\u00AB\u00BB\u02BA\u02EE\u201C\u201D\u201E\u201F\u275D\u275E\u301D\u301E"},
    {u"#", u"\uFE5F"},
    {u"$", u"\uFE69"},
    {u"%", u"\uFE6A"},
    {u"&", u"\uFE60"},
    {u"'", u"`\u00B4\u02B9\u02BB\u02BC\u02BD\u02C8\u02CA\u02CB\u0313\u0314\u2018\u2019\u201B\u275B\u275C"
           u"\uFE10\uFE11"},
    {u"(", u"\u2768\u276A\u27EE\u2985\uFE59"},
    {u")", u"\u2769\u276B\u27EF\u2986\uFE5A"},
    {u"*", u"\u204E\u2217\u229B\u2722\u2723\u2724\u2725\u2731\u2732\u2733\u273A\u273B\u273C\u273D\u2743\u2749"
           u"\u274A\u274B\u29C6\uFE61"},
    {u"+", u"\u02D6\uFE62"},
    {u",", u"\u0326\u201A\u3001\uFE50\uFE51\uFF64"},
    {u"-", u"\u2010\u2013\u2014\u2015\u2022\u2043\u23BC\u23BD\uFE63"},
    {u".", u"\u3002\uFE52\uFF61"},
    {u"...", u"\u2026"},
    {u"/", u"\u00F7\u0337\u0338\u2044\u2215\u29F8"},
    {u"1/2", u"\u00BD"},
    {u"1/4", u"\u00BC"},
    {u"3/4", u"\u00BE"},
    {u":", u"\u02D0\u02F8\u2982\uA789\uFE13"},
    {u";", u"\u204F\uFE14\uFE54"},
    {u"<", u"\u2039\uFE64"},
    {u"=", u"\u0347\uA78A\uFE66"},
    {u">", u"\u203A\uFE65"},
    {u"?", u"\uFE16\uFE56"},
    {u"@", u"\uFE6B"},
    {u"A", u"\u0391\u1D00"},
    {u"B", u"\u0299\u0392"},
    {u"C", u"\u1D04"},
    {u"D", u"\u1D05"},
    {u"E", u"\u0395\u1D07"},
    {u"F", u"\uA730"},
    {u"G", u"\u0262"},
    {u"H", u"\u029C\u0397"},
    {u"I", u"\u026A\u0399"},
    {u"J", u"\u1D0A"},
    {u"K", u"\u039A\u1D0B"},
    {u"L", u"\u029F"},
    {u"M", u"\u039C\u1D0D"},
    {u"N", u"\u0274\u039D"},
    {u"O", u"\u039F\u1D0F"},
    {u"P", u"\u03A1\u1D18"},
    {u"R", u"\u0280"},
    {u"S", u"\uA731"},
    {u"T", u"\u03A4\u1D1B"},
    {u"U", u"\u1D1C"},
    {u"V", u"\u1D20"},
    {u"W", u"\u1D21"},
    {u"X", u"\u03A7"},
    {u"Y", u"\u028F\u03A5"},
    {u"Z", u"\u0396\u1D22"},
    {u"\\", u"\u20E5\u29F5\u29F9\uFE68"},
    {u"^", u"\u02C6\u0302\u1DCD"},
    {u"_", u"\u0332\u2017"},
    {u"{", u"\u2774\uFE5B"},
    {u"|", u"\u20D2\u20D3\u2223\u239C\u239F\u23B8\u23B9\u23D0"},
    {u"}", u"\u2775\uFE5C"},
    {u"~", u"\u02DC\u02F7\u0303\u0330\u0334\u223C"},
};

constexpr char16_t removedControls[] = {0x00, 0x03, 0x04, 0x10, 0x11, 0x12, 0x13, 0x14,
                                        0x17, 0x19, 0x80, 0x8D, 0x90, 0x9B, 0x9F};

std::map<char16_t, std::u16string> wholeTable() {
    std::map<char16_t, std::u16string> table;
    for (const Group &group : groups) {
        for (const char16_t unit : group.characters)
            table[unit] = group.replacement;
    }
    for (const char16_t unit : removedControls)
        table[unit] = u"";
    table[u'\t'] = u"       ";
    for (int ascii = 0x21; ascii <= 0x7E; ++ascii) { // full-width forms, but for the grave accent
        if (ascii != '`')
            table[static_cast<char16_t>(0xFF00 + ascii - 0x20)] =
                std::u16string(1, static_cast<char16_t>(ascii));
    }
    return table;
}

} // namespace

class TestSmartEncoding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void replacesTheWholeTableAndNothingElse();
    void encodes_data();
    void encodes();
    void obeysTheRequest_data();
    void obeysTheRequest();
    void isDoneAfterOnePass();
    void countsAfterReplacing();
};

void TestSmartEncoding::replacesTheWholeTableAndNothingElse() {
    const auto table = wholeTable();
    QCOMPARE(int(table.size()), 310);
    for (int unit = 0; unit <= 0xFFFF; ++unit) {
        const std::u16string text(1, static_cast<char16_t>(unit));
        const auto row = table.find(static_cast<char16_t>(unit));
        const SmartText smart = smartEncode(text);
        const std::u16string expected = row == table.end() ? text : row->second;
        QVERIFY2(smart.text == expected, qPrintable(QString::number(unit, 16)));
        QCOMPARE(smart.replaced, row == table.end() ? 0 : 1);
        QCOMPARE(smart.becameEmpty, expected.empty());
    }
}

void TestSmartEncoding::encodes_data() {
    QTest::addColumn<std::u16string>("typed");
    QTest::addColumn<std::u16string>("sent");
    QTest::addColumn<int>("replaced");
    QTest::addColumn<bool>("becameEmpty");
    const auto row = [](const char *name, std::u16string_view typed, std::u16string_view sent, int replaced,
                        bool becameEmpty = false) {
        QTest::newRow(name) << std::u16string(typed) << std::u16string(sent) << replaced << becameEmpty;
    };
    row("empty", u"", u"", 0);
    row("nothing to do", u"Hello [1] €", u"Hello [1] €", 0);
    row("documentation's sale", u"Don’t miss our “flash sale” — 50% off!",
        u"Don't miss our \"flash sale\" - 50% off!", 4);
    row("ellipsis grows", u"wait…", u"wait...", 1);
    row("tab is 7 spaces", u"a\tb", u"a       b", 1);
    row("fraction", u"½ l", u"1/2 l", 1);
    row("removed inside", u"a\u200Bb\uFEFFc", u"abc", 2);
    row("line separator is removed", u"a\u2028b", u"ab", 1);
    row("line feed stays", u"a\nb\r", u"a\nb\r", 0);
    row("becomes empty", u"\u200B\u2060\uFEFF", u"", 3, true);
    row("only a null", std::u16string_view(u"\0", 1), u"", 1, true);
    row("escape is left alone", u"\x1B", u"\x1B", 0);
    row("emoji stays, the rest is replaced", u"“😀”…", u"\"😀\"...", 3);
    row("Cyrillic stays", u"Привет — да", u"Привет - да", 1);
    row("lone surrogates stay", std::u16string_view(u"\xD83D’\xDE00", 3),
        std::u16string_view(u"\xD83D'\xDE00", 3), 1);
    row("combining tilde is not composed", u"n\u0303", u"n~", 1);
    row("no-break space", u"10\u00A0€", u"10 €", 1);
}

void TestSmartEncoding::encodes() {
    QFETCH(std::u16string, typed);
    QFETCH(std::u16string, sent);
    QFETCH(int, replaced);
    QFETCH(bool, becameEmpty);
    const SmartText smart = smartEncode(typed);
    QVERIFY(smart.text == sent);
    QCOMPARE(smart.replaced, replaced);
    QCOMPARE(smart.becameEmpty, becameEmpty);
    QVERIFY(!smart.refused);
    QVERIFY(!smart.skipped);
}

void TestSmartEncoding::obeysTheRequest_data() {
    QTest::addColumn<std::u16string>("typed");
    QTest::addColumn<RequestedEncoding>("requested");
    QTest::addColumn<std::u16string>("sent");
    QTest::addColumn<bool>("refused");
    QTest::addColumn<bool>("skipped");
    const auto row = [](const char *name, const char16_t *typed, RequestedEncoding requested,
                        const char16_t *sent, bool refused, bool skipped) {
        QTest::newRow(name) << std::u16string(typed) << requested << std::u16string(sent) << refused
                            << skipped;
    };
    using enum RequestedEncoding;
    row("unset", u"it’s 😀", Unset, u"it's 😀", false, false);
    row("auto", u"it’s 😀", Auto, u"it's 😀", false, false);
    row("gsm7, convertible", u"it’s €5", Gsm7, u"it's €5", false, false);
    row("gsm7, emoji left", u"it’s 😀", Gsm7, u"it's 😀", true, false);
    row("gsm7, capital C cedilla left", u"Ça va", Gsm7, u"Ça va", true, false);
    row("gsm7, empty", u"", Gsm7, u"", false, false);
    row("ucs2 skips", u"it’s…", Ucs2, u"it’s…", false, true);
}

void TestSmartEncoding::obeysTheRequest() {
    QFETCH(std::u16string, typed);
    QFETCH(RequestedEncoding, requested);
    QFETCH(std::u16string, sent);
    QFETCH(bool, refused);
    QFETCH(bool, skipped);
    const SmartText smart = smartEncode(typed, requested);
    QVERIFY(smart.text == sent);
    QCOMPARE(smart.refused, refused);
    QCOMPARE(smart.skipped, skipped);
    QVERIFY(!skipped || smart.replaced == 0);
}

void TestSmartEncoding::isDoneAfterOnePass() {
    for (const auto &[unit, replacement] : wholeTable()) {
        QCOMPARE(smartEncode(replacement).replaced, 0);
        QVERIFY(count(replacement, SenderKind::LongCode).encoding == Encoding::Gsm7);
    }
}

void TestSmartEncoding::countsAfterReplacing() {
    // 158 letters and an ellipsis: one segment more than the 159 characters seem to need.
    const SmartText smart = smartEncode(std::u16string(158, u'a') + u"…");
    QCOMPARE(count(smart.text, SenderKind::LongCode).units, 161);
    QCOMPARE(count(smart.text, SenderKind::LongCode).segments, 2);
}

QTEST_GUILESS_MAIN(TestSmartEncoding)
#include "tst_smart_encoding.moc"
