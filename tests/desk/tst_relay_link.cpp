#include "desk/relay_link.h"
#include "support/scripted_server.h"

#include <QCryptographicHash>
#include <QPromise>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace longcode;
using namespace longcode::desk;
using namespace std::chrono_literals;

namespace {

/// A relay that says what the test tells it. Takes one connection at a time.
class ScriptedRelay : public QObject {
    Q_OBJECT
public:
    explicit ScriptedRelay(quint16 port = 0)
        : m_server(QStringLiteral("relay"), QWebSocketServer::NonSecureMode) {
        if (!m_server.listen(QHostAddress::LocalHost, port))
            qFatal("no port");
        connect(&m_server, &QWebSocketServer::newConnection, this, &ScriptedRelay::accept);
    }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] RelayEndpoint endpoint() const {
        return {.url = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(port())), .token = "secret"};
    }
    void say(const protocol::Frame &frame) {
        m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(frame)));
    }
    void sayText(const QString &text) { m_socket->sendTextMessage(text); }
    void hangUp() { m_socket->abort(); }

    protocol::Welcome welcome{.version = 2,
                              .logId = QStringLiteral("log-a"),
                              .head = 0,
                              .publicUrl = QStringLiteral("https://relay.example.com/webhooks/telnyx")};
    bool answerHello = true;
    QList<protocol::Hello> hellos;
    QList<qint64> acks;
    QList<protocol::Frame> others;
    QByteArray authorization;
    QString path;

private:
    void accept() {
        m_socket.reset(m_server.nextPendingConnection());
        authorization = m_socket->request().rawHeader("Authorization");
        path = m_socket->requestUrl().path();
        connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &ScriptedRelay::hear);
    }
    void hear(const QString &text) {
        const auto frame = protocol::decode(text.toUtf8());
        if (!frame)
            qFatal("the console said something that is no frame");
        if (const auto *hello = std::get_if<protocol::Hello>(&*frame)) {
            hellos.append(*hello);
            if (answerHello)
                say(welcome);
        } else if (const auto *ack = std::get_if<protocol::Ack>(&*frame)) {
            acks.append(ack->seq);
        } else {
            others.append(*frame);
        }
    }

    QWebSocketServer m_server;
    struct Later {
        void operator()(QWebSocket *socket) const { socket->deleteLater(); }
    };
    std::unique_ptr<QWebSocket, Later> m_socket;
};

/// Remembers what is handed to it; a batch is durable when the test says so, or at once.
class FakeSink final : public EventSink {
public:
    [[nodiscard]] LogPosition position() const override { return at; }
    void logWasSetBack(const QString &logId) override { setBack.append(logId); }
    void logBeginsAt(const QString &logId, qint64 first) override { beginnings.append({logId, first}); }
    QFuture<Result<bool, Failure>> apply(const LogBatch &batch) override {
        batches.append(batch);
        auto promise = std::make_shared<QPromise<Result<bool, Failure>>>();
        promise->start();
        waiting.append(promise);
        if (!hold)
            finish(true);
        return promise->future();
    }
    void finish(const Result<bool, Failure> &result) {
        const auto promise = waiting.takeFirst();
        if (result)
            at = {.logId = batches.last().logId, .seq = batches.last().events.last().seq};
        promise->addResult(result);
        promise->finish();
    }

    LogPosition at;
    bool hold = false;
    QStringList setBack;
    QList<LogPosition> beginnings;
    QList<LogBatch> batches;
    QList<std::shared_ptr<QPromise<Result<bool, Failure>>>> waiting;
};

protocol::Events events(qint64 first, qint64 last) {
    protocol::Events frame;
    for (qint64 seq = first; seq <= last; ++seq)
        frame.events.append({.seq = seq,
                             .receivedAt = QDateTime::fromMSecsSinceEpoch(1772735400000, Qt::UTC),
                             .intent = {},
                             .body = R"({"data":{"id":"x"}})"});
    return frame;
}

