#include "events/events.h"
#include "relay/relay_fixture.h"
#include "relay/test_console.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace longcode;
using namespace longcode::tests;

class ConsolesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void webhooksArriveAtOnce();
    void twoConsolesSeeTheSame();
    void resumesAnywhere();
    void resumesOverARestart();
    void slowConsoleHindersNobody();
    void goesOnAfterNotReading();
    void teamTalks();
    void withholdsFromAgents();
    void tokenWithdrawnWhileConnected();
    void refusesStrangers_data();
    void refusesStrangers();
    void tellsItsPublicAddress_data();
    void tellsItsPublicAddress();
    void saysGoodbye();
    void largestEvent();
};

namespace {

constexpr int patience = 30'000;

QByteArrayList bodies(const TestConsole &console) {
    QByteArrayList out;
    for (const protocol::LogEntry &event : console.events())
        out.append(event.body);
    return out;
}

/// Posts `count` events over several connections at once: one alone would wait for the disk each time.
bool fill(const RelayFixture &relay, int first, int count, const QByteArray &padding = {}) {
    constexpr int connections = 32;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < connections; ++i)
        clients.push_back(std::make_unique<RawClient>(relay.port()));
    for (int i = 0; i < count; ++i)
        clients[std::size_t(i % connections)]->socket().write(
            relay.bytes({.body = "{\"data\":{\"id\":\"e" + QByteArray::number(first + i) + "\",\"pad\":\"" +
                                 padding + "\"}}"}));
    for (const auto &client : clients)
        client->socket().flush();
    for (int i = 0; i < count; ++i) {
        if (clients[std::size_t(i % connections)]->answer().status != 200)
            return false;
    }
    return true;
}

/// Writes a line more into the token file of a running relay.
bool addToken(const RelayFixture &relay, const QByteArray &name, const QByteArray &token,
              const QByteArray &attributes) {
    QFile file(relay.tokenPath());
    const QByteArray hash = QCryptographicHash::hash(token, QCryptographicHash::Sha256).toHex();
    const QByteArray line = name + " sha256:" + hash + ' ' + attributes + '\n';
    return file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(line) == line.size();
}

} // namespace

void ConsolesTest::webhooksArriveAtOnce() {
    RelayFixture relay;
    QVERIFY(relay.start());
    TestConsole console(relay.consoleUrl());
    console.read(0, {});
    QTRY_VERIFY(console.welcome());
    QCOMPARE(console.welcome()->logId, relay.logId());
    QCOMPARE(console.welcome()->head, 0);
    const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-1);
    QCOMPARE(relay.post({.body = eventBody("a"), .path = "/webhooks/telnyx?intent=b0c7-1"}), 200);
    QCOMPARE(relay.post({.body = eventBody("b"), .path = "/webhooks/telnyx?intent=" + QByteArray(201, 'x')}),
             200);
    QTRY_COMPARE_WITH_TIMEOUT(console.events().size(), 2, patience);
    const protocol::LogEntry &event = console.events().first();
    QCOMPARE(event.seq, 1);
    QCOMPARE(event.intent, QStringLiteral("b0c7-1"));
    QCOMPARE(event.body, eventBody("a"));
    QVERIFY(event.receivedAt > before && event.receivedAt < before.addSecs(60));
    // What proves the event comes with it, to those who were there and to those who come later.
    TestConsole later(relay.consoleUrl());
    later.read(0, {});
    QTRY_COMPARE_WITH_TIMEOUT(later.events().size(), 2, patience);
    const auto key = events::PublicKey::fromBase64(relay.signer().publicKey());
    QVERIFY(key);
    for (const protocol::LogEntry &told : {event, later.events().first()}) {
        QCOMPARE(events::verifySignature(*key, told.signature, told.timestamp, told.body, told.receivedAt,
                                         std::chrono::seconds(300)),
                 events::SignatureVerdict::Good);
    }
    QCOMPARE(console.events().last().intent, QString());
    QCOMPARE(console.fault(), QString());
    QCOMPARE(relay.health().value(QLatin1String("consoles")).toInt(), 2);
}

