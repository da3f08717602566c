#include "sms/packing.h"
#include "sms/sms.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <cstdlib>
#include <new>

using namespace longcode;
using namespace longcode::sms;

namespace {

int allocations = 0;

} // namespace

// Every allocation of this program is counted, so that the counter can be shown to make none.
void *operator new(std::size_t size) {
    ++allocations;
    if (void *memory = std::malloc(size)) // NOLINT
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept {
    std::free(memory);
} // NOLINT
void operator delete(void *memory, std::size_t) noexcept {
    std::free(memory);
} // NOLINT

class TestCount : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void knowsTheAlphabet();
    void counts_data();
    void counts();
    void senders_data();
    void senders();
    void startsWhereSegmentsStart();
    void agreesWithTheEncoderAtBoundaries_data();
    void agreesWithTheEncoderAtBoundaries();
    void agreesWithTheEncoderOnRandomTexts_data();
    void agreesWithTheEncoderOnRandomTexts();
    void allocatesNothing();
    void namesEncodings();
};

namespace {

std::u16string many(std::u16string_view pattern, int times) {
    std::u16string text;
    for (int i = 0; i < times; ++i)
        text.append(pattern);
    return text;
}

std::u16string a(int times) {
    return std::u16string(static_cast<std::size_t>(times), u'a');
}
/// Cyrillic letters: one UTF-16 unit each.
std::u16string zhe(int times) {
    return std::u16string(static_cast<std::size_t>(times), u'ж');
}

void row(const char *name, const std::u16string &text, const Count &expected) {
    QTest::newRow(name) << text << expected;
}

Count gsm(int units, int segments, int perSegment, int left) {
    return {Encoding::Gsm7, units, segments, perSegment, left};
}
Count ucs2(int units, int segments, int perSegment, int left) {
    return {Encoding::Ucs2, units, segments, perSegment, left};
}

/// What the independent encoder says: everything but where it is not concerned.
Count countOnAir(const std::vector<tests::AirSegment> &air, Encoding encoding) {
    const bool wide = encoding == Encoding::Ucs2;
    Count expected{encoding, 0, int(air.size()), 0, 0};
    for (const tests::AirSegment &segment : air)
        expected.units += segment.length;
    const int header = air.size() > 1 ? 6 : 0;
    expected.unitsPerSegment = wide ? (140 - header) / 2 : (140 - header) * 8 / 7;
    expected.unitsLeft = expected.unitsPerSegment - (air.empty() ? 0 : air.back().length);
    return expected;
}

Encoding expectedEncoding(std::u16string_view text, bool ascii) {
    if (ascii) {
        for (const char16_t unit : text) {
            if (unit > 0x7F)
                return Encoding::Ucs2;
        }
        return Encoding::Ascii;
    }
    return tests::septetsOf(text) ? Encoding::Gsm7 : Encoding::Ucs2;
}

bool agrees(const std::u16string &text, SenderKind sender) {
    const bool ascii = sender == SenderKind::ShortCode;
    const Encoding encoding = expectedEncoding(text, ascii);
    const auto air = ascii ? tests::encodeOnAirAscii(text) : tests::encodeOnAir(text);
    std::vector<int> starts(air.size() + 2, -1);
    const Count counted = countWithStarts(text, sender, starts.data(), int(starts.size()));
    bool same = counted == countOnAir(air, encoding) && count(text, sender) == counted;
    for (std::size_t i = 0; i < air.size(); ++i)
        same = same && starts[i] == air[i].begin && air[i].octets.size() <= 140;
    same = same && starts[air.size()] == -1;
    return same && tests::decodeFromAir(air, encoding != Encoding::Ucs2, ascii) == text;
}

/// Texts of an alphabet, biased to lengths around the borders of segments.
std::u16string randomText(QRandomGenerator &random, std::u16string_view alphabet) {
    static constexpr int lengths[] = {0,   1,   66,  67,  70,  71,  134,  135, 152,
                                      153, 160, 161, 306, 307, 670, 1530, 1600};
    int length = lengths[random.bounded(int(std::size(lengths)))] + random.bounded(-3, 4);
    if (random.bounded(4) == 0)
        length = random.bounded(1700);
    std::u16string text;
    for (int i = 0; i < length; ++i)
        text.push_back(alphabet[std::size_t(random.bounded(int(alphabet.size())))]);
    return text;
}

} // namespace

