#include "telnyx/api_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

using namespace longcode;
using namespace longcode::tests;
using namespace std::chrono_literals;
using telnyx::ErrorKind;

Q_DECLARE_METATYPE(ErrorKind)

/// What every operation shares: key, redirects, deadlines, retries, faults, limits and logs. The operation
/// used is the reading of one message, for writing is tested in TestSendOnce.
class TestTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void headers();
    void redirectsAreNotFollowed_data();
    void redirectsAreNotFollowed();
    void silenceEndsWithTheDeadline();
    void silenceEndsWithTheTransferTimeout();
    void trickleEndsWithTheDeadline();
    void faults_data();
    void faults();
    void gatewaysThatAnswerSomethingElse_data();
    void gatewaysThatAnswerSomethingElse();
    void repeatsWhatMayPass_data();
    void repeatsWhatMayPass();
    void givesUpAfterTheRetries();
    void waitsAsLongAsTheServerSays();
    void doesNotWaitBeyondTheDeadline();
    void spendLimitIsNotRepeated();
    void refusesUnsafeSettings_data();
    void refusesUnsafeSettings();
    void unknownHost();
    void untrustedCertificate();
    void largeAnswers_data();
    void largeAnswers();
    void cookiesAreNotKept();
    void logsSayNothingPrivate();

private:
    static telnyx::Answer<events::MessageFacts> readMessage(ApiFixture &api);
    static QStringList logged;
};

QStringList TestTransport::logged;

namespace {

const events::MessageId message{QString::fromLatin1(someMessageId)};

QtMessageHandler previousHandler = nullptr;

/// A script that answers with each of these in turn, and with the last one from then on.
ScriptedServer::Script inTurn(QList<Reaction> reactions) {
    auto next = std::make_shared<qsizetype>(0);
    return [reactions, next](const SeenRequest &) {
        const qsizetype index = std::min(*next, reactions.size() - 1);
        ++*next;
        return reactions.at(index);
    };
}

} // namespace

void TestTransport::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    logged.clear();
}

void TestTransport::cleanup() {
    if (previousHandler)
        qInstallMessageHandler(std::exchange(previousHandler, nullptr));
}

telnyx::Answer<events::MessageFacts> TestTransport::readMessage(ApiFixture &api) {
    telnyx::Client client(api.network, api.settings);
    return ApiFixture::result(client.message(message));
}

void TestTransport::headers() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) { return jsonAnswer(200, someMessage()); });
    QVERIFY(readMessage(api));
    const SeenRequest request = api.server.requests().value(0);
    QCOMPARE(request.method, QByteArray("GET"));
    QCOMPARE(request.target, QByteArray("/v2/messages/" + someMessageId));
    QCOMPARE(request.header("Authorization"), QByteArray("Bearer KEY-for-tests-0001"));
    QCOMPARE(request.header("Accept"), QByteArray("application/json"));
    QCOMPARE(request.header("Connection"), QByteArray("close"));
    QVERIFY(request.header("User-Agent").startsWith("longcode/"));
    QVERIFY(request.header("Content-Type").isEmpty());
}

void TestTransport::redirectsAreNotFollowed_data() {
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

/// Neither to another host nor to the same one: the key goes where the settings say and nowhere else.
void TestTransport::redirectsAreNotFollowed() {
    QFETCH(int, status);
    ScriptedServer other([](const SeenRequest &) { return jsonAnswer(200, someMessage()); });
    ApiFixture api;
    api.server.setScript([&](const SeenRequest &) {
        return jsonAnswer(status, "", {"Location: " + other.url(QStringLiteral("/v2/stolen")).toEncoded()});
    });
    const auto answer = readMessage(api);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Redirected);
    QCOMPARE(answer.error().httpStatus, status);
    QTest::qWait(100);
    QCOMPARE(other.connections(), 0);
    QCOMPARE(api.server.requests().size(), 1);
}

void TestTransport::silenceEndsWithTheDeadline() {
    ApiFixture api; // no script: it reads and says nothing
    api.settings.deadline = 200ms;
    const auto answer = readMessage(api);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TimedOut);
    QVERIFY(answer.error().mayHaveReachedServer);
    QCOMPARE(answer.error().httpStatus, 0);
}

void TestTransport::silenceEndsWithTheTransferTimeout() {
    ApiFixture api;
    api.settings.transferTimeout = 150ms;
    api.settings.retries = 1;
    const auto answer = readMessage(api);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TimedOut);
    QCOMPARE(api.server.requests().size(), 2);
}

