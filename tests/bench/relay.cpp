#include "bench/bench.h"
#include "bench/process_figures.h"
#include "bench/relay_console.h"
#include "bench/relay_limits.h"
#include "bench/relay_load.h"
#include "bench/relay_peers.h"
#include "relay/log/fill_log.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <cstdio>

/// The real relay as a process of its own: signed, distinct webhooks over keep-alive connections, one console
/// attached that acknowledges. Every answer counted is a commit that has reached the disk. In the same run,
/// on the same machine: what people build today, and what the machine could do at best.
namespace longcode::bench {

namespace {

constexpr int warmUp = 3'000;
constexpr int measured = 30'000;
constexpr int roundsMeasured = 3;
constexpr int paced = 15'000;
constexpr int forPeers = 4'000;
constexpr int shortLog = 10'000;
constexpr int longLog = 1'000'000;
constexpr int catchUpMs = 300'000;

/// One run of the bench: the figures that later ones refer to, and what they all have as context.
class RelayBench {
public:
    explicit RelayBench(Bench &bench) : m_bench(bench) {}
    void run();

private:
    void saturate(tests::RelayFixture &relay, const BenchConsole &console);
    void pace(tests::RelayFixture &relay, BenchConsole &console);
    void compare(tests::RelayFixture &relay);
    void comparePeer(Peers &peers, PeerStore store, const tests::RelayFixture &relay, double wantedTimes);
    /// PSS after a start on a log of that length, and a thousand webhooks more.
    double startOnFilledLog(int entries, bool catchUp);
    void figure(const char *name, double value, const char *unit, Better better,
                std::optional<double> ceiling, QJsonObject context = {});

