#include "inbox/message_layout.h"
#include "inbox/message_words.h"
#include "style/theme.h"
#include "support/fake_inbox.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

using namespace longcode;
using namespace longcode::tests;
using inbox::MessageLayout;

Q_DECLARE_METATYPE(longcode::desk::MessageState)

namespace {

desk::Message said(const QString &text, desk::Direction direction = desk::Direction::Inbound) {
    desk::Message message;
    message.row = desk::MessageRow{1};
    message.direction = direction;
    message.state =
        direction == desk::Direction::Inbound ? desk::MessageState::Received : desk::MessageState::Sent;
    message.text = text;
    message.at = sampleNow();
    return message;
}

inbox::RowShape shape(int width = 700, bool mirrored = false) {
    return {
        .width = width, .startsDay = false, .mirrored = mirrored, .reader = {}, .font = QApplication::font()};
}

} // namespace

class TestInboxMessages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<style::Theme>(*qApp, style::Scheme::Light); }
    void init() { failOnAnyWarning(); }
    void foreignTextStaysLiteral_data();
    void foreignTextStaysLiteral();
    void rightToLeftTextEndsAtTheRight();
    void directionFollowsTheFirstStrongCharacter_data();
    void directionFollowsTheFirstStrongCharacter();
    void ownMessagesStandOpposite();
    void everythingFitsAnyWidth_data();
    void everythingFitsAnyWidth();
    void saysWhatHappened_data();
    void saysWhatHappened();
    void failureTellsServerWordsFirst();
    void doubtOffersThreeDecisions();
    void foreignWordsCannotReorderOurs();
    void daySeparatorAddsOnlyAbove();
    void paintsTheHtmlAsLetters();

private:
    std::unique_ptr<style::Theme> m_theme;
};

void TestInboxMessages::foreignTextStaysLiteral_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("image") << QStringLiteral("<img src=x onerror=alert(1)>");
    QTest::newRow("bold") << QStringLiteral("<b>bold</b> &amp; <a href='http://x'>y</a>");
    QTest::newRow("mnemonic") << QStringLiteral("&File && more");
    QTest::newRow("markdown") << QStringLiteral("# title **b** [x](y)");
    QTest::newRow("percent") << QStringLiteral("%1 %n 100%");
}

void TestInboxMessages::foreignTextStaysLiteral() {
    QFETCH(const QString, text);
    QCOMPARE(MessageLayout(said(text), shape()).shownText(), text);
    desk::Message failed = said(text, desk::Direction::Outbound);
    failed.state = desk::MessageState::Failed;
    failed.failure = desk::MessageFailure{QStringLiteral("1"), text, {}, {}};
    const MessageLayout layout(failed, shape());
    QVERIFY(layout.shownNotice().contains(text));
}

void TestInboxMessages::rightToLeftTextEndsAtTheRight() {
    const QString text =
        QStringLiteral("مرحبا، هل وصل طلبي رقم 4521؟ أود أن أعرف متى يمكنني استلامه من المتجر لأنني "
                       "مسافر غدا صباحا مع العائلة كلها إلى الجبال");
    const MessageLayout layout(said(text), shape(500));
    QCOMPARE(layout.textDirection(), Qt::RightToLeft);
    QVERIFY(layout.bubble().left() < 30); // the customer's side stays the customer's
    const QRectF first = layout.lineRect(0);
    const QRectF second = layout.lineRect(1);
    QVERIFY(qAbs(first.right() - second.right()) < 2);
    QVERIFY(qAbs(first.right() - (layout.bubble().right() - 12)) < 2);
    const MessageLayout latin(said(QStringLiteral("Ok")), shape(500));
    QVERIFY(qAbs(latin.lineRect(0).left() - (latin.bubble().left() + 12)) < 2);
    const MessageLayout brief(said(QStringLiteral("لا")), shape(500));
    QVERIFY(qAbs(brief.lineRect(0).right() - (brief.bubble().right() - 12)) < 2);
}

void TestInboxMessages::directionFollowsTheFirstStrongCharacter_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("latin") << QStringLiteral("Hello") << Qt::LeftToRight;
    QTest::newRow("digits first") << QStringLiteral("4521 שלום") << Qt::RightToLeft;
    QTest::newRow("emoji first") << QStringLiteral("🎉 مرحبا") << Qt::RightToLeft;
    QTest::newRow("latin first") << QStringLiteral("Ok שלום") << Qt::LeftToRight;
    QTest::newRow("nothing strong") << QStringLiteral("123 !") << Qt::LeftToRight;
    QTest::newRow("empty") << QString() << Qt::LeftToRight;
}

void TestInboxMessages::directionFollowsTheFirstStrongCharacter() {
    QFETCH(const QString, text);
    QFETCH(const Qt::LayoutDirection, direction);
    QCOMPARE(MessageLayout(said(text), shape()).textDirection(), direction);
}

void TestInboxMessages::ownMessagesStandOpposite() {
    const QString text = QStringLiteral("Hello");
    const auto own = desk::Direction::Outbound;
    QVERIFY(MessageLayout(said(text), shape()).bubble().center().x() < 350);
    QVERIFY(MessageLayout(said(text, own), shape()).bubble().center().x() > 350);
    QVERIFY(MessageLayout(said(text), shape(700, true)).bubble().center().x() > 350);
    QVERIFY(MessageLayout(said(text, own), shape(700, true)).bubble().center().x() < 350);
}

void TestInboxMessages::everythingFitsAnyWidth_data() {
    QTest::addColumn<int>("width");
    for (const int width : {160, 320, 480, 700, 1400})
        QTest::addRow("%d", width) << width;
}

