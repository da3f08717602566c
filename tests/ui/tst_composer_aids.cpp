#include "composer/composer_edit.h"
#include "composer/send_later_dialog.h"
#include "composer/sender_button.h"
#include "style/banner.h"
#include "ui/composer_parts.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDateEdit>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>

using namespace longcode;
using namespace longcode::composer;
using namespace longcode::tests;

/// What helps while writing, through the real widgets: taking back, sending later, quiet hours, the opt-out
/// sign, variables, emoji, spelling, and the sender's change.
class TestComposerAids : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsHeldUnlessAsked();
    void takesBackByButton();
    void takesBackByUndoInAnEmptyField();
    void takesBackBeforeWhatWasTypedSince();
    void takesBackIntoAConversationNotShown();
    void tooLateToTakeBack();
    void barEndsWithTheWindow();
    void barBelongsToItsConversation();
    void sendsLater();
    void saysThatItIsKeptHere();
    void schedulesThoughAnotherIsShown();
    void schedulingKeepsWhatWasWrittenSince();
    void laterIsRefusedTooSoon();
    void takesAScheduledTextBack();
    void quietHoursSuggest();
    void quietKindDecides();
    void signSaysWhoAndHow();
    void signGivesTheComposerBack();
    void emptyVariableBlocksInsertion();
    void knownVariablesAreFilledIn();
    void bracesAreNeverSent();
    void fillingInEndsWithTyping();
    void warnsOfTheTrap();
    void insertsEmoji();
    void marksAndMendsWords();
    void keepsOwnWords();
    void changesTheSenderWhenAgreed();
    void noteGivesWayToTheSender();
    void tellsWhetherItTakesReplies();
    void actionsAreComplete();

private:
    [[nodiscard]] ComposerEdit *edit() const { return child<ComposerEdit>(*m_window, "composerEdit"); }
    [[nodiscard]] QWidget *part(const char *name) const { return child<QWidget>(*m_window, name); }
    [[nodiscard]] QString words(const char *name) const { return child<QLabel>(*m_window, name)->text(); }
    [[nodiscard]] QString banner(const char *name) const;
    void click(const char *name) const;
    void trigger(const char *name) const { child<QAction>(*m_composer, name)->trigger(); }
    void open(qint64 id);

    QTemporaryDir m_folder;
    std::unique_ptr<ComposerParts> m_parts;
    std::unique_ptr<QMainWindow> m_window;
    Composer *m_composer = nullptr;
};

