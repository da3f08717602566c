#include "desk/canned.h"
#include "sms/sms.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::desk;

/// What canned replies say once their variables are filled in, and what they must not ask for.
class TestCanned : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void givenName_data();
    void givenName();
    void findsVariables_data();
    void findsVariables();
    void expands_data();
    void expands();
    void whatIsFilledInGoesFirst();
    void valuesOfAConversation();
    void saysWhatIsUnexpanded_data();
    void saysWhatIsUnexpanded();
    void trap_data();
    void trap();
    void starterSet();
};

void TestCanned::givenName_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("given");
    QTest::newRow("two words") << QStringLiteral("Maria Keller") << QStringLiteral("Maria");
    QTest::newRow("one word") << QStringLiteral("Noor") << QStringLiteral("Noor");
    QTest::newRow("family first") << QStringLiteral("Keller, Maria Anna") << QStringLiteral("Maria");
    QTest::newRow("title and family") << QStringLiteral("Dr. Keller") << QString();
    QTest::newRow("title and both") << QStringLiteral("Frau Dr. Maria Keller") << QStringLiteral("Maria");
    QTest::newRow("number") << QStringLiteral("+1 212 555 0188") << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("arabic") << QStringLiteral("نور البكري") << QStringLiteral("نور");
    QTest::newRow("override") << QStringLiteral("\u202EMaria\u202C Keller") << QStringLiteral("Maria");
}

void TestCanned::givenName() {
    QFETCH(QString, name);
    QTEST(givenNameOf(name), "given");
}

void TestCanned::findsVariables_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("keys");
    QTest::newRow("none") << QStringLiteral("Hello {name}") << QStringList();
    QTest::newRow("two") << QStringLiteral("{{name}} and {{ First Name }}")
                         << QStringList{QStringLiteral("name"), QStringLiteral("first_name")};
    QTest::newRow("empty braces") << QStringLiteral("{{}}") << QStringList{QString()};
    QTest::newRow("triple") << QStringLiteral("{{{name}}}") << QStringList{QStringLiteral("name")};
    QTest::newRow("open") << QStringLiteral("{{name") << QStringList();
}

void TestCanned::findsVariables() {
    QFETCH(QString, text);
    QStringList keys;
    for (const CannedVariable &variable : variablesIn(text))
        keys << variable.key;
    QTEST(keys, "keys");
}

void TestCanned::expands_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expanded");
    QTest::addColumn<QStringList>("missing");
    QTest::newRow("plain") << QStringLiteral("Hello") << QStringLiteral("Hello") << QStringList();
    QTest::newRow("known") << QStringLiteral("Hi {{First_Name}}, {{agent}} here.")
                           << QStringLiteral("Hi Maria, Dana here.") << QStringList();
    QTest::newRow("missing once") << QStringLiteral("{{order number}} {{order_number}} {{name}}")
                                  << QStringLiteral("{{order number}} {{order_number}} Maria {{x}}")
                                  << QStringList{QStringLiteral("order_number")};
    QTest::newRow("known but empty") << QStringLiteral("{{number}}!") << QStringLiteral("{{number}}!")
                                     << QStringList{QStringLiteral("number")};
}

void TestCanned::expands() {
    QFETCH(QString, text);
    CannedValues values;
    values.name = QStringLiteral("Maria {{x}}"); // braces of a value are text
    values.firstName = QStringLiteral("Maria");
    values.agent = QStringLiteral("Dana");
    const CannedExpansion expansion = expand(text, values);
    QTEST(expansion.text, "expanded");
    QTEST(expansion.missing, "missing");
}

void TestCanned::whatIsFilledInGoesFirst() {
    CannedValues values;
    values.firstName = QStringLiteral("Maria");
    const auto expansion = expand(QStringLiteral("{{first_name}}: {{code}} {{blank}}"), values,
                                  {{QStringLiteral("first_name"), QStringLiteral("Mia")},
                                   {QStringLiteral("code"), QStringLiteral(" 1234 ")},
                                   {QStringLiteral("blank"), QStringLiteral("  ")}});
    QCOMPARE(expansion.text, QStringLiteral("Mia: 1234 {{blank}}"));
    QCOMPARE(expansion.missing, QStringList{QStringLiteral("blank")});
}

