#include "telnyx/answer.h"
#include "telnyx/error_parser.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::telnyx;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(ErrorKind)

namespace {

RawAnswer rawAnswer(int status, const QByteArray &body) {
    RawAnswer answer;
    answer.status = status;
    answer.reason = QStringLiteral("Reason Phrase");
    answer.body = body;
    return answer;
}

QStringList fieldsOf(const Error &error) {
    QStringList all;
    for (const FieldError &field : error.fields)
        all.append(field.field + QStringLiteral(": ") + field.message);
    return all;
}

} // namespace

class TestErrorParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void kinds_data();
    void kinds();
    void shapes_data();
    void shapes();
    void bodiesThatAreNone_data();
    void bodiesThatAreNone();
    void foreignTextIsBounded();
    void retryAfter_data();
    void retryAfter();
    void successes_data();
    void successes();
    void envelopes_data();
    void envelopes();
};

void TestErrorParser::kinds_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](int status, ErrorKind kind) { QTest::addRow("%d", status) << status << kind; };
    row(301, ErrorKind::Redirected);
    row(304, ErrorKind::Redirected);
    row(400, ErrorKind::BadRequest);
    row(401, ErrorKind::Unauthorized);
    row(402, ErrorKind::PaymentRequired);
    row(403, ErrorKind::Forbidden);
    row(404, ErrorKind::NotFound);
    row(408, ErrorKind::UnexpectedStatus);
    row(409, ErrorKind::Conflict);
    row(418, ErrorKind::UnexpectedStatus);
    row(422, ErrorKind::Validation);
    row(429, ErrorKind::RateLimited);
    row(500, ErrorKind::Server);
    row(503, ErrorKind::Server);
    row(599, ErrorKind::Server);
    row(600, ErrorKind::UnexpectedStatus);
    row(0, ErrorKind::UnexpectedStatus);
}

void TestErrorParser::kinds() {
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    const Error error = errorFromAnswer(rawAnswer(status, "{}"));
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.httpStatus, status);
    QVERIFY(error.mayHaveReachedServer);
}

void TestErrorParser::shapes_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QStringList>("fields");
    const auto row = [](const char *name, const char *body, const char *code, const char *title,
                        const char *detail, const QStringList &fields = {}) {
        QTest::newRow(name) << QByteArray(body) << QString::fromUtf8(code) << QString::fromUtf8(title)
                            << QString::fromUtf8(detail) << fields;
    };
    row("E1",
        R"({"errors":[{"code":"40305","title":"Bad from","detail":"Not yours.","source":{"pointer":"/from"}}]})",
        "40305", "Bad from", "Not yours.", {QStringLiteral("/from: Not yours.")});
    row("E1, number as code", R"({"errors":[{"code":40310,"title":"Bad to"}]})", "40310", "Bad to", "");
    row("E1, parameter",
        R"({"errors":[{"code":"10015","title":"Bad page","source":{"parameter":"page[size]"}}]})", "10015",
        "Bad page", "", {QStringLiteral("page[size]: Bad page")});
    row("E1, several",
        R"({"errors":[{"code":"1","title":"A","source":{"pointer":"/a"}},{"code":"2","title":"B","source":{"pointer":"/b"}}]})",
        "1", "A", "", {QStringLiteral("/a: A"), QStringLiteral("/b: B")});
    row("E1 with strangers", R"({"errors":[5,null,{"code":"3","title":"C","source":"x","meta":[]}]})", "3",
        "C", "");
    row("E1, empty", R"({"errors":[]})", "", "Reason Phrase", "");
    row("E2", R"({"code":"40003","title":"Too late","detail":"It is on its way."})", "40003", "Too late",
        "It is on its way.");
    row("E2, without code", R"({"title":"Too late","detail":"It is on its way."})", "", "Too late",
        "It is on its way.");
    row("E2 with source", R"({"code":"7","title":"Bad","source":{"pointer":"/id"}})", "7", "Bad", "",
        {QStringLiteral("/id: Bad")});
    row("E3",
        R"({"detail":[{"loc":["body","displayName"],"msg":"field required","type":"missing"},{"loc":["query","page",0],"msg":"too small","type":"x"}]})",
        "", "field required", "",
        {QStringLiteral("displayName: field required"), QStringLiteral("query.page.0: too small")});
    row("E3 with strangers", R"({"detail":[7,{"loc":"body","msg":"odd"}]})", "", "odd", "");
    row("E4", R"({"message":"Something broke."})", "", "Something broke.", "");
    row("E5",
        R"({"errors":[{"field":"useCase","message":"is not known"},{"field":"businessZip","message":"is missing"}]})",
        "", "is not known", "",
        {QStringLiteral("useCase: is not known"), QStringLiteral("businessZip: is missing")});
    row("E6", R"({"detail":"Only a rejected request can be deleted."})", "", "",
        "Only a rejected request can be deleted.");
    row("errors that are no list", R"({"errors":"no","message":"m"})", "", "m", "");
    row("markup stays text", R"({"errors":[{"code":"1","title":"<b>no</b>"}]})", "1", "<b>no</b>", "");
}

