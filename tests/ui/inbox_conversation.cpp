#include "inbox/conversation_view.h"
#include "inbox/message_delegate.h"
#include "style/theme.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::tests;
using inbox::ConversationView;
using inbox::MessageAction;

namespace {

/// Counts the rows that are really laid out.
class CountingDelegate final : public inbox::MessageDelegate {
public:
    using MessageDelegate::MessageDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override {
        measured.insert(index.data(desk::MessageRowRole).toLongLong());
        return MessageDelegate::sizeHint(option, index);
    }
    mutable QSet<qint64> measured;
};

/// Which message stands where: message number and upper edge of its bubble's row end.
QMap<qint64, int> lowerEdges(const ConversationView &view) {
    QMap<qint64, int> edges;
    const auto [first, last] = view.visibleRows();
    for (int row = first; row >= 0 && row <= last; ++row) {
        const QModelIndex index = view.model()->index(row, 0);
        const QRect rect = view.visualRect(index);
        edges.insert(index.data(desk::MessageRowRole).toLongLong(), rect.bottom());
    }
    return edges;
}

} // namespace

class TestInboxConversation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Light); }
    void init();
    void cleanup();
    void opensAHundredThousandMessages();
    void olderMessagesMoveNothing();
    void keepsItsPlaceWhenResized();
    void sticksToTheNewest();
    void jumpsBackToTheNewest();
    void staysPutWhenACustomerWrites();
    void walksByKeyboard();
    void copiesByKeyboard();
    void followsLinksByMouse();
    void followsLinksByKeyboard();
    void offersAMenuByKeyboard();
    void marksReadWhenSeen();
    void repaintsWhatChanged();
    void movedPixelsAreRight();
    void hasAnAccessibleTable();

private:
    void openSynthetic(int total, int loaded);
    void openSample();
    [[nodiscard]] QModelIndex indexOfState(desk::MessageState state) const;
    [[nodiscard]] QPoint linkOf(const QModelIndex &index, MessageAction action) const;

    std::unique_ptr<style::Theme> m_theme;
    SampleClock m_clock;
    std::unique_ptr<SampleDesk> m_desk;
    std::unique_ptr<CountingDelegate> m_delegate;
    std::unique_ptr<ConversationView> m_view;
};

void TestInboxConversation::init() {
    failOnAnyWarning();
    m_desk = std::make_unique<SampleDesk>();
    m_delegate = std::make_unique<CountingDelegate>(m_clock);
    m_view = std::make_unique<ConversationView>(m_desk->inbox, m_clock);
    m_view->setMessageDelegate(m_delegate.get());
    m_view->resize(760, 640);
}

void TestInboxConversation::cleanup() {
    m_view.reset();
    m_delegate.reset();
    m_desk.reset();
}

