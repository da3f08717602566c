#include "hub_stage.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::relay;
using namespace longcode::tests;
using namespace std::chrono_literals;

namespace {

/// A hub with one console.
struct Stage : HubStage {
    explicit Stage(const SessionLimits &limits = {}) : HubStage(limits), console(hub, grantOf("desk")) {}

    void say(const protocol::Frame &frame) { console.say(frame); }
    void hello(qint64 after, const QString &logId = QStringLiteral("this-log"),
               int version = protocol::version) {
        console.hello(after, logId, version);
    }

    FakeConsole console;
    std::shared_ptr<FakeSocket> socket = console.socket;
};

} // namespace

class ConsoleHubTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void startsWhereTheConsoleIs_data();
    void startsWhereTheConsoleIs();
    void liveEventsNeedNoReading();
    void neverMoreThanTheWindow();
    void neverMoreBytesThanTheWindow();
    void waitsForTheSocket();
    void readsAgainAfterAFailure();
    void faults_data();
    void faults();
    void otherVersion();
    void silentAtTheStart();
    void slowWithAcks();
    void stopsReadingForAWhile();
    void catchingUpDoesNotStarveLive();
    void startsWhereTheLogBegins_data();
    void startsWhereTheLogBegins();
    void wholeLogGone();
    void overtakenByRetention();
    void writesPlacesDown();
    void fullSocket();
    void goodbye();
    void countsConsoles();
};

void ConsoleHubTest::startsWhereTheConsoleIs_data() {
    QTest::addColumn<int>("after");
    QTest::addColumn<QString>("logId");
    QTest::addColumn<int>("first"); // 0: nothing comes
    QTest::newRow("from the beginning") << 0 << QStringLiteral("this-log") << 1;
    QTest::newRow("no log yet") << 0 << QString() << 1;
    QTest::newRow("in the middle") << 7 << QStringLiteral("this-log") << 8;
    QTest::newRow("up to date") << 10 << QStringLiteral("this-log") << 0;
    QTest::newRow("another log") << 7 << QStringLiteral("another") << 1;
    QTest::newRow("beyond the end: a log from a backup") << 11 << QStringLiteral("this-log") << 1;
}

void ConsoleHubTest::startsWhereTheConsoleIs() {
    QFETCH(int, after);
    QFETCH(QString, logId);
    QFETCH(int, first);
    Stage stage;
    stage.hub.setPublicUrl(QStringLiteral("https://relay.example/webhooks/telnyx"));
    stage.log.grow(10);
    stage.hello(after, logId);
    QTRY_VERIFY(!stage.socket->frames.isEmpty());
    const auto *welcome = std::get_if<protocol::Welcome>(&stage.socket->frames.first());
    QVERIFY(welcome);
    QCOMPARE(welcome->head, 10);
    QCOMPARE(welcome->logId, QStringLiteral("this-log"));
    QCOMPARE(welcome->publicUrl, QStringLiteral("https://relay.example/webhooks/telnyx"));
    QTRY_COMPARE(stage.socket->lastSeq(), first > 0 ? 10 : 0);
    if (first > 0)
        QCOMPARE(std::get<protocol::Events>(stage.socket->frames.at(1)).events.first().seq, first);
}

void ConsoleHubTest::liveEventsNeedNoReading() {
    Stage stage;
    stage.hello(0);
    for (int i = 0; i < 20; ++i)
        stage.grow(3);
    QTRY_COMPARE(stage.socket->lastSeq(), 60);
    QVERIFY(stage.log.reads <= 1); // the console may have come a moment before the first announcement
}

