#include "sandbox/lab.h"
#include "sandbox/webhook_receiver.h"

#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

using namespace longcode::tests;

/// Faults on purpose, forced outcomes, the list of requests, time and settings.
class TestControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->start({QStringLiteral("--speed"), QStringLiteral("20")}));
    }
    void droppedBeforeAccepting();
    void droppedAfterAccepting();
    void forcedAnswers_data();
    void forcedAnswers();
    void anErrorAfterAllWasDone();
    void faultsMatchMethodAndPath();
    void delayedAnswers();
    void outcomesOfTheNextMessages();
    void aMessageForcedIntoAState();
    void requestsAreListedWithoutTheKey();
    void requestsCanBeFilteredAndReset();
    void theClock();
    void settingsOfAProfile();
    void seededMessages();
    void badControlRequests_data();
    void badControlRequests();
    void webPagesAreRefused();
    void aboutItself();

private:
    /// Sends raw bytes on a connection of its own and returns everything until the other side closes it.
    /// A raw socket, because a network access manager repeats requests on its own when a connection closes.
    QByteArray raw(const QByteArray &request) const;
    /// POST /messages over such a connection.
    QByteArray rawSend(const char *text) const;
    Reply fault(const Json &fault) { return m_lab->control("POST", QStringLiteral("/faults"), fault); }
    QString messages() { return m_lab->control("GET", QStringLiteral("/messages")).at("/total"); }
    std::unique_ptr<Lab> m_lab;
};

QByteArray TestControl::raw(const QByteArray &request) const {
    QTcpSocket socket;
    const QUrl url(m_lab->program().ready()[QStringLiteral("url")].toString());
    socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
    if (!socket.waitForConnected(5000))
        return "no connection";
    socket.write(request);
    QByteArray all;
    while (socket.waitForReadyRead(5000) || socket.bytesAvailable() > 0)
        all += socket.readAll();
    return all;
}

