#include "sandbox/lab.h"

#include <QRegularExpression>
#include <QTest>
#include <QUuid>

using namespace longcode::tests;

/// Sends, reads and cancels against the real process.
class TestMessages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_lab.start({QStringLiteral("--speed"), QStringLiteral("100")})); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void aSendIsAnsweredInTheDocumentedShape();
    void everyPathSends_data();
    void everyPathSends();
    void brokenBodiesAreRefusedMemberByMember_data();
    void brokenBodiesAreRefusedMemberByMember();
    void rulesBeyondTheForm_data();
    void rulesBeyondTheForm();
    void partsAndEncoding_data();
    void partsAndEncoding();
    void costIsNullThenKnown();
    void readingAnUnknownMessage();
    void messagesAreReadableForTenDays();
    void schedulingAndCancelling();
    void aScheduledMessageIsSentInTime();
    void aScheduledMessageIsNotSentAfterAnOptOut();
    void groupMessages();
    void numberPool();
    void alphanumericSenders();
    void disabledProfile();
    void spendLimit();

private:
    Reply patchSales(const Json &body) {
        return m_lab.api("PATCH", QStringLiteral("/messaging_profiles/") + QString::fromLatin1(Lab::sales),
                         body);
    }
    Lab m_lab;
};

void TestMessages::aSendIsAnsweredInTheDocumentedShape() {
    const Reply reply = m_lab.api("POST", QStringLiteral("/messages"),
                                  {{"from", Lab::longCode},
                                   {"to", Lab::anybody},
                                   {"text", "Hello, world!"},
                                   {"webhook_url", "http://127.0.0.1:9/hook?intent=1"}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("content-type"), QByteArray("application/json; charset=utf-8"));
    for (const char *header : {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"})
        QVERIFY2(reply.header(header).toLongLong() > 0, header);
    QCOMPARE(reply.at("/data/record_type"), QStringLiteral("message"));
    QCOMPARE(reply.at("/data/direction"), QStringLiteral("outbound"));
    QCOMPARE(reply.at("/data/type"), QStringLiteral("SMS"));
    QCOMPARE(reply.at("/data/messaging_profile_id"), QString::fromLatin1(Lab::sales));
    QCOMPARE(reply.at("/data/from/phone_number"), QString::fromLatin1(Lab::longCode));
    QCOMPARE(reply.at("/data/to/0/phone_number"), QString::fromLatin1(Lab::anybody));
    QCOMPARE(reply.at("/data/to/0/status"), QStringLiteral("queued"));
    QCOMPARE(reply.at("/data/to/0/line_type"), QStringLiteral("Wireless"));
    QCOMPARE(reply.at("/data/text"), QStringLiteral("Hello, world!"));
    QCOMPARE(reply.at("/data/encoding"), QStringLiteral("GSM-7"));
    QCOMPARE(reply.at("/data/parts"), QStringLiteral("1"));
    QCOMPARE(reply.at("/data/errors"), QStringLiteral("[]"));
    QCOMPARE(reply.at("/data/media"), QStringLiteral("[]"));
    QCOMPARE(reply.at("/data/cost"), QStringLiteral("null"));
    QCOMPARE(reply.at("/data/sent_at"), QStringLiteral("null"));
    QCOMPARE(reply.at("/data/webhook_url"), QStringLiteral("http://127.0.0.1:9/hook?intent=1"));
    QVERIFY(!QUuid::fromString(reply.at("/data/id")).isNull());
}

void TestMessages::everyPathSends_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("from");
    const auto row = [](const char *path, const char *body, const char *from) {
        QTest::newRow(path) << QString::fromLatin1(path) << QByteArray(body) << QString::fromLatin1(from);
    };
    row("/messages/long_code", R"({"from":"+14155550100","to":"+13125550001","text":"a","encoding":"auto"})",
        Lab::longCode);
    row("/messages/short_code", R"({"from":"37468","to":"+13125550001","text":"a"})", "37468");
    row("/messages/schedule", R"({"from":"+18885550142","to":"+13125550001","text":"a"})", Lab::tollFree);
    row("/messages/group_mms", R"({"from":"+14155550100","to":["+13125550001","+13125550002"],"text":"a"})",
        Lab::longCode);
}

void TestMessages::everyPathSends() {
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(QString, from);
    const Reply reply = m_lab.api("POST", path, Json::parse(body.toStdString()));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.at("/data/from/phone_number"), from);
    QCOMPARE(reply.at("/data/to/0/status"), QStringLiteral("queued"));
}

void TestMessages::brokenBodiesAreRefusedMemberByMember_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *path, const char *body, int status,
                        const char *pointer) {
        QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(body) << status
                            << QString::fromLatin1(pointer);
    };
    row("no body", "/messages", "", 422, "/to");
    row("not JSON", "/messages", "{\"to\":", 400, "/");
    row("not UTF-8", "/messages", "{\"to\":\"\xff\"}", 400, "/");
    row("an array", "/messages", "[1]", 422, "/");
    row("wrong type", "/messages", R"({"to":1})", 422, "/to");
    row("long code without from", "/messages/long_code", R"({"to":"+13125550001","text":"a"})", 422, "/from");
    row("short code without to", "/messages/short_code", R"({"from":"37468","text":"a"})", 422, "/to");
    row("alphanumeric without text", "/messages/alphanumeric_sender_id",
        R"({"from":"Shop","to":"+447700900123","messaging_profile_id":"5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101"})",
        422, "/text");
    row("alphanumeric, profile no uuid", "/messages/alphanumeric_sender_id",
        R"({"from":"Shop","to":"+447700900123","text":"a","messaging_profile_id":"sales"})", 422,
        "/messaging_profile_id");
    row("pool without profile", "/messages/number_pool", R"({"to":"+13125550001","text":"a"})", 422,
        "/messaging_profile_id");
    row("schedule with null time", "/messages/schedule", R"({"to":"+13125550001","text":"a","send_at":null})",
        422, "/send_at");
    row("group to one text", "/messages/group_mms", R"({"from":"+14155550100","to":"+13125550001"})", 422,
        "/to");
    row("group to a number", "/messages/group_mms", R"({"from":"+14155550100","to":["+13125550001",2]})", 422,
        "/to/1");
}

