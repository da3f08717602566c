#include "httpd/responder.h"
#include "relay/intake/self_test_keys.h"
#include "relay/intake/webhook_receiver.h"
#include "relay/log/event_log.h"
#include "relay/operate/counters.h"
#include "relay/operate/journal.h"
#include "relay/relay_fixture.h"
#include "support/manual_clock.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::relay;
using tests::eventBody;
using tests::Signer;

namespace {

/// Keeps what it is given, or refuses it.
class ListLog final : public EventLog {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("list"); }
    [[nodiscard]] qint64 head() const override { return events.size(); }
    void append(IncomingEvent event, std::function<void(Appended)> done) override {
        if (outcome == Appended::Stored)
            events.append(std::move(event));
        done(outcome);
    }
    void read(const Page &, std::function<void(std::optional<LogEntries>)> done) override { done({}); }
    void setGrownCallback(GrownCallback) override {}
    void stop() override {}

    QList<IncomingEvent> events;
    Appended outcome = Appended::Stored;
};

class OneTest final : public SelfTestKeys {
public:
    [[nodiscard]] std::optional<events::PublicKey> current() override { return key; }
    void arrived(QByteArray nonce) override { nonces.append(nonce); }

    std::optional<events::PublicKey> key;
    QList<QByteArray> nonces;
};

events::PublicKey keyOf(const Signer &signer) {
    return *events::PublicKey::fromBase64(signer.publicKey());
}

/// A receiver with everything it needs. The clock stands at 1772735400.
struct Bench {
    static constexpr qint64 startSeconds = 1772735400;

    Signer unnamed, oldKey, sales, test;
    tests::ManualClock clock;
    Journal journal{Level::Error};
    Counters counters;
    ListLog log;
    OneTest selfTest;
    WebhookReceiver receiver{Reception{.accounts = {{{}, {keyOf(unnamed), keyOf(oldKey)}},
                                                    {QStringLiteral("sales"), {keyOf(sales)}}},
                                       .tolerance = std::chrono::seconds(120),
                                       .selfTest = &selfTest},
                             log, clock, journal, counters};

    httpd::Response post(httpd::Request request) {
        httpd::Response answer;
        const httpd::Responder respond(std::make_shared<httpd::Responder::State>(
            [&answer](httpd::Response given) { answer = std::move(given); }));
        receiver.receive(std::move(request), respond);
        return answer;
    }
    httpd::Response post(const Signer &signer, const std::string &path, const QByteArray &body,
                         qint64 age = 0) {
        return post(request(signer, path, body, age));
    }
    static httpd::Request request(const Signer &signer, const std::string &path, const QByteArray &body,
                                  qint64 age = 0) {
        const QByteArray timestamp = QByteArray::number(startSeconds - age);
        httpd::Request request;
        request.method = "POST";
        request.path = path;
        request.headers = {{"Telnyx-Signature-Ed25519", signer.sign(timestamp, body).toStdString()},
                           {"telnyx-timestamp", timestamp.toStdString()}};
        request.body = body.toStdString();
        return request;
    }
};

constexpr char path[] = "/webhooks/telnyx";
constexpr char salesPath[] = "/webhooks/telnyx/sales";

} // namespace

class WebhookReceiverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void paths_data();
    void paths();
    void eachAccountHasKeysOfItsOwn();
    void keepsWhatProvesIt();
    void refusalsLookAlike_data();
    void refusalsLookAlike();
    void outOfTimeIsNoFailureOfTheSender_data();
    void outOfTimeIsNoFailureOfTheSender();
    void whenTheLogFails();
    void duplicatesAreFine();
    void selfTestArrives();
    void selfTestKeySignsNothingElse_data();
    void selfTestKeySignsNothingElse();
    void withoutASelfTestItsEventIsForged();
};

void WebhookReceiverTest::paths_data() {
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<bool>("ours");
    QTest::newRow("unnamed") << QByteArray("/webhooks/telnyx") << true;
    QTest::newRow("named") << QByteArray("/webhooks/telnyx/sales") << true;
    QTest::newRow("no name") << QByteArray("/webhooks/telnyx/") << false;
    QTest::newRow("below a name") << QByteArray("/webhooks/telnyx/sales/x") << false;
    QTest::newRow("longer word") << QByteArray("/webhooks/telnyxx") << false;
    QTest::newRow("other case") << QByteArray("/Webhooks/telnyx") << false;
    QTest::newRow("root") << QByteArray("/") << false;
}

void WebhookReceiverTest::paths() {
    QFETCH(QByteArray, asked);
    QTEST(WebhookReceiver::isReceiverPath(asked.toStdString()), "ours");
}