void TestInboxMessages::everythingFitsAnyWidth() {
    QFETCH(const int, width);
    desk::Message message = said(QString(300, QLatin1Char('W')), desk::Direction::Outbound);
    message.state = desk::MessageState::Uncertain;
    message.segments = 2;
    message.mediaCount = 3;
    const MessageLayout layout(message, shape(width));
    const QRectF row(0, 0, width, layout.height());
    QVERIFY(row.contains(layout.bubble()));
    QVERIFY(row.contains(layout.noticeBox()));
    QCOMPARE(layout.links().size(), 3);
    for (const auto &link : layout.links())
        QVERIFY(layout.noticeBox().contains(link.rect));
    QVERIFY(layout.bubble().bottom() < layout.noticeBox().top());
    QVERIFY(layout.bubble().contains(layout.lineRect(0)));
}

void TestInboxMessages::saysWhatHappened_data() {
    QTest::addColumn<desk::MessageState>("state");
    QTest::addColumn<bool>("notice");
    QTest::newRow("sent") << desk::MessageState::Sent << false;
    QTest::newRow("delivered") << desk::MessageState::Delivered << false;
    QTest::newRow("unconfirmed") << desk::MessageState::Unconfirmed << false;
    QTest::newRow("cancelled") << desk::MessageState::Cancelled << false;
    QTest::newRow("failed") << desk::MessageState::Failed << true;
    QTest::newRow("rejected") << desk::MessageState::Rejected << true;
    QTest::newRow("uncertain") << desk::MessageState::Uncertain << true;
}

void TestInboxMessages::saysWhatHappened() {
    QFETCH(const desk::MessageState, state);
    QFETCH(const bool, notice);
    desk::Message message = said(QStringLiteral("x"), desk::Direction::Outbound);
    message.state = state;
    message.segments = 1;
    QCOMPARE(inbox::noticeFor(message).has_value(), notice);
    const QStringList parts = inbox::smallPrint(message, {}).split(QStringLiteral(" · "));
    QCOMPARE(parts.size(), 3);
    QCOMPARE(parts.at(0), sampleNow().toLocalTime().toString(QStringLiteral("HH:mm")));
    QCOMPARE(parts.at(1), QStringLiteral("1 segment"));
    QVERIFY(!parts.at(2).isEmpty());
    message.segments = 3;
    QVERIFY(inbox::smallPrint(message, {}).contains(QStringLiteral("3 segments")));
    message.serverStatus = QStringLiteral("teleported");
    QVERIFY(inbox::smallPrint(message, {}).endsWith(QStringLiteral("teleported")));
}

void TestInboxMessages::failureTellsServerWordsFirst() {
    desk::Message message = said(QStringLiteral("x"), desk::Direction::Outbound);
    message.state = desk::MessageState::Failed;
    message.failure = desk::MessageFailure{QStringLiteral("40017"), QStringLiteral("Flagged as spam."),
                                           QStringLiteral("Short links."), QStringLiteral("Write it out.")};
    const QString notice = MessageLayout(message, shape()).shownNotice();
    QVERIFY(notice.startsWith(QStringLiteral("Not delivered:")));
    QVERIFY(notice.contains(QStringLiteral("Flagged as spam (40017).")));
    QVERIFY(notice.indexOf(QStringLiteral("Flagged")) < notice.indexOf(QStringLiteral("Short links.")));
    message.state = desk::MessageState::Rejected;
    message.failure.reset();
    QVERIFY(MessageLayout(message, shape()).shownNotice().startsWith(QStringLiteral("Not sent:")));
}

void TestInboxMessages::doubtOffersThreeDecisions() {
    desk::Message message = said(QStringLiteral("x"), desk::Direction::Outbound);
    message.state = desk::MessageState::Uncertain;
    const auto notice = inbox::noticeFor(message);
    QVERIFY(notice && notice->doubt);
    QCOMPARE(notice->actions, (QList{inbox::MessageAction::SendAgain, inbox::MessageAction::CountAsSent,
                                     inbox::MessageAction::Discard}));
}

void TestInboxMessages::foreignWordsCannotReorderOurs() {
    desk::Message message = said(QStringLiteral("x"), desk::Direction::Outbound);
    message.state = desk::MessageState::Failed;
    message.failure = desk::MessageFailure{{}, QStringLiteral("evil \u202e txet"), {}, {}};
    QVERIFY(!MessageLayout(message, shape()).shownNotice().contains(QChar(0x202e)));
    message.serverStatus = QStringLiteral("\u202eodd\nstate");
    QVERIFY(inbox::smallPrint(message, {}).endsWith(QStringLiteral("odd state")));
}

void TestInboxMessages::daySeparatorAddsOnlyAbove() {
    inbox::RowShape separated = shape();
    separated.startsDay = true;
    const MessageLayout plain(said(QStringLiteral("Hello")), shape());
    const MessageLayout first(said(QStringLiteral("Hello")), separated);
    QVERIFY(first.height() > plain.height());
    QCOMPARE(first.height() - first.bubble().bottom(), plain.height() - plain.bubble().bottom());
}

void TestInboxMessages::paintsTheHtmlAsLetters() {
    const auto ink = [&](const QString &text) {
        const MessageLayout layout(said(text), shape());
        QImage image(700, layout.height(), QImage::Format_RGB32);
        image.fill(m_theme->tokens().window);
        QPainter painter(&image);
        layout.paint(&painter, m_theme->tokens(), {});
        painter.end();
        int dark = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                dark += qGray(image.pixel(x, y)) < 110 ? 1 : 0;
        }
        return dark;
    };
    // As rich text both would look alike.
    QVERIFY(ink(QStringLiteral("<i></i><u></u>word")) > ink(QStringLiteral("word")) * 2);
}

QTEST_MAIN(TestInboxMessages)
#include "inbox_messages.moc"
