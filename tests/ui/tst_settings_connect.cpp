#include "settings/connect_page.h"
#include "settings/first_page.h"
#include "settings/setup_step.h"
#include "support/fake_desk.h"
#include "ui/gui_test.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTimer>

using namespace longcode;
using namespace longcode::settings;
using namespace longcode::tests;

/// The ways in without an account: the first page, and the three steps of connecting one.
class TestSettingsConnect : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void firstPageOffersTwoWays();
    void keyIsHiddenAndTrimmed();
    void badKeysAreSaidAtTheField_data();
    void badKeysAreSaidAtTheField();
    void refusedKeyStaysOnTheStep();
    void accountWithoutNumbersStaysOnTheStep();
    void relayFieldsAreChecked_data();
    void relayFieldsAreChecked();
    void runningRelayIsChecked_data();
    void runningRelayIsChecked();
    void connectsWithOwnRelayByKeyboard();
    void connectsWithRunningRelay();
    void failedSaveKeepsTheStep();
    void lateAnswerAfterBackChangesNothing();
    void backFromTheFirstStepForgetsTheKey();

private:
    [[nodiscard]] QLineEdit *field(const char *name) const { return child<QLineEdit>(*m_page, name); }
    [[nodiscard]] QString step() const { return child<QLabel>(*m_page, "setupWhere")->text(); }
    [[nodiscard]] QString problem() const;
    void next() { QTest::mouseClick(child<QPushButton>(*m_page, "nextButton"), Qt::LeftButton); }
    void passKey();
    void passRelay();
    void chooseRunningRelay();

    std::unique_ptr<FakeAccountSetup> m_setup;
    std::unique_ptr<ConnectPage> m_page;
};

namespace {

const QString firstStep = QStringLiteral("Connect an account · step 1 of 3");
const QString secondStep = QStringLiteral("Connect an account · step 2 of 3");
const QString thirdStep = QStringLiteral("Connect an account · step 3 of 3");
/// 32 bytes of base64, as a public key is.
const QString publicKey = QStringLiteral("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");

} // namespace

void TestSettingsConnect::init() {
    failOnAnyWarning();
    m_setup = std::make_unique<FakeAccountSetup>();
    m_page = std::make_unique<ConnectPage>(*m_setup);
    m_page->resize(1000, 700);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->restart();
}

void TestSettingsConnect::cleanup() {
    m_page.reset();
    m_setup.reset();
}

QString TestSettingsConnect::problem() const {
    for (const SetupStep *one : m_page->findChildren<SetupStep *>()) {
        if (one->isVisible())
            return one->problem();
    }
    return {};
}

void TestSettingsConnect::passKey() {
    type(field("apiKeyField"), QStringLiteral("KEY0123"));
    next();
    m_setup->answerKey(sandboxSenders());
    QTRY_COMPARE(step(), secondStep);
}

void TestSettingsConnect::passRelay() {
    passKey();
    type(field("publicKeyField"), publicKey);
    next();
    m_setup->answerRelay(desk::RelayStatus());
    QTRY_COMPARE(step(), thirdStep);
}

void TestSettingsConnect::chooseRunningRelay() {
    auto *choice = child<QRadioButton>(*m_page, "relayElsewhereButton");
    QTest::mouseClick(choice, Qt::LeftButton, {}, QPoint(12, choice->height() / 2));
    QVERIFY(choice->isChecked());
}

void TestSettingsConnect::firstPageOffersTwoWays() {
    FirstPage page;
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QSignalSpy tryIt(&page, &FirstPage::tryItRequested);
    QSignalSpy connects(&page, &FirstPage::connectRequested);
    QTest::mouseClick(child<QPushButton>(page, "tryItButton"), Qt::LeftButton);
    QTest::keyClick(child<QPushButton>(page, "connectButton"), Qt::Key_Space);
    QCOMPARE(tryIt.size(), 1);
    QCOMPARE(connects.size(), 1);
}

void TestSettingsConnect::keyIsHiddenAndTrimmed() {
    QCOMPARE(field("apiKeyField")->echoMode(), QLineEdit::Password);
    type(field("apiKeyField"), QStringLiteral("  KEY0123 "));
    next();
    QCOMPARE(m_setup->keys, QStringList{QStringLiteral("KEY0123")});
    QVERIFY(!child<QPushButton>(*m_page, "nextButton")->isEnabled());
    QVERIFY(child<QWidget>(*m_page, "setupBusy")->isVisible());
}

void TestSettingsConnect::badKeysAreSaidAtTheField_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("empty") << "" << "The API key is missing. Paste it from the portal.";
    QTest::newRow("blank") << "   " << "The API key is missing. Paste it from the portal.";
    const QString odd =
        QStringLiteral("This is not an API key: it has spaces or characters that no key has. Copy the key "
                       "once more, by itself.");
    QTest::newRow("two words") << "my key" << odd;
    QTest::newRow("not ASCII") << "KEYé" << odd;
}

