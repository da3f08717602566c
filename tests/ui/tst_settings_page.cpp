#include "settings/preferences.h"
#include "settings/settings_page.h"
#include "support/fake_desk.h"
#include "ui/gui_test.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace longcode;
using namespace longcode::settings;
using namespace longcode::tests;

/// Preferences in their file, and the page that shows them and the account.
class TestSettingsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void preferencesSurviveARestart();
    void pageChangesPreferences();
    void pageFollowsPreferences();
    void showsTheAccount();
    void managesCannedReplies();
    void tellsOfBackups();
    void relayInWords_data();
    void relayInWords();
};

void TestSettingsPage::preferencesSurviveARestart() {
    const QTemporaryDir folder;
    {
        Preferences preferences({folder.path()});
        QCOMPARE(int(preferences.appearance()), int(Appearance::System));
        QCOMPARE(int(preferences.sendKey()), int(composer::SendKey::Enter));
        QVERIFY(preferences.geometry().isEmpty());
        QSignalSpy changed(&preferences, &Preferences::appearanceChanged);
        preferences.setAppearance(Appearance::Dark);
        preferences.setAppearance(Appearance::Dark);
        QCOMPARE(changed.size(), 1);
        preferences.setSendKey(composer::SendKey::ControlEnter);
        preferences.keepGeometry("g");
        preferences.keepPanes("p");
    }
    Preferences again({folder.path()});
    QCOMPARE(int(again.appearance()), int(Appearance::Dark));
    QCOMPARE(int(again.sendKey()), int(composer::SendKey::ControlEnter));
    QCOMPARE(again.geometry(), QByteArray("g"));
    QCOMPARE(again.panes(), QByteArray("p"));
    again.setAppearance(Appearance::Light);
    QCOMPARE(int(again.appearance()), int(Appearance::Light));
    again.setAppearance(Appearance::System);
    again.setSendKey(composer::SendKey::Enter);
    QCOMPARE(int(again.appearance()), int(Appearance::System));
    QCOMPARE(int(again.sendKey()), int(composer::SendKey::Enter));
}

void TestSettingsPage::pageChangesPreferences() {
    const QTemporaryDir folder;
    Preferences preferences({folder.path()});
    SettingsPage page(preferences);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QTest::keyClick(child<QComboBox>(page, "appearanceBox"), Qt::Key_End);
    QCOMPARE(int(preferences.appearance()), int(Appearance::Dark));
    QTest::keyClick(child<QComboBox>(page, "sendKeyBox"), Qt::Key_Down);
    QCOMPARE(int(preferences.sendKey()), int(composer::SendKey::ControlEnter));
}

void TestSettingsPage::pageFollowsPreferences() {
    const QTemporaryDir folder;
    Preferences preferences({folder.path()});
    SettingsPage page(preferences);
    preferences.setAppearance(Appearance::Light);
    QCOMPARE(child<QComboBox>(page, "appearanceBox")->currentText(), QStringLiteral("Light"));
    preferences.setSendKey(composer::SendKey::ControlEnter);
    QCOMPARE(child<QComboBox>(page, "sendKeyBox")->currentIndex(), 1);
}

