#include "desk/console.h"
#include "desk/memory_secrets.h"
#include "desk/outbox_rig.h"
#include "desk/profile_file.h"
#include "support/process.h"
#include "support/scripted_server.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLockFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;

/// Connecting a real account: the API is the sandbox in the place of Telnyx, the keychain is in memory.
class AccountSetupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keyIsCheckedAndSendersListed();
    void wrongKeyIsSaidSo();
    void unreachableApiIsSaidSo();
    void ownRelays_data();
    void ownRelays();
    void takenPortIsSaidSo();
    void relayElsewhereIsHeard();
    void relayElsewhereRefusesTheToken();
    void relayElsewhereMustBeEncrypted();
    void savedAccountOpensAndSends();
    void lockedKeychainLeavesTheAccountAlone();
    void failedKeychainSavesNothing();

private:
    void startSandbox();
    [[nodiscard]] Services services() {
        return {.network = *m_network,
                .clock = m_clock,
                .secrets = *m_secrets,
                .apiBase = m_api,
                .programs = QStringLiteral(LONGCODE_BIN_DIR)};
    }
    [[nodiscard]] AccountDraft draft() const;

    std::unique_ptr<Scratch> m_scratch;
    std::unique_ptr<RecordingNetwork> m_network;
    std::unique_ptr<MemorySecrets> m_secrets;
    SystemClock m_clock;
    RunningProgram m_sandbox;
    QUrl m_api;
    ProfileFolder m_folder;
};

namespace {

const QString apiKey = QStringLiteral("KEY-of-a-real-account");

/// A keychain that cannot be written.
class BrokenSecrets final : public SecretStore {
public:
    QFuture<Result<bool, Failure>> keep(const SecretName &, const QByteArray &) override {
        return QtFuture::makeReadyFuture(Result<bool, Failure>(
            failed(Failure{QStringLiteral("No keychain."), QStringLiteral("Start one.")})));
    }
    QFuture<Result<std::optional<QByteArray>, Failure>> fetch(const SecretName &) override {
        return QtFuture::makeReadyFuture(
            Result<std::optional<QByteArray>, Failure>(std::optional<QByteArray>()));
    }
    QFuture<Result<bool, Failure>> forget(const SecretName &) override {
        return QtFuture::makeReadyFuture(Result<bool, Failure>(false));
    }
};

} // namespace

void AccountSetupTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_scratch = std::make_unique<Scratch>();
    m_network = std::make_unique<RecordingNetwork>();
    m_secrets = std::make_unique<MemorySecrets>();
    m_folder = {m_scratch->path(QStringLiteral("data/account"))};
    startSandbox();
}

void AccountSetupTest::cleanup() {
    m_sandbox.kill();
    m_network.reset();
    m_secrets.reset();
    m_scratch.reset();
}

