#include "health/relay_page.h"
#include "health/relay_words.h"
#include "health/rows_model.h"
#include "health/snippets.h"
#include "style/banner.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"
#include "ui/team_sample.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

using namespace longcode;
using namespace longcode::tests;

/// The page of the relay over a health that the test sets.
class TestRelayPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void watchesWhileShown();
    void saysTheState_data();
    void saysTheState();
    void showsFigures();
    void copiesTheAddress();
    void agentsSeeTheStateOnly();
    void silenceIsAnAlarm();
    void looksForWhatWasMissed();
    void silenceOffersToLook();
    void selfTestAnswers();
    void setsTheWebhookAfterAsking();
    void explainsHowToBecomeReachable();
    void writesTimes_data();
    void writesTimes();
    void missedTimeCoversEveryGap();
    void rowsModelSaysWhatChanged();

private:
    [[nodiscard]] QWidget *part(const char *name) const { return child<QWidget>(*m_page, name); }
    [[nodiscard]] QString words(const char *name) const { return child<QLabel>(*m_page, name)->text(); }
    [[nodiscard]] QString cell(const char *table, int row, int column) const {
        QString text = child<QTableView>(*m_page, table)->model()->index(row, column).data().toString();
        return text.remove(QChar(0x2068)).remove(QChar(0x2069));
    }

    SampleClock m_clock;
    std::unique_ptr<FakeConsole> m_console;
    std::unique_ptr<health::RelayPage> m_page;
};

void TestRelayPage::init() {
    failOnAnyWarning();
    m_console = std::make_unique<FakeConsole>();
    m_console->health.setFigures(sampleFigures());
    m_console->health.receiver = sampleFigures().publicUrl;
    m_console->health.setWebhooks(
        {{QStringLiteral("p1"), QStringLiteral("Sales"), sampleFigures().publicUrl, true},
         {QStringLiteral("p2"), QStringLiteral("Support"), QStringLiteral("https://hooks.zapier.com/1"),
          false},
         {QStringLiteral("p3"), QStringLiteral("New"), QString(), false}});
    m_page = std::make_unique<health::RelayPage>(*m_console, m_clock);
    m_page->resize(1000, 900);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TestRelayPage::cleanup() {
    m_page.reset();
    m_console.reset();
}

void TestRelayPage::watchesWhileShown() {
    QVERIFY(m_console->health.watched);
    m_page->hide();
    QVERIFY(!m_console->health.watched);
    m_page->show();
    QVERIFY(m_console->health.watched);
}

void TestRelayPage::saysTheState_data() {
    using enum desk::RelayCondition;
    using enum health::StateTone;
    QTest::addColumn<int>("condition");
    QTest::addColumn<QString>("title");
    QTest::addColumn<int>("tone");
    QTest::newRow("none") << int(NotSetUp) << "No relay is set up" << int(Warn);
    QTest::newRow("connecting") << int(Connecting) << "Connecting…" << int(Quiet);
    QTest::newRow("catching up") << int(CatchingUp) << "Catching up" << int(Quiet);
    QTest::newRow("connected") << int(Connected) << "Connected" << int(Good);
    QTest::newRow("silent") << int(Silent) << "Connected, but silent" << int(Warn);
    QTest::newRow("lost") << int(Lost) << "Connection lost, trying again" << int(Bad);
    QTest::newRow("refused") << int(Refused) << "The relay refused this console" << int(Bad);
}

void TestRelayPage::saysTheState() {
    QFETCH(int, condition);
    desk::RelayStatus status;
    status.condition = static_cast<desk::RelayCondition>(condition);
    m_console->sample.account.setRelay(status);
    QTEST(words("relayCondition"), "title");
    QTEST(int(health::stateOf(status, m_console->health).tone), "tone");
}

void TestRelayPage::showsFigures() {
    QCOMPARE(words("relayUrl"), QStringLiteral("https://sms.example.com/webhooks/telnyx"));
    QCOMPARE(words("relayLastEvent"), QStringLiteral("42 seconds ago"));
    QCOMPARE(words("relayLag"), QStringLiteral("3 events behind"));
    QCOMPARE(words("relayLog"), QStringLiteral("61.0 MB, events 1 to 48,213"));
    QCOMPARE(words("relayDisk"), QStringLiteral("210.0 GB"));
    QCOMPARE(cell("readersTable", 0, 0), QStringLiteral("Anna"));
    QCOMPARE(cell("readersTable", 0, 3), QStringLiteral("connected"));
    QCOMPARE(cell("readersTable", 1, 2), QStringLiteral("1,113"));
    QCOMPARE(cell("forwardsTable", 0, 3), QStringLiteral("HTTP 502 from crm.example.com"));
    desk::RelayFigures failing = sampleFigures();
    failing.storeFailing = true;
    failing.forwards.clear();
    m_console->health.setFigures(failing);
    QCOMPARE(words("relayCondition"), QStringLiteral("Connected, but not well"));
    QVERIFY(!part("forwardsCard")->isVisible());
    QVERIFY(!part("reachCard")->isVisible());
}

void TestRelayPage::copiesTheAddress() {
    QTest::keyClick(part("copyRelayUrl"), Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), sampleFigures().publicUrl);
}