void WebhookReceiverTest::eachAccountHasKeysOfItsOwn() {
    Bench bench;
    QCOMPARE(bench.post(bench.unnamed, path, eventBody("a")).status, 200);
    QCOMPARE(bench.post(bench.oldKey, path, eventBody("b")).status, 200);
    QCOMPARE(bench.post(bench.sales, salesPath, eventBody("c")).status, 200);
    QCOMPARE(bench.post(bench.sales, path, eventBody("d")).status, 403);
    QCOMPARE(bench.post(bench.unnamed, salesPath, eventBody("e")).status, 403);
    QCOMPARE(bench.log.events.size(), 3);
    QCOMPARE(bench.log.events[0].account, QString());
    QCOMPARE(bench.log.events[2].account, QStringLiteral("sales"));
    QCOMPARE(bench.log.events[2].id.text(), QStringLiteral("c"));
    QCOMPARE(bench.counters.stored.load(), quint64(3));
    QCOMPARE(bench.counters.forgedRequests.load(), quint64(2));
}

void WebhookReceiverTest::keepsWhatProvesIt() {
    Bench bench;
    httpd::Request request = Bench::request(bench.unnamed, path, eventBody("a"), 60);
    request.query = {{"intent", "i-1"}};
    const QByteArray signature = QByteArray::fromStdString(request.headers[0].value);
    const httpd::Response answer = bench.post(std::move(request));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.proven && !answer.failure);
    const IncomingEvent &event = bench.log.events.first();
    QCOMPARE(event.signature, signature);
    QCOMPARE(event.timestamp, QByteArray("1772735340"));
    QCOMPARE(event.body, eventBody("a"));
    QCOMPARE(event.intent, QStringLiteral("i-1"));
    QCOMPARE(event.receivedAt.toSecsSinceEpoch(), Bench::startSeconds);
}

void WebhookReceiverTest::refusalsLookAlike_data() {
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("signature"); // "right": the right one; empty: no header
    QTest::addColumn<QByteArray>("timestamp");
    QTest::addColumn<QByteArray>("counter");
    const QByteArray now = "1772735400", right = "right", at = path;
    const auto row = [](const char *name, const QByteArray &asked, const QByteArray &signature,
                        const QByteArray &timestamp, const char *counter) {
        QTest::newRow(name) << asked << signature << timestamp << QByteArray(counter);
    };
    row("no headers", at, {}, {}, "unsigned");
    row("no signature", at, {}, now, "unsigned");
    row("no timestamp", at, right, {}, "unsigned");
    row("timestamp is no number", at, right, "today", "unsigned");
    row("timestamp is negative", at, right, "-1772735400", "unsigned");
    row("timestamp is long", at, right, QByteArray(5000, '1'), "unsigned");
    row("signature is long", at, QByteArray(15'000, 'A'), now, "unsigned");
    row("signature is no base64", at, "!!!", now, "forged");
    row("signature is short", at, QByteArray(63, '\1').toBase64(), now, "forged");
    row("signature is of somebody else", at, QByteArray(64, '\1').toBase64(), now, "forged");
    row("signature of zeroes", at, QByteArray(64, '\0').toBase64(), now, "forged");
    row("signature over another time", at, right, "1772735401", "forged");
    row("no such account", "/webhooks/telnyx/nobody", right, now, "unknown");
    row("no such account, not signed", "/webhooks/telnyx/nobody", {}, {}, "unknown");
    row("account that is not UTF-8", "/webhooks/telnyx/\xFF\xFE", right, now, "unknown");
}

void WebhookReceiverTest::refusalsLookAlike() {
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, signature);
    QFETCH(QByteArray, timestamp);
    QFETCH(QByteArray, counter);
    Bench bench;
    httpd::Request request = Bench::request(bench.unnamed, asked.toStdString(), eventBody("a"));
    if (signature != "right")
        request.headers[0].value = signature.toStdString();
    request.headers[1].value = timestamp.toStdString();
    std::erase_if(request.headers, [](const httpd::Header &header) { return header.value.empty(); });
    const httpd::Response answer = bench.post(std::move(request));
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.body, std::string("The signature is missing, wrong or too old.\n"));
    QVERIFY(answer.headers.empty());
    QVERIFY(answer.failure && !answer.proven);
    QVERIFY(bench.log.events.isEmpty());
    QCOMPARE(bench.counters.badSignatures.load(), quint64(1));
    QCOMPARE(bench.counters.unsignedRequests.load(), quint64(counter == "unsigned"));
    QCOMPARE(bench.counters.forgedRequests.load(), quint64(counter == "forged"));
    QCOMPARE(bench.counters.unknownAccounts.load(), quint64(counter == "unknown"));
}

