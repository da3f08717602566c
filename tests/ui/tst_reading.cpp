#include "inbox/conversation_view.h"
#include "inbox/message_delegate.h"
#include "inbox/message_dialog.h"
#include "inbox/reading_pane.h"
#include "style/theme.h"
#include "support/fake_diagnoses.h"
#include "support/fake_search.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCalendarWidget>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::tests;
using inbox::ConversationView;
using inbox::MessageAction;

namespace {

constexpr desk::ConversationId talk{1};

/// Stands where the test puts it.
class MovingClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return at; }
    QDateTime at = sampleNow();
};

} // namespace

/// Where reading begins, jumps, finding within a conversation, details of a message, and texts that wait.
class TestReading : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Light); }
    void init();
    void cleanup();
    void beginsAtTheFirstUnread();
    void goesBackToWhereItWasLeft();
    void jumpsFarAndComesBack();
    void goesToADay();
    void findsWithin();
    void diagnosisStandsInTheBubble();
    void detailsShowEverything();
    void detailsWithoutDiagnosis();
    void rawEventIsOnlyIndented();
    void countsDownAndTakesBack();
    void scheduledCanBeCancelled();

private:
    void showPane();
    [[nodiscard]] ConversationView &view() const { return m_pane->view(); }
    [[nodiscard]] QModelIndex indexOf(desk::MessageState state) const;
    [[nodiscard]] qint64 rowOnTop() const;
    template <typename Widget>
    Widget *find(const char *name) const {
        return m_pane->findChild<Widget *>(QLatin1String(name));
    }

    std::unique_ptr<style::Theme> m_theme;
    MovingClock m_clock;
    std::unique_ptr<SampleDesk> m_desk;
    std::unique_ptr<FakeSearch> m_search;
    std::unique_ptr<FakeDiagnoses> m_diagnoses;
    std::unique_ptr<inbox::ReadingPane> m_pane;
};

void TestReading::init() {
    failOnAnyWarning();
    m_clock.at = sampleNow();
    m_desk = std::make_unique<SampleDesk>();
    m_search = std::make_unique<FakeSearch>();
    m_diagnoses = std::make_unique<FakeDiagnoses>();
    m_pane = std::make_unique<inbox::ReadingPane>(
        inbox::ReadingDesk{m_desk->inbox, *m_search, *m_diagnoses, m_clock});
    m_pane->resize(760, 640);
}

void TestReading::cleanup() {
    m_pane.reset();
    m_diagnoses.reset();
    m_search.reset();
    m_desk.reset();
}

void TestReading::showPane() {
    m_pane->show();
    m_pane->activateWindow();
    view().setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    QTRY_VERIFY(view().visibleRows().second >= 0);
}

QModelIndex TestReading::indexOf(desk::MessageState state) const {
    for (int row = 0; row < view().model()->rowCount(); ++row) {
        const QModelIndex index = view().model()->index(row, 0);
        if (index.data(desk::MessageRole).value<desk::Message>().state == state)
            return index;
    }
    return {};
}

qint64 TestReading::rowOnTop() const {
    return view().model()->index(view().visibleRows().first, 0).data(desk::MessageRowRole).toLongLong();
}

void TestReading::beginsAtTheFirstUnread() {
    m_desk->inbox.setSyntheticMessages(talk, 5000, 60);
    m_desk->inbox.unreadFrom[talk] = desk::MessageRow{4001};
    m_desk->inbox.update(talk, [](desk::Conversation &conversation) { conversation.unread = 3; });
    m_pane->open(talk);
    showPane();
    QCOMPARE(rowOnTop(), 4001);
    QVERIFY(!view().isAtNewest());
    auto *delegate = qobject_cast<inbox::MessageDelegate *>(view().itemDelegate());
    QCOMPARE(delegate->firstUnread(), desk::MessageRow{4001});
    QCOMPARE(m_desk->inbox.conversation(talk)->unread, 3); // the newest has not been seen
    const QModelIndex first = view().model()->index(view().visibleRows().first, 0);
    const QModelIndex next = first.siblingAtRow(first.row() + 1);
    delegate->setUnread({}, 0);
    QStyleOptionViewItem option;
    option.font = view().font();
    option.rect = QRect(0, 0, view().viewport()->width(), 0);
    const int plain = delegate->sizeHint(option, first).height();
    delegate->setUnread(desk::MessageRow{4001}, 3);
    QVERIFY(delegate->sizeHint(option, first).height() > plain);
    QVERIFY(next.isValid());
}