/// The whole alphabet of the documentation's page, and the neighbours that are not in it.
void TestCount::knowsTheAlphabet() {
    const std::u16string_view one =
        u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;<=>?@ \n\r_"
        u"£¥èéùìòØøÅåÆæßÉ¡ÄÖÑÜ§¿äöñüà";
    const std::u16string_view two = u"~^|\\{}[]€";
    int narrow = 0;
    for (char32_t unit = 0; unit <= 0xFFFF; ++unit) {
        const auto codeUnit = static_cast<char16_t>(unit);
        const int expected = one.find(codeUnit) != one.npos ? 1 : two.find(codeUnit) != two.npos ? 2 : 0;
        narrow += expected > 0 ? 1 : 0;
        const Count counted = count({&codeUnit, 1}, SenderKind::LongCode);
        QCOMPARE(counted.encoding, expected > 0 ? Encoding::Gsm7 : Encoding::Ucs2);
        QCOMPARE(counted.units, expected > 0 ? expected : 1);
        QCOMPARE(fits(unit, SenderKind::TollFree), expected > 0);
        QCOMPARE(fits(unit, SenderKind::ShortCode), unit < 0x80);
    }
    QCOMPARE(narrow, 115 + 9);
    QVERIFY(!fits(U'😀', SenderKind::LongCode));
    for (const char16_t missing : std::u16string_view(u"¤ÇΓΔΘΛΞΠΣΦΨΩ\f`")) // D55, D56
        QVERIFY(!fits(missing, SenderKind::LongCode));
}

void TestCount::counts_data() {
    QTest::addColumn<std::u16string>("text");
    QTest::addColumn<Count>("expected");
    row("empty", u"", gsm(0, 0, 160, 160));
    row("one", u"a", gsm(1, 1, 160, 159));
    row("160", a(160), gsm(160, 1, 160, 0));
    row("161", a(161), gsm(161, 2, 153, 145));
    row("306", a(306), gsm(306, 2, 153, 0));
    row("307", a(307), gsm(307, 3, 153, 152));
    row("1530", a(1530), gsm(1530, 10, 153, 0));
    row("1531: an eleventh", a(1531), gsm(1531, 11, 153, 152));
    row("80 brackets fit one", many(u"]", 80), gsm(160, 1, 160, 0));
    row("81 brackets", many(u"]", 81), gsm(162, 2, 153, 143));
    row("153 brackets: 76 a segment", many(u"]", 153), gsm(306, 3, 153, 151));
    row("a pair would straddle", a(152) + u"€" + a(152), gsm(306, 3, 153, 152));
    row("a pair just fits", a(151) + u"€" + a(153), gsm(306, 2, 153, 0));
    row("documentation: 155 and 3 pipes", a(155) + u"|||", gsm(161, 2, 153, 145));
    row("documentation: Price", u"Price: $100 [USD]", gsm(19, 1, 160, 141));
    row("line break of Windows", u"a\r\nb", gsm(4, 1, 160, 156));
    row("70", zhe(70), ucs2(70, 1, 70, 0));
    row("71", zhe(71), ucs2(71, 2, 67, 63));
    row("134", zhe(134), ucs2(134, 2, 67, 0));
    row("135", zhe(135), ucs2(135, 3, 67, 66));
    row("670", zhe(670), ucs2(670, 10, 67, 0));
    row("one emoji", u"😀", ucs2(2, 1, 70, 68));
    row("35 emoji", many(u"😀", 35), ucs2(70, 1, 70, 0));
    row("66 emoji: 33 a segment", many(u"😀", 66), ucs2(132, 2, 67, 1));
    row("67 emoji", many(u"😀", 67), ucs2(134, 3, 67, 65));
    row("a pair would straddle in UCS-2", zhe(66) + u"😀" + zhe(66), ucs2(134, 3, 67, 66));
    row("extension characters in UCS-2 are single", u"ж[]€", ucs2(4, 1, 70, 66));
    row("one curly apostrophe", a(199) + u"’", ucs2(200, 3, 67, 1));
    row("lone high surrogate", std::u16string(1, char16_t(0xD83D)), ucs2(1, 1, 70, 69));
    row("lone low surrogate", std::u16string(1, char16_t(0xDE00)), ucs2(1, 1, 70, 69));
    row("the halves in the wrong order", {char16_t(0xDE00), char16_t(0xD83D)}, ucs2(2, 1, 70, 68));
    row("a lone high surrogate at a border is no pair", zhe(66) + char16_t(0xD83D) + zhe(67),
        ucs2(134, 2, 67, 0));
    row("null character", std::u16string(1, u'\0'), ucs2(1, 1, 70, 69));
}

