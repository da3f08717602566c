#include "httpd/target.h"

#include "httpd/httpd.h"
#include "httpd/text.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::httpd;

class TargetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void headerFieldsCannotSplitAnAnswer();
    void headersAreFoundWithoutRegardToCase();
};

void TargetTest::decodes_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query"); // name=value|name=value, decoded
    QTest::newRow("root") << QByteArray("/") << QByteArray("/") << QByteArray();
    QTest::newRow("escaped plus") << QByteArray("/n/%2B1415") << QByteArray("/n/+1415") << QByteArray();
    QTest::newRow("plus in a path stays") << QByteArray("/a+b") << QByteArray("/a+b") << QByteArray();
    QTest::newRow("query") << QByteArray("/m?a=1&b=%26%3D&c") << QByteArray("/m")
                           << QByteArray("a=1|b=&=|c=");
    QTest::newRow("plus in a query") << QByteArray("/?q=a+b%2Bc") << QByteArray("/") << QByteArray("q=a b+c");
    QTest::newRow("brackets") << QByteArray("/?page[number]=2&page%5Bsize%5D=5") << QByteArray("/")
                              << QByteArray("page[number]=2|page[size]=5");
    QTest::newRow("empty pairs") << QByteArray("/?&&a=1&") << QByteArray("/") << QByteArray("a=1");
    QTest::newRow("second question mark") << QByteArray("/?a=b?c") << QByteArray("/") << QByteArray("a=b?c");
    QTest::newRow("absolute form") << QByteArray("http://host:1/x?y=z") << QByteArray("/x")
                                   << QByteArray("y=z");
    QTest::newRow("absolute form without path")
        << QByteArray("http://host") << QByteArray("/") << QByteArray();
    QTest::newRow("utf-8") << QByteArray("/%C3%A9") << QByteArray("/\xC3\xA9") << QByteArray();
    QTest::newRow("options") << QByteArray("*") << QByteArray("*") << QByteArray();
}

void TargetTest::decodes() {
    QFETCH(QByteArray, target);
    const std::optional<Target> parsed = parseTarget(target.toStdString());
    QVERIFY(parsed);
    QTEST(QByteArray::fromStdString(parsed->path), "path");
    QByteArrayList pairs;
    for (const auto &[name, value] : parsed->query)
        pairs.append(QByteArray::fromStdString(name + "=" + value));
    QTEST(pairs.join('|'), "query");
}

void TargetTest::refuses_data() {
    QTest::addColumn<QByteArray>("target");
    for (const char *target :
         {"", "x", "/%", "/%1", "/%zz", "/%2", "/%00", "/a?b=%G1", "/a?%=1", "/a#b", "host:443"})
        QTest::newRow(*target ? target : "empty") << QByteArray(target);
}

void TargetTest::refuses() {
    QFETCH(QByteArray, target);
    QVERIFY(!parseTarget(target.toStdString()));
}

void TargetTest::headerFieldsCannotSplitAnAnswer() {
    const Response response{.status = 200,
                            .body = "x",
                            .contentType = "text/plain\r\nX-Evil: 1",
                            .headers = {{"X-A", "1\r\nX-Evil: 2"}, {"X Evil", "3"}, {"X-Good", "4"}}};
    const std::string head = responseHead(response, "OK", Persistence::Close);
    QVERIFY(head.find("Evil") == std::string::npos);
    QVERIFY(head.find("X-Good: 4\r\n") != std::string::npos);
}

void TargetTest::headersAreFoundWithoutRegardToCase() {
    Request request;
    request.headers = {{"Telnyx-Timestamp", "1"}, {"telnyx-timestamp", "2"}};
    QCOMPARE(request.header("TELNYX-TIMESTAMP"), std::string_view("1"));
    QVERIFY(request.header("x").empty());
}

QTEST_GUILESS_MAIN(TargetTest)
#include "tst_target.moc"
