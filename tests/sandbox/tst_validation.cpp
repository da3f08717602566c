#include "sandbox/places.h"
#include "sandbox/schemas.h"
#include "sandbox/validation.h"

#include <QTest>

using namespace longcode::sandbox;

namespace {

/// "pointer code" of each error, joined by commas, in the order of the schema.
QString summary(const std::vector<ApiError> &errors) {
    QStringList parts;
    for (const ApiError &error : errors)
        parts.append(QString::fromStdString(error.pointer + " " + error.code));
    return parts.join(QStringLiteral(", "));
}

Json parsed(const char *text) {
    return Json::parse(text, nullptr, false);
}

} // namespace

class TestValidation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forms_data();
    void forms();
    void messages_data();
    void messages();
    void profiles_data();
    void profiles();
    void numbersOfTheWorld_data();
    void numbersOfTheWorld();
    void deepNestingIsRefused();
    void textsAreNeverCutInsideJson();
};

void TestValidation::forms_data() {
    QTest::addColumn<bool>("verdict");
    QTest::addColumn<bool>("expected");
    QTest::newRow("uuid") << isUuid("16fd2706-8baf-433b-82eb-8c7fada847da") << true;
    QTest::newRow("uuid, upper case") << isUuid("16FD2706-8BAF-433B-82EB-8C7FADA847DA") << true;
    QTest::newRow("uuid with braces") << isUuid("{16fd2706-8baf-433b-82eb-8c7fada847da}") << false;
    QTest::newRow("uuid with a line end") << isUuid("16fd2706-8baf-433b-82eb-8c7fada847da\n") << false;
    QTest::newRow("uuid with g") << isUuid("16fd2706-8baf-433b-82eb-8c7fada847dg") << false;
    QTest::newRow("https") << isUrl("https://example.com/a?b=c") << true;
    QTest::newRow("http on loopback") << isUrl("http://127.0.0.1:8400/webhooks/telnyx?intent=4") << true;
    QTest::newRow("no scheme") << isUrl("example.com/hook") << false;
    QTest::newRow("file") << isUrl("file:///etc/passwd") << false;
    QTest::newRow("no host") << isUrl("https:///hook") << false;
    QTest::newRow("empty") << isUrl("") << false;
    QTest::newRow("blank inside") << isUrl("https://exa mple.com/") << false;
    QTest::newRow("time, Z") << isDateTime("2026-03-05T18:30:00Z") << true;
    QTest::newRow("time, offset and fraction") << isDateTime("2026-03-05T18:30:00.123456-08:00") << true;
    QTest::newRow("time without zone") << isDateTime("2026-03-05T18:30:00") << false;
    QTest::newRow("time with a blank") << isDateTime("2026-03-05 18:30:00Z") << false;
    QTest::newRow("day 31 of February") << isDateTime("2026-02-31T18:30:00Z") << false;
    QTest::newRow("alpha") << isAlphaSender("My Shop 24") << true;
    QTest::newRow("alpha, digits only") << isAlphaSender("12345") << false;
    QTest::newRow("alpha, 12 characters") << isAlphaSender("ABCDEFGHIJKL") << false;
    QTest::newRow("alpha, umlaut") << isAlphaSender("Käse") << false;
}

void TestValidation::forms() {
    QFETCH(bool, verdict);
    QFETCH(bool, expected);
    QCOMPARE(verdict, expected);
}

void TestValidation::messages_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("errors");
    const auto row = [](const char *name, const char *body, const char *errors) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(errors);
    };
    row("least", R"({"to":"+15559876543"})", "");
    row("all",
        R"({"to":"a","from":"b","messaging_profile_id":"c","text":"d","subject":"e","media_urls":["http://example.com"],
        "webhook_url":"http://example.com/w","webhook_failover_url":"https://backup.example.com/h","use_profile_webhooks":true,
        "type":"MMS","auto_detect":false,"send_at":"2026-03-05T18:30:00Z","encoding":"gsm7"})",
        "");
    row("unknown members", R"({"to":"a","smil_template":5,"x":null})", "");
    row("null for send_at", R"({"to":"a","send_at":null})", "");
    row("nothing", "{}", "/to 10004");
    row("null for to", R"({"to":null})", "/to 10015");
    row("list for to", R"({"to":["a"]})", "/to 10015");
    row("number for from", R"({"to":"a","from":1})", "/from 10015");
    row("null for from", R"({"to":"a","from":null})", "/from 10015");
    row("type", R"({"to":"a","type":"sms"})", "/type 10032");
    row("encoding", R"({"to":"a","encoding":"ucs-2"})", "/encoding 10032");
    row("flags as texts", R"({"to":"a","auto_detect":"true","use_profile_webhooks":1})",
        "/use_profile_webhooks 10015, /auto_detect 10015");
    row("bad media", R"({"to":"a","media_urls":["https://example.com/x.png","x.png",3]})",
        "/media_urls/1 10003, /media_urls/2 10015");
    row("media as a text", R"({"to":"a","media_urls":"https://example.com/x.png"})", "/media_urls 10015");
    row("empty webhook", R"({"to":"a","webhook_url":""})", "/webhook_url 10003");
    row("null webhook", R"({"to":"a","webhook_url":null})", "/webhook_url 10015");
    row("time without zone", R"({"to":"a","send_at":"2026-03-05T18:30:00"})", "/send_at 10015");
    row("an array", "[]", "/ 10015");
    row("a text", R"("to")", "/ 10015");
}