void TestCount::counts() {
    QFETCH(std::u16string, text);
    QFETCH(Count, expected);
    for (const SenderKind sender : {SenderKind::LongCode, SenderKind::TollFree, SenderKind::Alphanumeric}) {
        const Count counted = count(text, sender);
        QCOMPARE(counted.encoding, expected.encoding);
        QCOMPARE(counted.units, expected.units);
        QCOMPARE(counted.segments, expected.segments);
        QCOMPARE(counted.unitsPerSegment, expected.unitsPerSegment);
        QCOMPARE(counted.unitsLeft, expected.unitsLeft);
    }
}

void TestCount::senders_data() {
    QTest::addColumn<std::u16string>("text");
    QTest::addColumn<Count>("expected");
    row("empty", u"", {Encoding::Ascii, 0, 0, 160, 160});
    row("brackets are single", many(u"[", 160), {Encoding::Ascii, 160, 1, 160, 0});
    row("161", a(161), {Encoding::Ascii, 161, 2, 153, 145});
    row("1530", many(u"]", 1530), {Encoding::Ascii, 1530, 10, 153, 0});
    row("grave accent and tab", u"`\t", {Encoding::Ascii, 2, 1, 160, 158});
    row("last of ASCII", u"\x7F", {Encoding::Ascii, 1, 1, 160, 159});
    row("e acute is not ASCII", u"é", ucs2(1, 1, 70, 69));
    row("euro is not ASCII", u"€", ucs2(1, 1, 70, 69));
    row("emoji", u"a😀", ucs2(3, 1, 70, 67));
}

void TestCount::senders() {
    QFETCH(std::u16string, text);
    QFETCH(Count, expected);
    QCOMPARE(count(text, SenderKind::ShortCode).encoding, expected.encoding);
    QVERIFY(count(text, SenderKind::ShortCode) == expected);
}

void TestCount::startsWhereSegmentsStart() {
    int starts[4] = {-1, -1, -1, -1};
    QCOMPARE(countWithStarts(many(u"]", 153), SenderKind::LongCode, starts, 4).segments, 3);
    QCOMPARE(starts[0], 0);
    QCOMPARE(starts[1], 76);
    QCOMPARE(starts[2], 152);
    QCOMPARE(starts[3], -1);
    // No more is written than there is room for, and the count is whole all the same.
    int few[3] = {-1, -1, -1};
    QCOMPARE(countWithStarts(a(1530), SenderKind::LongCode, few, 2).segments, 10);
    QCOMPARE(few[1], 153);
    QCOMPARE(few[2], -1);
    QCOMPARE(countWithStarts(u"", SenderKind::LongCode, few, 2).segments, 0);
    QCOMPARE(few[0], 0);
    QCOMPARE(countWithStarts(a(200), SenderKind::LongCode, nullptr, 0).segments, 2);
}