void TestReading::goesBackToWhereItWasLeft() {
    m_desk->inbox.setSyntheticMessages(talk, 5000, 60);
    m_pane->openAt(talk, desk::MessageRow{2500});
    showPane();
    QTRY_VERIFY(view().visibleRows().first > 0);
    const qint64 top = rowOnTop();
    QVERIFY(qAbs(top - 2500) < 3);
    m_pane->open(SampleDesk::noor);
    QVERIFY(qAbs(m_desk->inbox.positions.value(talk).value - top) <= 1);
    m_pane->open(talk);
    QTRY_VERIFY(qAbs(rowOnTop() - top) <= 2);
    view().scrollToNewest();
    m_pane->open(SampleDesk::noor);
    QVERIFY(!m_desk->inbox.positions.value(talk).isValid()); // left at its newest
}

void TestReading::jumpsFarAndComesBack() {
    m_desk->inbox.setSyntheticMessages(talk, 5000, 60);
    m_pane->open(talk);
    showPane();
    QTRY_VERIFY(view().isAtNewest());
    m_pane->openAt(talk, desk::MessageRow{1000});
    QTRY_VERIFY(view().visibleRows().first >= 0 && qAbs(rowOnTop() - 1000) < 3);
    QAbstractItemModelTester tester(view().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    tester.setUseFetchMore(false);
    auto *button = find<QPushButton>("scrollToNewest");
    QTRY_VERIFY(button->isVisible());
    // Newer ones come below what is on screen, which stays.
    for (int step = 0; step < 40; ++step) {
        const qint64 before = rowOnTop();
        QWheelEvent wheel(QPointF(300, 300), view().mapToGlobal(QPointF(300, 300)), {}, {0, -240},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view().viewport(), &wheel);
        QCoreApplication::sendPostedEvents();
        QVERIFY(rowOnTop() >= before && rowOnTop() - before < 10);
        QTRY_VERIFY(view().visibleRows().second < view().model()->rowCount() - 1);
    }
    QVERIFY(rowOnTop() > 1030);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(view().isAtNewest());
    QCOMPARE(view().model()->index(view().visibleRows().second, 0).data(desk::MessageRowRole).toLongLong(),
             5000);
}

void TestReading::goesToADay() {
    m_desk->inbox.setSyntheticMessages(talk, 5000, 60);
    m_pane->open(talk);
    showPane();
    QTest::keyClick(&view(), Qt::Key_G, Qt::ControlModifier);
    auto *calendar = find<QCalendarWidget>("dayCalendar");
    QTRY_VERIFY(calendar->isVisible());
    const QDate day = syntheticMessage(4000).at.toLocalTime().date();
    Q_EMIT calendar->clicked(day);
    QVERIFY(!calendar->isVisible());
    QTRY_VERIFY(!view().isAtNewest());
    const desk::MessageRow first = m_desk->inbox.firstSince(talk, day.startOfDay(Qt::LocalTime));
    const auto *window = qobject_cast<desk::MessageWindow *>(view().model());
    const QRect rect = view().visualRect(view().model()->index(window->indexOf(first), 0));
    QVERIFY(rect.isValid() && rect.top() >= 0 && rect.top() < 100);
}

void TestReading::findsWithin() {
    m_desk->inbox.setSyntheticMessages(talk, 5000, 60);
    m_pane->open(talk);
    showPane();
    m_search->places[QStringLiteral("parcel")] = {desk::MessageRow{4990}, desk::MessageRow{1200},
                                                  desk::MessageRow{7}};
    QTest::keyClick(&view(), Qt::Key_F, Qt::ControlModifier);
    auto *field = find<QLineEdit>("findText");
    QTRY_VERIFY(field->isVisible() && field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("parcel"));
    auto *count = find<QLabel>("findCount");
    QTRY_COMPARE(count->text(), QStringLiteral("1 of 3"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(count->text(), QStringLiteral("2 of 3"));
    const auto shows = [this](qint64 row) {
        const auto *window = qobject_cast<desk::MessageWindow *>(view().model());
        return view().visualRect(view().model()->index(window->indexOf(desk::MessageRow{row}), 0)).isValid();
    };
    QTRY_VERIFY(shows(1200));
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTRY_VERIFY(shows(4990));
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(count->text(), QStringLiteral("3 of 3")); // round to the oldest
    QTRY_VERIFY(shows(7));
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QVERIFY(view().hasFocus());
}

void TestReading::diagnosisStandsInTheBubble() {
    desk::Diagnosis diagnosis;
    diagnosis.sentence = QStringLiteral("The number is a landline <b>.");
    diagnosis.remedies = {desk::Remedy::CallCustomer, desk::Remedy::EditAndResend, desk::Remedy::CopyDetails};
    const desk::MessageRow failed{1009};
    m_diagnoses->diagnoses[failed] = diagnosis;
    m_pane->open(talk);
    showPane();
    const QModelIndex index = indexOf(desk::MessageState::Failed);
    QCOMPARE(index.data(desk::MessageRowRole).toLongLong(), failed.value);
    QStyleOptionViewItem option;
    option.font = view().font();
    option.rect = view().visualRect(index);
    auto *delegate = qobject_cast<inbox::MessageDelegate *>(view().itemDelegate());
    const auto layout = delegate->layoutOf(option, index);
    QVERIFY(layout->shownNotice().contains(QStringLiteral("The number is a landline <b>.")));
    QList<MessageAction> offered;
    for (const auto &link : layout->links())
        offered << link.action;
    QCOMPARE(offered, (QList{MessageAction::OpenLink, MessageAction::CopyNumber, MessageAction::EditAndResend,
                             MessageAction::Explain}));
    view().perform(MessageAction::CopyNumber, index);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("+12125550188"));
}

void TestReading::detailsShowEverything() {
    const desk::MessageRow failed{1009};
    m_diagnoses->diagnoses[failed] = sampleDiagnosis();
    m_diagnoses->diagnoses[failed].remedies.prepend(desk::Remedy::LookUp);
    m_diagnoses->events[failed] = sampleRawEvents(sampleNow());
    m_pane->open(talk);
    showPane();
    view().setCurrentIndex(indexOf(desk::MessageState::Failed));
    QTest::keyClick(&view(), Qt::Key_F8);
    auto *dialog = find<inbox::MessageDialog>("messageDialog");
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    const auto label = [dialog](const char *name) {
        return dialog->findChild<QLabel *>(QLatin1String(name));
    };
    QVERIFY(label("messageRecipient")->text().contains(QStringLiteral("Maria Keller")));
    QCOMPARE(label("diagnosisSentence")->text(), sampleDiagnosis().sentence);
    auto *events = dialog->findChild<QListWidget *>(QStringLiteral("rawEvents"));
    QCOMPARE(events->count(), sampleRawEvents(sampleNow()).size());
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("copyRawEvent")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), sampleRawEvents(sampleNow()).back().body);
    const auto remedy = [dialog](desk::Remedy which) {
        return dialog->findChild<QPushButton *>(QStringLiteral("remedy%1").arg(int(which)));
    };
    QTest::mouseClick(remedy(desk::Remedy::LookUp), Qt::LeftButton);
    QCOMPARE(m_diagnoses->lookedUp, QList{failed});
    m_diagnoses->answer(QStringLiteral("Telnyx says that it failed."));
    QTRY_COMPARE(label("lookedUp")->text(), QStringLiteral("Telnyx says that it failed."));
    for (const QLabel *each : dialog->findChildren<QLabel *>())
        QCOMPARE(each->textFormat(), Qt::PlainText);
    QSignalSpy gone(dialog, &QObject::destroyed);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_COMPARE(gone.count(), 1);
}

