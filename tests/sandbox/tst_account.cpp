#include "sandbox/lab.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::tests;

/// Profiles, numbers, short codes and the gate in front of them, against the real process.
class TestAccount : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->start({QStringLiteral("--speed"), QStringLiteral("20")}));
    }
    void theKeyIsNeeded_data();
    void theKeyIsNeeded();
    void unknownPathsAndMethods();
    void contentTypeMustBeJson();
    void rateLimit();
    void pages();
    void badPages_data();
    void badPages();
    void profilesLiveTheirLife();
    void patchChangesOnlyWhatIsSent();
    void brokenProfiles_data();
    void brokenProfiles();
    void numbersOfAProfile();
    void metrics();
    void numbers();
    void badQueries_data();
    void badQueries();
    void assigningANumber();
    void bulkUpdates();
    void shortCodes();

private:
    static QString profilePath(const char *id, const char *rest = "") {
        return QStringLiteral("/messaging_profiles/") + QString::fromLatin1(id) + QString::fromLatin1(rest);
    }
    std::unique_ptr<Lab> m_lab;
};

void TestAccount::theKeyIsNeeded_data() {
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QByteArray() << 401;
    QTest::newRow("wrong") << QByteArray("Bearer wrong") << 401;
    QTest::newRow("longer") << QByteArray("Bearer test-keyx") << 401;
    QTest::newRow("no scheme") << QByteArray("test-key") << 401;
    QTest::newRow("other scheme") << QByteArray("Basic test-key") << 401;
    QTest::newRow("right") << QByteArray("Bearer test-key") << 200;
    QTest::newRow("scheme in capitals") << QByteArray("BEARER test-key") << 200;
}

void TestAccount::theKeyIsNeeded() {
    QFETCH(QByteArray, authorization);
    QFETCH(int, status);
    const Reply reply = m_lab->broken("GET", QStringLiteral("/messaging_profiles"), {}, {}, authorization);
    QCOMPARE(reply.status, status);
    if (status != 401)
        return;
    QCOMPARE(reply.at("/errors/0/code"), QStringLiteral("10009"));
    QCOMPARE(reply.at("/errors/0/title"), QStringLiteral("Authentication failed"));
    // The list of opt-outs has the bare form.
    const Reply bare = m_lab->broken("GET", QStringLiteral("/messaging_optouts"), {}, {}, authorization);
    QCOMPARE(bare.at("/code"), QStringLiteral("10009"));
}

void TestAccount::unknownPathsAndMethods() {
    QCOMPARE(m_lab->broken("GET", QStringLiteral("/nothing/here"), {}).status, 404);
    QCOMPARE(m_lab->broken("GET", QStringLiteral(""), {}).status, 404);
    const Reply wrong = m_lab->broken("PUT", profilePath(Lab::sales), "{}");
    QCOMPARE(wrong.status, 405);
    QCOMPARE(wrong.header("allow"), QByteArray("GET, PATCH, DELETE"));
    QCOMPARE(m_lab->broken("DELETE", QStringLiteral("/messaging_profiles"), {}).status, 405);
}

void TestAccount::contentTypeMustBeJson() {
    const QByteArray body = R"({"to":"+13125550001","from":"+14155550100","text":"a"})";
    QCOMPARE(m_lab->broken("POST", QStringLiteral("/messages"), body, "text/plain").status, 415);
    QCOMPARE(
        m_lab->broken("POST", QStringLiteral("/messages"), body, "application/x-www-form-urlencoded").status,
        415);
    QCOMPARE(
        m_lab->broken("POST", QStringLiteral("/messages"), body, "Application/JSON ; charset=utf-8").status,
        200);
}

