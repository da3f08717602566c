#include "telnyx/api_fixture.h"

#include <QRegularExpression>

#include <nlohmann/json.hpp>

using namespace longcode;
using namespace longcode::tests;
using nlohmann::json;
using telnyx::ErrorKind;

/// Each operation: what it puts on the wire and what it makes of the answer.
class TestOperations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void sendBodies_data();
    void sendBodies();
    void sendAnswer();
    void sendErrors_data();
    void sendErrors();
    void readsMessages_data();
    void readsMessages();
    void profiles();
    void oneProfile();
    void profilePools_data();
    void profilePools();
    void numbers();
    void assigns_data();
    void assigns();
    void checksTheKey_data();
    void checksTheKey();
    void wrongTypesAreNamed_data();
    void wrongTypesAreNamed();
    void severalAtOnce();
    void cancels_data();
    void cancels();
    void optOuts();
    void optOutErrors();
    void optOutsMustNameBoth();
};

namespace {

const QString profileId = QStringLiteral("7f0c2d11-6a0e-4c8e-9b57-2f1b7f6f9a01");

json bodyOf(const ApiFixture &api) {
    return json::parse(api.server.requests().value(0).body.toStdString());
}

} // namespace

Q_DECLARE_METATYPE(telnyx::SendRequest)

void TestOperations::sendBodies_data() {
    QTest::addColumn<telnyx::SendRequest>("request");
    QTest::addColumn<QByteArray>("body");
    telnyx::SendRequest sms;
    sms.from = QStringLiteral("+14155550100");
    sms.to = QStringLiteral("+14155550123");
    sms.text = QStringLiteral("Hé \"you\" \U0001F350\n\\");
    QTest::newRow("text") << sms
                          << QByteArray("{\"from\":\"+14155550100\",\"to\":\"+14155550123\",\"text\":\"Hé "
                                        "\\\"you\\\" \U0001F350\\n\\\\\"}");
    telnyx::SendRequest pool;
    pool.profile = telnyx::ProfileId(profileId);
    pool.to = sms.to;
    pool.text = QStringLiteral("x");
    pool.webhookUrl = QUrl(QStringLiteral("https://relay.example/webhooks/telnyx?intent=i-1&x=a b"));
    QTest::newRow("pool with webhook")
        << pool
        << QByteArray(
               R"({"messaging_profile_id":"7f0c2d11-6a0e-4c8e-9b57-2f1b7f6f9a01","to":"+14155550123","text":"x",)"
               R"("webhook_url":"https://relay.example/webhooks/telnyx?intent=i-1&x=a%20b"})");
    telnyx::SendRequest mms = sms;
    mms.text.clear();
    mms.mediaUrls =
        QStringList{QStringLiteral("https://m.example/1.jpg"), QStringLiteral("https://m.example/2.jpg")};
    mms.type = telnyx::SendType::Mms;
    QTest::newRow("media") << mms
                           << QByteArray(
                                  R"({"from":"+14155550100","to":"+14155550123","type":"MMS",)"
                                  R"("media_urls":["https://m.example/1.jpg","https://m.example/2.jpg"]})");
    telnyx::SendRequest later = sms;
    later.text = QStringLiteral("x");
    later.type = telnyx::SendType::Sms;
    later.encoding = sms::RequestedEncoding::Gsm7;
    later.sendAt = QDateTime(QDate(2026, 3, 6), QTime(9, 0), Qt::UTC);
    QTest::newRow("scheduled")
        << later
        << QByteArray(
               R"({"from":"+14155550100","to":"+14155550123","text":"x","type":"SMS","encoding":"gsm7",)"
               R"("send_at":"2026-03-06T09:00:00Z"})");
    later.sendAt = QDateTime(QDate(2026, 3, 6), QTime(9, 59, 1), Qt::OffsetFromUTC, 3600);
    QTest::newRow("scheduled within a minute of another zone")
        << later
        << QByteArray(
               R"({"from":"+14155550100","to":"+14155550123","text":"x","type":"SMS","encoding":"gsm7",)"
               R"("send_at":"2026-03-06T09:00:00Z"})");
    later.sendAt.reset();
    later.encoding = sms::RequestedEncoding::Ucs2;
    QTest::newRow("UCS-2")
        << later
        << QByteArray(
               R"({"from":"+14155550100","to":"+14155550123","text":"x","type":"SMS","encoding":"ucs2"})");
    later.encoding = sms::RequestedEncoding::Auto;
    QTest::newRow("automatic")
        << later
        << QByteArray(
               R"({"from":"+14155550100","to":"+14155550123","text":"x","type":"SMS","encoding":"auto"})");
}

void TestOperations::sendBodies() {
    QFETCH(telnyx::SendRequest, request);
    QFETCH(QByteArray, body);
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) { return jsonAnswer(200, someMessage()); });
    telnyx::Client client(api.network, api.settings);
    QVERIFY(ApiFixture::result(client.sendMessage(request)));
    const SeenRequest seen = api.server.requests().value(0);
    QCOMPARE(seen.method, QByteArray("POST"));
    QCOMPARE(seen.target, QByteArray("/v2/messages"));
    QCOMPARE(seen.header("Content-Type"), QByteArray("application/json"));
    QVERIFY(bodyOf(api) == json::parse(body.toStdString()));
}

