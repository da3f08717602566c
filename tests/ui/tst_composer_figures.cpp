#include "composer/figures.h"
#include "composer/money.h"
#include "ui/gui_test.h"

using namespace longcode;
using namespace longcode::composer;

/// What the composer says about a text. Expected figures are counted by hand from 160/153 and 70/67.
class TestComposerFigures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }
    void wholeAlphabetForcesNothing();
    void multiplies_data();
    void multiplies();
    void writesMoney_data();
    void writesMoney();
    void counts_data();
    void counts();
    void warnsOfForcingCharacters_data();
    void warnsOfForcingCharacters();
    void smartProfilePaysTheSmartPrice();
    void saysWhichSegmentsAreTooMany();
    void tenSegmentsAreNotTooMany();
    void nothingIsSaidOfNothing();
    void namesInvisibleCharacters();
};

namespace {

SenderTerms terms(const char *amount = "0.0051") {
    SenderTerms made;
    made.profileName = QStringLiteral("Sales");
    made.price.perSegment = {QString::fromLatin1(amount), QStringLiteral("USD")};
    return made;
}

const QString truck = QStringLiteral(
    "Hi Maria, it’s on the truck. You’ll get a tracking link from “Acme Shipping” this afternoon.");

} // namespace

void TestComposerFigures::multiplies_data() {
    QTest::addColumn<QString>("amount");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("product");
    QTest::newRow("two") << "0.0051" << 2 << "0.0102";
    QTest::newRow("carry") << "0.0051" << 10 << "0.0510";
    QTest::newRow("zero times") << "0.0051" << 0 << "0.0000";
    QTest::newRow("whole") << "3" << 4 << "12";
    // 0.1 x 3 is 0.30000000000000004 in binary.
    QTest::newRow("not binary") << "0.1" << 3 << "0.3";
    QTest::newRow("no leading zero") << ".005" << 1 << "0.005";
    QTest::newRow("spaces") << " 1.5 " << 2 << "3.0";
    QTest::newRow("word") << "free" << 2 << QString();
    QTest::newRow("empty") << "" << 2 << QString();
    QTest::newRow("point") << "." << 2 << QString();
    QTest::newRow("two points") << "1.2.3" << 2 << QString();
    QTest::newRow("negative") << "-1" << 2 << QString();
    QTest::newRow("exponent") << "1e3" << 2 << QString();
    QTest::newRow("too many digits") << "1234567890123456" << 1 << QString();
    QTest::newRow("too large") << "999999999999999" << 2000000000 << QString();
}

void TestComposerFigures::multiplies() {
    QFETCH(QString, amount);
    QFETCH(int, times);
    QTEST(multiplied(amount, times).value_or(QString()), "product");
}

void TestComposerFigures::writesMoney_data() {
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QString>("words");
    QTest::newRow("dollars") << "USD" << "$0.0102";
    QTest::newRow("euros") << "EUR" << "€0.0102";
    QTest::newRow("pounds") << "GBP" << "£0.0102";
    QTest::newRow("others") << "CAD" << "0.0102 CAD";
}

void TestComposerFigures::writesMoney() {
    QFETCH(QString, currency);
    QTEST(moneyInWords({QStringLiteral("0.0051"), currency}, 2), "words");
}

void TestComposerFigures::counts_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("segments");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("cost");
    QTest::addColumn<QString>("alternative");
    QTest::newRow("one letter") << "a" << "1 segment" << "GSM-7 · 1 / 160 · 159 left" << "≈ $0.0051" << "";
    QTest::newRow("full segment") << QString(160, u'a') << "1 segment" << "GSM-7 · 160 / 160 · 0 left"
                                  << "≈ $0.0051"
                                  << "";
    QTest::newRow("one more") << QString(161, u'a') << "2 segments" << "GSM-7 · 161 / 306 · 145 left"
                              << "≈ $0.0102"
                              << "";
    QTest::newRow("the mock-up") << truck << "2 segments" << "UCS-2 · 92 / 134 · 42 left" << "≈ $0.0102"
                                 << "1 segment, $0.0051";
    QTest::newRow("emoji") << "Thanks 👍" << "1 segment" << "UCS-2 · 9 / 70 · 61 left" << "≈ $0.0051" << "";
    QTest::newRow("euro sign counts twice")
        << "€" << "1 segment" << "GSM-7 · 2 / 160 · 158 left" << "≈ $0.0051" << "";
}

void TestComposerFigures::counts() {
    QFETCH(QString, text);
    const Figures figures = figuresOf(text, terms());
    QTEST(figures.segments, "segments");
    QTEST(figures.detail, "detail");
    QTEST(figures.cost, "cost");
    QTEST(figures.alternativeValue, "alternative");
    QCOMPARE(figures.alternative.isEmpty(), figures.alternativeValue.isEmpty());
}

