#include "inbox/conversation_list.h"
#include "inbox/conversation_words.h"
#include "inbox/snooze_menu.h"
#include "style/banner.h"
#include "style/chip.h"
#include "style/theme.h"
#include "ui/list_parts.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace longcode;
using namespace longcode::tests;
using inbox::ConversationList;
using inbox::ConversationListPane;
using Ids = QList<desk::ConversationId>;

/// Several conversations at once, what can be done with them, and taking it back; filters that find no room;
/// our numbers; how long customers wait.
class TestListBulk : public QObject, private ListPaneTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Light); }
    void init();
    void cleanup();
    void severalDoNotChangeWhatIsShown();
    void closesAndTakesBack();
    void pinsAndMarksByKey();
    void snoozesFromTheMenu();
    void actsOnWhatTheMenuWasAskedFor_data();
    void actsOnWhatTheMenuWasAskedFor();
    void saysAFailureWithItsRemedyAndNoUndo();
    void selectionOutlivesTheModel();
    void selectsTenThousand();
    void offersAMenuByKeyboard();
    void restOfTheFiltersIsInAMenu();
    void choosesOneOfOurNumbers();
    void snoozeTimesAreUsual_data();
    void snoozeTimesAreUsual();
    void waitingIsSaidInWords_data();
    void waitingIsSaidInWords();
    void everyActionHasANameAndAKey();

private:
    void click(int row, Qt::KeyboardModifiers modifiers = {});

    std::unique_ptr<style::Theme> m_theme;
    ConversationList *m_list = nullptr;
};

void TestListBulk::init() {
    failOnAnyWarning();
    QVERIFY(showPane(QSize(320, 800)));
    m_list = find<ConversationList>("conversationList");
}

void TestListBulk::cleanup() {
    dropPane();
}

void TestListBulk::click(int row, Qt::KeyboardModifiers modifiers) {
    QTest::mouseClick(m_list->viewport(), Qt::LeftButton, modifiers,
                      m_list->visualRect(m_list->model()->index(row, 0)).center());
}