void TestValidation::messages() {
    QFETCH(QByteArray, body);
    QFETCH(QString, errors);
    QCOMPARE(summary(check(schemas::message(), parsed(body.constData()))), errors);
}

void TestValidation::profiles_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("errors");
    const auto row = [](const char *name, const char *body, const char *errors) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(errors);
    };
    row("nothing", "{}", "");
    row("country", R"({"whitelisted_destinations":["US","us","USA"]})",
        "/whitelisted_destinations/1 10015, /whitelisted_destinations/2 10015");
    row("every country", R"({"whitelisted_destinations":["*"]})", "");
    row("every country and one", R"({"whitelisted_destinations":["*","US"]})",
        "/whitelisted_destinations/0 10015");
    row("nulls", R"({"webhook_url":null,"webhook_failover_url":null,"number_pool_settings":null,
        "url_shortener_settings":null,"alpha_sender":null})",
        "");
    row("null for a flag", R"({"smart_encoding":null})", "/smart_encoding 10015");
    row("pool with one member", R"({"number_pool_settings":{"toll_free_weight":-1,"geomatch":"no"}})",
        "/number_pool_settings/toll_free_weight 10015, /number_pool_settings/long_code_weight 10004, "
        "/number_pool_settings/skip_unhealthy 10004, /number_pool_settings/geomatch 10015");
    row("pool",
        R"({"number_pool_settings":{"toll_free_weight":1.5,"long_code_weight":0,"skip_unhealthy":true}})",
        "");
    row("shortener", R"({"url_shortener_settings":{}})", "/url_shortener_settings/domain 10004");
    row("limit as a number", R"({"daily_spend_limit":10})", "/daily_spend_limit 10015");
    row("limit with a comma", R"({"daily_spend_limit":"10,00"})", "/daily_spend_limit 10015");
    row("version", R"({"webhook_api_version":"3"})", "/webhook_api_version 10032");
    row("alpha", R"({"alpha_sender":"My-Shop"})", "/alpha_sender 10015");
}

void TestValidation::profiles() {
    QFETCH(QByteArray, body);
    QFETCH(QString, errors);
    QCOMPARE(summary(check(schemas::updateProfile(), parsed(body.constData()))), errors);
}

void TestValidation::numbersOfTheWorld_data() {
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<bool>("possible");
    QTest::addColumn<QByteArray>("country");
    QTest::newRow("San Francisco") << QByteArray("+14155550100") << true << QByteArray("US");
    QTest::newRow("Toronto") << QByteArray("+14165550100") << true << QByteArray("CA");
    QTest::newRow("San Juan") << QByteArray("+17875550100") << true << QByteArray("PR");
    QTest::newRow("London") << QByteArray("+442079460958") << true << QByteArray("GB");
    QTest::newRow("Cairo") << QByteArray("+201001234567") << true << QByteArray("EG");
    QTest::newRow("Dublin") << QByteArray("+353861234567") << true << QByteArray("IE");
    QTest::newRow("nowhere") << QByteArray("+999123456789") << true << QByteArray("ZZ");
    QTest::newRow("no plus") << QByteArray("14155550100") << false << QByteArray("ZZ");
    QTest::newRow("a digit short") << QByteArray("+1415555010") << false << QByteArray("US");
    QTest::newRow("area code 1xx") << QByteArray("+11155550100") << false << QByteArray("US");
    QTest::newRow("16 digits") << QByteArray("+4912345678901234") << false << QByteArray("DE");
    QTest::newRow("blanks") << QByteArray("+44 20 7946 0958") << false << QByteArray("GB");
    QTest::newRow("nothing") << QByteArray("") << false << QByteArray("ZZ");
}

void TestValidation::numbersOfTheWorld() {
    QFETCH(QByteArray, number);
    QFETCH(bool, possible);
    QFETCH(QByteArray, country);
    QCOMPARE(isE164(number.toStdString()), possible);
    QCOMPARE(QByteArray::fromStdString(countryOf(number.toStdString())), country);
}

void TestValidation::deepNestingIsRefused() {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    QVERIFY(!parseJson(deep));
    QVERIFY(!parseJson(R"({"to": "a)"));
    QVERIFY(parseJson(R"({"text": "[[[[[[[[ \" {{{{{{{{"})"));
}

void TestValidation::textsAreNeverCutInsideJson() {
    QCOMPARE(QByteArray::fromStdString(toText(Json{{"a", "\xff"}})), QByteArray("{\"a\":\"\xef\xbf\xbd\"}"));
}

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