void ConsolesTest::twoConsolesSeeTheSame() {
    RelayFixture relay;
    QVERIFY(relay.start());
    TestConsole one(relay.consoleUrl());
    one.read(0, {});
    QVERIFY(fill(relay, 0, 300));
    TestConsole two(relay.consoleUrl());
    two.read(0, {});
    QVERIFY(fill(relay, 300, 300));
    QTRY_COMPARE_WITH_TIMEOUT(one.events().size(), 600, patience);
    QTRY_COMPARE_WITH_TIMEOUT(two.events().size(), 600, patience);
    QCOMPARE(bodies(one), bodies(two));
    QCOMPARE(one.fault(), QString());
    QCOMPARE(two.fault(), QString());
}

void ConsolesTest::resumesAnywhere() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QVERIFY(fill(relay, 0, 2500));
    TestConsole all(relay.consoleUrl());
    all.read(0, {});
    QTRY_COMPARE_WITH_TIMEOUT(all.events().size(), 2500, patience);
    TestConsole tail(relay.consoleUrl());
    tail.read(2400, relay.logId());
    QTRY_COMPARE_WITH_TIMEOUT(tail.events().size(), 100, patience);
    QCOMPARE(tail.events().first().seq, 2401);
    TestConsole other(relay.consoleUrl());
    other.read(2400, QStringLiteral("some-other-log"));
    QTRY_COMPARE_WITH_TIMEOUT(other.events().size(), 2500, patience);
    for (const TestConsole *console : {&all, &tail, &other})
        QCOMPARE(console->fault(), QString());
    QCOMPARE(bodies(other), bodies(all));
}

void ConsolesTest::resumesOverARestart() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QVERIFY(fill(relay, 0, 10));
    relay.kill();
    QVERIFY(relay.start());
    QVERIFY(fill(relay, 10, 10));
    TestConsole console(relay.consoleUrl());
    console.read(5, relay.logId());
    QTRY_COMPARE_WITH_TIMEOUT(console.events().size(), 15, patience);
    QCOMPARE(console.fault(), QString());
}

