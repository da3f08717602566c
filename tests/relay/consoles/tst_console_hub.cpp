#include "relay/consoles/console_hub.h"

#include "relay/operate/journal.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::relay;
using namespace std::chrono_literals;

namespace {

/// A log in memory that answers at once, or fails to.
class FakeLog final : public EventLog {
public:
    QString id() const override { return QStringLiteral("this-log"); }
    qint64 head() const override { return m_events.size(); }
    void append(IncomingEvent, std::function<void(Appended)>) override {}
    void read(const Page &page, std::function<void(std::optional<LogEntries>)> done) override {
        ++reads;
        if (broken)
            return done(std::nullopt);
        done(m_events.mid(page.after, page.count));
    }
    void setGrownCallback(GrownCallback) override {}
    void stop() override {}

    LogEntries grow(int by) {
        LogEntries added;
        for (int i = 0; i < by; ++i)
            added.append({head() + i + 1, QDateTime::fromMSecsSinceEpoch(1772735400000, Qt::UTC), {}, "{}"});
        m_events += added;
        return added;
    }

    int reads = 0;
    bool broken = false;

private:
    LogEntries m_events;
};

class FakeSocket final : public httpd::Socket {
public:
    bool send(std::string text) override {
        const auto frame = protocol::decode(QByteArray::fromStdString(text));
        if (frame)
            frames.append(*frame);
        return !full;
    }
    std::size_t queuedBytes() const override { return queued; }
    void close(std::uint16_t code, std::string) override { closeCode = code; }

    qint64 lastSeq() const {
        qint64 seq = 0;
        for (const protocol::Frame &frame : frames) {
            if (const auto *events = std::get_if<protocol::Events>(&frame))
                seq = events->events.last().seq;
        }
        return seq;
    }
    QString refusal() const {
        const auto *refusal = frames.isEmpty() ? nullptr : std::get_if<protocol::Refusal>(&frames.last());
        return refusal ? refusal->code : QString();
    }

    QList<protocol::Frame> frames;
    std::size_t queued = 0;
    bool full = false;
    std::uint16_t closeCode = 0;
};

/// A hub with one console.
struct Stage {
    explicit Stage(SessionLimits limits = {})
        : hub(log, journal, limits), handlers(hub.adopt(QStringLiteral("desk"), socket)) {}

    void say(const protocol::Frame &frame) { handlers.message(protocol::encode(frame).toStdString()); }
    void hello(qint64 after, const QString &logId = QStringLiteral("this-log"),
               int version = protocol::version) {
        say(protocol::Hello{
            .version = version, .after = after, .logId = logId, .client = QStringLiteral("test")});
    }
    void grow(int by) { hub.announce(log.grow(by)); }

    FakeLog log;
    Journal journal{Level::Error};
    std::shared_ptr<FakeSocket> socket = std::make_shared<FakeSocket>();
    ConsoleHub hub;
    httpd::SocketHandlers handlers;
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
    void waitsForTheSocket();
    void readsAgainAfterAFailure();
    void faults_data();
    void faults();
    void otherVersion();
    void silentAtTheStart();
    void slowWithAcks();
    void fullSocket();
    void goodbye();
    void countsConsoles();
};

void ConsoleHubTest::startsWhereTheConsoleIs_data() {
    QTest::addColumn<int>("after");
    QTest::addColumn<QString>("logId");
    QTest::addColumn<int>("first");
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
    stage.log.grow(3000);
    stage.hello(0);
    QTRY_COMPARE(stage.socket->lastSeq(), 1024);
    stage.grow(5);
    QTest::qWait(50);
    QCOMPARE(stage.socket->lastSeq(), 1024);
    stage.say(protocol::Ack{.seq = 500});
    QTRY_COMPARE(stage.socket->lastSeq(), 1524);
    stage.say(protocol::Ack{.seq = 1524});
    QTRY_COMPARE(stage.socket->lastSeq(), 2548);
    stage.say(protocol::Ack{.seq = 2548});
    QTRY_COMPARE(stage.socket->lastSeq(), 3005);
    qint64 expected = 0;
    for (const protocol::Frame &frame : std::as_const(stage.socket->frames)) {
        if (const auto *events = std::get_if<protocol::Events>(&frame)) {
            for (const protocol::LogEntry &event : events->events)
                QCOMPARE(event.seq, ++expected);
        }
    }
}

void ConsoleHubTest::waitsForTheSocket() {
    Stage stage;
    stage.socket->queued = 2 << 20;
    stage.log.grow(10);
    stage.hello(0);
    QTRY_COMPARE(stage.socket->frames.size(), 1);
    QTest::qWait(50);
    QCOMPARE(stage.socket->lastSeq(), 0);
    stage.socket->queued = 0;
    stage.handlers.drained();
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
        stage.handlers.message(text.toStdString());
    QTRY_COMPARE(stage.socket->refusal(), QStringLiteral("protocol"));
    QCOMPARE(int(stage.socket->closeCode), 1008);
    const qsizetype frames = stage.socket->frames.size();
    stage.grow(1);
    stage.hello(0);
    QTest::qWait(20);
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
    // Everything that was sent is on its way and nothing waits: no reason to hurry.
    stage.grow(10);
    QTest::qWait(400);
    QCOMPARE(stage.socket->refusal(), QString());
    stage.grow(2000);
    QTRY_COMPARE(stage.socket->refusal(), QStringLiteral("slow"));
    QCOMPARE(int(stage.socket->closeCode), 1013);
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
    const auto second = stage.hub.adopt(QStringLiteral("desk"), std::make_shared<FakeSocket>());
    QTRY_COMPARE(stage.hub.consoles(), 2);
    second.closed();
    QTRY_COMPARE(stage.hub.consoles(), 1);
}

QTEST_GUILESS_MAIN(ConsoleHubTest)
#include "tst_console_hub.moc"
