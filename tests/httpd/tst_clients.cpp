#include "httpd/addresses.h"
#include "httpd/failures.h"
#include "httpd/httpd.h"
#include "httpd/raw_client.h"

#include <boost/asio/ip/address.hpp>

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::httpd;
using namespace std::chrono_literals;
using tests::RawAnswer;
using tests::RawClient;

namespace {

net::ip::address address(const char *text) {
    return net::ip::make_address(text);
}

QString text(const net::ip::address &address) {
    return QString::fromStdString(address.to_string());
}

/// Behind a proxy at 127.0.0.1. /bad is a failure, /good proves the client, everything else says nothing.
std::unique_ptr<Server> serverWith(Options options) {
    options.limits.failures = 3;
    options.limits.failurePause = 30s;
    auto started =
        Server::start(std::move(options), {.request = [](const Request &request, const Responder &respond) {
                          respond({.status = request.path == "/bad" ? 403 : 200,
                                   .body = request.remoteAddress + (request.secure ? " secure" : " plain"),
                                   .failure = request.path == "/bad",
                                   .proven = request.path == "/good"});
                      }});
    return started ? std::move(*started) : nullptr;
}

RawAnswer ask(const Server &server, const QByteArray &path, const QByteArray &fields = {}) {
    RawClient client(server.port());
    client.send("GET " + path + " HTTP/1.1\r\n" + (fields.contains("Host:") ? QByteArray() : "Host: x\r\n") +
                fields + "\r\n");
    return client.answer();
}

} // namespace

class ClientsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void ranges_data();
    void ranges();
    void addressesInHeaders_data();
    void addressesInHeaders();
    void hostNames_data();
    void hostNames();
    void oneClientIsOneKey();
    void origins_data();
    void origins();
    void failuresInAWindow();
    void theTableStaysSmallAndKeepsTheWorst();
    void manyFailuresGet429();
    void provenClientsAreForgiven();
    void parserErrorsCount();
    void behindAProxyEachClientCountsAlone();
    void aProxyThatSaysNothingIsNotLimited();
    void otherHostsAreMisdirected_data();
    void otherHostsAreMisdirected();
    void wrongProxyIsASentence();
};

void ClientsTest::ranges_data() {
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<QByteArray>("outside");
    QTest::newRow("one") << QByteArray("192.0.2.7") << QByteArray("192.0.2.7") << QByteArray("192.0.2.8");
    QTest::newRow("/8") << QByteArray("10.0.0.0/8") << QByteArray("10.255.1.2") << QByteArray("11.0.0.1");
    QTest::newRow("/31") << QByteArray("192.0.2.6/31") << QByteArray("192.0.2.7") << QByteArray("192.0.2.8");
    QTest::newRow("/0") << QByteArray("0.0.0.0/0") << QByteArray("203.0.113.9") << QByteArray("2001:db8::1");
    QTest::newRow("mapped") << QByteArray("10.0.0.0/8") << QByteArray("::ffff:10.1.2.3")
                            << QByteArray("::10.1.2.3");
    QTest::newRow("IPv6") << QByteArray("2001:db8::/33") << QByteArray("2001:db8:7fff::1")
                          << QByteArray("2001:db8:8000::1");
}

void ClientsTest::ranges() {
    QFETCH(QByteArray, range);
    QFETCH(QByteArray, inside);
    QFETCH(QByteArray, outside);
    const auto parsed = AddressRange::parse(range.toStdString());
    QVERIFY(parsed);
    QVERIFY(parsed->contains(address(inside.constData())));
    QVERIFY(!parsed->contains(address(outside.constData())));
    for (const char *wrong : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "::/129", "proxy"})
        QVERIFY2(!AddressRange::parse(wrong), wrong);
}

