#include "composer/composer_edit.h"
#include "composer/segment_meter.h"
#include "composer/sender_button.h"
#include "style/banner.h"
#include "ui/composer_parts.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::composer;
using namespace longcode::tests;

/// The composer as a person uses it: keys and clicks on the real widgets, a fake outbox behind them.
class TestComposer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void countsAsTyped();
    void enterSends();
    void shiftEnterBeginsALine();
    void controlEnterSendsWhenChosen();
    void sendButtonSends();
    void emptyTextIsRefusedWithASentence();
    void tooLongCannotBeSent();
    void draftIsKeptAsTyped();
    void draftsSurviveSwitching();
    void undoDoesNotReachIntoAnotherConversation();
    void nothingOverwritesADraftThatIsBeingSent();
    void refusedSendBringsTheTextBack();
    void refusedSendOfAnotherConversationBecomesItsDraft();
    void twoRefusedSendsOfAnotherConversationAreKept();
    void aSecondSendLeavesNoDraft();
    void pastesOnlyPlainText();
    void refusesAPasteOfAWholeBook();
    void replacesByOneKeyAndUndoes();
    void replacesOneCharacterFromTheMenu();
    void marksForcingCharacters();
    void choosesAnotherSender();
    void senderThatIsGoneIsNamed();
    void shortCodeCountsAscii();
    void optOutTurnsTheComposerIntoASign();
    void obstacleOfTheAccountIsSaid();
    void priceFollowsTheEstimate();
    void editAndResendCanBeUndone();

private:
    [[nodiscard]] ComposerEdit *edit() const { return child<ComposerEdit>(*m_composer, "composerEdit"); }
    [[nodiscard]] QString label(const char *name) const { return child<QLabel>(*m_composer, name)->text(); }
    [[nodiscard]] QString problem() const;
    void open(qint64 id);
    void paste(QMimeData *data);

    std::unique_ptr<ComposerParts> m_parts;
    std::unique_ptr<Composer> m_composer;
};

void TestComposer::init() {
    failOnAnyWarning();
    m_parts = std::make_unique<ComposerParts>();
    m_parts->habits.setChecksSpelling(false); // which marks there are must not depend on this computer
    m_composer = std::make_unique<Composer>(m_parts->plain());
    m_composer->resize(780, 220);
    m_composer->show();
    m_composer->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    open(1);
}

void TestComposer::cleanup() {
    m_composer.reset();
    m_parts.reset();
}

void TestComposer::open(qint64 id) {
    m_composer->open(newYorker(id));
}

QString TestComposer::problem() const {
    const auto *banner = child<style::Banner>(*m_composer, "composerProblem");
    return banner->isVisible() ? banner->text() : QString();
}

void TestComposer::paste(QMimeData *data) {
    QGuiApplication::clipboard()->setMimeData(data);
    QTest::keyClick(edit(), Qt::Key_V, Qt::ControlModifier);
}

void TestComposer::countsAsTyped() {
    QVERIFY(!child<SegmentMeter>(*m_composer, "segmentMeter")->isVisible());
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QCOMPARE(label("segmentCount"), QStringLiteral("1 segment"));
    QCOMPARE(label("segmentDetail"), QStringLiteral("GSM-7 · 5 / 160 · 155 left"));
    QCOMPARE(label("segmentCost"), QStringLiteral("≈ $0.0051"));
    const auto *meter = child<SegmentMeter>(*m_composer, "segmentMeter");
    QVERIFY(meter->isVisible());
    QCOMPARE(meter->fills(), QList<double>{5.0 / 160});
    QCOMPARE(meter->accessibleDescription(),
             QStringLiteral("1 segment, GSM-7 · 5 / 160 · 155 left, ≈ $0.0051"));
}

void TestComposer::enterSends() {
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_parts->outbox.sent.size(), 1);
    QCOMPARE(m_parts->outbox.sent.first().second, QStringLiteral("Hello"));
    QCOMPARE(m_composer->text(), QString());
}

void TestComposer::shiftEnterBeginsALine() {
    QTest::keyClicks(edit(), QStringLiteral("a"));
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(edit(), QStringLiteral("b"));
    QVERIFY(m_parts->outbox.sent.isEmpty());
    QCOMPARE(m_composer->text(), QStringLiteral("a\nb"));
}

