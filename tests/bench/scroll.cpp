#include "bench/bench.h"
#include "bench/desk_window.h"
#include "bench/grown.h"
#include "bench/process_figures.h"
#include "bench/samples.h"
#include "style/theme.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>

#include <ctime>

/// Opening conversations, and scrolling up through the long one: what a frame takes, and what a message
/// costs.
namespace longcode::bench {

namespace {

constexpr double openCeilingMs = 30, frameCeilingMs = 8, messageCeilingMs = 0.5;
constexpr int opened = 40, scrolled = 5000, framePixels = 400;

double cpuMs() {
    return double(std::clock()) * 1e3 / double(CLOCKS_PER_SEC);
}

Samples openSome(DeskWindow &desk) {
    Samples samples;
    for (int i = 0; i < opened; ++i)
        samples.add(desk.openMs(desk.conversation(1 + i * 37)));
    return samples;
}

struct Scrolled {
    Samples frames;
    double cpuMsPerMessage = 0;
    int messages = 0;
};

/// Wheel steps up, each painted, until so many messages have gone by. Older ones are fetched as they are when
/// a person scrolls.
Scrolled scrollUp(DeskWindow &desk) {
    Scrolled all;
    QScrollBar *bar = desk.view().verticalScrollBar();
    const auto rowsBelow = [&desk] {
        return desk.view().model()->rowCount() - desk.view().visibleRows().first;
    };
    const int before = rowsBelow();
    const double cpu = cpuMs();
    int stuck = 0;
    while (all.messages < scrolled && stuck < 200) {
        const int value = bar->value(), rows = desk.view().model()->rowCount();
        QElapsedTimer timer;
        timer.start();
        bar->setValue(value - framePixels);
        desk.view().viewport()->repaint();
        all.frames.add(double(timer.nsecsElapsed()) / 1e6);
        QCoreApplication::sendPostedEvents();
        const int grown = desk.view().model()->rowCount() - rows;
        stuck = grown == 0 && bar->value() == value ? stuck + 1 : 0;
        if (stuck > 0)
            QTest::qWait(1);
        all.messages = rowsBelow() - before;
    }
    all.cpuMsPerMessage = (cpuMs() - cpu) / std::max(1, all.messages);
    return all;
}

void run(Bench &bench) {
    const auto application = makeApplication(bench.argc(), bench.argv());
    const style::Theme theme(*application, style::Scheme::Light);
    const SystemClock clock;
    const Stores stores(bench.arguments());
    Grown any(bench, QStringLiteral("open_any_p99_ms"), QStringLiteral("ms"), openCeilingMs);
    Grown longOne(bench, QStringLiteral("open_long_ms"), QStringLiteral("ms"), openCeilingMs);
    Grown frame(bench, QStringLiteral("frame_p99_ms"), QStringLiteral("ms"), frameCeilingMs);
    Grown message(bench, QStringLiteral("cpu_ms_per_message"), QStringLiteral("ms"), messageCeilingMs);
    for (const MeasuredStore &at : stores.all()) {
        DeskWindow desk(at, clock);
        const Samples some = openSome(desk);
        any.add(at, some.p99(), {{QStringLiteral("median_ms"), some.median()}});
        Samples first;
        for (int i = 0; i < 9; ++i) {
            static_cast<void>(desk.openMs(desk.conversation(1 + i)));
            first.add(desk.openMs(desk.conversation(0)));
        }
        longOne.add(at, first.median(), {{QStringLiteral("most_ms"), first.most()}});
        const Scrolled up = scrollUp(desk);
        const QJsonObject how{{QStringLiteral("allmessages"), up.messages},
                              {QStringLiteral("median_ms"), up.frames.median()},
                              {QStringLiteral("frames"), qint64(up.frames.count())}};
        frame.add(at, up.frames.p99(), how);
        message.add(at, up.cpuMsPerMessage, how);
    }
    for (Grown *figure : {&any, &longOne, &frame, &message})
        figure->reportRatio();
}

const Registration registration("scroll", run);

} // namespace

} // namespace longcode::bench