void ClientsTest::addressesInHeaders_data() {
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("expected"); // empty: none
    QTest::newRow("plain") << QByteArray("192.0.2.1") << QStringLiteral("192.0.2.1");
    QTest::newRow("port") << QByteArray(" 192.0.2.1:4711 ") << QStringLiteral("192.0.2.1");
    QTest::newRow("quoted") << QByteArray("\"192.0.2.1:80\"") << QStringLiteral("192.0.2.1");
    QTest::newRow("IPv6") << QByteArray("2001:db8::1") << QStringLiteral("2001:db8::1");
    QTest::newRow("brackets and port") << QByteArray("\"[2001:db8::1]:80\"") << QStringLiteral("2001:db8::1");
    QTest::newRow("unknown") << QByteArray("unknown") << QString();
    QTest::newRow("open bracket") << QByteArray("[2001:db8::1") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("long") << QByteArray(5000, '1') << QString();
}

void ClientsTest::addressesInHeaders() {
    QFETCH(QByteArray, field);
    QFETCH(QString, expected);
    const auto found = addressIn(field.toStdString());
    QCOMPARE(found ? text(*found) : QString(), expected);
}

void ClientsTest::hostNames_data() {
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QString>("expected");
    QTest::newRow("name") << QByteArray("Relay.Example") << QStringLiteral("relay.example");
    QTest::newRow("port") << QByteArray("relay.example:8443") << QStringLiteral("relay.example");
    QTest::newRow("root") << QByteArray("relay.example.") << QStringLiteral("relay.example");
    QTest::newRow("IPv6") << QByteArray("[::1]:80") << QStringLiteral("::1");
    QTest::newRow("bare IPv6") << QByteArray("::1") << QStringLiteral("::1");
    QTest::newRow("broken") << QByteArray("[::1") << QString();
}

void ClientsTest::hostNames() {
    QFETCH(QByteArray, host);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(hostName(host.toStdString())), expected);
}

void ClientsTest::oneClientIsOneKey() {
    QCOMPARE(clientKey(address("192.0.2.1")), clientKey(address("::ffff:192.0.2.1")));
    QVERIFY(!(clientKey(address("192.0.2.1")) == clientKey(address("192.0.2.2"))));
    QCOMPARE(clientKey(address("2001:db8:0:1::1")), clientKey(address("2001:db8:0:1:ffff::2")));
    QVERIFY(!(clientKey(address("2001:db8:0:1::1")) == clientKey(address("2001:db8:0:2::1"))));
}

void ClientsTest::origins_data() {
    QTest::addColumn<QByteArray>("peer");
    QTest::addColumn<QList<QByteArray>>("fields"); // name, value, name, value …
    QTest::addColumn<QString>("origin");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<bool>("anonymous");
    using Fields = QList<QByteArray>;
    const QByteArray proxy = "10.0.0.1";
    const auto row = [](const char *name, const QByteArray &peer, const Fields &fields, const char *origin,
                        bool secure, bool anonymous) {
        QTest::newRow(name) << peer << fields << QString::fromLatin1(origin) << secure << anonymous;
    };
    row("not a proxy", "203.0.113.5", {"X-Forwarded-For", "192.0.2.1", "X-Forwarded-Proto", "https"},
        "203.0.113.5", false, false);
    row("last hop", proxy, {"X-Forwarded-For", "198.51.100.9, 192.0.2.1"}, "192.0.2.1", false, false);
    row("two fields", proxy, {"X-Forwarded-For", "198.51.100.9", "X-Forwarded-For", "192.0.2.1"}, "192.0.2.1",
        false, false);
    row("through two proxies", proxy, {"X-Forwarded-For", "192.0.2.1, 10.0.0.2"}, "192.0.2.1", false, false);
    row("only proxies", proxy, {"X-Forwarded-For", "10.0.0.3, 10.0.0.2"}, "10.0.0.3", false, true);
    row("nothing said", proxy, {}, "10.0.0.1", false, true);
    row("nonsense said", proxy, {"X-Forwarded-For", "nobody"}, "10.0.0.1", false, true);
    row("https", proxy, {"X-Forwarded-For", "192.0.2.1", "X-Forwarded-Proto", "https"}, "192.0.2.1", true,
        false);
    row("IPv6 with a port", proxy, {"X-Forwarded-For", "[2001:db8::7]:1"}, "2001:db8::7", false, false);
    // Proxies pass a Forwarded of the client's on as it is.
    row("Forwarded says nothing", proxy, {"Forwarded", "for=192.0.2.1;proto=https"}, "10.0.0.1", false, true);
    row("Forwarded beside it", proxy, {"Forwarded", "for=192.0.2.1", "X-Forwarded-For", "198.51.100.9"},
        "198.51.100.9", false, false);
    row("endless", proxy, {"X-Forwarded-For", QByteArray("10.0.0.2,").repeated(5000)}, "10.0.0.1", false,
        true);
}

