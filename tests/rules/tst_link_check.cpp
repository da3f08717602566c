#include "rules/link_check.h"
#include "rules/visible_controls.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::rules;

using Dangers = QList<LinkDanger>;
Q_DECLARE_METATYPE(Dangers)

class TestLinkCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void findsLinks_data();
    void findsLinks();
    void leavesOtherTextAlone_data();
    void leavesOtherTextAlone();
    void warns_data();
    void warns();
    void saysWhereALinkLeads();
    void hasASentenceForEveryDanger();
    void doesNotChokeOnLongTexts();
    void showsControls_data();
    void showsControls();
    void knowsInvisibleTexts();
};

namespace {

QStringList writtenIn(const QString &text) {
    QStringList written;
    for (const Link &link : linksIn(text)) {
        written.append(link.written);
        if (text.mid(link.begin, link.length) != link.written)
            written.append(QStringLiteral("wrong place"));
    }
    return written;
}

} // namespace

void TestLinkCheck::findsLinks_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("links");
    const auto row = [](const QString &text, const QStringList &links) {
        QTest::newRow(qPrintable(text)) << text << links;
    };
    const auto one = [&row](const char *before, const char *link, const char *behind) {
        row(QString(QString::fromUtf8(before) + QString::fromUtf8(link) + QString::fromUtf8(behind)),
            {QString::fromUtf8(link)});
    };
    one("Track at ", "https://acme.com/track/12345", ". Reply STOP to end.");
    one("(see ", "http://acme.com/a_(b)", ")");
    one("", "HTTPS://ACME.COM", "");
    one("Go to ", "www.acme.com", "!");
    one("Visit ", "acme.com", ", it’s new");
    one("", "shop.acme.co.uk/x?y=1#z", "…");
    one("\u201C", "acme.com/sale", "\u201D");
    one("", "acme.com:8080/x", " now");
    one("Kurz: ", "bit.ly/3xYz", ".");
    one("new\n", "acme.io", "\nline");
    one("", "münchen.de", " ist schön");
    one("", "пример.рф", "");
    one("", "http://192.168.0.1/x", "");
    one("", "https://bank.com@evil.example/login", "");
    one("", "Acme.com", " is ours");
    one("", "t.me/acme", "");
    row(QStringLiteral("acme.com and www.acme.org"),
        {QStringLiteral("acme.com"), QStringLiteral("www.acme.org")});
}

void TestLinkCheck::findsLinks() {
    QFETCH(QString, text);
    QFETCH(QStringList, links);
    QCOMPARE(writtenIn(text), links);
}