void TestMessages::brokenBodiesAreRefusedMemberByMember() {
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, pointer);
    const Reply reply = m_lab.broken("POST", path, body);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.at("/errors/0/source/pointer"), pointer);
    QVERIFY(!reply.at("/errors/0/code").isEmpty() && !reply.at("/errors/0/title").isEmpty());
}

void TestMessages::rulesBeyondTheForm_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const char *path, const QByteArray &body, int status,
                        const char *code) {
        QTest::newRow(name) << QString::fromLatin1(path) << body << status << QString::fromLatin1(code);
    };
    const QByteArray base = R"({"from":"+14155550100","to":"+13125550001")";
    row("neither text nor media", "/messages", base + "}", 400, "40316");
    row("empty text", "/messages", base + R"(,"text":""})", 400, "40316");
    row("11 parts", "/messages", base + ",\"text\":\"" + QByteArray(1531, 'a') + "\"}", 400, "40302");
    row("emoji as gsm7", "/messages", base + R"(,"text":"\ud83d\ude00","encoding":"gsm7"})", 400, "40009");
    row("7 parts with auto_detect", "/messages",
        base + ",\"auto_detect\":true,\"text\":\"" + QByteArray(153 * 6 + 1, 'a') + "\"}", 400, "40328");
    row("SMS with media", "/messages",
        base + R"(,"text":"a","type":"SMS","media_urls":["https://example.com/a.png"]})", 400, "40304");
    row("MMS without media", "/messages", base + R"(,"text":"a","type":"MMS"})", 400, "40304");
    row("SMS with subject", "/messages", base + R"(,"text":"a","subject":"b"})", 400, "40304");
    QByteArray urls;
    for (int i = 0; i < 11; ++i)
        urls += QByteArray(i == 0 ? "" : ",") + "\"https://example.com/" + QByteArray::number(i) + ".png\"";
    row("11 media", "/messages", base + ",\"media_urls\":[" + urls + "]}", 400, "40317");
    row("to without plus", "/messages", R"({"from":"+14155550100","to":"3125550001","text":"a"})", 400,
        "40310");
    row("to with blanks", "/messages", R"({"from":"+14155550100","to":"+1 312 555 0001","text":"a"})", 400,
        "40310");
    row("country not allowed", "/messages", R"({"from":"+14155550100","to":"+2348012345678","text":"a"})",
        403, "40309");
    row("MMS abroad", "/messages",
        R"({"from":"+14155550100","to":"+447700900123","media_urls":["https://example.com/a.png"]})", 400,
        "40301");
    row("toll-free abroad", "/messages", R"({"from":"+18885550142","to":"+447700900123","text":"a"})", 400,
        "40301");
    row("somebody else's number", "/messages", R"({"from":"+13125559999","to":"+13125550001","text":"a"})",
        403, "40305");
    row("no sender at all", "/messages", R"({"to":"+13125550001","text":"a"})", 400, "40305");
    row("another profile's number", "/messages",
        R"({"from":"+14155550100","to":"+13125550001","text":"a","messaging_profile_id":"5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a102"})",
        403, "40305");
    row("unknown profile", "/messages",
        R"({"from":"+14155550100","to":"+13125550001","text":"a","messaging_profile_id":"00000000-0000-4000-8000-000000000000"})",
        404, "10005");
    row("short code on the long code path", "/messages/long_code",
        R"({"from":"37468","to":"+13125550001","text":"a"})", 403, "40305");
    row("long code on the short code path", "/messages/short_code",
        R"({"from":"+14155550100","to":"+13125550001","text":"a"})", 403, "40305");
    row("short code to short code", "/messages", R"({"from":"37468","to":"12345","text":"a"})", 400, "40319");
    row("pool that is off", "/messages/number_pool",
        R"({"to":"+13125550001","text":"a","messaging_profile_id":"5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101"})",
        400, "40321");
    row("sender name with a dash", "/messages/alphanumeric_sender_id",
        R"({"from":"My-Shop","to":"+447700900123","text":"a","messaging_profile_id":"5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101"})",
        400, "40325");
    row("sender name not set up", "/messages/alphanumeric_sender_id",
        R"({"from":"Shop","to":"+447700900123","text":"a","messaging_profile_id":"5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101"})",
        400, "40306");
    row("nine in a group", "/messages/group_mms",
        R"({"from":"+14155550100","text":"a","to":["+13125550001","+13125550002","+13125550003","+13125550004","+13125550005","+13125550006","+13125550007","+13125550008","+13125550009"]})",
        422, "10015");
    row("too soon", "/messages", base + R"(,"text":"a","send_at":"2020-01-01T00:00:00Z"})", 422, "10015");
    row("too late", "/messages/schedule", base + R"(,"text":"a","send_at":"2099-01-01T00:00:00Z"})", 422,
        "10015");
}