RelayTiming quick() {
    return {.firstBackoff = 10ms,
            .longestBackoff = 50ms,
            .refusedPause = 1h,
            .welcomeWithin = 300ms,
            .pingEvery = 20ms,
            .pongWithin = 300ms};
}

/// A relay, a store, and the link between them.
struct Linked {
    /// Opens it and waits for that condition.
    [[nodiscard]] bool open(RelayCondition until = RelayCondition::Connected) {
        link.open(relay.endpoint());
        return QTest::qWaitFor([&] { return link.status().condition == until; });
    }

    ScriptedRelay relay;
    FakeSink sink;
    RelayLink link{sink, quick()};
};

} // namespace

class RelayLinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void saysHelloAndHearsWelcome();
    void goesOnFromTheStoredPosition();
    void acknowledgesOnlyWhatIsDurable();
    void liveMeansNewerThanTheHead();
    void repeatedEventsAreNotHandedOverAgain();
    void anotherLogStartsFromItsBeginning();
    void logThatWasSetBackStartsFromItsBeginning();
    void failedStoreDropsTheConnectionAndAsksAgain();
    void lostConnectionIsTakenUpAgain();
    void relayThatComesLaterIsFound();
    void refusedTokenIsNotHammered();
    void refusals_data();
    void refusals();
    void nonsenseIsRefused();
    void silentRelayIsGivenUp();
    void deadPeerIsNoticed();
    void roundTripIsMeasured();
    void addresses_data();
    void addresses();
    void closedIsClosed();
    void namesItsStore();
    void logThatHasLostItsBeginning_data();
    void logThatHasLostItsBeginning();
    void relayOfAnotherVersion();
    void saysAndHearsMore();
};

void RelayLinkTest::saysHelloAndHearsWelcome() {
    ScriptedRelay relay;
    FakeSink sink;
    RelayLink link(sink, quick());
    QCOMPARE(link.status().condition, RelayCondition::NotSetUp);
    link.open(relay.endpoint());
    QCOMPARE(link.status().condition, RelayCondition::Connecting);
    QTRY_COMPARE(link.status().condition, RelayCondition::Connected);
    QCOMPARE(relay.authorization, QByteArray("Bearer secret"));
    QCOMPARE(relay.path, QStringLiteral("/console"));
    QCOMPARE(relay.hellos.first().after, 0);
    QCOMPARE(relay.hellos.first().logId, QString());
    QCOMPARE(relay.hellos.first().version, 2);
    QCOMPARE(link.status().publicUrl, QStringLiteral("https://relay.example.com/webhooks/telnyx"));
    QCOMPARE(link.status().trouble, Failure());
}

void RelayLinkTest::goesOnFromTheStoredPosition() {
    Linked it;
    it.relay.welcome.head = 43;
    it.sink.at = {.logId = QStringLiteral("log-a"), .seq = 41};
    QVERIFY(it.open(RelayCondition::CatchingUp));
    QCOMPARE(it.relay.hellos.first().after, 41);
    QCOMPARE(it.relay.hellos.first().logId, QStringLiteral("log-a"));
    it.relay.say(events(42, 43));
    QTRY_COMPARE(it.link.status().condition, RelayCondition::Connected);
    QCOMPARE(it.link.status().seq, 43);
    QCOMPARE(it.sink.batches.size(), 1);
    QVERIFY(!it.sink.batches.first().live);
    QTRY_COMPARE(it.relay.acks, QList<qint64>{43});
}

void RelayLinkTest::acknowledgesOnlyWhatIsDurable() {
    Linked it;
    it.relay.welcome.head = 4;
    it.sink.hold = true;
    QVERIFY(it.open(RelayCondition::CatchingUp));
    it.relay.say(events(1, 2));
    it.relay.say(events(3, 4));
    QTRY_COMPARE(it.sink.batches.size(), 2);
    QVERIFY(it.relay.acks.isEmpty());
    it.sink.finish(true);
    QTRY_COMPARE(it.relay.acks, QList<qint64>{2});
    QCOMPARE(it.link.status().condition, RelayCondition::CatchingUp);
    it.sink.finish(true);
    const QList<qint64> both{2, 4};
    QTRY_COMPARE(it.relay.acks, both);
    QCOMPARE(it.link.status().condition, RelayCondition::Connected);
}

