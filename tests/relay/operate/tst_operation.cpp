#include "relay/relay_fixture.h"
#include "relay/test_console.h"

#include "support/scripted_server.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <csignal>

using namespace longcode;
using namespace longcode::tests;

namespace {

QSet<QByteArray> ids(const QString &store) {
    QSet<QByteArray> out;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(store);
        QSqlQuery query(database.open() ? database : QSqlDatabase());
        if (query.exec(QStringLiteral("SELECT event_id FROM event"))) {
            while (query.next())
                out.insert(query.value(0).toByteArray());
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
    return out;
}

/// Asks a relay for a self-test; its answer's sentence, or nothing.
class SelfTester : public QObject {
public:
    explicit SelfTester(const RelayFixture &relay) : m_console(relay.consoleUrl()) {
        connect(&m_console.socket(), &QWebSocket::textMessageReceived, this, [this](const QString &text) {
            const auto frame = protocol::decode(text.toUtf8());
            if (frame && std::holds_alternative<protocol::SelfTestResult>(*frame))
                m_result = std::get<protocol::SelfTestResult>(*frame);
            if (frame && std::holds_alternative<protocol::RelayState>(*frame))
                m_state = std::get<protocol::RelayState>(*frame);
        });
        m_console.read(0, relay.logId());
    }
    TestConsole &console() { return m_console; }
    void ask() { m_console.sendText(protocol::encode(protocol::SelfTest{.id = QStringLiteral("t")})); }
    void askState() { m_console.sendText(protocol::encode(protocol::AskState{})); }
    [[nodiscard]] const std::optional<protocol::SelfTestResult> &result() const { return m_result; }
    [[nodiscard]] const std::optional<protocol::RelayState> &state() const { return m_state; }

private:
    TestConsole m_console;
    std::optional<protocol::SelfTestResult> m_result;
    std::optional<protocol::RelayState> m_state;
};

} // namespace

class OperationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void metrics();
    void metricsStayOffTheMainListener();
    void healthForStrangers();
    void drainsUnderLoad();
    void drainTellsEverybody();
    void aSecondSignalEndsItAtOnce();
    void journalIsJson();
    void selfTest();
    void selfTestFindsAnotherServer_data();
    void selfTestFindsAnotherServer();
    void selfTestFindsNobody();
    void state();
    void socketActivation();
    void notifiesTheServiceManager();
    void unitIsHardened();
};

void OperationTest::metrics() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = eventBody("b"), .signature = "AAAA"}), 403);
    const RawAnswer answer = relay.getFigures("/metrics");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.value("content-type"), QByteArray("text/plain; version=0.0.4; charset=utf-8"));
    // Every line is a comment or a sample, every sample belongs to the family announced before it, and no
    // family comes twice.
    const QRegularExpression sample(
        QStringLiteral("^(longcode_relay_[a-z_]+)(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? "
                       "(-?[0-9.]+(e[+-][0-9]+)?)$"));
    const QRegularExpression type(
        QStringLiteral("^# TYPE (longcode_relay_[a-z_]+) (counter|gauge|histogram)$"));
    QString family;
    QSet<QString> families;
    QVERIFY(answer.body.endsWith('\n'));
    for (const QByteArray &line : answer.body.chopped(1).split('\n')) {
        const QString text = QString::fromUtf8(line);
        if (const auto announced = type.match(text); announced.hasMatch()) {
            family = announced.captured(1);
            QVERIFY2(!families.contains(family), line.constData());
            families.insert(family);
        } else if (!text.startsWith(QStringLiteral("# HELP "))) {
            const auto match = sample.match(text);
            QVERIFY2(match.hasMatch() && match.captured(1).startsWith(family), line.constData());
        }
    }
    QCOMPARE(relay.metric("longcode_relay_webhooks_total{outcome=\"stored\"}"), std::optional(1.0));
    QCOMPARE(relay.metric("longcode_relay_webhooks_total{outcome=\"duplicate\"}"), std::optional(1.0));
    QCOMPARE(relay.metric("longcode_relay_webhooks_total{outcome=\"bad_signature\"}"), std::optional(1.0));
    QCOMPARE(relay.metric("longcode_relay_log_head"), std::optional(1.0));
    QCOMPARE(relay.metric("longcode_relay_append_seconds_count"), std::optional(2.0));
    QCOMPARE(relay.metric("longcode_relay_ready"), std::optional(1.0));
    const double started = relay.metric("longcode_relay_start_time_seconds").value_or(0);
    QVERIFY(qAbs(double(QDateTime::currentSecsSinceEpoch()) - started) < 60);
}

