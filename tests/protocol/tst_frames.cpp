#include "protocol/protocol.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::protocol;

namespace {

const QDateTime noted(QDate(2026, 3, 5), QTime(18, 30, 0, 120), Qt::UTC);

LogEntry logged(qint64 seq, const QByteArray &body = "{}", const QString &intent = {}) {
    return {seq, noted, intent, body};
}

Frame read(const QByteArray &text) {
    const auto frame = decode(text);
    if (!frame)
        qFatal("%s", qPrintable(frame.error()));
    return *frame;
}

QList<LogEntry> eventsOf(const Frame &frame) {
    return std::get<Events>(frame).events;
}

} // namespace

/// The frames as PROTOCOL.md has them: texts written out by hand are read, and what is written is read again.
class TestFrames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void hello();
    void helloOfAnotherVersion();
    void welcome();
    void events();
    void ack();
    void refusal();
    void publishing();
    void presence();
    void relayState();
    void selfTest();
    void writes_data();
    void writes();
    void membersNotKnownArePassedOver();
    void refused_data();
    void refused();
    void largestBody();
    void bodyThatIsNotUtf8();
    void filling_data();
    void filling();
};

void TestFrames::hello() {
    const auto hello = std::get<Hello>(read(
        R"({"frame":"hello","version":2,"after":1207,"log_id":"0b7c","client":"longcode/0.1.0","console":"c-1"})"));
    QCOMPARE(hello.version, 2);
    QCOMPARE(hello.after, 1207);
    QCOMPARE(hello.logId, QStringLiteral("0b7c"));
    QCOMPARE(hello.client, QStringLiteral("longcode/0.1.0"));
    QCOMPARE(hello.console, QStringLiteral("c-1"));
}

/// A console of another version must hear about the version, not about its members.
void TestFrames::helloOfAnotherVersion() {
    QCOMPARE(
        std::get<Hello>(read(R"({"frame":"hello","version":1,"after":0,"log_id":"","client":""})")).version,
        1);
    QCOMPARE(std::get<Hello>(read(R"({"frame":"hello","version":3,"after":"beginning"})")).version, 3);
}

void TestFrames::welcome() {
    const auto welcome = std::get<Welcome>(read(
        R"({"frame":"welcome","version":2,"log_id":"0b7c","head":9007199254740991,"first":17,"public_url":"https://r.example",)"
        R"("name":"ana","role":"compliance","members":[{"name":"ana","role":"compliance"},{"name":"ben","role":"agent"}]})"));
    QCOMPARE(welcome.head, 9007199254740991);
    QCOMPARE(welcome.first, 17);
    QCOMPARE(welcome.logId, QStringLiteral("0b7c"));
    QCOMPARE(welcome.publicUrl, QStringLiteral("https://r.example"));
    QCOMPARE(welcome.name, QStringLiteral("ana"));
    QCOMPARE(welcome.role, Role::Compliance);
    const QList<Member> members{{QStringLiteral("ana"), Role::Compliance},
                                {QStringLiteral("ben"), Role::Agent}};
    QCOMPARE(welcome.members, members);
}

void TestFrames::events() {
    const auto events = eventsOf(read(
        R"({"frame":"events","events":[{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","intent":"i-1","author":"","account":"shop","body":"{\"data\":{\"text\":\"\u00fc\\n\"}}"},)"
        R"({"seq":6,"received_at":"2026-03-05T18:30:00.120Z","kind":"fact","intent":"","author":"ana","account":"","body":"{}"},)"
        R"({"seq":7,"received_at":"2026-03-05T18:30:00.120Z","kind":"withheld","intent":"","author":"","account":"","body":""}]})"));
    QCOMPARE(events.size(), 3);
    QCOMPARE(events.value(0).seq, 5);
    QCOMPARE(events.value(0).receivedAt, noted);
    QCOMPARE(events.value(0).kind, EntryKind::Webhook);
    QCOMPARE(events.value(0).intent, QStringLiteral("i-1"));
    QCOMPARE(events.value(0).account, QStringLiteral("shop"));
    QCOMPARE(events.value(0).body, QByteArray("{\"data\":{\"text\":\"\xc3\xbc\\n\"}}"));
    QCOMPARE(events.value(1).kind, EntryKind::TeamFact);
    QCOMPARE(events.value(1).author, QStringLiteral("ana"));
    QCOMPARE(events.value(2).kind, EntryKind::Withheld);
    QCOMPARE(events.value(2).body, QByteArray());
    QVERIFY(eventsOf(read(R"({"frame":"events","events":[]})")).isEmpty());
}