void RelayLinkTest::liveMeansNewerThanTheHead() {
    Linked it;
    it.relay.welcome.head = 1;
    QVERIFY(it.open(RelayCondition::CatchingUp));
    it.relay.say(events(1, 1));
    it.relay.say(events(2, 2));
    QTRY_COMPARE(it.sink.batches.size(), 2);
    QVERIFY(!it.sink.batches.at(0).live);
    QVERIFY(it.sink.batches.at(1).live);
}

void RelayLinkTest::repeatedEventsAreNotHandedOverAgain() {
    Linked it;
    QVERIFY(it.open());
    it.relay.say(events(1, 3));
    it.relay.say(events(2, 4));
    QTRY_COMPARE(it.sink.batches.size(), 2);
    QCOMPARE(it.sink.batches.last().events.size(), 1);
    QCOMPARE(it.sink.batches.last().events.first().seq, 4);
}

void RelayLinkTest::anotherLogStartsFromItsBeginning() {
    Linked it;
    it.relay.welcome.logId = QStringLiteral("log-b");
    it.relay.welcome.head = 2;
    it.sink.at = {.logId = QStringLiteral("log-a"), .seq = 900};
    QVERIFY(it.open(RelayCondition::CatchingUp));
    QCOMPARE(it.link.status().seq, 0);
    it.relay.say(events(1, 2));
    QTRY_COMPARE(it.link.status().condition, RelayCondition::Connected);
    QCOMPARE(it.sink.batches.first().logId, QStringLiteral("log-b"));
    QCOMPARE(it.sink.batches.first().events.size(), 2);
}

void RelayLinkTest::logThatWasSetBackStartsFromItsBeginning() {
    Linked it;
    it.relay.welcome.head = 2;
    it.sink.at = {.logId = QStringLiteral("log-a"), .seq = 900};
    QVERIFY(it.open(RelayCondition::CatchingUp));
    QCOMPARE(it.sink.setBack, QStringList{QStringLiteral("log-a")});
    it.relay.say(events(1, 2));
    QTRY_COMPARE(it.link.status().condition, RelayCondition::Connected);
    QCOMPARE(it.sink.batches.first().events.size(), 2);
}

void RelayLinkTest::failedStoreDropsTheConnectionAndAsksAgain() {
    Linked it;
    it.sink.hold = true;
    QVERIFY(it.open());
    it.relay.say(events(1, 1));
    QTRY_COMPARE(it.sink.batches.size(), 1);
    const Failure full{QStringLiteral("The disk is full."), QStringLiteral("Make room.")};
    QList<Failure> troubles;
    connect(&it.link, &RelayLink::statusChanged, &it.link, [&] {
        if (it.link.status().condition == RelayCondition::Lost)
            troubles.append(it.link.status().trouble);
    });
    it.sink.finish(failed(Failure(full)));
    QTRY_COMPARE(troubles, QList<Failure>{full});
    QTRY_COMPARE(it.relay.hellos.size(), 2);
    QCOMPARE(it.relay.hellos.last().after, 0);
    QVERIFY(it.relay.acks.isEmpty());
}

void RelayLinkTest::lostConnectionIsTakenUpAgain() {
    Linked it;
    QVERIFY(it.open());
    it.relay.say(events(1, 5));
    QTRY_COMPARE(it.relay.acks, QList<qint64>{5});
    QSignalSpy changed(&it.link, &RelayLink::statusChanged);
    it.relay.hangUp();
    QTRY_COMPARE(it.relay.hellos.size(), 2);
    QTRY_COMPARE(it.link.status().condition, RelayCondition::Connected);
    QCOMPARE(it.relay.hellos.last().after, 5);
    QVERIFY(changed.size() >= 2);
}

