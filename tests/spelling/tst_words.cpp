#include "spelling/language_choice.h"
#include "spelling/words.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::spelling;

/// Which words of a text are looked up, and in which language.
class TestWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void words_data();
    void words();
    void names();
    void language_data();
    void language();
    void languageNames();
};

void TestWords::words_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(text)
                            << QString::fromUtf8(expected).split(u' ', Qt::SkipEmptyParts);
    };
    row("plain", "Hello, dear customer.", "Hello dear customer");
    row("apostrophes", "It's fine, don’t 'worry'", "It's fine don’t worry");
    row("web", "See https://exmple.com/abc?d=e or www.foo.bar or shop.example now", "See or or now");
    row("mail and names", "write to a.b@exmaple.org or @anna #sale", "write to or");
    row("numbers", "order 4521b and 10am and A4 at 5", "order and and at");
    row("capitals", "Reply STOP or YES please", "Reply or please");
    row("variables", "Hi {{first_name}}, your {{order number}} is here", "Hi your is here");
    row("single letters", "a b cd", "cd");
    row("hyphens", "well-knwon", "well knwon");
    row("sentence without a blank", "done.Thanks a lot", "lot");
    row("umlauts", "Grüße aus Köln", "Grüße aus Köln");
    row("combining", "cafe\xCC\x81 now", "cafe\xCC\x81 now");
    row("chinese", "你好 friend", "friend");
    row("arabic", "شكرا جزيلا", "شكرا جزيلا");
    row("emoji", "great😀work", "great work");
    row("empty", "", "");
}

void TestWords::words() {
    QFETCH(QString, text);
    QStringList found;
    for (const Word &word : wordsIn(text))
        found << text.mid(word.begin, word.length);
    QTEST(found, "expected");
}

void TestWords::names() {
    QCOMPARE(wordsOfName(QStringLiteral("Maria O’Neill-Keller (Sales)")),
             (QStringList{QStringLiteral("maria"), QStringLiteral("o'neill-keller"),
                          QStringLiteral("o'neill"), QStringLiteral("keller"), QStringLiteral("sales")}));
    QCOMPARE(wordsOfName({}), QStringList());
}

void TestWords::language_data() {
    QTest::addColumn<QString>("contact");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("chosen");
    const auto row = [](const char *name, const char *contact, const char *setting, const char *locale,
                        const char *chosen) {
        QTest::newRow(name) << QString::fromLatin1(contact) << QString::fromLatin1(setting)
                            << QString::fromLatin1(locale) << QString::fromLatin1(chosen);
    };
    row("contact first", "de-AT", "en_GB", "en_US", "de_AT");
    row("contact's language", "pt", "en_GB", "en_US", "pt_BR");
    row("usual country", "en", "", "", "en_US");
    row("other country", "en-AU", "", "", "en_US");
    row("contact without dictionary", "fr", "en_GB", "en_US", "");
    row("setting", "", "en_GB", "en_US", "en_GB");
    row("setting without dictionary", "", "fr_FR", "de_DE.UTF-8", "de_DE_frami");
    row("locale", "", "", "de_DE.UTF-8", "de_DE_frami");
    row("C locale", "", "", "C", "");
    row("nothing", "", "", "", "");
}

void TestWords::language() {
    QFETCH(QString, contact);
    QFETCH(QString, setting);
    QFETCH(QString, locale);
    QList<DictionaryFile> available;
    for (const char *name : {"de_AT", "de_DE_frami", "en_GB", "en_US", "pt_BR", "pt_PT"})
        available.append({QString::fromLatin1(name), {}, {}});
    const auto chosen = chooseDictionary(available, {contact, setting, locale});
    QTEST(chosen ? chosen->language : QString(), "chosen");
}

void TestWords::languageNames() {
    QCOMPARE(languageInWords(QStringLiteral("en_US")), QStringLiteral("English (United States)"));
    QCOMPARE(languageInWords(QStringLiteral("eo")), QStringLiteral("Esperanto"));
    QCOMPARE(languageInWords(QStringLiteral("zzz_unknown")), QStringLiteral("zzz_unknown"));
}

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