    Bench &m_bench;
    double m_rate = 0;
    int m_sent = 0;
};

void RelayBench::figure(const char *name, double value, const char *unit, Better better,
                        std::optional<double> ceiling, QJsonObject context) {
    context.insert(QStringLiteral("connections"), relayConnections);
    context.insert(QStringLiteral("body_bytes"), webhookBytes);
    context.insert(QStringLiteral("cores"), QThread::idealThreadCount());
    m_bench.report({.name = QString::fromLatin1(name),
                    .value = value,
                    .unit = QString::fromLatin1(unit),
                    .better = better,
                    .ceiling = ceiling,
                    .context = context});
}

void startRelay(tests::RelayFixture &relay) {
    if (!relay.start({QStringLiteral("--log-level"), QStringLiteral("warning")}))
        qFatal("longcode-relay did not start: %s", relay.program().standardError().constData());
}

void waitFor(const BenchConsole &console, qint64 seq, int timeoutMs) {
    if (!QTest::qWaitFor([&] { return console.lastSeq() >= seq || !console.fault().isEmpty(); }, timeoutMs) ||
        !console.fault().isEmpty())
        qFatal("the console got %lld of %lld entries %s", console.lastSeq(), seq,
               qPrintable(console.fault()));
}

void RelayBench::saturate(tests::RelayFixture &relay, const BenchConsole &console) {
    const double cpuBefore = cpuMicroseconds(relay.program().process().processId());
    LoadResult best;
    for (int round = 0; round < roundsMeasured; ++round) {
        LoadResult result = loadWhileServing(relay.port(), {.connections = relayConnections},
                                             signedRequests(relay, m_sent, measured));
        m_sent += measured;
        if (result.answered200 != measured)
            qFatal("only %d of %d webhooks were answered 200", result.answered200, measured);
        if (const double rate = measured / result.seconds; rate > m_rate) {
            m_rate = rate;
            best = std::move(result);
        }
    }
    waitFor(console, m_sent, 60'000);
    const double cpu = cpuMicroseconds(relay.program().process().processId()) - cpuBefore;
    figure("durable_per_s", m_rate, "webhooks/s", Better::Higher, 5'000,
           {{QStringLiteral("webhooks"), measured},
            {QStringLiteral("rounds"), roundsMeasured},
            {QStringLiteral("consoles"), 1},
            {QStringLiteral("cpu_us_per_webhook"), qRound(cpu / (roundsMeasured * measured))},
            {QStringLiteral("p50_ms"), percentile(best.milliseconds, 0.5)},
            {QStringLiteral("p99_ms"), percentile(best.milliseconds, 0.99)}});
}

void RelayBench::pace(tests::RelayFixture &relay, BenchConsole &console) {
    console.keepTimes(true);
    const double perSecond = m_rate / 2;
    const LoadResult result =
        loadWhileServing(relay.port(), {.connections = relayConnections, .perSecond = perSecond},
                         signedRequests(relay, m_sent, paced));
    waitFor(console, m_sent + paced, 60'000);
    std::vector<double> toConsole;
    for (int i = 0; i < paced; ++i) {
        const std::chrono::duration<double, std::milli> took =
            console.arrival(m_sent + i) - result.due[static_cast<std::size_t>(i)];
        toConsole.push_back(took.count());
    }
    std::ranges::sort(toConsole);
    m_sent += paced;
    console.keepTimes(false);
    const QJsonObject context{{QStringLiteral("webhooks"), paced},
                              {QStringLiteral("per_s"), qRound(perSecond)}};
    QJsonObject toAnswer = context;
    toAnswer.insert(QStringLiteral("p50_ms"), percentile(result.milliseconds, 0.5));
    figure("p99_ms", percentile(result.milliseconds, 0.99), "ms", Better::Lower, 50, toAnswer);
    figure("console_p99_ms", percentile(toConsole, 0.99), "ms", Better::Lower, std::nullopt, context);
}

void RelayBench::comparePeer(Peers &peers, PeerStore store, const tests::RelayFixture &relay,
                             double wantedTimes) {
    const auto result = peers.measure(store, relay, signedRequests(relay, 0, forPeers));
    if (!result || result->load.answered200 == 0) {
        std::fprintf(stderr, "longcode-bench: a peer was not measured: %s\n", qPrintable(peers.problem()));
        return;
    }
    const double rate = result->load.answered200 / result->load.seconds;
    const bool durable = store == PeerStore::Durable;
    figure(durable ? "express_durable_per_s" : "express_per_s", rate, "webhooks/s", Better::Higher,
           std::nullopt,
           {{QStringLiteral("webhooks"), result->load.answered200},
            {QStringLiteral("p50_ms"), percentile(result->load.milliseconds, 0.5)},
            {QStringLiteral("p99_ms"), percentile(result->load.milliseconds, 0.99)},
            {QStringLiteral("pss_mib"), result->pssMib}});
    figure(durable ? "times_express_durable" : "times_express", m_rate / rate, "times", Better::Higher,
           wantedTimes);
}

void RelayBench::compare(tests::RelayFixture &relay) {
    const MachineLimits limits = measureLimits(relay, signedRequests(relay, 0, measured));
    figure("share_of_limit", m_rate / limits.least(), "share", Better::Higher, 0.6,
           {{QStringLiteral("verifications_per_s"), qRound(limits.verificationsPerSecond)},
            {QStringLiteral("bare_http_per_s"), qRound(limits.bareHttpPerSecond)},
            {QStringLiteral("durable_rows_per_s"), qRound(limits.durableRowsPerSecond)},
            {QStringLiteral("fsync_us"), qRound(limits.syncMicroseconds)}});
    Peers peers;
    if (!peers.install()) {
        std::fprintf(stderr, "longcode-bench: the peers cannot be installed: %s\n",
                     qPrintable(peers.problem()));
        return;
    }
    comparePeer(peers, PeerStore::Nothing, relay, 4);
    comparePeer(peers, PeerStore::Durable, relay, 8);
}

double RelayBench::startOnFilledLog(int entries, bool catchUp) {
    tests::RelayFixture relay;
    if (const QString problem = tests::fillLog(relay.storePath(), entries); !problem.isEmpty())
        qFatal("the log could not be filled: %s", qPrintable(problem));
    QElapsedTimer timer;
    timer.start();
    startRelay(relay);
    const double startMs = double(timer.elapsed());
    if (catchUp) {
        timer.start();
        const BenchConsole console(relay.consoleUrl());
        waitFor(console, entries, catchUpMs);
        const double seconds = double(timer.nsecsElapsed()) / 1e9;
        figure("catchup_per_s", entries / seconds, "events/s", Better::Higher, 50'000,
               {{QStringLiteral("events"), entries}, {QStringLiteral("start_ms"), startMs}});
    }
    const BenchConsole console(relay.consoleUrl(), entries);
    static_cast<void>(
        loadWhileServing(relay.port(), {.connections = relayConnections}, signedRequests(relay, 0, 5'000)));
    return pssMib(relay.program().process().processId());
}

void RelayBench::run() {
    const QCoreApplication application(m_bench.argc(), m_bench.argv());
    {
        tests::RelayFixture relay;
        startRelay(relay);
        BenchConsole console(relay.consoleUrl());
        static_cast<void>(loadWhileServing(relay.port(), {.connections = relayConnections},
                                           signedRequests(relay, 0, warmUp)));
        m_sent = warmUp;
        saturate(relay, console);
        pace(relay, console);
        compare(relay);
    }
    const double small = startOnFilledLog(shortLog, false);
    const double large = startOnFilledLog(longLog, true);
    figure("pss_mib", large, "MiB", Better::Lower, 40,
           {{QStringLiteral("events"), longLog},
            {QStringLiteral("with_10000_events"), small},
            {QStringLiteral("ratio"), large / small}});
}

void run(Bench &bench) {
    RelayBench(bench).run();
}

const Registration registration("relay", run);

} // namespace

} // namespace longcode::bench