void ClientsTest::origins() {
    QFETCH(QByteArray, peer);
    QFETCH(QList<QByteArray>, fields);
    const auto proxies = TrustedProxies::parse({"10.0.0.0/24"});
    QVERIFY(proxies);
    Request request;
    for (qsizetype i = 0; i < fields.size(); i += 2)
        request.headers.push_back({fields[i].toStdString(), fields[i + 1].toStdString()});
    const Origin origin = proxies->originOf(address(peer.constData()), false, request);
    QTEST(text(origin.address), "origin");
    QTEST(origin.secure, "secure");
    QTEST(origin.anonymous, "anonymous");
}

void ClientsTest::failuresInAWindow() {
    FailureTable table({.failures = 3, .failureWindow = 60s, .failurePause = 30s});
    const FailureTable::Time start{};
    const ClientKey bad = clientKey(address("192.0.2.1")), good = clientKey(address("192.0.2.2"));
    table.countFailure(bad, start);
    table.countFailure(bad, start + 59s);
    QVERIFY(!table.pauseOf(bad, start + 59s));
    // The window is over: these two are the first of the next.
    table.countFailure(bad, start + 61s);
    table.countFailure(bad, start + 62s);
    QVERIFY(!table.pauseOf(bad, start + 62s));
    table.countFailure(bad, start + 63s);
    QCOMPARE(table.pauseOf(bad, start + 63s)->count(), 30);
    QCOMPARE(table.pauseOf(bad, start + 92s + 999ms)->count(), 1);
    QVERIFY(!table.pauseOf(bad, start + 93s));
    QVERIFY(!table.pauseOf(good, start + 63s));
    table.forgive(bad);
    QVERIFY(!table.pauseOf(bad, start + 63s));
}

void ClientsTest::theTableStaysSmallAndKeepsTheWorst() {
    FailureTable table({.failures = 3, .failureWindow = 60s, .failurePause = 60s});
    const FailureTable::Time start{};
    const ClientKey bad = clientKey(address("192.0.2.1"));
    for (int i = 0; i < 3; ++i)
        table.countFailure(bad, start);
    for (std::uint64_t i = 1; i <= 200'000; ++i)
        table.countFailure({i, i}, start);
    QVERIFY(table.pauseOf(bad, start).has_value());
}

void ClientsTest::manyFailuresGet429() {
    Options options;
    options.limits.exemptLoopback = false;
    const auto server = serverWith(options);
    QVERIFY(server);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(ask(*server, "/bad").status, 403);
    const RawAnswer answer = ask(*server, "/good");
    QCOMPARE(answer.status, 429);
    const int wait = answer.headers.value("retry-after").toInt();
    QVERIFY2(wait > 0 && wait <= 30, answer.headers.value("retry-after").constData());
    QCOMPARE(server->load().limited, std::uint64_t(1));
}

void ClientsTest::provenClientsAreForgiven() {
    Options options;
    options.limits.exemptLoopback = false;
    const auto server = serverWith(options);
    QVERIFY(server);
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(ask(*server, "/bad").status, 403);
        QCOMPARE(ask(*server, "/bad").status, 403);
        QCOMPARE(ask(*server, "/good").status, 200);
    }
    // An answer that proves nothing forgives nothing.
    QCOMPARE(ask(*server, "/bad").status, 403);
    QCOMPARE(ask(*server, "/bad").status, 403);
    QCOMPARE(ask(*server, "/neutral").status, 200);
    QCOMPARE(ask(*server, "/bad").status, 403);
    QCOMPARE(ask(*server, "/neutral").status, 429);
}