/// Progress keeps the transfer timeout away, but not the deadline.
void TestTransport::trickleEndsWithTheDeadline() {
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    connect(&listener, &QTcpServer::newConnection, this, [&listener] {
        QTcpSocket *socket = listener.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        auto *timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        timer->start(20);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    ApiFixture api;
    api.settings.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/v2").arg(listener.serverPort()));
    api.settings.transferTimeout = 10s;
    api.settings.deadline = 300ms;
    const auto answer = readMessage(api);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TimedOut);
}

void TestTransport::faults_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("closed at once") << QByteArray() << ErrorKind::ConnectionLost;
    QTest::newRow("cut off in the body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"data\"") << ErrorKind::ConnectionLost;
    QTest::newRow("cut off in a chunk")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"data\"")
        << ErrorKind::ConnectionLost;
    QTest::newRow("cut off without a length")
        << QByteArray("HTTP/1.1 200 OK\r\n\r\n{\"data\"") << ErrorKind::BadAnswer;
    QTest::newRow("an error, cut off")
        << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 500\r\n\r\n{\"err") << ErrorKind::NotFound;
    QTest::newRow("garbage for gzip")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!")
        << ErrorKind::BadAnswer;
}

void TestTransport::faults() {
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorKind, kind);
    ApiFixture api;
    api.settings.retries = 0;
    api.server.setScript([&](const SeenRequest &) { return Reaction{bytes, true}; });
    const auto answer = readMessage(api);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, kind);
    QVERIFY(answer.error().mayHaveReachedServer);
}

void TestTransport::gatewaysThatAnswerSomethingElse_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray page("<html><h1>Gateway</h1></html>");
    QTest::newRow("502 page") << 502 << page << ErrorKind::Server;
    QTest::newRow("403 page") << 403 << page << ErrorKind::Forbidden;
    QTest::newRow("200 page") << 200 << page << ErrorKind::BadAnswer;
    QTest::newRow("200, no body") << 200 << QByteArray() << ErrorKind::BadAnswer;
    QTest::newRow("204") << 204 << QByteArray() << ErrorKind::BadAnswer;
    QTest::newRow("list for an object") << 200 << QByteArray("[]") << ErrorKind::BadAnswer;
    QTest::newRow("without id") << 200 << QByteArray(R"({"data":{"text":"x"}})") << ErrorKind::BadAnswer;
}

void TestTransport::gatewaysThatAnswerSomethingElse() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    ApiFixture api;
    api.settings.retries = 0;
    api.server.setScript([&](const SeenRequest &) { return answer(status, body, {"Connection: close"}); });
    const auto read = readMessage(api);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, kind);
}

void TestTransport::repeatsWhatMayPass_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("requests");
    for (const int status : {500, 502, 503, 504, 429})
        QTest::addRow("%d", status) << status << 2;
    for (const int status : {400, 401, 402, 403, 404, 409, 422, 301})
        QTest::addRow("%d", status) << status << 1;
}

void TestTransport::repeatsWhatMayPass() {
    QFETCH(int, status);
    QFETCH(int, requests);
    ApiFixture api;
    api.server.setScript(inTurn({jsonAnswer(status, "{}"), jsonAnswer(200, someMessage())}));
    const auto read = readMessage(api);
    QCOMPARE(read.has_value(), requests == 2);
    QCOMPARE(api.server.requests().size(), requests);
}

void TestTransport::givesUpAfterTheRetries() {
    ApiFixture api;
    api.settings.retries = 2;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(503, R"({"errors":[{"code":"10007","title":"Busy"}]})", {"X-Request-Id: req-77"});
    });
    const auto read = readMessage(api);
    QVERIFY(!read);
    QCOMPARE(read.error().title, QStringLiteral("Busy"));
    QCOMPARE(read.error().requestId, QStringLiteral("req-77"));
    QCOMPARE(api.server.requests().size(), 3);
}

void TestTransport::waitsAsLongAsTheServerSays() {
    ApiFixture api;
    api.server.setScript(inTurn({jsonAnswer(429, "{}", {"Retry-After: 1"}), jsonAnswer(200, someMessage())}));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(readMessage(api));
    // Not a measure of speed: less would be a repetition before its time.
    QVERIFY(timer.elapsed() >= 950);
    QCOMPARE(api.server.requests().size(), 2);
}

void TestTransport::doesNotWaitBeyondTheDeadline() {
    ApiFixture api;
    api.settings.deadline = 5s;
    api.server.setScript([](const SeenRequest &) { return jsonAnswer(429, "{}", {"Retry-After: 60"}); });
    const auto read = readMessage(api);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::RateLimited);
    QCOMPARE(read.error().retryAfter, 60s);
    QCOMPARE(api.server.requests().size(), 1);
}

void TestTransport::spendLimitIsNotRepeated() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(429, R"({"errors":[{"code":"40333","title":"Daily limit"}]})", {"Retry-After: 0"});
    });
    QVERIFY(!readMessage(api));
    QCOMPARE(api.server.requests().size(), 1);
}

