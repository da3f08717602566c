#include "httpd/httpd.h"
#include "httpd/raw_client.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <mutex>

using namespace longcode;
using namespace longcode::httpd;
using tests::RawAnswer;
using tests::RawClient;

namespace {

/// Counts what the server refuses.
struct Limited {
    std::mutex mutex;
    std::vector<int> refused;
    std::unique_ptr<Server> server;

    explicit Limited(Limits limits) {
        Handlers handlers{
            .request = [](const Request &request, const Responder &respond) { respond({200, request.path}); },
            .refused =
                [this](int status) {
                    const std::lock_guard lock(mutex);
                    refused.push_back(status);
                }};
        auto started = Server::start("127.0.0.1", 0, limits, std::move(handlers));
        if (started)
            server = std::move(*started);
    }

    std::vector<int> counted() {
        const std::lock_guard lock(mutex);
        return refused;
    }
    quint16 port() const { return server->port(); }
};

/// Peak of this process's memory in kB; 0 where the system does not tell.
qint64 peakMemory() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    static const QRegularExpression peak(QStringLiteral("VmHWM:\\s+(\\d+)"));
    return peak.match(QString::fromLatin1(status.readAll())).captured(1).toLongLong();
}

} // namespace

class LimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void hugeBodyIsRefusedAtOnce();
    void hugeBodyIsReadOffAndTheAnswerArrives();
    void hugeChunkedBodyIsRefused();
    void hugeHeaderIsRefused();
    void slowRequestIsCutOff();
    void idleConnectionIsClosed();
    void idleConnectionsDoNotHinderOthers();
    void connectionsAreLimited();
};

void LimitsTest::hugeBodyIsRefusedAtOnce() {
    Limited limited({});
    RawClient client(limited.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 52428800\r\n\r\n");
    QCOMPARE(client.answer().status, 413);
    QCOMPARE(limited.counted(), std::vector<int>{413});
}

void LimitsTest::hugeBodyIsReadOffAndTheAnswerArrives() {
    Limited limited({});
    const qint64 before = peakMemory();
    RawClient client(limited.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 52428800\r\n\r\n");
    const QByteArray part(64 * 1024, 'x');
    for (int sent = 0; sent < 52428800; sent += int(part.size()))
        client.send(part);
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 413);
    QVERIFY2(peakMemory() - before < 20'000, "the body was kept");
}

void LimitsTest::hugeChunkedBodyIsRefused() {
    Limited limited({.bodyBytes = 10'000});
    RawClient client(limited.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 11; ++i)
        client.send("3e8\r\n" + QByteArray(1000, 'x') + "\r\n");
    QCOMPARE(client.answer().status, 413);
}

void LimitsTest::hugeHeaderIsRefused() {
    Limited limited({});
    RawClient client(limited.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + QByteArray(100 * 1024, 'x') + "\r\n\r\n");
    QCOMPARE(client.answer().status, 431);
    QCOMPARE(limited.counted(), std::vector<int>{431});
    RawClient exact(limited.port());
    exact.send("GET /fits HTTP/1.1\r\nHost: x\r\nX-Long: " + QByteArray(15 * 1024, 'x') + "\r\n\r\n");
    QCOMPARE(exact.answer().status, 200);
}

void LimitsTest::slowRequestIsCutOff() {
    using namespace std::chrono_literals;
    Limited limited({.readTimeout = 300ms});
    RawClient client(limited.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    // A byte now and then: each arrives in time, all together do not.
    for (int i = 0; i < 1000 && !client.isClosedWithin(20); ++i)
        client.send("x");
    QCOMPARE(client.socket().state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.answer().status, 0);
    QTRY_COMPARE(limited.counted(), std::vector<int>{0});
}

void LimitsTest::idleConnectionIsClosed() {
    using namespace std::chrono_literals;
    Limited limited({.idleTimeout = 200ms});
    RawClient client(limited.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 200);
    QVERIFY(client.isClosedWithin(20000));
    QVERIFY(limited.counted().empty());
}

void LimitsTest::idleConnectionsDoNotHinderOthers() {
    Limited limited({});
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 500; ++i) {
        idle.push_back(std::make_unique<RawClient>(limited.port()));
        if (i % 2 == 0)
            idle.back()->send("POST / HTTP/1.1\r\nHost: x\r\nContent-Le"); // half a request
    }
    RawClient client(limited.port());
    client.send("GET /served HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().body, QByteArray("/served"));
    limited.server->stop();
    for (const auto &each : idle)
        QVERIFY(each->isClosedWithin(20000));
}

void LimitsTest::connectionsAreLimited() {
    Limited limited({.connections = 2});
    auto one = std::make_unique<RawClient>(limited.port());
    auto two = std::make_unique<RawClient>(limited.port());
    for (RawClient *client : {one.get(), two.get()}) {
        client->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client->answer().status, 200);
    }
    RawClient three(limited.port());
    QCOMPARE(three.answer().status, 503);
    one.reset();
    const auto served = [&limited] {
        RawClient again(limited.port());
        again.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        return again.answer().status == 200;
    };
    // Not QTRY_VERIFY: it asks once more after it was answered.
    QVERIFY(QTest::qWaitFor(served, 5000));
}

QTEST_GUILESS_MAIN(LimitsTest)
#include "tst_limits.moc"