void TestFrames::ack() {
    QCOMPARE(std::get<Ack>(read(R"({"frame":"ack","seq":12})")).seq, 12);
}

void TestFrames::refusal() {
    const auto refusal =
        std::get<Refusal>(read(R"({"frame":"refusal","code":"slow","message":"No ack came."})"));
    QCOMPARE(refusal.code, QStringLiteral("slow"));
    QCOMPARE(refusal.message, QStringLiteral("No ack came."));
}

void TestFrames::publishing() {
    const auto publish =
        std::get<Publish>(read(R"({"frame":"publish","id":"f-1","fact":"{\"type\":\"x\",\"data\":{}}"})"));
    QCOMPARE(publish.id, QStringLiteral("f-1"));
    QCOMPARE(publish.fact, QByteArray(R"({"type":"x","data":{}})"));
    QCOMPARE(std::get<Published>(read(R"({"frame":"published","id":"f-1"})")).id, QStringLiteral("f-1"));
    const auto answer = std::get<NotPublished>(
        read(R"({"frame":"not_published","id":"f-1","code":"busy","message":"Later."})"));
    QCOMPARE(answer.id, QStringLiteral("f-1"));
    QCOMPARE(answer.code, QStringLiteral("busy"));
    QCOMPARE(answer.message, QStringLiteral("Later."));
}

void TestFrames::presence() {
    const auto presence = std::get<Presence>(
        read(R"({"frame":"presence","name":"ana","peer":"+1555","own":"+1777","activity":"answering"})"));
    QCOMPARE(presence.name, QStringLiteral("ana"));
    QCOMPARE(presence.parties.peer, QStringLiteral("+1555"));
    QCOMPARE(presence.parties.own, QStringLiteral("+1777"));
    QCOMPARE(presence.activity, Activity::Answering);
}

void TestFrames::relayState() {
    QVERIFY(std::holds_alternative<AskState>(read(R"({"frame":"ask_state"})")));
    const auto state = std::get<RelayState>(read(
        R"({"frame":"relay_state","public_url":"https://r.example","version":"0.1.0","started_at":"2026-03-05T18:30:00.120Z",)"
        R"("now":"2026-03-05T18:30:00.120Z","first":2,"head":9,"last_webhook_at":"","stored":1,"duplicates":3,"refused":4,)"
        R"("store_failing":true,"log_bytes":5,"free_bytes":6,)"
        R"("readers":[{"name":"ana","console":"c-1","acknowledged":8,"seen_at":"2026-03-05T18:30:00.120Z","connected":true}],)"
        R"("forwards":[{"name":"crm","waiting":7,"dead":1,"trouble":"HTTP 500"}]})"));
    QCOMPARE(state.publicUrl, QStringLiteral("https://r.example"));
    QCOMPARE(state.version, QStringLiteral("0.1.0"));
    QCOMPARE(state.startedAt, noted);
    QCOMPARE(state.now, noted);
    QCOMPARE(state.first, 2);
    QCOMPARE(state.head, 9);
    QVERIFY(!state.lastWebhookAt.isValid());
    QCOMPARE(state.stored, 1);
    QCOMPARE(state.duplicates, 3);
    QCOMPARE(state.refused, 4);
    QVERIFY(state.storeFailing);
    QCOMPARE(state.logBytes, 5);
    QCOMPARE(state.freeBytes, 6);
    const ReaderState reader{QStringLiteral("ana"), QStringLiteral("c-1"), 8, noted, true};
    QCOMPARE(state.readers, QList<ReaderState>{reader});
    const ForwardState forward{QStringLiteral("crm"), 7, 1, QStringLiteral("HTTP 500")};
    QCOMPARE(state.forwards, QList<ForwardState>{forward});
}

void TestFrames::selfTest() {
    QCOMPARE(std::get<SelfTest>(read(R"({"frame":"self_test","id":"t-1"})")).id, QStringLiteral("t-1"));
    const auto result = std::get<SelfTestResult>(
        read(R"({"frame":"self_test_result","id":"t-1","arrived":true,"message":"In 80 ms."})"));
    QCOMPARE(result.id, QStringLiteral("t-1"));
    QVERIFY(result.arrived);
    QCOMPARE(result.message, QStringLiteral("In 80 ms."));
}

/// Every kind, as text by hand; written again, it is the same text.
void TestFrames::writes_data() {
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("hello")
        << encode(Hello{2, 3, QStringLiteral("log"), QStringLiteral("me"), QStringLiteral("c")})
        << QByteArray(
               R"({"frame":"hello","version":2,"after":3,"log_id":"log","client":"me","console":"c"})");
    QTest::newRow("welcome")
        << encode(Welcome{.version = 2,
                          .logId = QStringLiteral("log"),
                          .head = 4,
                          .publicUrl = QStringLiteral("https://r.example"),
                          .first = 2,
                          .name = QStringLiteral("ana"),
                          .role = Role::Agent,
                          .members = {{QStringLiteral("ana"), Role::Agent}}})
        << QByteArray(
               R"({"frame":"welcome","version":2,"log_id":"log","head":4,"first":2,"public_url":"https://r.example","name":"ana","role":"agent","members":[{"name":"ana","role":"agent"}]})");
    LogEntry fact = logged(2, "{}");
    fact.kind = EntryKind::TeamFact;
    fact.author = QStringLiteral("j\u00fcrg");
    LogEntry proven = logged(7);
    proven.signature = "c2ln/+==";
    proven.timestamp = "1772735400";
    QTest::newRow("proof of a webhook")
        << encode(Events{{proven}})
        << QByteArray(
               R"({"frame":"events","events":[{"seq":7,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","intent":"","author":"","account":"","body":"{}","signature":"c2ln/+==","timestamp":"1772735400"}]})");
    QTest::newRow("events")
        << encode(Events{{logged(1, "{\"a\":\"\\\"\"}\n\x01", QStringLiteral("i")), fact}})
        << QByteArray(
               R"({"frame":"events","events":[{"seq":1,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","intent":"i","author":"","account":"","body":"{\"a\":\"\\\"\"}\n\u0001"},)"
               R"({"seq":2,"received_at":"2026-03-05T18:30:00.120Z","kind":"fact","intent":"","author":")"
               "j\xc3\xbcrg"
               R"(","account":"","body":"{}"}]})");
    QTest::newRow("ack") << encode(Ack{9}) << QByteArray(R"({"frame":"ack","seq":9})");
    QTest::newRow("refusal") << encode(Refusal{QStringLiteral("version"), QStringLiteral("Too old.")})
                             << QByteArray(R"({"frame":"refusal","code":"version","message":"Too old."})");
    QTest::newRow("publish") << encode(Publish{QStringLiteral("f"), "{\"type\":\"x\"}"})
                             << QByteArray(R"({"frame":"publish","id":"f","fact":"{\"type\":\"x\"}"})");
    QTest::newRow("published") << encode(Published{QStringLiteral("f")})
                               << QByteArray(R"({"frame":"published","id":"f"})");
    QTest::newRow("not published")
        << encode(NotPublished{QStringLiteral("f"), QStringLiteral("busy"), QStringLiteral("Later.")})
        << QByteArray(R"({"frame":"not_published","id":"f","code":"busy","message":"Later."})");
    QTest::newRow("presence")
        << encode(
               Presence{QStringLiteral("ana"), {QStringLiteral("p"), QStringLiteral("o")}, Activity::Viewing})
        << QByteArray(R"({"frame":"presence","name":"ana","peer":"p","own":"o","activity":"viewing"})");
    QTest::newRow("ask state") << encode(AskState{}) << QByteArray(R"({"frame":"ask_state"})");
    RelayState state;
    state.publicUrl = QStringLiteral("u");
    state.version = QStringLiteral("v");
    state.startedAt = state.now = noted;
    state.readers = {{QStringLiteral("ana"), QStringLiteral("c"), 3, noted, true}};
    state.forwards = {{QStringLiteral("crm"), 1, 2, QStringLiteral("t")}};
    QTest::newRow("relay state")
        << encode(state)
        << QByteArray(
               R"({"frame":"relay_state","public_url":"u","version":"v","started_at":"2026-03-05T18:30:00.120Z","now":"2026-03-05T18:30:00.120Z","first":0,"head":0,"last_webhook_at":"","stored":0,"duplicates":0,"refused":0,"store_failing":false,"log_bytes":0,"free_bytes":0,)"
               R"("readers":[{"name":"ana","console":"c","acknowledged":3,"seen_at":"2026-03-05T18:30:00.120Z","connected":true}],"forwards":[{"name":"crm","waiting":1,"dead":2,"trouble":"t"}]})");
    QTest::newRow("self test") << encode(SelfTest{QStringLiteral("t")})
                               << QByteArray(R"({"frame":"self_test","id":"t"})");
    QTest::newRow("self test result")
        << encode(SelfTestResult{QStringLiteral("t"), false, QStringLiteral("No.")})
        << QByteArray(R"({"frame":"self_test_result","id":"t","arrived":false,"message":"No."})");
}