void TestTransport::refusesUnsafeSettings_data() {
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("plain HTTP to a far host")
        << QStringLiteral("http://api.example.com/v2") << QByteArray("KEY");
    QTest::newRow("another scheme") << QStringLiteral("ftp://127.0.0.1/v2") << QByteArray("KEY");
    QTest::newRow("a file") << QStringLiteral("file:///v2") << QByteArray("KEY");
    QTest::newRow("no address") << QString() << QByteArray("KEY");
    QTest::newRow("no key") << QStringLiteral("http://127.0.0.1:1/v2") << QByteArray();
    QTest::newRow("key with a line end")
        << QStringLiteral("http://127.0.0.1:1/v2") << QByteArray("KEY\r\nX: 1");
    QTest::newRow("key with a space") << QStringLiteral("http://127.0.0.1:1/v2") << QByteArray("KEY 1");
    QTest::newRow("key beyond ASCII") << QStringLiteral("http://127.0.0.1:1/v2") << QByteArray("KEY\xc3\xa9");
}

void TestTransport::refusesUnsafeSettings() {
    QFETCH(QString, baseUrl);
    QFETCH(QByteArray, key);
    ApiFixture api;
    api.settings.baseUrl = QUrl(baseUrl);
    api.settings.apiKey = key;
    api.settings.retries = 0;
    const auto read = readMessage(api);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::NotConnected);
    QVERIFY(!read.error().mayHaveReachedServer);
    QVERIFY(!read.error().title.isEmpty());
    QVERIFY(key.isEmpty() || !read.error().title.contains(QString::fromUtf8(key)));
}

/// The name is reserved never to exist (RFC 6761).
void TestTransport::unknownHost() {
    ApiFixture api;
    api.settings.baseUrl = QUrl(QStringLiteral("https://nowhere.invalid/v2"));
    api.settings.retries = 0;
    telnyx::Client client(api.network, api.settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend()), 60'000);
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::NotConnected);
    QVERIFY(!sent.error().mayHaveReachedServer);
}

/// A certificate that nobody vouches for: the handshake ends before a byte of the request.
void TestTransport::untrustedCertificate() {
    QFile file(QStringLiteral(LONGCODE_SOURCE_DIR "/tests/telnyx/data/untrusted.pem"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pem = file.readAll();
    QSslConfiguration configuration;
    configuration.setLocalCertificate(QSslCertificate(pem));
    configuration.setPrivateKey(QSslKey(pem, QSsl::Ec));
    QSslServer listener;
    listener.setSslConfiguration(configuration);
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QByteArray received;
    connect(&listener, &QTcpServer::pendingConnectionAvailable, this, [&] {
        QTcpSocket *socket = listener.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&received, socket] { received += socket->readAll(); });
    });
    ApiFixture api;
    api.settings.baseUrl = QUrl(QStringLiteral("https://127.0.0.1:%1/v2").arg(listener.serverPort()));
    telnyx::Client client(api.network, api.settings);
    const auto sent = ApiFixture::result(client.sendMessage(someSend()));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::NotConnected);
    QVERIFY(!sent.error().mayHaveReachedServer);
    QCOMPARE(received, QByteArray());
}

void TestTransport::largeAnswers_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("megabytes");
    QTest::addColumn<bool>("good");
    const QByteArray ok("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    QTest::newRow("7 MB") << ok << 7 << true;
    QTest::newRow("50 MB") << ok << 50 << false;
    QTest::newRow("50 MB of an error")
        << QByteArray("HTTP/1.1 422 No\r\nConnection: close\r\n\r\n") << 50 << false;
}

void TestTransport::largeAnswers() {
    QFETCH(QByteArray, head);
    QFETCH(int, megabytes);
    QFETCH(bool, good);
    ApiFixture api;
    api.settings.retries = 0;
    const QByteArray filler(qsizetype(megabytes) << 20, ' ');
    api.server.setScript([&](const SeenRequest &) { return Reaction{head + someMessage() + filler, true}; });
    const auto read = readMessage(api);
    QCOMPARE(read.has_value(), good);
    if (!good)
        QVERIFY(read.error().kind == ErrorKind::BadAnswer || read.error().kind == ErrorKind::Validation);
}

void TestTransport::cookiesAreNotKept() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(200, someMessage(), {"Set-Cookie: session=1; Path=/"});
    });
    QVERIFY(readMessage(api));
    QVERIFY(readMessage(api));
    QVERIFY(api.server.requests().value(1).header("Cookie").isEmpty());
}

void TestTransport::logsSayNothingPrivate() {
    ApiFixture api;
    api.server.setScript([](const SeenRequest &) {
        return jsonAnswer(422, R"({"errors":[{"code":"40310","title":"+14155550123 is bad"}]})",
                          {"X-Request-Id: req-9"});
    });
    previousHandler = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { logged.append(text); });
    telnyx::Client client(api.network, api.settings);
    QVERIFY(!ApiFixture::result(client.sendMessage(someSend(QStringLiteral("a private matter")))));
    QVERIFY(!ApiFixture::result(client.assignNumber(telnyx::NumberId(QStringLiteral("+14155550100")),
                                                    telnyx::ProfileId(QStringLiteral("a-profile")))));
    QCOMPARE(logged, (QStringList{QStringLiteral("POST /messages: 422 req-9"),
                                  QStringLiteral("PATCH /phone_numbers/{id}/messaging: 422 req-9")}));
}

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
