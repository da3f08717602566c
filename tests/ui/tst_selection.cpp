#include "inbox/conversation_view.h"
#include "inbox/found_marks.h"
#include "inbox/message_delegate.h"
#include "inbox/shown_text.h"
#include "inbox/text_block.h"
#include "style/theme.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QApplication>
#include <QClipboard>

using namespace longcode;
using namespace longcode::tests;
using inbox::ConversationView;
using inbox::ShownText;
using inbox::TextBlock;

/// Selecting text over bubbles, paragraphs of both directions, and characters that nobody sees.
class TestSelection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Light); }
    void init();
    void cleanup();
    void drawsOverBubbles();
    void extendsByShiftClick();
    void selectsAWordByDoubleClick();
    void extendsByKeyboard();
    void copiesWhatStandsInTheText();
    void everyParagraphHasItsOwnDirection();
    void controlsAreShown();
    void placesGoThereAndBack();
    void marksFoldCaseAndAccents_data();
    void marksFoldCaseAndAccents();

private:
    [[nodiscard]] QPoint placeIn(const QString &text, int place) const;
    [[nodiscard]] QModelIndex indexOf(const QString &text) const;

    std::unique_ptr<style::Theme> m_theme;
    SampleClock m_clock;
    std::unique_ptr<SampleDesk> m_desk;
    std::unique_ptr<inbox::MessageDelegate> m_delegate;
    std::unique_ptr<ConversationView> m_view;
};

namespace {
const QString sentText = QStringLiteral("That’s fixed. “Order 4521” ships today.");
const QString failedText = QStringLiteral("Track it here: https://sho.rt/x1");
} // namespace

void TestSelection::init() {
    failOnAnyWarning();
    m_desk = std::make_unique<SampleDesk>();
    m_delegate = std::make_unique<inbox::MessageDelegate>(m_clock);
    m_view = std::make_unique<ConversationView>(m_desk->inbox, m_clock);
    m_view->setMessageDelegate(m_delegate.get());
    m_view->resize(760, 900);
    m_view->open(SampleDesk::maria);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TestSelection::cleanup() {
    m_view.reset();
    m_delegate.reset();
    m_desk.reset();
}

QModelIndex TestSelection::indexOf(const QString &text) const {
    for (int row = 0; row < m_view->model()->rowCount(); ++row) {
        const QModelIndex index = m_view->model()->index(row, 0);
        if (index.data(desk::MessageRole).value<desk::Message>().text == text)
            return index;
    }
    return {};
}

/// Where the letter at `place` begins, in the view.
QPoint TestSelection::placeIn(const QString &text, int place) const {
    const QModelIndex index = indexOf(text);
    QStyleOptionViewItem option;
    option.font = m_view->font();
    option.direction = m_view->layoutDirection();
    option.rect = m_view->visualRect(index);
    const auto layout = m_delegate->layoutOf(option, index);
    const QList<QRectF> rects = layout->block().rectsOf(place, 1);
    if (rects.isEmpty())
        return {};
    const QPointF point = layout->textOrigin() + rects.front().topLeft() + QPointF(0.5, 6);
    return option.rect.topLeft() + point.toPoint();
}

void TestSelection::drawsOverBubbles() {
    const QPoint from = placeIn(sentText, 7); // before "fixed"
    const QPoint to = placeIn(failedText, 9); // before "here"
    QVERIFY(!from.isNull() && !to.isNull());
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, m_view->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     {});
    QApplication::sendEvent(m_view->viewport(), &move);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, to);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("fixed. “Order 4521” ships today.\nTrack it "));
    QVERIFY(m_view->selectionModel()->selectedIndexes().isEmpty()); // letters, not messages
}

void TestSelection::extendsByShiftClick() {
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeIn(sentText, 0));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, placeIn(sentText, 6));
    QCOMPARE(m_view->selectedText(), QStringLiteral("That’s"));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeIn(sentText, 3));
    QCOMPARE(m_view->selectedText(), sentText); // a click selects the message
}

void TestSelection::selectsAWordByDoubleClick() {
    const QPoint point = placeIn(sentText, 16);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(m_view->selectedText(), QStringLiteral("Order"));
}

