#include "sandbox/lab.h"
#include "sandbox/webhook_receiver.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

using namespace longcode::tests;

/// Customers: what they write, keywords, and what follows from them.
class TestPeople : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_lab = std::make_unique<Lab>();
        m_receiver = std::make_unique<WebhookReceiver>();
        QVERIFY(m_lab->start({QStringLiteral("--speed"), QStringLiteral("50")}));
        m_lab->setWebhook("Sales", m_receiver->url());
    }
    void inboundSms();
    void inboundMms();
    void inboundToNobody();
    void keywords_data();
    void keywords();
    void stopBlocksUntilStart();
    void stopBlocksTheWholeProfileOnly();
    void optOutsAreListed();
    void helpIsAnswered();
    void customersAnswer_data();
    void customersAnswer();
    void samSendsStop();
    void aPhotoCanBeFetched();
    void scriptsCanBeSwitchedOff();
    void theSlowOneIsSlow();

private:
    QStringList received() const {
        QStringList texts;
        for (const ReceivedWebhook &webhook : m_receiver->ofType("message.received"))
            texts.append(textAt(webhook.json, "/data/payload/text"));
        return texts;
    }
    std::unique_ptr<Lab> m_lab;
    std::unique_ptr<WebhookReceiver> m_receiver;
};

void TestPeople::inboundSms() {
    const Reply reply = m_lab->control("POST", QStringLiteral("/inbound"),
                                       {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "أهلا"}});
    QCOMPARE(reply.status, 200);
    QTRY_COMPARE(m_receiver->all().size(), 1);
    const ReceivedWebhook &webhook = m_receiver->all()[0];
    QVERIFY(WebhookReceiver::isSigned(webhook, m_lab->publicKey()));
    const auto member = [&](const char *pointer) { return textAt(webhook.json["data"]["payload"], pointer); };
    QCOMPARE(member("/direction"), QStringLiteral("inbound"));
    QCOMPARE(member("/type"), QStringLiteral("SMS"));
    QCOMPARE(member("/from/phone_number"), QString::fromLatin1(Lab::anybody));
    QCOMPARE(member("/from/status"), QStringLiteral("received"));
    QVERIFY(member("/from/carrier") != QStringLiteral("Telnyx"));
    QCOMPARE(member("/to/0/carrier"), QStringLiteral("Telnyx"));
    QCOMPARE(member("/to/0/phone_number"), QString::fromLatin1(Lab::longCode));
    QCOMPARE(member("/to/0/status"), QStringLiteral("webhook_delivered"));
    QCOMPARE(member("/text"), QStringLiteral("أهلا"));
    QCOMPARE(member("/encoding"), QStringLiteral("UCS-2"));
    QCOMPARE(member("/messaging_profile_id"), QString::fromLatin1(Lab::sales));
    QCOMPARE(member("/autoresponse_type"), QStringLiteral("absent"));
    const Reply read = m_lab->api("GET", QStringLiteral("/messages/") + member("/id"));
    QCOMPARE(read.at("/data/direction"), QStringLiteral("inbound"));
}

void TestPeople::inboundMms() {
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody},
                    {"to", Lab::longCode},
                    {"subject", "Look"},
                    {"media_urls", {"https://example.com/a.jpg"}}});
    QTRY_COMPARE(m_receiver->all().size(), 1);
    const Json &payload = m_receiver->all()[0].json["data"]["payload"];
    QCOMPARE(textAt(payload, "/type"), QStringLiteral("MMS"));
    QCOMPARE(textAt(payload, "/media/0/url"), QStringLiteral("https://example.com/a.jpg"));
    QCOMPARE(textAt(payload, "/subject"), QStringLiteral("Look"));
}

void TestPeople::inboundToNobody() {
    const Reply reply = m_lab->control("POST", QStringLiteral("/inbound"),
                                       {{"from", Lab::anybody}, {"to", "+13125559999"}, {"text", "a"}});
    QCOMPARE(reply.status, 422);
    QCOMPARE(m_lab->control("POST", QStringLiteral("/inbound"), {{"from", Lab::anybody}})
                 .at("/errors/0/source/pointer"),
             QStringLiteral("/to"));
}

void TestPeople::keywords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("type");
    for (const char *word :
         {"STOP", "stop", " Stop \n", "STOPALL", "stop all", "UNSUBSCRIBE", "Cancel", "END", "quit"})
        QTest::newRow(word) << QString::fromLatin1(word) << QStringLiteral("STOP");
    for (const char *word : {"START", "unstop"})
        QTest::newRow(word) << QString::fromLatin1(word) << QStringLiteral("START");
    QTest::newRow("help") << QStringLiteral("help") << QStringLiteral("HELP");
    for (const char *word : {"please stop", "STOP.", "stopp", "begin", "the end", "cancel my order"})
        QTest::newRow(word) << QString::fromLatin1(word) << QStringLiteral("absent");
}