void TestAccount::rateLimit() {
    m_lab->control("POST", QStringLiteral("/rate_limit"), {{"per_second", 0}});
    const Reply refused = m_lab->api("GET", QStringLiteral("/messaging_profiles"));
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.header("retry-after"), QByteArray("1"));
    QCOMPARE(refused.header("x-ratelimit-limit"), QByteArray("0"));
    QCOMPARE(refused.header("x-ratelimit-remaining"), QByteArray("0"));
    QCOMPARE(refused.at("/errors/0/code"), QStringLiteral("10011"));
    m_lab->control("POST", QStringLiteral("/rate_limit"), {{"per_second", 5}});
    m_lab->advance(1000);
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messaging_profiles")).status, 200);
}

void TestAccount::pages() {
    for (int i = 0; i < 5; ++i) {
        const Reply made =
            m_lab->api("POST", QStringLiteral("/messaging_profiles"),
                       {{"name", "Extra " + std::to_string(i)}, {"whitelisted_destinations", {"US"}}});
        QCOMPARE(made.status, 200);
    }
    const Reply first =
        m_lab->api("GET", QStringLiteral("/messaging_profiles?page%5Bnumber%5D=1&page%5Bsize%5D=3"));
    QCOMPARE(first.body["data"].size(), std::size_t{3});
    QCOMPARE(written(first.body["meta"]),
             written({{"total_pages", 3}, {"total_results", 7}, {"page_number", 1}, {"page_size", 3}}));
    const Reply last = m_lab->api("GET", QStringLiteral("/messaging_profiles?page[number]=3&page[size]=3"));
    QCOMPARE(last.body["data"].size(), std::size_t{1});
    QCOMPARE(last.at("/data/0/name"), QStringLiteral("Extra 4"));
    const Reply beyond = m_lab->api("GET", QStringLiteral("/messaging_profiles?page[number]=4&page[size]=3"));
    QCOMPARE(beyond.body["data"].size(), std::size_t{0});
    const Reply usual = m_lab->api("GET", QStringLiteral("/messaging_profiles"));
    QCOMPARE(written(usual.body["meta"]),
             written({{"total_pages", 1}, {"total_results", 7}, {"page_number", 1}, {"page_size", 20}}));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messaging_profiles?filter[name][eq]=Sales"))
                 .at("/meta/total_results"),
             QStringLiteral("1"));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messaging_profiles?filter[name][contains]=extra"))
                 .at("/meta/total_results"),
             QStringLiteral("5"));
}

void TestAccount::badPages_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("parameter");
    const auto row = [](const char *query, const char *parameter) {
        QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(parameter);
    };
    row("page[number]=0", "page[number]");
    row("page[number]=x", "page[number]");
    row("page[number]=-1", "page[number]");
    row("page[size]=0", "page[size]");
    row("page[size]=251", "page[size]");
    row("page[size]=2.5", "page[size]");
    row("page[size]=", "page[size]");
    row("page[number]=99999999999999999999", "page[number]");
}

void TestAccount::badPages() {
    QFETCH(QString, query);
    QFETCH(QString, parameter);
    for (const char *path :
         {"/messaging_profiles?", "/phone_numbers?", "/phone_numbers/messaging?", "/short_codes?"}) {
        const Reply reply = m_lab->broken("GET", QString::fromLatin1(path) + query, {});
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.at("/errors/0/source/parameter"), parameter);
    }
    QCOMPARE(m_lab->broken("GET", QStringLiteral("/messaging_optouts?") + query, {}).at("/source/parameter"),
             parameter);
}