void RelayLinkTest::relayThatComesLaterIsFound() {
    auto early = std::make_unique<ScriptedRelay>();
    const quint16 port = early->port();
    const RelayEndpoint endpoint = early->endpoint();
    early.reset();
    FakeSink sink;
    RelayLink link(sink, quick());
    link.open(endpoint);
    QTRY_COMPARE(link.status().condition, RelayCondition::Lost);
    QVERIFY(link.status().trouble.what.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(!link.status().trouble.remedy.isEmpty());
    ScriptedRelay relay(port);
    QTRY_COMPARE(link.status().condition, RelayCondition::Connected);
}

void RelayLinkTest::refusedTokenIsNotHammered() {
    tests::ScriptedServer server([](const tests::SeenRequest &) { return tests::answer(401, "no"); });
    FakeSink sink;
    RelayLink link(sink, quick());
    link.open({.url = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server.port())), .token = "wrong"});
    QTRY_COMPARE(link.status().condition, RelayCondition::Refused);
    QVERIFY2(link.status().trouble.what.contains(QStringLiteral("token")),
             qPrintable(link.status().trouble.what));
    QCOMPARE(server.requests().size(), 1);
    // Only a person's wish brings the next try before the pause is over.
    link.reconnect();
    QTRY_COMPARE(server.requests().size(), 2);
    QTRY_COMPARE(link.status().condition, RelayCondition::Refused);
}

void RelayLinkTest::refusals_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<RelayCondition>("condition");
    QTest::newRow("token") << QStringLiteral("unauthorized") << RelayCondition::Refused;
    QTest::newRow("version") << QStringLiteral("version") << RelayCondition::Refused;
    QTest::newRow("protocol") << QStringLiteral("protocol") << RelayCondition::Refused;
    QTest::newRow("slow") << QStringLiteral("slow") << RelayCondition::Lost;
    QTest::newRow("shutdown") << QStringLiteral("shutdown") << RelayCondition::Lost;
}

void RelayLinkTest::refusals() {
    QFETCH(QString, code);
    QFETCH(RelayCondition, condition);
    ScriptedRelay relay;
    relay.answerHello = false;
    FakeSink sink;
    auto timing = quick();
    timing.firstBackoff = timing.longestBackoff = 1h;
    RelayLink link(sink, timing);
    link.open(relay.endpoint());
    QTRY_COMPARE(relay.hellos.size(), 1);
    relay.say(protocol::Refusal{.code = code, .message = QStringLiteral("Because the test wants it.")});
    QTRY_COMPARE(link.status().condition, condition);
    QVERIFY(link.status().trouble.what.contains(QStringLiteral("Because the test wants it.")));
    QVERIFY(!link.status().trouble.remedy.isEmpty());
}

void RelayLinkTest::nonsenseIsRefused() {
    Linked it;
    QVERIFY(it.open());
    it.relay.sayText(QStringLiteral("[1,2,3"));
    QTRY_COMPARE(it.link.status().condition, RelayCondition::Refused);
    QVERIFY(it.sink.batches.isEmpty());
}

void RelayLinkTest::silentRelayIsGivenUp() {
    Linked it;
    it.relay.answerHello = false;
    QVERIFY(it.open(RelayCondition::Lost));
    QTRY_VERIFY(it.relay.hellos.size() >= 2);
}