void TestSettingsConnect::badKeysAreSaidAtTheField() {
    QFETCH(QString, key);
    field("apiKeyField")->setText(key);
    next();
    QTEST(problem(), "sentence");
    QVERIFY(m_setup->keys.isEmpty());
    QVERIFY(field("apiKeyField")->hasFocus());
    QTest::keyClicks(field("apiKeyField"), QStringLiteral("x"));
    QCOMPARE(problem(), QString());
}

void TestSettingsConnect::refusedKeyStaysOnTheStep() {
    type(field("apiKeyField"), QStringLiteral("KEY0123"));
    next();
    m_setup->answerKey(failed(Failure{QStringLiteral("The key was refused."), QStringLiteral("Check it.")}));
    QTRY_COMPARE(problem(), QStringLiteral("The key was refused. Check it."));
    QCOMPARE(step(), firstStep);
    QVERIFY(child<QPushButton>(*m_page, "nextButton")->isEnabled());
    QVERIFY(field("apiKeyField")->hasFocus());
}

void TestSettingsConnect::accountWithoutNumbersStaysOnTheStep() {
    type(field("apiKeyField"), QStringLiteral("KEY0123"));
    next();
    m_setup->answerKey(QList<desk::Sender>());
    QTRY_COMPARE(problem(),
                 QStringLiteral("The key is right, but this account has no number with messaging. Assign a "
                                "number to a messaging profile in the portal, then try again."));
    QCOMPARE(step(), firstStep);
}

void TestSettingsConnect::relayFieldsAreChecked_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("focus");
    const QString listen = QStringLiteral("127.0.0.1:8420");
    QTest::newRow("no key")
        << "" << listen << ""
        << "The public key is missing. Without it the relay cannot tell Telnyx from anybody else. "
           "Copy it from the portal."
        << "publicKeyField";
    const QString notAKey =
        QStringLiteral("This is not a public key: 44 characters that end in “=” are expected. Copy it "
                       "once more from the portal. The API key is another thing.");
    QTest::newRow("no base64") << "KEY_not-base64!" << listen << "" << notAKey << "publicKeyField";
    QTest::newRow("31 bytes") << "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw==" << listen << "" << notAKey
                              << "publicKeyField";
    QTest::newRow("no port") << publicKey << "127.0.0.1" << ""
                             << "“127.0.0.1” is not ADDRESS:PORT, for example 127.0.0.1:8080 or [::1]:0."
                             << "listenField";
    QTest::newRow("no URL")
        << publicKey << listen << "relay.example.com"
        << "“relay.example.com” is not a web address. It begins with https:// and names a host."
        << "publicUrlField";
    QTest::newRow("no host") << publicKey << listen << "https://"
                             << "“https://” is not a web address. It begins with https:// and names a host."
                             << "publicUrlField";
}

void TestSettingsConnect::relayFieldsAreChecked() {
    QFETCH(QString, key);
    QFETCH(QString, listen);
    QFETCH(QString, url);
    QFETCH(QString, focus);
    passKey();
    field("publicKeyField")->setText(key);
    field("listenField")->setText(listen);
    field("publicUrlField")->setText(url);
    next();
    QTEST(problem(), "sentence");
    QVERIFY(child<QLineEdit>(*m_page, focus.toLatin1().constData())->hasFocus());
    QVERIFY(m_setup->relays.isEmpty());
}

void TestSettingsConnect::runningRelayIsChecked_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("sentence");
    const QString notARelay =
        QStringLiteral("This is not the address of a relay. It begins with wss:// and names a host.");
    QTest::newRow("empty") << "" << "t" << notARelay;
    QTest::newRow("web address") << "https://relay.example.com" << "t" << notARelay;
    QTest::newRow("open network")
        << "ws://relay.example.com" << "t"
        << "ws:// would send customers' texts over the network unencrypted. Use wss://; ws:// "
           "is for this computer only.";
    QTest::newRow("no token") << "wss://relay.example.com" << " "
                              << "The token is missing. Whoever runs the relay can give you one.";
    QTest::newRow("loopback") << "ws://127.0.0.1:8420" << "t" << "";
    QTest::newRow("localhost") << "ws://localhost:8420" << "t" << "";
}

void TestSettingsConnect::runningRelayIsChecked() {
    QFETCH(QString, address);
    QFETCH(QString, token);
    QFETCH(QString, sentence);
    passKey();
    chooseRunningRelay();
    field("relayAddressField")->setText(address);
    field("relayTokenField")->setText(token);
    next();
    QCOMPARE(problem(), sentence);
    QCOMPARE(m_setup->relays.isEmpty(), !sentence.isEmpty());
}