void TestMessages::rulesBeyondTheForm() {
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, code);
    const Reply reply = m_lab.api("POST", path, Json::parse(body.toStdString()));
    QCOMPARE(reply.at("/errors/0/code"), code);
    QCOMPARE(reply.status, status);
    QVERIFY(!reply.at("/errors/0/detail").isEmpty());
}

void TestMessages::partsAndEncoding_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("smart");
    const auto row = [](const char *name, const char *from, const QString &text, const char *encoding,
                        const char *expected, bool smart = false) {
        QTest::newRow(name) << QString::fromLatin1(from) << text << QString::fromLatin1(encoding)
                            << QString::fromLatin1(expected) << smart;
    };
    const QString curly = QStringLiteral("Don\u2019t");
    row("160", Lab::longCode, QString(160, u'a'), "", "GSM-7 1");
    row("161", Lab::longCode, QString(161, u'a'), "", "GSM-7 2");
    row("brackets never straddle", Lab::longCode, QString(153, u']'), "", "GSM-7 3");
    row("10 parts", Lab::longCode, QString(1530, u'a'), "", "GSM-7 10");
    row("71 Cyrillic", Lab::longCode, QString(71, u'\u0416'), "", "UCS-2 2");
    row("curly, smart encoding off", Lab::longCode, curly, "", "UCS-2 1");
    row("curly, smart encoding on", Lab::tollFree, curly, "", "GSM-7 1", true);
    row("curly, off, but auto", Lab::longCode, curly, "auto", "GSM-7 1", true);
    row("curly, off, but gsm7", Lab::longCode, curly, "gsm7", "GSM-7 1", true);
    row("curly, on, but ucs2", Lab::tollFree, curly, "ucs2", "UCS-2 1");
    row("71 plain as ucs2", Lab::longCode, QString(71, u'a'), "ucs2", "UCS-2 2");
    row("pair at the border as ucs2", Lab::longCode,
        QString(66, u'a') + QStringLiteral("\U0001F600") + QString(66, u'b'), "ucs2", "UCS-2 3");
    row("short code", "37468", QStringLiteral("Hello"), "", "ASCII 1");
}