void TestAccount::profilesLiveTheirLife() {
    const Reply made =
        m_lab->api("POST", QStringLiteral("/messaging_profiles"),
                   {{"name", "News"},
                    {"whitelisted_destinations", {"US", "CA"}},
                    {"webhook_url", "https://example.com/hooks"},
                    {"number_pool_settings",
                     {{"toll_free_weight", 10}, {"long_code_weight", 1}, {"skip_unhealthy", true}}}});
    QCOMPARE(made.status, 200);
    QCOMPARE(made.at("/data/record_type"), QStringLiteral("messaging_profile"));
    QCOMPARE(made.at("/data/webhook_url"), QStringLiteral("https://example.com/hooks"));
    QCOMPARE(made.at("/data/webhook_api_version"), QStringLiteral("2"));
    QCOMPARE(made.at("/data/number_pool_settings/sticky_sender"), QStringLiteral("false"));
    const QString path = QStringLiteral("/messaging_profiles/") + made.at("/data/id");
    const Reply secret = m_lab->api("POST", path + QStringLiteral("/actions/regenerate_secret"));
    QCOMPARE(secret.status, 200);
    QVERIFY(secret.at("/data/v1_secret") != made.at("/data/v1_secret"));
    const Reply gone = m_lab->api("DELETE", path);
    QCOMPARE(gone.at("/data/name"), QStringLiteral("News"));
    QCOMPARE(m_lab->api("GET", path).status, 404);
    QCOMPARE(m_lab->api("PATCH", path, {{"name", "x"}}).status, 404);
    QCOMPARE(m_lab->api("DELETE", path).status, 404);
    QCOMPARE(m_lab->api("POST", path + QStringLiteral("/actions/regenerate_secret")).at("/errors/0/code"),
             QStringLiteral("10005"));
    m_lab->api("DELETE", profilePath(Lab::sales));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/phone_numbers/%2B14155550100/messaging"))
                 .at("/data/messaging_profile_id"),
             QStringLiteral("null"));
    const Reply unassigned = m_lab->api("POST", QStringLiteral("/messages"),
                                        {{"from", Lab::longCode}, {"to", Lab::anybody}, {"text", "a"}});
    QCOMPARE(unassigned.status, 403);
    QCOMPARE(unassigned.at("/errors/0/code"), QStringLiteral("40305"));
}

void TestAccount::patchChangesOnlyWhatIsSent() {
    const Json before = m_lab->api("GET", profilePath(Lab::support)).body["data"];
    const Reply after = m_lab->api("PATCH", profilePath(Lab::support),
                                   {{"webhook_url", "http://example.com/webhooks"},
                                    {"id", "16fd2706-8baf-433b-82eb-8c7fada847da"},
                                    {"created_at", "2001-01-01T00:00:00Z"}});
    QCOMPARE(after.status, 200);
    Json expected = before;
    expected["webhook_url"] = "http://example.com/webhooks";
    expected["updated_at"] = after.body["data"]["updated_at"];
    QCOMPARE(written(after.body["data"]), written(expected));
    QCOMPARE(
        m_lab->api("PATCH", profilePath(Lab::support), {{"webhook_url", nullptr}}).at("/data/webhook_url"),
        QStringLiteral("null"));
}

void TestAccount::brokenProfiles_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no name") << QByteArray("POST") << QByteArray(R"({"whitelisted_destinations":["US"]})")
                             << QStringLiteral("/name");
    QTest::newRow("no countries") << QByteArray("POST") << QByteArray(R"({"name":"a"})")
                                  << QStringLiteral("/whitelisted_destinations");
    QTest::newRow("empty webhook") << QByteArray("PATCH") << QByteArray(R"({"webhook_url":""})")
                                   << QStringLiteral("/webhook_url");
    QTest::newRow("name is a number")
        << QByteArray("PATCH") << QByteArray(R"({"name":1})") << QStringLiteral("/name");
    QTest::newRow("half a pool") << QByteArray("PATCH")
                                 << QByteArray(R"({"number_pool_settings":{"geomatch":true}})")
                                 << QStringLiteral("/number_pool_settings/toll_free_weight");
}

void TestAccount::brokenProfiles() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    QFETCH(QString, pointer);
    const QString path = method == "POST" ? QStringLiteral("/messaging_profiles") : profilePath(Lab::sales);
    const Reply reply = m_lab->broken(method.constData(), path, body);
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.at("/errors/0/source/pointer"), pointer);
}

