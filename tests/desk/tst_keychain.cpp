#include "desk/outbox_rig.h"
#include "desk/secrets.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;
using namespace std::chrono_literals;

/// QtKeychain as it is used. ctest runs the first function under a keyring of its own and the second one in a
/// session without any (CMakeLists.txt).
class KeychainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void keepsFetchesAndForgets();
    void saysWhenThereIsNoKeychain();
};

void KeychainTest::keepsFetchesAndForgets() {
    const auto keychain = makeKeychain(20s);
    const SecretName name{QStringLiteral("test/api-key")};
    const auto absent = await(keychain->fetch(name), 30'000);
    QVERIFY(absent);
    QVERIFY(!absent->has_value());
    const QByteArray secret = "KEY0123 \xc3\xbc\n";
    QVERIFY(await(keychain->keep(name, secret), 30'000));
    const auto kept = await(keychain->fetch(name), 30'000);
    QVERIFY(kept);
    QCOMPARE(kept->value_or("nothing"), secret);
    // Another account's secret of the same kind is another one.
    QVERIFY(!await(keychain->fetch({QStringLiteral("other/api-key")}), 30'000)->has_value());
    QVERIFY(await(keychain->forget(name), 30'000));
    QVERIFY(!await(keychain->fetch(name), 30'000)->has_value());
}

void KeychainTest::saysWhenThereIsNoKeychain() {
    const auto keychain = makeKeychain(20s);
    const auto kept = await(keychain->keep({QStringLiteral("test/api-key")}, "KEY0123"), 30'000);
    QVERIFY(!kept);
    QVERIFY(!kept.error().what.isEmpty());
    QVERIFY(!kept.error().remedy.isEmpty());
    const auto fetched = await(keychain->fetch({QStringLiteral("test/api-key")}), 30'000);
    // Never a secret; that there is none and that it is locked look alike.
    QVERIFY(!fetched || !fetched->has_value());
}

QTEST_GUILESS_MAIN(KeychainTest)
#include "tst_keychain.moc"
