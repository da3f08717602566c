#include "spelling/dictionary.h"
#include "spelling/own_words.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace longcode;
using namespace longcode::spelling;

/// Real hunspell over small dictionaries that the test writes.
class TestDictionary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsPairs();
    void knowsWords();
    void suggests();
    void acceptsWords();
    void readsLatin1();
    void refusesForeignEncodings();
    void refusesMissingAndEmptyFiles();
    void longWordsAreNotLookedUp();
    void keepsOwnWords();
    void saysWhenOwnWordsCannotBeKept();

private:
    DictionaryFile write(const QString &language, const QByteArray &affixes, const QByteArray &words);
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

void writeFile(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

const QByteArray utf8Affixes("SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\nSFX S Y 1\nSFX S 0 s .\n");
const QByteArray fewWords("4\nhello\norder/S\nGrüße\ndon't\n");

} // namespace

void TestDictionary::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
}

DictionaryFile TestDictionary::write(const QString &language, const QByteArray &affixes,
                                     const QByteArray &words) {
    const QString base = m_folder->filePath(language);
    writeFile(base + QStringLiteral(".aff"), affixes);
    writeFile(base + QStringLiteral(".dic"), words);
    return {language, base + QStringLiteral(".aff"), base + QStringLiteral(".dic")};
}

void TestDictionary::findsPairs() {
    const DictionaryFile english = write(QStringLiteral("en_US"), utf8Affixes, fewWords);
    const DictionaryFile german = write(QStringLiteral("de_DE"), utf8Affixes, fewWords);
    write(QStringLiteral("hyph_de_DE"), utf8Affixes, fewWords);
    writeFile(m_folder->filePath(QStringLiteral("fr_FR.dic")), fewWords); // without affixes
    const QString second = m_folder->filePath(QStringLiteral("second"));
    QVERIFY(QDir().mkpath(second));
    writeFile(second + QStringLiteral("/en_US.aff"), utf8Affixes);
    writeFile(second + QStringLiteral("/en_US.dic"), fewWords);
    QCOMPARE(dictionariesIn({m_folder->path(), second, QStringLiteral("/nonexistent")}),
             (QList<DictionaryFile>{german, english}));
}

void TestDictionary::knowsWords() {
    const auto dictionary = openDictionary(write(QStringLiteral("en_US"), utf8Affixes, fewWords));
    QVERIFY(dictionary);
    QCOMPARE((*dictionary)->language(), QStringLiteral("en_US"));
    for (const char *word : {"hello", "Hello", "orders", "Grüße", "don't", "don’t"})
        QVERIFY2((*dictionary)->knows(QString::fromUtf8(word)), word);
    for (const char *word : {"helo", "hellos", "xyzzy"})
        QVERIFY2(!(*dictionary)->knows(QString::fromUtf8(word)), word);
}

void TestDictionary::suggests() {
    const auto dictionary = openDictionary(write(QStringLiteral("en_US"), utf8Affixes, fewWords));
    QVERIFY(dictionary);
    QVERIFY((*dictionary)->suggestions(QStringLiteral("helo")).contains(QStringLiteral("hello")));
    QVERIFY((*dictionary)->suggestions(QStringLiteral("ordrs")).contains(QStringLiteral("orders")));
    QVERIFY((*dictionary)->suggestions(QString(300, u'x')).isEmpty());
}

void TestDictionary::acceptsWords() {
    const auto dictionary = openDictionary(write(QStringLiteral("en_US"), utf8Affixes, fewWords));
    QVERIFY(dictionary);
    QVERIFY(!(*dictionary)->knows(QStringLiteral("Telnyx")));
    (*dictionary)->accept(QStringLiteral("Telnyx"));
    QVERIFY((*dictionary)->knows(QStringLiteral("Telnyx")));
}

void TestDictionary::readsLatin1() {
    const auto dictionary = openDictionary(write(QStringLiteral("de_DE"), "SET ISO8859-1\n",
                                                 "1\nGr\xFC\xDF"
                                                 "e\n"));
    QVERIFY(dictionary);
    QVERIFY((*dictionary)->knows(QStringLiteral("Grüße")));
    QVERIFY(!(*dictionary)->knows(QStringLiteral("Grüssse")));
    QVERIFY((*dictionary)->knows(QStringLiteral("شكرا"))); // not in its alphabet: it cannot judge
}

void TestDictionary::refusesForeignEncodings() {
    const auto dictionary = openDictionary(write(QStringLiteral("ru_RU"), "SET KOI8-R\n", "1\nabc\n"));
    QVERIFY(!dictionary);
    QCOMPARE(dictionary.error().what,
             QStringLiteral("The spelling dictionary ru_RU is written in KOI8-R, which is not supported."));
}

void TestDictionary::refusesMissingAndEmptyFiles() {
    QVERIFY(!openDictionary(
        {QStringLiteral("xx"), QStringLiteral("/nonexistent.aff"), QStringLiteral("/nonexistent.dic")}));
    const auto empty = openDictionary(write(QStringLiteral("en_US"), utf8Affixes, {}));
    QVERIFY(!empty);
    QCOMPARE(empty.error().what, QStringLiteral("The spelling dictionary en_US cannot be read."));
}

void TestDictionary::longWordsAreNotLookedUp() {
    const auto dictionary = openDictionary(write(QStringLiteral("en_US"), utf8Affixes, fewWords));
    QVERIFY(dictionary);
    QVERIFY(!(*dictionary)->knows(QString(64, u'x')));
    QVERIFY((*dictionary)->knows(QString(65, u'x')));
}

void TestDictionary::keepsOwnWords() {
    const QString path = m_folder->filePath(QStringLiteral("own-words.txt"));
    {
        OwnWords words(path);
        QVERIFY(!words.add(QStringLiteral("Telnyx")));
        QVERIFY(!words.add(QStringLiteral("شكرا")));
        QVERIFY(!words.add(QStringLiteral("Telnyx")));
        QVERIFY(!words.add(QStringLiteral("two\nlines")));
        QVERIFY(!words.add(QString(65, u'x')));
    }
    const OwnWords again(path);
    QCOMPARE(again.all(), (QStringList{QStringLiteral("Telnyx"), QStringLiteral("شكرا")}));
    QVERIFY(again.contains(QStringLiteral("Telnyx")));
}

void TestDictionary::saysWhenOwnWordsCannotBeKept() {
    OwnWords words(QStringLiteral("/nonexistent/own-words.txt"));
    const auto failure = words.add(QStringLiteral("Telnyx"));
    QVERIFY(failure);
    QVERIFY(failure->what.startsWith(QStringLiteral("“Telnyx” could not be kept: ")));
    QVERIFY(words.contains(QStringLiteral("Telnyx")));
}

QTEST_GUILESS_MAIN(TestDictionary)
#include "tst_dictionary.moc"
