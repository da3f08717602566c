#include "inbox/conversation_view.h"
#include "inbox/link_opener.h"
#include "inbox/message_delegate.h"
#include "style/theme.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>

using namespace longcode;
using namespace longcode::tests;
using inbox::ConversationView;

namespace {
constexpr desk::ConversationId talk{1};
} // namespace

/// Links in texts: where they lead is shown, and nothing is opened without consent.
class TestLinks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Light); }
    void init();
    void cleanup();
    void plainLinkAsksOnce();
    void askedAgainUntilToldOtherwise();
    void oddLinkIsWarnedOf();
    void reachedByKeyboard();
    void linkOverTwoLinesHasTwoPlaces();
    void linkBehindControlsStaysInPlace();
    void textIsNotALink();

private:
    void say(const QString &text);
    [[nodiscard]] std::shared_ptr<const inbox::MessageLayout> layout() const;
    void clickLink(int number);
    [[nodiscard]] inbox::LinkDialog *dialog() const;

    std::unique_ptr<style::Theme> m_theme;
    SampleClock m_clock;
    std::unique_ptr<SampleDesk> m_desk;
    std::unique_ptr<inbox::MessageDelegate> m_delegate;
    std::unique_ptr<ConversationView> m_view;
    QList<QUrl> m_opened;
};

void TestLinks::init() {
    failOnAnyWarning();
    m_opened.clear();
    m_desk = std::make_unique<SampleDesk>();
    m_delegate = std::make_unique<inbox::MessageDelegate>(m_clock);
    m_view = std::make_unique<ConversationView>(m_desk->inbox, m_clock);
    m_view->setMessageDelegate(m_delegate.get());
    m_view->links().setOpen([this](const QUrl &url) { m_opened << url; });
    m_view->resize(640, 480);
}

void TestLinks::cleanup() {
    m_view.reset();
    m_delegate.reset();
    m_desk.reset();
}

void TestLinks::say(const QString &text) {
    desk::Message message = syntheticMessage(1);
    message.text = text;
    m_desk->inbox.setMessages(talk, {message});
    m_view->open(talk);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTRY_COMPARE(m_view->visibleRows().second, 0);
}

std::shared_ptr<const inbox::MessageLayout> TestLinks::layout() const {
    const QModelIndex index = m_view->model()->index(0, 0);
    QStyleOptionViewItem option;
    option.font = m_view->font();
    option.direction = m_view->layoutDirection();
    option.rect = m_view->visualRect(index);
    return m_delegate->layoutOf(option, index);
}

void TestLinks::clickLink(int number) {
    const QPoint place = layout()->links().at(number).rect.center().toPoint();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                      m_view->visualRect(m_view->model()->index(0, 0)).topLeft() + place);
}

inbox::LinkDialog *TestLinks::dialog() const {
    return m_view->window()->findChild<inbox::LinkDialog *>(QStringLiteral("linkDialog"));
}

void TestLinks::plainLinkAsksOnce() {
    say(QStringLiteral("See https://example.com/a?b=1 for more"));
    QCOMPARE(layout()->links().size(), 1);
    clickLink(0);
    QVERIFY(m_opened.isEmpty());
    QVERIFY(dialog());
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
    QCOMPARE(dialog()->findChild<QLabel *>(QStringLiteral("linkHost"))->text(),
             QStringLiteral("example.com"));
    QVERIFY(!dialog()->findChild<QLabel *>(QStringLiteral("linkAsciiHost")));
    QTest::mouseClick(dialog()->findChild<QPushButton *>(QStringLiteral("linkCopy")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("https://example.com/a?b=1"));
    QTest::mouseClick(dialog()->findChild<QPushButton *>(QStringLiteral("linkOpen")), Qt::LeftButton);
    QCOMPARE(m_opened, QList{QUrl(QStringLiteral("https://example.com/a?b=1"))});
}

void TestLinks::askedAgainUntilToldOtherwise() {
    say(QStringLiteral("https://example.com/1"));
    clickLink(0);
    QTest::mouseClick(dialog()->findChild<QPushButton *>(QStringLiteral("linkCancel")), Qt::LeftButton);
    QVERIFY(m_opened.isEmpty());
    QTRY_VERIFY(!dialog());
    clickLink(0);
    dialog()->findChild<QCheckBox *>(QStringLiteral("linkAlways"))->setChecked(true);
    QTest::mouseClick(dialog()->findChild<QPushButton *>(QStringLiteral("linkOpen")), Qt::LeftButton);
    QCOMPARE(m_opened.size(), 1);
    QTRY_VERIFY(!dialog());
    clickLink(0);
    QVERIFY(!dialog());
    QCOMPARE(m_opened.size(), 2);
}

void TestLinks::oddLinkIsWarnedOf() {
    say(QStringLiteral("Pay at https://pаypal.com/login now")); // with a Cyrillic а
    QCOMPARE(layout()->links().size(), 1);
    clickLink(0);
    QVERIFY(dialog());
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
    QVERIFY(!dialog()->findChildren<QWidget *>(QStringLiteral("linkWarning")).isEmpty());
    QVERIFY(dialog()
                ->findChild<QLabel *>(QStringLiteral("linkAsciiHost"))
                ->text()
                .contains(QStringLiteral("xn--")));
    QVERIFY(!dialog()->findChild<QCheckBox *>(QStringLiteral("linkAlways")));
    QTest::keyClick(dialog(), Qt::Key_Return); // the safe one is the default
    QTRY_VERIFY(!dialog());
    QVERIFY(m_opened.isEmpty());
}

void TestLinks::reachedByKeyboard() {
    say(QStringLiteral("First https://example.com/1 then https://example.org/2"));
    m_view->setCurrentIndex(m_view->model()->index(0, 0));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QVERIFY(dialog());
    QCOMPARE(dialog()->findChild<QLabel *>(QStringLiteral("linkHost"))->text(),
             QStringLiteral("example.org"));
}

void TestLinks::linkOverTwoLinesHasTwoPlaces() {
    say(QStringLiteral("https://example.com/") + QString(160, QLatin1Char('a')));
    const auto &link = layout()->links().front();
    QVERIFY(!link.rest.isEmpty());
    QVERIFY(link.contains(link.rest.back().center()));
}

void TestLinks::linkBehindControlsStaysInPlace() {
    say(QStringLiteral("odd \u202e: https://example.com/x"));
    const auto drawn = layout();
    QCOMPARE(drawn->links().size(), 1);
    const int begin = int(drawn->shownText().indexOf(QStringLiteral("https")));
    const QRectF expected = drawn->block().rectsOf(begin, 21).front().translated(drawn->textOrigin());
    QVERIFY(qAbs(drawn->links().front().rect.left() - expected.left()) < 1);
}

void TestLinks::textIsNotALink() {
    say(QStringLiteral("Ask anna@example.com or read report.pdf"));
    QVERIFY(layout()->links().isEmpty());
}

QTEST_MAIN(TestLinks)
#include "tst_links.moc"