void TestSettingsPage::showsTheAccount() {
    const QTemporaryDir folder;
    Preferences preferences({folder.path()});
    SampleDesk desk;
    FakeTeam team;
    SettingsPage page(preferences);
    page.resize(800, 1400); // everything on it can be clicked
    page.show();
    QVERIFY(!child<QLabel>(page, "accountName")->isVisible());
    page.setAccount(&desk.account, &team);
    QCOMPARE(child<QLabel>(page, "accountName")->text(),
             QStringLiteral("Sandbox, for practice: nothing leaves this computer"));
    QCOMPARE(child<QLabel>(page, "settingsRelayStatus")->text(), QStringLiteral("Connected, event 48,213"));
    desk.account.setSenders(sandboxSenders());
    auto *list = child<QListWidget>(page, "accountSenders");
    QCOMPARE(list->count(), 3);
    QCOMPARE(list->item(0)->text(), QStringLiteral("Sales +1 415-555-0100"));
    QCOMPARE(list->item(1)->text(), QStringLiteral("Support +1 888-555-0142 · smart encoding"));
    QTest::mouseClick(child<QPushButton>(page, "refreshSendersButton"), Qt::LeftButton);
    QTest::mouseClick(child<QPushButton>(page, "reconnectRelayButton"), Qt::LeftButton);
    QCOMPARE(desk.account.refreshes, 1);
    QCOMPARE(desk.account.reconnects, 1);
    QTest::mouseClick(child<QCheckBox>(page, "fullAlphabetBox"), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY(desk.account.countsFullAlphabet());
    page.setAccount(nullptr, nullptr);
    QVERIFY(!child<QLabel>(page, "accountName")->isVisible());
}

void TestSettingsPage::managesCannedReplies() {
    const QTemporaryDir folder;
    Preferences preferences({folder.path()});
    SampleDesk desk;
    FakeTeam team;
    SettingsPage page(preferences);
    page.resize(800, 1400);
    page.setAccount(&desk.account, &team);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QTest::mouseClick(child<QPushButton>(page, "cannedAdd"), Qt::LeftButton);
    auto *dialog = child<QWidget>(page, "cannedDialog");
    QVERIFY(!child<QPushButton>(*dialog, "cannedSave")->isEnabled());
    QTest::keyClicks(child<QWidget>(*dialog, "cannedTitle"), QStringLiteral("Hours"));
    QTest::keyClicks(child<QWidget>(*dialog, "cannedText"), QStringLiteral("9 to 5"));
    QCOMPARE(child<QLabel>(*dialog, "cannedSegments")->text(), QStringLiteral("1 segment"));
    QTest::mouseClick(child<QPushButton>(*dialog, "cannedSave"), Qt::LeftButton);
    QCOMPARE(team.cannedReplies().size(), 1);
    QCOMPARE(team.cannedReplies().first().text, QStringLiteral("9 to 5"));
    auto *list = child<QListView>(page, "cannedManageList");
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::mouseClick(child<QPushButton>(page, "cannedRemove"), Qt::LeftButton);
    QVERIFY(team.cannedReplies().isEmpty());
    QTest::mouseClick(child<QPushButton>(page, "cannedUndoButton"), Qt::LeftButton);
    QCOMPARE(team.cannedReplies().first().title, QStringLiteral("Hours"));
    team.setMembers(QStringLiteral("Anna"), {{QStringLiteral("Anna"), desk::TeamRole::Agent}});
    QVERIFY(!child<QWidget>(page, "cannedCard")->isVisible());
    page.setAccount(nullptr, nullptr);
}

void TestSettingsPage::tellsOfBackups() {
    const QTemporaryDir folder;
    Preferences preferences({folder.path()});
    FakeConsole console;
    SettingsPage page(preferences);
    page.show();
    QVERIFY(!child<QWidget>(page, "backupsCard")->isVisible());
    page.setDesk(&console.alerts(), &console.outbox(), &console.backups());
    QVERIFY(child<QWidget>(page, "backupsCard")->isVisible());
    auto *last = child<QLabel>(page, "lastBackup");
    QCOMPARE(last->text(), QStringLiteral("No backup has been made yet."));
    QVERIFY(child<QLabel>(page, "backupPlace")->text().contains(console.copies.place()));
    auto *daily = child<QCheckBox>(page, "dailyBackupBox");
    QVERIFY(daily->isChecked());
    daily->click();
    QVERIFY(!console.copies.on);
    auto *now = child<QPushButton>(page, "backUpNowButton");
    now->click();
    QVERIFY(console.copies.running);
    QVERIFY(!now->isEnabled());
    console.copies.finish({.path = QStringLiteral("/x"),
                           .day = QDate(2026, 11, 24),
                           .at = QDateTime(QDate(2026, 11, 24), QTime(10, 43), Qt::LocalTime),
                           .bytes = 3 * 1024 * 1024});
    QVERIFY(now->isEnabled());
    QVERIFY(last->text().contains(QStringLiteral("3.00 MiB")));
    QVERIFY(last->text().contains(QStringLiteral("10:43")));
    QVERIFY(child<QWidget>(page, "backupTrouble")->isHidden());
    console.copies.fail({QStringLiteral("The disk is full."), QStringLiteral("Free some space.")});
    QVERIFY(child<QWidget>(page, "backupTrouble")->isVisible());
    page.setDesk(nullptr, nullptr);
    QVERIFY(!child<QWidget>(page, "backupsCard")->isVisible());
}

void TestSettingsPage::relayInWords_data() {
    using enum desk::RelayCondition;
    QTest::addColumn<int>("condition");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << int(NotSetUp) << "Not set up";
    QTest::newRow("connecting") << int(Connecting) << "Connecting…";
    QTest::newRow("catching up") << int(CatchingUp) << "Catching up…";
    QTest::newRow("connected") << int(Connected) << "Connected, event 7";
    QTest::newRow("lost") << int(Lost) << "Connection lost. It is gone. Wait.";
    QTest::newRow("refused") << int(Refused) << "Refused. It is gone. Wait.";
}

void TestSettingsPage::relayInWords() {
    QFETCH(int, condition);
    desk::RelayStatus status;
    status.condition = static_cast<desk::RelayCondition>(condition);
    status.seq = 7;
    status.trouble = {QStringLiteral("It is gone."), QStringLiteral("Wait.")};
    QTEST(settings::relayInWords(status), "words");
}

QTEST_MAIN(TestSettingsPage)
#include "tst_settings_page.moc"