void TestPeople::keywords() {
    QFETCH(QString, text);
    QFETCH(QString, type);
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", text.toStdString()}});
    QTRY_COMPARE(m_receiver->all().size(), 1);
    QCOMPARE(textAt(m_receiver->all()[0].json, "/data/payload/autoresponse_type"), type);
    QCOMPARE(textAt(m_receiver->all()[0].json, "/data/payload/text"), text);
    QCOMPARE(m_lab->send(Lab::anybody, "a").is_null(), type == QStringLiteral("STOP"));
}

void TestPeople::stopBlocksUntilStart() {
    QCOMPARE(m_lab->control("POST", QStringLiteral("/stop"), {{"from", Lab::anybody}, {"to", Lab::longCode}})
                 .status,
             200);
    const Reply refused = m_lab->api("POST", QStringLiteral("/messages"),
                                     {{"from", Lab::longCode}, {"to", Lab::anybody}, {"text", "a"}});
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.at("/errors/0/code"), QStringLiteral("40300"));
    QCOMPARE(refused.at("/errors/0/title"), QStringLiteral("Blocked due to STOP message"));
    QCOMPARE(
        refused.at("/errors/0/detail"),
        QStringLiteral(
            "Messages cannot be sent from '+14155550100' to '+13125550001' due to an existing block rule."));
    m_lab->control("POST", QStringLiteral("/start"), {{"from", Lab::anybody}, {"to", Lab::longCode}});
    QVERIFY(!m_lab->send(Lab::anybody, "a").is_null());
}

void TestPeople::stopBlocksTheWholeProfileOnly() {
    m_lab->control("POST", QStringLiteral("/stop"), {{"from", Lab::anybody}, {"to", "37468"}});
    QVERIFY(m_lab->send(Lab::anybody, "a").is_null());
    QVERIFY(!m_lab->send(Lab::anybody, "a", {{"from", Lab::tollFree}}).is_null());
    QVERIFY(!m_lab->send("+13125550002", "a").is_null());
    const Reply group =
        m_lab->api("POST", QStringLiteral("/messages/group_mms"),
                   {{"from", Lab::longCode}, {"to", {"+13125550002", Lab::anybody}}, {"text", "a"}});
    QCOMPARE(group.at("/errors/0/source/pointer"), QStringLiteral("/to/1"));
}

void TestPeople::optOutsAreListed() {
    m_lab->control("POST", QStringLiteral("/stop"), {{"from", Lab::anybody}, {"to", Lab::longCode}});
    m_lab->control("POST", QStringLiteral("/stop"), {{"from", "+13125550002"}, {"to", Lab::tollFree}});
    const Reply all = m_lab->api("GET", QStringLiteral("/messaging_optouts"));
    QCOMPARE(all.at("/meta/total_results"), QStringLiteral("2"));
    QCOMPARE(all.at("/data/0/from"), QString::fromLatin1(Lab::longCode));
    QCOMPARE(all.at("/data/0/to"), QString::fromLatin1(Lab::anybody));
    QCOMPARE(all.at("/data/0/keyword"), QStringLiteral("STOP"));
    const QRegularExpression form(
        QStringLiteral("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00$"));
    QVERIFY(form.match(all.at("/data/0/created_at")).hasMatch());
    const QString list = QStringLiteral("/messaging_optouts?");
    QCOMPARE(m_lab
                 ->api("GET", list + QStringLiteral("filter[messaging_profile_id]=") +
                                  QString::fromLatin1(Lab::support))
                 .at("/data/0/to"),
             QStringLiteral("+13125550002"));
    QCOMPARE(m_lab->api("GET", list + QStringLiteral("redaction_enabled=true")).at("/data/0/to"),
             QStringLiteral("+1312555****"));
    QCOMPARE(m_lab->api("GET", list + QStringLiteral("created_at[gte]=2099-01-01T00:00:00Z"))
                 .at("/meta/total_results"),
             QStringLiteral("0"));
    const Reply bad = m_lab->broken("GET", list + QStringLiteral("created_at[gte]=yesterday"), {});
    QCOMPARE(bad.status, 400);
    QCOMPARE(bad.at("/source/parameter"), QStringLiteral("created_at[gte]"));
}