namespace {

void writeFile(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

void TestComposerAids::initTestCase() {
    writeFile(m_folder.filePath(QStringLiteral("en_US.aff")), "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n");
    writeFile(m_folder.filePath(QStringLiteral("en_US.dic")), "4\nhello\nyour\norder\nis\n");
    qputenv("DICPATH", m_folder.path().toLocal8Bit());
    qputenv("TZ", "UTC");
}

/// The clock stands at 18:30 UTC: half past one in the afternoon in New York.
void TestComposerAids::init() {
    failOnAnyWarning();
    m_parts = std::make_unique<ComposerParts>(m_folder.filePath(QStringLiteral("composer.ini")));
    m_window = std::make_unique<QMainWindow>();
    m_composer = new Composer(m_parts->whole());
    auto *middle = new QWidget;
    m_window->setCentralWidget(middle);
    m_composer->setParent(middle);
    m_composer->setGeometry(0, 300, 780, 300);
    m_window->resize(780, 620);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    open(1);
    m_composer->focusText();
}

void TestComposerAids::cleanup() {
    m_window.reset();
    m_composer = nullptr;
    m_parts.reset();
    QFile::remove(m_folder.filePath(QStringLiteral("own-words.txt")));
    QFile::remove(m_folder.filePath(QStringLiteral("composer.ini")));
}

void TestComposerAids::open(qint64 id) {
    m_composer->open(newYorker(id));
}

QString TestComposerAids::banner(const char *name) const {
    const auto *found = child<style::Banner>(*m_window, name);
    return found->isVisible() ? found->text() : QString();
}

void TestComposerAids::click(const char *name) const {
    QTest::mouseClick(part(name), Qt::LeftButton);
}

void TestComposerAids::nothingIsHeldUnlessAsked() {
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(edit()->isEnabled());
    QVERIFY(!part("undoBar")->isVisible());
    QVERIFY(!child<QAction>(*m_composer, "undoSendAction")->isEnabled());
}

void TestComposerAids::takesBackByButton() {
    m_parts->outbox.undo = std::chrono::seconds(5);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(part("undoBar")->isVisible());
    QCOMPARE(words("undoBarText"), QStringLiteral("Sending in 5 s"));
    m_parts->clock.advance(std::chrono::milliseconds(2100));
    QTRY_COMPARE(words("undoBarText"), QStringLiteral("Sending in 3 s"));
    click("undoSendButton");
    QTRY_COMPARE(m_composer->text(), QStringLiteral("Hello"));
    QVERIFY(!part("undoBar")->isVisible());
    QCOMPARE(m_parts->outbox.takenBack.size(), 1);
    QVERIFY(edit()->hasFocus());
}

void TestComposerAids::takesBackByUndoInAnEmptyField() {
    m_parts->outbox.undo = std::chrono::seconds(5);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(part("undoBar")->isVisible());
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_composer->text(), QStringLiteral("Hello"));
}

void TestComposerAids::takesBackBeforeWhatWasTypedSince() {
    m_parts->outbox.undo = std::chrono::seconds(5);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(part("undoBar")->isVisible());
    QTest::keyClicks(edit(), QStringLiteral("more"));
    trigger("undoSendAction");
    QTRY_COMPARE(m_composer->text(), QStringLiteral("Hello\nmore"));
}

void TestComposerAids::takesBackIntoAConversationNotShown() {
    m_parts->outbox.undo = std::chrono::seconds(30);
    QSignalSpy sent(m_composer, &Composer::sent);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_COMPARE(sent.size(), 1);
    QTest::keyClicks(edit(), QStringLiteral("more"));
    open(2);
    m_composer->takeBack(desk::ConversationId{1}, sent.first().at(1).value<desk::MessageRow>());
    QTRY_COMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("Hello\nmore"));
    QCOMPARE(m_composer->text(), QString());
    open(1);
    QCOMPARE(m_composer->text(), QStringLiteral("Hello\nmore"));
    QVERIFY(!part("undoBar")->isVisible());
}

void TestComposerAids::tooLateToTakeBack() {
    m_parts->outbox.undo = std::chrono::seconds(5);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(part("undoBar")->isVisible());
    m_parts->outbox.sent.clear();
    click("undoSendButton");
    QTRY_COMPARE(banner("composerProblem"), QStringLiteral("It has left already. Nothing to do."));
    QCOMPARE(m_composer->text(), QString());
}

void TestComposerAids::barEndsWithTheWindow() {
    m_parts->outbox.undo = std::chrono::seconds(5);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(part("undoBar")->isVisible());
    m_parts->clock.advance(std::chrono::seconds(5));
    QTRY_VERIFY(!part("undoBar")->isVisible());
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_parts->outbox.takenBack.isEmpty());
}

void TestComposerAids::barBelongsToItsConversation() {
    m_parts->outbox.undo = std::chrono::seconds(30);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTRY_VERIFY(part("undoBar")->isVisible());
    open(2);
    QVERIFY(!part("undoBar")->isVisible());
    open(1);
    QVERIFY(part("undoBar")->isVisible());
}

void TestComposerAids::sendsLater() {
    QSignalSpy scheduled(m_composer, &Composer::scheduled);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = child<SendLaterDialog>(*m_window, "sendLaterDialog");
    QVERIFY(dialog->isVisible());
    QTest::mouseClick(child<QPushButton>(*dialog, "laterQuick3"), Qt::LeftButton); // tomorrow, 9:00
    const QDateTime expected(QDate(2026, 3, 6), QTime(14, 0), Qt::UTC);
    QCOMPARE(dialog->moment(), expected);
    QCOMPARE(child<QLabel>(*dialog, "laterWhen")->text(),
             QStringLiteral("Fri 6 Mar, 09:00 in New York (14:00 your time)"));
    QTest::keyClick(child<QPushButton>(*dialog, "laterConfirm"), Qt::Key_Return);
    QTRY_COMPARE(scheduled.size(), 1);
    QCOMPARE(m_parts->schedule.all().size(), 1);
    QCOMPARE(m_parts->schedule.all().first().text, QStringLiteral("Hello"));
    QCOMPARE(m_parts->schedule.all().first().at, expected);
    QVERIFY(m_parts->outbox.sent.isEmpty());
    QCOMPARE(m_composer->text(), QString());
    QCOMPARE(banner("scheduledBar"),
             QStringLiteral("It leaves on Fri 6 Mar, 09:00 in New York (14:00 your time)."));
}

