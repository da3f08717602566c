#include "httpd/flood.h"
#include "httpd/httpd.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace longcode;
using namespace longcode::httpd;
using namespace std::chrono_literals;
using tests::FloodClient;

/// Sanitizers take four times as long, and a debug build longer still.
#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
constexpr int pipelinedGarbage = 95'000, malformedGarbage = 5'000, livePosts = 4'000;
#else
constexpr int pipelinedGarbage = 950'000, malformedGarbage = 50'000, livePosts = 20'000;
#endif

namespace {

/// Resident memory of this process in kB; 0 where the system does not tell.
qint64 residentMemory() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    static const QRegularExpression resident(QStringLiteral("VmRSS:\\s+(\\d+)"));
    return resident.match(QString::fromLatin1(status.readAll())).captured(1).toLongLong();
}

/// What a relay does, as far as the edge can see: /good is right, everything else is a failure.
std::unique_ptr<Server> serverWith(Options options) {
    auto started = Server::start(
        std::move(options), {.request = [](const Request &request, const Responder &respond) {
            const bool good = request.path == "/good";
            respond({.status = good ? 200 : 403, .body = "answer", .failure = !good, .proven = good});
        }});
    return started ? std::move(*started) : nullptr;
}

std::string post(const std::string &path, std::size_t size) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
           std::string(size, 'x');
}

constexpr char halfHeader[] = "POST /drip HTTP/1.1\r\nHost: x\r\nX-Drip: ";
constexpr char halfBody[] = "POST /drip HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";

/// Connections that send a byte now and then, in a thread of their own; who is cut off comes back.
class Drips {
public:
    Drips(std::uint16_t port, int count) : m_thread([this, port, count] { run(port, count); }) {}
    ~Drips() {
        m_stop = true;
        m_thread.join();
    }
    [[nodiscard]] int comebacks() const { return m_comebacks; }
    [[nodiscard]] bool areAllOpen() const { return m_ready; }

private:
    void run(std::uint16_t port, int count) {
        std::vector<FloodClient> clients;
        const auto begin = [&](int i) {
            FloodClient client(port);
            client.send(i % 2 == 0 ? halfHeader : halfBody);
            return client;
        };
        for (int i = 0; i < count; ++i)
            clients.push_back(begin(i));
        m_ready = true;
        while (!m_stop) {
            for (int i = 0; i < count; ++i) {
                if (clients[std::size_t(i)].send("x"))
                    continue;
                clients[std::size_t(i)] = begin(i);
                ++m_comebacks;
            }
            std::this_thread::sleep_for(50ms); // the rate of the drip
        }
    }

    std::atomic<bool> m_stop = false, m_ready = false;
    std::atomic<int> m_comebacks = 0;
    std::thread m_thread;
};

/// One after the other on each of some kept connections. How long each took, in microseconds.
std::vector<qint64> liveTraffic(std::uint16_t port, int count, int &answered) {
    std::vector<FloodClient> clients;
    for (int i = 0; i < 16; ++i)
        clients.emplace_back(port);
    std::vector<qint64> times;
    const std::string request = post("/good", 1200);
    for (int i = 0; i < count; ++i) {
        FloodClient &client = clients[std::size_t(i) % clients.size()];
        QElapsedTimer timer;
        timer.start();
        client.send(request);
        const auto answers = client.answers(1);
        answered += answers.contains(200);
        times.push_back(timer.nsecsElapsed() / 1000);
    }
    std::ranges::sort(times);
    return times;
}

/// Sends `count` requests that no sender of ours would send, many at a time on each connection. How many were
/// answered.
int pipelined(std::uint16_t port, int count, std::map<int, int> &statuses) {
    static const std::string pieces[] = {post("/webhooks/telnyx", 0), post("/../../etc/passwd", 3),
                                         "GET /wp-login.php HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\n\r\n",
                                         "DELETE / HTTP/1.1\r\nHost: y\r\n\r\n",
                                         "GARBAGE /%00ff HTTP/1.1\r\nHost: z\r\nX-A: \x80\x81\r\n\r\n"};
    constexpr int batch = 200, width = 8;
    std::string bytes;
    for (int i = 0; i < batch; ++i)
        bytes += pieces[std::size_t(i) % 4]; // the fifth ends its connection: see malformed()
    std::vector<FloodClient> clients;
    for (int i = 0; i < width; ++i)
        clients.emplace_back(port);
    int answered = 0;
    for (int sent = 0; sent < count; sent += batch * width) {
        for (FloodClient &client : clients)
            client.send(bytes);
        for (FloodClient &client : clients) {
            for (const auto &[status, times] : client.answers(batch)) {
                statuses[status] += times;
                answered += times;
            }
        }
    }
    return answered;
}

