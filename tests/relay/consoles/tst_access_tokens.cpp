#include "relay/consoles/token_file.h"

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
    void rolesAndAccounts();
    void nobodyLeft();
    void editsTheFile();
    void refusesToAdd_data();
    void refusesToAdd();
    void newTokensDiffer();
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
    const std::optional<TokenGrant> found =
        tokens->grantFor(std::string_view(authorization.constData(), std::size_t(authorization.size())));
    QCOMPARE(found.has_value(), !name.isEmpty());
    QCOMPARE(found ? found->name : QString(), name);
}

void AccessTokensTest::refusesAFile_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    const QString shape = QStringLiteral("line %1 is not a name and “sha256:” with 64 hexadecimal digits.");
    const QString name =
        QStringLiteral("line 1 begins with what cannot be a name: use 1 to 64 letters, digits "
                       "and any of “._-@”.");
    const QByteArray good = QByteArray(" sha256:") + abc;
    QTest::newRow("empty") << QByteArray()
                           << QStringLiteral("it holds no token, so no console could connect.");
    QTest::newRow("only a comment") << QByteArray("# none\n")
                                    << QStringLiteral("it holds no token, so no console could connect.");
    QTest::newRow("plain token") << QByteArray("desk secret") << shape.arg(1);
    QTest::newRow("short hash") << QByteArray("\ndesk sha256:abcd") << shape.arg(2);
    QTest::newRow("no hexadecimal") << QByteArray("desk sha256:") + QByteArray(64, 'g') << shape.arg(1);
    QTest::newRow("a third word")
        << "desk" + good + " more"
        << QStringLiteral(
               "line 1 is not a name and “sha256:” with 64 hexadecimal digits, followed by nothing "
               "but “role=” and “account=”.");
    QTest::newRow("unknown role") << "desk" + good + " role=king"
                                  << QStringLiteral(
                                         "line 1 has a role other than agent, compliance and admin.");
    QTest::newRow("no account") << "desk" + good + " account="
                                << QStringLiteral("line 1 has an account whose name cannot be one.");
    QTest::newRow("name with a slash") << "a/b" + good << name;
    QTest::newRow("name not ASCII") << "j\xc3\xbcrg" + good << name;
    QTest::newRow("name too long") << QByteArray(65, 'x') + good << name;
    QTest::newRow("same name twice") << "desk" + good + "\n\ndesk" + good
                                     << QStringLiteral("line 3 gives the name “desk” a second time.");
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
    const auto desk = tokens->grantFor("Bearer abc");
    QVERIFY(desk);
    QCOMPARE(desk->name, QStringLiteral("desk"));
}

void AccessTokensTest::rolesAndAccounts() {
    const auto tokens = AccessTokens::parse(QByteArray("ana@shop.example sha256:") + abc +
                                            " account=shop role=agent\nboss sha256:" + secret1 + "\n");
    QVERIFY(tokens);
    const auto ana = tokens->grantFor("Bearer abc");
    QVERIFY(ana);
    QCOMPARE(ana->name, QStringLiteral("ana@shop.example"));
    QCOMPARE(ana->role, longcode::protocol::Role::Agent);
    QCOMPARE(ana->account, QStringLiteral("shop"));
    const auto boss = tokens->named(QStringLiteral("boss"));
    QVERIFY(boss);
    QCOMPARE(boss->role, longcode::protocol::Role::Admin);
    QCOMPARE(boss->account, QString());
    const QList<longcode::protocol::Member> members{
        {QStringLiteral("ana@shop.example"), longcode::protocol::Role::Agent},
        {QStringLiteral("boss"), longcode::protocol::Role::Admin}};
    QCOMPARE(tokens->members(), members);
    QVERIFY(!tokens->grantFor("Bearer nobody"));
}

void AccessTokensTest::nobodyLeft() {
    const auto tokens = AccessTokens::parse("# all gone\n", AccessTokens::Empty::Allowed);
    QVERIFY(tokens);
    QVERIFY(tokens->grants().isEmpty());
    QVERIFY(!tokens->grantFor("Bearer abc"));
}