void OperationTest::metricsStayOffTheMainListener() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QCOMPARE(relay.get("/metrics").status, 404);
    QCOMPARE(relay.getFigures("/webhooks/telnyx").status, 404);
    QCOMPARE(relay.getFigures("/console").status, 404);
}

void OperationTest::healthForStrangers() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QCOMPARE(relay.get("/healthz").status, 200);
    QCOMPARE(relay.get("/healthz").body, QByteArray("ok\n"));
    QCOMPARE(relay.get("/readyz").status, 200);
    QCOMPARE(relay.get("/readyz").body, QByteArray("ready\n"));
    QCOMPARE(relay.getFigures("/readyz").status, 200);
}

void OperationTest::drainsUnderLoad() {
    RelayFixture relay;
    QVERIFY(relay.start());
    std::vector<std::unique_ptr<RawClient>> clients;
    int sent = 0;
    QList<QList<QByteArray>> names;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<RawClient>(relay.port()));
        names.append(QList<QByteArray>());
        for (int k = 0; k < 100; ++k) {
            names.last().append("d" + QByteArray::number(++sent));
            clients.back()->socket().write(relay.bytes({.body = eventBody(names.last().last())}));
        }
        clients.back()->socket().flush();
    }
    QCOMPARE(clients.front()->answer().status, 200);
    relay.program().process().terminate();
    QSet<QByteArray> stored{names.first().first()};
    int turnedAway = 0;
    for (std::size_t i = 0; i < clients.size(); ++i) {
        for (int k = i == 0 ? 1 : 0; k < 100; ++k) {
            const RawAnswer answer = clients[i]->answer();
            if (answer.status == 200)
                stored.insert(names[qsizetype(i)][k]);
            if (answer.status == 503) {
                ++turnedAway;
                QCOMPARE(answer.headers.value("connection"), QByteArray("close"));
            }
            if (answer.status != 200)
                break;
        }
    }
    QVERIFY(relay.program().process().waitForFinished(20000));
    QCOMPARE(relay.program().process().exitCode(), 0);
    // Everything that got its 200 is in the log.
    const QSet<QByteArray> kept = ids(relay.storePath());
    QVERIFY(kept.contains(stored));
    qInfo("%d answered 200, %d of them kept, %d turned away", int(stored.size()), int((kept & stored).size()),
          turnedAway);
}

void OperationTest::drainTellsEverybody() {
    RelayFixture relay;
    QVERIFY(relay.start());
    TestConsole console(relay.consoleUrl());
    console.read(0, relay.logId());
    QTRY_VERIFY(console.welcome());
    RawClient balancer(relay.port());
    RawClient telnyx(relay.port());
    relay.program().process().terminate();
    QTRY_VERIFY(console.refusal());
    QCOMPARE(console.refusal()->code, QStringLiteral("shutdown"));
    telnyx.send(relay.bytes({.body = eventBody("late")}));
    balancer.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(telnyx.answer().status, 503);
    QCOMPARE(balancer.answer().status, 503);
    QVERIFY(relay.program().process().waitForFinished(20000));
    QCOMPARE(relay.program().process().exitCode(), 0);
    QVERIFY(ids(relay.storePath()).isEmpty());
}

void OperationTest::aSecondSignalEndsItAtOnce() {
    RelayFixture relay;
    QVERIFY(relay.start());
    const auto pid = static_cast<pid_t>(relay.program().process().processId());
    ::kill(pid, SIGSTOP); // both are pending when it goes on: the first is taken, the second counts
    ::kill(pid, SIGTERM);
    ::kill(pid, SIGINT);
    ::kill(pid, SIGCONT);
    QVERIFY(relay.program().process().waitForFinished(20000));
}