void TestSettingsConnect::connectsWithOwnRelayByKeyboard() {
    QSignalSpy connected(m_page.get(), &ConnectPage::connected);
    QVERIFY(field("apiKeyField")->hasFocus());
    QTest::keyClicks(field("apiKeyField"), QStringLiteral("KEY0123"));
    QTest::keyClick(field("apiKeyField"), Qt::Key_Return);
    m_setup->answerKey(sandboxSenders());
    QTRY_COMPARE(step(), secondStep);
    QVERIFY(field("publicKeyField")->hasFocus());
    QTest::keyClicks(field("publicKeyField"), publicKey);
    field("publicUrlField")->setText(QStringLiteral("https://acme.example.com"));
    QTest::keyClick(field("publicKeyField"), Qt::Key_Return);
    m_setup->answerRelay(desk::RelayStatus());
    QTRY_COMPARE(step(), thirdStep);
    auto *list = child<QListWidget>(*m_page, "senderList");
    QVERIFY(list->hasFocus());
    QCOMPARE(list->count(), 3);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(m_setup->saved.size(), 1);
    const desk::AccountDraft draft = m_setup->saved.first();
    QCOMPARE(draft.apiKey, QStringLiteral("KEY0123"));
    QCOMPARE(draft.name, QStringLiteral("My account"));
    QCOMPARE(draft.sender.wire(), QStringLiteral("+18885550142"));
    QCOMPARE(draft.home.code, QStringLiteral("US"));
    const auto *here = std::get_if<desk::RelayHere>(&draft.relay);
    QVERIFY(here);
    QCOMPARE(here->telnyxPublicKey, publicKey.toLatin1());
    QCOMPARE(here->listen, QStringLiteral("127.0.0.1:0"));
    QCOMPARE(here->publicUrl, QUrl(QStringLiteral("https://acme.example.com")));
    QCOMPARE(connected.size(), 0);
    m_setup->answerSave(true);
    QTRY_COMPARE(connected.size(), 1);
    QCOMPARE(field("apiKeyField")->text(), QString());
}

void TestSettingsConnect::connectsWithRunningRelay() {
    passKey();
    chooseRunningRelay();
    QCOMPARE(field("relayTokenField")->echoMode(), QLineEdit::Password);
    type(field("relayAddressField"), QStringLiteral("wss://relay.example.com"));
    type(field("relayTokenField"), QStringLiteral("t0k"));
    next();
    QCOMPARE(m_setup->relays.size(), 1);
    m_setup->answerRelay(desk::RelayStatus());
    QTRY_COMPARE(step(), thirdStep);
    next();
    const auto *elsewhere = std::get_if<desk::RelayElsewhere>(&m_setup->saved.first().relay);
    QVERIFY(elsewhere);
    QCOMPARE(elsewhere->url, QUrl(QStringLiteral("wss://relay.example.com")));
    QCOMPARE(elsewhere->token, QStringLiteral("t0k"));
}

void TestSettingsConnect::failedSaveKeepsTheStep() {
    passRelay();
    next();
    m_setup->answerSave(
        failed(Failure{QStringLiteral("The keychain is locked."), QStringLiteral("Unlock it.")}));
    QTRY_COMPARE(problem(), QStringLiteral("The keychain is locked. Unlock it."));
    QCOMPARE(step(), thirdStep);
    child<QLineEdit>(*m_page, "accountNameField")->clear();
    next();
    QCOMPARE(problem(), QStringLiteral("The account needs a name. Any name will do; only you see it."));
    QCOMPARE(m_setup->saved.size(), 1);
}

void TestSettingsConnect::lateAnswerAfterBackChangesNothing() {
    passKey();
    type(field("publicKeyField"), publicKey);
    next();
    QTest::mouseClick(child<QPushButton>(*m_page, "backButton"), Qt::LeftButton);
    QCOMPARE(step(), firstStep);
    QVERIFY(child<QPushButton>(*m_page, "nextButton")->isEnabled());
    m_setup->answerRelay(desk::RelayStatus());
    // The late answer would arrive in the event loop's next turns, before this one's.
    bool turned = false;
    QTimer::singleShot(0, this, [&] { QTimer::singleShot(0, this, [&] { turned = true; }); });
    QTRY_VERIFY(turned);
    QCOMPARE(step(), firstStep);
}

void TestSettingsConnect::backFromTheFirstStepForgetsTheKey() {
    QSignalSpy left(m_page.get(), &ConnectPage::left);
    QTest::keyClicks(field("apiKeyField"), QStringLiteral("KEY0123"));
    QTest::keyClick(field("apiKeyField"), Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
    QCOMPARE(field("apiKeyField")->text(), QString());
}

QTEST_MAIN(TestSettingsConnect)
#include "tst_settings_connect.moc"