void AccessTokensTest::editsTheFile() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("tokens"));
    QVERIFY(!TokenFile::read(path, TokenFile::Missing::Refused));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray before = QByteArray("# who\n\n  desk\tsha256:") + abc +
                              "\n# the boss\nboss sha256:" + secret1 + " account=a role=admin";
    file.write(before);
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    auto tokens = TokenFile::read(path, TokenFile::Missing::Refused);
    QVERIFY(tokens);
    QVERIFY(tokens->add({.name = QStringLiteral("new"),
                         .role = longcode::protocol::Role::Compliance,
                         .account = QStringLiteral("shop"),
                         .hash = TokenFile::hashOf("abc")}));
    QVERIFY(tokens->revoke(QStringLiteral("boss")));
    QVERIFY(!tokens->revoke(QStringLiteral("boss")));
    QCOMPARE(tokens->grants().size(), 2);
    QVERIFY(tokens->write());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("# who\n\n  desk\tsha256:") + abc +
                                 "\n# the boss\nnew sha256:" + abc + " role=compliance account=shop\n");
    QVERIFY(!(file.permissions() & (QFile::ReadOther | QFile::ReadGroup | QFile::WriteOther)));
    // From nothing, and back to nothing.
    const QString fresh = folder.filePath(QStringLiteral("fresh"));
    auto none = TokenFile::read(fresh, TokenFile::Missing::Empty);
    QVERIFY(none);
    QVERIFY(none->add({.name = QStringLiteral("one"), .hash = TokenFile::hashOf("x")}));
    QVERIFY(none->write());
    QCOMPARE(AccessTokens::readFile(fresh)->grants().size(), 1);
    QVERIFY(none->revoke(QStringLiteral("one")));
    QVERIFY(none->write());
    QCOMPARE(QFile(fresh).size(), 0);
    none = TokenFile::read(folder.filePath(QStringLiteral("no/such/tokens")), TokenFile::Missing::Empty);
    QVERIFY(none);
    const auto written = none->write();
    QVERIFY(!written);
    QVERIFY2(written.error().contains(QStringLiteral("cannot be written")), qPrintable(written.error()));
}

void AccessTokensTest::refusesToAdd_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("taken") << QStringLiteral("desk") << QString() << QStringLiteral("already");
    QTest::newRow("two words") << QStringLiteral("a b") << QString() << QStringLiteral("cannot be the name");
    QTest::newRow("a line break") << QStringLiteral("a\nb") << QString()
                                  << QStringLiteral("cannot be the name");
    QTest::newRow("empty") << QString() << QString() << QStringLiteral("cannot be the name");
    QTest::newRow("account") << QStringLiteral("a") << QStringLiteral("x y")
                             << QStringLiteral("name of an account");
}

void AccessTokensTest::refusesToAdd() {
    QFETCH(QString, name);
    QFETCH(QString, account);
    QFETCH(QString, sentence);
    const QTemporaryDir folder;
    auto tokens = TokenFile::read(folder.filePath(QStringLiteral("t")), TokenFile::Missing::Empty);
    QVERIFY(tokens);
    QVERIFY(tokens->add({.name = QStringLiteral("desk"), .hash = TokenFile::hashOf("x")}));
    const auto added = tokens->add({.name = name, .account = account, .hash = TokenFile::hashOf("y")});
    QVERIFY(!added);
    QVERIFY2(added.error().contains(sentence), qPrintable(added.error()));
    QCOMPARE(tokens->grants().size(), 1);
}

void AccessTokensTest::newTokensDiffer() {
    const QByteArray token = TokenFile::newToken();
    static const QRegularExpression shape(QStringLiteral("^lc_[A-Za-z0-9_-]{43}\\z"));
    QVERIFY2(shape.match(QString::fromLatin1(token)).hasMatch(), token.constData());
    QVERIFY(TokenFile::newToken() != token);
    // printf abc | sha256sum
    QCOMPARE(TokenFile::hashOf("abc").toHex(), QByteArray(abc));
}

QTEST_GUILESS_MAIN(AccessTokensTest)
#include "tst_access_tokens.moc"