void TestFrames::writes() {
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, expected);
    QCOMPARE(written, expected);
    QCOMPARE(encode(read(written)), expected);
}

void TestFrames::membersNotKnownArePassedOver() {
    QCOMPARE(std::get<Ack>(read(R"({"frame":"ack","seq":12,"mood":{"good":[true]}})")).seq, 12);
}

void TestFrames::refused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("names");
    const auto row = [](const char *name, const QByteArray &text, const char *names) {
        QTest::newRow(name) << text << QString::fromLatin1(names);
    };
    const auto events = [](const QByteArray &list) {
        return QByteArray(R"({"frame":"events","events":)" + list + "}");
    };
    const QByteArray one(
        R"({"seq":5,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","author":"","account":"","intent":"","body":"{}"})");
    const QByteArray five = one;
    QByteArray seven = one;
    seven.replace("5,", "7,");
    row("empty", "", "not JSON");
    row("cut off", R"({"frame":"ack","seq":)", "not JSON");
    row("not UTF-8", "{\"frame\":\"\xff\"}", "not JSON");
    row("a list", "[]", "not an object");
    row("a text", "\"ack\"", "not an object");
    row("no kind", "{}", "frame");
    row("kind a number", R"({"frame":1})", "frame");
    row("kind unknown", R"({"frame":"gossip"})", "gossip");
    row("kind very long", QByteArray(R"({"frame":")" + QByteArray(100'000, 'x') + R"("})"), "unknown kind");
    row("seq missing", R"({"frame":"ack"})", "seq");
    row("seq null", R"({"frame":"ack","seq":null})", "seq");
    row("seq a text", R"({"frame":"ack","seq":"5"})", "seq");
    row("seq a fraction", R"({"frame":"ack","seq":5.5})", "seq");
    row("seq negative", R"({"frame":"ack","seq":-1})", "seq is out of range");
    row("seq beyond 2^53", R"({"frame":"ack","seq":9007199254740992})", "seq is out of range");
    row("seq beyond 2^64", R"({"frame":"ack","seq":28446744073709551616})", "seq");
    row("version 0", R"({"frame":"hello","version":0,"after":0,"log_id":"","client":""})", "version");
    row("hello without client", R"({"frame":"hello","version":2,"after":0,"log_id":""})", "client");
    row("log id too long",
        QByteArray(R"({"frame":"hello","version":2,"after":0,"client":"","log_id":")" + QByteArray(65, 'x') +
                   R"("})"),
        "log_id is too long");
    row("address too long",
        QByteArray(R"({"frame":"welcome","version":2,"head":0,"first":1,"log_id":"","public_url":")" +
                   QByteArray(2049, 'x') + R"("})"),
        "public_url is too long");
    row("events missing", R"({"frame":"events"})", "events");
    row("events an object", events("{}"), "events");
    row("an event a text", events(R"(["x"])"), "events[0]");
    row("body missing",
        events(
            R"([{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","author":"","account":"","intent":""}])"),
        "events[0].body");
    row("body an object",
        events(
            R"([{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","author":"","account":"","intent":"","body":{}}])"),
        "events[0].body");
    const QByteArray withBody =
        R"([{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","author":"","account":"","intent":"","body":"")";
    row("signature too long", events(withBody + R"(,"signature":")" + QByteArray(129, 'A') + R"("}])"),
        "events[0].signature is too long");
    row("signature a number", events(withBody + R"(,"signature":1}])"), "events[0].signature");
    row("timestamp too long", events(withBody + R"(,"timestamp":")" + QByteArray(33, '1') + R"("}])"),
        "events[0].timestamp is too long");
    row("time unreadable",
        events(
            R"([{"seq":5,"received_at":"noon","kind":"webhook","author":"","account":"","intent":"","body":""}])"),
        "events[0].received_at");
    row("event 0",
        events(
            R"([{"seq":0,"received_at":"2026-03-05T18:30:00.120Z","kind":"webhook","author":"","account":"","intent":"","body":""}])"),
        "events[0].seq is out of range");
    row("a gap", events("[" + five + "," + seven + "]"), "events[1].seq does not follow");
    row("twice", events("[" + five + "," + five + "]"), "events[1].seq does not follow");
    row("backwards", events("[" + seven + "," + five + "]"), "events[1].seq does not follow");
    row("too large", QByteArray(QByteArray(R"({"frame":"ack","seq":1)") + QByteArray(8 << 20, ' ') + "}"),
        "too large");
    row("too deep",
        QByteArray(R"({"frame":"ack","seq":1,"x":)" + QByteArray(8, '[') + QByteArray(8, ']') + "}"),
        "too deep");
    row("too many values",
        QByteArray(R"({"frame":"ack","seq":1,"x":[)" + QByteArray("0,").repeated(100'000) + "0]}"),
        "too large");
}

void TestFrames::refused() {
    QFETCH(QByteArray, text);
    QFETCH(QString, names);
    const auto frame = decode(text);
    QVERIFY(!frame);
    QVERIFY2(frame.error().contains(names), qPrintable(frame.error()));
    QVERIFY(frame.error().size() <= 200);
}

/// A body of the largest size in which every byte has to be escaped still travels.
void TestFrames::largestBody() {
    const LogEntry event = logged(1, QByteArray(1 << 20, '"'), QString(200, u'"'));
    const QByteArray text = encode(Events{{event}});
    QVERIFY(text.size() < maximumFrameBytes);
    QCOMPARE(eventsOf(read(text)).value(0).body, event.body);
}

/// Bodies are checked before they get here; should one slip through, the frame is whole all the same.
void TestFrames::bodyThatIsNotUtf8() {
    const QByteArray text = encode(Events{{logged(1, "a\xff"
                                                     "b")}});
    QCOMPARE(eventsOf(read(text)).value(0).body, QByteArray("a\xef\xbf\xbd"
                                                            "b"));
}

void TestFrames::filling_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<int>("frames");
    QTest::newRow("none") << 0 << 0 << 0;
    QTest::newRow("one") << 1 << 1000 << 1;
    QTest::newRow("a whole frame") << 1024 << 100 << 1;
    QTest::newRow("one more") << 1025 << 100 << 2;
    QTest::newRow("large ones") << 8 << (1 << 20) << 3;
}

void TestFrames::filling() {
    QFETCH(int, count);
    QFETCH(int, bytes);
    QFETCH(int, frames);
    QList<LogEntry> events;
    for (int i = 1; i <= count; ++i)
        events.append(logged(i, QByteArray(bytes, '\n')));
    const auto filled = inFrames(events);
    QCOMPARE(filled.size(), frames);
    qint64 seq = 0;
    for (const Events &frame : filled) {
        const QByteArray text = encode(frame);
        QVERIFY(text.size() <= maximumFrameBytes);
        for (const LogEntry &event : eventsOf(read(text)))
            QCOMPARE(event.seq, ++seq);
    }
    QCOMPARE(seq, count);
}

QTEST_GUILESS_MAIN(TestFrames)
#include "tst_frames.moc"
