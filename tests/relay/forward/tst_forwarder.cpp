#include "relay/forward/forwarder.h"

#include "relay/log/open_log.h"
#include "relay/operate/journal.h"
#include "support/scripted_server.h"
#include "support/test_postgres.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace longcode;
using namespace longcode::relay;
using namespace longcode::tests;
using namespace std::chrono_literals;

namespace {

ForwardLimits quick() {
    ForwardLimits limits;
    limits.timeout = 2000ms;
    limits.firstRetry = 10ms;
    limits.longestRetry = 40ms;
    limits.longestPause = 40ms;
    limits.mostAttempts = 4;
    limits.poll = 20ms;
    limits.settle = 5ms;
    return limits;
}

QByteArray body(int number) {
    return "{\"data\":{\"id\":\"e" + QByteArray::number(number) + "\",\"text\":\"h\xC3\xA9llo\"}}";
}

} // namespace

/// Real log, real HTTP server; what it answers is up to each test. On SQLite, or on PostgreSQL when
/// LONGCODE_FORWARDS_ON says "postgresql".
class ForwarderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void passesOnVerbatim();
    void beginsWithWhatIsNew();
    void triesAgain_data();
    void triesAgain();
    void givesUpWhatIsRefused();
    void followsNoRedirect();
    void anOutageKillsNothing();
    void aSlowTargetKeepsNobodyWaiting();
    void notMoreThanAFewAtOnce();
    void goesOnAfterARestart();
    void passesARangeOnAgain();
    void retriesWhatWasGivenUp();
    void teamFactsStayAtHome();
    void holdsTheLogForRetention();

private:
    void openStore();
    void append(int first, int last, protocol::EntryKind kind = protocol::EntryKind::Webhook);
    std::unique_ptr<Forwarder> forward(const QList<ForwardTarget> &targets);
    ForwardTarget target(const ScriptedServer &server) {
        return {QStringLiteral("crm"), server.url(QStringLiteral("/hook?key=1"))};
    }
    /// Waits until the first of the forwards has begun.
    void waitForHold(const Forwarder &forwarder);
    /// Seqs as told by the bodies, in order of arrival.
    static QList<int> seen(const ScriptedServer &server);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPostgres> m_postgres; ///< null: SQLite
    int m_databases = 0;
    Journal m_journal{Level::Error};
    StoreAddress m_address = StoreAddress::sqliteFile({});
    std::unique_ptr<EventLog> m_log;
};

void ForwarderTest::initTestCase() {
    if (qgetenv("LONGCODE_FORWARDS_ON") != "postgresql")
        return;
    m_postgres = std::make_unique<TestPostgres>();
    QVERIFY2(m_postgres->start(), qPrintable(m_postgres->error()));
}

void ForwarderTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_folder = std::make_unique<QTemporaryDir>();
    m_address = StoreAddress::sqliteFile(m_folder->filePath(QStringLiteral("relay.sqlite")));
    if (m_postgres) {
        const QString database = QStringLiteral("relay%1").arg(++m_databases);
        QVERIFY2(m_postgres->createDatabase(database), qPrintable(m_postgres->error()));
        const auto address = StoreAddress::parse(m_postgres->url(database));
        QVERIFY2(address, qPrintable(address ? QString() : address.error()));
        m_address = *address;
    }
    openStore();
}

void ForwarderTest::cleanup() {
    m_log.reset();
}

void ForwarderTest::openStore() {
    m_log.reset();
    auto log = openLog(m_address, Access::Serve, m_journal);
    QVERIFY2(log, qPrintable(log ? QString() : log.error()));
    m_log = std::move(*log);
}

void ForwarderTest::append(int first, int last, protocol::EntryKind kind) {
    std::atomic<int> done = 0;
    for (int i = first; i <= last; ++i)
        m_log->append({.id = events::EventId(QStringLiteral("e%1").arg(i)),
                       .receivedAt = QDateTime::currentDateTimeUtc(),
                       .intent = i == 2 ? QStringLiteral("a b&c") : QString(),
                       .signature = "sig" + QByteArray::number(i),
                       .timestamp = "170000000" + QByteArray::number(i),
                       .body = body(i),
                       .kind = kind,
                       .author = {},
                       .account = {}},
                      [&done](Appended) { ++done; });
    QTRY_COMPARE(done.load(), last - first + 1);
}

std::unique_ptr<Forwarder> ForwarderTest::forward(const QList<ForwardTarget> &targets) {
    return std::make_unique<Forwarder>(targets, m_address, *m_log, m_journal, quick());
}

void ForwarderTest::waitForHold(const Forwarder &forwarder) {
    QTRY_VERIFY(!forwarder.figures().first().elsewhere);
}

