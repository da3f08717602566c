#include "composer/send_later_dialog.h"
#include "schedule/schedule_page.h"
#include "schedule/schedule_sorted.h"
#include "schedule/suppressed_pane.h"
#include "style/banner.h"
#include "style/chip.h"
#include "support/fake_opt_outs.h"
#include "support/fake_schedule.h"
#include "support/manual_clock.h"
#include "ui/gui_test.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::schedule;
using namespace longcode::tests;

/// The lists of what waits and of what was held back.
class TestSchedulePage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init();
    void cleanup();
    void missedOnesComeFirst();
    void emptyListsSaySo();
    void changesTimeAndText();
    void changeThatFailsKeepsItsDialog();
    void asksBeforeAnEditedTextIsThrownAway();
    void cancelsAndSchedulesAgain();
    void offerStandsUntilItIsScheduledAgain();
    void cancelThatFailsIsSaid();
    void sendsNow();
    void opensTheConversation();
    void oneBeingCancelledCannotBeTouched();
    void modelsAreSound();
    void listsWhatWasHeldBack();
    void readsTheListAgain();

private:
    [[nodiscard]] QListView *list() const { return child<QListView>(*m_page, "waitingList"); }
    [[nodiscard]] QString words(const char *name) const { return child<QLabel>(*m_page, name)->text(); }
    void click(const char *name) const {
        QTest::mouseClick(child<QPushButton>(*m_page, name), Qt::LeftButton);
    }
    void select(int row) const { list()->setCurrentIndex(list()->model()->index(row, 0)); }
    [[nodiscard]] QString said(int row, int role) const {
        return list()->model()->index(row, 0).data(role).toString();
    }

    ManualClock m_clock;
    std::unique_ptr<FakeSchedule> m_schedule;
    std::unique_ptr<FakeOptOuts> m_optOuts;
    std::unique_ptr<SchedulePage> m_page;
};

void TestSchedulePage::init() {
    failOnAnyWarning();
    m_schedule = std::make_unique<FakeSchedule>(m_clock.now());
    m_optOuts = std::make_unique<FakeOptOuts>();
    m_schedule->set(sampleScheduledSends(m_clock.now()));
    m_page = std::make_unique<SchedulePage>(*m_schedule, *m_optOuts, m_clock);
    m_page->resize(760, 560);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->focusList();
}

void TestSchedulePage::cleanup() {
    m_page.reset();
}

void TestSchedulePage::missedOnesComeFirst() {
    QCOMPARE(list()->model()->rowCount(), 4);
    QCOMPARE(said(0, WhoRole), QStringLiteral("Ana Souza"));
    QCOMPARE(said(0, StateRole), QStringLiteral("Missed"));
    QCOMPARE(said(1, WhoRole), QStringLiteral("Maria Keller"));
    QCOMPARE(said(1, StateRole), QStringLiteral("At Telnyx"));
    QCOMPARE(said(1, WhenRole), QStringLiteral("Thu 5 Mar, 16:30 in New York (21:30 your time)"));
    QCOMPARE(said(2, StateRole), QStringLiteral("Being cancelled"));
    QCOMPARE(said(3, WhoRole), QStringLiteral("+1 312-555-0147"));
    QCOMPARE(said(3, StateRole), QStringLiteral("Kept on this computer"));
    const auto *banner = child<style::Banner>(*m_page, "missedSends");
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().startsWith(QStringLiteral("A text did not leave")));
    QCOMPARE(child<style::Chip>(*m_page, "scheduleWaitingChip")->count(), 4);
}

void TestSchedulePage::emptyListsSaySo() {
    m_schedule->set({});
    QVERIFY(!list()->isVisible());
    QVERIFY(child<QLabel>(*m_page, "waitingEmpty")->isVisible());
    QVERIFY(!child<QPushButton>(*m_page, "scheduleCancel")->isEnabled());
    QTest::mouseClick(child<QWidget>(*m_page, "scheduleSuppressedChip"), Qt::LeftButton);
    QVERIFY(child<QLabel>(*m_page, "suppressedEmpty")->isVisible());
}

