#include "inbox/contact_panel.h"
#include "inbox/conversation_header.h"
#include "inbox/conversation_list_pane.h"
#include "inbox/conversation_words.h"
#include "inbox/relay_line.h"
#include "inbox/when.h"
#include "style/chip.h"
#include "style/elided_label.h"
#include "style/theme.h"
#include "support/fake_desk.h"
#include "ui/list_parts.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace longcode;
using namespace longcode::tests;
using inbox::ConversationListPane;

class TestInboxList : public QObject, private ListPaneTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Dark); }
    void init();
    void cleanup();
    void choosesByMouseAndKeyboard();
    void selectingSaysNothing();
    void keepsTheSelectionThroughResets();
    void filters();
    void saysWhyItIsEmpty();
    void asksForANewConversation();
    void rowsHaveOneHeight();
    void namesAreHarmless();
    void headerRenames();
    void contactPanelTellsConsent();
    void relayLineTellsItsState_data();
    void relayLineTellsItsState();
    void writesTimesShortly();

private:
    std::unique_ptr<style::Theme> m_theme;
    SampleClock m_clock;
    FakeTeam m_team;
};

void TestInboxList::init() {
    failOnAnyWarning();
    QVERIFY(showPane());
}

void TestInboxList::cleanup() {
    dropPane();
}

void TestInboxList::choosesByMouseAndKeyboard() {
    QAbstractItemModelTester tester(&m_desk->inbox.conversations(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy chosen(m_pane.get(), &ConversationListPane::conversationChosen);
    auto *list = find<QListView>("conversationList");
    const QModelIndex second = list->model()->index(1, 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(second).center());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.back().front().value<desk::ConversationId>(), desk::ConversationId{2});
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(second).center());
    QCOMPARE(chosen.count(), 1);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(chosen.count(), 2);
    QCOMPARE(m_pane->selected(), desk::ConversationId{3});
}

void TestInboxList::selectingSaysNothing() {
    QSignalSpy chosen(m_pane.get(), &ConversationListPane::conversationChosen);
    m_pane->select(desk::ConversationId{4});
    QCOMPARE(chosen.count(), 0);
    QCOMPARE(find<QListView>("conversationList")->currentIndex().row(), 3);
}

void TestInboxList::keepsTheSelectionThroughResets() {
    QSignalSpy chosen(m_pane.get(), &ConversationListPane::conversationChosen);
    m_pane->select(desk::ConversationId{2});
    m_desk->inbox.markRead(desk::ConversationId{2});
    QCOMPARE(find<QListView>("conversationList")->currentIndex().row(), 1);
    m_desk->inbox.setFilter(desk::InboxFilter::Failed);
    QVERIFY(!find<QListView>("conversationList")->currentIndex().isValid());
    QCOMPARE(m_pane->selected(), desk::ConversationId{2});
    m_desk->inbox.setFilter(desk::InboxFilter::Open);
    QCOMPARE(find<QListView>("conversationList")->currentIndex().row(), 1);
    QCOMPARE(chosen.count(), 0);
}

void TestInboxList::filters() {
    auto *unread = find<style::Chip>("filterUnread");
    QCOMPARE(unread->count(), 2);
    QCOMPARE(unread->accessibleName(), QStringLiteral("Unread 2"));
    QTest::mouseClick(unread, Qt::LeftButton);
    QCOMPARE(m_desk->inbox.filter(), desk::InboxFilter::Unread);
    QVERIFY(unread->isChecked());
    QVERIFY(!find<style::Chip>("filterOpen")->isChecked());
    auto *failed = find<style::Chip>("filterFailed");
    failed->setFocus();
    QTest::keyClick(failed, Qt::Key_Space);
    QCOMPARE(m_desk->inbox.filter(), desk::InboxFilter::Failed);
    QCOMPARE(failed->count(), 2);
    m_desk->inbox.markRead(desk::ConversationId{2});
    QCOMPARE(unread->count(), 1);
}