void TestComposerAids::saysThatItIsKeptHere() {
    m_composer->setText(QStringLiteral("Hello"));
    m_composer->sendLater();
    auto *dialog = child<SendLaterDialog>(*m_window, "sendLaterDialog");
    auto *kept = child<QLabel>(*dialog, "laterKept");
    QVERIFY(!kept->isVisible());
    auto *date = child<QDateEdit>(*dialog, "laterDate");
    date->setDate(date->date().addDays(10));
    QVERIFY(kept->isVisible());
    QVERIFY(kept->text().contains(QStringLiteral("Longcode must be running")));
    dialog->reject();
}

void TestComposerAids::schedulesThoughAnotherIsShown() {
    m_composer->setText(QStringLiteral("Hello"));
    m_composer->sendLater();
    open(2);
    m_composer->setText(QStringLiteral("for two"));
    QSignalSpy scheduled(m_composer, &Composer::scheduled);
    child<QPushButton>(*m_window, "laterConfirm")->click();
    QTRY_COMPARE(scheduled.size(), 1);
    QCOMPARE(m_parts->schedule.all().first().conversation, desk::ConversationId{1});
    QCOMPARE(m_parts->schedule.all().first().text, QStringLiteral("Hello"));
    QCOMPARE(m_composer->text(), QStringLiteral("for two"));
    QCOMPARE(banner("scheduledBar"), QString());
}

void TestComposerAids::schedulingKeepsWhatWasWrittenSince() {
    m_composer->setText(QStringLiteral("Hello"));
    m_composer->sendLater();
    m_composer->setText(QStringLiteral("Something else"));
    child<QPushButton>(*m_window, "laterConfirm")->click();
    QTRY_COMPARE(m_parts->schedule.all().size(), 1);
    QCOMPARE(m_parts->schedule.all().first().text, QStringLiteral("Hello"));
    QCOMPARE(m_composer->text(), QStringLiteral("Something else"));
    QTRY_COMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("Something else"));
}

void TestComposerAids::laterIsRefusedTooSoon() {
    m_composer->setText(QStringLiteral("Hello"));
    m_composer->sendLater();
    auto *dialog = child<SendLaterDialog>(*m_window, "sendLaterDialog");
    m_parts->schedule.now = m_parts->clock.now().addDays(2);
    QTest::mouseClick(child<QPushButton>(*dialog, "laterQuick1"), Qt::LeftButton);
    QCOMPARE(
        child<QLabel>(*dialog, "laterObstacle")->text(),
        QStringLiteral("A text can be scheduled from 5 minutes ahead on. Choose a later time, or send it "
                       "now."));
    QVERIFY(!child<QPushButton>(*dialog, "laterConfirm")->isEnabled());
    dialog->reject();
}

void TestComposerAids::takesAScheduledTextBack() {
    m_composer->setText(QStringLiteral("Hello"));
    m_composer->sendLater();
    QTest::mouseClick(child<QPushButton>(*m_window, "laterConfirm"), Qt::LeftButton);
    QTRY_VERIFY(!banner("scheduledBar").isEmpty());
    click("scheduledTakeBack");
    QTRY_COMPARE(m_composer->text(), QStringLiteral("Hello"));
    QCOMPARE(m_parts->schedule.cancelled.size(), 1);
    QVERIFY(m_parts->schedule.all().isEmpty());
}