void TestSchedulePage::changesTimeAndText() {
    select(1);
    QTest::keyClick(list(), Qt::Key_F2);
    auto *dialog = child<composer::SendLaterDialog>(*m_page, "sendLaterDialog");
    QVERIFY(dialog->isVisible());
    auto *text = child<QPlainTextEdit>(*dialog, "laterText");
    QCOMPARE(text->toPlainText(), QStringLiteral("Reminder: your appointment is tomorrow at 10 AM."));
    text->setPlainText(QStringLiteral("{{x}}"));
    QVERIFY(!child<QPushButton>(*dialog, "laterConfirm")->isEnabled());
    type(text, QStringLiteral("Tomorrow at 11."));
    QTest::mouseClick(child<QPushButton>(*dialog, "laterQuick3"), Qt::LeftButton);
    QTest::mouseClick(child<QPushButton>(*dialog, "laterConfirm"), Qt::LeftButton);
    QTRY_COMPARE(said(1, TextRole), QStringLiteral("Tomorrow at 11."));
    QCOMPARE(said(1, WhenRole), QStringLiteral("Fri 6 Mar, 09:00 in New York (14:00 your time)"));
}

void TestSchedulePage::changeThatFailsKeepsItsDialog() {
    select(1);
    click("scheduleChange");
    const QPointer dialog(child<composer::SendLaterDialog>(*m_page, "sendLaterDialog"));
    type(child<QPlainTextEdit>(*dialog, "laterText"), QStringLiteral("Tomorrow at 11."));
    m_schedule->problem = desk::SendProblem{desk::SendProblemKind::NotStored,
                                            {QStringLiteral("It left."), QStringLiteral("Write anew.")}};
    auto *confirm = child<QPushButton>(*dialog, "laterConfirm");
    QTest::mouseClick(confirm, Qt::LeftButton);
    const auto *answer = child<QLabel>(*dialog, "laterAnswer");
    QTRY_VERIFY(answer->isVisible());
    QCOMPARE(answer->text(), QStringLiteral("It left. Write anew."));
    QVERIFY(dialog->isVisible());
    QVERIFY(!child<style::Banner>(*m_page, "scheduleTrouble")->isVisible());
    m_schedule->problem.reset();
    QVERIFY(confirm->isEnabled());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_VERIFY(!dialog);
    QCOMPARE(said(1, TextRole), QStringLiteral("Tomorrow at 11."));
}

