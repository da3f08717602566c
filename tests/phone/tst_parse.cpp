#include "phone/phone.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::phone;

class TestParse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsUsualForms_data();
    void readsUsualForms();
    void readsShortCodes_data();
    void readsShortCodes();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void everyProblemHasItsOwnSentence();
    void readsWhatItShows_data();
    void readsWhatItShows();
};

namespace {

void form(const char *name, const char *home, const QString &typed, const char *wire,
          AddressKind kind = AddressKind::LongCode) {
    QTest::newRow(name) << QString::fromLatin1(home) << typed << QString::fromLatin1(wire) << kind;
}

void americanForms() {
    form("US, bare", "US", QStringLiteral("2125550188"), "+12125550188");
    form("US, brackets", "US", QStringLiteral("(212) 555-0188"), "+12125550188");
    form("US, dots", "US", QStringLiteral("212.555.0188"), "+12125550188");
    form("US, slashes of a form", "US", QStringLiteral("212/555-0188"), "+12125550188");
    form("US, trunk 1", "US", QStringLiteral("1-212-555-0188"), "+12125550188");
    form("US, plus", "US", QStringLiteral("+1 212 555 0188"), "+12125550188");
    form("US, blanks around", "US", QStringLiteral("  212 555 0188\t\n"), "+12125550188");
    form("US, letters", "US", QStringLiteral("1-800-FLOWERS"), "+18003569377", AddressKind::TollFree);
    form("US, label before", "US", QStringLiteral("Tel. (212) 555-0188"), "+12125550188");
    form("US, label after", "US", QStringLiteral("(212) 555-0188 (mobile)"), "+12125550188");
    form("US, label without brackets", "US", QStringLiteral("212-555-0188 Anna at work"), "+12125550188");
    form("US, letters after a blank", "US", QStringLiteral("1-800 FLOWERS"), "+18003569377",
         AddressKind::TollFree);
    form("US, extension left out", "US", QStringLiteral("212-555-0188 ext. 12"), "+12125550188");
    form("US abroad, 011", "US", QStringLiteral("011 44 20 7946 0958"), "+442079460958");
    form("US abroad, 00 instead of 011", "US", QStringLiteral("00 44 20 7946 0958"), "+442079460958");
    form("US abroad, plus forgotten", "US", QStringLiteral("44 20 7946 0958"), "+442079460958");
    form("US, area code newer than the metadata", "US", QStringLiteral("(645) 555-0188"), "+16455550188");
    form("CA", "CA", QStringLiteral("416-555-0188"), "+14165550188");
}

void europeanForms() {
    form("GB, national", "GB", QStringLiteral("020 7946 0958"), "+442079460958");
    form("GB, mobile", "GB", QStringLiteral("07911 123456"), "+447911123456");
    form("GB, (0)", "GB", QStringLiteral("+44 (0)20 7946 0958"), "+442079460958");
    form("GB, 00", "GB", QStringLiteral("0044 20 7946 0958"), "+442079460958");
    form("GB abroad", "GB", QStringLiteral("001 212 555 0188"), "+12125550188");
    form("DE, national", "DE", QStringLiteral("030 123456"), "+4930123456");
    form("DE, mobile", "DE", QStringLiteral("0171 / 1234567"), "+491711234567");
    form("DE, international at home", "DE", QStringLiteral("+49 171 1234567"), "+491711234567");
    form("IT, the zero stays", "IT", QStringLiteral("06 6982 1234"), "+390669821234");
    form("FR", "FR", QStringLiteral("06 12 34 56 78"), "+33612345678");
}

void pastedForms() {
    form("tel link", "US", QStringLiteral("tel:+1-212-555-0188"), "+12125550188");
    form("tel link, upper case", "US", QStringLiteral("TEL:2125550188"), "+12125550188");
    form("tel link with context", "DE", QStringLiteral("tel:2125550188;phone-context=+1"), "+12125550188");
    form("sms link with a body", "US", QStringLiteral("sms:+12125550188?body=Hi%20there%201"),
         "+12125550188");
    form("sms link, percent", "US", QStringLiteral("sms:%2B12125550188"), "+12125550188");
    form("sms link, slashes", "US", QStringLiteral("sms://+12125550188/"), "+12125550188");
    form("full-width digits", "US", QStringLiteral("（２１２）５５５－０１８８"), "+12125550188");
    form("full-width plus", "US", QStringLiteral("＋１２１２５５５０１８８"), "+12125550188");
    form("Arabic digits", "EG", QStringLiteral("٠١٠٠١٢٣٤٥٦٧"), "+201001234567");
    form("no-break spaces", "US", QStringLiteral("+1\u00A0212\u202F555\u00A00188"), "+12125550188");
    form("no-break hyphens", "US", QStringLiteral("212\u2011555\u20110188"), "+12125550188");
    form("direction marks around", "US", QStringLiteral("\u202A+1 212-555-0188\u202C"), "+12125550188");
    form("direction marks inside", "US", QStringLiteral("\u200E(212)\u200F 555-\u20660188\u2069"),
         "+12125550188");
    form("zero width and soft hyphen", "US", QStringLiteral("\uFEFF212\u200B555\u00AD0188"), "+12125550188");
}

} // namespace

void TestParse::readsUsualForms_data() {
    QTest::addColumn<QString>("home");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("wire");
    QTest::addColumn<AddressKind>("kind");
    americanForms();
    europeanForms();
    pastedForms();
    for (const char *code : {"800", "833", "844", "855", "866", "877", "888"})
        form(code, "US", QStringLiteral("(%1) 555-0142").arg(QLatin1String(code)),
             qPrintable(QString(QLatin1String("+1") + QLatin1String(code) + QLatin1String("5550142"))),
             AddressKind::TollFree);
}