void ConsolesTest::slowConsoleHindersNobody() {
    RelayFixture relay;
    QVERIFY(relay.start());
    TestConsole never(relay.consoleUrl(), RelayFixture::token, TestConsole::Acknowledging::Never);
    never.read(0, {});
    // Says hello and never reads a byte: raw, so that nothing empties the socket behind our back.
    RawClient deaf(relay.port());
    deaf.socket().setReadBufferSize(1);
    deaf.send(
        "GET /console HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good-token\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QTRY_COMPARE(relay.health().value(QLatin1String("consoles")).toInt(), 2);
    const QByteArray hello = protocol::encode(protocol::Hello{.after = 0, .logId = {}, .client = {}});
    // One masked text frame; a mask of zeroes changes nothing.
    QVERIFY(hello.size() < 126);
    QByteArray frame = QByteArrayLiteral("\x81");
    frame.append(char(0x80 | hello.size())).append(QByteArray(4, '\0')).append(hello);
    deaf.send(frame);
    TestConsole quick(relay.consoleUrl());
    quick.read(0, {});
    QVERIFY(fill(relay, 0, 5000, QByteArray(1200, 'x')));
    QTRY_COMPARE_WITH_TIMEOUT(quick.events().size(), 5000, patience);
    QCOMPARE(quick.fault(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(never.events().size(), protocol::window, patience);
}

/// A console that stands still, its socket full, for as long as the others are busy; then it reads on.
void ConsolesTest::goesOnAfterNotReading() {
    RelayFixture relay;
    QVERIFY(relay.start());
    std::atomic<qsizetype> read = 0;
    std::atomic<bool> faulty = false;
    QSemaphore connected, goOn;
    const std::unique_ptr<QThread> stalled(QThread::create([&] {
        TestConsole console(relay.consoleUrl());
        console.read(0, {});
        if (!QTest::qWaitFor([&] { return console.welcome().has_value(); }, patience))
            faulty = true;
        connected.release();
        goOn.acquire(); // nothing is read in the meantime
        if (!QTest::qWaitFor([&] { return console.events().size() >= 4000; }, patience))
            faulty = true;
        read = console.events().size();
        faulty = faulty || !console.fault().isEmpty() || console.refusal();
    }));
    stalled->start();
    const auto join = qScopeGuard([&] {
        goOn.release();
        stalled->wait();
    });
    connected.acquire();
    TestConsole quick(relay.consoleUrl());
    quick.read(0, {});
    QVERIFY(fill(relay, 0, 4000, QByteArray(4000, 'x')));
    QTRY_COMPARE_WITH_TIMEOUT(quick.events().size(), 4000, patience);
    goOn.release();
    stalled->wait();
    QCOMPARE(read.load(), 4000);
    QVERIFY(!faulty);
}

void ConsolesTest::teamTalks() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QVERIFY(addToken(relay, "ana", "ana-token", "role=agent"));
    TestConsole desk(relay.consoleUrl());
    desk.read(0, {});
    QTRY_VERIFY(desk.welcome());
    std::unique_ptr<TestConsole> ana;
    const auto connectAna = [&] {
        ana = std::make_unique<TestConsole>(relay.consoleUrl(), "ana-token");
        ana->read(0, {});
        return QTest::qWaitFor([&] { return ana->welcome().has_value(); }, 500);
    };
    QTRY_VERIFY_WITH_TIMEOUT(connectAna(), patience); // the relay notices the new token by itself
    QCOMPARE(ana->welcome()->name, QStringLiteral("ana"));
    QCOMPARE(ana->welcome()->role, protocol::Role::Agent);
    const protocol::Parties talk{QStringLiteral("+15551230000"), QStringLiteral("+15557770000")};
    ana->say(protocol::Presence{{}, talk, protocol::Activity::Answering});
    QTRY_COMPARE(desk.heard<protocol::Presence>().size(), 1);
    QCOMPARE(desk.heard<protocol::Presence>().first().name, QStringLiteral("ana"));
    const protocol::Fact note = protocol::Note{talk, QStringLiteral("Call back"), {QStringLiteral("desk")}};
    ana->say(protocol::Publish{QStringLiteral("f-1"), protocol::encodeFact(note)});
    QTRY_COMPARE_WITH_TIMEOUT(ana->heard<protocol::Published>().size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.events().size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(ana->events().size(), 1, patience);
    const protocol::LogEntry entry = desk.events().first();
    QCOMPARE(entry.kind, protocol::EntryKind::TeamFact);
    QCOMPARE(entry.author, QStringLiteral("ana"));
    const auto fact = protocol::decodeFact(entry.body);
    QVERIFY(fact);
    QVERIFY(*fact == note);
    // The same id again is no second entry; the next fact is the next entry.
    ana->say(protocol::Publish{QStringLiteral("f-1"), protocol::encodeFact(note)});
    ana->say(protocol::Publish{QStringLiteral("f-2"), protocol::encodeFact(protocol::Release{talk})});
    QTRY_COMPARE_WITH_TIMEOUT(ana->heard<protocol::Published>().size(), 3, patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.events().size(), 2, patience);
    ana->say(protocol::Publish{
        QStringLiteral("f-3"),
        protocol::encodeFact(protocol::CannedReply{QStringLiteral("c"), {}, {}, QStringLiteral("x")})});
    QTRY_COMPARE(ana->heard<protocol::NotPublished>().size(), 1);
    QCOMPARE(ana->heard<protocol::NotPublished>().first().code, QStringLiteral("forbidden"));
    ana->abort();
    QTRY_COMPARE(desk.heard<protocol::Presence>().last().activity, protocol::Activity::None);
    QCOMPARE(desk.fault(), QString());
    QCOMPARE(ana->fault(), QString());
}

void ConsolesTest::withholdsFromAgents() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QVERIFY(addToken(relay, "ana", "ana-token", "role=agent"));
    const QByteArray brand = R"({"data":{"id":"b","event_type":"10dlc.brand.update","payload":{}}})";
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = brand}), 200);
    std::unique_ptr<TestConsole> ana;
    const auto reads = [&] {
        ana = std::make_unique<TestConsole>(relay.consoleUrl(), "ana-token");
        ana->read(0, {});
        return QTest::qWaitFor([&] { return ana->events().size() == 2; }, 500);
    };
    QTRY_VERIFY_WITH_TIMEOUT(reads(), patience);
    QCOMPARE(ana->events().first().body, eventBody("a"));
    QCOMPARE(ana->events().last().kind, protocol::EntryKind::Withheld);
    TestConsole desk(relay.consoleUrl());
    desk.read(0, {});
    QTRY_COMPARE_WITH_TIMEOUT(desk.events().size(), 2, patience);
    QCOMPARE(desk.events().last().body, brand);
}

void ConsolesTest::tokenWithdrawnWhileConnected() {
    RelayFixture relay;
    QVERIFY(relay.start());
    TestConsole console(relay.consoleUrl());
    console.read(0, {});
    QTRY_VERIFY(console.welcome());
    QFile tokens(relay.tokenPath());
    QVERIFY(tokens.open(QIODevice::WriteOnly));
    tokens.write("other sha256:" + QByteArray(64, 'a') + "\n");
    tokens.close();
    QTRY_VERIFY_WITH_TIMEOUT(console.refusal(), patience);
    QCOMPARE(console.refusal()->code, QStringLiteral("unauthorized"));
    QTRY_COMPARE(console.socket().state(), QAbstractSocket::UnconnectedState);
}

