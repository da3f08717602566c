#include "e2e/console_under_test.h"
#include "e2e/world.h"

#include <QTemporaryDir>
#include <QTest>

using namespace longcode::tests;

namespace {

const QString composer = QStringLiteral("composerEdit");
const QString sendButton = QStringLiteral("sendButton");
const QString messages = QStringLiteral("conversationView");
const QString list = QStringLiteral("conversationList");
const QString relay = QStringLiteral("relayState");
const QString own = QStringLiteral("+14155550100");
const QString maya = QStringLiteral("+14155550111");

} // namespace

/// A conversation from the first click to the last answer, and what may go wrong in it. The three real
/// processes; the slots build on each other.
class ConversationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void textsACustomerAndReadsTheAnswer();
    void countsSegmentsWhileTyping();
    void survivesTheRelay();
    void stopBlocksTheNextSend();
    void startLiftsTheBlock();
    void saysWhyATextFailed();
    void isUncertainWhenTheAnswerIsLost();
    void waitsWhileTheApiCannotBeReached();
    void saysThatTheKeyIsRefused();
    void keepsTheDraftOverAKill();
    void picturesForTheReadme();

private:
    bool say(const QString &text);
    bool begin(const QString &number);

    QTemporaryDir m_scratch;
    QString m_profile;
    World m_world;
    ConsoleUnderTest m_console;
};

void ConversationTest::initTestCase() {
    QVERIFY2(m_world.start(m_scratch.path()), qPrintable(m_world.why()));
    m_profile = m_scratch.filePath(QStringLiteral("profile"));
    QVERIFY2(m_world.makeProfile(m_profile), qPrintable(m_world.why()));
    QVERIFY2(m_console.start(m_profile), qPrintable(m_console.why()));
    QVERIFY(ConsoleUnderTest::eventually(
        [&] { return m_console.text(relay).contains(QStringLiteral("connected")); }));
}

/// A picture of the window when something went wrong.
void ConversationTest::cleanup() {
    if (QTest::currentTestFailed() && m_console.isRunning())
        m_console.grab(QStringLiteral(LONGCODE_BIN_DIR "/../e2e-%1.png")
                           .arg(QLatin1String(QTest::currentTestFunction())),
                       1440, 900);
}

bool ConversationTest::begin(const QString &number) {
    return m_console.click(QStringLiteral("newConversation")) &&
           ConsoleUnderTest::eventually([&] { return m_console.isVisible(QStringLiteral("numberField")); }) &&
           m_console.type(QStringLiteral("numberField"), number) && ConsoleUnderTest::eventually([&] {
               return m_console.isEnabled(QStringLiteral("newSenderBox"));
           }) &&
           m_console.press(QStringLiteral("numberField"), QStringLiteral("Return")) &&
           ConsoleUnderTest::eventually([&] {
               return !m_console.isVisible(QStringLiteral("numberField")) && m_console.isVisible(composer) &&
                      m_console.rows(messages).isEmpty();
           });
}

bool ConversationTest::say(const QString &text) {
    return m_console.type(composer, text) && m_console.click(sendButton) &&
           ConsoleUnderTest::eventually([&] { return m_console.text(composer).isEmpty(); });
}

void ConversationTest::textsACustomerAndReadsTheAnswer() {
    QVERIFY(begin(QStringLiteral("(415) 555-0111")));
    QVERIFY(say(QStringLiteral("Hello, this is Acme. How can we help?")));
    QVERIFY(
        m_console.showsRow(messages, {QStringLiteral("Hello, this is Acme"), QStringLiteral("Delivered")}));
    QVERIFY(m_console.showsRow(messages, {QStringLiteral("blue kettle")}));
    QVERIFY(m_console.showsRow(list, {QStringLiteral("Has it shipped")}));
    QCOMPARE(m_world.textsSent(), QStringList{QStringLiteral("Hello, this is Acme. How can we help?")});
}

