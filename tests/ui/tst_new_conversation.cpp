#include "shell/new_conversation_dialog.h"
#include "support/fake_desk.h"
#include "ui/gui_test.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::shell;
using namespace longcode::tests;

/// Beginning a conversation: numbers in any usual form, problems as sentences at the field.
class TestNewConversation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void saysHowTheNumberIsUnderstood_data();
    void saysHowTheNumberIsUnderstood();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void doesNotScoldWhileTheNumberGrows();
    void enterBegins();
    void usualSenderIsChosen();
    void ownNumberIsRefused();
    void withoutSenderItSaysSo();

private:
    void make(const char *usual = "");
    [[nodiscard]] QString understood() const { return child<QLabel>(*m_dialog, "numberUnderstood")->text(); }
    [[nodiscard]] QLineEdit *number() const { return child<QLineEdit>(*m_dialog, "numberField"); }

    std::unique_ptr<SampleDesk> m_desk;
    QPointer<NewConversationDialog> m_dialog;
};

void TestNewConversation::init() {
    failOnAnyWarning();
    m_desk = std::make_unique<SampleDesk>();
    m_desk->account.setSenders(sandboxSenders());
    make();
}

void TestNewConversation::cleanup() {
    delete m_dialog;
    m_desk.reset();
}

void TestNewConversation::make(const char *usual) {
    delete m_dialog;
    m_dialog = new NewConversationDialog(m_desk->account, m_desk->inbox,
                                         phone::fromWire(QString::fromLatin1(usual)));
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog));
}

void TestNewConversation::saysHowTheNumberIsUnderstood_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("start");
    QTest::newRow("home form") << "(212) 555-0188" << "+1 212-555-0188";
    QTest::newRow("digits") << "2125550188" << "+1 212-555-0188";
    QTest::newRow("dots") << "212.555.0188" << "+1 212-555-0188";
    QTest::newRow("link") << "tel:+1-212-555-0188" << "+1 212-555-0188";
    QTest::newRow("abroad") << "+44 20 7946 0958" << "+44 20 7946 0958";
    QTest::newRow("short code") << "37468" << "37468 · short code";
    QTest::newRow("toll-free") << "+1 800 555 0199" << "+1 800-555-0199 · toll-free number";
}

void TestNewConversation::saysHowTheNumberIsUnderstood() {
    QFETCH(QString, typed);
    QFETCH(QString, start);
    QTest::keyClicks(number(), typed);
    QVERIFY2(understood().startsWith(start), qPrintable(understood()));
    QCOMPARE(number()->accessibleDescription(), understood());
}

void TestNewConversation::saysWhatIsWrong_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("problem");
    using enum phone::ParseProblem;
    QTest::newRow("nothing") << "" << int(Empty);
    QTest::newRow("letters") << "Maria" << int(NotANumber);
    QTest::newRow("too short") << "+1 212" << int(TooShort);
    QTest::newRow("too long") << "+1 212 555 0188 99999999" << int(TooLong);
}

void TestNewConversation::saysWhatIsWrong() {
    QFETCH(QString, typed);
    QFETCH(int, problem);
    QSignalSpy begun(m_dialog, &NewConversationDialog::begun);
    QTest::keyClicks(number(), typed);
    QTest::keyClick(number(), Qt::Key_Return);
    QVERIFY(!understood().isEmpty());
    QCOMPARE(understood(), phone::sentence(static_cast<phone::ParseProblem>(problem)));
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(begun.size(), 0);
}

void TestNewConversation::doesNotScoldWhileTheNumberGrows() {
    QTest::keyClicks(number(), QStringLiteral("+1 21"));
    QCOMPARE(understood(), QString());
}

void TestNewConversation::enterBegins() {
    QSignalSpy begun(m_dialog, &NewConversationDialog::begun);
    QTest::keyClicks(number(), QStringLiteral("(212) 555-0188"));
    QTest::keyClick(number(), Qt::Key_Return);
    QTRY_COMPARE(begun.size(), 1);
    QTRY_VERIFY(m_dialog.isNull());
}

void TestNewConversation::usualSenderIsChosen() {
    QCOMPARE(child<QComboBox>(*m_dialog, "newSenderBox")->currentText(),
             QStringLiteral("Sales +1 415-555-0100"));
    make("+18885550142");
    QCOMPARE(child<QComboBox>(*m_dialog, "newSenderBox")->currentText(),
             QStringLiteral("Support +1 888-555-0142"));
}

void TestNewConversation::ownNumberIsRefused() {
    QTest::keyClicks(number(), QStringLiteral("+14155550100"));
    QTest::keyClick(number(), Qt::Key_Return);
    QCOMPARE(understood(), QStringLiteral("This is the number you send from. Type the customer's number."));
    QVERIFY(m_dialog->isVisible());
}

void TestNewConversation::withoutSenderItSaysSo() {
    m_desk->account.setSenders({});
    make();
    QTest::keyClicks(number(), QStringLiteral("+12125550188"));
    QTest::keyClick(number(), Qt::Key_Return);
    QCOMPARE(understood(), QStringLiteral("Reading your numbers… Try again in a moment."));
    QCOMPARE(child<QComboBox>(*m_dialog, "newSenderBox")->placeholderText(),
             QStringLiteral("Reading your numbers…"));
    QCOMPARE(m_desk->account.refreshes, 1);
    m_dialog->setPatience(std::chrono::milliseconds(0));
    QTRY_COMPARE(child<QComboBox>(*m_dialog, "newSenderBox")->placeholderText(),
                 QStringLiteral("No number to send from"));
    QTest::keyClick(number(), Qt::Key_Return);
    QCOMPARE(understood(),
             QStringLiteral("This account has no number to send from. Assign one to a messaging profile in "
                            "the portal, then choose “Read again” in the settings."));
}

QTEST_MAIN(TestNewConversation)
#include "tst_new_conversation.moc"