void TestParse::readsUsualForms() {
    QFETCH(QString, home);
    QFETCH(QString, typed);
    QFETCH(QString, wire);
    QFETCH(AddressKind, kind);
    const auto address = parse(typed, Region{home});
    QVERIFY2(address, address ? "" : qPrintable(sentence(address.error())));
    QCOMPARE(address->wire(), wire);
    QCOMPARE(address->kind(), kind);
}

void TestParse::readsShortCodes_data() {
    QTest::addColumn<QString>("home");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("wire");
    QTest::newRow("US, 5") << QStringLiteral("US") << QStringLiteral("37468") << QStringLiteral("37468");
    QTest::newRow("US, 6") << QStringLiteral("US") << QStringLiteral(" 262966 ") << QStringLiteral("262966");
    QTest::newRow("US, grouped") << QStringLiteral("US") << QStringLiteral("37 468")
                                 << QStringLiteral("37468");
    QTest::newRow("US, sms link") << QStringLiteral("US") << QStringLiteral("sms:37468")
                                  << QStringLiteral("37468");
    QTest::newRow("US, full width") << QStringLiteral("US") << QStringLiteral("３７４６８")
                                    << QStringLiteral("37468");
    QTest::newRow("GB, 5") << QStringLiteral("GB") << QStringLiteral("60777") << QStringLiteral("60777");
    QTest::newRow("DE, 5") << QStringLiteral("DE") << QStringLiteral("22044") << QStringLiteral("22044");
}

void TestParse::readsShortCodes() {
    QFETCH(QString, home);
    QFETCH(QString, typed);
    QFETCH(QString, wire);
    const auto address = parse(typed, Region{home});
    QVERIFY(address);
    QCOMPARE(address->wire(), wire);
    QCOMPARE(address->kind(), AddressKind::ShortCode);
}

void TestParse::saysWhatIsWrong_data() {
    QTest::addColumn<QString>("home");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<ParseProblem>("problem");
    const auto row = [](const char *name, const QString &typed, ParseProblem problem,
                        const char *home = "US") {
        QTest::newRow(name) << QString::fromLatin1(home) << typed << problem;
    };
    row("empty", QString(), ParseProblem::Empty);
    row("blanks", QStringLiteral(" \t\u00A0"), ParseProblem::Empty);
    row("only direction marks", QStringLiteral("\u200E\u202C"), ParseProblem::Empty);
    row("link without number", QStringLiteral("tel:"), ParseProblem::Empty);
    row("a name", QStringLiteral("Anna Lindqvist"), ParseProblem::NotANumber);
    row("a mail address", QStringLiteral("anna@example.com"), ParseProblem::NotANumber);
    row("only a plus", QStringLiteral("+"), ParseProblem::NotANumber);
    row("emoji", QStringLiteral("😀"), ParseProblem::NotANumber);
    row("two recipients", QStringLiteral("sms:+12125550188,+13125550199"), ParseProblem::NotANumber);
    row("area code missing", QStringLiteral("555-0188"), ParseProblem::TooShort);
    row("one digit short", QStringLiteral("212 555 018"), ParseProblem::TooShort);
    row("one digit too many", QStringLiteral("212 555 01888"), ParseProblem::TooLong);
    row("international, too long", QStringLiteral("+1 212 555 01888"), ParseProblem::TooLong);
    row("endless", QString(10000, QLatin1Char('5')), ParseProblem::TooLong);
    row("no such country", QStringLiteral("+999 1234567"), ParseProblem::UnknownCountryCode);
    row("no country at all", QStringLiteral("0171 1234567"), ParseProblem::UnknownCountryCode, "");
    row("a length that Singapore skips", QStringLiteral("+65 123456789"), ParseProblem::ImpossibleForCountry);
}

void TestParse::saysWhatIsWrong() {
    QFETCH(QString, home);
    QFETCH(QString, typed);
    QFETCH(ParseProblem, problem);
    const auto address = parse(typed, Region{home});
    QVERIFY2(!address, address ? qPrintable(address->wire()) : "");
    QCOMPARE(address.error(), problem);
}

void TestParse::everyProblemHasItsOwnSentence() {
    QStringList sentences;
    for (const ParseProblem problem :
         {ParseProblem::Empty, ParseProblem::NotANumber, ParseProblem::TooShort, ParseProblem::TooLong,
          ParseProblem::ImpossibleForCountry, ParseProblem::UnknownCountryCode})
        sentences.append(sentence(problem));
    QCOMPARE(sentences.removeDuplicates(), 0);
    QVERIFY(!sentences.contains(QString()));
}

void TestParse::readsWhatItShows_data() {
    QTest::addColumn<QString>("wire");
    for (const char *wire : {"+12125550188", "+18885550142", "+16455550188", "+442079460958", "+491711234567",
                             "+390669821234", "+33612345678", "+5511987654321", "+918123456789"})
        QTest::newRow(wire) << QString::fromLatin1(wire);
}

void TestParse::readsWhatItShows() {
    QFETCH(QString, wire);
    const Address address = fromWire(wire);
    for (const char *home : {"US", "GB", "DE", "IN"}) {
        const Region region{QLatin1String(home)};
        QCOMPARE(parse(address.display(region), region).value_or(Address()).wire(), wire);
        QCOMPARE(parse(address.international(), region).value_or(Address()).wire(), wire);
    }
}

QTEST_GUILESS_MAIN(TestParse)
#include "tst_parse.moc"