void ConversationTest::countsSegmentsWhileTyping() {
    // 153 x ']' is 306 septets, but a pair never straddles two segments: three, not two.
    QVERIFY(m_console.type(composer, QString(153, QLatin1Char(']'))));
    QVERIFY(ConsoleUnderTest::eventually([&] {
        return m_console.text(QStringLiteral("segmentMeter")).contains(QStringLiteral("3 segments"));
    }));
    QVERIFY(m_console.press(composer, QStringLiteral("Ctrl+A")));
    QVERIFY(m_console.type(composer, QString::fromUtf8("It’s on the truck")));
    QVERIFY(ConsoleUnderTest::eventually(
        [&] { return m_console.text(QStringLiteral("segmentMeter")).contains(QStringLiteral("UCS-2")); }));
    QVERIFY(m_console.isVisible(QStringLiteral("encodingNotice")));
    QVERIFY(m_console.click(QStringLiteral("replaceButton")));
    QVERIFY(ConsoleUnderTest::eventually(
        [&] { return m_console.text(composer) == QStringLiteral("It's on the truck"); }));
    QVERIFY(m_console.text(QStringLiteral("segmentMeter")).contains(QStringLiteral("GSM-7")));
    // An 11th segment is refused with a sentence, and the text stays.
    QVERIFY(m_console.press(composer, QStringLiteral("Ctrl+A")));
    QVERIFY(m_console.type(composer, QString(1531, QLatin1Char('x'))));
    const auto before = m_world.textsSent().size();
    QVERIFY(m_console.press(composer, QStringLiteral("Return")));
    QVERIFY(ConsoleUnderTest::eventually(
        [&] { return m_console.text(QStringLiteral("composerProblem")).contains(QStringLiteral("11")); }));
    QCOMPARE(m_console.text(composer).size(), 1531);
    QCOMPARE(m_world.textsSent().size(), before);
    QVERIFY(m_console.press(composer, QStringLiteral("Ctrl+A")));
    QVERIFY(m_console.press(composer, QStringLiteral("Delete")));
}

void ConversationTest::survivesTheRelay() {
    m_world.killRelay();
    QVERIFY(ConsoleUnderTest::eventually(
        [&] { return !m_console.text(relay).contains(QStringLiteral("connected")); }));
    QVERIFY(say(QStringLiteral("Your order has shipped.")));
    QVERIFY(m_world.startRelay());
    QVERIFY(m_console.showsRow(
        messages, {QStringLiteral("Your order has shipped."), QStringLiteral("Delivered")}, 60000));
    QVERIFY(m_console.showsRow(messages, {QStringLiteral("sign for it")}, 60000));
    QCOMPARE(m_world.textsSent().count(QStringLiteral("Your order has shipped.")), 1);
}

void ConversationTest::stopBlocksTheNextSend() {
    m_world.control(QStringLiteral("/stop"), {{QStringLiteral("from"), maya}, {QStringLiteral("to"), own}});
    QVERIFY(m_console.showsRow(messages, {QStringLiteral("STOP")}));
    QVERIFY(ConsoleUnderTest::eventually([&] { return m_console.isVisible(QStringLiteral("optOutSign")); }));
    const QString sign = m_console.text(QStringLiteral("optOutSign"));
    QVERIFY2(sign.contains(QStringLiteral("STOP")) && sign.contains(QStringLiteral("START")),
             qPrintable(sign));
    QVERIFY(!m_console.isVisible(composer) || !m_console.isEnabled(sendButton));
    m_world.control(QStringLiteral("/requests"));
    QVERIFY(!m_world.textsSent().contains(QStringLiteral("Are you still there?")));
}

void ConversationTest::startLiftsTheBlock() {
    m_world.control(QStringLiteral("/start"), {{QStringLiteral("from"), maya}, {QStringLiteral("to"), own}});
    QVERIFY(ConsoleUnderTest::eventually(
        [&] { return !m_console.isVisible(QStringLiteral("optOutSign")) && m_console.isVisible(composer); }));
    QVERIFY(say(QStringLiteral("Welcome back.")));
    QVERIFY(m_console.showsRow(messages, {QStringLiteral("Welcome back."), QStringLiteral("Delivered")}));
}