void TestComposer::controlEnterSendsWhenChosen() {
    m_composer->setSendKey(SendKey::ControlEnter);
    QTest::keyClicks(edit(), QStringLiteral("a"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(m_parts->outbox.sent.isEmpty());
    QCOMPARE(m_composer->text(), QStringLiteral("a\n"));
    QTest::keyClick(edit(), Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
    QCOMPARE(m_parts->outbox.sent.size(), 1);
}

void TestComposer::sendButtonSends() {
    auto *button = child<QPushButton>(*m_composer, "sendButton");
    QVERIFY(!button->isEnabled());
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QVERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(m_parts->outbox.sent.size(), 1);
    QVERIFY(!button->isEnabled());
}

void TestComposer::emptyTextIsRefusedWithASentence() {
    QTest::keyClicks(edit(), QStringLiteral("  "));
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(m_parts->outbox.sent.isEmpty());
    QCOMPARE(problem(), QStringLiteral("There is nothing to send. Write a text first."));
    QTest::keyClicks(edit(), QStringLiteral("a"));
    QCOMPARE(problem(), QString());
}

void TestComposer::tooLongCannotBeSent() {
    m_composer->setText(QString(1531, u'a'));
    QCOMPARE(problem(),
             QStringLiteral("This text takes 11 segments; one message holds 10. Segment 11 is too much: "
                            "shorten it by 1 character."));
    QVERIFY(!child<QPushButton>(*m_composer, "sendButton")->isEnabled());
    QCOMPARE(edit()->extraSelections().last().cursor.selectionStart(), 1530);
    m_parts->outbox.problem =
        desk::SendProblem{desk::SendProblemKind::TooManySegments, {QStringLiteral("Too long."), {}}};
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(m_parts->outbox.sent.isEmpty());
    QVERIFY(problem().startsWith(QStringLiteral("This text takes 11 segments")));
}

void TestComposer::draftIsKeptAsTyped() {
    QTest::keyClicks(edit(), QStringLiteral("Hel"));
    QCOMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("Hel"));
    QTest::keyClick(edit(), Qt::Key_Backspace);
    QCOMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("He"));
}

void TestComposer::draftsSurviveSwitching() {
    QTest::keyClicks(edit(), QStringLiteral("for one"));
    open(2);
    QCOMPARE(m_composer->text(), QString());
    QTest::keyClicks(edit(), QStringLiteral("for two"));
    open(1);
    QCOMPARE(m_composer->text(), QStringLiteral("for one"));
    open(2);
    QCOMPARE(m_composer->text(), QStringLiteral("for two"));
    QCOMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("for one"));
}

void TestComposer::undoDoesNotReachIntoAnotherConversation() {
    QTest::keyClicks(edit(), QStringLiteral("secret"));
    open(2);
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_composer->text(), QString());
}

void TestComposer::nothingOverwritesADraftThatIsBeingSent() {
    const desk::ConversationId one{1};
    m_parts->outbox.holdSends = true;
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_composer->text(), QString());
    QCOMPARE(m_parts->outbox.drafts.value(one), QStringLiteral("Hello"));
    QTest::keyClicks(edit(), QStringLiteral("next"));
    QCOMPARE(m_parts->outbox.drafts.value(one), QStringLiteral("Hello"));
    open(2);
    open(1);
    QCOMPARE(m_composer->text(), QStringLiteral("next"));
    QSignalSpy sent(m_composer.get(), &Composer::sent);
    m_parts->outbox.answer(desk::MessageRow{7});
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(m_parts->outbox.drafts.value(one), QStringLiteral("next"));
    QCOMPARE(m_composer->text(), QStringLiteral("next"));
}

void TestComposer::refusedSendBringsTheTextBack() {
    m_parts->outbox.holdSends = true;
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTest::keyClicks(edit(), QStringLiteral("more"));
    m_parts->outbox.answer(
        failed(desk::SendProblem{desk::SendProblemKind::NotStored,
                                 {QStringLiteral("The disk is full."), QStringLiteral("Free some space.")}}));
    QTRY_COMPARE(m_composer->text(), QStringLiteral("Hello\nmore"));
    QCOMPARE(problem(), QStringLiteral("The disk is full. Free some space."));
    QCOMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("Hello\nmore"));
}

void TestComposer::refusedSendOfAnotherConversationBecomesItsDraft() {
    m_parts->outbox.holdSends = true;
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    open(2);
    m_parts->outbox.drafts.clear();
    m_parts->outbox.answer(
        failed(desk::SendProblem{desk::SendProblemKind::NotStored, {QStringLiteral("No."), {}}}));
    QTRY_COMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("Hello"));
    QCOMPARE(m_composer->text(), QString());
    QCOMPARE(problem(), QString());
}