void TestOperations::sendAnswer() {
    ApiFixture api;
    const QByteArray bare =
        R"({"id":"m-1","to":[{"phone_number":"+14155550123","status":"queued"}],"parts":2})";
    api.server.setScript([&](const SeenRequest &) { return jsonAnswer(201, bare); });
    telnyx::Client client(api.network, api.settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend()));
    QVERIFY(sent);
    QCOMPARE(sent->id.text(), QStringLiteral("m-1"));
    QCOMPARE(sent->to.value(0).status, events::MessageStatus::Queued);
    QCOMPARE(sent->parts, 2);
}

void TestOperations::sendErrors_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, int status, const char *body, ErrorKind kind, const char *code) {
        QTest::newRow(name) << status << QByteArray(body) << int(kind) << QString::fromLatin1(code);
    };
    row("key", 401, R"({"errors":[{"code":"10009","title":"Authentication failed"}]})",
        ErrorKind::Unauthorized, "10009");
    row("funds", 402, R"({"errors":[{"code":"20100","title":"No funds"}]})", ErrorKind::PaymentRequired,
        "20100");
    row("blocked", 403, R"({"errors":[{"code":"40300","title":"Blocked due to STOP"}]})",
        ErrorKind::Forbidden, "40300");
    row("bad number", 422, R"({"errors":[{"code":"40310","title":"Bad 'to'"}]})", ErrorKind::Validation,
        "40310");
    row("too fast", 429, R"({"errors":[{"code":"40318","title":"Queue full"}]})", ErrorKind::RateLimited,
        "40318");
    row("down", 503, "", ErrorKind::Server, "");
}

void TestOperations::sendErrors() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QString, code);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) { return jsonAnswer(status, body); });
    telnyx::Client client(api.network, api.settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend()));
    QVERIFY(!sent);
    QCOMPARE(int(sent.error().kind), kind);
    QCOMPARE(sent.error().code, code);
    QCOMPARE(api.server.requests().size(), 1);
}

void TestOperations::readsMessages_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("inbound");
    QTest::newRow("outbound") << QByteArray(R"({"data":{"id":"m-1","direction":"outbound"}})") << false;
    QTest::newRow("inbound") << QByteArray(R"({"data":{"id":"m-1","direction":"inbound","from":"+1"}})")
                             << true;
    QTest::newRow("bare") << QByteArray(R"({"id":"m-1","direction":"inbound"})") << true;
}

void TestOperations::readsMessages() {
    QFETCH(QByteArray, body);
    QFETCH(bool, inbound);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) { return jsonAnswer(200, body); });
    telnyx::Client client(api.network, api.settings);
    const auto read =
        ApiFixture::result(client.message(events::MessageId(QString::fromLatin1(someMessageId))));
    QVERIFY(read);
    QCOMPARE(read->direction == events::Direction::Inbound, inbound);
}