void TestRelayPage::agentsSeeTheStateOnly() {
    m_console->health.setOwnRelay(QStringLiteral("127.0.0.1:8420"));
    m_console->crew.setMembers(QStringLiteral("Ana"), {{QStringLiteral("Ana"), desk::TeamRole::Agent}});
    QVERIFY(part("relayCondition")->isVisible());
    QVERIFY(part("relayRoleNote")->isVisible());
    for (const char *name : {"relayUrl", "readersTable", "webhookTable", "selfTestButton", "reachCard"})
        QVERIFY2(!part(name)->isVisible(), name);
}

void TestRelayPage::silenceIsAnAlarm() {
    QVERIFY(!part("silenceAlarm")->isVisible());
    m_console->health.setSilence(Failure{QStringLiteral("No report has come for 20 minutes."),
                                         QStringLiteral("Check the address of the profile.")});
    QVERIFY(part("silenceAlarm")->isVisible());
    QCOMPARE(child<style::Banner>(*m_page, "silenceAlarm")->text(),
             QStringLiteral("No report has come for 20 minutes. Check the address of the profile."));
}

void TestRelayPage::looksForWhatWasMissed() {
    QVERIFY(!part("gapCard")->isVisible());
    m_console->health.setGaps(
        {{12, 40, sampleNow(), sampleNow().addSecs(-3600), QStringLiteral("It had dropped them.")}});
    QVERIFY(part("gapCard")->isVisible());
    QVERIFY(words("gapList").startsWith(QStringLiteral("Events 12 to 40, between ")));
    QCOMPARE(words("relayCondition"), QStringLiteral("Connected, but not well"));
    QTest::mouseClick(part("recoverButton"), Qt::LeftButton);
    QCOMPARE(m_console->health.recovered.size(), 1);
    QCOMPARE(m_console->health.recovered.first().first, sampleNow().addSecs(-3600));
    QCOMPARE(m_console->health.recovered.first().second, sampleNow());
    QVERIFY(!part("recoverButton")->isEnabled());
    m_console->health.answer(QStringLiteral("Found 3 messages."));
    QTRY_COMPARE(words("recoverResult"), QStringLiteral("Found 3 messages."));
    QVERIFY(part("recoverButton")->isEnabled());
    m_console->health.setGaps({});
    QVERIFY(part("recoverResult")->isVisible());
    QVERIFY(!part("recoverButton")->isVisible());
}

void TestRelayPage::silenceOffersToLook() {
    QVERIFY(!part("recoverButton")->isVisible());
    m_console->health.setSilence(Failure{QStringLiteral("Nothing was reported."), QStringLiteral("Look.")});
    QVERIFY(part("recoverButton")->isVisible());
    QVERIFY(!part("forgetGapsButton")->isVisible());
    QTest::mouseClick(part("recoverButton"), Qt::LeftButton);
    QCOMPARE(m_console->health.recovered.size(), 1);
    QCOMPARE(m_console->health.recovered.first().first, sampleNow().addDays(-1));
    QCOMPARE(m_console->health.recovered.first().second, sampleNow());
    m_console->health.answer(QStringLiteral("Found 2 messages."));
    QTRY_COMPARE(words("recoverResult"), QStringLiteral("Found 2 messages."));
    m_console->health.setSilence(std::nullopt);
    QVERIFY(!part("recoverButton")->isVisible());
    QVERIFY(part("recoverResult")->isVisible());
}