void TestInboxConversation::openSynthetic(int total, int loaded) {
    m_desk->inbox.setSyntheticMessages(SampleDesk::maria, total, loaded);
    m_view->open(SampleDesk::maria);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TestInboxConversation::openSample() {
    m_view->open(SampleDesk::maria);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTRY_VERIFY(m_view->visibleRows().second >= 0);
}

QModelIndex TestInboxConversation::indexOfState(desk::MessageState state) const {
    for (int row = 0; row < m_view->model()->rowCount(); ++row) {
        const QModelIndex index = m_view->model()->index(row, 0);
        if (index.data(desk::MessageRole).value<desk::Message>().state == state)
            return index;
    }
    return {};
}

QPoint TestInboxConversation::linkOf(const QModelIndex &index, MessageAction action) const {
    QStyleOptionViewItem option;
    option.font = m_view->font();
    option.direction = m_view->layoutDirection();
    option.rect = m_view->visualRect(index);
    for (const auto &link : m_delegate->layoutOf(option, index)->links()) {
        if (link.action == action)
            return link.rect.translated(option.rect.topLeft()).center().toPoint();
    }
    return {};
}

void TestInboxConversation::opensAHundredThousandMessages() {
    openSynthetic(100'000, 100'000);
    QTRY_COMPARE(m_view->visibleRows().second, 99'999);
    const int onScreen = m_view->visibleRows().second - m_view->visibleRows().first + 1;
    QVERIFY(onScreen >= 5);
    QVERIFY2(
        m_delegate->measured.size() < 3 * onScreen,
        qPrintable(
            QStringLiteral("%1 rows measured, %2 on screen").arg(m_delegate->measured.size()).arg(onScreen)));
}

void TestInboxConversation::olderMessagesMoveNothing() {
    openSynthetic(1000, 60);
    QAbstractItemModelTester tester(m_view->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    tester.setUseFetchMore(false); // it would fetch everything at the first change
    for (int step = 0; step < 60; ++step) {
        QWheelEvent wheel(QPointF(300, 300), m_view->mapToGlobal(QPointF(300, 300)), {}, {0, 120},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &wheel);
        const int pages = m_desk->inbox.openModel()->pagesFetched();
        const auto before = lowerEdges(*m_view);
        if (m_view->model()->canFetchMore({}) && step % 7 == 0)
            m_view->model()->fetchMore({});
        QTRY_VERIFY(step % 7 != 0 || m_desk->inbox.openModel()->pagesFetched() > pages ||
                    !m_view->model()->canFetchMore({}));
        m_view->viewport()->repaint();
        QCOMPARE(lowerEdges(*m_view), before);
    }
    QVERIFY(m_desk->inbox.openModel()->pagesFetched() >= 5);
}

void TestInboxConversation::keepsItsPlaceWhenResized() {
    openSynthetic(1000, 1000);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() / 2);
    const qint64 first = lowerEdges(*m_view).firstKey();
    m_view->resize(420, 640);
    QTRY_COMPARE(lowerEdges(*m_view).firstKey(), first);
    m_view->resize(900, 640);
    QTRY_COMPARE(lowerEdges(*m_view).firstKey(), first);
    QVERIFY(!m_view->isAtNewest());
}

void TestInboxConversation::sticksToTheNewest() {
    openSynthetic(500, 500);
    QTRY_VERIFY(m_view->isAtNewest());
    desk::Message message = syntheticMessage(500);
    message.direction = desk::Direction::Inbound;
    m_desk->inbox.openModel()->append(message);
    QTRY_COMPARE(m_view->visibleRows().second, 500);
    m_view->resize(500, 400);
    QTRY_COMPARE(m_view->visibleRows().second, 500);
    QVERIFY(m_view->isAtNewest());
}

void TestInboxConversation::jumpsBackToTheNewest() {
    openSynthetic(500, 500);
    auto *button = m_view->findChild<QPushButton *>(QStringLiteral("scrollToNewest"));
    QVERIFY(button);
    QTRY_VERIFY(!button->isVisible());
    m_view->verticalScrollBar()->setValue(0);
    QTRY_COMPARE(m_view->visibleRows().first, 0);
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(m_view->visibleRows().second, 499);
    QVERIFY(!button->isVisible());
}

void TestInboxConversation::staysPutWhenACustomerWrites() {
    openSynthetic(500, 500);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() / 2);
    const auto before = lowerEdges(*m_view);
    desk::Message message = syntheticMessage(500);
    message.direction = desk::Direction::Inbound;
    m_desk->inbox.openModel()->append(message);
    m_view->viewport()->repaint();
    QCOMPARE(lowerEdges(*m_view), before);
    message.direction = desk::Direction::Outbound; // but one's own message is shown
    m_desk->inbox.openModel()->append(message);
    QTRY_COMPARE(m_view->visibleRows().second, 501);
}

void TestInboxConversation::walksByKeyboard() {
    openSynthetic(300, 300);
    QTRY_COMPARE(m_view->visibleRows().second, 299);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->currentIndex().row(), 298); // the focus alone has chosen the newest
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->currentIndex().row(), 268);
    QVERIFY(m_view->viewport()->rect().contains(m_view->visualRect(m_view->currentIndex())));
    QTest::keyClick(m_view.get(), Qt::Key_PageUp);
    QVERIFY(m_view->currentIndex().row() < 266);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->currentIndex().row(), 0);
    QCOMPARE(m_view->visibleRows().first, 0);
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->currentIndex().row(), 299);
    QVERIFY(m_view->isAtNewest());
}

void TestInboxConversation::copiesByKeyboard() {
    openSample();
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Track it here: https://sho.rt/x1"));
    QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("We, 24 Nov 2026 %1: That’s fixed. “Order 4521” ships today.\n"
                            "We, 24 Nov 2026 %1: Track it here: https://sho.rt/x1")
                 .arg(sampleNow().addSecs(-60).toLocalTime().toString(QStringLiteral("HH:mm"))));
    m_view->copyTextOnly();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("That’s fixed. “Order 4521” ships today.\nTrack it here: https://sho.rt/x1"));
}

void TestInboxConversation::followsLinksByMouse() {
    openSample();
    QSignalSpy resend(m_view.get(), &ConversationView::editAndResendRequested);
    QSignalSpy explain(m_view.get(), &ConversationView::explanationRequested);
    const QModelIndex failed = indexOfState(desk::MessageState::Failed);
    const QPoint point = linkOf(failed, MessageAction::EditAndResend);
    QVERIFY(m_view->viewport()->rect().contains(point));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(resend.count(), 1);
    QCOMPARE(resend.front().front().value<desk::Message>().text,
             QStringLiteral("Track it here: https://sho.rt/x1"));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, linkOf(failed, MessageAction::Explain));
    QCOMPARE(explain.count(), 1);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                      m_view->visualRect(failed).topLeft() + QPoint(3, 3));
    QCOMPARE(resend.count() + explain.count(), 2);
}