void TestOperations::profiles() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &request) {
        const bool first = request.target.contains("page%5Bnumber%5D=1");
        return jsonAnswer(200, first ? R"({"data":[{"id":"p-1","name":"Sales"}],"meta":{"total_pages":2}})"
                                     : R"({"data":[{"id":"p-2","name":null}],"meta":{"total_pages":2}})");
    });
    telnyx::Client client(api.network, api.settings);
    const auto all = ApiFixture::result(client.profiles());
    QVERIFY(all);
    QCOMPARE(all->size(), 2);
    QCOMPARE(all->value(0).name, QStringLiteral("Sales"));
    QCOMPARE(all->value(1).id.text(), QStringLiteral("p-2"));
    QCOMPARE(api.server.requests().value(0).target,
             QByteArray("/v2/messaging_profiles?page%5Bnumber%5D=1&page%5Bsize%5D=250"));
}

void TestOperations::oneProfile() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(
            200, R"({"data":{"id":"7f0c2d11-6a0e-4c8e-9b57-2f1b7f6f9a01","name":"Support","enabled":true,)"
                 R"("webhook_url":null,"whitelisted_destinations":["*"],"smart_encoding":true,)"
                 R"("number_pool_settings":{"toll_free_weight":2.5,"long_code_weight":0,)"
                 R"("skip_unhealthy":true},"alpha_sender":"Orchard","new_member":{"x":[1]}}})");
    });
    telnyx::Client client(api.network, api.settings);
    const auto profile = ApiFixture::result(client.profile(telnyx::ProfileId(profileId)));
    QVERIFY(profile);
    QCOMPARE(api.server.requests().value(0).target,
             QByteArray("/v2/messaging_profiles/" + profileId.toLatin1()));
    QCOMPARE(profile->name, QStringLiteral("Support"));
    QCOMPARE(profile->enabled, true);
    QCOMPARE(profile->webhookUrl, QString());
    QCOMPARE(profile->whitelistedDestinations, QStringList{QStringLiteral("*")});
    QVERIFY(profile->smartEncoding);
    QVERIFY(profile->hasNumberPool);
    QCOMPARE(profile->alphaSender, QStringLiteral("Orchard"));
}

void TestOperations::profilePools_data() {
    QTest::addColumn<QByteArray>("pool");
    QTest::addColumn<bool>("has");
    QTest::newRow("null") << QByteArray("null") << false;
    QTest::newRow("empty object") << QByteArray("{}") << false;
    QTest::newRow("weights zero") << QByteArray(R"({"toll_free_weight":0,"long_code_weight":0})") << false;
    QTest::newRow("one weight") << QByteArray(R"({"long_code_weight":1})") << true;
}

void TestOperations::profilePools() {
    QFETCH(QByteArray, pool);
    QFETCH(bool, has);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) {
        return jsonAnswer(200, R"({"data":{"id":"p","number_pool_settings":)" + pool + "}}");
    });
    telnyx::Client client(api.network, api.settings);
    QCOMPARE(ApiFixture::result(client.profile(telnyx::ProfileId(profileId)))->hasNumberPool, has);
}

void TestOperations::numbers() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(200, R"({"data":[
            {"id":"1293384261075731499","phone_number":"+14155550100","messaging_profile_id":"p-1","country_code":"US",
             "type":"long-code","features":{"sms":{"domestic_two_way":true},"mms":null},
             "health":{"success_ratio":0.94}},
            {"id":"2","phone_number":"+18885550142","messaging_profile_id":null,"type":"tollfree","features":null},
            {"id":"3","phone_number":"37468","type":"short_code"}],"meta":{"total_pages":1}})");
    });
    telnyx::Client client(api.network, api.settings);
    const auto all = ApiFixture::result(client.numbersWithMessagingSettings());
    QVERIFY(all);
    QCOMPARE(all->size(), 3);
    QCOMPARE(all->value(0).id.text(), QStringLiteral("1293384261075731499"));
    QCOMPARE(all->value(0).kind, sms::SenderKind::LongCode);
    QVERIFY(all->value(0).sms && !all->value(0).mms);
    QCOMPARE(all->value(0).successRatio, 0.94);
    QVERIFY(all->value(1).profile.isEmpty());
    QCOMPARE(all->value(1).kind, sms::SenderKind::TollFree);
    QVERIFY(all->value(1).sms && all->value(1).mms);
    QCOMPARE(all->value(2).kind, sms::SenderKind::ShortCode);
    QCOMPARE(all->value(2).number, QStringLiteral("37468"));
}

