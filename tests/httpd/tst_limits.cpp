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

/// Counts what the server refuses. Keeps the responders of /hold.
struct Limited {
    std::mutex mutex;
    std::vector<int> refused;
    std::vector<Responder> held;
    std::unique_ptr<Server> server;

    explicit Limited(Limits limits) {
        Handlers handlers{.request =
                              [this](const Request &request, const Responder &respond) {
                                  if (request.path != "/hold")
                                      return respond({200, request.path});
                                  const std::lock_guard lock(mutex);
                                  held.push_back(respond);
                              },
                          .refused =
                              [this](int status) {
                                  const std::lock_guard lock(mutex);
                                  refused.push_back(status);
                              }};
        auto started = Server::start("127.0.0.1", 0, limits, std::move(handlers));
        if (started)
            server = std::move(*started);
    }

    std::size_t holding() {
        const std::lock_guard lock(mutex);
        return held.size();
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
    void longTargetIsRefused();
    void slowHeaderIsAnswered408();
    void slowBodyIsAnswered408();
    void drippingBodyIsGivenUpEarly();
    void silentConnectionIsClosedWithoutAWord();
    void idleConnectionIsClosed();
    void idleConnectionsDoNotHinderOthers();
    void idleOnesMakeRoom();
    void busyOnesDoNot();
    void bodiesShareABudget();
    void slowBodiesMakeRoomForOthers();
    void connectionsOfOneAddressAreLimited();
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

void LimitsTest::longTargetIsRefused() {
    Limited limited({});
    for (const int length : {10'000, 100'000}) {
        RawClient client(limited.port());
        client.send("GET /" + QByteArray(length, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client.answer().status, 414);
    }
    RawClient exact(limited.port());
    exact.send("GET /" + QByteArray(8000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(exact.answer().status, 200);
}

void LimitsTest::slowHeaderIsAnswered408() {
    using namespace std::chrono_literals;
    Limited limited({.headerTimeout = 300ms});
    RawClient client(limited.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n");
    // A byte now and then: each arrives in time, all together do not.
    for (int i = 0; i < 1000 && client.socket().bytesAvailable() == 0; ++i) {
        client.send("x");
        client.socket().waitForReadyRead(20);
    }
    QCOMPARE(client.answer().status, 408);
    QCOMPARE(limited.counted(), std::vector<int>{408});
}

void LimitsTest::slowBodyIsAnswered408() {
    using namespace std::chrono_literals;
    Limited limited({.readTimeout = 300ms});
    RawClient client(limited.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 1000 && client.socket().bytesAvailable() == 0; ++i) {
        client.send("x");
        client.socket().waitForReadyRead(20);
    }
    QCOMPARE(client.answer().status, 408);
    QCOMPARE(limited.counted(), std::vector<int>{408});
}

void LimitsTest::drippingBodyIsGivenUpEarly() {
    using namespace std::chrono_literals;
    // 30 seconds for all of it, but 1,000 bytes in each fifth of a second.
    Limited limited({.bodyBytesPerSecond = 5000, .slowAfter = 200ms});
    RawClient quick(limited.port()), slow(limited.port());
    quick.send("POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    slow.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 1000 && slow.socket().bytesAvailable() == 0; ++i) {
        slow.send("x");
        slow.socket().waitForReadyRead(20);
    }
    QCOMPARE(slow.answer().status, 408);
    quick.send(QByteArray(100'000, 'x'));
    const int status = quick.answer().status;
    // It stood still in the meantime as well, and may have been given up just so.
    QVERIFY(status == 200 || status == 408);
}

void LimitsTest::silentConnectionIsClosedWithoutAWord() {
    using namespace std::chrono_literals;
    Limited limited({.headerTimeout = 200ms});
    RawClient client(limited.port());
    QVERIFY(client.isClosedWithin(20000));
    QCOMPARE(client.answer().status, 0);
    QVERIFY(limited.counted().empty());
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

void LimitsTest::idleOnesMakeRoom() {
    Limited limited({.connections = 3});
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(limited.port()));
        clients.back()->send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(clients.back()->answer().status, 200);
    }
    // The second has now been idle for longest.
    clients[0]->send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(clients[0]->answer().status, 200);
    RawClient another(limited.port());
    another.send("GET /c HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(another.answer().status, 200);
    QVERIFY(clients[1]->isClosedWithin(20000));
    for (const int i : {0, 2}) {
        clients[std::size_t(i)]->send("GET /d HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(clients[std::size_t(i)]->answer().status, 200);
    }
    QCOMPARE(limited.server->load().madeRoom, std::uint64_t(1));
    QVERIFY(limited.counted().empty());
}

void LimitsTest::busyOnesDoNot() {
    Limited limited({.connections = 2});
    RawClient one(limited.port()), two(limited.port());
    for (RawClient *client : {&one, &two})
        client->send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(limited.holding(), std::size_t(2));
    RawClient three(limited.port());
    const RawAnswer answer = three.answer();
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.headers.value("retry-after"), QByteArray("5"));
    for (const Responder &respond : limited.held)
        respond({200, "at last"});
    QCOMPARE(one.answer().body, QByteArray("at last"));
    QCOMPARE(two.answer().body, QByteArray("at last"));
    RawClient four(limited.port());
    four.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(four.answer().status, 200);
}

void LimitsTest::bodiesShareABudget() {
    Limited limited({.bodyBudgetBytes = 250'000});
    const QByteArray body(100'000, 'x');
    const QByteArray request = "POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + body;
    RawClient one(limited.port()), two(limited.port());
    one.send(request);
    two.send(request);
    QTRY_COMPARE(limited.holding(), std::size_t(2));
    RawClient three(limited.port());
    three.send(request);
    const RawAnswer answer = three.answer();
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.headers.value("retry-after"), QByteArray("5"));
    // Small ones still find room.
    RawClient small(limited.port());
    small.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    QCOMPARE(small.answer().status, 200);
    limited.held.front()({200, "one"});
    QCOMPARE(one.answer().status, 200);
    RawClient again(limited.port());
    again.send(request);
    QTRY_COMPARE(limited.holding(), std::size_t(3));
}

/// Whoever fills the budget with bodies that he does not finish loses them to the others.
void LimitsTest::slowBodiesMakeRoomForOthers() {
    Limited limited({.bodyBudgetBytes = 250'000});
    std::vector<std::unique_ptr<RawClient>> greedy;
    for (int i = 0; i < 2; ++i) {
        greedy.push_back(std::make_unique<RawClient>(limited.port()));
        greedy.back()->send("POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" +
                            QByteArray(120'000, 'x'));
    }
    const auto served = [&limited] {
        RawClient client(limited.port());
        client.send("POST /served HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" +
                    QByteArray(100'000, 'x'));
        return client.answer().status == 200;
    };
    QVERIFY(QTest::qWaitFor(served, 10000));
    QVERIFY(greedy.front()->isClosedWithin(20000));
}

void LimitsTest::connectionsOfOneAddressAreLimited() {
    Limited limited({.connectionsPerAddress = 2, .exemptLoopback = false});
    auto one = std::make_unique<RawClient>(limited.port());
    RawClient two(limited.port());
    for (RawClient *client : {one.get(), &two}) {
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