void RelayLinkTest::deadPeerIsNoticed() {
    // Speaks the upgrade and the welcome by hand, and answers no ping.
    const QByteArray welcome = protocol::encode(
        protocol::Welcome{.version = 2,
                          .logId = QStringLiteral("log-a"),
                          .head = 0,
                          .publicUrl = QStringLiteral("https://relay.example.com/webhooks/telnyx")});
    tests::ScriptedServer server([welcome](const tests::SeenRequest &request) {
        const QByteArray accept = QCryptographicHash::hash(QByteArray(request.header("sec-websocket-key") +
                                                                      "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"),
                                                           QCryptographicHash::Sha1)
                                      .toBase64();
        QByteArray bytes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Accept: " +
                           accept + "\r\n\r\n";
        bytes += "\x81\x7e"; // one text frame, its length in the two bytes that follow
        bytes += static_cast<char>(welcome.size() / 256);
        bytes += static_cast<char>(welcome.size() % 256);
        return tests::Reaction{
            .bytes = bytes + welcome, .closeAfter = false, .resetAfter = false, .delayMs = 0};
    });
    QVERIFY(welcome.size() >= 126 && welcome.size() < 65536);
    FakeSink sink;
    RelayLink link(sink, quick());
    // Told, not looked at: it connects again too soon for that.
    QList<RelayCondition> seen;
    connect(&link, &RelayLink::statusChanged, &link, [&] { seen.append(link.status().condition); });
    link.open({.url = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server.port())), .token = "secret"});
    QTRY_VERIFY(seen.contains(RelayCondition::Connected));
    QTRY_VERIFY(seen.contains(RelayCondition::Lost));
    QVERIFY(seen.indexOf(RelayCondition::Connected) < seen.indexOf(RelayCondition::Lost));
    QTRY_VERIFY(server.connections() >= 2);
}

void RelayLinkTest::roundTripIsMeasured() {
    ScriptedRelay relay;
    FakeSink sink;
    RelayLink link(sink, quick());
    link.open(relay.endpoint());
    QTRY_VERIFY(link.status().roundTrip.has_value());
    QVERIFY(*link.status().roundTrip < 5s);
}

void RelayLinkTest::addresses_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("good");
    QTest::newRow("loopback") << QStringLiteral("ws://127.0.0.1:8420") << true;
    QTest::newRow("loopback 6") << QStringLiteral("ws://[::1]:8420") << true;
    QTest::newRow("localhost") << QStringLiteral("ws://localhost:8420") << true;
    QTest::newRow("encrypted") << QStringLiteral("wss://relay.example.com") << true;
    QTest::newRow("in the clear over a network") << QStringLiteral("ws://relay.example.com") << false;
    QTest::newRow("in the clear, next room") << QStringLiteral("ws://192.168.1.20:8420") << false;
    QTest::newRow("a web page") << QStringLiteral("https://relay.example.com") << false;
    QTest::newRow("no scheme") << QStringLiteral("relay.example.com") << false;
    QTest::newRow("nothing") << QString() << false;
}

void RelayLinkTest::addresses() {
    QFETCH(QString, url);
    QFETCH(bool, good);
    QCOMPARE(!relayUrlProblem(QUrl(url)).has_value(), good);
}

void RelayLinkTest::closedIsClosed() {
    Linked it;
    QVERIFY(it.open());
    it.link.close();
    QCOMPARE(it.link.status().condition, RelayCondition::NotSetUp);
    it.link.reconnect();
    QCOMPARE(it.link.status().condition, RelayCondition::NotSetUp);
    QCOMPARE(it.relay.hellos.size(), 1);
}

void RelayLinkTest::namesItsStore() {
    Linked it;
    it.link.setConsoleName(QStringLiteral("store-7"));
    QVERIFY(it.open());
    QCOMPARE(it.relay.hellos.first().console, QStringLiteral("store-7"));
}

void RelayLinkTest::logThatHasLostItsBeginning_data() {
    QTest::addColumn<QString>("logId");
    QTest::addColumn<int>("seq");
    QTest::addColumn<bool>("lost");
    QTest::newRow("new here") << QString() << 0 << true;
    QTest::newRow("was away for long") << QStringLiteral("log-a") << 20 << true;
    QTest::newRow("another log") << QStringLiteral("log-b") << 45 << true;
    QTest::newRow("just in time") << QStringLiteral("log-a") << 40 << false;
}