void TestReading::detailsWithoutDiagnosis() {
    desk::Message message;
    message.conversation = talk;
    message.direction = desk::Direction::Outbound;
    message.text = QStringLiteral("Hello");
    message.state = desk::MessageState::Failed;
    message.failure = desk::MessageFailure{
        QStringLiteral("40017"), QStringLiteral("<b>Spam</b>"), QStringLiteral("Short links."), {}};
    QSignalSpy resend(&view(), &ConversationView::editAndResendRequested);
    m_pane->explain(message);
    auto *dialog = find<inbox::MessageDialog>("messageDialog");
    QVERIFY(dialog);
    auto *what = dialog->findChild<QLabel *>(QStringLiteral("failureWhat"));
    QVERIFY(what->text().contains(QStringLiteral("<b>Spam</b>")));
    QVERIFY(what->text().contains(QStringLiteral("40017")));
    QCOMPARE(what->textFormat(), Qt::PlainText);
    QVERIFY(dialog->findChild<QLabel *>(QStringLiteral("noEvents")));
    QTest::mouseClick(
        dialog->findChild<QPushButton *>(QStringLiteral("remedy%1").arg(int(desk::Remedy::EditAndResend))),
        Qt::LeftButton);
    QCOMPARE(resend.count(), 1);
    QCOMPARE(resend.front().front().value<desk::Message>().text, QStringLiteral("Hello"));
}