void ConversationTest::saysWhyATextFailed() {
    QVERIFY(begin(QStringLiteral("+1 415 555 0115")));
    QVERIFY(say(QStringLiteral("Anybody there?")));
    QVERIFY(m_console.showsRow(messages, {QStringLiteral("Anybody there?"), QStringLiteral("Not delivered"),
                                          QStringLiteral("carrier did not accept")}));
    QVERIFY(m_console.showsRow(list, {QStringLiteral("Anybody there?")}));
}

void ConversationTest::isUncertainWhenTheAnswerIsLost() {
    QVERIFY(begin(QStringLiteral("+1 415 555 0188")));
    m_world.control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("drop_before")},
                                                {QStringLiteral("path"), QStringLiteral("/messages")},
                                                {QStringLiteral("method"), QStringLiteral("POST")}});
    QVERIFY(say(QStringLiteral("Did this arrive?")));
    QVERIFY(
        m_console.showsRow(messages, {QStringLiteral("Did this arrive?"), QStringLiteral("Not certain")}));
    QCOMPARE(m_world.textsSent().count(QStringLiteral("Did this arrive?")), 1);
    // Accepted, but the answer never came: the webhook settles it.
    m_world.control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("drop_after")},
                                                {QStringLiteral("path"), QStringLiteral("/messages")},
                                                {QStringLiteral("method"), QStringLiteral("POST")}});
    QVERIFY(say(QStringLiteral("And this?")));
    QVERIFY(m_console.showsRow(messages, {QStringLiteral("And this?"), QStringLiteral("Delivered")}));
    QCOMPARE(m_world.textsSent().count(QStringLiteral("And this?")), 1);
}

void ConversationTest::waitsWhileTheApiCannotBeReached() {
    m_world.control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("status")},
                                                {QStringLiteral("path"), QStringLiteral("/messages")},
                                                {QStringLiteral("method"), QStringLiteral("POST")},
                                                {QStringLiteral("status"), 429},
                                                {QStringLiteral("retry_after"), 1}});
    QVERIFY(say(QStringLiteral("Once the rush is over.")));
    QVERIFY(m_console.showsRow(messages,
                               {QStringLiteral("Once the rush is over."), QStringLiteral("Delivered")}));
}

void ConversationTest::saysThatTheKeyIsRefused() {
    m_world.control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("status")},
                                                {QStringLiteral("path"), QStringLiteral("/messages")},
                                                {QStringLiteral("method"), QStringLiteral("POST")},
                                                {QStringLiteral("status"), 401}});
    QVERIFY(say(QStringLiteral("With a key that was refused.")));
    QVERIFY(
        ConsoleUnderTest::eventually([&] { return m_console.isVisible(QStringLiteral("accountTrouble")); }));
    QVERIFY(m_console.text(QStringLiteral("accountTrouble")).contains(QStringLiteral("key")));
}

void ConversationTest::keepsTheDraftOverAKill() {
    QVERIFY(m_console.select(list, 1));
    QVERIFY(m_console.type(composer, QStringLiteral("half a thou")));
    // Durable within 300 ms of the last key; the picture takes longer than that to make, but is not what is
    // waited for.
    QVERIFY(m_console.showsRow(list, {QStringLiteral("half a thou")}));
    m_console.kill();
    QVERIFY2(m_console.start(m_profile), qPrintable(m_console.why()));
    QVERIFY(m_console.showsRow(list, {QStringLiteral("half a thou")}));
    // The text that the refused key kept back goes out now, once.
    QVERIFY(ConsoleUnderTest::eventually(
        [&] { return m_world.textsSent().count(QStringLiteral("With a key that was refused.")) == 2; }));
}

void ConversationTest::picturesForTheReadme() {
    QVERIFY(m_console.select(list, 0));
    QVERIFY(m_console.grab(QStringLiteral(LONGCODE_BIN_DIR "/../conversation.png"), 1440, 900));
    QVERIFY(m_console.grab(QStringLiteral(LONGCODE_BIN_DIR "/../conversation-small.png"), 1024, 700));
    QVERIFY2(m_console.quit(), qPrintable(m_console.why()));
}

QTEST_GUILESS_MAIN(ConversationTest)
#include "tst_conversation.moc"