void TestLinkCheck::leavesOtherTextAlone_data() {
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "Hello",
                             "Write to anna@example.com please",
                             "john.co@example.com",
                             "At 5.30 p.m. we close",
                             "Price 3.50",
                             "e.g.this",
                             "Thanks.No problem",
                             "call.me",
                             "readme.md",
                             "script.sh",
                             "1.2.3.4",
                             "v2.0.1",
                             "Ok...fine",
                             "http://",
                             "https:// acme",
                             "z.B. morgen",
                             "ftp.txt",
                             "see.You later",
                             "a@b.com",
                             "12.05.2026",
                             "www.",
                             "Mr.Smith"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestLinkCheck::leavesOtherTextAlone() {
    QFETCH(QString, text);
    QCOMPARE(writtenIn(text), QStringList());
}

void TestLinkCheck::warns_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Dangers>("dangers");
    QTest::addColumn<QString>("asciiHost");
    const auto row = [](const QString &text, const Dangers &dangers, const char *asciiHost) {
        QTest::newRow(qPrintable(text)) << text << dangers << QString::fromLatin1(asciiHost);
    };
    const auto looks = LinkDanger::LooksLike;
    const auto mixed = LinkDanger::MixedScripts;
    const auto numbered = LinkDanger::NumberedHost;
    row(QStringLiteral("https://www.paypal.com/x"), {}, "www.paypal.com");
    row(QStringLiteral("amazon.de"), {}, "amazon.de");
    row(QStringLiteral("https://amazon.co.uk"), {}, "amazon.co.uk");
    row(QStringLiteral("https://apple.com"), {}, "apple.com");
    row(QStringLiteral("https://amazon.com.au/x"), {}, "amazon.com.au");
    row(QStringLiteral("https://modern.com"), {}, "modern.com");
    row(QStringLiteral("https://gov.uk/pay"), {}, "gov.uk");
    row(QStringLiteral("https://service.gov.uk/x"), {}, "service.gov.uk");
    row(QStringLiteral("https://münchen.de"), {}, "xn--mnchen-3ya.de");
    row(QStringLiteral("https://пример.рф"), {}, "xn--e1afmkfd.xn--p1ai");
    row(QStringLiteral("https://例え.jp"), {}, "xn--r8jz45g.jp");
    row(QStringLiteral("https://p\u0430ypal.com"), {looks, mixed}, "xn--pypal-4ve.com");
    row(QStringLiteral("https://xn--pypal-4ve.com"), {looks, mixed}, "xn--pypal-4ve.com");
    row(QStringLiteral("https://\u0430\u0440\u0440\u04CF\u0435.com"), {looks}, "xn--80ak6aa92e.com");
    row(QStringLiteral("https://paypa1.com/login"), {looks}, "paypa1.com");
    row(QStringLiteral("https://rnicrosoft.com"), {looks}, "rnicrosoft.com");
    row(QStringLiteral("https://g00gle.com"), {looks}, "g00gle.com");
    row(QStringLiteral("https://www.payp\u00E1l.com"), {looks}, "www.xn--paypl-0qa.com");
    row(QStringLiteral("https://paypal.com.account.example/x"), {LinkDanger::NamesAnother},
        "paypal.com.account.example");
    row(QStringLiteral("https://usps.com-parcel.top/x"), {LinkDanger::NamesAnother}, "usps.com-parcel.top");
    row(QStringLiteral("https://bank.com@evil.example"), {LinkDanger::HostHidden}, "evil.example");
    row(QStringLiteral("https://bank.com%2F@evil.example/a@b"), {LinkDanger::HostHidden}, "evil.example");
    row(QStringLiteral("https://evil.example\\@bank.com"), {}, "evil.example");
    row(QStringLiteral("http://192.168.0.1/x"), {numbered}, "192.168.0.1");
    row(QStringLiteral("http://[::1]/x"), {numbered}, "[::1]");
    row(QStringLiteral("http://3232235777/"), {numbered}, nullptr);
    row(QStringLiteral("http://0x7f.1/"), {numbered}, nullptr);
    row(QStringLiteral("https://bit.ly/abc"), {LinkDanger::Shortener}, "bit.ly");
    row(QStringLiteral("https://ac\u200Bme.com"), {LinkDanger::HiddenCharacter}, "acme.com");
    row(QStringLiteral("https://acme.com/\u202Egpj.exe"), {LinkDanger::HiddenCharacter}, "acme.com");
    row(QStringLiteral("https://%61cme.com/"), {}, "acme.com");
    row(QStringLiteral("https://acme\u3002com"), {}, "acme.com");
    row(QStringLiteral("http://localhost/x"), {LinkDanger::Unreadable}, "localhost");
    row(QStringLiteral("http://acme.com:99999999/x"), {LinkDanger::Unreadable}, "acme.com");
    row(QStringLiteral("http://-.-/"), {LinkDanger::Unreadable}, nullptr);
}

void TestLinkCheck::warns() {
    QFETCH(QString, text);
    QFETCH(Dangers, dangers);
    QFETCH(QString, asciiHost);
    const auto links = linksIn(text);
    QCOMPARE(links.size(), 1);
    Dangers found;
    for (const LinkWarning &warning : links[0].warnings)
        found.append(warning.danger);
    QVERIFY2(found == dangers,
             qPrintable(links[0].host + QStringLiteral(" gave %1 warnings").arg(found.size())));
    if (!asciiHost.isEmpty())
        QCOMPARE(links[0].asciiHost, asciiHost);
    const bool isReadable = !dangers.contains(LinkDanger::Unreadable);
    QCOMPARE(links[0].url.isValid(), isReadable);
    if (isReadable && !dangers.contains(LinkDanger::NumberedHost))
        QCOMPARE(links[0].url.host(QUrl::FullyEncoded), links[0].asciiHost);
    QVERIFY(links[0].url.userInfo().isEmpty());
}

void TestLinkCheck::saysWhereALinkLeads() {
    const Link plain = linksIn(QStringLiteral("see acme.com/a?b=c#d"))[0];
    QCOMPARE(plain.url, QUrl(QStringLiteral("https://acme.com/a?b=c#d")));
    const Link insecure = linksIn(QStringLiteral("HTTP://ACME.com:8080/A"))[0];
    QCOMPARE(insecure.url, QUrl(QStringLiteral("http://acme.com:8080/A")));
    const Link unicode = linksIn(QStringLiteral("https://xn--mnchen-3ya.de/"))[0];
    QCOMPARE(unicode.host, QStringLiteral("münchen.de"));
    const Link hidden = linksIn(QStringLiteral("https://bank.com:secret@evil.example/x"))[0];
    QCOMPARE(hidden.url, QUrl(QStringLiteral("https://evil.example/x")));
    QCOMPARE(sentence(hidden.warnings[0], hidden),
             QStringLiteral("“bank.com:secret” is only a user name here: the link leads to evil.example."));
}