void ConsolesTest::refusesStrangers_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray good = "Authorization: Bearer good-token\r\n";
    QTest::newRow("no token") << QByteArray("/console") << QByteArray() << 401;
    QTest::newRow("wrong token") << QByteArray("/console")
                                 << QByteArray("Authorization: Bearer good-tokem\r\n") << 401;
    QTest::newRow("token in the address") << QByteArray("/console?token=good-token") << QByteArray() << 401;
    QTest::newRow("other scheme") << QByteArray("/console")
                                  << QByteArray("Authorization: Basic good-token\r\n") << 401;
    QTest::newRow("web page") << QByteArray("/console")
                              << QByteArray(good + "Origin: https://evil.example\r\n") << 403;
    QTest::newRow("web page from a file")
        << QByteArray("/console") << QByteArray(good + "Origin: null\r\n") << 403;
    QTest::newRow("other path") << QByteArray("/webhooks/telnyx") << good << 404;
}

void ConsolesTest::refusesStrangers() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, fields);
    RelayFixture relay;
    QVERIFY(relay.start());
    RawClient client(relay.port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + fields +
                "\r\n");
    QTEST(client.answer().status, "status");
    QCOMPARE(relay.health().value(QLatin1String("consoles")).toInt(), 0);
}

void ConsolesTest::tellsItsPublicAddress_data() {
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("told"); // PORT: the port it listens on
    QTest::newRow("none") << QString() << QStringLiteral("http://127.0.0.1:PORT/webhooks/telnyx");
    QTest::newRow("host") << QStringLiteral("https://relay.example")
                          << QStringLiteral("https://relay.example/webhooks/telnyx");
    QTest::newRow("slash") << QStringLiteral("https://relay.example:8443/")
                           << QStringLiteral("https://relay.example:8443/webhooks/telnyx");
    QTest::newRow("behind a proxy") << QStringLiteral("https://example.org/texting/hook")
                                    << QStringLiteral("https://example.org/texting/hook");
}

void ConsolesTest::tellsItsPublicAddress() {
    QFETCH(QString, given);
    QFETCH(QString, told);
    RelayFixture relay;
    QVERIFY(
        relay.start(given.isEmpty() ? QStringList() : QStringList{QStringLiteral("--public-url"), given}));
    TestConsole console(relay.consoleUrl());
    console.read(0, {});
    QTRY_VERIFY(console.welcome());
    QCOMPARE(console.welcome()->publicUrl,
             told.replace(QStringLiteral("PORT"), QString::number(relay.port())));
}

void ConsolesTest::saysGoodbye() {
    RelayFixture relay;
    QVERIFY(relay.start());
    TestConsole console(relay.consoleUrl());
    console.read(0, {});
    QTRY_VERIFY(console.welcome());
    relay.program().process().terminate();
    QTRY_COMPARE(console.socket().state(), QAbstractSocket::UnconnectedState);
    QVERIFY(console.refusal());
    QCOMPARE(console.refusal()->code, QStringLiteral("shutdown"));
    QTRY_COMPARE(relay.program().process().state(), QProcess::NotRunning);
    QCOMPARE(relay.program().process().exitCode(), 0);
}

void ConsolesTest::largestEvent() {
    RelayFixture relay;
    QVERIFY(relay.start());
    TestConsole console(relay.consoleUrl());
    console.read(0, {});
    // A body of the largest size whose every character doubles when it is escaped.
    const QByteArray start = "{\"data\":{\"id\":\"a\"},\"pad\":\"", end = "\"}";
    QByteArray body = start;
    while (body.size() + 2 + end.size() <= (1 << 20))
        body += "\\\\";
    body += end;
    QCOMPARE(relay.post({.body = body}), 200);
    QCOMPARE(relay.post({.body = eventBody("b")}), 200);
    QTRY_COMPARE_WITH_TIMEOUT(console.events().size(), 2, patience);
    QVERIFY(console.events().first().body == body);
    QCOMPARE(console.fault(), QString());
}

QTEST_GUILESS_MAIN(ConsolesTest)
#include "tst_consoles.moc"