void TestComposer::twoRefusedSendsOfAnotherConversationAreKept() {
    const desk::ConversationId one{1};
    m_parts->outbox.holdSends = true;
    for (const auto &text : {QStringLiteral("First"), QStringLiteral("Second")}) {
        QTest::keyClicks(edit(), text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    open(2);
    for (int i = 0; i < 2; ++i)
        m_parts->outbox.answer(
            failed(desk::SendProblem{desk::SendProblemKind::NotStored, {QStringLiteral("No."), {}}}));
    QTRY_VERIFY(m_parts->outbox.drafts.value(one).contains(QStringLiteral("Second")));
    QVERIFY(m_parts->outbox.drafts.value(one).contains(QStringLiteral("First")));
    QCOMPARE(m_composer->text(), QString());
}

void TestComposer::aSecondSendLeavesNoDraft() {
    m_parts->outbox.holdSends = true;
    for (const auto &text : {QStringLiteral("First"), QStringLiteral("Second")}) {
        QTest::keyClicks(edit(), text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    m_parts->outbox.drafts.clear(); // as when the intents are durable
    QSignalSpy sent(m_composer.get(), &Composer::sent);
    m_parts->outbox.answer(desk::MessageRow{7});
    m_parts->outbox.answer(desk::MessageRow{8});
    QTRY_COMPARE(sent.size(), 2);
    QCOMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QString());
}

void TestComposer::pastesOnlyPlainText() {
    auto *both = new QMimeData;
    both->setText(QStringLiteral("plain <b>words</b>"));
    both->setHtml(QStringLiteral("<b>rich</b>"));
    paste(both);
    QCOMPARE(m_composer->text(), QStringLiteral("plain <b>words</b>"));
    m_composer->setText({});
    auto *rich = new QMimeData;
    rich->setHtml(QStringLiteral("<h1>Big</h1><script>evil()</script><p>words</p>"));
    paste(rich);
    QCOMPARE(m_composer->text(), QStringLiteral("Big\nwords"));
    QVERIFY(!edit()->textCursor().charFormat().hasProperty(QTextFormat::FontWeight));
}

void TestComposer::refusesAPasteOfAWholeBook() {
    auto *book = new QMimeData;
    book->setText(QString(20001, u'a'));
    paste(book);
    QCOMPARE(m_composer->text(), QString());
    QCOMPARE(problem(),
             QStringLiteral("What you pasted has 20001 characters; a message holds at most 1530. Nothing was "
                            "pasted."));
}

void TestComposer::replacesByOneKeyAndUndoes() {
    const QString typed = QStringLiteral("It’s “here”");
    m_composer->setText(typed);
    QCOMPARE(label("encodingNoticeText"), QStringLiteral("3 characters force UCS-2:"));
    QCOMPARE(label("encodingNoticeCharacters"), QStringLiteral("’ “ ”"));
    QTest::keyClick(m_composer.get(), Qt::Key_R, Qt::AltModifier);
    QCOMPARE(m_composer->text(), QStringLiteral("It's \"here\""));
    QVERIFY(!child<QWidget>(*m_composer, "encodingNotice")->isVisible());
    QCOMPARE(m_parts->outbox.drafts.value(desk::ConversationId{1}), QStringLiteral("It's \"here\""));
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_composer->text(), typed);
    QTest::mouseClick(child<QPushButton>(*m_composer, "replaceButton"), Qt::LeftButton);
    QCOMPARE(m_composer->text(), QStringLiteral("It's \"here\""));
}

void TestComposer::replacesOneCharacterFromTheMenu() {
    m_composer->setText(QStringLiteral("It’s “here”"));
    QTextCursor caret = edit()->textCursor();
    caret.setPosition(2);
    edit()->setTextCursor(caret);
    const QPoint at = edit()->cursorRect().center();
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, at, edit()->mapToGlobal(at));
    QCoreApplication::sendEvent(edit(), &byKey);
    auto *action = child<QAction>(*edit(), "replaceOneAction");
    QCOMPARE(action->text(), QStringLiteral("Replace U+2019 RIGHT SINGLE QUOTATION MARK with '"));
    action->trigger();
    QCOMPARE(m_composer->text(), QStringLiteral("It's “here”"));
    for (QMenu *menu : edit()->findChildren<QMenu *>())
        menu->close();
}

void TestComposer::marksForcingCharacters() {
    m_composer->setText(QStringLiteral("It’s 👍"));
    const QList<QTextEdit::ExtraSelection> marks = edit()->extraSelections();
    QCOMPARE(marks.size(), 2);
    QCOMPARE(marks[0].cursor.selectedText(), QStringLiteral("’"));
    QCOMPARE(marks[1].cursor.selectedText(), QStringLiteral("👍"));
    QVERIFY(marks[0].format.underlineStyle() != QTextCharFormat::NoUnderline);
}

void TestComposer::choosesAnotherSender() {
    auto *button = child<SenderButton>(*m_composer, "senderButton");
    QCOMPARE(button->text(), QStringLiteral("From Sales +1 415-555-0100"));
    Q_EMIT button->menu()->aboutToShow();
    const QList<QAction *> choices = button->menu()->actions();
    QCOMPARE(choices.size(), 3);
    QVERIFY(choices[0]->isChecked());
    choices[1]->trigger();
    QVERIFY(m_parts->outbox.senders.isEmpty()); // first it is said what that means
    QTest::mouseClick(child<QPushButton>(*m_composer, "changeSender"), Qt::LeftButton);
    QCOMPARE(m_parts->outbox.senders.size(), 1);
    QCOMPARE(m_parts->outbox.senders.first().second.wire(), QStringLiteral("+18885550142"));
    desk::Conversation changed = newYorker(1);
    changed.own = m_parts->outbox.senders.first().second;
    m_composer->refresh(changed);
    QCOMPARE(button->text(), QStringLiteral("From Support +1 888-555-0142"));
}

void TestComposer::senderThatIsGoneIsNamed() {
    desk::Conversation gone = newYorker(1);
    gone.own = phone::fromWire(QStringLiteral("+14155550199"));
    m_composer->refresh(gone);
    QCOMPARE(child<SenderButton>(*m_composer, "senderButton")->text(),
             QStringLiteral("From +1 415-555-0199 (no longer in this account)"));
}

void TestComposer::shortCodeCountsAscii() {
    desk::Conversation shortCode = newYorker(1);
    shortCode.own = phone::fromWire(QStringLiteral("37468"));
    m_composer->refresh(shortCode);
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QCOMPARE(label("segmentDetail"), QStringLiteral("ASCII · 5 / 160 · 155 left"));
}

void TestComposer::optOutTurnsTheComposerIntoASign() {
    QTest::keyClicks(edit(), QStringLiteral("draft"));
    desk::Conversation stopped = newYorker(1);
    stopped.optOut =
        desk::OptOut{QDateTime(QDate(2026, 3, 5), QTime(18, 30), Qt::UTC), QStringLiteral("STOP")};
    m_parts->outbox.problem =
        desk::SendProblem{desk::SendProblemKind::OptedOut,
                          {QStringLiteral("They texted STOP."), QStringLiteral("Wait for START.")}};
    m_composer->refresh(stopped);
    QVERIFY(!edit()->isVisible());
    QVERIFY(child<QWidget>(*m_composer, "optOutSign")->isVisible());
    QVERIFY(label("optOutTitle").startsWith(QStringLiteral("This customer opted out: STOP on ")));
    QCOMPARE(label("optOutText"), QStringLiteral("They texted STOP. Wait for START."));
    m_composer->send();
    QVERIFY(m_parts->outbox.sent.isEmpty());
    m_parts->outbox.problem.reset();
    m_composer->refresh(newYorker(1));
    QVERIFY(edit()->isVisible());
    QCOMPARE(m_composer->text(), QStringLiteral("draft"));
}

void TestComposer::obstacleOfTheAccountIsSaid() {
    m_parts->outbox.problem =
        desk::SendProblem{desk::SendProblemKind::ProfileDisabled,
                          {QStringLiteral("The profile is off."), QStringLiteral("Switch it on.")}};
    m_composer->refresh(newYorker(1));
    QTest::keyClicks(edit(), QStringLiteral("Hello"));
    QCOMPARE(problem(), QStringLiteral("The profile is off. Switch it on."));
    QVERIFY(!child<QPushButton>(*m_composer, "sendButton")->isEnabled());
}

void TestComposer::priceFollowsTheEstimate() {
    m_parts->outbox.price = {{QStringLiteral("0.01"), QStringLiteral("EUR")}, true};
    m_composer->refresh(newYorker(1));
    QTest::keyClicks(edit(), QString(161, u'a'));
    QCOMPARE(label("segmentCost"), QStringLiteral("≈ €0.02"));
    QCOMPARE(child<QLabel>(*m_composer, "segmentCost")->toolTip(),
             QStringLiteral("From what this account last paid for such a message"));
    m_parts->outbox.price.perSegment.amount.clear();
    m_composer->refresh(newYorker(1));
    QCOMPARE(label("segmentCost"), QString());
}

void TestComposer::editAndResendCanBeUndone() {
    QTest::keyClicks(edit(), QStringLiteral("half a thought"));
    m_composer->setText(QStringLiteral("the failed text"));
    QCOMPARE(m_composer->text(), QStringLiteral("the failed text"));
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_composer->text(), QStringLiteral("half a thought"));
}

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