void TestPeople::helpIsAnswered() {
    m_lab->control("POST", QStringLiteral("/help"), {{"from", Lab::anybody}, {"to", Lab::longCode}});
    const Reply messages = m_lab->control("GET", QStringLiteral("/messages?last=1"));
    QCOMPARE(messages.at("/messages/0/direction"), QStringLiteral("outbound"));
    QCOMPARE(messages.at("/messages/0/tags/0"), QStringLiteral("autoresponse"));
    QCOMPARE(messages.at("/messages/0/to/0/phone_number"), QString::fromLatin1(Lab::anybody));
    QTRY_COMPARE(m_receiver->all().size(), 1);
    QCOMPARE(textAt(m_receiver->all()[0].json, "/data/event_type"), QStringLiteral("message.received"));
}

void TestPeople::customersAnswer_data() {
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("answers");
    QTest::newRow("Maya, greeted") << QByteArray("+14155550111") << QStringLiteral("Hello, how can we help?")
                                   << QStringList({QStringLiteral(
                                                       "Hi! I ordered a blue kettle on Monday, order 4711."),
                                                   QStringLiteral("Has it shipped yet?")});
    QTest::newRow("Maya, told") << QByteArray("+14155550111") << QStringLiteral("It has SHIPPED today.")
                                << QStringList(
                                       {QStringLiteral("Great, thank you! Do I have to sign for it?")});
    QTest::newRow("Layla") << QByteArray("+14155550112") << QStringLiteral("Hi")
                           << QStringList({QStringLiteral("مرحبا! هل الطلب رقم ٤٧١٢ جاهز للاستلام؟")});
    QTest::newRow("Kenji") << QByteArray("+14155550113") << QStringLiteral("Done")
                           << QStringList({QStringLiteral("Thank you so much! 🙏🎉")});
    QTest::newRow("Sam") << QByteArray("+14155550114") << QStringLiteral("Hi")
                         << QStringList({QStringLiteral("Who is this?")});
    QTest::newRow("Greta") << QByteArray("+14155550121") << QStringLiteral("Hi")
                           << QStringList({QStringLiteral("HELP")});
}

void TestPeople::customersAnswer() {
    QFETCH(QByteArray, number);
    QFETCH(QString, text);
    QFETCH(QStringList, answers);
    QVERIFY(!m_lab->send(number.constData(), text.toUtf8().constData()).is_null());
    QTRY_COMPARE(received(), answers);
    // An answer comes after the message was delivered.
    QCOMPARE(textAt(m_receiver->all()[1].json, "/data/event_type"), QStringLiteral("message.finalized"));
}

void TestPeople::samSendsStop() {
    QVERIFY(!m_lab->send("+14155550114", "Our spring sale! Reply STOP to opt out.").is_null());
    QTRY_COMPARE(received(), QStringList({QStringLiteral("STOP")}));
    QVERIFY(m_lab->send("+14155550114", "One more thing").is_null());
}

void TestPeople::aPhotoCanBeFetched() {
    QVERIFY(!m_lab->send("+14155550120", "Could you send a photo?").is_null());
    QTRY_COMPARE(received().size(), 1);
    const Json media = m_receiver->ofType("message.received")[0].json["data"]["payload"]["media"][0];
    const QString url = textAt(media, "/url");
    const QString control = m_lab->program().ready()[QStringLiteral("control")].toString();
    QVERIFY(url.startsWith(control));
    const Reply photo = m_lab->control("GET", url.mid(control.size()));
    QCOMPARE(photo.header("content-type"), QByteArray("image/png"));
    QVERIFY(photo.bytes.startsWith("\x89PNG\r\n\x1a\n"));
    QCOMPARE(textAt(media, "/size"), QString::number(photo.bytes.size()));
    QCOMPARE(textAt(media, "/sha256"),
             QString::fromLatin1(QCryptographicHash::hash(photo.bytes, QCryptographicHash::Sha256).toHex()));
}

void TestPeople::scriptsCanBeSwitchedOff() {
    m_lab->control("POST", QStringLiteral("/scripts"), {{"enabled", false}});
    const Json message = m_lab->send("+14155550111", "Hello");
    QTRY_COMPARE(m_receiver->ofType("message.finalized").size(), 1);
    m_lab->advance(60'000);
    QCOMPARE(m_lab->control("GET", QStringLiteral("/messages")).at("/total"), QStringLiteral("1"));
}

void TestPeople::theSlowOneIsSlow() {
    Lab lab;
    QVERIFY(lab.start());
    const Json slow = lab.send("+14155550118", "a");
    const Json usual = lab.send(Lab::anybody, "a");
    lab.advance(2'200);
    QCOMPARE(lab.statusOf(usual), QStringLiteral("delivered"));
    QCOMPARE(lab.statusOf(slow), QStringLiteral("queued"));
    lab.advance(42'000);
    QCOMPARE(lab.statusOf(slow), QStringLiteral("delivered"));
}

QTEST_GUILESS_MAIN(TestPeople)
#include "tst_people.moc"
