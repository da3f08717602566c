#include "bench/bench.h"
#include "bench/desk_window.h"
#include "bench/grown.h"
#include "bench/process_figures.h"
#include "bench/samples.h"
#include "style/theme.h"

#include <QApplication>
#include <QTest>
#include <QWheelEvent>

#include <ctime>
#include <functional>

/// Opening conversations, and scrolling up through the long one: what a frame takes, and what a message
/// costs.
namespace longcode::bench {

namespace {

constexpr double openCeilingMs = 30, frameCeilingMs = 8, messageCeilingMs = 0.5;
constexpr int opened = 40, scrolled = 5000;

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

/// One notch of the wheel; sent, not posted, so that the frame can be timed.
void turnWheelUp(QWidget *viewport) {
    constexpr int notch = 120;
    const QPointF place = viewport->rect().center();
    QWheelEvent wheel(place, viewport->mapToGlobal(place), {}, {0, notch}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(viewport, &wheel);
}

/// A step up and its picture, until so many messages have gone by. Older ones are fetched as they are when a
/// person scrolls.
Scrolled scrollUp(DeskWindow &desk, const std::function<void()> &step) {
    Scrolled all;
    const auto rowsBelow = [&desk] {
        return desk.view().model()->rowCount() - desk.view().visibleRows().first;
    };
    const int before = rowsBelow();
    const double cpu = cpuMs();
    for (int stuck = 0; all.messages < scrolled && stuck < 50;) {
        QElapsedTimer timer;
        timer.start();
        step();
        QCoreApplication::sendPostedEvents(); // the painting among them
        all.frames.add(double(timer.nsecsElapsed()) / 1e6);
        const int messages = rowsBelow() - before;
        stuck = messages == all.messages ? stuck + 1 : 0;
        if (stuck > 0)
            QTest::qWait(1); // older ones come with the event loop
        all.messages = messages;
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
    Grown notches(bench, QStringLiteral("wheel_cpu_ms_per_message"), QStringLiteral("ms"), messageCeilingMs);
    Grown message(bench, QStringLiteral("page_cpu_ms_per_message"), QStringLiteral("ms"), messageCeilingMs);
    for (const MeasuredStore &at : stores.all()) {
        DeskWindow desk(at, clock);
        const Samples some = openSome(desk);
        any.add(at, some.p99(), {{QStringLiteral("median_ms"), some.median()}});
        Samples first;
        for (int i = 0; i < 9; ++i) {
            static_cast<void>(desk.openMs(desk.conversation(1 + i)));
            first.add(desk.openMs(desk.longConversation()));
        }
        longOne.add(at, first.median(), {{QStringLiteral("most_ms"), first.most()}});
        const auto how = [](const Scrolled &up) {
            return QJsonObject{{QStringLiteral("scrolled_messages"), up.messages},
                               {QStringLiteral("median_ms"), up.frames.median()},
                               {QStringLiteral("frames"), qint64(up.frames.count())}};
        };
        desk.view().scrollToNewest();
        QTest::qWait(100);
        const Scrolled wheel = scrollUp(desk, [&] { turnWheelUp(desk.view().viewport()); });
        frame.add(at, wheel.frames.p99(), how(wheel));
        notches.add(at, wheel.cpuMsPerMessage, how(wheel));
        static_cast<void>(desk.openMs(desk.conversation(1)));
        static_cast<void>(desk.openMs(desk.longConversation()));
        desk.view().scrollToNewest();
        QTest::qWait(100);
        const Scrolled pages = scrollUp(
            desk, [&] { QTest::sendKeyEvent(QTest::Click, &desk.view(), Qt::Key_PageUp, QString(), {}); });
        message.add(at, pages.cpuMsPerMessage, how(pages));
    }
    for (Grown *figure : {&any, &longOne, &frame, &notches, &message})
        figure->reportRatio();
}

const Registration registration("scroll", run);

} // namespace

} // namespace longcode::bench