void TestErrorParser::shapes() {
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    QFETCH(QString, title);
    QFETCH(QString, detail);
    QFETCH(QStringList, fields);
    const Error error = errorFromAnswer(rawAnswer(422, body));
    QCOMPARE(error.code, code);
    QCOMPARE(error.title, title);
    QCOMPARE(error.detail, detail);
    QCOMPARE(fieldsOf(error), fields);
}

void TestErrorParser::bodiesThatAreNone_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("absent") << QByteArray();
    QTest::newRow("a gateway's page") << QByteArray("<html><body>502 Bad Gateway</body></html>");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("a text") << QByteArray("\"no\"");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("cut off") << QByteArray(R"({"errors":[{"code":"4)");
    QTest::newRow("wrong types throughout")
        << QByteArray(R"({"code":[],"title":{},"detail":5,"message":[]})");
    QTest::newRow("too deep") << QByteArray(QByteArray(100, '[') + QByteArray(100, ']'));
}

void TestErrorParser::bodiesThatAreNone() {
    QFETCH(QByteArray, body);
    const Error error = errorFromAnswer(rawAnswer(502, body));
    QCOMPARE(error.kind, ErrorKind::Server);
    QCOMPARE(error.httpStatus, 502);
    QVERIFY(error.code.isEmpty());
    QVERIFY(error.fields.isEmpty());
    QVERIFY(!error.title.contains(QStringLiteral("html")) && !error.detail.contains(QStringLiteral("html")));
}

void TestErrorParser::foreignTextIsBounded() {
    const QByteArray text(500'000, 'x');
    const QByteArray entry = R"({"code":"1","title":")" + text.left(3000) + R"(","source":{"pointer":"/a"}})";
    const QByteArray many = R"({"errors":[)" + QByteArray(entry + ",").repeated(200) + entry + "]}";
    Error error = errorFromAnswer(rawAnswer(422, many));
    QCOMPARE(error.title.size(), 1000);
    QCOMPARE(error.fields.size(), 100);
    error = errorFromAnswer(rawAnswer(422, R"({"detail":")" + text + R"("})"));
    QCOMPARE(error.detail.size(), 1000);
}

void TestErrorParser::retryAfter_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("reset");
    QTest::addColumn<int>("seconds"); // -1: none
    const QByteArray date("Thu, 05 Mar 2026 18:30:00 GMT");
    const QByteArray later("Thu, 05 Mar 2026 18:30:20 GMT");
    QTest::newRow("none") << 429 << QByteArray() << date << QByteArray() << -1;
    QTest::newRow("seconds") << 429 << QByteArray("7") << QByteArray() << QByteArray() << 7;
    QTest::newRow("zero") << 429 << QByteArray("0") << QByteArray() << QByteArray() << 0;
    QTest::newRow("with 503") << 503 << QByteArray("7") << QByteArray() << QByteArray() << 7;
    QTest::newRow("a date") << 503 << later << date << QByteArray() << 20;
    QTest::newRow("a date that is past") << 503 << date << later << QByteArray() << 0;
    QTest::newRow("a date without a clock") << 503 << later << QByteArray() << QByteArray() << -1;
    QTest::newRow("limit resets") << 429 << QByteArray() << date << QByteArray("1772735405") << 5;
    QTest::newRow("limit resets, other status")
        << 503 << QByteArray() << date << QByteArray("1772735405") << -1;
    QTest::newRow("words") << 429 << QByteArray("soon") << QByteArray() << QByteArray() << -1;
    QTest::newRow("negative") << 429 << QByteArray("-5") << QByteArray() << QByteArray() << -1;
    QTest::newRow("a year") << 429 << QByteArray("31536000") << QByteArray() << QByteArray() << 86400;
    QTest::newRow("too many digits") << 429 << QByteArray(40, '9') << QByteArray() << QByteArray() << -1;
}