void TestSchedulePage::asksBeforeAnEditedTextIsThrownAway() {
    select(1);
    click("scheduleChange");
    const QPointer dialog(child<composer::SendLaterDialog>(*m_page, "sendLaterDialog"));
    auto *text = child<QPlainTextEdit>(*dialog, "laterText");
    QTest::keyClicks(text, QStringLiteral("x"));
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(dialog->isVisible());
    QCOMPARE(child<QLabel>(*dialog, "laterAnswer")->text(),
             QStringLiteral("What you changed is not saved. Cancel again to throw it away."));
    QTest::keyClick(text, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
}

void TestSchedulePage::cancelsAndSchedulesAgain() {
    select(1);
    QTest::keyClick(list(), Qt::Key_Delete);
    QTRY_COMPARE(list()->model()->rowCount(), 3);
    QCOMPARE(m_schedule->cancelled, QList<desk::MessageRow>{desk::MessageRow{900'101}});
    auto *banner = child<style::Banner>(*m_page, "scheduleCancelled");
    QTRY_VERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("Maria Keller")));
    click("scheduleAgain");
    QTRY_COMPARE(list()->model()->rowCount(), 4);
    QVERIFY(!banner->isVisible());
}

void TestSchedulePage::offerStandsUntilItIsScheduledAgain() {
    select(1);
    click("scheduleCancel");
    auto *banner = child<style::Banner>(*m_page, "scheduleCancelled");
    QTRY_VERIFY(banner->isVisible());
    m_schedule->problem =
        desk::SendProblem{desk::SendProblemKind::NotStored, {QStringLiteral("The disk is full."), {}}};
    click("scheduleAgain");
    QTRY_VERIFY(child<style::Banner>(*m_page, "scheduleTrouble")->isVisible());
    QVERIFY(banner->isVisible());
    m_schedule->problem.reset();
    m_schedule->now = m_clock.now().addSecs(4 * 3600); // its time has passed
    click("scheduleAgain");
    auto *dialog = child<composer::SendLaterDialog>(*m_page, "sendLaterDialog");
    QVERIFY(banner->isVisible());
    QTest::mouseClick(child<QPushButton>(*dialog, "laterQuick3"), Qt::LeftButton); // tomorrow, 9:00
    QTest::mouseClick(child<QPushButton>(*dialog, "laterConfirm"), Qt::LeftButton);
    QTRY_COMPARE(list()->model()->rowCount(), 4);
    QVERIFY(!banner->isVisible());
    QCOMPARE(m_schedule->all().at(1).conversation, desk::ConversationId{1});
    QCOMPARE(m_schedule->all().at(1).at, QDateTime(QDate(2026, 3, 6), QTime(14, 0), Qt::UTC));
}

void TestSchedulePage::cancelThatFailsIsSaid() {
    m_schedule->cancelFailure = Failure{QStringLiteral("It is too late."), QStringLiteral("It leaves now.")};
    select(1);
    click("scheduleCancel");
    auto *banner = child<style::Banner>(*m_page, "scheduleTrouble");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->text(), QStringLiteral("It is too late. It leaves now."));
    QCOMPARE(list()->model()->rowCount(), 4);
    click("scheduleTroubleDismiss");
    QVERIFY(!banner->isVisible());
}

void TestSchedulePage::sendsNow() {
    select(0);
    click("scheduleSendNow");
    QVERIFY(!child<QPushButton>(*m_page, "scheduleSendNow")->isEnabled()); // the neighbour is not chosen
    QTRY_COMPARE(m_schedule->sentNow, QList<desk::MessageRow>{desk::MessageRow{900'104}});
    QTRY_VERIFY(!child<style::Banner>(*m_page, "missedSends")->isVisible());
}

void TestSchedulePage::opensTheConversation() {
    QSignalSpy opened(m_page.get(), &SchedulePage::openConversationRequested);
    select(1);
    QTest::keyClick(list(), Qt::Key_O, Qt::ControlModifier);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().value<desk::ConversationId>(), desk::ConversationId{1});
}

void TestSchedulePage::oneBeingCancelledCannotBeTouched() {
    select(2);
    for (const char *name : {"scheduleChange", "scheduleSendNow", "scheduleCancel"})
        QVERIFY2(!child<QPushButton>(*m_page, name)->isEnabled(), name);
    QVERIFY(child<QPushButton>(*m_page, "scheduleOpen")->isEnabled());
}

void TestSchedulePage::modelsAreSound() {
    QAbstractItemModelTester waiting(list()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QAbstractItemModelTester held(child<QListView>(*m_page, "suppressedList")->model(),
                                  QAbstractItemModelTester::FailureReportingMode::Fatal);
    m_schedule->miss(desk::MessageRow{900'102});
    m_schedule->set({});
    m_schedule->set(sampleScheduledSends(m_clock.now()));
    QCOMPARE(list()->model()->rowCount(), 4);
}

void TestSchedulePage::listsWhatWasHeldBack() {
    desk::SuppressedSend send;
    send.at = m_clock.now();
    send.conversation = desk::ConversationId{3};
    send.peer = phone::fromWire(QStringLiteral("+12125550188"));
    send.own = phone::fromWire(QStringLiteral("+14155550100"));
    send.text = QStringLiteral("<b>Sale</b>\n\u202Etoday");
    send.reason = QStringLiteral("She texted STOP.");
    m_optOuts->setSuppressed({send});
    m_page->showSuppressed();
    auto *held = child<QListView>(*m_page, "suppressedList");
    QVERIFY(held->isVisible());
    const QModelIndex first = held->model()->index(0, 0);
    QCOMPARE(first.data(SuppressedWhoRole).toString(), QStringLiteral("+1 212-555-0188"));
    QCOMPARE(first.data(SuppressedWhenRole).toString(),
             QStringLiteral("Thu 5 Mar, 18:30 · She texted STOP."));
    QCOMPARE(first.data(SuppressedTextRole).toString(), QStringLiteral("“<b>Sale</b> today”"));
    QSignalSpy opened(m_page.get(), &SchedulePage::openConversationRequested);
    m_page->focusList();
    click("suppressedOpen");
    QCOMPARE(opened.size(), 1);
}

void TestSchedulePage::readsTheListAgain() {
    m_page->showSuppressed();
    QVERIFY(words("optOutFactsWords").contains(QStringLiteral("not been read yet")));
    click("readOptOuts");
    QCOMPARE(m_optOuts->synchronisations, 1);
    QVERIFY(!child<QPushButton>(*m_page, "readOptOuts")->isEnabled());
    m_optOuts->endSynchronisation(m_clock.now(), 12);
    QVERIFY(words("optOutFactsWords").startsWith(QStringLiteral("Opt-outs on Telnyx's list: 12. Read ")));
    m_optOuts->endSynchronisation({}, 0, {QStringLiteral("No network."), QStringLiteral("Try again.")});
    QVERIFY(words("optOutFactsWords").endsWith(QStringLiteral("No network. Try again.")));
}

QTEST_MAIN(TestSchedulePage)
#include "tst_schedule_page.moc"