void TestOperations::assigns_data() {
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("assign") << profileId
                            << QByteArray(
                                   R"({"messaging_profile_id":"7f0c2d11-6a0e-4c8e-9b57-2f1b7f6f9a01"})");
    QTest::newRow("unassign: a text, never null")
        << QString() << QByteArray(R"({"messaging_profile_id":""})");
}

void TestOperations::assigns() {
    QFETCH(QString, profile);
    QFETCH(QByteArray, body);
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(200, R"({"data":{"id":"1","phone_number":"+14155550100"}})");
    });
    telnyx::Client client(api.network, api.settings);
    const telnyx::NumberId number(QStringLiteral("+14155550100"));
    QVERIFY(ApiFixture::result(client.assignNumber(number, telnyx::ProfileId(profile))));
    const SeenRequest seen = api.server.requests().value(0);
    QCOMPARE(seen.method, QByteArray("PATCH"));
    QCOMPARE(seen.target, QByteArray("/v2/phone_numbers/%2B14155550100/messaging"));
    QCOMPARE(seen.body, body);
}

void TestOperations::checksTheKey_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind"); // -1: good
    QTest::newRow("good") << 200 << QByteArray(R"({"data":[],"meta":{}})") << -1;
    QTest::newRow("wrong") << 401 << QByteArray(R"({"errors":[{"code":"10009","title":"No"}]})")
                           << int(ErrorKind::Unauthorized);
    QTest::newRow("a hotel's login page") << 200 << QByteArray("<html>") << int(ErrorKind::BadAnswer);
}

void TestOperations::checksTheKey() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) { return jsonAnswer(status, body); });
    telnyx::Client client(api.network, api.settings);
    const auto checked = ApiFixture::result(client.checkKey());
    QCOMPARE(checked ? -1 : int(checked.error().kind), kind);
    QCOMPARE(api.server.requests().value(0).target, QByteArray("/v2/messaging_profiles?page%5Bsize%5D=1"));
}

void TestOperations::wrongTypesAreNamed_data() {
    QTest::addColumn<QByteArray>("numbers");
    QTest::addColumn<QString>("member");
    const auto row = [](const char *numbers, const char *member) {
        QTest::newRow(member) << QByteArray(numbers) << QString::fromLatin1(member);
    };
    row(R"([{"phone_number":"+1"}])", "data[0].id");
    row(R"([{"id":"1","phone_number":"+1"},{"id":"2"}])", "data[1].phone_number");
    row(R"([{"id":5,"phone_number":"+1"}])", "data[0].id");
    row(R"(["x"])", "data[0].data");
    row(R"([{"id":"1","phone_number":"+1","health":{"success_ratio":"0.9"}}])",
        "data[0].health.success_ratio");
    row(R"([{"id":"1","phone_number":"+1","messaging_profile_id":7}])", "data[0].messaging_profile_id");
}

void TestOperations::wrongTypesAreNamed() {
    QFETCH(QByteArray, numbers);
    QFETCH(QString, member);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) { return jsonAnswer(200, "{\"data\":" + numbers + "}"); });
    telnyx::Client client(api.network, api.settings);
    const auto all = ApiFixture::result(client.numbersWithMessagingSettings());
    QVERIFY(!all);
    QCOMPARE(all.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(all.error().title, member);
}

void TestOperations::severalAtOnce() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) { return jsonAnswer(200, someMessage()); });
    telnyx::Client client(api.network, api.settings);
    QList<QFuture<telnyx::Answer<events::MessageFacts>>> sends;
    for (int i = 0; i < 30; ++i)
        sends.append(client.sendMessage(someSend(QStringLiteral("number-%1-of-thirty").arg(i))));
    for (const auto &send : sends)
        QVERIFY(ApiFixture::result(send, 30'000));
    for (int i = 0; i < 30; ++i)
        QCOMPARE(api.server.occurrences(QByteArray("number-" + QByteArray::number(i) + "-of-thirty")), 1);
}

void TestOperations::cancels_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("said"); // the status, or the error's code
    QTest::newRow("bare message") << 200
                                  << QByteArray(
                                         R"({"id":")" + someMessageId +
                                         R"(","direction":"outbound","from":{"phone_number":"+14155550100"},)"
                                         R"("to":[{"phone_number":"+14155550123","status":"cancelled"}]})")
                                  << QStringLiteral("cancelled");
    QTest::newRow("wrapped all the same")
        << 200 << someMessage().replace("queued", "cancelled") << QStringLiteral("cancelled");
    QTest::newRow("too late") << 403
                              << QByteArray(R"({"code":"10010","title":"Not allowed","detail":"Too late."})")
                              << QStringLiteral("10010");
    QTest::newRow("unknown") << 404 << QByteArray(R"({"code":"10005","title":"Resource not found"})")
                             << QStringLiteral("10005");
}