void TestMessages::partsAndEncoding() {
    QFETCH(QString, from);
    QFETCH(QString, text);
    QFETCH(QString, encoding);
    QFETCH(QString, expected);
    QFETCH(bool, smart);
    Json body{{"from", from.toStdString()}, {"to", Lab::anybody}, {"text", text.toStdString()}};
    if (!encoding.isEmpty())
        body["encoding"] = encoding.toStdString();
    const Reply reply = m_lab.api("POST", QStringLiteral("/messages"), body);
    QCOMPARE(reply.at("/data/encoding") + QStringLiteral(" ") + reply.at("/data/parts"), expected);
    QCOMPARE(reply.at("/data/smart_encoding_applied"),
             smart ? QStringLiteral("true") : QStringLiteral("false"));
    QCOMPARE(reply.at("/data/text"), text);
}

void TestMessages::costIsNullThenKnown() {
    const Json message = m_lab.send(Lab::anybody, "Hello");
    QCOMPARE(textAt(message, "/cost"), QStringLiteral("null"));
    QTRY_COMPARE(m_lab.statusOf(message), QStringLiteral("delivered"));
    const Reply read = m_lab.api("GET", QStringLiteral("/messages/") + textAt(message, "/id"));
    QCOMPARE(read.at("/data/cost/amount"), QStringLiteral("0.0070"));
    QCOMPARE(read.at("/data/cost_breakdown/rate/amount"), QStringLiteral("0.0040"));
    QCOMPARE(read.at("/data/cost/currency"), QStringLiteral("USD"));
    QVERIFY(read.at("/data/completed_at") != QStringLiteral("null"));
    QCOMPARE(read.at("/data/valid_until"), QStringLiteral("null"));
}

void TestMessages::readingAnUnknownMessage() {
    const QString absent = QStringLiteral("00000000-0000-4000-8000-000000000000");
    QCOMPARE(m_lab.api("GET", QStringLiteral("/messages/") + absent).status, 404);
    QCOMPARE(m_lab.api("GET", QStringLiteral("/messages/") + absent).at("/errors/0/code"),
             QStringLiteral("10005"));
    QCOMPARE(m_lab.api("GET", QStringLiteral("/messages/group/") + absent).status, 404);
    const Reply cancelled = m_lab.api("DELETE", QStringLiteral("/messages/") + absent);
    QCOMPARE(cancelled.status, 404);
    QCOMPARE(cancelled.at("/code"), QStringLiteral("10005")); // the bare form
    const Reply noUuid = m_lab.broken("GET", QStringLiteral("/messages/5"), {});
    QCOMPARE(noUuid.status, 422);
    QCOMPARE(noUuid.at("/errors/0/source/parameter"), QStringLiteral("id"));
}

