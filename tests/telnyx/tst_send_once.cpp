#include "telnyx/api_fixture.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::tests;
using telnyx::ErrorKind;

/// The guarantee that a send is on the wire at most once, whatever the server does to the connection. Counted
/// are the bytes a raw TCP server receives.
class TestSendOnce : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void faultsAfterTheRequest_data();
    void faultsAfterTheRequest();
    void connectionKeptAliveIsNotUsed();
    void idleConnectionsThatClose();
    void closedWithoutReading();
    void largeBodyCutOffOnTheWay();
    void refusedConnection();
    void deadlineBeforeTheAnswer();
    void cancelledWhileUnderWay();
    void destroyedWhileUnderWay();
    void answersThatDoNotLeadToASecondSend_data();
    void answersThatDoNotLeadToASecondSend();
};

namespace {

const QString marker = QStringLiteral("once-and-only-once");

/// Time for any repetition to arrive: the client under test has no reason to wait longer.
void letRepetitionsArrive() {
    QTest::qWait(300);
}

} // namespace

void TestSendOnce::faultsAfterTheRequest_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed without a byte") << QByteArray() << false;
    QTest::newRow("reset without a byte") << QByteArray() << true;
    QTest::newRow("closed in the status line") << QByteArray("HTTP/1.1 2") << false;
    QTest::newRow("closed in the headers") << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: app") << false;
    QTest::newRow("closed before the body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n") << false;
    QTest::newRow("closed in the body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"da") << false;
    QTest::newRow("reset in the body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"da") << true;
    QTest::newRow("closed after 100") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << false;
    QTest::newRow("closed in a chunk")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"data\":") << false;
    QTest::newRow("no HTTP at all") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << false;
}

void TestSendOnce::faultsAfterTheRequest() {
    QFETCH(QByteArray, bytes);
    QFETCH(bool, reset);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) { return Reaction{bytes, !reset, reset}; });
    telnyx::Client client(api.network, api.settings);
    const auto answer = ApiFixture::result(client.sendMessage(someSend(marker)));
    letRepetitionsArrive();
    QCOMPARE(api.server.occurrences(marker.toUtf8()), 1);
    QVERIFY(!answer);
    QVERIFY2(answer.error().mayHaveReachedServer, "a request that was read counts as perhaps accepted");
    QVERIFY(answer.error().kind == ErrorKind::ConnectionLost || answer.error().kind == ErrorKind::BadAnswer);
}

/// A server that keeps connections alive and then closes one as soon as it has the POST: the classic way to a
/// second POST.
void TestSendOnce::connectionKeptAliveIsNotUsed() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &request) {
        if (request.method == "POST")
            return Reaction{{}, true};
        return answer(200, R"({"data":[],"meta":{"total_pages":1}})", {"Connection: keep-alive"});
    });
    telnyx::Client client(api.network, api.settings);
    QVERIFY(ApiFixture::result(client.profiles()));
    QVERIFY(ApiFixture::result(client.profiles()));
    const auto sent = ApiFixture::result(client.sendMessage(someSend(marker)));
    letRepetitionsArrive();
    QVERIFY(!sent);
    QVERIFY(sent.error().mayHaveReachedServer);
    QCOMPARE(api.server.occurrences(marker.toUtf8()), 1);
}

/// The server closes idle connections the moment the send starts. It must arrive all the same, and once.
void TestSendOnce::idleConnectionsThatClose() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &request) {
        if (request.method == "POST")
            return jsonAnswer(200, someMessage());
        return answer(200, R"({"data":[],"meta":{"total_pages":1}})", {"Connection: keep-alive"});
    });
    telnyx::Client client(api.network, api.settings);
    for (int round = 0; round < 20; ++round) {
        QVERIFY(ApiFixture::result(client.profiles()));
        const QString text = QStringLiteral("round-%1-end").arg(round);
        const auto sending = client.sendMessage(someSend(text));
        api.server.closeIdle();
        const auto sent = ApiFixture::result(sending);
        QVERIFY2(sent, qPrintable(text));
        QCOMPARE(api.server.occurrences(text.toUtf8()), 1);
    }
}