QByteArray TestControl::rawSend(const char *text) const {
    const Json json{{"from", Lab::longCode}, {"to", Lab::anybody}, {"text", text}};
    const QByteArray body = QByteArray::fromStdString(json.dump());
    return raw("POST /v2/messages HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer test-key\r\n"
               "Connection: close\r\nContent-Type: application/json\r\nContent-Length: " +
               QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void TestControl::droppedBeforeAccepting() {
    fault({{"kind", "drop_before"}, {"times", 2}});
    QCOMPARE(rawSend("a"), QByteArray());
    QCOMPARE(rawSend("b"), QByteArray());
    QCOMPARE(messages(), QStringLiteral("0"));
    QVERIFY(rawSend("c").startsWith("HTTP/1.1 200"));
    QCOMPARE(messages(), QStringLiteral("1"));
    const Reply seen = m_lab->control("GET", QStringLiteral("/requests"));
    QCOMPARE(seen.at("/requests/0/accepted"), QStringLiteral("false"));
    QCOMPARE(seen.at("/requests/0/status"), QStringLiteral("0"));
    QCOMPARE(seen.at("/requests/2/accepted"), QStringLiteral("true"));
}

void TestControl::droppedAfterAccepting() {
    fault({{"kind", "drop_after"}});
    QCOMPARE(rawSend("a"), QByteArray());
    QCOMPARE(messages(), QStringLiteral("1"));
    const Reply seen = m_lab->control("GET", QStringLiteral("/requests"));
    QCOMPARE(seen.at("/requests/0/accepted"), QStringLiteral("true"));
    QCOMPARE(seen.at("/requests/0/status"), QStringLiteral("0"));
    QTRY_COMPARE(m_lab->control("GET", QStringLiteral("/messages")).at("/messages/0/to/0/status"),
                 QStringLiteral("delivered"));
}

void TestControl::forcedAnswers_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("expected");
    QTest::newRow("429") << 429 << QByteArray() << QStringLiteral("10011");
    QTest::newRow("500") << 500 << QByteArray() << QStringLiteral("10007");
    QTest::newRow("503") << 503 << QByteArray() << QStringLiteral("10007");
    QTest::newRow("402") << 402 << QByteArray() << QStringLiteral("20100");
    QTest::newRow("403 with a code") << 403 << QByteArray("40314") << QStringLiteral("40314");
}

void TestControl::forcedAnswers() {
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    QFETCH(QString, expected);
    fault({{"kind", "status"},
           {"status", status},
           {"code", code.toStdString()},
           {"times", 2},
           {"retry_after", 7}});
    for (int i = 0; i < 2; ++i) {
        const Reply reply = m_lab->api("POST", QStringLiteral("/messages"),
                                       {{"from", Lab::longCode}, {"to", Lab::anybody}, {"text", "a"}});
        QCOMPARE(reply.status, status);
        QCOMPARE(reply.at("/errors/0/code"), expected);
        QCOMPARE(reply.header("retry-after"), QByteArray("7"));
        QVERIFY(!reply.header("x-ratelimit-limit").isEmpty());
    }
    QCOMPARE(messages(), QStringLiteral("0"));
    QVERIFY(!m_lab->send(Lab::anybody, "a").is_null());
}

void TestControl::anErrorAfterAllWasDone() {
    fault({{"kind", "status"}, {"status", 500}, {"accepted", true}});
    QVERIFY(m_lab->send(Lab::anybody, "a").is_null());
    QCOMPARE(messages(), QStringLiteral("1"));
}

void TestControl::faultsMatchMethodAndPath() {
    fault({{"kind", "status"}, {"status", 500}, {"method", "POST"}, {"path", "/messages"}});
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messaging_profiles")).status, 200);
    QVERIFY(m_lab->send(Lab::anybody, "a").is_null());
    QVERIFY(!m_lab->send(Lab::anybody, "a").is_null());
    fault({{"kind", "drop_before"}, {"times", 9}});
    QCOMPARE(m_lab->control("DELETE", QStringLiteral("/faults")).at("/faults"), QStringLiteral("[]"));
    QVERIFY(!m_lab->send(Lab::anybody, "a").is_null());
}

void TestControl::delayedAnswers() {
    fault({{"kind", "delay"}, {"delay_ms", 3'600'000}});
    const QByteArray request = "GET /v2/messaging_profiles HTTP/1.1\r\nHost: s\r\nAuthorization: Bearer "
                               "test-key\r\nConnection: close\r\n\r\n";
    QTcpSocket socket;
    const QUrl url(m_lab->program().ready()[QStringLiteral("url")].toString());
    socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
    QVERIFY(socket.waitForConnected(5000));
    socket.write(request);
    QTRY_COMPARE(m_lab->control("GET", QStringLiteral("/requests")).body["requests"].size(), std::size_t{1});
    QCOMPARE(socket.bytesAvailable(), 0);
    m_lab->advance(3'600'000);
    QTRY_VERIFY(socket.bytesAvailable() > 0);
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 200"));
}

void TestControl::outcomesOfTheNextMessages() {
    m_lab->control("POST", QStringLiteral("/outcomes"),
                   {{"status", "delivery_failed"}, {"code", "40006"}, {"to", "+13125550002"}});
    m_lab->control("POST", QStringLiteral("/outcomes"), {{"status", "sent"}, {"times", 1}});
    const Json stays = m_lab->send(Lab::anybody, "a");
    const Json fails = m_lab->send("+13125550002", "b");
    const Json usual = m_lab->send("+13125550002", "c");
    m_lab->advance(10'000);
    QCOMPARE(m_lab->statusOf(stays), QStringLiteral("sent"));
    QCOMPARE(m_lab->statusOf(fails), QStringLiteral("delivery_failed"));
    QCOMPARE(m_lab->statusOf(usual), QStringLiteral("delivered"));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messages/") + textAt(fails, "/id")).at("/data/errors/0/code"),
             QStringLiteral("40006"));
    m_lab->control("POST", QStringLiteral("/outcomes"), {{"status", "expired"}, {"times", 5}});
    QCOMPARE(m_lab->control("DELETE", QStringLiteral("/outcomes")).at("/outcomes"), QStringLiteral("[]"));
}

void TestControl::aMessageForcedIntoAState() {
    WebhookReceiver receiver;
    m_lab->setWebhook("Sales", receiver.url());
    m_lab->control("POST", QStringLiteral("/outcomes"), {{"status", "queued"}});
    const Json message = m_lab->send(Lab::anybody, "a");
    const QString path = QStringLiteral("/messages/") + textAt(message, "/id") + QStringLiteral("/status");
    const auto force = [&](const Json &body) { return m_lab->control("POST", path, body); };
    QCOMPARE(force({{"status", "delivered"}}).at("/data/to/0/status"), QStringLiteral("delivered"));
    QCOMPARE(force({{"status", "sent"}}).at("/data/to/0/status"), QStringLiteral("sent"));
    const Reply failed = force(
        {{"status", "delivery_failed"}, {"code", "40002"}, {"title", "Spam"}, {"detail", "Looks odd."}});
    QCOMPARE(failed.at("/data/errors/0/title"), QStringLiteral("Spam"));
    QTRY_COMPARE(receiver.all().size(), 3);
    QCOMPARE(receiver.ofType("message.finalized").size(), 2);
    QSet<QString> ids;
    for (const ReceivedWebhook &webhook : receiver.all())
        ids.insert(textAt(webhook.json, "/data/id"));
    QCOMPARE(ids.size(), 3);
    QCOMPARE(force({{"status", "lost"}}).status, 422);
    QCOMPARE(m_lab->control("POST", QStringLiteral("/messages/none/status"), {{"status", "sent"}}).status,
             404);
}

void TestControl::requestsAreListedWithoutTheKey() {
    m_lab->send(Lab::anybody, "a secret text");
    m_lab->broken("POST", QStringLiteral("/messages"), "{}");
    m_lab->broken("GET", QStringLiteral("/messaging_profiles?page[size]=1"), {}, {}, "Bearer another-key");
    const Reply seen = m_lab->control("GET", QStringLiteral("/requests"));
    QCOMPARE(seen.body["requests"].size(), std::size_t{3});
    QCOMPARE(seen.at("/requests/0/method"), QStringLiteral("POST"));
    QCOMPARE(seen.at("/requests/0/target"), QStringLiteral("/v2/messages"));
    QCOMPARE(seen.at("/requests/0/content_type"), QStringLiteral("application/json"));
    QVERIFY(seen.at("/requests/0/body").contains(QStringLiteral("a secret text")));
    QCOMPARE(seen.at("/requests/0/accepted"), QStringLiteral("true"));
    QCOMPARE(seen.at("/requests/1/status"), QStringLiteral("422"));
    QCOMPARE(seen.at("/requests/1/accepted"), QStringLiteral("false"));
    QCOMPARE(seen.at("/requests/2/status"), QStringLiteral("401"));
    QVERIFY(!seen.bytes.contains("test-key") && !seen.bytes.contains("another-key"));
}

void TestControl::requestsCanBeFilteredAndReset() {
    m_lab->send(Lab::anybody, "a");
    m_lab->api("GET", QStringLiteral("/messaging_profiles"));
    m_lab->send(Lab::anybody, "b");
    const auto count = [this](const char *query) {
        return m_lab->control("GET", QStringLiteral("/requests") + QString::fromLatin1(query))
            .body["requests"]
            .size();
    };
    QCOMPARE(count("?method=POST"), std::size_t{2});
    QCOMPARE(count("?path=/messaging_profiles"), std::size_t{1});
    QCOMPARE(count("?after=2"), std::size_t{1});
    m_lab->control("DELETE", QStringLiteral("/requests"));
    QCOMPARE(count(""), std::size_t{0});
}

void TestControl::theClock() {
    const Reply before = m_lab->control("GET", QStringLiteral("/clock"));
    const Reply after = m_lab->control("POST", QStringLiteral("/clock"), {{"advance_ms", 86'400'000}});
    const auto time = [](const Reply &reply) {
        return QDateTime::fromString(reply.at("/now"), Qt::ISODateWithMs);
    };
    QVERIFY(time(before).isValid());
    QVERIFY(time(before).msecsTo(time(after)) >= 86'400'000);
    QCOMPARE(m_lab->control("POST", QStringLiteral("/clock"), {{"advance_ms", -1}}).status, 422);
    QCOMPARE(m_lab->control("POST", QStringLiteral("/clock"), {{"advance_ms", "1"}}).status, 422);
}

void TestControl::settingsOfAProfile() {
    const Reply byName =
        m_lab->control("POST", QStringLiteral("/profiles/Sales"), {{"webhook_url", "http://example.com/a"}});
    QCOMPARE(byName.at("/data/webhook_url"), QStringLiteral("http://example.com/a"));
    const Reply byId = m_lab->control("POST", QStringLiteral("/profiles/") + QString::fromLatin1(Lab::sales),
                                      {{"smart_encoding", true}});
    QCOMPARE(byId.at("/data/webhook_url"), QStringLiteral("http://example.com/a"));
    QCOMPARE(byId.at("/data/smart_encoding"), QStringLiteral("true"));
    QCOMPARE(m_lab->control("POST", QStringLiteral("/profiles/None"), {{"enabled", true}}).status, 404);
    QCOMPARE(m_lab->control("POST", QStringLiteral("/profiles/Sales"), {{"webhook_url", "x"}}).status, 422);
}

void TestControl::seededMessages() {
    const Reply seeded = m_lab->control("POST", QStringLiteral("/messages"),
                                        {{"messages",
                                          {{{"direction", "inbound"},
                                            {"from", Lab::anybody},
                                            {"to", Lab::longCode},
                                            {"text", "Hi"},
                                            {"at", "2026-03-01T09:00:00Z"}},
                                           {{"from", Lab::longCode},
                                            {"to", Lab::anybody},
                                            {"text", "Hello"},
                                            {"status", "delivery_failed"}}}}});
    QCOMPARE(seeded.status, 200);
    QCOMPARE(seeded.body["ids"].size(), std::size_t{2});
    const Reply list = m_lab->control("GET", QStringLiteral("/messages"));
    QCOMPARE(list.at("/messages/0/received_at"), QStringLiteral("2026-03-01T09:00:00.000+00:00"));
    QCOMPARE(list.at("/messages/1/to/0/status"), QStringLiteral("delivery_failed"));
    QCOMPARE(m_lab->control("GET", QStringLiteral("/webhooks")).at("/webhooks"), QStringLiteral("[]"));
}

void TestControl::badControlRequests_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *path, const char *body) {
        QTest::addRow("%s %s", path, body) << QString::fromLatin1(path) << QByteArray(body);
    };
    row("/faults", "{}");
    row("/faults", R"({"kind":"explode"})");
    row("/faults", R"({"kind":"status","status":99})");
    row("/faults", R"({"kind":"delay","delay_ms":-1})");
    row("/faults", R"({"kind":"drop_before","times":0})");
    row("/outcomes", R"({"status":"lost"})");
    row("/outcomes", R"({"status":"sent","times":"2"})");
    row("/rate_limit", "{}");
    row("/messages", "{}");
    row("/messages", R"({"messages":[5]})");
    row("/webhooks/redeliver", "{}");
}

void TestControl::badControlRequests() {
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const Reply reply = m_lab->control("POST", path, Json::parse(body.toStdString()));
    QCOMPARE(reply.status, 422);
    QVERIFY(!reply.at("/errors/0/detail").isEmpty());
}

void TestControl::webPagesAreRefused() {
    const QByteArray head =
        "POST /sandbox/scripts HTTP/1.1\r\nHost: s\r\nConnection: close\r\nContent-Length: 2\r\n";
    QVERIFY(raw(head + "Content-Type: application/json\r\nOrigin: https://example.com\r\n\r\n{}")
                .startsWith("HTTP/1.1 403"));
    QVERIFY(raw(head + "Content-Type: text/plain\r\n\r\n{}").startsWith("HTTP/1.1 415"));
    QVERIFY(raw(head + "Content-Type: application/json\r\n\r\n{}").startsWith("HTTP/1.1 200"));
}

void TestControl::aboutItself() {
    const Reply about = m_lab->control("GET", QString());
    QCOMPARE(about.status, 200);
    QVERIFY(about.body["customers"].size() >= 10);
    QCOMPARE(m_lab->control("GET", QStringLiteral("/nothing")).status, 404);
}

QTEST_GUILESS_MAIN(TestControl)
#include "tst_control.moc"