void RelayLinkTest::logThatHasLostItsBeginning() {
    QFETCH(QString, logId);
    QFETCH(int, seq);
    QFETCH(bool, lost);
    Linked it;
    it.relay.welcome.head = 42;
    it.relay.welcome.first = 41;
    it.sink.at = {.logId = logId, .seq = seq};
    QVERIFY(it.open(RelayCondition::CatchingUp));
    const LogPosition beginning{.logId = QStringLiteral("log-a"), .seq = 41};
    QCOMPARE(it.sink.beginnings, lost ? QList<LogPosition>{beginning} : QList<LogPosition>());
    it.relay.say(events(41, 42));
    QTRY_COMPARE(it.link.status().condition, RelayCondition::Connected);
    QCOMPARE(it.sink.batches.size(), 1);
    QCOMPARE(it.sink.batches.first().events.size(), 2);
}

void RelayLinkTest::relayOfAnotherVersion() {
    Linked it;
    it.relay.welcome.version = 3;
    QVERIFY(it.open(RelayCondition::Refused));
    QVERIFY(it.link.status().trouble.what.contains(QStringLiteral("version")));
}

void RelayLinkTest::saysAndHearsMore() {
    Linked it;
    const protocol::Publish fact{QStringLiteral("f-1"), R"({"type":"x","data":{}})"};
    QVERIFY(!it.link.publish(fact));
    QVERIFY(!it.link.askState());
    QStringList heard;
    connect(&it.link, &RelayLink::welcomed, this,
            [&](const protocol::Welcome &welcome) { heard.append(welcome.name); });
    connect(&it.link, &RelayLink::published, this, [&](const QString &id) { heard.append(id); });
    connect(&it.link, &RelayLink::notPublished, this,
            [&](const protocol::NotPublished &answer) { heard.append(answer.code); });
    connect(&it.link, &RelayLink::presenceChanged, this,
            [&](const protocol::Presence &presence) { heard.append(presence.name); });
    connect(&it.link, &RelayLink::relayStateRead, this,
            [&](const protocol::RelayState &state) { heard.append(state.version); });
    connect(&it.link, &RelayLink::selfTested, this,
            [&](const protocol::SelfTestResult &result) { heard.append(result.message); });
    it.relay.welcome.name = QStringLiteral("ana");
    QVERIFY(it.open());
    QVERIFY(it.link.publish(fact));
    QVERIFY(
        it.link.sendPresence({{}, {QStringLiteral("p"), QStringLiteral("o")}, protocol::Activity::Viewing}));
    QVERIFY(it.link.askState());
    QVERIFY(it.link.selfTest(QStringLiteral("t-1")));
    QTRY_COMPARE(it.relay.others.size(), 4);
    QCOMPARE(std::get<protocol::Publish>(it.relay.others.at(0)).fact, fact.fact);
    QCOMPARE(std::get<protocol::Presence>(it.relay.others.at(1)).parties.peer, QStringLiteral("p"));
    QVERIFY(std::holds_alternative<protocol::AskState>(it.relay.others.at(2)));
    QCOMPARE(std::get<protocol::SelfTest>(it.relay.others.at(3)).id, QStringLiteral("t-1"));
    it.relay.say(protocol::Published{QStringLiteral("f-1")});
    it.relay.say(protocol::NotPublished{QStringLiteral("f-2"), QStringLiteral("busy"), {}});
    it.relay.say(protocol::Presence{QStringLiteral("ben"), {}, protocol::Activity::None});
    protocol::RelayState state;
    state.version = QStringLiteral("9.9");
    it.relay.say(state);
    it.relay.say(protocol::SelfTestResult{QStringLiteral("t-1"), true, QStringLiteral("It arrived.")});
    const QStringList expected{QStringLiteral("ana"), QStringLiteral("f-1"), QStringLiteral("busy"),
                               QStringLiteral("ben"), QStringLiteral("9.9"), QStringLiteral("It arrived.")};
    QTRY_COMPARE(heard, expected);
}

QTEST_GUILESS_MAIN(RelayLinkTest)
#include "tst_relay_link.moc"