void TestLinkCheck::hasASentenceForEveryDanger() {
    QStringList sentences;
    for (int danger = 0; danger <= static_cast<int>(LinkDanger::Unreadable); ++danger)
        sentences.append(sentence({static_cast<LinkDanger>(danger), QStringLiteral("x")}, Link()));
    QCOMPARE(sentences.removeDuplicates(), 0);
    for (const QString &one : sentences)
        QVERIFY2(one.endsWith(u'.') && one.size() > 20, qPrintable(one));
}

void TestLinkCheck::doesNotChokeOnLongTexts() {
    QCOMPARE(linksIn(QString(100'000, QLatin1Char('a'))).size(), 0);
    QCOMPARE(linksIn(QStringLiteral("a.").repeated(50'000)).size(), 0);
    QCOMPARE(linksIn(QStringLiteral("a-").repeated(50'000)).size(), 0);
    const auto links =
        linksIn(QString(QStringLiteral("https://acme.com/") + QString(100'000, QLatin1Char('x'))));
    QCOMPARE(links.size(), 1);
    QVERIFY(links[0].written.size() <= 2048);
    QCOMPARE(linksIn(QStringLiteral("acme.com ").repeated(1000)).size(), 1000);
}

void TestLinkCheck::showsControls_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const QString &text, const QString &shown) {
        QTest::newRow(name) << text << shown;
    };
    const auto same = [&row](const char *name, const QString &text) { row(name, text, text); };
    same("plain", QStringLiteral("Hello\n\tthere"));
    same("empty", QString());
    same("Arabic", QStringLiteral("مرحبا abc"));
    same("emoji", QStringLiteral("👩\u200D👧 ❤\uFE0F"));
    same("isolates around a name", QStringLiteral("Hi \u2068Anna\u2069!"));
    same("embedding around a number", QStringLiteral("\u202A+1 212\u202C"));
    same("marks", QStringLiteral("a\u200E b\u200F"));
    row("override", QStringLiteral("photo\u202Egpj.exe"), QStringLiteral("photo⟨U+202E⟩gpj.exe"));
    row("override with its end", QStringLiteral("\u202Eabc\u202C d"),
        QStringLiteral("⟨U+202E⟩abc⟨U+202C⟩ d"));
    row("embedding without end", QStringLiteral("\u202Babc"), QStringLiteral("⟨U+202B⟩abc"));
    row("end without beginning", QStringLiteral("abc\u202C\u2069"), QStringLiteral("abc⟨U+202C⟩⟨U+2069⟩"));
    row("isolate over a line break", QStringLiteral("\u2067a\nb\u2069"),
        QStringLiteral("⟨U+2067⟩a\nb⟨U+2069⟩"));
    row("embedding left open in an isolate", QStringLiteral("\u2068\u202Ba\u2069"),
        QStringLiteral("\u2068⟨U+202B⟩a\u2069"));
    row("controls",
        QString::fromLatin1("a\x07"
                            "b\x1b[2J\0c",
                            9),
        QStringLiteral("a⟨U+0007⟩b⟨U+001B⟩[2J⟨U+0000⟩c"));
    row("only zero-width", QStringLiteral("\u200B\u2060"), QStringLiteral("⟨U+200B⟩⟨U+2060⟩"));
    row("only tags", QStringLiteral("\U000E0041"), QStringLiteral("⟨U+E0041⟩"));
}

void TestLinkCheck::showsControls() {
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(displayWithVisibleControls(text), shown);
}

void TestLinkCheck::knowsInvisibleTexts() {
    for (const QString &text : {QString(), QStringLiteral(" \n\t"), QStringLiteral("\u200B\u200D\uFEFF"),
                                QStringLiteral("\u3164 \u2800")})
        QVERIFY(isInvisible(text));
    for (const QString &text : {QStringLiteral("."), QStringLiteral("\u200Ba"), QStringLiteral("❤\uFE0F")})
        QVERIFY(!isInvisible(text));
}

QTEST_GUILESS_MAIN(TestLinkCheck)
#include "tst_link_check.moc"