void TestCount::agreesWithTheEncoderAtBoundaries_data() {
    QTest::addColumn<std::u16string>("wide");
    QTest::newRow("nothing") << std::u16string();
    QTest::newRow("euro") << std::u16string(u"€");
    QTest::newRow("two brackets") << std::u16string(u"[]");
    QTest::newRow("emoji") << std::u16string(u"😀");
    QTest::newRow("lone high surrogate") << std::u16string(1, char16_t(0xD83D));
}

/// One wide character at every position of texts around every border.
void TestCount::agreesWithTheEncoderAtBoundaries() {
    QFETCH(std::u16string, wide);
    for (const int border : {66, 67, 70, 134, 152, 153, 160, 306}) {
        for (int before = border - 3; before <= border + 1; ++before) {
            for (const int after : {0, 1, 66, 67, 151, 152, 153, 154}) {
                const std::u16string text = a(before) + wide + a(after);
                QVERIFY2(agrees(text, SenderKind::LongCode),
                         qPrintable(QStringLiteral("%1+%2").arg(before).arg(after)));
                QVERIFY2(agrees(text, SenderKind::ShortCode),
                         qPrintable(QStringLiteral("%1+%2").arg(before).arg(after)));
            }
        }
    }
}

void TestCount::agreesWithTheEncoderOnRandomTexts_data() {
    QTest::addColumn<std::u16string>("alphabet");
    QTest::newRow("plain") << std::u16string(u"abc @é\n");
    QTest::newRow("extension-heavy") << std::u16string(u"a[]{}|~^\\€");
    QTest::newRow("seldom an extension") << many(u"abcdefgh", 12) + u"€";
    QTest::newRow("Cyrillic and Latin") << std::u16string(u"жя a");
    QTest::newRow("surrogates, paired and alone")
        << std::u16string(u"a") + char16_t(0xD83D) + char16_t(0xDE00);
    QTest::newRow("seldom a surrogate") << many(u"abcdefgh", 12) + char16_t(0xD83D) + char16_t(0xDE00);
    QTest::newRow("anything narrow") << std::u16string(u"@£$¥èéùìòØøÅåÆæßÉ¡ÄÖÑÜ§¿äöñüà_ [}");
}

void TestCount::agreesWithTheEncoderOnRandomTexts() {
    QFETCH(std::u16string, alphabet);
    QRandomGenerator random(20260305);
    for (int i = 0; i < 400; ++i) {
        const std::u16string text = randomText(random, alphabet);
        const auto sender = static_cast<SenderKind>(random.bounded(4));
        QVERIFY2(agrees(text, sender), qPrintable(QString::fromStdU16String(text)));
    }
}

void TestCount::allocatesNothing() {
    const std::u16string texts[] = {u"", a(1600), many(u"a]", 800), many(u"ж", 1600), many(u"😀", 800)};
    int starts[64] = {};
    for (const std::u16string &text : texts) {
        for (int sender = 0; sender < 4; ++sender) {
            const int before = allocations;
            const Count first = count(text, static_cast<SenderKind>(sender));
            const Count second = countWithStarts(text, static_cast<SenderKind>(sender), starts, 64);
            const int made = allocations - before;
            QCOMPARE(made, 0);
            QVERIFY(first == second);
        }
    }
    const int before = allocations;
    const std::u16string proof = a(1600);
    QVERIFY(proof.size() == 1600 && allocations > before); // the count of allocations does count
}

void TestCount::namesEncodings() {
    QVERIFY(name(Encoding::Gsm7) == "GSM-7");
    QVERIFY(name(Encoding::Ascii) == "ASCII");
    QVERIFY(name(Encoding::Ucs2) == "UCS-2");
}

QTEST_GUILESS_MAIN(TestCount)
#include "tst_count.moc"