QList<int> ForwarderTest::seen(const ScriptedServer &server) {
    QList<int> out;
    for (const SeenRequest &request : server.requests())
        out.append(request.header("telnyx-signature-ed25519").mid(3).toInt());
    return out;
}

void ForwarderTest::passesOnVerbatim() {
    ScriptedServer server([](const SeenRequest &) { return answer(204, {}); });
    const auto forwarder = forward({target(server)});
    forwarder->announce();
    waitForHold(*forwarder);
    append(1, 2);
    forwarder->announce();
    QTRY_COMPARE(server.requests().size(), 2);
    const auto request =
        std::find_if(server.requests().begin(), server.requests().end(),
                     [](const SeenRequest &one) { return one.header("telnyx-timestamp") == "1700000002"; });
    QVERIFY(request != server.requests().end());
    QCOMPARE(request->method, QByteArray("POST"));
    QCOMPARE(request->target, QByteArray("/hook?key=1&intent=a%20b%26c"));
    QCOMPARE(request->body, body(2));
    QCOMPARE(request->header("telnyx-signature-ed25519"), QByteArray("sig2"));
    QCOMPARE(request->header("content-type"), QByteArray("application/json"));
    QVERIFY(request->header("user-agent").startsWith("longcode-relay/"));
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(2));
    QTRY_COMPARE(forwarder->figures().first().state.waiting, 0);
}