void TestListBulk::severalDoNotChangeWhatIsShown() {
    QSignalSpy chosen(m_pane.get(), &ConversationListPane::conversationChosen);
    click(0);
    QCOMPARE(chosen.count(), 1);
    click(2, Qt::ControlModifier);
    click(4, Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(m_list->selectedCount(), 4);
    QCOMPARE(m_pane->selected(), desk::ConversationId{1});
    auto *bar = find<QWidget>("bulkBar");
    QVERIFY(bar->isVisible());
    QCOMPARE(find<QLabel>("bulkCount")->text(), QStringLiteral("4 selected"));
    m_list->setFocus();
    QTest::keyClick(m_list, Qt::Key_Escape);
    QVERIFY(!bar->isVisible());
    QCOMPARE(m_list->targets(), Ids{desk::ConversationId{1}});
    // Ctrl+Down walks, Space selects.
    QTest::keyClick(m_list, Qt::Key_Down, Qt::ControlModifier);
    QTest::keyClick(m_list, Qt::Key_Space);
    QCOMPARE(m_list->selectedCount(), 2);
    QCOMPARE(chosen.count(), 1);
}

void TestListBulk::closesAndTakesBack() {
    click(0);
    click(2, Qt::ShiftModifier);
    QTest::mouseClick(find<QToolButton>("bulk_listCloseAction"), Qt::LeftButton);
    const Ids closed{desk::ConversationId{1}, desk::ConversationId{2}, desk::ConversationId{3}};
    QCOMPARE(m_parts->triage.closings.size(), 1);
    QCOMPARE(m_parts->triage.closings.front().first, closed);
    QVERIFY(m_parts->triage.closings.front().second);
    auto *notice = find<style::Banner>("listNotice");
    QVERIFY(notice->isVisible());
    QCOMPARE(notice->text(), QStringLiteral("Closed 3 conversations"));
    QCOMPARE(m_list->model()->rowCount(), 5);
    QTest::mouseClick(find<QPushButton>("listNoticeUndo"), Qt::LeftButton);
    QCOMPARE(m_parts->triage.closings.size(), 2);
    QCOMPARE(m_parts->triage.closings.back().first, closed);
    QVERIFY(!m_parts->triage.closings.back().second);
    QVERIFY(!notice->isVisible());
    QCOMPARE(m_list->model()->rowCount(), 8);
}

void TestListBulk::pinsAndMarksByKey() {
    click(0);
    click(1, Qt::ControlModifier);
    QTest::keyClick(m_pane.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_parts->triage.pins.size(), 1);
    QCOMPARE(m_parts->triage.pins.front().first.size(), 2);
    QCOMPARE(find<QAction>("listPinAction")->text(), QStringLiteral("Unpin"));
    // Of these two one is unread: they are read together, then unread together.
    QTest::keyClick(m_pane.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_parts->triage.markedRead.size(), 1);
    QTest::keyClick(m_pane.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_parts->triage.markedUnread.size(), 1);
    QVERIFY(m_desk->inbox.conversation(desk::ConversationId{1})->markedUnread);
}

void TestListBulk::snoozesFromTheMenu() {
    click(1);
    QTest::keyClick(m_pane.get(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    auto *menu = find<QMenu>("snoozeMenu");
    QTRY_VERIFY(menu->isVisible());
    auto *tomorrow = menu->findChild<QAction *>(QStringLiteral("snoozeTomorrow"));
    QVERIFY(tomorrow);
    QVERIFY(!menu->findChild<QAction *>(QStringLiteral("snoozeEnd")));
    tomorrow->trigger();
    menu->hide();
    QCOMPARE(m_parts->triage.snoozes.size(), 1);
    QCOMPARE(m_parts->triage.snoozes.front().first, Ids{desk::ConversationId{2}});
    QCOMPARE(m_parts->triage.snoozes.front().second,
             QDateTime(sampleNow().toLocalTime().date().addDays(1), QTime(9, 0), Qt::LocalTime));
    QTest::keyClick(m_pane.get(), Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(m_parts->triage.snoozes.size(), 2);
    QVERIFY(!m_parts->triage.snoozes.back().second.isValid());
}

void TestListBulk::actsOnWhatTheMenuWasAskedFor_data() {
    QTest::addColumn<QString>("action");
    for (const char *name : {"listSnoozeAction", "listAssignAction", "listCloseAction", "listPinAction"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

/// Between the menu and the choice in it the list turns round, and another conversation comes to be shown.
void TestListBulk::actsOnWhatTheMenuWasAskedFor() {
    QFETCH(const QString, action);
    m_parts->team.setMembers(QStringLiteral("Dana"), {{QStringLiteral("Dana"), desk::TeamRole::Admin},
                                                      {QStringLiteral("Raj"), desk::TeamRole::Admin}});
    const desk::ConversationId asked{2};
    const QPoint place = m_list->visualRect(m_list->model()->index(1, 0)).center();
    QCOMPARE(m_list->model()->index(1, 0).data(desk::ConversationIdRole).toLongLong(), asked.value);
    QTest::mouseClick(m_list->viewport(), Qt::RightButton, {}, place);
    QContextMenuEvent byMouse(QContextMenuEvent::Mouse, place, m_list->viewport()->mapToGlobal(place));
    QApplication::sendEvent(m_list->viewport(), &byMouse);
    auto *menu = find<QMenu>("listMenu");
    QVERIFY(menu);
    QTRY_VERIFY(menu->isVisible());
    const auto turnRound = [this](qint64 shown) {
        QList<desk::Conversation> all;
        for (int id = 1; const auto one = m_desk->inbox.conversation(desk::ConversationId{id}); ++id)
            all.prepend(*one);
        m_desk->inbox.setConversations(all);
        m_pane->select(desk::ConversationId{shown}); // a notification leads elsewhere
    };
    turnRound(4);
    auto *chosen = find<QAction>(action.toLatin1().constData());
    QVERIFY(menu->actions().contains(chosen));
    menu->setActiveAction(chosen);
    QTest::keyClick(menu, Qt::Key_Return);
    const auto chooseIn = [&](const char *submenu, const char *entry) {
        QTRY_VERIFY(find<QMenu>(submenu)->isVisible());
        turnRound(5);
        find<QMenu>(submenu)->findChild<QAction *>(QLatin1String(entry))->trigger();
        find<QMenu>(submenu)->hide();
    };
    if (action == QStringLiteral("listSnoozeAction")) {
        chooseIn("snoozeMenu", "snoozeTomorrow");
        QCOMPARE(m_parts->triage.snoozes.value(0).first, Ids{asked});
        QTest::keyClick(m_pane.get(), Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(m_parts->triage.snoozes.value(1).first, Ids{asked});
    } else if (action == QStringLiteral("listAssignAction")) {
        chooseIn("listAssignMenu", "assignToMe");
        QCOMPARE(m_parts->team.claims.size(), 1);
        QCOMPARE(m_parts->team.claims.front().first, asked);
    } else if (action == QStringLiteral("listCloseAction")) {
        QCOMPARE(m_parts->triage.closings.value(0).first, Ids{asked});
    } else {
        QCOMPARE(m_parts->triage.pins.value(0).first, Ids{asked});
    }
    // The menu is over: now what is selected is meant again.
    QTRY_VERIFY(!m_pane->findChild<QMenu *>(QStringLiteral("listMenu")));
    m_pane->select(desk::ConversationId{6});
    const qsizetype before = m_parts->triage.pins.size();
    QVERIFY(find<QAction>("listPinAction")->isEnabled());
    find<QAction>("listPinAction")->trigger();
    QCOMPARE(m_parts->triage.pins.size(), before + 1);
    QCOMPARE(m_parts->triage.pins.back().first, Ids{desk::ConversationId{6}});
}

void TestListBulk::saysAFailureWithItsRemedyAndNoUndo() {
    click(1);
    QTest::keyClick(m_pane.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(find<QAction>("listUndoAction")->isEnabled());
    Q_EMIT m_parts->triage.failed({QStringLiteral("The disk is full."), QStringLiteral("Free some space.")});
    QVERIFY(!find<QAction>("listUndoAction")->isEnabled());
    QVERIFY(find<QPushButton>("listNoticeUndo")->isHidden());
    QCOMPARE(find<style::Banner>("listNotice")->text(), QStringLiteral("The disk is full. Free some space."));
}

void TestListBulk::selectionOutlivesTheModel() {
    QAbstractItemModelTester tester(&m_desk->inbox.conversations(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy chosen(m_pane.get(), &ConversationListPane::conversationChosen);
    click(1);
    click(3, Qt::ControlModifier);
    m_desk->inbox.update(desk::ConversationId{5}, [](desk::Conversation &conversation) {
        conversation.unread = 9; // resets the model of the sample
    });
    QCOMPARE(m_list->selectedCount(), 2);
    QCOMPARE(m_list->targets(), (Ids{desk::ConversationId{2}, desk::ConversationId{4}}));
    m_desk->inbox.update(desk::ConversationId{4},
                         [](desk::Conversation &conversation) { conversation.closed = true; });
    QCOMPARE(m_list->selectedCount(), 0);
    QCOMPARE(m_list->targets(), Ids{desk::ConversationId{2}});
    QCOMPARE(chosen.count(), 1);
}

void TestListBulk::selectsTenThousand() {
    QList<desk::Conversation> many;
    for (int i = 1; i <= 10'000; ++i) {
        desk::Conversation conversation;
        conversation.id = desk::ConversationId{i};
        conversation.peer =
            phone::fromWire(QStringLiteral("+1212555%1").arg(i % 10'000, 4, 10, QLatin1Char('0')));
        conversation.lastAt = sampleNow().addSecs(-i);
        many << conversation;
    }
    m_desk->inbox.setConversations(many);
    m_list->setFocus();
    QTest::keyClick(m_list, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_list->selectedCount(), 10'000);
    QCOMPARE(m_list->targets().size(), 10'000);
    QCOMPARE(m_list->targets().back(), desk::ConversationId{10'000});
    QCOMPARE(find<QLabel>("bulkCount")->text(), QStringLiteral("10000 selected"));
}

void TestListBulk::offersAMenuByKeyboard() {
    click(0);
    m_list->setFocus();
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(1, 1), m_list->mapToGlobal(QPoint(1, 1)));
    QApplication::sendEvent(m_list->viewport(), &byKey);
    auto *menu = find<QMenu>("listMenu");
    QVERIFY(menu);
    QTRY_VERIFY(menu->isVisible());
    QVERIFY(menu->actions().contains(find<QAction>("listSnoozeAction")));
    menu->close();
}

void TestListBulk::restOfTheFiltersIsInAMenu() {
    auto *more = find<style::Chip>("filterMore");
    QTRY_VERIFY(more->isVisible());
    QVERIFY(find<style::Chip>("filterFailed")->isVisible());
    QVERIFY(!find<style::Chip>("filterClosed")->isVisible());
    QTest::mouseClick(more, Qt::LeftButton);
    auto *menu = find<QMenu>("filterMoreMenu");
    QTRY_VERIFY(menu->isVisible());
    QAction *closed = menu->actions().back();
    QVERIFY(closed->text().startsWith(QStringLiteral("Closed")));
    closed->trigger();
    menu->close();
    QCOMPARE(m_desk->inbox.filter(), desk::InboxFilter::Closed);
    QCOMPARE(more->text(), QStringLiteral("Closed"));
    QVERIFY(more->isChecked());
    m_pane->resize(900, 800);
    QTRY_VERIFY(find<style::Chip>("filterClosed")->isVisible());
    QVERIFY(!more->isVisible());
}

void TestListBulk::choosesOneOfOurNumbers() {
    auto *button = find<QToolButton>("ownNumberChoice");
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), QStringLiteral("All numbers ▾"));
    QTest::mouseClick(button, Qt::LeftButton);
    auto *menu = find<QMenu>("ownNumberMenu");
    QTRY_VERIFY(menu->isVisible());
    QCOMPARE(menu->actions().size(), 4); // all, a line, two senders
    menu->actions().back()->trigger();
    menu->close();
    QVERIFY(m_desk->inbox.ownNumber());
    QCOMPARE(m_desk->inbox.ownNumber()->wire(), QStringLiteral("+18885550142"));
    QCOMPARE(button->text(), QStringLiteral("Support +1 888-555-0142 ▾"));
    QCOMPARE(m_list->model()->rowCount(), 1);
    m_desk->account.setSenders({});
    QVERIFY(!m_desk->inbox.ownNumber());
}

void TestListBulk::snoozeTimesAreUsual_data() {
    QTest::addColumn<QDateTime>("now");
    QTest::addColumn<QDateTime>("later");
    QTest::addColumn<QDateTime>("monday");
    const auto at = [](int day, int hour, int minute) {
        return QDateTime(QDate(2026, 11, day), QTime(hour, minute), Qt::LocalTime);
    };
    QTest::newRow("Tuesday morning") << at(24, 10, 43) << at(24, 14, 0) << at(30, 9, 0);
    QTest::newRow("full hour") << at(24, 10, 0) << at(24, 13, 0) << at(30, 9, 0);
    QTest::newRow("late evening") << at(24, 19, 5) << QDateTime() << at(30, 9, 0);
    QTest::newRow("Sunday") << at(29, 12, 0) << at(29, 15, 0) << at(30, 9, 0);
    QTest::newRow("Monday itself") << at(23, 8, 0) << at(23, 11, 0) << at(30, 9, 0);
}

void TestListBulk::snoozeTimesAreUsual() {
    QFETCH(const QDateTime, now);
    QFETCH(const QDateTime, later);
    QFETCH(const QDateTime, monday);
    const inbox::SnoozeTimes times = inbox::snoozeTimes(now);
    QCOMPARE(times.laterToday.value_or(QDateTime()), later);
    QCOMPARE(times.monday, monday);
    QCOMPARE(times.tomorrow, QDateTime(now.date().addDays(1), QTime(9, 0), Qt::LocalTime));
}

void TestListBulk::waitingIsSaidInWords_data() {
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("urgency");
    QTest::newRow("now") << 0 << QStringLiteral("waiting") << int(inbox::Urgency::Calm);
    QTest::newRow("12") << 12 << QStringLiteral("waiting 12 min") << int(inbox::Urgency::Calm);
    QTest::newRow("15") << 15 << QStringLiteral("waiting 15 min") << int(inbox::Urgency::Calm);
    QTest::newRow("16") << 16 << QStringLiteral("waiting 16 min") << int(inbox::Urgency::Soon);
    QTest::newRow("60") << 60 << QStringLiteral("waiting 60 min") << int(inbox::Urgency::Soon);
    QTest::newRow("61") << 61 << QStringLiteral("waiting 1 h") << int(inbox::Urgency::Late);
    QTest::newRow("three days") << 3 * 24 * 60 << QStringLiteral("waiting 3 days")
                                << int(inbox::Urgency::Late);
}

void TestListBulk::waitingIsSaidInWords() {
    QFETCH(const int, minutes);
    QFETCH(const QString, words);
    QFETCH(const int, urgency);
    desk::Conversation conversation;
    QVERIFY(inbox::waitingWords(conversation, sampleNow()).words.isEmpty());
    conversation.waitingSince = sampleNow().addSecs(-60LL * minutes);
    const inbox::WaitingWords waiting = inbox::waitingWords(conversation, sampleNow());
    QCOMPARE(waiting.words, words);
    QCOMPARE(int(waiting.urgency), urgency);
}

void TestListBulk::everyActionHasANameAndAKey() {
    QSet<QString> keys;
    for (const QAction *action : m_pane->actions()) {
        QVERIFY(!action->objectName().isEmpty());
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->objectName()));
        QVERIFY(!keys.contains(action->shortcut().toString()));
        keys.insert(action->shortcut().toString());
    }
    QVERIFY(keys.size() >= 10);
}

QTEST_MAIN(TestListBulk)
#include "tst_list_bulk.moc"