void AccountSetupTest::startSandbox() {
    QVERIFY(m_sandbox.start(
        "longcode-sandbox",
        {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--api-key"), apiKey},
        60'000));
    m_api = QUrl(m_sandbox.ready().value(QLatin1String("url")).toString());
}

AccountDraft AccountSetupTest::draft() const {
    return {.name = QStringLiteral("Flower shop"),
            .apiKey = apiKey,
            .relay = RelayHere{.telnyxPublicKey =
                                   m_sandbox.ready().value(QLatin1String("public_key")).toString().toLatin1(),
                               .listen = QStringLiteral("127.0.0.1:0"),
                               .publicUrl = {}},
            .sender = phone::fromWire(QStringLiteral("+14155550100")),
            .home = phone::Region{QStringLiteral("US")}};
}

void AccountSetupTest::keyIsCheckedAndSendersListed() {
    const auto setup = makeAccountSetup(m_folder, services());
    // A key is often pasted with a line end.
    const auto senders = await(setup->checkKey(apiKey + QStringLiteral("\n")), 30'000);
    QVERIFY(senders);
    QStringList addresses;
    for (const Sender &sender : *senders)
        addresses.append(sender.profileName + QLatin1Char(' ') + sender.address.wire());
    QVERIFY2(addresses.contains(QStringLiteral("Sales +14155550100")),
             qPrintable(addresses.join(QLatin1Char(','))));
    QVERIFY(addresses.contains(QStringLiteral("Support +18885550142")));
    QVERIFY(!QFile::exists(profileFile(m_folder)));
}

void AccountSetupTest::wrongKeyIsSaidSo() {
    const auto setup = makeAccountSetup(m_folder, services());
    const auto senders = await(setup->checkKey(QStringLiteral("KEY-wrong")), 30'000);
    QVERIFY(!senders);
    QVERIFY2(senders.error().what.contains(QStringLiteral("refused the API key")),
             qPrintable(senders.error().what));
    QVERIFY(!senders.error().remedy.isEmpty());
}

void AccountSetupTest::unreachableApiIsSaidSo() {
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    m_api = QUrl(QStringLiteral("http://127.0.0.1:%1/v2").arg(closed.serverPort()));
    closed.close();
    const auto setup = makeAccountSetup(m_folder, services());
    const auto senders = await(setup->checkKey(apiKey), 60'000);
    QVERIFY(!senders);
    QVERIFY2(senders.error().what.contains(QStringLiteral("cannot be reached")),
             qPrintable(senders.error().what));
}

void AccountSetupTest::ownRelays_data() {
    QTest::addColumn<QByteArray>("key"); // empty: the sandbox's
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("publicUrl");
    QTest::addColumn<bool>("good");
    const QString here = QStringLiteral("127.0.0.1:0");
    const QString out = QStringLiteral("https://relay.example.com");
    QTest::newRow("complete") << QByteArray() << here << out << true;
    QTest::newRow("without public address") << QByteArray() << here << QString() << true;
    QTest::newRow("all networks") << QByteArray() << QStringLiteral("0.0.0.0:0") << out << true;
    QTest::newRow("no key") << QByteArray("AAAA") << here << out << false;
    QTest::newRow("no port") << QByteArray() << QStringLiteral("127.0.0.1") << out << false;
    QTest::newRow("not this machine") << QByteArray() << QStringLiteral("192.0.2.7:8420") << out << false;
    QTest::newRow("public but not encrypted")
        << QByteArray() << here << QStringLiteral("http://relay.example.com") << false;
}

void AccountSetupTest::ownRelays() {
    QFETCH(QByteArray, key);
    QFETCH(QString, listen);
    QFETCH(QString, publicUrl);
    QFETCH(bool, good);
    RelayHere relay = std::get<RelayHere>(draft().relay);
    if (!key.isEmpty())
        relay.telnyxPublicKey = key;
    relay.listen = listen;
    relay.publicUrl = QUrl(publicUrl);
    const auto setup = makeAccountSetup(m_folder, services());
    const auto checked = await(setup->checkRelay(relay));
    QCOMPARE(checked.has_value(), good);
    if (good)
        QCOMPARE(checked->publicUrl, publicUrl);
    else
        QVERIFY(!checked.error().what.isEmpty() && !checked.error().remedy.isEmpty());
}

void AccountSetupTest::takenPortIsSaidSo() {
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    RelayHere relay = std::get<RelayHere>(draft().relay);
    relay.listen = QStringLiteral("127.0.0.1:%1").arg(taken.serverPort());
    const auto checked = await(makeAccountSetup(m_folder, services())->checkRelay(relay));
    QVERIFY(!checked);
    QVERIFY(checked.error().what.contains(relay.listen));
}

namespace {

/// A relay as a team runs it, with the token "team".
bool startRelay(RunningProgram &relay, const Scratch &scratch, const QString &publicKey) {
    QFile tokens(scratch.path(QStringLiteral("tokens")));
    if (!tokens.open(QIODevice::WriteOnly))
        return false;
    tokens.write("desk sha256:" + QCryptographicHash::hash("team", QCryptographicHash::Sha256).toHex() +
                 '\n');
    tokens.close();
    tokens.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return relay.start("longcode-relay",
                       {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                        QStringLiteral("--public-key"), publicKey, QStringLiteral("--token-file"),
                        tokens.fileName(), QStringLiteral("--store"),
                        scratch.path(QStringLiteral("relay.sqlite"))},
                       60'000);
}

QUrl consoleUrl(RunningProgram &relay) {
    return QUrl(QStringLiteral("ws://") + relay.ready().value(QLatin1String("address")).toString());
}

} // namespace

void AccountSetupTest::relayElsewhereIsHeard() {
    RunningProgram relay;
    QVERIFY(startRelay(relay, *m_scratch, m_sandbox.ready().value(QLatin1String("public_key")).toString()));
    const auto setup = makeAccountSetup(m_folder, services());
    const auto checked =
        await(setup->checkRelay(RelayElsewhere{.url = consoleUrl(relay), .token = QStringLiteral(" team ")}),
              30'000);
    QVERIFY(checked);
    QVERIFY(checked->publicUrl.endsWith(QStringLiteral("/webhooks/telnyx")));
}

void AccountSetupTest::relayElsewhereRefusesTheToken() {
    RunningProgram relay;
    QVERIFY(startRelay(relay, *m_scratch, m_sandbox.ready().value(QLatin1String("public_key")).toString()));
    const auto setup = makeAccountSetup(m_folder, services());
    const auto checked =
        await(setup->checkRelay(RelayElsewhere{.url = consoleUrl(relay), .token = QStringLiteral("guess")}),
              30'000);
    QVERIFY(!checked);
    QVERIFY2(checked.error().what.contains(QStringLiteral("token")), qPrintable(checked.error().what));
}

void AccountSetupTest::relayElsewhereMustBeEncrypted() {
    const auto setup = makeAccountSetup(m_folder, services());
    const auto checked = await(setup->checkRelay(RelayElsewhere{
        .url = QUrl(QStringLiteral("ws://relay.example.com")), .token = QStringLiteral("team")}));
    QVERIFY(!checked);
    QVERIFY(checked.error().remedy.contains(QStringLiteral("wss://")));
}

void AccountSetupTest::savedAccountOpensAndSends() {
    QVERIFY(!hasAccount(m_folder));
    QVERIFY(await(makeAccountSetup(m_folder, services())->save(draft())));
    QVERIFY(hasAccount(m_folder));
    auto opened = await(openAccount(m_folder, services()), 30'000);
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().what));
    const std::shared_ptr<Console> console = std::move(*opened);
    QCOMPARE(console->account().name(), QStringLiteral("Flower shop"));
    QVERIFY(!console->account().isSandbox());
    QTRY_COMPARE_WITH_TIMEOUT(console->account().relay().condition, RelayCondition::Connected, 30'000);
    // The free port that was chosen is told and kept, so that a tunnel can point at it.
    const QString address = console->relayHealth().ownRelayAddress();
    QVERIFY2(address.startsWith(QStringLiteral("127.0.0.1:")) && !address.endsWith(QStringLiteral(":0")),
             qPrintable(address));
    const auto profile = readProfile(m_folder);
    QVERIFY(profile.has_value());
    QCOMPARE(std::get<RelayHere>(profile->relay).listen, address);
    QTRY_VERIFY_WITH_TIMEOUT(!console->account().senders().isEmpty(), 30'000);
    const auto conversation =
        await(console->inbox().begin(phone::fromWire(QStringLiteral("+13125550001")), draft().sender));
    QVERIFY(conversation.has_value());
    QVERIFY(await(console->outbox().send(*conversation, QStringLiteral("From an account of its own"))));
    const auto messages = console->inbox().openMessages(*conversation);
    QTRY_COMPARE(messages->rowCount(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(messages->index(0, 0).data(MessageRole).value<Message>().state,
                              MessageState::Delivered, 30'000);
    // The relay's token file holds a hash, and no file of the profile holds a secret.
    QDirIterator files(m_folder.path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(apiKey.toUtf8()), qPrintable(file.fileName()));
        ++looked;
    }
    QVERIFY(looked >= 3);
    QCOMPARE(QFile::permissions(m_folder.path + QStringLiteral("/relay/tokens")) &
                 (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void AccountSetupTest::lockedKeychainLeavesTheAccountAlone() {
    QVERIFY(await(makeAccountSetup(m_folder, services())->save(draft())));
    BrokenSecrets locked;
    const auto opened = await(openAccount(
        m_folder, {.network = *m_network, .clock = m_clock, .secrets = locked, .apiBase = m_api}));
    QVERIFY(!opened);
    QVERIFY2(opened.error().what.contains(QStringLiteral("keychain")), qPrintable(opened.error().what));
    QVERIFY(hasAccount(m_folder));
    // The folder is free again, and with the keychain back the account opens.
    QTRY_VERIFY(lockFolder(m_folder).has_value());
    QVERIFY(await(openAccount(m_folder, services()), 30'000));
}

void AccountSetupTest::failedKeychainSavesNothing() {
    BrokenSecrets broken;
    const auto setup = makeAccountSetup(
        m_folder, {.network = *m_network, .clock = m_clock, .secrets = broken, .apiBase = m_api});
    const auto saved = await(setup->save(draft()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().what, QStringLiteral("No keychain."));
    QVERIFY(!hasAccount(m_folder));
}

QTEST_GUILESS_MAIN(AccountSetupTest)
#include "tst_account_setup.moc"
