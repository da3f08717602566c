#include "bench/bench.h"
#include "bench/load_client.h"
#include "relay/relay_fixture.h"
#include "relay/test_console.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>
#include <QThread>

#include <chrono>
#include <future>

#include <unistd.h>

/// The real relay as a process of its own: signed, distinct webhooks over keep-alive connections, one console
/// attached that acknowledges. Every answer counted is a commit that has reached the disk.
namespace longcode::bench {

namespace {

constexpr int connections = 64;
constexpr int warmUp = 3'000;
constexpr int measured = 30'000;
constexpr int roundsMeasured = 3;
constexpr qsizetype bodyBytes = 1'247; // the size that the other receivers were measured with

QByteArray webhook(int number) {
    QByteArray body =
        "{\"data\":{\"event_type\":\"message.received\",\"id\":\"00000000-0000-4000-8000-" +
        QByteArray::number(number).rightJustified(12, '0') +
        "\",\"occurred_at\":\"2026-03-05T18:30:00.000Z\",\"payload\":{\"direction\":\"inbound\",\"text\":\"";
    const QByteArray end = "\"},\"record_type\":\"event\"},\"meta\":{\"attempt\":1}}";
    return body.append(QByteArray(bodyBytes - body.size() - end.size(), 'x')).append(end);
}

QList<QByteArray> signedRequests(const tests::RelayFixture &relay, int first, int count) {
    QList<QByteArray> requests;
    requests.reserve(count);
    for (int i = first; i < first + count; ++i)
        requests.append(relay.bytes({.body = webhook(i)}));
    return requests;
}

/// The yardstick beside the figures: what one durable write costs on this disk at this hour, in microseconds.
double syncMicroseconds(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return 0;
    constexpr int writes = 200;
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < writes; ++i) {
        file.write(QByteArray(4096, 'x'));
        file.flush();
        ::fsync(file.handle());
    }
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count() /
           writes;
}

/// Processor time that a process has used so far, in microseconds; 0 where the system does not tell. The
/// figure that other programs on the machine disturb least.
double cpuMicroseconds(qint64 process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return double(fields.value(11).toLongLong() + fields.value(12).toLongLong()) * 1e6 /
           double(::sysconf(_SC_CLK_TCK));
}

/// Runs the load on another thread, so that the console here can read and acknowledge meanwhile.
LoadResult loadWhileServing(quint16 port, const QList<QByteArray> &requests) {
    auto running = std::async(std::launch::async, [&] { return runLoad(port, connections, requests); });
    while (running.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        QTest::qWait(5);
    return running.get();
}

void run(Bench &bench) {
    const QCoreApplication application(bench.argc(), bench.argv());
    tests::RelayFixture relay;
    if (!relay.start({QStringLiteral("--log-level"), QStringLiteral("warning")}))
        qFatal("longcode-relay did not start");
    tests::TestConsole console(relay.consoleUrl());
    console.read(0, {});
    const double sync = syncMicroseconds(relay.scratch().path(QStringLiteral("sync")));
    static_cast<void>(loadWhileServing(relay.port(), signedRequests(relay, 0, warmUp)));
    const double cpuBefore = cpuMicroseconds(relay.program().process().processId());
    LoadResult best;
    double bestRate = 0;
    for (int round = 0; round < roundsMeasured; ++round) {
        LoadResult result =
            loadWhileServing(relay.port(), signedRequests(relay, warmUp + round * measured, measured));
        if (result.answered200 != measured)
            qFatal("only %d of %d webhooks were answered 200", result.answered200, measured);
        if (const double rate = measured / result.seconds; rate > bestRate) {
            bestRate = rate;
            best = std::move(result);
        }
    }
    const int all = warmUp + roundsMeasured * measured;
    if (!QTest::qWaitFor([&] { return console.events().size() == all; }, 60'000) ||
        !console.fault().isEmpty())
        qFatal("the console got %d of %d events %s", int(console.events().size()), all,
               qPrintable(console.fault()));
    const double cpu = cpuMicroseconds(relay.program().process().processId()) - cpuBefore;
    const QJsonObject context{
        {QStringLiteral("webhooks"), measured},
        {QStringLiteral("rounds"), roundsMeasured},
        {QStringLiteral("connections"), connections},
        {QStringLiteral("body_bytes"), bodyBytes},
        {QStringLiteral("consoles"), 1},
        {QStringLiteral("cores"), QThread::idealThreadCount()},
        {QStringLiteral("fsync_us"), qRound(sync)},
        {QStringLiteral("cpu_us_per_webhook"), qRound(cpu / (roundsMeasured * measured))},
        {QStringLiteral("p50_ms"), percentile(best.milliseconds, 0.5)}};
    bench.report({.name = QStringLiteral("durable_per_s"),
                  .value = bestRate,
                  .unit = QStringLiteral("webhooks/s"),
                  .better = Better::Higher,
                  .ceiling = 5000,
                  .context = context});
    bench.report({.name = QStringLiteral("p99_ms"),
                  .value = percentile(best.milliseconds, 0.99),
                  .unit = QStringLiteral("ms"),
                  .better = Better::Lower,
                  .ceiling = 50,
                  .context = context});
}

const Registration registration("relay", run);

} // namespace

} // namespace longcode::bench