void OperationTest::journalIsJson() {
    RelayFixture relay;
    QVERIFY(relay.start({QStringLiteral("--log-format"), QStringLiteral("json")}));
    QCOMPARE(relay.post({.body = eventBody("a"), .signature = "AAAA"}), 403);
    QCOMPARE(relay.terminate(), 0);
    const QByteArray said = relay.program().standardError().trimmed();
    QVERIFY(!said.isEmpty());
    for (const QByteArray &line : said.split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        for (const char *member : {"time", "level", "message"})
            QVERIFY2(object.value(QLatin1String(member)).isString(), line.constData());
    }
}

void OperationTest::selfTest() {
    RelayFixture relay;
    QVERIFY(relay.start());
    SelfTester tester(relay);
    QTRY_VERIFY(tester.console().welcome());
    tester.ask();
    QTRY_VERIFY(tester.result());
    QVERIFY2(tester.result()->arrived, qPrintable(tester.result()->message));
    QVERIFY(tester.result()->message.startsWith(
        QStringLiteral("A test event arrived through http://127.0.0.1:")));
    QVERIFY(tester.result()->message.contains(QStringLiteral("on this machine only")));
    // It leaves nothing behind.
    QCOMPARE(relay.health().value(QLatin1String("head")).toInt(), 0);
}

void OperationTest::selfTestFindsAnotherServer_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("not found") << 404 << QStringLiteral("Another server answered at");
    QTest::newRow("another relay, other keys") << 403 << QStringLiteral("Another relay answered at");
    QTest::newRow("proxy without relay") << 502 << QStringLiteral("does not reach this relay (status 502)");
    QTest::newRow("redirect") << 301 << QStringLiteral("redirects (status 301)");
    QTest::newRow("says it is fine") << 200
                                     << QStringLiteral("answered 200, but the event did not arrive here");
}

void OperationTest::selfTestFindsAnotherServer() {
    QFETCH(int, status);
    QFETCH(QString, sentence);
    ScriptedServer server([status](const SeenRequest &) { return answer(status, {}); });
    RelayFixture relay;
    QVERIFY(relay.start({QStringLiteral("--public-url"), server.url().toString()}));
    SelfTester tester(relay);
    QTRY_VERIFY(tester.console().welcome());
    tester.ask();
    QTRY_VERIFY(tester.result());
    QVERIFY(!tester.result()->arrived);
    QVERIFY2(tester.result()->message.contains(sentence), qPrintable(tester.result()->message));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().target, QByteArray("/webhooks/telnyx"));
    QVERIFY(server.requests().first().body.contains("longcode.self_test"));
}

void OperationTest::selfTestFindsNobody() {
    const auto closed = [] { return ScriptedServer().url(); };
    for (const auto &[url, sentence] :
         {std::pair(closed().toString(), QStringLiteral("refused the connection")),
          std::pair(QStringLiteral("https://relay.invalid"),
                    QStringLiteral("The name relay.invalid does not resolve"))}) {
        RelayFixture relay;
        QVERIFY(relay.start({QStringLiteral("--public-url"), url}));
        SelfTester tester(relay);
        QTRY_VERIFY(tester.console().welcome());
        tester.ask();
        QTRY_VERIFY_WITH_TIMEOUT(tester.result(), 20000);
        QVERIFY(!tester.result()->arrived);
        QVERIFY2(tester.result()->message.contains(sentence), qPrintable(tester.result()->message));
    }
}

