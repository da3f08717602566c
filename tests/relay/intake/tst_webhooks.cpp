#include "relay/relay_fixture.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace longcode::tests;

namespace {

/// Number of rows in the relay's log, and the newest seq, read behind its back.
std::pair<int, int> rows(const QString &store) {
    std::pair<int, int> result{-1, -1};
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(store);
        QSqlQuery query(database.open() ? database : QSqlDatabase());
        if (query.exec(QStringLiteral("SELECT count(*), coalesce(max(seq), 0) FROM event")) && query.next())
            result = {query.value(0).toInt(), query.value(1).toInt()};
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
    return result;
}

QByteArray now(int plus = 0) {
    return QByteArray::number(QDateTime::currentSecsSinceEpoch() + plus);
}

} // namespace

class WebhooksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void storesASignedWebhook();
    void aRepetitionIsStoredOnce();
    void anyOfTheKeysCounts();
    void refuses_data();
    void refuses();
    void fiftyMegabytes();
    void hundredKilobytesOfHeader();
    void otherPathsAndMethods_data();
    void otherPathsAndMethods();
    void keepsItsNumbersOverARestart();
    void killedUnderLoadLosesNothingAcknowledged();
    void doesNotStart_data();
    void doesNotStart();
    void doesNotStartTwiceOnOneStore();
    void stopsInOrder();
    void saysNothingSecret();
};

void WebhooksTest::storesASignedWebhook() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QCOMPARE(relay.logId().size(), 36);
    QCOMPARE(relay.post({.body = eventBody("a"), .path = "/webhooks/telnyx?intent=i-1"}), 200);
    QCOMPARE(relay.post({.body = eventBody("b")}), 200);
    QCOMPARE(rows(relay.storePath()), std::pair(2, 2));
    const QJsonObject health = relay.health();
    QCOMPARE(health.value(QLatin1String("status")).toString(), QStringLiteral("ok"));
    QCOMPARE(health.value(QLatin1String("head")).toInt(), 2);
    QCOMPARE(health.value(QLatin1String("stored")).toInt(), 2);
    QCOMPARE(health.value(QLatin1String("consoles")).toInt(), 0);
}

void WebhooksTest::aRepetitionIsStoredOnce() {
    RelayFixture relay;
    QVERIFY(relay.start());
    const QByteArray second = QByteArray(eventBody("a")).replace("\"attempt\":1", "\"attempt\":2");
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = second}), 200);
    QCOMPARE(relay.post({.body = eventBody("b")}), 200);
    QCOMPARE(rows(relay.storePath()), std::pair(2, 2));
    QCOMPARE(relay.health().value(QLatin1String("duplicates")).toInt(), 1);
    // Without an id of its own, the whole body is what tells it from others.
    QCOMPARE(relay.post({.body = "{\"type\":\"x\"}"}), 200);
    QCOMPARE(relay.post({.body = "{\"type\":\"x\"}"}), 200);
    QCOMPARE(rows(relay.storePath()), std::pair(3, 3));
}

void WebhooksTest::anyOfTheKeysCounts() {
    RelayFixture relay;
    const Signer other;
    QVERIFY(relay.start({QStringLiteral("--public-key"), QString::fromLatin1(other.publicKey())}));
    const QByteArray timestamp = now();
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = eventBody("b"),
                         .timestamp = timestamp,
                         .signature = other.sign(timestamp, eventBody("b"))}),
             200);
    QCOMPARE(rows(relay.storePath()), std::pair(2, 2));
}