void TestInboxList::saysWhyItIsEmpty() {
    auto *words = find<QLabel>("conversationsEmpty");
    QVERIFY(!words->isVisible());
    m_desk->inbox.setConversations({});
    QVERIFY(words->isVisible());
    QVERIFY(words->text().startsWith(QStringLiteral("No conversations yet.")));
    QTest::mouseClick(find<style::Chip>("filterUnread"), Qt::LeftButton);
    QCOMPARE(words->text(), QStringLiteral("Everything has been read."));
}

void TestInboxList::asksForANewConversation() {
    QSignalSpy asked(m_pane.get(), &ConversationListPane::newConversationRequested);
    QTest::mouseClick(find<QToolButton>("newConversation"), Qt::LeftButton);
    QTest::keyClick(m_pane.get(), Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(asked.count(), 2); // a button pressed by its key stays down for a moment
}

void TestInboxList::rowsHaveOneHeight() {
    auto *list = find<QListView>("conversationList");
    QSet<int> heights;
    for (int row = 0; row < list->model()->rowCount(); ++row)
        heights.insert(list->visualRect(list->model()->index(row, 0)).height());
    QCOMPARE(heights.size(), 1);
}

void TestInboxList::namesAreHarmless() {
    desk::Conversation conversation = *m_desk->inbox.conversation(SampleDesk::maria);
    conversation.name = QStringLiteral("Eve\u202e\u2066\nX");
    QCOMPARE(inbox::displayName(conversation, {QStringLiteral("US")}), QStringLiteral("Eve X"));
    conversation.preview = QStringLiteral("a\u202eb\r\nc");
    QCOMPARE(inbox::previewWords(conversation), QStringLiteral("You: \u2068ab c\u2069"));
    QCOMPARE(inbox::previewWords(conversation, true), QStringLiteral("We: \u2068ab c\u2069"));
    conversation.lastAuthor = QStringLiteral("Ana");
    QCOMPARE(inbox::previewWords(conversation, true), QStringLiteral("\u2068Ana\u2069: \u2068ab c\u2069"));
    conversation.lastIsMine = true;
    QCOMPARE(inbox::previewWords(conversation, true), QStringLiteral("You: \u2068ab c\u2069"));
    conversation.lastDirection = desk::Direction::Inbound;
    QCOMPARE(inbox::previewWords(conversation), QStringLiteral("ab c"));
}

void TestInboxList::headerRenames() {
    inbox::ConversationHeader header(m_desk->inbox, m_desk->account, m_team);
    header.show(SampleDesk::maria);
    header.show();
    header.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&header));
    QTest::keyClick(&header, Qt::Key_F2);
    auto *edit = header.findChild<QLineEdit *>(QStringLiteral("conversationNameEdit"));
    QTRY_VERIFY(edit->isVisible() && edit->hasFocus());
    QTest::keyClicks(edit, QStringLiteral("Mary K."));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_desk->inbox.conversation(SampleDesk::maria)->name, QStringLiteral("Mary K."));
    auto *name = header.findChild<QLabel *>(QStringLiteral("conversationName"));
    QCOMPARE(name->text(), QStringLiteral("Mary K."));
    QVERIFY(name->isVisible());
    header.beginRename();
    QTest::keyClicks(edit, QStringLiteral("no"));
    QTest::keyClick(edit, Qt::Key_Escape);
    QCOMPARE(m_desk->inbox.conversation(SampleDesk::maria)->name, QStringLiteral("Mary K."));
    QCOMPARE(name->textFormat(), Qt::PlainText);
}

