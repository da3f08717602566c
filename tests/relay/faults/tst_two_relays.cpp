#include "relay/faults/following_console.h"
#include "relay/faults/served_relay.h"
#include "relay/faults/webhook_load.h"
#include "support/test_postgres.h"

#include <QRegularExpression>
#include <QTest>

#include <array>
#include <random>

using namespace longcode;
using namespace longcode::tests;

namespace {

constexpr int kills = 24;
constexpr int killsBetweenDatabaseRestarts = 8;
constexpr int connections = 8;

} // namespace

/// Two relays behind a load balancer share one log in PostgreSQL. One of them is killed again and again, and
/// the database is restarted under both. What was answered 200 is in the log once, and consoles at either
/// relay end with the same sequence.
class TwoRelaysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void killedInTurnsWhilePostgresRestarts();
};

void TwoRelaysTest::killedInTurnsWhilePostgresRestarts() {
    TestPostgres postgres;
    QVERIFY2(postgres.start(), qPrintable(postgres.error()));
    const Scratch scratch;
    const Signer signer;
    const QString tokens = scratch.path(QStringLiteral("tokens"));
    QVERIFY(writeTokens(tokens));
    std::array<ServedRelay, 2> relays{ServedRelay(signer, postgres.url(), tokens),
                                      ServedRelay(signer, postgres.url(), tokens)};
    for (ServedRelay &relay : relays)
        QVERIFY(relay.start());
    // A balancer in turns: a webhook that was refused at one relay goes to the other.
    const std::array<quint16, 2> ports{relays[0].port(), relays[1].port()};
    std::atomic<unsigned> turn = 0;
    WebhookLoad load(signer, connections, [&] { return ports[turn++ % 2]; });
    // One console stays with each relay, one goes to whichever comes next.
    unsigned wandering = 0;
    std::array<FollowingConsole, 3> consoles{
        FollowingConsole([&] { return relays[0].consoleUrl(); }),
        FollowingConsole([&] { return relays[1].consoleUrl(); }),
        FollowingConsole([&] { return relays[wandering++ % 2].consoleUrl(); })};
    std::mt19937 random(20260305);
    std::uniform_int_distribution<int> pause(200, 1'200);
    int restarts = 0;
    for (int kill = 0; kill < kills; ++kill) {
        QTest::qWait(pause(random)); // the moment of the kill, not a wait for something
        ServedRelay &relay = relays[static_cast<std::size_t>(kill) % 2];
        relay.kill();
        if (kill % killsBetweenDatabaseRestarts == killsBetweenDatabaseRestarts - 1) {
            QVERIFY2(postgres.restart(), qPrintable(postgres.error()));
            ++restarts;
        }
        QVERIFY(relay.start());
    }
    QVERIFY(load.finish(120'000));
    const QSet<QByteArray> answered = load.answered();
    for (const FollowingConsole &console : consoles) {
        QTRY_COMPARE_WITH_TIMEOUT(console.lastSeq(), answered.size(), 60'000);
        QCOMPARE(console.fault(), QString());
        QCOMPARE(console.ids(), consoles[0].ids());
    }
    QCOMPARE(QSet<QByteArray>(consoles[0].ids().begin(), consoles[0].ids().end()), answered);
    qInfo("%d kills of one of two relays, PostgreSQL restarted %d times, %d webhooks answered 200 after %d "
          "broken tries: 0 lost, 0 twice; 3 consoles hold the same sequence",
          kills, restarts, int(answered.size()), load.refusedTries());
}

QTEST_GUILESS_MAIN(TwoRelaysTest)
#include "tst_two_relays.moc"