void TestComposerFigures::warnsOfForcingCharacters_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("weight");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("characters");
    QTest::addColumn<bool>("replaceable");
    QTest::addColumn<bool>("highlighted");
    const int none = int(NoticeWeight::None);
    const int hint = int(NoticeWeight::Hint);
    const int warning = int(NoticeWeight::Warning);
    QTest::newRow("plain") << "Hello" << none << "" << "" << false << true;
    QTest::newRow("doubles") << truck << warning
                             << "3 characters force UCS-2 and double the price:" << "’ “ ”" << true << true;
    QTest::newRow("one doubles") << QString(90, u'a') + u'’' << warning
                                 << "1 character forces UCS-2 and doubles the price:" << "’" << true << true;
    QTest::newRow("three for one") << QString(140, u'a') + u'’' << warning
                                   << "1 character forces UCS-2 and takes 3 segments instead of 1:" << "’"
                                   << true << true;
    QTest::newRow("short") << "It’s" << hint << "1 character forces UCS-2:" << "’" << true << true;
    QTest::newRow("emoji") << "Thanks 👍" << hint << "1 character forces UCS-2:" << "👍" << false << true;
    QTest::newRow("Russian") << "Спасибо, всё пришло" << hint
                             << "This script is sent as UCS-2: 70 characters fit a segment." << "" << false
                             << false;
    QTest::newRow("Arabic") << "شكرا جزيلا، وصل الطلب اليوم" << hint
                            << "This script is sent as UCS-2: 70 characters fit a segment." << "" << false
                            << false;
}

void TestComposerFigures::warnsOfForcingCharacters() {
    QFETCH(QString, text);
    const EncodingNotice notice = figuresOf(text, terms()).notice;
    QTEST(int(notice.weight), "weight");
    QTEST(notice.sentence, "sentence");
    QTEST(notice.characters, "characters");
    QTEST(notice.replaceable, "replaceable");
    QTEST(notice.highlighted, "highlighted");
}

void TestComposerFigures::smartProfilePaysTheSmartPrice() {
    SenderTerms smart = terms();
    smart.smartEncoding = true;
    smart.profileName = QStringLiteral("Support");
    const Figures figures = figuresOf(truck, smart);
    QCOMPARE(figures.segments, QStringLiteral("1 segment"));
    QCOMPARE(figures.detail, QStringLiteral("GSM-7 · 92 / 160 · 68 left"));
    QCOMPARE(figures.cost, QStringLiteral("≈ $0.0051"));
    QCOMPARE(figures.alternative, QString());
    QCOMPARE(int(figures.notice.weight), int(NoticeWeight::Hint));
    QCOMPARE(figures.notice.sentence,
             QStringLiteral("Smart encoding of the profile “Support” will replace:"));
    QCOMPARE(figures.notice.characters, QStringLiteral("’ “ ”"));
}

void TestComposerFigures::saysWhichSegmentsAreTooMany() {
    // 10 segments of 153 hold 1530; 1531 take 11, 1684 take 12.
    Figures figures = figuresOf(QString(1531, u'a'), terms());
    QVERIFY(figures.excess);
    QCOMPARE(figures.excess->start, 1530);
    QCOMPARE(figures.excess->sentence,
             QStringLiteral(
                 "This text takes 11 segments; one message holds 10. Segment 11 is too much: shorten it by 1 "
                 "character."));
    figures = figuresOf(QString(1684, u'a'), terms());
    QCOMPARE(
        figures.excess->sentence,
        QStringLiteral(
            "This text takes 12 segments; one message holds 10. Segments 11 and 12 are too much: shorten "
            "it by 154 characters."));
    QCOMPARE(figures.fills.size(), 12);
}

void TestComposerFigures::tenSegmentsAreNotTooMany() {
    const Figures figures = figuresOf(QString(1530, u'a'), terms());
    QCOMPARE(figures.segments, QStringLiteral("10 segments"));
    QVERIFY(!figures.excess);
}

void TestComposerFigures::nothingIsSaidOfNothing() {
    const Figures figures = figuresOf({}, terms());
    QCOMPARE(figures.counted.segments, 0);
    QCOMPARE(figures.detail, QString());
    QCOMPARE(figures.cost, QString());
    QVERIFY(figures.fills.isEmpty());
    QCOMPARE(int(figures.notice.weight), int(NoticeWeight::None));
}

void TestComposerFigures::namesInvisibleCharacters() {
    QCOMPARE(visibleForm(0x200B), QStringLiteral("U+200B"));
    QCOMPARE(visibleForm(0x2019), QStringLiteral("’"));
    QCOMPARE(visibleForm(0x0301), QStringLiteral("◌\u0301"));
    QCOMPARE(visibleForm(0x1F44D), QStringLiteral("👍"));
}

void TestComposerFigures::wholeAlphabetForcesNothing() {
    SenderTerms terms;
    const QString text = QStringLiteral("Ça va, Ω?");
    QCOMPARE(figuresOf(text, terms).counted.encoding, sms::Encoding::Ucs2);
    terms.fullAlphabet = true;
    QCOMPARE(figuresOf(text, terms).counted.encoding, sms::Encoding::Gsm7);
    QCOMPARE(figuresOf(text, terms).counted.units, 9);
    terms.kind = sms::SenderKind::ShortCode;
    QVERIFY(figuresOf(text, terms).counted.encoding != sms::Encoding::Gsm7);
}

QTEST_GUILESS_MAIN(TestComposerFigures)
#include "tst_composer_figures.moc"
