#include "httpd/httpd.h"
#include "httpd/raw_client.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <atomic>
#include <mutex>

using namespace longcode;
using namespace longcode::httpd;
using tests::RawClient;

namespace {

/// Sends every text back, twice over: once as it is, once in capitals. Knows what became of its sockets.
struct Echo {
    std::mutex mutex;
    std::vector<std::shared_ptr<Socket>> sockets;
    std::atomic<int> closed = 0, drained = 0;
    std::atomic<bool> afterClosed = false;
    std::unique_ptr<Server> server;

    explicit Echo(Limits limits = {}) {
        Handlers handlers{
            .request = [](const Request &, const Responder &respond) { respond({200, "plain"}); },
            .upgrade = [this](const Request &request) { return decide(request); }};
        auto started = Server::start("127.0.0.1", 0, limits, std::move(handlers));
        if (started)
            server = std::move(*started);
    }
    ~Echo() { server.reset(); }

    UpgradeDecision decide(const Request &request) {
        if (request.header("authorization") != "Bearer good")
            return {.refusal = Response{401, "no"}, .accept = {}};
        return {.refusal = {}, .accept = [this](std::shared_ptr<Socket> socket) {
                    const std::lock_guard lock(mutex);
                    sockets.push_back(socket);
                    const auto gone = std::make_shared<bool>(false);
                    return SocketHandlers{.message =
                                              [this, socket, gone](const std::string &text) {
                                                  afterClosed = afterClosed || *gone;
                                                  socket->send(text);
                                              },
                                          .drained = [this] { ++drained; },
                                          .closed =
                                              [this, gone] {
                                                  *gone = true;
                                                  ++closed;
                                              }};
                }};
    }

    std::shared_ptr<Socket> last() {
        const std::lock_guard lock(mutex);
        return sockets.empty() ? nullptr : sockets.back();
    }
    QUrl url() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/console").arg(server->port())); }
};

QNetworkRequest authorized(const QUrl &url, const char *token = "good") {
    QNetworkRequest request{url};
    request.setRawHeader("Authorization", QByteArray("Bearer ") + token);
    return request;
}

} // namespace

class WebSocketTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void echoes();
    void refusalIsAnHttpAnswer();
    void badHandshakeIsRefused();
    void binaryIsRefused();
    void tooLargeAMessageIsRefused();
    void silentPeerIsDropped();
    void backPressure();
    void closeSendsWhatIsQueuedFirst();
    void closedComesOnceAndLast_data();
    void closedComesOnceAndLast();
    void stopSaysGoodbye();
    void sendAfterTheServerIsGone();
};

void WebSocketTest::echoes() {
    Echo echo;
    QWebSocket client;
    QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
    client.open(authorized(echo.url()));
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    const QString large(3'000'000, u'é');
    for (int i = 0; i < 100; ++i)
        client.sendTextMessage(QString::number(i));
    client.sendTextMessage(large);
    QTRY_COMPARE(texts.size(), 101);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(texts.at(i).at(0).toString(), QString::number(i));
    QVERIFY(texts.at(100).at(0).toString() == large);
    QTRY_COMPARE(echo.last()->queuedBytes(), std::size_t(0));
    QVERIFY(echo.drained > 0);
    client.close();
    QTRY_COMPARE(echo.closed, 1);
}