void OperationTest::state() {
    RelayFixture relay;
    QVERIFY(relay.start({QStringLiteral("--public-url"), QStringLiteral("https://relay.example.com")}));
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = eventBody("b"), .signature = "AAAA"}), 403);
    SelfTester tester(relay);
    QTRY_COMPARE(tester.console().events().size(), 1);
    tester.askState();
    QTRY_VERIFY(tester.state());
    const protocol::RelayState &state = *tester.state();
    QCOMPARE(state.publicUrl, QStringLiteral("https://relay.example.com/webhooks/telnyx"));
    QCOMPARE(state.first, 1);
    QCOMPARE(state.head, 1);
    QCOMPARE(state.stored, 1);
    QCOMPARE(state.duplicates, 1);
    QCOMPARE(state.refused, 1);
    QVERIFY(state.lastWebhookAt.isValid() && qAbs(state.lastWebhookAt.secsTo(state.now)) < 60);
    QVERIFY(!state.storeFailing);
    QVERIFY(state.logBytes > 0);
    QVERIFY(state.freeBytes > 0);
    // A restart does not forget when the last one came.
    QCOMPARE(relay.terminate(), 0);
    QVERIFY(relay.start());
    QTRY_VERIFY(relay.metric("longcode_relay_last_webhook_timestamp_seconds").value_or(0) > 0);
}

void OperationTest::socketActivation() {
#ifdef Q_OS_LINUX
    // systemd's part, played by a shell: the socket is descriptor 3.
    RelayFixture relay;
    QVERIFY(relay.writeTokens());
    QFile activate(relay.scratch().path(QStringLiteral("activate.py")));
    QVERIFY(activate.open(QIODevice::WriteOnly));
    activate.write("import os, socket, sys\n"
                   "s = socket.socket()\n"
                   "s.bind(('127.0.0.1', 0))\n"
                   "s.listen(64)\n"
                   "print(s.getsockname()[1], flush=True)\n"
                   "os.dup2(s.fileno(), 3) if s.fileno() != 3 else os.set_inheritable(3, True)\n"
                   "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1')\n"
                   "os.execv(sys.argv[1], sys.argv[1:])\n");
    activate.close();
    QProcess process;
    process.start(QStringLiteral("python3"),
                  QStringList{activate.fileName(), program("longcode-relay")} + relay.arguments());
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardOutput()).count('\n') >= 2, 20000);
    const auto port = said.left(said.indexOf('\n')).toUShort();
    RawClient client(port);
    client.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 200);
    process.terminate();
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 0);
#endif
}

void OperationTest::notifiesTheServiceManager() {
#ifdef Q_OS_LINUX
    RelayFixture relay;
    QVERIFY(relay.writeTokens());
    const QString listener = QStringLiteral("import os, socket, subprocess, sys, signal\n"
                                            "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
                                            "s.bind(sys.argv[1])\n"
                                            "s.settimeout(20)\n"
                                            "p = subprocess.Popen(sys.argv[2:], env=dict(os.environ, "
                                            "NOTIFY_SOCKET=sys.argv[1]), stdout=subprocess.DEVNULL)\n"
                                            "first = s.recv(100)\n"
                                            "p.send_signal(signal.SIGTERM)\n"
                                            "second = s.recv(100)\n"
                                            "print(first.decode(), second.decode(), p.wait(20))\n");
    QProcess process;
    process.start(QStringLiteral("python3"),
                  QStringList{QStringLiteral("-c"), listener, relay.scratch().path(QStringLiteral("notify")),
                              program("longcode-relay")} +
                      relay.arguments());
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.readAllStandardOutput(), QByteArray("READY=1 STOPPING=1 0\n"));
#endif
}

void OperationTest::unitIsHardened() {
    const QString unit = QStringLiteral(LONGCODE_SOURCE_DIR "/packaging/linux/longcode-relay.service");
    QProcess analyze;
    analyze.start(
        QStringLiteral("systemd-analyze"),
        {QStringLiteral("security"), QStringLiteral("--offline=true"), QStringLiteral("--no-pager"), unit});
    if (!analyze.waitForStarted(5000))
        return; // not on this system; the figure is that of the machine that has it
    QVERIFY(analyze.waitForFinished(20000));
    const auto level =
        QRegularExpression(QStringLiteral("exposure level for longcode-relay.service: ([0-9.]+)"))
            .match(QString::fromUtf8(analyze.readAllStandardOutput()));
    QVERIFY(level.hasMatch());
    QVERIFY2(level.captured(1).toDouble() <= 2.0, qPrintable(level.captured(0)));
}

QTEST_GUILESS_MAIN(OperationTest)
#include "tst_operation.moc"