void TestComposerAids::quietHoursSuggest() {
    QVERIFY(!part("quietNotice")->isVisible());
    m_parts->clock.advance(std::chrono::hours(14)); // half past three in the morning
    m_parts->schedule.now = m_parts->clock.now();
    m_composer->setText(QStringLiteral("Hello"));
    m_composer->refresh(newYorker(1));
    QVERIFY(part("quietNotice")->isVisible()); // an answer too, though only as good practice
    QVERIFY(words("quietWords").startsWith(QStringLiteral("It is 03:30 in New York. Good practice is")));
    trigger("kindPromotionAction");
    QVERIFY(part("quietNotice")->isVisible());
    QVERIFY(words("quietWords").startsWith(QStringLiteral("It is 03:30 in New York. The law allows")));
    QCOMPARE(child<QPushButton>(*m_window, "quietSchedule")->text(),
             QStringLiteral("Schedule for 08:00 their time"));
    QVERIFY(child<QPushButton>(*m_window, "sendButton")->isEnabled()); // it never forbids
    click("quietSchedule");
    QTRY_COMPARE(m_parts->schedule.all().size(), 1);
    QCOMPARE(m_parts->schedule.all().first().text, QStringLiteral("Hello"));
    QCOMPARE(m_parts->schedule.all().first().at,
             QDateTime(QDate(2026, 3, 6), QTime(13, 0), Qt::UTC)); // 8:00 there
}

void TestComposerAids::quietKindDecides() {
    m_parts->clock.advance(std::chrono::hours(14));
    m_composer->refresh(newYorker(1));
    QVERIFY(child<QAction>(*m_composer, "kindConversationAction")->isChecked());
    trigger("kindPromotionAction");
    QVERIFY(part("quietNotice")->isVisible());
    const QString promotion = words("quietWords");
    open(2);
    QVERIFY(child<QAction>(*m_composer, "kindConversationAction")->isChecked());
    QVERIFY(!promotion.isEmpty());
}

void TestComposerAids::signSaysWhoAndHow() {
    const desk::Block block = sampleBlock(desk::BlockKind::TollFree, m_parts->clock.now());
    m_parts->optOuts.setBlock(desk::ConversationId{1}, block);
    QVERIFY(part("optOutSign")->isVisible());
    QVERIFY(!edit()->isVisible());
    QCOMPARE(words("optOutTitle"), block.title);
    QCOMPARE(words("optOutText"), block.what);
    QCOMPARE(words("optOutLifted"), block.howLifted);
    QVERIFY(part("optOutOthers")->isVisible());
    for (const char *name : {"emojiButton", "sendLaterButton", "senderButton", "cannedButton"})
        QVERIFY2(!part(name)->isVisible(), name);
    click("optOutNote");
    QVERIFY(part("noteEditor")->isVisible());
    QVERIFY(!part("optOutSign")->isVisible());
}

void TestComposerAids::signGivesTheComposerBack() {
    QTest::keyClicks(edit(), QStringLiteral("draft"));
    m_parts->optOuts.setBlock(desk::ConversationId{1},
                              sampleBlock(desk::BlockKind::Keyword, m_parts->clock.now()));
    QVERIFY(!edit()->isVisible());
    m_parts->optOuts.setBlock(desk::ConversationId{1}, std::nullopt);
    QVERIFY(edit()->isVisible());
    QCOMPARE(m_composer->text(), QStringLiteral("draft"));
}

void TestComposerAids::emptyVariableBlocksInsertion() {
    m_parts->team.setCannedReplies(
        {{QStringLiteral("a"), QStringLiteral("Orders"), QStringLiteral("Way"),
          QStringLiteral("Hi {{first_name}}, order {{order number}} is on its way.")}});
    QTest::keyClicks(edit(), QStringLiteral("/"));
    const auto *list = child<QListView>(*m_window, "cannedList");
    QCOMPARE(
        list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString(),
        QStringLiteral("Orders, Way, 1 segment · 1 to fill in, Hi Maria, order {{order number}} is on its "
                       "way."));
    QTest::keyClick(part("cannedFilter"), Qt::Key_Return);
    QVERIFY(part("cannedFill")->isVisible());
    QCOMPARE(m_composer->text(), QString());
    QVERIFY(!part("cannedFillInsert")->isEnabled());
    auto *field = child<QLineEdit>(*m_window, "fill_order_number");
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(part("cannedFill")->isVisible()); // still empty
    QTest::keyClicks(field, QStringLiteral("4521"));
    QCOMPARE(words("cannedFillPreview"), QStringLiteral("Hi Maria, order 4521 is on its way."));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_composer->text(), QStringLiteral("Hi Maria, order 4521 is on its way."));
    QVERIFY(edit()->hasFocus());
}