void ForwarderTest::beginsWithWhatIsNew() {
    append(1, 5);
    ScriptedServer server([](const SeenRequest &) { return answer(200, {}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(6, 7);
    forwarder->announce();
    QTRY_COMPARE(server.requests().size(), 2);
    QList<int> seqs = seen(server);
    std::sort(seqs.begin(), seqs.end());
    QCOMPARE(seqs, (QList<int>{6, 7}));
}

void ForwarderTest::triesAgain_data() {
    QTest::addColumn<int>("status"); // 0: the connection is reset
    QTest::newRow("500") << 500;
    QTest::newRow("404") << 404;
    QTest::newRow("429") << 429;
    QTest::newRow("reset") << 0;
}

void ForwarderTest::triesAgain() {
    QFETCH(int, status);
    QHash<QByteArray, int> tries;
    ScriptedServer server([&](const SeenRequest &request) {
        if (++tries[request.body] < 3)
            return status > 0 ? answer(status, {}) : Reaction{.bytes = {}, .resetAfter = true};
        return answer(200, "{}");
    });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 3);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(3));
    QTRY_COMPARE(forwarder->figures().first().state.waiting, 0);
    QCOMPARE(forwarder->figures().first().state.dead, 0);
    QCOMPARE(forwarder->figures().first().state.trouble, QString());
    for (const int count : std::as_const(tries))
        QVERIFY(count >= 3);
}

void ForwarderTest::givesUpWhatIsRefused() {
    ScriptedServer server(
        [](const SeenRequest &request) { return answer(request.body == body(2) ? 400 : 200, {}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 4);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().first().state.dead, 1);
    QCOMPARE(seen(server).count(2), 4);
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(3));
    ForwardLedger ledger(m_address);
    const auto dead = ledger.dead(QStringLiteral("crm"), 0, 10);
    QVERIFY(dead && dead->size() == 1);
    QCOMPARE(dead->first().seq, 2);
    QCOMPARE(dead->first().attempts, 4);
    QCOMPARE(dead->first().reason, QStringLiteral("answered 400"));
}

void ForwarderTest::followsNoRedirect() {
    ScriptedServer other([](const SeenRequest &) { return answer(200, {}); });
    ScriptedServer server(
        [&](const SeenRequest &) { return answer(307, {}, {"Location: " + other.url().toEncoded()}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 1);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().first().state.trouble,
                 QStringLiteral("answered 307; redirects are not followed"));
    QVERIFY(other.requests().isEmpty());
}

void ForwarderTest::anOutageKillsNothing() {
    bool down = true;
    ScriptedServer server([&](const SeenRequest &) { return answer(down ? 503 : 200, {}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 200);
    forwarder->announce();
    QTRY_VERIFY(forwarder->figures().first().paused);
    // Far more tries than a letter has lives.
    QTRY_VERIFY(server.requests().size() > 40);
    QCOMPARE(forwarder->figures().first().state.dead, 0);
    QCOMPARE(forwarder->figures().first().state.waiting, 200);
    ForwardLedger ledger(m_address);
    QVERIFY(ledger.counts(QStringLiteral("crm"))->waiting <= qint64(2 * quick().inFlight));
    down = false;
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(200));
    QTRY_COMPARE(forwarder->figures().first().state.waiting, 0);
    QVERIFY(!forwarder->figures().first().paused);
    const QList<int> all = seen(server);
    QCOMPARE(QSet<int>(all.begin(), all.end()).size(), 200);
}

void ForwarderTest::aSlowTargetKeepsNobodyWaiting() {
    ScriptedServer slow([](const SeenRequest &) { return Reaction{.bytes = {}, .delayMs = 60'000}; });
    ScriptedServer fast([](const SeenRequest &) { return answer(200, {}); });
    const auto forwarder =
        forward({{QStringLiteral("slow"), slow.url()}, {QStringLiteral("fast"), fast.url()}});
    QTRY_VERIFY(!forwarder->figures().last().elsewhere && !forwarder->figures().first().elsewhere);
    append(1, 100);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().last().delivered, quint64(100));
    QCOMPARE(forwarder->figures().first().delivered, quint64(0));
}

void ForwarderTest::notMoreThanAFewAtOnce() {
    ScriptedServer server([](const SeenRequest &) {
        Reaction reaction = answer(200, {});
        reaction.delayMs = 20;
        return reaction;
    });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 60);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(60));
    QVERIFY(server.connections() <= qsizetype(quick().inFlight));
}

void ForwarderTest::goesOnAfterARestart() {
    ScriptedServer server([](const SeenRequest &) {
        Reaction reaction = answer(200, {});
        reaction.delayMs = 5;
        return reaction;
    });
    auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 100);
    forwarder->announce();
    QTRY_VERIFY(server.requests().size() > 20);
    forwarder.reset();
    openStore();
    append(101, 120);
    forwarder = forward({target(server)});
    QTRY_COMPARE(QSet<int>([&server] {
                     const QList<int> seqs = seen(server);
                     return QSet<int>(seqs.begin(), seqs.end());
                 }())
                     .size(),
                 120);
    const QList<int> all = seen(server);
    // At least once, but not everything once more.
    QVERIFY2(all.size() < 120 + 40, qPrintable(QString::number(all.size())));
}

void ForwarderTest::passesARangeOnAgain() {
    ScriptedServer server([](const SeenRequest &) { return answer(200, {}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 20);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(20));
    ForwardLedger ledger(m_address);
    QCOMPARE(ledger.putRange(QStringLiteral("crm"), 5, 9, QDateTime::currentDateTimeUtc()),
             std::optional<qint64>(5));
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(25));
    QTRY_COMPARE(forwarder->figures().first().state.waiting, 0);
    const QList<int> all = seen(server);
    for (int i = 1; i <= 20; ++i)
        QCOMPARE(all.count(i), i >= 5 && i <= 9 ? 2 : 1);
}

void ForwarderTest::retriesWhatWasGivenUp() {
    int status = 400;
    ScriptedServer server([&](const SeenRequest &) { return answer(status, {}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 3);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().first().state.dead, 3);
    status = 200;
    ForwardLedger ledger(m_address);
    QCOMPARE(ledger.retryDead(QStringLiteral("crm"), QDateTime::currentDateTimeUtc()),
             std::optional<qint64>(3));
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(3));
    QTRY_COMPARE(forwarder->figures().first().state.dead, 0);
}

void ForwarderTest::teamFactsStayAtHome() {
    ScriptedServer server([](const SeenRequest &) { return answer(200, {}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 3, protocol::EntryKind::TeamFact);
    append(4, 4);
    append(5, 9, protocol::EntryKind::TeamFact);
    forwarder->announce();
    QTRY_COMPARE(forwarder->figures().first().delivered, quint64(1));
    QTRY_COMPARE(forwarder->figures().first().state.waiting, 0);
    QCOMPARE(seen(server), QList<int>{4});
    ForwardLedger ledger(m_address);
    QTRY_COMPARE(ledger.cursor(QStringLiteral("crm")), std::optional<qint64>(9));
}

void ForwarderTest::holdsTheLogForRetention() {
    ScriptedServer server(
        [](const SeenRequest &request) { return answer(request.body == body(3) ? 400 : 200, {}); });
    const auto forwarder = forward({target(server)});
    waitForHold(*forwarder);
    append(1, 6);
    forwarder->announce();
    // What is given up is not waited for.
    std::atomic<qint64> place = -1;
    const auto ask = [this, &place] {
        m_log->readers([&place](const std::optional<QList<ReaderPlace>> &readers) {
            for (const ReaderPlace &one : readers.value_or(QList<ReaderPlace>())) {
                if (one.name == QStringLiteral("forward:crm"))
                    place = one.acknowledged;
            }
        });
        return place.load();
    };
    QTRY_COMPARE(forwarder->figures().first().state.dead, 1);
    QTRY_COMPARE_WITH_TIMEOUT(ask(), qint64(6), 15000);
    m_log->stop();
}

QTEST_GUILESS_MAIN(ForwarderTest)
#include "tst_forwarder.moc"