void ClientsTest::parserErrorsCount() {
    Options options;
    options.limits.exemptLoopback = false;
    const auto server = serverWith(options);
    QVERIFY(server);
    for (int i = 0; i < 3; ++i) {
        RawClient client(server->port());
        client.send("nonsense\r\n\r\n");
        QCOMPARE(client.answer().status, 400);
    }
    QCOMPARE(ask(*server, "/good").status, 429);
}

void ClientsTest::behindAProxyEachClientCountsAlone() {
    Options options;
    options.trustedProxies = {"127.0.0.1"};
    const auto server = serverWith(options);
    QVERIFY(server);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(ask(*server, "/bad", "X-Forwarded-For: 192.0.2.1\r\n").status, 403);
    QCOMPARE(ask(*server, "/good", "X-Forwarded-For: 192.0.2.1\r\n").status, 429);
    // What the client itself adds in front changes nothing.
    QCOMPARE(ask(*server, "/good", "X-Forwarded-For: 198.51.100.1, 192.0.2.1\r\n").status, 429);
    const RawAnswer other =
        ask(*server, "/good", "X-Forwarded-For: 192.0.2.2\r\nX-Forwarded-Proto: https\r\n");
    QCOMPARE(other.status, 200);
    QCOMPARE(other.body, QByteArray("192.0.2.2 secure"));
    // The connection to the proxy itself goes on, whoever was refused on it.
    RawClient client(server->port());
    client.send("GET /good HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"
                "GET /good HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.2\r\n\r\n");
    QCOMPARE(client.answer().status, 429);
    QCOMPARE(client.answer().status, 200);
}

void ClientsTest::aProxyThatSaysNothingIsNotLimited() {
    Options options;
    options.limits.exemptLoopback = false;
    options.trustedProxies = {"127.0.0.1"};
    const auto server = serverWith(options);
    QVERIFY(server);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(ask(*server, "/bad").status, 403);
    QCOMPARE(ask(*server, "/good").body, QByteArray("127.0.0.1 plain"));
}

void ClientsTest::otherHostsAreMisdirected_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    QTest::newRow("ours") << QByteArray("/a") << QByteArray("Host: RELAY.example:8443\r\n") << 200;
    QTest::newRow("address") << QByteArray("/a") << QByteArray("Host: [::1]\r\n") << 200;
    QTest::newRow("another") << QByteArray("/a") << QByteArray("Host: evil.example\r\n") << 421;
    QTest::newRow("below ours") << QByteArray("/a") << QByteArray("Host: x.relay.example\r\n") << 421;
    QTest::newRow("upgrade") << QByteArray("/a") << "Host: evil.example\r\n" + upgrade << 421;
    QTest::newRow("the target counts first")
        << QByteArray("http://evil.example/a") << QByteArray("Host: relay.example\r\n") << 421;
    QTest::newRow("empty") << QByteArray("/a") << QByteArray("Host: \r\n") << 421;
}

void ClientsTest::otherHostsAreMisdirected() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    Options options;
    options.allowedHosts = {"relay.example", "::1"};
    const auto server = serverWith(options);
    QVERIFY(server);
    QTEST(ask(*server, target, fields).status, "status");
}

void ClientsTest::wrongProxyIsASentence() {
    Options options;
    options.trustedProxies = {"proxy.example"};
    const auto server = Server::start(options, {});
    QVERIFY(!server);
    QCOMPARE(QString::fromStdString(server.error()),
             QStringLiteral("“proxy.example” is not the address of a proxy, nor a range of addresses."));
}

QTEST_GUILESS_MAIN(ClientsTest)
#include "tst_clients.moc"