void TestInboxList::contactPanelTellsConsent() {
    inbox::ContactPanel panel(m_desk->inbox, m_desk->account);
    panel.show(SampleDesk::stopped);
    const auto fact = [&](const char *name) { return panel.findChild<QLabel *>(QLatin1String(name)); };
    QCOMPARE(fact("factConsent")->text(), QStringLiteral("Opted out"));
    QCOMPARE(fact("factConsentKeyword")->text(), QStringLiteral("STOP"));
    panel.show(SampleDesk::maria);
    QCOMPARE(fact("factConsent")->text(), QStringLiteral("Not opted out"));
    QVERIFY(fact("factConsentKeyword")->isHidden());
    QCOMPARE(fact("factCarrier")->text(), QStringLiteral("T-Mobile USA"));
    QCOMPARE(fact("factHealth")->text(), QStringLiteral("98.4 % delivered"));
    QCOMPARE(fact("factSmartEncoding")->text(), QStringLiteral("Off"));
    m_desk->account.setSenders({});
    QCOMPARE(fact("factSenderKind")->text(), QStringLiteral("No longer in this account"));
    for (const QLabel *label : panel.findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestInboxList::relayLineTellsItsState_data() {
    QTest::addColumn<int>("condition");
    QTest::addColumn<QString>("start");
    QTest::addColumn<bool>("offers");
    QTest::newRow("none") << int(desk::RelayCondition::NotSetUp) << QStringLiteral("No relay") << false;
    QTest::newRow("connecting") << int(desk::RelayCondition::Connecting) << QStringLiteral("Connecting")
                                << false;
    QTest::newRow("behind") << int(desk::RelayCondition::CatchingUp)
                            << QStringLiteral("Catching up · event 7") << false;
    QTest::newRow("connected") << int(desk::RelayCondition::Connected)
                               << QStringLiteral("Relay connected · event 7 · 3 ms") << false;
    QTest::newRow("lost") << int(desk::RelayCondition::Lost) << QStringLiteral("Relay not reachable") << true;
    QTest::newRow("refused") << int(desk::RelayCondition::Refused) << QStringLiteral("The relay refused")
                             << true;
}

void TestInboxList::relayLineTellsItsState() {
    QFETCH(const int, condition);
    QFETCH(const QString, start);
    QFETCH(const bool, offers);
    inbox::RelayLine line(m_desk->account);
    desk::RelayStatus status;
    status.condition = static_cast<desk::RelayCondition>(condition);
    status.seq = 7;
    status.roundTrip = std::chrono::milliseconds(3);
    m_desk->account.setRelay(status);
    QVERIFY2(line.findChild<QLabel *>(QStringLiteral("relayState"))->text().startsWith(start),
             qPrintable(start));
    auto *button = line.findChild<QPushButton *>(QStringLiteral("reconnectRelay"));
    QCOMPARE(!button->isHidden(), offers);
    line.show();
    if (offers)
        QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(m_desk->account.reconnects, offers ? 1 : 0);
}

void TestInboxList::writesTimesShortly() {
    const QDateTime now(QDate(2026, 11, 24), QTime(12, 0), Qt::LocalTime);
    QCOMPARE(inbox::shortWhen(now.addSecs(-3600), now), QStringLiteral("11:00"));
    QCOMPARE(inbox::shortWhen(now.addDays(-1), now), QStringLiteral("Mon"));
    QCOMPARE(inbox::shortWhen(now.addDays(-12), now), QStringLiteral("12 Nov"));
    QCOMPARE(inbox::shortWhen(now.addYears(-1), now), QStringLiteral("24 Nov 2025"));
    QCOMPARE(inbox::shortWhen({}, now), QString());
    QCOMPARE(inbox::dayInWords(now.date(), now.date()), QStringLiteral("Today"));
    QCOMPARE(inbox::dayInWords(now.date().addDays(-1), now.date()), QStringLiteral("Yesterday"));
    QCOMPARE(inbox::dayInWords(now.date().addDays(-2), now.date()), QStringLiteral("Sunday, 22 November"));
    QCOMPARE(inbox::dayInWords(QDate(2025, 3, 5), now.date()), QStringLiteral("5 March 2025"));
}

QTEST_MAIN(TestInboxList)
#include "inbox_list.moc"