void TestReading::rawEventIsOnlyIndented() {
    // No raw text inside a macro: moc cannot read it.
    const QByteArray json = "{\"a\":[1,2.50],\"b\":\"x, {y}\\\"z\"}";
    QCOMPARE(inbox::indented(json),
             QStringLiteral("{\n  \"a\": [\n    1,\n    2.50\n  ],\n  \"b\": \"x, {y}\\\"z\"\n}"));
    QCOMPARE(inbox::indented("]]]] not JSON"), QStringLiteral("\n]\n]\n]\n]notJSON"));
}

void TestReading::countsDownAndTakesBack() {
    desk::Message held = syntheticMessage(0);
    held.direction = desk::Direction::Outbound;
    held.state = desk::MessageState::Held;
    held.heldUntil = sampleNow().addSecs(4);
    QCOMPARE(inbox::secondsToTakeBack(held, sampleNow()), 4);
    QVERIFY(inbox::smallPrint(held, {}, sampleNow()).endsWith(QStringLiteral("Sends in 4 s")));
    QVERIFY(inbox::smallPrint(held, {}, sampleNow().addMSecs(1500)).endsWith(QStringLiteral("Sends in 3 s")));
    QVERIFY(inbox::printActionFor(held, sampleNow()) == MessageAction::TakeBack);
    QVERIFY(!inbox::printActionFor(held, sampleNow().addSecs(5)));
    m_desk->inbox.setMessages(talk, {held});
    m_pane->open(talk);
    showPane();
    QSignalSpy back(&view(), &ConversationView::takeBackRequested);
    const QModelIndex index = indexOf(desk::MessageState::Held);
    view().setCurrentIndex(index);
    QTest::keyClick(&view(), Qt::Key_Right);
    QTest::keyClick(&view(), Qt::Key_Return);
    QCOMPARE(back.count(), 1);
    m_clock.at = sampleNow().addSecs(10); // it leaves: nothing is offered any more
    view().viewport()->repaint();
    QTest::keyClick(&view(), Qt::Key_Right);
    QTest::keyClick(&view(), Qt::Key_Return);
    QCOMPARE(back.count(), 1);
}

void TestReading::scheduledCanBeCancelled() {
    desk::Message later = syntheticMessage(0);
    later.direction = desk::Direction::Outbound;
    later.state = desk::MessageState::Scheduled;
    later.sendAt = QDateTime(QDate(2026, 11, 26), QTime(9, 0), Qt::LocalTime);
    QVERIFY(inbox::smallPrint(later, {}, sampleNow()).endsWith(QStringLiteral("Scheduled for Thu 09:00")));
    m_desk->inbox.setMessages(talk, {later});
    m_pane->open(talk);
    showPane();
    QSignalSpy cancelled(&view(), &ConversationView::cancelScheduledRequested);
    const QModelIndex index = indexOf(desk::MessageState::Scheduled);
    QStyleOptionViewItem option;
    option.font = view().font();
    option.rect = view().visualRect(index);
    auto *delegate = qobject_cast<inbox::MessageDelegate *>(view().itemDelegate());
    const auto layout = delegate->layoutOf(option, index);
    QCOMPARE(layout->links().size(), 1);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                      option.rect.topLeft() + layout->links().front().rect.center().toPoint());
    QCOMPARE(cancelled.count(), 1);
    QCOMPARE(cancelled.front().front().value<desk::MessageRow>(), later.row);
}

QTEST_MAIN(TestReading)
#include "tst_reading.moc"
