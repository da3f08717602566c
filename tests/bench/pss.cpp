#include "bench/bench.h"
#include "bench/desk_window.h"
#include "bench/grown.h"
#include "bench/process_figures.h"
#include "style/theme.h"

#include <QApplication>
#include <QTest>

/// Memory of a process that shows the list and the long conversation: at the beginning, with it open, and
/// after scrolling up 5,000 messages. One store a process, since memory that is free again is not given back.
namespace longcode::bench {

namespace {

constexpr double startCeilingMib = 60, scrolledCeilingMib = 90;
constexpr int wanted = 5000;

void scrollUp(DeskWindow &desk) {
    const auto below = [&desk] { return desk.view().model()->rowCount() - desk.view().visibleRows().first; };
    const int before = below();
    for (int step = 0; below() - before < wanted && step < 3'000; ++step) {
        QTest::sendKeyEvent(QTest::Click, &desk.view(), Qt::Key_PageUp, QString(), {});
        QTest::qWait(1);
    }
}

void run(Bench &bench) {
    const auto application = makeApplication(bench.argc(), bench.argv());
    const style::Theme theme(*application, style::Scheme::Light);
    const SystemClock clock;
    const Stores stores(bench.arguments());
    const qint64 self = QCoreApplication::applicationPid();
    const MeasuredStore &at = stores.all().back();
    DeskWindow desk(at, clock);
    QTest::qWait(300);
    const auto report = [&](const char *name, double ceiling) {
        bench.report(
            {QLatin1String(name), pssMib(self), QStringLiteral("MiB"), Better::Lower, ceiling, at.context()});
    };
    report("pss_listed_mib", startCeilingMib);
    static_cast<void>(desk.openMs(desk.longConversation()));
    report("pss_opened_mib", scrolledCeilingMib);
    desk.view().scrollToNewest();
    scrollUp(desk);
    report("pss_scrolled_mib", scrolledCeilingMib);
}

const Registration registration("pss", run);

} // namespace

} // namespace longcode::bench