void WebSocketTest::refusalIsAnHttpAnswer() {
    Echo echo;
    RawClient client(echo.server->port());
    client.send("GET /console HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QCOMPARE(client.answer().status, 401);
    QVERIFY(client.isClosedWithin(20000));
    QVERIFY(!echo.last());
}

void WebSocketTest::badHandshakeIsRefused() {
    Echo echo;
    RawClient client(echo.server->port());
    client.send("GET /console HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: Upgrade\r\n"
                "Upgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: "
                "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QCOMPARE(client.answer().status, 426);
    QVERIFY(client.isClosedWithin(20000));
    QVERIFY(!echo.last());
}

void WebSocketTest::binaryIsRefused() {
    Echo echo;
    QWebSocket client;
    client.open(authorized(echo.url()));
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    client.sendBinaryMessage("x");
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeDatatypeNotSupported);
    QTRY_COMPARE(echo.closed, 1);
}

void WebSocketTest::tooLargeAMessageIsRefused() {
    Echo echo({.messageBytes = 1000});
    QWebSocket client;
    client.open(authorized(echo.url()));
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    client.sendTextMessage(QString(1001, u'x'));
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
    QTRY_COMPARE(echo.closed, 1);
}

void WebSocketTest::silentPeerIsDropped() {
    using namespace std::chrono_literals;
    Echo echo({.idleTimeout = 300ms});
    // Answers no ping: a raw client that does not read.
    RawClient client(echo.server->port());
    client.send("GET /console HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: Upgrade\r\n"
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QTRY_COMPARE(echo.closed, 1);
    // One that answers stays: QWebSocket does so by itself.
    QWebSocket alive;
    alive.open(authorized(echo.url()));
    QTRY_COMPARE(alive.state(), QAbstractSocket::ConnectedState);
    QTest::qWait(1000);
    QCOMPARE(alive.state(), QAbstractSocket::ConnectedState);
}

void WebSocketTest::backPressure() {
    Echo echo({.socketQueueBytes = 100'000});
    RawClient client(echo.server->port());
    client.socket().setReadBufferSize(1024);
    client.send("GET /console HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: Upgrade\r\n"
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QTRY_VERIFY(echo.last());
    const std::shared_ptr<Socket> socket = echo.last();
    // The system's own buffers take some megabytes; then the queue fills, and the next text is refused.
    bool refused = false;
    for (int i = 0; i < 100'000 && !refused; ++i)
        refused = !socket->send(std::string(10'000, 'x'));
    QVERIFY(refused);
    QVERIFY(socket->queuedBytes() <= 100'000);
    QVERIFY(socket->queuedBytes() > 90'000);
    client.abort();
    QTRY_COMPARE(echo.closed, 1);
    QCOMPARE(socket->queuedBytes(), std::size_t(0));
    QVERIFY(!socket->send("x"));
}

void WebSocketTest::closeSendsWhatIsQueuedFirst() {
    Echo echo;
    QWebSocket client;
    QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
    client.open(authorized(echo.url()));
    QTRY_VERIFY(echo.last());
    for (int i = 0; i < 10; ++i)
        QVERIFY(echo.last()->send(std::string(100'000, 'a')));
    QVERIFY(echo.last()->send("last"));
    echo.last()->close(4001, "enough");
    QVERIFY(!echo.last()->send("after"));
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(texts.size(), 11);
    QCOMPARE(texts.last().at(0).toString(), QStringLiteral("last"));
    QCOMPARE(int(client.closeCode()), 4001);
    QCOMPARE(client.closeReason(), QStringLiteral("enough"));
    QTRY_COMPARE(echo.closed, 1);
}

void WebSocketTest::closedComesOnceAndLast_data() {
    QTest::addColumn<QString>("how");
    for (const char *how : {"client closes", "client aborts", "server closes", "both close", "server stops"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void WebSocketTest::closedComesOnceAndLast() {
    QFETCH(QString, how);
    Echo echo;
    QWebSocket client;
    client.open(authorized(echo.url()));
    QTRY_VERIFY(echo.last());
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    for (int i = 0; i < 100; ++i)
        client.sendTextMessage(QStringLiteral("x"));
    if (how == QStringLiteral("client aborts"))
        client.abort();
    if (how == QStringLiteral("server closes") || how == QStringLiteral("both close"))
        echo.last()->close(1000, {});
    if (how == QStringLiteral("client closes") || how == QStringLiteral("both close"))
        client.close();
    if (how == QStringLiteral("server stops"))
        echo.server->stop();
    QTRY_COMPARE(echo.closed, 1);
    echo.server->stop();
    QCOMPARE(echo.closed, 1);
    QVERIFY(!echo.afterClosed);
}

void WebSocketTest::stopSaysGoodbye() {
    Echo echo;
    QWebSocket client;
    client.open(authorized(echo.url()));
    QTRY_VERIFY(echo.last());
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    echo.server->stop();
    QCOMPARE(echo.closed, 1);
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
}

void WebSocketTest::sendAfterTheServerIsGone() {
    Echo echo;
    QWebSocket client;
    client.open(authorized(echo.url()));
    QTRY_VERIFY(echo.last());
    const std::shared_ptr<Socket> socket = echo.last();
    echo.server.reset();
    QVERIFY(!socket->send("x"));
    socket->close(1000, {});
    QCOMPARE(socket->queuedBytes(), std::size_t(0));
}

QTEST_GUILESS_MAIN(WebSocketTest)
#include "tst_websocket.moc"