void TestInboxConversation::followsLinksByKeyboard() {
    openSample();
    QSignalSpy settled(m_view.get(), &ConversationView::settlementChosen);
    const QModelIndex doubt = indexOfState(desk::MessageState::Uncertain);
    m_view->setCurrentIndex(doubt);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(settled.count(), 0); // nothing is chosen yet, so nothing happens by accident
    const QList expected{desk::Settlement::SendAgain, desk::Settlement::CountAsSent,
                         desk::Settlement::Discard};
    for (const desk::Settlement settlement : expected) {
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(settled.back().at(1).value<desk::Settlement>(), settlement);
    }
    QCOMPARE(settled.count(), 3);
    QCOMPARE(settled.front().front().value<desk::MessageRow>().value,
             doubt.data(desk::MessageRowRole).toLongLong());
}

void TestInboxConversation::offersAMenuByKeyboard() {
    openSample();
    QSignalSpy settled(m_view.get(), &ConversationView::settlementChosen);
    m_view->setCurrentIndex(indexOfState(desk::MessageState::Uncertain));
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(1, 1), m_view->mapToGlobal(QPoint(1, 1)));
    QApplication::sendEvent(m_view->viewport(), &byKey);
    auto *menu = m_view->findChild<QMenu *>(QStringLiteral("messageMenu"));
    QVERIFY(menu);
    QTRY_VERIFY(menu->isVisible());
    QStringList entries;
    for (const QAction *action : menu->actions())
        entries << action->text();
    QCOMPARE(entries, (QStringList{QStringLiteral("Send again"), QStringLiteral("It was sent"),
                                   QStringLiteral("Discard"), QStringLiteral("Copy text"),
                                   QStringLiteral("Copy with name and time"),
                                   QStringLiteral("Details and raw events…")}));
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_COMPARE(settled.count(), 1);
    QCOMPARE(settled.front().at(1).value<desk::Settlement>(), desk::Settlement::CountAsSent);
}

void TestInboxConversation::marksReadWhenSeen() {
    m_desk->inbox.setSyntheticMessages(desk::ConversationId{2}, 40, 40);
    QCOMPARE(m_desk->inbox.conversation(desk::ConversationId{2})->unread, 2);
    m_view->open(desk::ConversationId{2});
    QCOMPARE(m_desk->inbox.conversation(desk::ConversationId{2})->unread, 2);
    m_view->show();
    m_view->activateWindow();
    QTRY_COMPARE(m_desk->inbox.conversation(desk::ConversationId{2})->unread, 0);
}

void TestInboxConversation::repaintsWhatChanged() {
    openSample();
    const QModelIndex sent = indexOfState(desk::MessageState::Sent);
    const int before = m_view->visualRect(sent).height();
    const desk::MessageRow row{sent.data(desk::MessageRowRole).toLongLong()};
    m_delegate->measured.clear();
    m_desk->inbox.openModel()->change(row, [](desk::Message &message) {
        message.state = desk::MessageState::Failed;
        message.failure =
            desk::MessageFailure{QStringLiteral("40001"), QStringLiteral("No such number"), {}, {}};
    });
    QTRY_VERIFY(m_view->visualRect(sent).height() > before + 20);
    QVERIFY(!linkOf(sent, MessageAction::EditAndResend).isNull());
}

// What stands on the screen after pixels were moved, against a picture painted anew.
void TestInboxConversation::movedPixelsAreRight() {
    openSynthetic(400, 400);
    const auto onScreen = [this] {
        return m_view->screen()->grabWindow(m_view->winId()).toImage().convertToFormat(QImage::Format_RGB32);
    };
    const auto anew = [this] { return m_view->grab().toImage().convertToFormat(QImage::Format_RGB32); };
    QTRY_COMPARE(onScreen(), anew());
    for (const int notches : {1, 1, 3, -1, 2, 1, 1, -2, 30, 1, -1}) {
        QWheelEvent wheel(QPointF(300, 300), m_view->mapToGlobal(QPointF(300, 300)), {}, {0, 120 * notches},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &wheel);
        QTRY_COMPARE(onScreen(), anew());
    }
}

void TestInboxConversation::hasAnAccessibleTable() {
    openSynthetic(100'000, 100'000);
    QAccessible::setActive(true);
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(table);
    QVERIFY(table->tableInterface());
    QCOMPARE(table->tableInterface()->rowCount(), 100'000);
    QAccessibleInterface *cell = table->tableInterface()->cellAt(99'998, 0);
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), syntheticMessage(99'998).text);
    m_delegate->measured.clear();
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    m_desk->inbox.openModel()->append(syntheticMessage(100'000));
    QCOMPARE(table->tableInterface()->rowCount(), 100'001);
    QVERIFY(m_delegate->measured.size() < 60);
    QAccessible::setActive(false);
}

QTEST_MAIN(TestInboxConversation)
#include "inbox_conversation.moc"
