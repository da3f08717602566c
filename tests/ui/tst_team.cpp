#include "composer/canned_model.h"
#include "composer/composer.h"
#include "inbox/assign_button.h"
#include "inbox/conversation_view.h"
#include "inbox/message_layout.h"
#include "shell/inbox_page.h"
#include "style/chip.h"
#include "support/window_test.h"
#include "team/mentions.h"
#include "team/presence_line.h"
#include "ui/team_sample.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

using namespace longcode;
using namespace longcode::tests;

/// A team's conversation in the real window over fakes: claims, notes, presence, the question before a send,
/// canned replies.
class TestTeam : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void onePersonSeesNothingOfATeam();
    void claimsByKeyAndReleasesByMenu();
    void asksBeforeTakingOver();
    void assignsToAColleague();
    void closesAndReopensByKey();
    void filtersOfATeam();
    void presenceIsSaid();
    void presenceInWords_data();
    void presenceInWords();
    void tellsWhatOneDoes();
    void writesANoteWithAMention();
    void halfWrittenNoteSurvivesSwitching();
    void halfWrittenNoteSurvivesARestart();
    void refusedNoteComesBack();
    void noteRefusedAtOnceStays();
    void noteForAnOptedOutCustomer();
    void noteRowNamesItsAuthor();
    void mentionMarksTheConversation();
    void asksOnceBeforeASend();
    void escapeKeepsEditing();
    void sendsAnywayByKey();
    void asksAgainAboutSomethingNew();
    void typingTakesTheQuestionAway();
    void questionStaysWithItsConversation();
    void doubleClickIsNoAnswer();
    void answeringEnds();
    void slashInsertsACannedReply();
    void escapeGivesTheSlashBack();
    void slashStaysWithItsConversation();
    void cannedModelFilters();
    void findsMentions_data();
    void findsMentions();

private:
    [[nodiscard]] QString words(const char *name) const { return child<QLabel>(*m_window, name)->text(); }
    [[nodiscard]] composer::Composer &composer() const { return m_window->inboxPage()->composer(); }
    void open(desk::ConversationId id) { m_window->inboxPage()->openConversation(id); }
    void write(const QString &text) { QTest::keyClicks(part("composerEdit"), text); }
    void enter() { QTest::keyClick(part("composerEdit"), Qt::Key_Return); }
};

void TestTeam::init() {
    failOnAnyWarning();
    makeWindow();
    makeTeam(*m_console);
    m_window->showConsole(m_console);
    QVERIFY(showWindow());
}

void TestTeam::cleanup() {
    dropWindow();
}

void TestTeam::onePersonSeesNothingOfATeam() {
    open(SampleDesk::maria);
    QVERIFY(part("assignButton")->isVisible());
    m_console->crew.setMembers(QStringLiteral("Dana"), {{QStringLiteral("Dana"), desk::TeamRole::Admin}});
    for (const char *name : {"assignButton", "presenceLine", "filterMine", "filterUnassigned"})
        QVERIFY2(!part(name)->isVisible(), name);
    for (const char *name : {"closeConversation", "noteMode", "cannedButton", "filterMore"})
        QVERIFY2(part(name)->isVisible(), name);
    QTest::keyClick(m_window.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_console->crew.claims.isEmpty());
    QVERIFY(!child<QAction>(*m_window, "claimAction")->isVisible());
}

void TestTeam::claimsByKeyAndReleasesByMenu() {
    open(desk::ConversationId{6});
    auto *button = child<inbox::AssignButton>(*m_window, "assignButton");
    QCOMPARE(button->accessibleName(), QStringLiteral("Not assigned"));
    QTest::keyClick(m_window.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_console->crew.claims.size(), 1);
    QCOMPARE(m_console->crew.claims.first().second, QStringLiteral("Dana"));
    QVERIFY(button->accessibleName().startsWith(QStringLiteral("Assigned to you until ")));
    Q_EMIT button->menu()->aboutToShow();
    child<QAction>(*button->menu(), "releaseAction")->trigger();
    QCOMPARE(m_console->crew.claims.last().second, QString());
    QCOMPARE(button->accessibleName(), QStringLiteral("Not assigned"));
}

