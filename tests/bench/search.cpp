#include "bench/bench.h"
#include "bench/grown.h"
#include "bench/samples.h"
#include "desk/live_search.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSignalSpy>

/// From a key in the search field to the first hits in the model, on the UI thread, for words that are typed
/// letter by letter.
namespace longcode::bench {

namespace {

constexpr int rounds = 15;
constexpr double rareCeilingMs = 50, commonCeilingMs = 150;

double keystrokeMs(desk::LiveSearch &search, const QString &typed) {
    desk::SearchQuery query;
    query.text = typed;
    QElapsedTimer timer;
    timer.start();
    double ms = -1;
    const auto context = QObject::connect(&search, &desk::Search::runningChanged, &search, [&] {
        if (!search.isRunning())
            ms = double(timer.nsecsElapsed()) / 1e6;
    });
    // A spy's wait is an event loop; QTest::qWaitFor would sleep between its looks.
    QSignalSpy ended(&search, &desk::Search::runningChanged);
    search.start(query);
    while (search.isRunning()) {
        if (!ended.wait(60000))
            qFatal("the search did not end");
    }
    QObject::disconnect(context);
    return ms;
}

struct Typed {
    Samples all;
    double slowestMs = 0;
    QString slowest; ///< by its median: what limits the figure
};

Typed typed(desk::LiveSearch &search, const QStringList &words) {
    Typed typed;
    for (const QString &word : words) {
        for (qsizetype length = 1; length <= word.size(); ++length) {
            Samples one;
            for (int round = 0; round < rounds; ++round) {
                // The key before it, as when typing; else nothing would have to be replaced.
                static_cast<void>(keystrokeMs(search, word.first(length - 1)));
                const double ms = keystrokeMs(search, word.first(length));
                one.add(ms);
                typed.all.add(ms);
            }
            if (one.median() > typed.slowestMs) {
                typed.slowestMs = one.median();
                typed.slowest = word.first(length);
            }
        }
    }
    return typed;
}

void run(Bench &bench) {
    const QCoreApplication application(bench.argc(), bench.argv());
    const Stores stores(bench.arguments());
    Grown rare(bench, QStringLiteral("rare_p99_ms"), QStringLiteral("ms"), rareCeilingMs);
    Grown common(bench, QStringLiteral("common_p99_ms"), QStringLiteral("ms"), commonCeilingMs);
    Grown digits(bench, QStringLiteral("digits_p99_ms"), QStringLiteral("ms"), rareCeilingMs);
    for (const MeasuredStore &at : stores.all()) {
        const auto store = store::Store::open(at.folder);
        if (!store)
            qFatal("%s", qUtf8Printable(store.error().detail));
        desk::LiveSearch search(**store);
        keystrokeMs(search, QStringLiteral("first")); // opens the reader
        const auto add = [&](Grown &figure, const QStringList &words) {
            const Typed keys = typed(search, words);
            figure.add(at, keys.all.p99(),
                       {{QStringLiteral("median_ms"), keys.all.median()},
                        {QStringLiteral("slowest_typed"), keys.slowest},
                        {QStringLiteral("slowest_median_ms"), keys.slowestMs},
                        {QStringLiteral("keystrokes"), qint64(keys.all.count())},
                        {QStringLiteral("typed"), words.join(QLatin1Char(','))}});
        };
        add(rare, {QStringLiteral("zirconium")});
        add(common, {QStringLiteral("you"), QStringLiteral("your"), QStringLiteral("the order")});
        add(digits, {QStringLiteral("2003456")});
    }
    rare.reportRatio();
    common.reportRatio();
    digits.reportRatio();
}

const Registration registration("search", run);

} // namespace

} // namespace longcode::bench