void ConsoleHubTest::neverMoreThanTheWindow() {
    Stage stage;
    FakeConsole other(stage.hub, grantOf("other"));
    stage.log.grow(10'000);
    stage.hello(0);
    QTRY_COMPARE(stage.socket->lastSeq(), 4096);
    stage.grow(5);
    // Whoever comes later is served from the same queue: what was due to the first has happened by then.
    other.hello(10'000);
    QTRY_COMPARE(other.socket->lastSeq(), 10'005);
    QCOMPARE(stage.socket->lastSeq(), 4096);
    stage.say(protocol::Ack{.seq = 500});
    QTRY_COMPARE(stage.socket->lastSeq(), 4596);
    stage.say(protocol::Ack{.seq = 4596});
    QTRY_COMPARE(stage.socket->lastSeq(), 8692);
    stage.say(protocol::Ack{.seq = 8692});
    QTRY_COMPARE(stage.socket->lastSeq(), 10'005);
    qint64 expected = 0;
    for (const protocol::LogEntry &entry : stage.socket->entries())
        QCOMPARE(entry.seq, ++expected);
}

/// 8 MiB of bodies, whatever their number.
void ConsoleHubTest::neverMoreBytesThanTheWindow() {
    Stage stage;
    protocol::LogEntry large;
    large.body = '"' + QByteArray((1 << 20) - 2, 'x') + '"';
    stage.log.grow(QList<protocol::LogEntry>(20, large));
    stage.hello(0);
    QTRY_COMPARE(stage.socket->lastSeq(), 8);
    stage.say(protocol::Ack{.seq = 1});
    QTRY_COMPARE(stage.socket->lastSeq(), 9);
    stage.say(protocol::Ack{.seq = 9});
    QTRY_COMPARE(stage.socket->lastSeq(), 17);
}

void ConsoleHubTest::waitsForTheSocket() {
    Stage stage;
    FakeConsole other(stage.hub, grantOf("other"));
    stage.socket->queued = 2 << 20;
    stage.log.grow(10);
    stage.hello(0);
    other.hello(0);
    QTRY_COMPARE(other.socket->lastSeq(), 10);
    QCOMPARE(stage.socket->all<protocol::Welcome>().size(), 1);
    QCOMPARE(stage.socket->lastSeq(), 0);
    stage.socket->queued = 0;
    stage.console.handlers.drained();
    QTRY_COMPARE(stage.socket->lastSeq(), 10);
}

void ConsoleHubTest::readsAgainAfterAFailure() {
    Stage stage({.hello = 50ms});
    stage.log.broken = true;
    stage.log.grow(10);
    stage.hello(0);
    QTRY_VERIFY(stage.log.reads > 1);
    stage.log.broken = false;
    QTRY_COMPARE(stage.socket->lastSeq(), 10);
}

void ConsoleHubTest::faults_data() {
    QTest::addColumn<QByteArrayList>("texts");
    const QByteArray hello =
        protocol::encode(protocol::Hello{.logId = QStringLiteral("this-log"), .client = {}});
    const auto ack = [](qint64 seq) { return protocol::encode(protocol::Ack{.seq = seq}); };
    QTest::newRow("no frame") << QByteArrayList{"hello"};
    QTest::newRow("ack first") << QByteArrayList{ack(0)};
    QTest::newRow("two hellos") << QByteArrayList{hello, hello};
    QTest::newRow("ack of what was not sent") << QByteArrayList{hello, ack(1)};
    QTest::newRow("the relay's own frame") << QByteArrayList{hello, protocol::encode(protocol::Events{})};
}

void ConsoleHubTest::faults() {
    QFETCH(QByteArrayList, texts);
    Stage stage;
    for (const QByteArray &text : texts)
        stage.console.handlers.message(text.toStdString());
    QTRY_COMPARE(stage.socket->refusal(), QStringLiteral("protocol"));
    QCOMPARE(int(stage.socket->closeCode), 1008);
    const qsizetype frames = stage.socket->frames.size();
    FakeConsole other(stage.hub, grantOf("other"));
    stage.grow(1);
    stage.hello(0);
    other.hello(0);
    QTRY_COMPARE(other.socket->lastSeq(), 1);
    QCOMPARE(stage.socket->frames.size(), frames);
}

void ConsoleHubTest::otherVersion() {
    Stage stage;
    stage.hello(0, {}, 1);
    QTRY_COMPARE(stage.socket->refusal(), QStringLiteral("version"));
}

void ConsoleHubTest::silentAtTheStart() {
    Stage stage({.hello = 50ms});
    QTRY_COMPARE(stage.socket->refusal(), QStringLiteral("protocol"));
}

void ConsoleHubTest::slowWithAcks() {
    Stage stage({.hello = 50ms, .ack = 200ms});
    stage.hello(0);
    QTRY_COMPARE(stage.socket->frames.size(), 1);
    // Everything that was sent is on its way and nothing waits: no reason to hurry. The other console is let
    // go in the meantime, so the time limit has passed.
    stage.grow(10);
    FakeConsole other(stage.hub, grantOf("other"));
    QTRY_COMPARE(stage.socket->lastSeq(), 10);
    stage.log.grow(5000);
    other.hello(0);
    QTRY_COMPARE(other.socket->refusal(), QStringLiteral("slow"));
    QCOMPARE(int(other.socket->closeCode), 1013);
}

/// A console that reads nothing and says nothing for a while costs the others nothing, and goes on
/// afterwards.
void ConsoleHubTest::stopsReadingForAWhile() {
    Stage stage;
    FakeConsole other(stage.hub, grantOf("other"));
    stage.hello(0);
    other.hello(0);
    QTRY_COMPARE(stage.socket->frames.size(), 1);
    stage.socket->queued = 2 << 20;
    for (int i = 1; i <= 20; ++i) {
        stage.grow(1000);
        while (other.socket->lastSeq() < 1000 * i) {
            other.say(protocol::Ack{.seq = other.socket->lastSeq()});
            QCoreApplication::processEvents();
        }
    }
    // What waits for it is in the log, not in memory.
    QVERIFY(stage.socket->lastSeq() <= 1000);
    stage.socket->queued = 0;
    stage.console.handlers.drained();
    while (stage.socket->lastSeq() < 20'000) {
        stage.say(protocol::Ack{.seq = stage.socket->lastSeq()});
        QCoreApplication::processEvents();
    }
    qint64 expected = 0;
    for (const protocol::LogEntry &entry : stage.socket->entries())
        QCOMPARE(entry.seq, ++expected);
    QCOMPARE(stage.socket->refusal(), QString());
}

/// Live consoles wait for one page of those who catch up, not for all of it.
void ConsoleHubTest::catchingUpDoesNotStarveLive() {
    Stage stage;
    stage.log.grow(50'000);
    stage.hello(50'000);
    QTRY_COMPARE(stage.socket->frames.size(), 1);
    std::vector<std::unique_ptr<FakeConsole>> late;
    for (int i = 0; i < 8; ++i) {
        late.push_back(std::make_unique<FakeConsole>(stage.hub, grantOf("late")));
        late.back()->hello(0);
    }
    QTRY_VERIFY(late.back()->socket->lastSeq() > 0);
    const auto sent = [&late] {
        qint64 sum = 0;
        for (const auto &console : late)
            sum += console->socket->lastSeq();
        return sum;
    };
    for (int i = 1; i <= 20; ++i) {
        for (const auto &console : late)
            console->say(protocol::Ack{.seq = console->socket->lastSeq()});
        const qint64 before = sent();
        stage.grow(1);
        while (stage.socket->lastSeq() < 50'000 + i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        stage.say(protocol::Ack{.seq = 50'000 + i});
        // Each of the eight may have got what it was about to get; none went ahead by its whole window.
        QVERIFY2(sent() - before <= 8 * 1024, qPrintable(QString::number(sent() - before)));
    }
    // And all of them got their turn.
    for (const auto &console : late)
        QVERIFY(console->socket->lastSeq() > 0);
}

void ConsoleHubTest::startsWhereTheLogBegins_data() {
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("first");
    QTest::newRow("from the beginning") << 0 << 31;
    QTest::newRow("in what is gone") << 12 << 31;
    QTest::newRow("just before") << 30 << 31;
    QTest::newRow("within") << 40 << 41;
}

void ConsoleHubTest::startsWhereTheLogBegins() {
    QFETCH(int, after);
    QFETCH(int, first);
    Stage stage;
    stage.log.grow(50);
    stage.log.cut(30);
    stage.hello(after);
    QTRY_COMPARE(stage.socket->lastSeq(), 50);
    QCOMPARE(stage.socket->all<protocol::Welcome>().value(0).first, 31);
    QCOMPARE(stage.socket->all<protocol::Welcome>().value(0).head, 50);
    QCOMPARE(stage.socket->entries().first().seq, first);
}

void ConsoleHubTest::wholeLogGone() {
    Stage stage;
    stage.log.grow(50);
    stage.log.cut(50);
    stage.hello(0);
    QTRY_COMPARE(stage.socket->all<protocol::Welcome>().size(), 1);
    QCOMPARE(stage.socket->all<protocol::Welcome>().value(0).first, 51);
    stage.grow(1);
    QTRY_COMPARE(stage.socket->lastSeq(), 51);
}

/// No gap inside a connection: who is overtaken by retention connects again and is told.
void ConsoleHubTest::overtakenByRetention() {
    Stage stage;
    stage.log.grow(6000);
    stage.hello(0);
    QTRY_COMPARE(stage.socket->lastSeq(), 4096);
    stage.log.cut(5000);
    stage.say(protocol::Ack{.seq = 4096});
    QTRY_COMPARE(stage.socket->refusal(), QStringLiteral("slow"));
}

void ConsoleHubTest::writesPlacesDown() {
    Stage stage({.hello = 20ms, .placeEvery = 100ms});
    stage.log.grow(10);
    stage.hello(4);
    QTRY_COMPARE(stage.log.places.size(), 1);
    const ReaderPlace place = stage.log.places.first();
    QCOMPARE(place.name, QStringLiteral("desk"));
    QCOMPARE(place.console, QStringLiteral("store-1"));
    QCOMPARE(place.acknowledged, 4);
    QVERIFY(place.seenAt.isValid());
    QTRY_COMPARE(stage.socket->lastSeq(), 10);
    for (int seq = 5; seq <= 9; ++seq)
        stage.say(protocol::Ack{.seq = seq});
    QTRY_COMPARE(stage.log.places.size(), 2);
    QCOMPARE(stage.log.places.last().acknowledged, 9);
    stage.say(protocol::Ack{.seq = 10});
    stage.console.handlers.closed();
    QTRY_COMPARE(stage.log.places.last().acknowledged, 10);
    QCOMPARE(stage.log.places.size(), 3);
}

void ConsoleHubTest::fullSocket() {
    Stage stage;
    stage.hello(0);
    QTRY_COMPARE(stage.socket->frames.size(), 1);
    stage.socket->full = true;
    stage.grow(1);
    QTRY_COMPARE(int(stage.socket->closeCode), 1013);
}

void ConsoleHubTest::goodbye() {
    Stage stage;
    stage.hello(0);
    QTRY_COMPARE(stage.socket->frames.size(), 1);
    stage.hub.sayGoodbye();
    QCOMPARE(stage.socket->refusal(), QStringLiteral("shutdown"));
    QCOMPARE(int(stage.socket->closeCode), 1001);
}

void ConsoleHubTest::countsConsoles() {
    Stage stage;
    QTRY_COMPARE(stage.hub.consoles(), 1);
    FakeConsole second(stage.hub, grantOf("desk"));
    QTRY_COMPARE(stage.hub.consoles(), 2);
    second.handlers.closed();
    QTRY_COMPARE(stage.hub.consoles(), 1);
}

QTEST_GUILESS_MAIN(ConsoleHubTest)
#include "tst_console_hub.moc"