void TestAccount::numbersOfAProfile() {
    const Reply numbers = m_lab->api("GET", profilePath(Lab::support, "/phone_numbers"));
    QCOMPARE(numbers.at("/meta/total_results"), QStringLiteral("1"));
    QCOMPARE(numbers.at("/data/0/phone_number"), QString::fromLatin1(Lab::tollFree));
    QCOMPARE(numbers.at("/data/0/type"), QStringLiteral("toll-free"));
    const Reply codes = m_lab->api("GET", profilePath(Lab::sales, "/short_codes"));
    QCOMPARE(codes.at("/data/0/short_code"), QStringLiteral("37468"));
    QCOMPARE(m_lab->api("GET", profilePath("00000000-0000-4000-8000-000000000000", "/phone_numbers")).status,
             404);
    QCOMPARE(m_lab->broken("GET", QStringLiteral("/messaging_profiles/sales/phone_numbers"), {}).status, 422);
}

void TestAccount::metrics() {
    const Json message = m_lab->send(Lab::anybody, "a");
    QTRY_COMPARE(m_lab->statusOf(message), QStringLiteral("delivered"));
    QCOMPARE(m_lab->api("GET", profilePath(Lab::sales, "/metrics?time_frame=1h"))
                 .at("/data/outbound_by_status/delivered"),
             QStringLiteral("1"));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messaging_profile_metrics")).at("/meta/total_results"),
             QStringLiteral("2"));
    QCOMPARE(m_lab->broken("GET", QStringLiteral("/messaging_profile_metrics?time_frame=2h"), {}).status,
             400);
}

void TestAccount::numbers() {
    const Reply all = m_lab->api("GET", QStringLiteral("/phone_numbers?sort=phone_number"));
    QCOMPARE(all.at("/meta/total_results"), QStringLiteral("2"));
    QCOMPARE(all.at("/data/0/messaging_profile_name"), QStringLiteral("Sales"));
    QCOMPARE(all.at("/data/1/phone_number_type"), QStringLiteral("toll_free"));
    const QString id = all.at("/data/0/id");
    QCOMPARE(m_lab->api("GET", QStringLiteral("/phone_numbers/") + id).at("/data/phone_number"),
             QString::fromLatin1(Lab::longCode));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/phone_numbers/") + id + QStringLiteral("/messaging"))
                 .at("/data/id"),
             id);
    QCOMPARE(m_lab->api("GET", QStringLiteral("/phone_numbers/12345")).status, 404);
    QCOMPARE(m_lab->api("GET", QStringLiteral("/phone_numbers/%2B13125559999/messaging")).status, 404);
    QCOMPARE(m_lab->api("GET", QStringLiteral("/phone_numbers?filter[phone_number]=888555"))
                 .at("/data/0/phone_number"),
             QString::fromLatin1(Lab::tollFree));
    const QString list = QStringLiteral("/phone_numbers/messaging?");
    QCOMPARE(m_lab->api("GET", list + QStringLiteral("filter[type]=longcode")).at("/meta/total_results"),
             QStringLiteral("1"));
    QCOMPARE(m_lab->api("GET", list + QStringLiteral("sort[phone_number]=desc")).at("/data/0/phone_number"),
             QString::fromLatin1(Lab::tollFree));
    QCOMPARE(m_lab
                 ->api("GET", list + QStringLiteral("filter[messaging_profile_id]=") +
                                  QString::fromLatin1(Lab::support))
                 .at("/meta/total_results"),
             QStringLiteral("1"));
}

void TestAccount::badQueries_data() {
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("parameter");
    const auto row = [](const char *target, const char *parameter) {
        QTest::newRow(target) << QString::fromLatin1(target) << QString::fromLatin1(parameter);
    };
    row("/phone_numbers?sort=color", "sort");
    row("/phone_numbers?filter[status]=gone", "filter[status]");
    row("/phone_numbers?filter[number_type][eq]=longcode", "filter[number_type][eq]");
    row("/phone_numbers/messaging?filter[type]=long-code", "filter[type]");
    row("/phone_numbers/messaging?sort[phone_number]=up", "sort[phone_number]");
    row("/phone_numbers/messaging?filter[messaging_profile_id]=sales", "filter[messaging_profile_id]");
}