/// Each on a connection of its own, which it ends.
int malformed(std::uint16_t port, int count, std::map<int, int> &statuses) {
    static const std::string pieces[] = {
        std::string("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", 11),
        "\r\n\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        std::string(300, '\0'),
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: x\r\n\r\nzz\r\n"};
    int answered = 0;
    for (int i = 0; i < count; ++i) {
        FloodClient client(port);
        client.send(pieces[std::size_t(i) % std::size(pieces)]);
        for (const auto &[status, times] : client.answers(1)) {
            statuses[status] += times;
            answered += times;
        }
    }
    return answered;
}

} // namespace

class StrangersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void idleAndDrippingOnesDoNotHinderLiveTraffic();
    void fullHouseOfIdleOnesLetsLiveTrafficIn();
    void aMillionGarbageRequests();
};

void StrangersTest::idleAndDrippingOnesDoNotHinderLiveTraffic() {
    constexpr int idleCount = 2000, dripCount = 200;
    QVERIFY(tests::raiseDescriptorLimit() > 2 * (idleCount + dripCount) + 200);
    const auto server = serverWith({.limits = {.headerTimeout = 2s, .slowAfter = 2s}});
    QVERIFY(server);
    int undisturbed = 0, answered = 0;
    const std::vector<qint64> before = liveTraffic(server->port(), livePosts, undisturbed);
    std::vector<FloodClient> idle;
    for (int i = 0; i < idleCount; ++i) {
        idle.emplace_back(server->port());
        idle.back().send(post("/good", 0));
        QVERIFY(idle.back().answers(1).contains(200));
    }
    const Drips drips(server->port(), dripCount);
    QTRY_VERIFY_WITH_TIMEOUT(drips.areAllOpen(), 20000);
    const std::vector<qint64> during = liveTraffic(server->port(), livePosts, answered);
    QCOMPARE(undisturbed, livePosts);
    QCOMPARE(answered, livePosts);
    QVERIFY(server->load().connections >= std::size_t(idleCount));
    QTRY_VERIFY_WITH_TIMEOUT(drips.comebacks() > dripCount / 2, 20000); // they are cut off, again and again
    // The idle ones are still served.
    for (FloodClient &client : idle) {
        client.send(post("/good", 10));
        QVERIFY(client.answers(1).contains(200));
    }
    qInfo(
        "%d of %d live posts answered; p50 %lld us, p99 %lld us; without strangers p50 %lld us, p99 %lld us",
        answered, livePosts, during[during.size() / 2], during[during.size() * 99 / 100],
        before[before.size() / 2], before[before.size() * 99 / 100]);
}

void StrangersTest::fullHouseOfIdleOnesLetsLiveTrafficIn() {
    const auto server = serverWith({.limits = {.connections = 300}});
    QVERIFY(server);
    std::vector<FloodClient> idle;
    for (int i = 0; i < 1000; ++i)
        idle.emplace_back(server->port());
    int answered = 0;
    for (int i = 0; i < 500; ++i) {
        FloodClient live(server->port());
        live.send(post("/good", 1200));
        answered += live.answers(1).contains(200);
        idle.emplace_back(server->port());
    }
    QCOMPARE(answered, 500);
    QVERIFY(server->load().madeRoom >= 1000);
    QVERIFY(server->load().connections <= 300);
}

/// Half of it to handlers that refuse each, half to a server that pauses the sender.
void StrangersTest::aMillionGarbageRequests() {
    std::map<int, int> statuses;
    int answered = 0;
    qint64 before = 0;
    for (const int failures : {0, 100}) {
        const auto server = serverWith({.limits = {.failures = failures, .exemptLoopback = false}});
        QVERIFY(server);
        int good = 0;
        liveTraffic(server->port(), 1000, good);
        QCOMPARE(good, 1000);
        if (before == 0)
            before = residentMemory();
        const int many = pipelined(server->port(), pipelinedGarbage / 2, statuses);
        const int ends = malformed(server->port(), malformedGarbage / 2, statuses);
        QVERIFY2(many >= pipelinedGarbage / 2, qPrintable(QString::number(many)));
        QCOMPARE(ends, malformedGarbage / 2);
        answered += many + ends;
        // The others go on as if nothing had happened.
        FloodClient other(server->port(), "127.0.0.2");
        other.send(post("/good", 1200));
        QVERIFY(other.answers(1).contains(200));
    }
    const qint64 after = residentMemory();
    QStringList counts;
    for (const auto &[status, times] : statuses)
        counts << QStringLiteral("%1: %2").arg(status).arg(times);
    qInfo("%d garbage requests answered (%s); resident memory %lld kB before, %lld kB after", answered,
          qPrintable(counts.join(QStringLiteral(", "))), before, after);
#ifndef __SANITIZE_ADDRESS__
    QVERIFY2(after - before < 32'000, "garbage is kept in memory");
#endif
}

QTEST_GUILESS_MAIN(StrangersTest)
#include "tst_strangers.moc"