void TestSelection::extendsByKeyboard() {
    m_view->setCurrentIndex(indexOf(sentText));
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), QStringLiteral("Th"));
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    const QString two = m_view->selectedText();
    QVERIFY2(two.startsWith(sentText + QStringLiteral("\nTrack")), qPrintable(two));
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QVERIFY(!m_view->selectedText().contains(QLatin1Char('\n')));
}

void TestSelection::copiesWhatStandsInTheText() {
    const QString odd = QStringLiteral("a\u202eb\r\nc");
    const ShownText text(odd);
    QVERIFY(!text.shown().contains(QChar(0x202e)));
    QCOMPARE(text.originalBetween(0, int(text.shown().size())), QStringLiteral("a\u202eb\nc"));
    QCOMPARE(text.originalBetween(text.toShown(2), text.toShown(3)), QStringLiteral("b"));
}

void TestSelection::everyParagraphHasItsOwnDirection() {
    TextBlock block;
    block.set(QStringLiteral("Hello\nشكرا\n123"), QApplication::font(), {}, 400);
    block.alignIn(400);
    QCOMPARE(block.lineCount(), 3);
    QCOMPARE(block.direction(), Qt::LeftToRight);
    QVERIFY(block.lineRect(0).left() < 1);
    QVERIFY(block.lineRect(1).right() > 399);
    QVERIFY(block.lineRect(2).left() < 1); // nothing strong: as the text
    TextBlock arabic;
    arabic.set(QStringLiteral("شكرا\nOk\n123"), QApplication::font(), {}, 400);
    arabic.alignIn(400);
    QVERIFY(arabic.lineRect(0).right() > 399);
    QVERIFY(arabic.lineRect(1).left() < 1);
    QVERIFY(arabic.lineRect(2).right() > 399);
}

void TestSelection::controlsAreShown() {
    QCOMPARE(ShownText(QStringLiteral("evil \u202e txet")).shown(), QStringLiteral("evil ⟨U+202E⟩ txet"));
    QCOMPARE(ShownText(QStringLiteral("one\u2028two\u2029three\rfour")).shown(),
             QStringLiteral("one\ntwo\nthree\nfour"));
}

void TestSelection::placesGoThereAndBack() {
    const ShownText text(QStringLiteral("ab\u202ec\u202dd"));
    for (const int place : {0, 1, 2, 3, 4, 5, 6})
        QCOMPARE(text.toOriginal(text.toShown(place)), place);
    QCOMPARE(text.shown().mid(text.toShown(3), 1), QStringLiteral("c"));
    QCOMPARE(text.shown().mid(text.toShown(5), 1), QStringLiteral("d"));
}

void TestSelection::marksFoldCaseAndAccents_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("searched");
    QTest::addColumn<QString>("found"); ///< each mark, with bars between
    QTest::newRow("beginning of a word")
        << QStringLiteral("Orders and reorders") << QStringLiteral("order") << QStringLiteral("Order");
    QTest::newRow("accents") << QStringLiteral("Café CAFÉ cafe") << QStringLiteral("cafe")
                             << QStringLiteral("Café|CAFÉ|cafe");
    QTest::newRow("two words") << QStringLiteral("the red van") << QStringLiteral("van red")
                               << QStringLiteral("red|van");
    QTest::newRow("digits within") << QStringLiteral("+12125550188") << QStringLiteral("0188")
                                   << QStringLiteral("0188");
    QTest::newRow("Arabic") << QStringLiteral("وصل الطلب اليوم") << QStringLiteral("الطلب")
                            << QStringLiteral("الطلب");
    QTest::newRow("nothing") << QStringLiteral("abc") << QStringLiteral("  ") << QString();
    QTest::newRow("overlap") << QStringLiteral("parcel") << QStringLiteral("par parc")
                             << QStringLiteral("parc");
}

void TestSelection::marksFoldCaseAndAccents() {
    QFETCH(const QString, text);
    QFETCH(const QString, searched);
    QFETCH(const QString, found);
    QStringList marked;
    for (const desk::Mark &mark : inbox::foundIn(text, searched))
        marked << text.mid(mark.first, mark.second);
    QCOMPARE(marked.join(QLatin1Char('|')), found);
}

QTEST_MAIN(TestSelection)
#include "tst_selection.moc"