void TestAccount::badQueries() {
    QFETCH(QString, target);
    QFETCH(QString, parameter);
    const Reply reply = m_lab->broken("GET", target, {});
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.at("/errors/0/source/parameter"), parameter);
}

void TestAccount::assigningANumber() {
    const QString path = QStringLiteral("/phone_numbers/%2B14155550100/messaging");
    const Reply moved =
        m_lab->api("PATCH", path, {{"messaging_profile_id", Lab::support}, {"tags", {"main"}}});
    QCOMPARE(moved.at("/data/messaging_profile_id"), QString::fromLatin1(Lab::support));
    QCOMPARE(moved.at("/data/tags/0"), QStringLiteral("main"));
    QCOMPARE(m_lab->api("PATCH", path, {{"messaging_product", "P2P"}}).at("/data/messaging_profile_id"),
             QString::fromLatin1(Lab::support));
    QCOMPARE(m_lab->api("PATCH", path, {{"messaging_profile_id", ""}}).at("/data/messaging_profile_id"),
             QStringLiteral("null"));
    QCOMPARE(
        m_lab->api("PATCH", path, {{"messaging_profile_id", "00000000-0000-4000-8000-000000000000"}}).status,
        404);
    QCOMPARE(m_lab->broken("PATCH", path, R"({"messaging_profile_id":null})").at("/errors/0/source/pointer"),
             QStringLiteral("/messaging_profile_id"));
    QCOMPARE(m_lab->broken("PATCH", path, R"({"tags":["a",1]})").at("/errors/0/source/pointer"),
             QStringLiteral("/tags/1"));
}

void TestAccount::bulkUpdates() {
    const Reply started =
        m_lab->api("POST", QStringLiteral("/messaging_numbers_bulk_updates"),
                   {{"messaging_profile_id", Lab::support}, {"numbers", {Lab::longCode, "+13125559999"}}});
    QCOMPARE(started.status, 200);
    QCOMPARE(started.body["data"]["pending"].size(), std::size_t{2});
    const QString path = QStringLiteral("/messaging_numbers_bulk_updates/") + started.at("/data/order_id");
    QTRY_COMPARE(m_lab->api("GET", path).at("/data/pending"), QStringLiteral("[]"));
    QCOMPARE(m_lab->api("GET", path).at("/data/success/0"), QString::fromLatin1(Lab::longCode));
    QCOMPARE(m_lab->api("GET", path).at("/data/failed/0"), QStringLiteral("+13125559999"));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messaging_numbers_bulk_updates/none")).status, 404);
    QCOMPARE(
        m_lab->broken("POST", QStringLiteral("/messaging_numbers_bulk_updates"), R"({"numbers":"x"})").status,
        422);
}

void TestAccount::shortCodes() {
    const Reply list = m_lab->api("GET", QStringLiteral("/short_codes?filter[messaging_profile_id]=") +
                                             QString::fromLatin1(Lab::sales));
    QCOMPARE(list.at("/data/0/short_code"), QStringLiteral("37468"));
    const QString path = QStringLiteral("/short_codes/") + list.at("/data/0/id");
    QCOMPARE(m_lab->api("GET", path).at("/data/record_type"), QStringLiteral("short_code"));
    QCOMPARE(m_lab->api("PATCH", path, {{"messaging_profile_id", ""}, {"tags", {"a"}}})
                 .at("/data/messaging_profile_id"),
             QStringLiteral("null"));
    QCOMPARE(m_lab->broken("PATCH", path, R"({"tags":[]})").at("/errors/0/source/pointer"),
             QStringLiteral("/messaging_profile_id"));
    QCOMPARE(m_lab->api("GET", QStringLiteral("/short_codes/00000000-0000-4000-8000-000000000000")).status,
             404);
    QCOMPARE(m_lab->api("GET", QStringLiteral("/messaging_url_domains")).at("/data/0/url_domain"),
             QStringLiteral("sandbox.example"));
}

QTEST_GUILESS_MAIN(TestAccount)
#include "tst_account.moc"