void WebhooksTest::refuses_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("timestamp"); // empty: now
    QTest::addColumn<QByteArray>("signature"); // empty: the right one
    QTest::addColumn<int>("status");
    const QByteArray event = eventBody("a");
    const Signer stranger;
    QTest::newRow("signed by somebody else") << event << now() << stranger.sign(now(), event) << 403;
    QTest::newRow("signature is no base64") << event << QByteArray() << QByteArray("!") << 403;
    QTest::newRow("signature of zeroes") << event << QByteArray() << QByteArray(64, '\0').toBase64() << 403;
    QTest::newRow("old") << event << now(-400) << QByteArray() << 403;
    QTest::newRow("from the future") << event << now(400) << QByteArray() << 403;
    QTest::newRow("time is no number") << event << QByteArray("yesterday") << QByteArray() << 403;
    QTest::newRow("a little old") << event << now(-250) << QByteArray() << 200;
    QTest::newRow("not JSON") << QByteArray("hello") << QByteArray() << QByteArray() << 400;
    QTest::newRow("cut off") << event.left(30) << QByteArray() << QByteArray() << 400;
    QTest::newRow("no object") << QByteArray("[1]") << QByteArray() << QByteArray() << 400;
    QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xFF\xFE\"}") << QByteArray() << QByteArray() << 400;
    QTest::newRow("too deep") << QByteArray(10'000, '[') << QByteArray() << QByteArray() << 400;
    QTest::newRow("empty") << QByteArray() << QByteArray() << QByteArray() << 400;
}

void WebhooksTest::refuses() {
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, timestamp);
    QFETCH(QByteArray, signature);
    QFETCH(int, status);
    RelayFixture relay;
    QVERIFY(relay.start());
    QCOMPARE(relay.post({.body = body, .timestamp = timestamp, .signature = signature}), status);
    const int stored = status == 200 ? 1 : 0;
    QCOMPARE(rows(relay.storePath()), std::pair(stored, stored));
    const QJsonObject refused = relay.health().value(QLatin1String("refused")).toObject();
    QCOMPARE(refused.value(QLatin1String("signature")).toInt(), status == 403 ? 1 : 0);
    QCOMPARE(refused.value(QLatin1String("body")).toInt(), status == 400 ? 1 : 0);
}

