#include "bench/bench.h"
#include "bench/grown.h"
#include "bench/process_figures.h"
#include "bench/samples.h"
#include "bench/x_display.h"
#include "desk/profile_file.h"
#include "desk/secrets.h"
#include "support/scratch.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include <deque>

/// Starts `longcode` on a store, under Xvfb and from outside, and in the same run a bare window with one text
/// edit. Needs an unlocked keyring: run it through tests/support/with_keyring.
namespace longcode::bench {

namespace {

constexpr double startCeilingMs = 300, bareCeilingTimes = 1.4, pssCeilingMib = 60;
constexpr int rounds = 5, timeoutMs = 120'000;
/// Settled: under 5% of a core for half a second.
constexpr int windowMs = 500;
constexpr double idleShare = 0.05;

struct Start {
    double shownMs = 0, settledMs = 0, pss = 0;
};

/// When the quiet half second began.
double waitUntilSettled(qint64 process, const QElapsedTimer &timer) {
    constexpr int lookMs = 20;
    struct Look {
        double atMs, cpu;
    };
    std::deque<Look> looks;
    while (timer.elapsed() < timeoutMs) {
        looks.push_back({double(timer.nsecsElapsed()) / 1e6, cpuMicroseconds(process)});
        while (looks.size() > 1 && looks.back().atMs - looks.at(1).atMs >= windowMs)
            looks.pop_front();
        if (looks.back().atMs - looks.front().atMs >= windowMs &&
            looks.back().cpu - looks.front().cpu < idleShare * windowMs * 1000)
            break;
        QThread::msleep(lookMs);
    }
    return looks.front().atMs;
}

Start startOnce(const QString &program, const QStringList &arguments) {
    const XDisplay display;
    if (display.name().isEmpty())
        qFatal("Xvfb and openbox are needed");
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), display.name());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    process.waitForStarted();
    Start start;
    while (!display.showsWindow() && timer.elapsed() < timeoutMs)
        QThread::msleep(2);
    start.shownMs = double(timer.nsecsElapsed()) / 1e6;
    start.settledMs = waitUntilSettled(process.processId(), timer);
    start.pss = pssMib(process.processId());
    process.terminate();
    if (!process.waitForFinished(10'000))
        process.kill();
    process.waitForFinished(10'000);
    return start;
}

struct Started {
    Samples shown, settled, pss;
};

Started startSome(const QString &program, const QStringList &arguments) {
    Started all;
    for (int round = 0; round < rounds; ++round) {
        const Start one = startOnce(program, arguments);
        all.shown.add(one.shownMs);
        all.settled.add(one.settledMs);
        all.pss.add(one.pss);
    }
    return all;
}

/// An account whose API and relay are not there: nothing but the store is measured.
void makeAccount(const QString &folder) {
    desk::Profile profile;
    profile.id = QStringLiteral("bench");
    profile.name = QStringLiteral("Bench");
    profile.apiBase = QUrl(QStringLiteral("http://127.0.0.1:9"));
    profile.home = phone::Region{QStringLiteral("US")};
    profile.sender = phone::fromWire(QStringLiteral("+14155550100"));
    profile.relay = desk::RelayElsewhere{QUrl(QStringLiteral("ws://127.0.0.1:9")), QString()};
    if (!desk::writeProfile({folder}, profile))
        qFatal("the account could not be written");
    const auto secrets = desk::makeKeychain();
    for (const desk::SecretName &name : {desk::apiKeyName(profile.id), desk::relayTokenName(profile.id)}) {
        const auto kept = secrets->keep(name, QByteArrayLiteral("bench"));
        if (!QTest::qWaitFor([&kept] { return kept.isFinished(); }, 20'000) || !kept.result())
            qFatal("no keyring: run this through tests/support/with_keyring");
    }
}

void run(Bench &bench) {
    const QCoreApplication application(bench.argc(), bench.argv());
    const Stores stores(bench.arguments());
    const Started bare = startSome(tests::program("longcode-bare-window"), {});
    bench.report({QStringLiteral("bare_window_ms"),
                  bare.shown.median(),
                  QStringLiteral("ms"),
                  Better::Lower,
                  {},
                  {{QStringLiteral("pss_mib"), bare.pss.median()}}});
    Grown shown(bench, QStringLiteral("window_ms"), QStringLiteral("ms"), startCeilingMs);
    Grown times(bench, QStringLiteral("window_times_bare"), QStringLiteral("times"), bareCeilingTimes);
    Grown settled(bench, QStringLiteral("settled_ms"), QStringLiteral("ms"), 2 * startCeilingMs);
    Grown pss(bench, QStringLiteral("pss_mib"), QStringLiteral("MiB"), pssCeilingMib);
    for (const MeasuredStore &at : stores.all()) {
        makeAccount(at.folder);
        const Started console =
            startSome(tests::program("longcode"), {QStringLiteral("--profile"), at.folder});
        shown.add(at, console.shown.median());
        times.add(at, console.shown.median() / bare.shown.median());
        settled.add(at, console.settled.median());
        pss.add(at, console.pss.median());
    }
    for (Grown *figure : {&shown, &times, &settled, &pss})
        figure->reportRatio();
}

const Registration registration("start", run);

} // namespace

} // namespace longcode::bench