void TestTeam::asksBeforeTakingOver() {
    open(desk::ConversationId{2});
    QVERIFY(part("assignButton")
                ->accessibleName()
                .startsWith(QStringLiteral("Assigned to Anna-Lena Müller until ")));
    QTest::keyClick(m_window.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    auto *box = child<QMessageBox>(*m_window, "takeOverBox");
    QVERIFY(QTest::qWaitForWindowExposed(box));
    QCOMPARE(box->textFormat(), Qt::PlainText);
    QVERIFY(m_console->crew.claims.isEmpty());
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(m_console->crew.claims.isEmpty());
    QTRY_VERIFY(!m_window->findChild<QMessageBox *>(QStringLiteral("takeOverBox")));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::mouseClick(child<QPushButton>(*m_window, "takeOverButton"), Qt::LeftButton);
    QCOMPARE(m_console->crew.claims.size(), 1);
    QCOMPARE(m_console->crew.claims.first().second, QStringLiteral("Dana"));
}

void TestTeam::assignsToAColleague() {
    open(desk::ConversationId{6});
    auto *button = child<inbox::AssignButton>(*m_window, "assignButton");
    Q_EMIT button->menu()->aboutToShow();
    const QList<QAction *> others = child<QMenu>(*button->menu(), "assignToMenu")->actions();
    QCOMPARE(others.size(), 3);
    others.first()->trigger();
    QCOMPARE(m_console->crew.claims.last().second, QStringLiteral("Anna"));
}

void TestTeam::closesAndReopensByKey() {
    open(SampleDesk::maria);
    QCOMPARE(part("closeConversation")->accessibleName(), QStringLiteral("Close conversation"));
    QTest::keyClick(part("composerEdit"), Qt::Key_E, Qt::ControlModifier);
    QCOMPARE(m_console->crew.closings.size(), 1);
    QVERIFY(m_console->crew.closings.first().second);
    QCOMPARE(part("closeConversation")->accessibleName(), QStringLiteral("Reopen conversation"));
    QVERIFY(words("conversationRoute").startsWith(QStringLiteral("Closed")));
    QTest::mouseClick(part("closeConversation"), Qt::LeftButton);
    QVERIFY(!m_console->crew.closings.last().second);
}

void TestTeam::filtersOfATeam() {
    QTest::mouseClick(part("filterMine"), Qt::LeftButton);
    QCOMPARE(int(m_console->sample.inbox.filter()), int(desk::InboxFilter::Mine));
    QCOMPARE(child<style::Chip>(*m_window, "filterMine")->count(), 1);
    QCOMPARE(child<style::Chip>(*m_window, "filterUnassigned")->count(), 5);
    m_console->crew.setMembers(QStringLiteral("Dana"), {{QStringLiteral("Dana"), desk::TeamRole::Admin}});
    QCOMPARE(int(m_console->sample.inbox.filter()), int(desk::InboxFilter::Open));
    QTest::mouseClick(part("filterClosed"), Qt::LeftButton);
    QCOMPARE(words("conversationsEmpty"), QStringLiteral("No conversation is closed."));
}

void TestTeam::presenceIsSaid() {
    open(SampleDesk::maria);
    QVERIFY(part("presenceLine")->isVisible());
    QCOMPARE(words("presenceWords"), QString());
    const int before = part("composerEdit")->mapTo(m_window.get(), QPoint()).y();
    m_console->crew.setColleagues(SampleDesk::maria,
                                  {{QStringLiteral("Anna"), desk::TeamActivity::Answering}});
    QCOMPARE(part("presenceLine")->accessibleDescription(), QStringLiteral("Anna is answering…"));
    QCOMPARE(part("composerEdit")->mapTo(m_window.get(), QPoint()).y(), before);
    open(SampleDesk::noor);
    QCOMPARE(words("presenceWords"), QString());
}

void TestTeam::presenceInWords_data() {
    QTest::addColumn<QStringList>("answering");
    QTest::addColumn<QStringList>("viewing");
    QTest::addColumn<QString>("words");
    QTest::newRow("nobody") << QStringList() << QStringList() << "";
    QTest::newRow("one") << QStringList{QStringLiteral("Anna")} << QStringList() << "Anna is answering…";
    QTest::newRow("viewer") << QStringList() << QStringList{QStringLiteral("Ben")} << "Ben is viewing";
    QTest::newRow("both") << QStringList{QStringLiteral("Anna")} << QStringList{QStringLiteral("Ben")}
                          << "Anna is answering… · Ben is viewing";
    QTest::newRow("two") << QStringList{QStringLiteral("Anna"), QStringLiteral("Ben")} << QStringList()
                         << "Anna and Ben are answering…";
    QTest::newRow("three") << QStringList()
                           << QStringList{QStringLiteral("Anna"), QStringLiteral("Ben"),
                                          QStringLiteral("Cem")}
                           << "Anna and 2 others are viewing";
}

void TestTeam::presenceInWords() {
    QFETCH(QStringList, answering);
    QFETCH(QStringList, viewing);
    QList<desk::Colleague> there;
    for (const QString &name : answering)
        there.append({name, desk::TeamActivity::Answering});
    for (const QString &name : viewing)
        there.append({name, desk::TeamActivity::Viewing});
    QString said = team::presenceWords(there);
    said.remove(QChar(0x2068)).remove(QChar(0x2069));
    QTEST(said, "words");
}

void TestTeam::tellsWhatOneDoes() {
    using enum desk::TeamActivity;
    open(SampleDesk::maria);
    QCOMPARE(m_console->crew.activities.last().second, Viewing);
    write(QStringLiteral("H"));
    QCOMPARE(m_console->crew.activities.last().second, Answering);
    enter();
    QCOMPARE(m_console->crew.activities.last().second, Viewing);
    m_window->showPage(shell::Page::Settings);
    QCOMPARE(m_console->crew.activities.last().second, None);
    QCOMPARE(m_console->crew.activities.last().first, SampleDesk::maria);
}

void TestTeam::writesANoteWithAMention() {
    open(SampleDesk::maria);
    const int before = m_window->inboxPage()->view().model()->rowCount();
    QTest::keyClick(part("composerEdit"), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    auto *note = child<QPlainTextEdit>(*m_window, "noteEdit");
    QVERIFY(note->isVisible());
    QVERIFY(note->hasFocus());
    QVERIFY(!part("composerEdit")->isVisible());
    QVERIFY(!part("senderButton")->isVisible());
    QCOMPARE(words("noteHint"), QStringLiteral("Only your team sees this, never the customer"));
    QTest::keyClicks(note, QStringLiteral("Ask @anna-"));
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(note->toPlainText(), QStringLiteral("Ask @Anna-Lena Müller "));
    QTest::keyClicks(note, QStringLiteral("please"));
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(m_console->crew.notes.size(), 1);
    QCOMPARE(m_console->crew.notes.first().text, QStringLiteral("Ask @Anna-Lena Müller please"));
    QCOMPARE(m_console->crew.notes.first().mentions, QStringList{QStringLiteral("Anna-Lena Müller")});
    QVERIFY(m_console->out.sent.isEmpty());
    QCOMPARE(m_window->inboxPage()->view().model()->rowCount(), before + 1);
    QVERIFY(m_window->inboxPage()->view().isAtNewest());
}

void TestTeam::halfWrittenNoteSurvivesSwitching() {
    open(SampleDesk::maria);
    m_window->inboxPage()->toggleNote();
    QTest::keyClicks(part("noteEdit"), QStringLiteral("half"));
    open(SampleDesk::noor);
    QVERIFY(!part("noteEdit")->isVisible());
    QCOMPARE(m_console->out.noteDrafts.value(SampleDesk::maria), QStringLiteral("half"));
    QVERIFY(!m_console->out.noteDrafts.contains(SampleDesk::noor));
    open(SampleDesk::maria);
    QCOMPARE(child<QPlainTextEdit>(*m_window, "noteEdit")->toPlainText(), QStringLiteral("half"));
    QCOMPARE(composer().text(), QString());
}

void TestTeam::halfWrittenNoteSurvivesARestart() {
    m_console->out.noteDrafts[SampleDesk::noor] = QStringLiteral("from yesterday");
    open(SampleDesk::noor);
    m_window->inboxPage()->toggleNote();
    auto *note = child<QPlainTextEdit>(*m_window, "noteEdit");
    QCOMPARE(note->toPlainText(), QStringLiteral("from yesterday"));
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(m_console->crew.notes.size(), 1);
    QCOMPARE(m_console->crew.notes.first().text, QStringLiteral("from yesterday"));
    QVERIFY(m_console->out.noteDrafts.value(SampleDesk::noor).isEmpty());
}

void TestTeam::refusedNoteComesBack() {
    const Failure why{QStringLiteral("The relay did not take this."), {}};
    open(SampleDesk::maria);
    m_window->inboxPage()->toggleNote();
    auto *note = child<QPlainTextEdit>(*m_window, "noteEdit");
    QTest::keyClicks(note, QStringLiteral("First"));
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(note->toPlainText(), QString());
    QTest::keyClicks(note, QStringLiteral("then"));
    Q_EMIT m_console->crew.noteRefused(SampleDesk::maria, QStringLiteral("First"), why);
    QCOMPARE(note->toPlainText(), QStringLiteral("First\nthen"));
    Q_EMIT m_console->crew.noteRefused(SampleDesk::noor, QStringLiteral("Other"), why);
    QCOMPARE(note->toPlainText(), QStringLiteral("First\nthen"));
    open(SampleDesk::noor);
    QCOMPARE(note->toPlainText(), QStringLiteral("Other"));
}

void TestTeam::noteRefusedAtOnceStays() {
    m_console->crew.refusesNotes = Failure{QStringLiteral("It cannot be written down."), {}};
    open(SampleDesk::maria);
    m_window->inboxPage()->toggleNote();
    auto *note = child<QPlainTextEdit>(*m_window, "noteEdit");
    QTest::keyClicks(note, QStringLiteral("First"));
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(note->toPlainText(), QStringLiteral("First"));
    QCOMPARE(m_console->out.noteDrafts.value(SampleDesk::maria), QStringLiteral("First"));
}

void TestTeam::noteForAnOptedOutCustomer() {
    open(SampleDesk::stopped);
    QVERIFY(part("optOutSign")->isVisible());
    QVERIFY(!part("cannedButton")->isVisible());
    QTest::mouseClick(part("noteMode"), Qt::LeftButton);
    QVERIFY(part("noteEdit")->isVisible());
    QVERIFY(!part("optOutSign")->isVisible());
}

void TestTeam::noteRowNamesItsAuthor() {
    const inbox::Reader dana{QStringLiteral("Dana"), true};
    desk::Message note;
    note.direction = desk::Direction::Note;
    note.state = desk::MessageState::Received;
    note.author = QStringLiteral("Anna");
    note.text = QStringLiteral("<b>Call</b> back");
    note.at = sampleNow();
    QVERIFY(inbox::smallPrint(note, dana).endsWith(QStringLiteral("Only your team sees this")));
    QVERIFY(inbox::smallPrint(note, {QStringLiteral("Dana"), false})
                .endsWith(QStringLiteral("Only you see this")));
    QCOMPARE(inbox::noteAuthor(note, dana), QStringLiteral("Anna"));
    QCOMPARE(inbox::noteAuthor(note, {QStringLiteral("Anna"), true}), QStringLiteral("You"));
    const inbox::MessageLayout layout(
        note,
        {.width = 700, .startsDay = false, .mirrored = false, .reader = dana, .font = QApplication::font()});
    QCOMPARE(layout.shownText(), note.text);
    QVERIFY(layout.bubble().width() > 600);
    desk::Message answer;
    answer.author = QStringLiteral("Anna");
    answer.state = desk::MessageState::Delivered;
    answer.at = sampleNow();
    QVERIFY(inbox::smallPrint(answer, dana).contains(QStringLiteral("Anna")));
    QVERIFY(!inbox::smallPrint(answer, {QStringLiteral("Anna"), true}).contains(QStringLiteral("Anna")));
}

void TestTeam::mentionMarksTheConversation() {
    auto *list = child<QListView>(*m_window, "conversationList");
    const QRect row = list->visualRect(list->model()->index(3, 0));
    const QImage before = list->viewport()->grab(row).toImage();
    Q_EMIT m_console->crew.mentioned(SampleDesk::longNames, desk::MessageRow{1});
    QVERIFY(list->viewport()->grab(row).toImage() != before);
    open(SampleDesk::longNames);
    open(SampleDesk::maria);
    QCOMPARE(list->viewport()->grab(row).toImage(), before);
}

void TestTeam::asksOnceBeforeASend() {
    open(SampleDesk::maria);
    m_console->crew.question = annasAnswer(12);
    write(QStringLiteral("On its way"));
    enter();
    QVERIFY(m_console->out.sent.isEmpty());
    QVERIFY(part("sendGuard")->isVisible());
    QVERIFY(part("sendGuard")
                ->accessibleDescription()
                .contains(QStringLiteral("Anna answered 12 seconds ago. Send anyway?")));
    QVERIFY(words("sendGuardText").contains(QStringLiteral("It left this morning")));
    QVERIFY(part("keepEditing")->hasFocus());
    QTest::keyClick(part("keepEditing"), Qt::Key_Return);
    QVERIFY(!part("sendGuard")->isVisible());
    QVERIFY(part("composerEdit")->hasFocus());
    QCOMPARE(composer().text(), QStringLiteral("On its way"));
    enter();
    QCOMPARE(m_console->out.sent.size(), 1);
}

void TestTeam::escapeKeepsEditing() {
    open(SampleDesk::maria);
    m_console->crew.question = annasAnswer(12);
    write(QStringLiteral("On its way"));
    enter();
    QTest::keyClick(part("keepEditing"), Qt::Key_Escape);
    QVERIFY(!part("sendGuard")->isVisible());
    QCOMPARE(composer().text(), QStringLiteral("On its way"));
    QVERIFY(m_console->out.sent.isEmpty());
}

void TestTeam::sendsAnywayByKey() {
    open(SampleDesk::maria);
    m_console->crew.question = annasAnswer(12);
    write(QStringLiteral("On its way"));
    enter();
    QTest::keyClick(part("keepEditing"), Qt::Key_Tab, Qt::ShiftModifier);
    QVERIFY(part("sendAnyway")->hasFocus());
    QTest::keyClick(part("sendAnyway"), Qt::Key_Return);
    QCOMPARE(m_console->out.sent.size(), 1);
    QCOMPARE(m_console->out.sent.first().second, QStringLiteral("On its way"));
    QCOMPARE(composer().text(), QString());
}

void TestTeam::asksAgainAboutSomethingNew() {
    open(SampleDesk::maria);
    m_console->crew.question = annasAnswer(12);
    write(QStringLiteral("On its way"));
    enter();
    QTest::keyClick(part("keepEditing"), Qt::Key_Escape);
    m_console->crew.question = annasAnswer(3);
    enter();
    QVERIFY(part("sendGuard")->isVisible());
    QVERIFY(m_console->out.sent.isEmpty());
}

void TestTeam::typingTakesTheQuestionAway() {
    open(SampleDesk::maria);
    m_console->crew.question = annasAnswer(12);
    write(QStringLiteral("On its way"));
    enter();
    part("composerEdit")->setFocus();
    write(QStringLiteral("!"));
    QVERIFY(!part("sendGuard")->isVisible());
    enter();
    QCOMPARE(m_console->out.sent.size(), 1);
}

void TestTeam::questionStaysWithItsConversation() {
    m_console->out.drafts[SampleDesk::noor] = QStringLiteral("Half a thought");
    open(SampleDesk::maria);
    m_console->crew.question = annasAnswer(12);
    write(QStringLiteral("On its way"));
    enter();
    QVERIFY(part("sendGuard")->isVisible());
    open(SampleDesk::noor);
    QVERIFY(!part("sendGuard")->isVisible());
    child<QPushButton>(*m_window, "sendAnyway")->click();
    QVERIFY(m_console->out.sent.isEmpty());
    QCOMPARE(composer().text(), QStringLiteral("Half a thought"));
    open(SampleDesk::maria);
    QVERIFY(!part("sendGuard")->isVisible());
    enter(); // nobody has answered the question yet
    QVERIFY(part("sendGuard")->isVisible());
    composer().close();
    QVERIFY(!part("sendGuard")->isVisible());
    QVERIFY(m_console->out.sent.isEmpty());
}

void TestTeam::doubleClickIsNoAnswer() {
    open(SampleDesk::maria);
    m_console->crew.question = annasAnswer(12);
    write(QStringLiteral("On its way"));
    QTest::mouseClick(part("sendButton"), Qt::LeftButton);
    QTest::mouseClick(part("sendButton"), Qt::LeftButton);
    QTest::mouseDClick(part("sendButton"), Qt::LeftButton);
    part("composerEdit")->setFocus();
    enter();
    QVERIFY(m_console->out.sent.isEmpty());
    QVERIFY(part("sendGuard")->isVisible());
    QVERIFY(part("keepEditing")->hasFocus());
    QTest::mouseClick(part("sendAnyway"), Qt::LeftButton);
    QCOMPARE(m_console->out.sent.size(), 1);
    QVERIFY(!part("sendGuard")->isVisible());
}

void TestTeam::answeringEnds() {
    using enum desk::TeamActivity;
    open(SampleDesk::maria);
    write(QStringLiteral("H"));
    QCOMPARE(m_console->crew.activities.last().second, Answering);
    auto *pause = child<QTimer>(*m_window, "typingPause");
    QVERIFY(pause->isActive());
    QCOMPARE(pause->interval(), 15'000);
    pause->start(1);
    QTRY_COMPARE(m_console->crew.activities.last().second, Viewing);
    pause->setInterval(15'000);
    write(QStringLiteral("i"));
    QCOMPARE(m_console->crew.activities.last().second, Answering);
    QEvent away(QEvent::WindowDeactivate);
    QApplication::sendEvent(m_window.get(), &away);
    QCOMPARE(m_console->crew.activities.last().second, Viewing);
    m_window->showMinimized();
    QTRY_COMPARE(m_console->crew.activities.last().second, None);
}

void TestTeam::slashInsertsACannedReply() {
    open(SampleDesk::maria);
    write(QStringLiteral("/"));
    QVERIFY(part("cannedPopup")->isVisible());
    QVERIFY(part("cannedFilter")->hasFocus());
    QCOMPARE(composer().text(), QString());
    QTest::keyClicks(part("cannedFilter"), QStringLiteral("parcel"));
    QCOMPARE(child<QListView>(*m_window, "cannedList")->model()->rowCount(), 1);
    QTest::keyClick(part("cannedFilter"), Qt::Key_Return);
    QVERIFY(!part("cannedPopup")->isVisible());
    QCOMPARE(composer().text(), QStringLiteral("We have your parcel back and pay you by Friday."));
    QVERIFY(part("composerEdit")->hasFocus());
    write(QStringLiteral(" 1/2"));
    QVERIFY(!part("cannedPopup")->isVisible());
    QTest::keyClick(part("composerEdit"), Qt::Key_Slash, Qt::ControlModifier);
    QTest::keyClick(part("cannedFilter"), Qt::Key_Down);
    QTest::keyClick(part("cannedFilter"), Qt::Key_Return);
    QVERIFY(composer().text().endsWith(QStringLiteral("1/2We have your parcel back and pay you by Friday.")));
}

void TestTeam::escapeGivesTheSlashBack() {
    open(SampleDesk::maria);
    write(QStringLiteral("/"));
    QTest::keyClicks(part("cannedFilter"), QStringLiteral("x y"));
    QCOMPARE(words("cannedEmpty"), QStringLiteral("No canned reply contains these words."));
    QTest::keyClick(part("cannedFilter"), Qt::Key_Return);
    QVERIFY(part("cannedPopup")->isVisible());
    QTest::keyClick(part("cannedFilter"), Qt::Key_Escape);
    QCOMPARE(composer().text(), QStringLiteral("/x y"));
    QVERIFY(part("composerEdit")->hasFocus());
}

void TestTeam::slashStaysWithItsConversation() {
    m_console->out.drafts[SampleDesk::noor] = QStringLiteral("Half a thought");
    open(SampleDesk::maria);
    write(QStringLiteral("/"));
    QTest::keyClicks(part("cannedFilter"), QStringLiteral("parcel"));
    QVERIFY(part("cannedFilter")->hasFocus());
    open(SampleDesk::noor);
    QVERIFY(!part("cannedPopup")->isVisible());
    QCOMPARE(composer().text(), QStringLiteral("Half a thought"));
    QCOMPARE(m_console->out.drafts.value(SampleDesk::noor), QStringLiteral("Half a thought"));
    QCOMPARE(m_console->out.drafts.value(SampleDesk::maria), QStringLiteral("/parcel"));
}

void TestTeam::cannedModelFilters() {
    composer::CannedModel model(m_console->crew);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.rowCount(), 4);
    model.setFilter(QStringLiteral("order TRACKING"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(composer::CannedSegmentsRole).toString(), QStringLiteral("1 segment"));
    QCOMPARE(composer::firstLine(QStringLiteral("\n \nSecond\nthird")), QStringLiteral("Second"));
    model.setFilter({});
    m_console->crew.removeCannedReply(QStringLiteral("a"));
    QCOMPARE(model.rowCount(), 3);
    m_console->crew.setCannedReplies({});
    QCOMPARE(model.rowCount(), 0);
}

void TestTeam::findsMentions_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("none") << "Hello Anna" << QStringList();
    QTest::newRow("one") << "@Anna look" << QStringList{QStringLiteral("Anna")};
    QTest::newRow("longer name first")
        << "@Anna-Lena Müller, look" << QStringList{QStringLiteral("Anna-Lena Müller")};
    QTest::newRow("any case, once") << "@anna @ANNA" << QStringList{QStringLiteral("Anna")};
    QTest::newRow("not in an address") << "write to x@Anna.com" << QStringList();
    QTest::newRow("not half a word") << "@Annabel" << QStringList();
    QTest::newRow("Arabic") << QStringLiteral("اسأل @نور") << QStringList{QStringLiteral("نور")};
}

void TestTeam::findsMentions() {
    QFETCH(QString, text);
    QTEST(team::mentionedNames(
              text, {QStringLiteral("Anna"), QStringLiteral("Anna-Lena Müller"), QStringLiteral("نور")}),
          "names");
}

QTEST_MAIN(TestTeam)
#include "tst_team.moc"
