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
    void welcome();
    void events();
    void ack();
    void refusal();
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
    const auto hello = std::get<Hello>(
        read(R"({"frame":"hello","version":1,"after":1207,"log_id":"0b7c","client":"longcode/0.1.0"})"));
    QCOMPARE(hello.version, 1);
    QCOMPARE(hello.after, 1207);
    QCOMPARE(hello.logId, QStringLiteral("0b7c"));
    QCOMPARE(hello.client, QStringLiteral("longcode/0.1.0"));
}

void TestFrames::welcome() {
    const auto welcome = std::get<Welcome>(read(
        R"({"frame":"welcome","version":1,"log_id":"0b7c","head":9007199254740991,"public_url":"https://r.example"})"));
    QCOMPARE(welcome.head, 9007199254740991);
    QCOMPARE(welcome.logId, QStringLiteral("0b7c"));
    QCOMPARE(welcome.publicUrl, QStringLiteral("https://r.example"));
}

void TestFrames::events() {
    const auto events = eventsOf(read(
        R"({"frame":"events","events":[{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","intent":"i-1","body":"{\"data\":{\"text\":\"\u00fc\\n\"}}"},)"
        R"({"seq":6,"received_at":"2026-03-05T18:30:00.120Z","intent":"","body":""}]})"));
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.value(0).seq, 5);
    QCOMPARE(events.value(0).receivedAt, noted);
    QCOMPARE(events.value(0).intent, QStringLiteral("i-1"));
    QCOMPARE(events.value(0).body, QByteArray("{\"data\":{\"text\":\"\xc3\xbc\\n\"}}"));
    QCOMPARE(events.value(1).body, QByteArray());
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

void TestFrames::writes_data() {
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("hello") << encode(Hello{1, 3, QStringLiteral("log"), QStringLiteral("me")})
                           << QByteArray(
                                  R"({"after":3,"client":"me","frame":"hello","log_id":"log","version":1})");
    QTest::newRow("welcome")
        << encode(Welcome{1, QStringLiteral("log"), 4, QStringLiteral("https://r.example")})
        << QByteArray(
               R"({"frame":"welcome","head":4,"log_id":"log","public_url":"https://r.example","version":1})");
    QTest::newRow("events")
        << encode(Events{{logged(1, "{\"a\":\"\\\"\"}", QStringLiteral("i"))}})
        << QByteArray(
               R"({"events":[{"body":"{\"a\":\"\\\"\"}","intent":"i","received_at":"2026-03-05T18:30:00.120Z","seq":1}],"frame":"events"})");
    QTest::newRow("ack") << encode(Ack{9}) << QByteArray(R"({"frame":"ack","seq":9})");
    QTest::newRow("refusal") << encode(Refusal{QStringLiteral("version"), QStringLiteral("Too old.")})
                             << QByteArray(R"({"code":"version","frame":"refusal","message":"Too old."})");
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
    const QByteArray one(R"({"seq":5,"received_at":"2026-03-05T18:30:00.120Z","intent":"","body":"{}"})");
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
    row("kind unknown", R"({"frame":"presence"})", "presence");
    row("kind very long", QByteArray(R"({"frame":")" + QByteArray(100'000, 'x') + R"("})"), "unknown kind");
    row("seq missing", R"({"frame":"ack"})", "seq");
    row("seq null", R"({"frame":"ack","seq":null})", "seq");
    row("seq a text", R"({"frame":"ack","seq":"5"})", "seq");
    row("seq a fraction", R"({"frame":"ack","seq":5.5})", "seq");
    row("seq negative", R"({"frame":"ack","seq":-1})", "seq is out of range");
    row("seq beyond 2^53", R"({"frame":"ack","seq":9007199254740992})", "seq is out of range");
    row("seq beyond 2^64", R"({"frame":"ack","seq":28446744073709551616})", "seq");
    row("version 0", R"({"frame":"hello","version":0,"after":0,"log_id":"","client":""})", "version");
    row("hello without client", R"({"frame":"hello","version":1,"after":0,"log_id":""})", "client");
    row("log id too long",
        QByteArray(R"({"frame":"hello","version":1,"after":0,"client":"","log_id":")" + QByteArray(65, 'x') +
                   R"("})"),
        "log_id is too long");
    row("address too long",
        QByteArray(R"({"frame":"welcome","version":1,"head":0,"log_id":"","public_url":")" +
                   QByteArray(2049, 'x') + R"("})"),
        "public_url is too long");
    row("events missing", R"({"frame":"events"})", "events");
    row("events an object", events("{}"), "events");
    row("an event a text", events(R"(["x"])"), "events[0]");
    row("body missing", events(R"([{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","intent":""}])"),
        "events[0].body");
    row("body an object",
        events(R"([{"seq":5,"received_at":"2026-03-05T18:30:00.120Z","intent":"","body":{}}])"),
        "events[0].body");
    row("time unreadable", events(R"([{"seq":5,"received_at":"noon","intent":"","body":""}])"),
        "events[0].received_at");
    row("event 0", events(R"([{"seq":0,"received_at":"2026-03-05T18:30:00.120Z","intent":"","body":""}])"),
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
    QTest::newRow("a window") << 1024 << 100 << 1;
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
