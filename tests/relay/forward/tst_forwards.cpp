#include "relay/relay_fixture.h"

#include "support/scripted_server.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::tests;

/// The real relay in front of a real HTTP server.
class ForwardsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void handsOnWhatCameIn();
    void killedInBetweenLosesNothing();
    void replaysARange();
    void listsWhatWaits();

private:
    static QStringList option(const ScriptedServer &server) {
        return {QStringLiteral("--forward"),
                QStringLiteral("crm=") + server.url(QStringLiteral("/in")).toString()};
    }
    static QSet<QByteArray> bodies(const ScriptedServer &server) {
        QSet<QByteArray> out;
        for (const SeenRequest &request : server.requests())
            out.insert(request.body);
        return out;
    }
    static bool waitForHold(const RelayFixture &relay) {
        return QTest::qWaitFor(
            [&relay] {
                return runRelayCommand({QStringLiteral("forward"), QStringLiteral("list"),
                                        QStringLiteral("--store"), relay.storePath()})
                    .output.contains("crm");
            },
            20000);
    }
};

void ForwardsTest::handsOnWhatCameIn() {
    ScriptedServer server([](const SeenRequest &) { return answer(200, {}); });
    RelayFixture relay;
    QVERIFY(relay.start(option(server)));
    QVERIFY(waitForHold(relay));
    const QByteArray stamp = QByteArray::number(QDateTime::currentSecsSinceEpoch());
    QCOMPARE(relay.post({.body = eventBody("a"), .path = "/webhooks/telnyx?intent=i-1", .timestamp = stamp}),
             200);
    QCOMPARE(relay.post({.body = eventBody("forged"), .signature = "AAAA"}), 403);
    QTRY_COMPARE(server.requests().size(), 1);
    const SeenRequest &request = server.requests().first();
    QCOMPARE(request.target, QByteArray("/in?intent=i-1"));
    QCOMPARE(request.body, eventBody("a"));
    QCOMPARE(request.header("telnyx-timestamp"), stamp);
    QCOMPARE(request.header("telnyx-signature-ed25519"), relay.signer().sign(stamp, eventBody("a")));
    QTRY_COMPARE(relay.metric("longcode_relay_forward_delivered_total{forward=\"crm\"}"), std::optional(1.0));
    QTRY_COMPARE(relay.metric("longcode_relay_forward_waiting{forward=\"crm\"}"), std::optional(0.0));
}

void ForwardsTest::killedInBetweenLosesNothing() {
    ScriptedServer server([](const SeenRequest &) {
        Reaction reaction = answer(200, {});
        reaction.delayMs = 2;
        return reaction;
    });
    RelayFixture relay;
    QSet<QByteArray> sent;
    QVERIFY(relay.start(option(server)));
    QVERIFY(waitForHold(relay));
    for (int round = 0; round < 3; ++round) {
        if (round > 0)
            QVERIFY(relay.start(option(server)));
        RawClient client(relay.port());
        for (int i = 0; i < 60; ++i) {
            sent.insert(eventBody("r" + QByteArray::number(round * 100 + i)));
            client.socket().write(
                relay.bytes({.body = eventBody("r" + QByteArray::number(round * 100 + i))}));
        }
        for (int i = 0; i < 60; ++i)
            QCOMPARE(client.answer().status, 200);
        const qsizetype before = server.requests().size();
        QTRY_VERIFY(server.requests().size() > before || bodies(server) == sent);
        relay.kill();
    }
    QVERIFY(relay.start(option(server)));
    QTRY_COMPARE_WITH_TIMEOUT(bodies(server), sent, 20000);
    qInfo("%d events passed on in %d requests, over 3 kills", int(sent.size()),
          int(server.requests().size()));
}

void ForwardsTest::replaysARange() {
    ScriptedServer server([](const SeenRequest &) { return answer(200, {}); });
    RelayFixture relay;
    QVERIFY(relay.start());
    for (const char *id : {"a", "b", "c"})
        QCOMPARE(relay.post({.body = eventBody(id)}), 200);
    const QStringList command{QStringLiteral("replay"),    QStringLiteral("2-3"),
                              QStringLiteral("--forward"), QStringLiteral("crm"),
                              QStringLiteral("--store"),   relay.storePath()};
    QCOMPARE(runRelayCommand(command).exitCode, 1); // nobody passes anything on there
    QCOMPARE(relay.terminate(), 0);
    QVERIFY(relay.start(option(server)));
    QVERIFY(waitForHold(relay));
    const auto replayed = runRelayCommand(command);
    QVERIFY2(replayed.exitCode == 0, replayed.error.constData());
    QVERIFY(replayed.output.startsWith("2 webhooks of 2-3 wait for forward "));
    QTRY_COMPARE_WITH_TIMEOUT(bodies(server), (QSet<QByteArray>{eventBody("b"), eventBody("c")}), 20000);
}

void ForwardsTest::listsWhatWaits() {
    ScriptedServer server([](const SeenRequest &) { return answer(500, {}); });
    RelayFixture relay;
    QVERIFY(relay.start(option(server)));
    QVERIFY(waitForHold(relay));
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    const QStringList list{QStringLiteral("forward"), QStringLiteral("list"), QStringLiteral("crm"),
                           QStringLiteral("--store"), relay.storePath()};
    QTRY_COMPARE(runRelayCommand(list).output, QByteArray("crm\tpassed on up to 1\t1 waiting\t0 given up\n"));
    const auto retried =
        runRelayCommand({QStringLiteral("forward"), QStringLiteral("retry"), QStringLiteral("crm"),
                         QStringLiteral("--store"), relay.storePath()});
    QCOMPARE(retried.exitCode, 0);
    QVERIFY(retried.output.startsWith("0 entries wait again"));
}

QTEST_GUILESS_MAIN(ForwardsTest)
#include "tst_forwards.moc"