void TestErrorParser::retryAfter() {
    QFETCH(int, status);
    QFETCH(int, seconds);
    RawAnswer answer = rawAnswer(status, "{}");
    QFETCH(QByteArray, retryAfter);
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, reset);
    answer.retryAfter = retryAfter;
    answer.date = date;
    answer.rateLimitReset = reset;
    const auto found = errorFromAnswer(answer).retryAfter;
    QCOMPARE(found ? int(found->count()) : -1, seconds);
}

void TestErrorParser::successes_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("good");
    QTest::newRow("200") << 200 << QByteArray(R"({"data":{}})") << true;
    QTest::newRow("201") << 201 << QByteArray(R"({"data":{}})") << true;
    QTest::newRow("204") << 204 << QByteArray() << true;
    QTest::newRow("200 without body") << 200 << QByteArray() << true;
    QTest::newRow("only spaces") << 200 << QByteArray(" \r\n") << true;
    QTest::newRow("not JSON") << 200 << QByteArray("<html>Sign in to the hotel's network</html>") << false;
    QTest::newRow("cut off") << 200 << QByteArray(R"({"data":{)") << false;
    QTest::newRow("too deep") << 200 << QByteArray(QByteArray(65, '[') + QByteArray(65, ']')) << false;
}

void TestErrorParser::successes() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, good);
    const JsonAnswer answer = judge(rawAnswer(status, body));
    QCOMPARE(answer.has_value(), good);
    if (!good) {
        QCOMPARE(answer.error().kind, ErrorKind::BadAnswer);
        QCOMPARE(answer.error().title, QStringLiteral("body"));
        QVERIFY(answer.error().mayHaveReachedServer);
    }
}

/// D9, D10: what the OpenAPI document has bare comes wrapped, and the other way round.
void TestErrorParser::envelopes_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("inside");
    QTest::newRow("data object") << QByteArray(R"({"data":{"id":1},"meta":{}})") << QByteArray(R"({"id":1})");
    QTest::newRow("data list") << QByteArray(R"({"data":[1]})") << QByteArray("[1]");
    QTest::newRow("records") << QByteArray(R"({"records":[1],"page":1})") << QByteArray("[1]");
    QTest::newRow("both") << QByteArray(R"({"records":[1],"data":[2]})") << QByteArray("[2]");
    QTest::newRow("bare object") << QByteArray(R"({"id":1})") << QByteArray(R"({"id":1})");
    QTest::newRow("bare list") << QByteArray("[1]") << QByteArray("[1]");
    QTest::newRow("bare text") << QByteArray("\"OK\"") << QByteArray("\"OK\"");
    QTest::newRow("data is a text") << QByteArray(R"({"data":"x"})") << QByteArray(R"({"data":"x"})");
    QTest::newRow("records is no list") << QByteArray(R"({"records":5})") << QByteArray(R"({"records":5})");
}

void TestErrorParser::envelopes() {
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, inside);
    const auto parsed = nlohmann::json::parse(body.toStdString());
    QCOMPARE(QByteArray::fromStdString(unwrapped(parsed).dump()), inside);
}

QTEST_GUILESS_MAIN(TestErrorParser)
#include "tst_error_parser.moc"
