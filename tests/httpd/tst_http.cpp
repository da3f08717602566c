#include "httpd/httpd.h"
#include "httpd/raw_client.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <mutex>
#include <thread>

using namespace longcode;
using namespace longcode::httpd;
using tests::RawAnswer;
using tests::RawClient;

namespace {

/// Tells what it was asked, and keeps the responders of /later for the test to use.
struct Echo {
    std::mutex mutex;
    std::vector<Responder> kept;
    std::unique_ptr<Server> server;

    explicit Echo(Limits limits = {}) {
        auto started = Server::start(
            "127.0.0.1", 0, limits,
            {.request = [this](Request request, Responder respond) { answer(std::move(request), respond); }});
        if (started)
            server = std::move(*started);
    }
    ~Echo() { server.reset(); }

    void answer(Request request, const Responder &respond) {
        if (request.path == "/later") {
            const std::lock_guard lock(mutex);
            kept.push_back(respond);
        } else if (request.path == "/drop") {
            respond({.drop = true});
        } else if (request.path == "/throw") {
            throw std::runtime_error("a handler that throws");
        } else if (request.path == "/empty") {
            respond({204, "this body may not be sent"});
        } else if (request.path != "/unanswered") {
            respond({200, request.method + " " + request.path + " " + request.body});
            respond({500, "only the first answer counts"});
        }
    }

    std::size_t waiting() {
        const std::lock_guard lock(mutex);
        return kept.size();
    }
    quint16 port() const { return server->port(); }
};

QByteArray post(const QByteArray &path, const QByteArray &body, const QByteArray &fields = {}) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + fields +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class HttpTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void answersAndKeepsAlive();
    void pipelinedRequestsAreAnsweredInOrder();
    void chunkedBodiesAreJoined();
    void continueIsSentBeforeTheBody();
    void headGetsNoBody();
    void statusWithoutBody();
    void closesWhenAsked_data();
    void closesWhenAsked();
    void malformed_data();
    void malformed();
    void unansweredIs500();
    void aThrowingHandlerIs500AndTheServerGoesOn();
    void dropClosesWithoutAnAnswer();
    void answersFromAnotherThread();
    void clientGoneBeforeTheAnswer();
    void stopWithPendingResponders();
    void refusesAnAddressInUse();
};

void HttpTest::answersAndKeepsAlive() {
    Echo echo;
    RawClient client(echo.port());
    for (int i = 0; i < 3; ++i) {
        client.send(post("/a%20b?x=1", "body" + QByteArray::number(i)));
        const RawAnswer answer = client.answer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "POST /a b body" + QByteArray::number(i));
        QCOMPARE(answer.headers.value("connection"), QByteArray("keep-alive"));
        QCOMPARE(answer.headers.value("content-type"), QByteArray("text/plain; charset=utf-8"));
        QVERIFY(answer.headers.value("date").endsWith(" GMT"));
    }
}

void HttpTest::pipelinedRequestsAreAnsweredInOrder() {
    Echo echo;
    RawClient client(echo.port());
    QByteArray all;
    for (int i = 0; i < 200; ++i)
        all += post("/p" + QByteArray::number(i), QByteArray(i, 'x'));
    client.send(all);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(client.answer().body, "POST /p" + QByteArray::number(i) + " " + QByteArray(i, 'x'));
}