void WebhooksTest::fiftyMegabytes() {
    RelayFixture relay;
    QVERIFY(relay.start());
    RawClient client(relay.port());
    client.send("POST /webhooks/telnyx HTTP/1.1\r\nHost: x\r\nContent-Length: 52428800\r\n\r\n");
    const QByteArray part(1 << 20, 'x');
    for (int i = 0; i < 50; ++i)
        client.send(part);
    QCOMPARE(client.answer().status, 413);
    QFile status(QStringLiteral("/proc/%1/status").arg(relay.program().process().processId()));
    if (status.open(QIODevice::ReadOnly)) {
        const auto peak = QRegularExpression(QStringLiteral("VmHWM:\\s+(\\d+)"))
                              .match(QString::fromLatin1(status.readAll()));
        QVERIFY2(peak.captured(1).toInt() < 100'000, "the body was kept in memory");
    }
    QCOMPARE(
        relay.health().value(QLatin1String("refused")).toObject().value(QLatin1String("request")).toInt(), 1);
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
}

void WebhooksTest::hundredKilobytesOfHeader() {
    RelayFixture relay;
    QVERIFY(relay.start());
    RawClient client(relay.port());
    client.send("POST /webhooks/telnyx HTTP/1.1\r\nHost: x\r\ntelnyx-signature-ed25519: " +
                QByteArray(100'000, 'A') + "\r\n\r\n");
    QCOMPARE(client.answer().status, 431);
    QCOMPARE(rows(relay.storePath()), std::pair(0, 0));
}

void WebhooksTest::otherPathsAndMethods_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("allow");
    QTest::newRow("GET of the receiver") << QByteArray("GET /webhooks/telnyx") << 405 << QByteArray("POST");
    QTest::newRow("PUT of the receiver") << QByteArray("PUT /webhooks/telnyx") << 405 << QByteArray("POST");
    QTest::newRow("POST of health") << QByteArray("POST /healthz") << 405 << QByteArray("GET, HEAD");
    QTest::newRow("root") << QByteArray("GET /") << 404 << QByteArray();
    QTest::newRow("below the receiver") << QByteArray("POST /webhooks/telnyx/") << 404 << QByteArray();
    QTest::newRow("other case") << QByteArray("POST /Webhooks/telnyx") << 404 << QByteArray();
    QTest::newRow("console without upgrade") << QByteArray("GET /console") << 426 << QByteArray();
}

void WebhooksTest::otherPathsAndMethods() {
    QFETCH(QByteArray, line);
    RelayFixture relay;
    QVERIFY(relay.start());
    RawClient client(relay.port());
    client.send(line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    const RawAnswer answer = client.answer();
    QTEST(answer.status, "status");
    QTEST(answer.headers.value("allow"), "allow");
}

void WebhooksTest::keepsItsNumbersOverARestart() {
    RelayFixture relay;
    QVERIFY(relay.start());
    const QString id = relay.logId();
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.terminate(), 0);
    QVERIFY(relay.start());
    QCOMPARE(relay.logId(), id);
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    QCOMPARE(relay.post({.body = eventBody("b")}), 200);
    QCOMPARE(rows(relay.storePath()), std::pair(2, 2));
}

void WebhooksTest::killedUnderLoadLosesNothingAcknowledged() {
    RelayFixture relay;
    QSet<int> acknowledged;
    int sent = 0;
    for (int round = 0; round < 3; ++round) {
        QVERIFY(relay.start());
        std::vector<std::pair<std::unique_ptr<RawClient>, QList<int>>> clients;
        for (int i = 0; i < 16; ++i)
            clients.emplace_back(std::make_unique<RawClient>(relay.port()), QList<int>{});
        // Each has several on the way at the moment of the kill, some answered, some not.
        for (auto &[client, ids] : clients) {
            for (int i = 0; i < 10; ++i) {
                ids.append(++sent);
                client->socket().write(relay.bytes({.body = eventBody("id" + QByteArray::number(sent))}));
            }
            client->socket().flush();
        }
        for (auto &[client, ids] : clients) {
            for (int i = 0; i < 3; ++i) {
                QCOMPARE(client->answer().status, 200);
                acknowledged.insert(ids[i]);
            }
        }
        relay.kill();
        for (auto &[client, ids] : clients) {
            for (int i = 3; i < 10 && client->answer().status == 200; ++i)
                acknowledged.insert(ids[i]);
        }
    }
    QVERIFY(relay.start());
    const auto [before, head] = rows(relay.storePath());
    QCOMPARE(before, head);
    QVERIFY(before >= acknowledged.size());
    // Whatever was acknowledged is there: sending it again adds nothing.
    for (const int id : std::as_const(acknowledged))
        QCOMPARE(relay.post({.body = eventBody("id" + QByteArray::number(id))}), 200);
    QCOMPARE(rows(relay.storePath()), std::pair(before, head));
}

void WebhooksTest::doesNotStart_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("sentence");
    const QString key = QString::fromLatin1(Signer().publicKey());
    const QStringList good{QStringLiteral("--public-key"), key, QStringLiteral("--listen"),
                           QStringLiteral("127.0.0.1:0")};
    const auto row = [](const char *name, const QStringList &arguments, int code, const char *sentence) {
        QTest::newRow(name) << arguments << code << QString::fromUtf8(sentence);
    };
    const QString store = QStringLiteral("--store"), tokens = QStringLiteral("--token-file");
    const QString a = QStringLiteral("DIR/store"), b = QStringLiteral("DIR/tokens");
    row("no key", {store, a, tokens, b}, 2, "No public key");
    row("bad key", {QStringLiteral("--public-key"), QStringLiteral("AAAA"), store, a, tokens, b}, 2,
        "is not the base64 text of an Ed25519 public key");
    row("key of small order",
        {QStringLiteral("--public-key"), QStringLiteral("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
         store, a, tokens, b},
        2, "is not the base64 text of an Ed25519 public key");
    row("unknown option", good + QStringList{QStringLiteral("--tls")}, 2, "unknown option “--tls”");
    row("no store", good + QStringList{tokens, b}, 2, "--store is required");
    row("no token file", good + QStringList{store, a}, 2, "--token-file is required");
    row("bad address",
        {QStringLiteral("--public-key"), key, QStringLiteral("--listen"), QStringLiteral("here")}, 2,
        "is not ADDRESS:PORT");
    row("bad level", good + QStringList{QStringLiteral("--log-level"), QStringLiteral("loud")}, 2,
        "--log-level takes error, warning, info or debug");
    row("bad public address",
        good + QStringList{QStringLiteral("--public-url"), QStringLiteral("relay.example")}, 2,
        "is not an http or https address");
    row("token file missing", good + QStringList{store, a, tokens, QStringLiteral("DIR/none")}, 1,
        "The token file DIR/none cannot be used");
    row("token file wrong", good + QStringList{store, a, tokens, QStringLiteral("DIR/wrong")}, 1,
        "The token file DIR/wrong cannot be used: line 1 is not");
    row("store is no database", good + QStringList{store, QStringLiteral("DIR/wrong"), tokens, b}, 1,
        "The store DIR/wrong cannot be used: file is not a database.");
    row("store cannot be created", good + QStringList{store, QStringLiteral("/proc/none/store"), tokens, b},
        1, "The store /proc/none/store cannot be used: its folder cannot be created.");
}

void WebhooksTest::doesNotStart() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);
    Scratch scratch;
    arguments.replaceInStrings(QStringLiteral("DIR"), scratch.path());
    sentence.replace(QStringLiteral("DIR"), scratch.path());
    QFile tokens(scratch.path(QStringLiteral("tokens")));
    QVERIFY(tokens.open(QIODevice::WriteOnly));
    tokens.write("desk sha256:" + QCryptographicHash::hash("x", QCryptographicHash::Sha256).toHex());
    tokens.close();
    QFile wrong(scratch.path(QStringLiteral("wrong")));
    QVERIFY(wrong.open(QIODevice::WriteOnly));
    wrong.write(QByteArray(5000, 'x'));
    wrong.close();
    QProcess process;
    process.start(program("longcode-relay"), arguments);
    QVERIFY(process.waitForFinished(20000));
    QTEST(process.exitCode(), "exitCode");
    const QString said = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(said.startsWith(QStringLiteral("longcode-relay: ")) && said.contains(sentence),
             qPrintable(said));
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

void WebhooksTest::doesNotStartTwiceOnOneStore() {
    RelayFixture relay;
    QVERIFY(relay.start());
    QProcess second;
    second.start(program("longcode-relay"),
                 {QStringLiteral("--public-key"), QString::fromLatin1(relay.signer().publicKey()),
                  QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--store"),
                  relay.storePath(), QStringLiteral("--token-file"), relay.tokenPath()});
    QVERIFY(second.waitForFinished(20000));
    QCOMPARE(second.exitCode(), 1);
    QVERIFY(second.readAllStandardError().contains("another relay is using it"));
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
}

void WebhooksTest::stopsInOrder() {
    RelayFixture relay;
    QVERIFY(relay.start());
    RawClient idle(relay.port());
    idle.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(idle.answer().status, 200);
    QCOMPARE(relay.terminate(), 0);
    QVERIFY(idle.isClosedWithin(20000));
    // Everything is in the one file: nothing is left for the next start to bring in.
    QVERIFY(!QFile::exists(relay.storePath() + QStringLiteral("-wal")));
}

void WebhooksTest::saysNothingSecret() {
    RelayFixture relay;
    QVERIFY(relay.start({QStringLiteral("--log-level"), QStringLiteral("debug")}));
    QCOMPARE(
        relay.post({.body = "{\"data\":{\"id\":\"a\",\"text\":\"SECRET-TEXT\",\"to\":\"+14155550123\"}}"}),
        200);
    QCOMPARE(relay.post({.body = "SECRET-TEXT"}), 400);
    QCOMPARE(relay.post({.body = "SECRET-TEXT", .signature = "SECRET-SIGNATURE"}), 403);
    const QByteArray health = relay.get("/healthz").body;
    QCOMPARE(relay.terminate(), 0);
    const QByteArray said = relay.program().standardError();
    QVERIFY(!said.isEmpty());
    for (const QByteArray &text : {said, health}) {
        for (const char *secret : {"SECRET", "+1415", "good-token"})
            QVERIFY2(!text.contains(secret), text.constData());
    }
}

QTEST_GUILESS_MAIN(WebhooksTest)
#include "tst_webhooks.moc"