void WebhookReceiverTest::outOfTimeIsNoFailureOfTheSender_data() {
    QTest::addColumn<int>("clock"); // seconds that ours is ahead
    QTest::addColumn<int>("status");
    QTest::newRow("right") << 0 << 200;
    QTest::newRow("just ahead") << 120 << 200;
    QTest::newRow("ahead") << 121 << 403;
    QTest::newRow("ten minutes ahead") << 600 << 403;
    QTest::newRow("just behind") << -120 << 200;
    QTest::newRow("behind") << -121 << 403;
    QTest::newRow("ten minutes behind") << -600 << 403;
}

void WebhookReceiverTest::outOfTimeIsNoFailureOfTheSender() {
    QFETCH(int, clock);
    QFETCH(int, status);
    Bench bench;
    bench.clock.advance(std::chrono::seconds(clock));
    for (int i = 0; i < 3; ++i) {
        const httpd::Response answer = bench.post(bench.unnamed, path, eventBody(QByteArray::number(i)));
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.failure);
    }
    QCOMPARE(bench.log.events.size(), status == 200 ? 3 : 0);
    QCOMPARE(bench.counters.outOfTime.load(), quint64(status == 200 ? 0 : 3));
}

void WebhookReceiverTest::whenTheLogFails() {
    Bench bench;
    bench.log.outcome = Appended::Failed;
    const httpd::Response answer = bench.post(bench.unnamed, path, eventBody("a"));
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.headers.size(), std::size_t(1));
    QCOMPARE(answer.headers.front().name, std::string("Retry-After"));
    QVERIFY(bench.counters.storeFailing.load());
    bench.log.outcome = Appended::Stored;
    QCOMPARE(bench.post(bench.unnamed, path, eventBody("a")).status, 200);
    QVERIFY(!bench.counters.storeFailing.load());
    QCOMPARE(bench.log.events.size(), 1);
}

void WebhookReceiverTest::duplicatesAreFine() {
    Bench bench;
    bench.log.outcome = Appended::Duplicate;
    QCOMPARE(bench.post(bench.unnamed, path, eventBody("a")).status, 200);
    QCOMPARE(bench.counters.duplicates.load(), quint64(1));
}

void WebhookReceiverTest::selfTestArrives() {
    Bench bench;
    bench.selfTest.key = keyOf(bench.test);
    const QByteArray body = R"({"data":{"event_type":"longcode.self_test","id":"nonce-1"}})";
    QCOMPARE(bench.post(bench.test, path, body).status, 200);
    QCOMPARE(bench.post(bench.test, salesPath, body).status, 200);
    QCOMPARE(bench.selfTest.nonces, (QList<QByteArray>{"nonce-1", "nonce-1"}));
    QCOMPARE(bench.counters.selfTests.load(), quint64(2));
    QVERIFY(bench.log.events.isEmpty());
    // The account's own key goes on as before.
    QCOMPARE(bench.post(bench.unnamed, path, eventBody("a")).status, 200);
    QCOMPARE(bench.log.events.size(), 1);
}

void WebhookReceiverTest::selfTestKeySignsNothingElse_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("age");
    QTest::newRow("an event") << eventBody("a") << 0;
    QTest::newRow("no JSON") << QByteArray("hello") << 0;
    QTest::newRow("no data") << QByteArray("{}") << 0;
    QTest::newRow("type is a number") << QByteArray(R"({"data":{"event_type":1,"id":"x"}})") << 0;
    QTest::newRow("no nonce") << QByteArray(R"({"data":{"event_type":"longcode.self_test"}})") << 0;
    QTest::newRow("long nonce") << R"({"data":{"event_type":"longcode.self_test","id":")" +
                                       QByteArray(200, 'x') + "\"}}"
                                << 0;
    QTest::newRow("large") << R"({"data":{"event_type":"longcode.self_test","id":"x","y":")" +
                                  QByteArray(5000, 'x') + "\"}}"
                           << 0;
    QTest::newRow("old") << QByteArray(R"({"data":{"event_type":"longcode.self_test","id":"x"}})") << 300;
}

void WebhookReceiverTest::selfTestKeySignsNothingElse() {
    QFETCH(QByteArray, body);
    QFETCH(int, age);
    Bench bench;
    bench.selfTest.key = keyOf(bench.test);
    const httpd::Response answer = bench.post(bench.test, path, body, age);
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.body, std::string("The signature is missing, wrong or too old.\n"));
    QVERIFY(bench.selfTest.nonces.isEmpty());
    QVERIFY(bench.log.events.isEmpty());
}

void WebhookReceiverTest::withoutASelfTestItsEventIsForged() {
    Bench bench;
    const QByteArray body = R"({"data":{"event_type":"longcode.self_test","id":"nonce-1"}})";
    QCOMPARE(bench.post(bench.test, path, body).status, 403);
    QVERIFY(bench.selfTest.nonces.isEmpty());
    QCOMPARE(bench.counters.forgedRequests.load(), quint64(1));
}

QTEST_GUILESS_MAIN(WebhookReceiverTest)
#include "tst_webhook_receiver.moc"