void TestMessages::messagesAreReadableForTenDays() {
    Lab lab;
    QVERIFY(lab.start());
    const Json message = lab.send(Lab::anybody, "Old");
    lab.advance(10LL * 86'400'000 - 60'000);
    QCOMPARE(lab.statusOf(message), QStringLiteral("delivered"));
    lab.advance(120'000);
    QCOMPARE(lab.api("GET", QStringLiteral("/messages/") + textAt(message, "/id")).status, 404);
}

void TestMessages::schedulingAndCancelling() {
    const std::string at = QDateTime::currentDateTimeUtc().addSecs(1800).toString(Qt::ISODate).toStdString();
    const Json message = m_lab.send(Lab::anybody, "Later", {{"send_at", at}});
    QCOMPARE(textAt(message, "/to/0/status"), QStringLiteral("scheduled"));
    const QString path = QStringLiteral("/messages/") + textAt(message, "/id");
    const Reply cancelled = m_lab.api("DELETE", path);
    QCOMPARE(cancelled.status, 200);
    QCOMPARE(cancelled.at("/to/0/status"), QStringLiteral("cancelled")); // the bare message
    QCOMPARE(m_lab.api("GET", path).at("/data/to/0/status"), QStringLiteral("cancelled"));
    QCOMPARE(m_lab.api("DELETE", path).status, 403);
    QVERIFY(!m_lab.api("DELETE", path).at("/title").isEmpty());
}

void TestMessages::aScheduledMessageIsSentInTime() {
    Lab lab;
    QVERIFY(lab.start());
    const std::string at = QDateTime::currentDateTimeUtc().addSecs(1800).toString(Qt::ISODate).toStdString();
    const Json message = lab.send(Lab::anybody, "Later", {{"send_at", at}});
    lab.advance(1'765'000);
    QCOMPARE(lab.statusOf(message), QStringLiteral("scheduled"));
    QCOMPARE(lab.api("DELETE", QStringLiteral("/messages/") + textAt(message, "/id")).status,
             403); // within a minute
    lab.advance(60'000);
    QCOMPARE(lab.statusOf(message), QStringLiteral("delivered"));
}

void TestMessages::aScheduledMessageIsNotSentAfterAnOptOut() {
    const std::string at = QDateTime::currentDateTimeUtc().addSecs(1800).toString(Qt::ISODate).toStdString();
    Lab lab;
    QVERIFY(lab.start());
    const Json message = lab.send(Lab::anybody, "Later", {{"send_at", at}});
    const Reply added = lab.control("POST", QStringLiteral("/opt_outs"),
                                    {{"from", Lab::longCode}, {"to", Lab::anybody}, {"keyword", "STOPALL"}});
    QCOMPARE(added.at("/opt_outs"), QStringLiteral("1"));
    QCOMPARE(lab.api("GET", QStringLiteral("/messaging_optouts")).at("/data/0/keyword"),
             QStringLiteral("STOPALL"));
    lab.advance(1'900'000);
    QCOMPARE(lab.statusOf(message), QStringLiteral("sending_failed"));
    const QString path = QStringLiteral("/messages/") + textAt(message, "/id");
    QCOMPARE(lab.api("GET", path).at("/data/errors/0/code"), QStringLiteral("40300"));
    lab.control("POST", QStringLiteral("/start"), {{"from", Lab::anybody}, {"to", Lab::longCode}});
    QCOMPARE(lab.api("GET", QStringLiteral("/messaging_optouts")).at("/meta/total_results"),
             QStringLiteral("0"));
    QCOMPARE(
        lab.control("POST", QStringLiteral("/opt_outs"), {{"from", "+19995550100"}, {"to", Lab::anybody}})
            .status,
        422);
}

void TestMessages::groupMessages() {
    const Reply sent = m_lab.api("POST", QStringLiteral("/messages/group_mms"),
                                 {{"from", Lab::longCode},
                                  {"to", {"+13125550001", "+13125550002", Lab::tollFree}},
                                  {"text", "Lunch?"},
                                  {"media_urls", {"https://example.com/menu.png"}}});
    QCOMPARE(sent.status, 200);
    QCOMPARE(sent.at("/data/type"), QStringLiteral("MMS"));
    QCOMPARE(sent.at("/data/group_message_id"), sent.at("/data/id"));
    QCOMPARE(sent.body["data"]["to"].size(), std::size_t{3});
    QCOMPARE(sent.at("/data/media/0/content_type"), QStringLiteral("image/png"));
    const QString path = QStringLiteral("/messages/group/") + sent.at("/data/id");
    QTRY_COMPARE(m_lab.api("GET", path).at("/data/1/to/0/status"), QStringLiteral("unknown"));
    QTRY_COMPARE(m_lab.api("GET", path).at("/data/2/to/0/status"), QStringLiteral("delivered"));
    const Reply list = m_lab.api("GET", path);
    QCOMPARE(list.body["data"].size(), std::size_t{3});
    QVERIFY(!list.body.contains("meta"));
    QCOMPARE(list.at("/data/0/to/0/phone_number"), QStringLiteral("+13125550001"));
}

void TestMessages::numberPool() {
    QCOMPARE(patchSales({{"number_pool_settings",
                          {{"toll_free_weight", 0}, {"long_code_weight", 1}, {"skip_unhealthy", true}}}})
                 .status,
             200);
    const Reply reply =
        m_lab.api("POST", QStringLiteral("/messages/number_pool"),
                  {{"messaging_profile_id", Lab::sales}, {"to", Lab::anybody}, {"text", "a"}});
    QCOMPARE(reply.at("/data/from/phone_number"), QString::fromLatin1(Lab::longCode));
    const Reply plain =
        m_lab.api("POST", QStringLiteral("/messages"),
                  {{"messaging_profile_id", Lab::sales}, {"to", Lab::anybody}, {"text", "a"}});
    QCOMPARE(plain.status, 200); // without `from` the pool sends here too (D49)
    QCOMPARE(patchSales({{"number_pool_settings", nullptr}}).status, 200);
}

void TestMessages::alphanumericSenders() {
    QCOMPARE(patchSales({{"alpha_sender", "My Shop"}}).status, 200);
    const auto send = [this](const char *from, const char *to) {
        return m_lab.api("POST", QStringLiteral("/messages/alphanumeric_sender_id"),
                         {{"from", from}, {"to", to}, {"text", "a"}, {"messaging_profile_id", Lab::sales}});
    };
    QCOMPARE(send("My Shop", "+447700900123").status, 200);
    QCOMPARE(send("My Shop", "+447700900123").at("/data/from/phone_number"), QStringLiteral("My Shop"));
    QCOMPARE(send("Other", "+447700900123").at("/errors/0/code"), QStringLiteral("40307"));
    QCOMPARE(send("My Shop", Lab::anybody).at("/errors/0/code"), QStringLiteral("40309"));
    const Reply list =
        m_lab.api("GET", QStringLiteral("/messaging_profiles/") + QString::fromLatin1(Lab::sales) +
                             QStringLiteral("/alphanumeric_sender_ids"));
    QCOMPARE(list.at("/data/0/alphanumeric_sender_id"), QStringLiteral("My Shop"));
    QCOMPARE(patchSales({{"alpha_sender", nullptr}}).status, 200);
}

void TestMessages::disabledProfile() {
    QCOMPARE(patchSales({{"enabled", false}}).status, 200);
    const Reply reply = m_lab.api("POST", QStringLiteral("/messages"),
                                  {{"from", Lab::longCode}, {"to", Lab::anybody}, {"text", "a"}});
    QCOMPARE(reply.at("/errors/0/code"), QStringLiteral("40312"));
    QCOMPARE(reply.status, 403);
    QCOMPARE(patchSales({{"enabled", true}}).status, 200);
}

void TestMessages::spendLimit() {
    QCOMPARE(patchSales({{"daily_spend_limit", "0.001"}, {"daily_spend_limit_enabled", true}}).status, 200);
    const Reply reply = m_lab.api("POST", QStringLiteral("/messages"),
                                  {{"from", Lab::longCode}, {"to", Lab::anybody}, {"text", "a"}});
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.at("/errors/0/code"), QStringLiteral("40333"));
    QVERIFY(reply.header("retry-after").isEmpty());
    QCOMPARE(patchSales({{"daily_spend_limit_enabled", false}}).status, 200);
}

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"