void TestOperations::cancels() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, said);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) { return jsonAnswer(status, body); });
    telnyx::Client client(api.network, api.settings);
    const auto answer =
        ApiFixture::result(client.cancelScheduled(events::MessageId(QString::fromLatin1(someMessageId))));
    const SeenRequest seen = api.server.requests().value(0);
    QCOMPARE(seen.method, QByteArray("DELETE"));
    QCOMPARE(seen.target, "/v2/messages/" + someMessageId);
    QVERIFY(seen.body.isEmpty());
    QCOMPARE(answer.has_value(), status == 200);
    if (answer) {
        QCOMPARE(answer->to.value(0).status, events::MessageStatus::Cancelled);
        QCOMPARE(answer->to.value(0).statusText, said);
        return;
    }
    QCOMPARE(answer.error().code, said);
    QCOMPARE(int(answer.error().kind), int(status == 403 ? ErrorKind::Forbidden : ErrorKind::NotFound));
    QCOMPARE(api.server.requests().size(), 1); // never repeated by itself
}

void TestOperations::optOuts() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &request) {
        const bool first = request.target.contains("=1&");
        const QByteArray entry =
            first ? R"({"from":"+14155550100","to":"+14155550123","messaging_profile_id":null,)"
                    R"("keyword":"Stop all","created_at":"2025-04-28 12:00:38.631252+00:00"})"
                  : R"({"from":"+18885550142","to":"+14155550124",)"
                    R"("messaging_profile_id":"7f0c2d11-6a0e-4c8e-9b57-2f1b7f6f9a01","keyword":null})";
        return jsonAnswer(200, R"({"data":[)" + entry +
                                   R"(],"meta":{"total_pages":2,"total_results":2,)"
                                   R"("page_number":1,"page_size":250}})");
    });
    telnyx::Client client(api.network, api.settings);
    const auto list = ApiFixture::result(client.optOuts());
    QVERIFY(list);
    QCOMPARE(api.server.requests().size(), 2);
    QVERIFY(api.server.requests().value(0).target.startsWith("/v2/messaging_optouts?"));
    QCOMPARE(list->size(), 2);
    QCOMPARE(list->at(0).from, QStringLiteral("+14155550100"));
    QCOMPARE(list->at(0).to, QStringLiteral("+14155550123"));
    QCOMPARE(list->at(0).keyword, QStringLiteral("Stop all"));
    QVERIFY(list->at(0).profile.isEmpty());
    QCOMPARE(list->at(0).at, QDateTime(QDate(2025, 4, 28), QTime(12, 0, 38, 631), Qt::UTC));
    QCOMPARE(list->at(1).profile.text(), profileId);
    QVERIFY(list->at(1).keyword.isEmpty() && !list->at(1).at);
}

void TestOperations::optOutErrors() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(401, R"({"code":"10009","title":"Authentication failed"})");
    });
    telnyx::Client client(api.network, api.settings);
    const auto list = ApiFixture::result(client.optOuts());
    QVERIFY(!list);
    QCOMPARE(int(list.error().kind), int(ErrorKind::Unauthorized));
    QCOMPARE(list.error().code, QStringLiteral("10009"));
}

void TestOperations::optOutsMustNameBoth() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(200,
                          R"({"data":[{"from":"+14155550100","keyword":"STOP"}],"meta":{"total_pages":1,)"
                          R"("total_results":1,"page_number":1,"page_size":250}})");
    });
    telnyx::Client client(api.network, api.settings);
    const auto list = ApiFixture::result(client.optOuts());
    QVERIFY(!list);
    QCOMPARE(int(list.error().kind), int(ErrorKind::BadAnswer));
    QCOMPARE(list.error().title, QStringLiteral("data[0].to"));
}

QTEST_GUILESS_MAIN(TestOperations)
#include "tst_operations.moc"