void HttpTest::chunkedBodiesAreJoined() {
    Echo echo;
    RawClient client(echo.port());
    client.send("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                "Chunked\r\n\r\n3\r\nabc\r\n4;ext=1\r\nde\r\n\r\n0\r\nTrailer: 1\r\n\r\n");
    QCOMPARE(client.answer().body, QByteArray("POST /c abcde\r\n"));
}

void HttpTest::continueIsSentBeforeTheBody() {
    Echo echo;
    RawClient client(echo.port());
    client.send("POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QCOMPARE(client.answer(true).status, 100);
    client.send("hi");
    QCOMPARE(client.answer().body, QByteArray("POST /e hi"));
}

void HttpTest::headGetsNoBody() {
    Echo echo;
    RawClient client(echo.port());
    client.send("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\nGET /g HTTP/1.1\r\nHost: x\r\n\r\n");
    const RawAnswer head = client.answer(true);
    QCOMPARE(head.status, 200);
    QCOMPARE(head.headers.value("content-length"), QByteArray("8")); // what GET would have got: "HEAD /h "
    QCOMPARE(client.answer().body, QByteArray("GET /g "));
}

void HttpTest::statusWithoutBody() {
    Echo echo;
    RawClient client(echo.port());
    client.send(post("/empty", {}) + post("/next", {}));
    const RawAnswer empty = client.answer();
    QCOMPARE(empty.status, 204);
    QVERIFY(!empty.headers.contains("content-length"));
    QCOMPARE(client.answer().body, QByteArray("POST /next "));
}

void HttpTest::closesWhenAsked_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("1.1 close") << QByteArray("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QTest::newRow("1.0") << QByteArray("GET /a HTTP/1.0\r\n\r\n");
}

void HttpTest::closesWhenAsked() {
    QFETCH(QByteArray, request);
    Echo echo;
    RawClient client(echo.port());
    client.send(request);
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.value("connection"), QByteArray("close"));
    QVERIFY(client.isClosedWithin(20000));
}

void HttpTest::malformed_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *request, int status) {
        QTest::newRow(name) << QByteArray(request) << status;
    };
    row("no HTTP", "hello there\r\n\r\n", 400);
    row("TLS", "\x16\x03\x01\x02\x01\x01\x01\x01\xfc\x03\x03", 400);
    row("HTTP/9.9", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400);
    row("line without colon", "GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", 400);
    row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400);
    row("duplicate length",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
    row("same length twice",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400);
    row("negative length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400);
    row("length is no number", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x3\r\n\r\nabc", 400);
    row("length beyond 64 bits", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        400);
    row("length and chunks",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400);
    row("chunks and length",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        400);
    row("unknown coding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nabc", 501);
    row("coding under chunks",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
    row("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("bad chunk size", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400);
    row("bad percent encoding", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("bad percent encoding in the query", "GET /a?b=%1 HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("unknown expectation", "POST / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1\r\n\r\na",
        417);
    row("upgrade without a place for it",
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
        "13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        404);
}

void HttpTest::malformed() {
    QFETCH(QByteArray, request);
    Echo echo;
    RawClient client(echo.port());
    client.send(request);
    const RawAnswer answer = client.answer();
    QTEST(answer.status, "status");
    if (answer.status == 404)
        return;
    QCOMPARE(answer.headers.value("connection"), QByteArray("close"));
    QVERIFY(client.isClosedWithin(20000));
}

void HttpTest::unansweredIs500() {
    Echo echo;
    RawClient client(echo.port());
    client.send(post("/unanswered", {}));
    QCOMPARE(client.answer().status, 500);
}

void HttpTest::aThrowingHandlerIs500AndTheServerGoesOn() {
    Echo echo;
    RawClient client(echo.port());
    client.send(post("/throw", {}));
    QCOMPARE(client.answer().status, 500);
    client.send(post("/next", {}));
    QCOMPARE(client.answer().body, QByteArray("POST /next "));
}

void HttpTest::dropClosesWithoutAnAnswer() {
    Echo echo;
    RawClient client(echo.port());
    client.send(post("/drop", {}));
    QCOMPARE(client.answer().status, 0);
    QVERIFY(client.isClosedWithin(20000));
}

void HttpTest::answersFromAnotherThread() {
    Echo echo;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 50; ++i) {
        clients.push_back(std::make_unique<RawClient>(echo.port()));
        clients.back()->send(post("/later", {}));
    }
    QTRY_COMPARE(echo.waiting(), std::size_t(50));
    std::thread other([&echo] {
        const std::lock_guard lock(echo.mutex);
        for (const Responder &respond : echo.kept)
            respond({200, "late"});
        echo.kept.clear();
    });
    for (const auto &client : clients)
        QCOMPARE(client->answer().body, QByteArray("late"));
    other.join();
}

void HttpTest::clientGoneBeforeTheAnswer() {
    Echo echo;
    for (int i = 0; i < 50; ++i) {
        RawClient client(echo.port());
        client.send(post("/later", {}));
        client.abort();
    }
    QTRY_COMPARE(echo.waiting(), std::size_t(50));
    {
        const std::lock_guard lock(echo.mutex);
        for (const Responder &respond : echo.kept)
            respond({200, std::string(100'000, 'x')});
        echo.kept.clear();
    }
    RawClient client(echo.port());
    client.send(post("/alive", {}));
    QCOMPARE(client.answer().status, 200);
}

void HttpTest::stopWithPendingResponders() {
    Echo echo;
    RawClient client(echo.port());
    client.send(post("/later", {}));
    QTRY_COMPARE(echo.waiting(), std::size_t(1));
    std::thread one([&echo] { echo.server->stop(); });
    std::thread two([&echo] { echo.server->stop(); });
    one.join();
    two.join();
    QCOMPARE(client.answer().status, 0);
    echo.kept.front()({200, "too late"});
    echo.server.reset();
    echo.kept.front()({200, "much too late"});
    echo.kept.clear();
}

void HttpTest::refusesAnAddressInUse() {
    const Echo echo;
    const auto second = Server::start("127.0.0.1", echo.port(), {}, {});
    QVERIFY(!second);
    QVERIFY(second.error().starts_with("Cannot listen on 127.0.0.1 port " + std::to_string(echo.port())));
    const auto name = Server::start("example.org", 0, {}, {});
    QVERIFY(!name);
    QCOMPARE(QString::fromStdString(name.error()),
             QStringLiteral("“example.org” is not an IP address to listen on."));
}

QTEST_GUILESS_MAIN(HttpTest)
#include "tst_http.moc"