void TestRelayPage::selfTestAnswers() {
    QTest::mouseClick(part("selfTestButton"), Qt::LeftButton);
    QCOMPARE(m_console->health.selfTests, 1);
    m_console->health.answer(
        failed(Failure{QStringLiteral("Nothing came."), QStringLiteral("Check the proxy.")}));
    QTRY_COMPARE(words("selfTestResult"), QStringLiteral("Nothing came. Check the proxy."));
    QVERIFY(part("selfTestButton")->isEnabled());
}

void TestRelayPage::setsTheWebhookAfterAsking() {
    QCOMPARE(cell("webhookTable", 0, 2), QStringLiteral("Points here"));
    QCOMPARE(cell("webhookTable", 1, 2), QStringLiteral("Points elsewhere"));
    QCOMPARE(cell("webhookTable", 2, 2), QStringLiteral("Not set"));
    auto *table = child<QTableView>(*m_page, "webhookTable");
    QCOMPARE(table->currentIndex().row(), 1);
    QTest::keyClick(table, Qt::Key_Up);
    QVERIFY(!part("setWebhookButton")->isEnabled());
    QTest::keyClick(table, Qt::Key_Down);
    QTest::mouseClick(part("setWebhookButton"), Qt::LeftButton);
    auto *box = child<QMessageBox>(*m_page, "setWebhookBox");
    QVERIFY(box->informativeText().contains(QStringLiteral("https://hooks.zapier.com/1")));
    QCOMPARE(box->textFormat(), Qt::PlainText);
    QVERIFY(m_console->health.profilesSet.isEmpty());
    QTest::mouseClick(child<QPushButton>(*box, "setWebhookConfirm"), Qt::LeftButton);
    QCOMPARE(m_console->health.profilesSet, QStringList{QStringLiteral("p2")});
    m_console->health.answer(QStringLiteral("Support reports here now."));
    QTRY_COMPARE(words("setWebhookResult"), QStringLiteral("Support reports here now."));
}

void TestRelayPage::explainsHowToBecomeReachable() {
    m_console->health.setOwnRelay(QStringLiteral("127.0.0.1:9111"));
    QVERIFY(part("reachCard")->isVisible());
    auto *text = child<QPlainTextEdit>(*m_page, "reachSnippet");
    QVERIFY(text->toPlainText().contains(QStringLiteral("proxy_pass http://127.0.0.1:9111;")));
    for (const char *way : {"reach-nginx", "reach-caddy", "reach-cloudflared", "reach-ngrok"}) {
        QTest::mouseClick(part(way), Qt::LeftButton);
        QVERIFY2(text->toPlainText().contains(QStringLiteral("127.0.0.1:9111")), way);
        QTest::mouseClick(part("copySnippet"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), text->toPlainText());
    }
    const auto named =
        health::snippetsFor(QStringLiteral("127.0.0.1:1"), QUrl(QStringLiteral("https://r.acme.test/x")));
    QCOMPARE(named.size(), 4);
    for (const health::Snippet &snippet : named)
        QVERIFY2(snippet.text.contains(QStringLiteral("r.acme.test")), qPrintable(snippet.name));
}

void TestRelayPage::writesTimes_data() {
    QTest::addColumn<qint64>("age");
    QTest::addColumn<QString>("words");
    QTest::newRow("now") << qint64(0) << "just now";
    QTest::newRow("seconds") << qint64(42) << "42 seconds ago";
    QTest::newRow("minutes") << qint64(600) << "10 minutes ago";
    QTest::newRow("hours") << qint64(7200) << "2 hours ago";
}

void TestRelayPage::writesTimes() {
    QFETCH(qint64, age);
    QTEST(health::agoWords(sampleNow().addSecs(-age), sampleNow()), "words");
}

void TestRelayPage::missedTimeCoversEveryGap() {
    const QDateTime now = sampleNow();
    const health::MissedTime time =
        health::missedTime({{1, 2, now.addSecs(-500), now.addSecs(-900), {}}, {0, 0, now, {}, {}}});
    QCOMPARE(time.from, now.addDays(-1));
    QCOMPARE(time.to, now);
}

void TestRelayPage::rowsModelSaysWhatChanged() {
    health::RowsModel model({QStringLiteral("A"), QStringLiteral("B")});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const health::Row one{{QStringLiteral("1")}, {QStringLiteral("<i>x</i>")}};
    model.setRows({one, one, one});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("<i>x</i>"));
    QVERIFY(model.index(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;i&gt;")));
    model.setRows({one});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("A: 1"));
}

QTEST_MAIN(TestRelayPage)
#include "tst_relay_page.moc"
