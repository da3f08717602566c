#include "relay/consoles/access_tokens.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace longcode::relay;

namespace {
// printf 'secret-1' | sha256sum
constexpr char secret1[] = "f7e7c36e458e80e6b6a2c67d0a9ec09bd718dadd7bfa8d6bf6e7ad526e46c2f7";
// printf abc | sha256sum, the value of FIPS 180-2's first example
constexpr char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
} // namespace

class AccessTokensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void finds_data();
    void finds();
    void refusesAFile_data();
    void refusesAFile();
    void readsAFile();
};

void AccessTokensTest::finds_data() {
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QString>("name");
    QTest::newRow("known") << QByteArray("Bearer abc") << QStringLiteral("front-desk");
    QTest::newRow("scheme in another case") << QByteArray("bEARER abc") << QStringLiteral("front-desk");
    QTest::newRow("unknown") << QByteArray("Bearer abd") << QString();
    QTest::newRow("longer") << QByteArray("Bearer abcd") << QString();
    QTest::newRow("the hash itself") << QByteArray("Bearer sha256:") + abc << QString();
    QTest::newRow("no token") << QByteArray("Bearer ") << QString();
    QTest::newRow("no scheme") << QByteArray("abc") << QString();
    QTest::newRow("basic") << QByteArray("Basic YWJj") << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
}

void AccessTokensTest::finds() {
    QFETCH(QByteArray, authorization);
    QFETCH(QString, name);
    const auto tokens =
        AccessTokens::parse(QByteArray("# names\n\n other   sha256:") + secret1 +
                            "\r\nfront-desk\tsha256:" + QByteArray(abc).toUpper().replace("SHA", "sha"));
    QVERIFY(tokens);
    const std::optional<QString> found =
        tokens->nameFor(std::string_view(authorization.constData(), std::size_t(authorization.size())));
    QCOMPARE(found.has_value(), !name.isEmpty());
    QCOMPARE(found.value_or(QString()), name);
}

void AccessTokensTest::refusesAFile_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    const QString shape = QStringLiteral("line %1 is not a name and “sha256:” with 64 hexadecimal digits.");
    QTest::newRow("empty") << QByteArray()
                           << QStringLiteral("it holds no token, so no console could connect.");
    QTest::newRow("only a comment") << QByteArray("# none\n")
                                    << QStringLiteral("it holds no token, so no console could connect.");
    QTest::newRow("plain token") << QByteArray("desk secret") << shape.arg(1);
    QTest::newRow("short hash") << QByteArray("\ndesk sha256:abcd") << shape.arg(2);
    QTest::newRow("no hexadecimal") << QByteArray("desk sha256:") + QByteArray(64, 'g') << shape.arg(1);
    QTest::newRow("three words") << QByteArray("desk sha256:") + abc + " more" << shape.arg(1);
}

void AccessTokensTest::refusesAFile() {
    QFETCH(QByteArray, text);
    const auto tokens = AccessTokens::parse(text);
    QVERIFY(!tokens);
    QTEST(tokens.error(), "sentence");
}

void AccessTokensTest::readsAFile() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("tokens"));
    const auto missing = AccessTokens::readFile(path);
    QVERIFY(!missing);
    QVERIFY(missing.error().startsWith(QStringLiteral("The token file %1 cannot be used: ").arg(path)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("desk sha256:") + abc + "\n");
    file.close();
    const auto tokens = AccessTokens::readFile(path);
    QVERIFY(tokens);
    QCOMPARE(tokens->nameFor("Bearer abc"), std::optional(QStringLiteral("desk")));
}

QTEST_GUILESS_MAIN(AccessTokensTest)
#include "tst_access_tokens.moc"