void TestCanned::valuesOfAConversation() {
    Conversation conversation;
    conversation.name = QStringLiteral("Maria\nKeller");
    conversation.peer = phone::fromWire(QStringLiteral("+12125550188"));
    conversation.own = phone::fromWire(QStringLiteral("+14155550100"));
    conversation.zone = QByteArrayLiteral("Asia/Tokyo");
    const QDateTime now(QDate(2026, 11, 24), QTime(20, 5), Qt::UTC);
    const CannedValues values =
        cannedValues(conversation, QStringLiteral("Dana"), now, QLocale(QLocale::English));
    QCOMPARE(values.name, QStringLiteral("Maria Keller"));
    QCOMPARE(values.firstName, QStringLiteral("Maria"));
    QCOMPARE(values.number, QStringLiteral("+1 212-555-0188"));
    QCOMPARE(values.myNumber, QStringLiteral("+1 415-555-0100"));
    QCOMPARE(values.agent, QStringLiteral("Dana"));
    QCOMPARE(values.date, QStringLiteral("25 Nov 2026")); // it is morning in Tokyo
    QCOMPARE(values.time, QStringLiteral("5:05 AM"));
}

void TestCanned::saysWhatIsUnexpanded_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("none") << QStringLiteral("Hello {name} }} {{") << QString();
    QTest::newRow("one") << QStringLiteral("Hi {{first_name}}!")
                         << QStringLiteral("The text still holds {{first_name}}, and the customer would "
                                           "read it like that.");
    QTest::newRow("broken") << QStringLiteral("{{a{b}}")
                            << QStringLiteral("The text still holds {{a{b}}, and the customer would read it "
                                              "like that.");
    QTest::newRow("over lines") << QStringLiteral("{{a\nb}}")
                                << QStringLiteral("The text still holds {{a b}}, and the customer would "
                                                  "read it like that.");
}

void TestCanned::saysWhatIsUnexpanded() {
    QFETCH(QString, text);
    const auto failure = unexpanded(text);
    QTEST(failure ? failure->what : QString(), "sentence");
}

void TestCanned::trap_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *text, const char *word) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(word);
    };
    row("Reply CONFIRM to confirm or CANCEL to cancel.", "CANCEL");
    row("Reply Y to confirm, CANCEL to reschedule. Reply STOP to opt out.", "CANCEL");
    row("Please reply cancel if you cannot come.", "cancel");
    row("Text “end” when you are done", "end");
    row("Reply STOP to cancel your appointment", "STOP");
    row("Answer QUIT to leave the game", "QUIT");
    row("Reply STOP to opt out or CANCEL to cancel the visit", "CANCEL");
    row("Reply STOP to opt out.", "");
    row("Reply STOP to cancel", "");
    row("Text STOP anytime to unsubscribe, HELP for help", "");
    row("Reply STOP, END, CANCEL or QUIT to stop receiving messages.", "");
    row("Reply CANCEL to opt out", "");
    row("Reply UNSUBSCRIBE", "");
    row("You can cancel until Friday. Reply with questions.", "");
    row("The END. Reply when you like.", "");
    row("We answer until the end of the day", "");
    row("", "");
}

void TestCanned::trap() {
    QFETCH(QString, text);
    QTEST(trapWord(text), "word");
}

void TestCanned::starterSet() {
    const QList<CannedReply> all = starterReplies();
    QVERIFY(all.size() >= 15);
    QSet<QString> folders;
    QSet<QString> titles;
    for (const CannedReply &reply : all) {
        folders.insert(reply.folder);
        titles.insert(reply.folder + reply.title);
        QVERIFY2(trapWord(reply.text).isEmpty(), qPrintable(reply.text));
        QVERIFY(reply.id.isEmpty() && !reply.title.isEmpty());
        QString plain = reply.text;
        plain.remove(QRegularExpression(QStringLiteral("\\{\\{[a-z_]+\\}\\}")));
        QVERIFY2(!plain.contains(QStringLiteral("{{")), qPrintable(reply.text));
        const sms::Count count = sms::count(
            std::u16string_view(reinterpret_cast<const char16_t *>(plain.utf16()), size_t(plain.size())),
            sms::SenderKind::ShortCode);
        QCOMPARE(count.encoding, sms::Encoding::Ascii);
        QCOMPARE(count.segments, 1);
    }
    QCOMPARE(folders, (QSet<QString>{QStringLiteral("Appointments"), QStringLiteral("Deliveries"),
                                     QStringLiteral("Codes"), QStringLiteral("Surveys"),
                                     QStringLiteral("Reopening")}));
    QCOMPARE(titles.size(), all.size());
}

QTEST_GUILESS_MAIN(TestCanned)
#include "tst_canned.moc"