void TestComposerAids::knownVariablesAreFilledIn() {
    m_parts->team.setCannedReplies({{QStringLiteral("a"),
                                     {},
                                     QStringLiteral("Number"),
                                     QStringLiteral("{{name}}: {{number}} to {{my_number}}")}});
    m_composer->offerCannedReplies();
    QTest::keyClick(part("cannedFilter"), Qt::Key_Return);
    QVERIFY(m_composer->text().startsWith(QStringLiteral("Maria Keller: +1 212-555-0181 to ")));
    QVERIFY(m_composer->text().endsWith(QStringLiteral("+1 415-555-0100")));
}

void TestComposerAids::bracesAreNeverSent() {
    m_composer->setText(QStringLiteral("Hi {{nick}}!"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(m_parts->outbox.sent.isEmpty());
    QCOMPARE(
        banner("composerProblem"),
        QStringLiteral("The text still holds {{nick}}, and the customer would read it like that. Put the "
                       "right words in its place, then send."));
    auto *field = child<QLineEdit>(*m_window, "fill_nick");
    QTest::keyClicks(field, QStringLiteral("Mia"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_composer->text(), QStringLiteral("Hi Mia!"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_parts->outbox.sent.size(), 1);
    m_composer->setText(QStringLiteral("Hi {{nick}}!"));
    m_composer->sendLater();
    QVERIFY(m_parts->schedule.all().isEmpty());
}

void TestComposerAids::fillingInEndsWithTyping() {
    m_composer->setText(QStringLiteral("Hi {{nick}}!"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(part("cannedFill")->isVisible());
    m_composer->focusText();
    QTest::keyClicks(edit(), QStringLiteral(" See you."));
    QVERIFY(!part("cannedFill")->isVisible());
    QCOMPARE(m_composer->text(), QStringLiteral("Hi {{nick}}! See you."));
}

void TestComposerAids::warnsOfTheTrap() {
    m_composer->setText(QStringLiteral("Reply YES to confirm or CANCEL to cancel the visit."));
    QCOMPARE(banner("composerTrap"),
             QStringLiteral("Whoever answers “CANCEL” opts out of all your texts. Ask for another word."));
    m_composer->setText(QStringLiteral("Reply STOP to opt out."));
    QCOMPARE(banner("composerTrap"), QString());
}

void TestComposerAids::insertsEmoji() {
    QTest::keyClicks(edit(), QStringLiteral("Great "));
    QTest::keyClick(edit(), Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(part("emojiPopup")->isVisible());
    QVERIFY(part("emojiFilter")->hasFocus());
    QTest::keyClicks(part("emojiFilter"), QStringLiteral("thumbs up"));
    QCOMPARE(words("emojiFooter"), QStringLiteral("thumbs up"));
    QTest::keyClick(part("emojiFilter"), Qt::Key_Return);
    QCOMPARE(m_composer->text(), QStringLiteral("Great 👍"));
    QVERIFY(!part("emojiPopup")->isVisible());
    QVERIFY(edit()->hasFocus());
    QVERIFY(part("encodingNotice")->isVisible());
    QCOMPARE(m_parts->habits.recentEmoji(), QStringList{QStringLiteral("👍")});
    m_composer->offerEmoji();
    const auto *list = child<QListView>(*m_window, "emojiList");
    QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("👍"));
    QTest::keyClick(part("emojiFilter"), Qt::Key_Right);
    QCOMPARE(list->currentIndex().row(), 1);
    QTest::keyClicks(part("emojiFilter"), QStringLiteral("qqq"));
    QCOMPARE(words("emojiEmpty"), QStringLiteral("No emoji is called so."));
    QTest::keyClick(part("emojiFilter"), Qt::Key_Escape);
    QVERIFY(!part("emojiPopup")->isVisible());
    QCOMPARE(m_composer->text(), QStringLiteral("Great 👍"));
}

void TestComposerAids::marksAndMendsWords() {
    m_composer->setText(QStringLiteral("helo Maria, your ordr is exmple.com "));
    QTRY_COMPARE(edit()->extraSelections().size(), 2);
    QCOMPARE(edit()->extraSelections()[0].cursor.selectedText(), QStringLiteral("helo"));
    QCOMPARE(edit()->extraSelections()[1].cursor.selectedText(), QStringLiteral("ordr"));
    QTextCursor caret = edit()->textCursor();
    caret.setPosition(2);
    edit()->setTextCursor(caret);
    const QPoint at = edit()->cursorRect().center();
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, at, edit()->mapToGlobal(at));
    QCoreApplication::sendEvent(edit(), &byKey);
    auto *suggestion = child<QAction>(*edit(), "spellingSuggestion");
    QCOMPARE(suggestion->text(), QStringLiteral("hello"));
    suggestion->trigger();
    QCOMPARE(m_composer->text(), QStringLiteral("hello Maria, your ordr is exmple.com "));
    for (QMenu *menu : edit()->findChildren<QMenu *>())
        menu->close();
    m_parts->habits.setChecksSpelling(false);
    QTRY_VERIFY(edit()->extraSelections().isEmpty());
}

void TestComposerAids::keepsOwnWords() {
    m_composer->setText(QStringLiteral("your Telnyx order "));
    QTRY_COMPARE(edit()->extraSelections().size(), 1);
    QTextCursor caret = edit()->textCursor();
    caret.setPosition(7);
    edit()->setTextCursor(caret);
    const QPoint at = edit()->cursorRect().center();
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, at, edit()->mapToGlobal(at));
    QCoreApplication::sendEvent(edit(), &byKey);
    child<QAction>(*edit(), "spellingAddWord")->trigger();
    QTRY_VERIFY(edit()->extraSelections().isEmpty());
    for (QMenu *menu : edit()->findChildren<QMenu *>())
        menu->close();
    QFile file(m_folder.filePath(QStringLiteral("own-words.txt")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("Telnyx\n"));
}

void TestComposerAids::changesTheSenderWhenAgreed() {
    auto *button = child<SenderButton>(*m_window, "senderButton");
    Q_EMIT button->menu()->aboutToShow();
    button->menu()->actions().at(1)->trigger(); // Support, toll-free
    QVERIFY(part("senderChange")->isVisible());
    const QString said = words("senderChangeWords");
    QVERIFY(said.contains(QStringLiteral("gets your next text from +1 888-555-0142")));
    QVERIFY(said.contains(QStringLiteral("opt-outs are kept apart")));
    QVERIFY(said.contains(QStringLiteral("It is a toll-free number")));
    QVERIFY(m_parts->outbox.senders.isEmpty());
    QTest::keyClick(part("keepSender"), Qt::Key_Escape);
    QVERIFY(!part("senderChange")->isVisible());
    QVERIFY(m_parts->outbox.senders.isEmpty());
    Q_EMIT button->menu()->aboutToShow();
    button->menu()->actions().at(1)->trigger();
    click("changeSender");
    QCOMPARE(m_parts->outbox.senders.size(), 1);
}

void TestComposerAids::noteGivesWayToTheSender() {
    m_composer->setMode(ComposerMode::Note);
    auto *button = child<SenderButton>(*m_window, "senderButton");
    QTimer::singleShot(0, button->menu(), &QWidget::close);
    m_composer->chooseSender();
    QCOMPARE(m_composer->mode(), ComposerMode::Reply);
    QVERIFY(button->isVisible());
}

void TestComposerAids::tellsWhetherItTakesReplies() {
    QSignalSpy told(m_composer, &Composer::takesReplyChanged);
    m_parts->optOuts.setBlock(desk::ConversationId{1},
                              sampleBlock(desk::BlockKind::Keyword, m_parts->clock.now()));
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.last().first().toBool(), false);
    open(2);
    QCOMPARE(told.size(), 2);
    QCOMPARE(told.last().first().toBool(), true);
}

void TestComposerAids::actionsAreComplete() {
    const QList<QAction *> actions = m_composer->composerActions();
    QVERIFY(actions.size() >= 8);
    QSet<QString> names;
    for (const QAction *action : actions) {
        QVERIFY(!action->objectName().isEmpty() && !action->text().isEmpty());
        names.insert(action->objectName());
        QVERIFY(action->isCheckable() || !action->shortcut().isEmpty());
    }
    QCOMPARE(names.size(), actions.size());
}

QTEST_MAIN(TestComposerAids)
#include "tst_composer_aids.moc"