/// A listener that closes every connection before it reads: repeating the connection is fine, the text is not
/// to be seen twice.
void TestSendOnce::closedWithoutReading() {
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QByteArray received;
    connect(&listener, &QTcpServer::newConnection, this, [&] {
        while (auto *socket = listener.nextPendingConnection()) {
            socket->waitForReadyRead(20);
            received += socket->readAll();
            socket->abort();
            socket->deleteLater();
        }
    });
    RecordingNetwork network;
    telnyx::Settings settings;
    settings.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/v2").arg(listener.serverPort()));
    settings.apiKey = "KEY";
    telnyx::Client client(network, settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend(marker)));
    letRepetitionsArrive();
    QVERIFY(!sent);
    QVERIFY(received.count(marker.toUtf8()) <= 1);
    if (received.contains(marker.toUtf8()))
        QVERIFY(sent.error().mayHaveReachedServer);
}

void TestSendOnce::largeBodyCutOffOnTheWay() {
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QByteArray received;
    connect(&listener, &QTcpServer::newConnection, this, [&] {
        while (auto *socket = listener.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [&received, socket] {
                received += socket->readAll();
                if (received.size() > 100'000)
                    socket->abort();
            });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    RecordingNetwork network;
    telnyx::Settings settings;
    settings.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/v2").arg(listener.serverPort()));
    settings.apiKey = "KEY";
    telnyx::Client client(network, settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend(marker + QString(2'000'000, u'x'))));
    letRepetitionsArrive();
    QVERIFY(!sent);
    QVERIFY(sent.error().mayHaveReachedServer);
    QCOMPARE(received.count(marker.toUtf8()), 1);
}

void TestSendOnce::refusedConnection() {
    ApiFixture api;
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        api.settings.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/v2").arg(closed.serverPort()));
    }
    telnyx::Client client(api.network, api.settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend()));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::NotConnected);
    QVERIFY(!sent.error().mayHaveReachedServer);
}

void TestSendOnce::deadlineBeforeTheAnswer() {
    ApiFixture api; // without a script it reads and stays silent
    api.settings.deadline = std::chrono::milliseconds(300);
    telnyx::Client client(api.network, api.settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend(marker)));
    letRepetitionsArrive();
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::TimedOut);
    QVERIFY(sent.error().mayHaveReachedServer);
    QCOMPARE(api.server.occurrences(marker.toUtf8()), 1);
}

void TestSendOnce::cancelledWhileUnderWay() {
    ApiFixture api;
    telnyx::Client client(api.network, api.settings);
    auto sending = client.sendMessage(someSend(marker));
    QTRY_COMPARE(api.server.requests().size(), 1);
    sending.cancel();
    QTRY_VERIFY(sending.isFinished());
    QTRY_COMPARE(api.server.openConnections(), 0);
    QCOMPARE(api.server.occurrences(marker.toUtf8()), 1);
}

void TestSendOnce::destroyedWhileUnderWay() {
    ApiFixture api;
    auto client = std::make_unique<telnyx::Client>(api.network, api.settings);
    const auto sending = client->sendMessage(someSend(marker));
    QTRY_COMPARE(api.server.requests().size(), 1);
    client.reset();
    QVERIFY(sending.isFinished());
    const auto sent = sending.result();
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::Cancelled);
    QVERIFY(sent.error().mayHaveReachedServer);
    QTRY_COMPARE(api.server.openConnections(), 0);
    QCOMPARE(api.server.occurrences(marker.toUtf8()), 1);
}

void TestSendOnce::answersThatDoNotLeadToASecondSend_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("429") << 429 << QByteArray("Retry-After: 0");
    QTest::newRow("500") << 500 << QByteArray("X-Nothing: 1");
    QTest::newRow("503") << 503 << QByteArray("Retry-After: 0");
    QTest::newRow("401 with a challenge") << 401 << QByteArray("WWW-Authenticate: Basic realm=\"api\"");
    QTest::newRow("407 with a challenge") << 407 << QByteArray("Proxy-Authenticate: Basic realm=\"api\"");
    QTest::newRow("307 to itself") << 307 << QByteArray("Location: /v2/messages");
    QTest::newRow("308 to itself") << 308 << QByteArray("Location: /v2/messages");
    QTest::newRow("408") << 408 << QByteArray("Connection: close");
}

void TestSendOnce::answersThatDoNotLeadToASecondSend() {
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) { return jsonAnswer(status, "{}", {header}); });
    telnyx::Client client(api.network, api.settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend(marker)));
    letRepetitionsArrive();
    QVERIFY(!sent);
    QCOMPARE(sent.error().httpStatus, status);
    QCOMPARE(api.server.requests().size(), 1);
}

QTEST_GUILESS_MAIN(TestSendOnce)
#include "tst_send_once.moc"
