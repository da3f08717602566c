#include "bench/bench.h"
#include "bench/samples.h"
#include "bench/stores.h"
#include "store/desk_values.h"
#include "store/reader.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QRandomGenerator>
#include <QTextLayout>

/// What this machine does at this moment, so that figures of another machine or hour can be compared.
namespace longcode::bench {

namespace {

constexpr int calls = 500;

double medianMicroseconds(const std::function<void()> &work) {
    Samples samples;
    for (int i = 0; i < calls; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        samples.add(double(timer.nsecsElapsed()) / 1e3);
    }
    return samples.median();
}

void layOut(const QString &text) {
    QTextLayout layout(text);
    layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(360);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    keep(qint64(y));
}

void run(Bench &bench) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(bench.argc(), bench.argv());
    const Stores stores(bench.arguments());
    const MeasuredStore &at = stores.all().back();
    const auto store = store::Store::open(at.folder);
    if (!store)
        qFatal("%s", qUtf8Printable(store.error().detail));
    const auto reader = (*store)->openReader();
    const auto report = [&](const char *name, double value) {
        bench.report({QLatin1String(name), value, QStringLiteral("us"), Better::Lower, {}, at.context()});
    };
    QRandomGenerator random(7);
    report("point_read_us", medianMicroseconds([&] {
               const auto message = (*reader)->message({1 + qint64(random.bounded(quint32(at.messages)))});
               keep(message ? message->text.size() : 0);
           }));
    store::MessageFilter filter;
    filter.text = QStringLiteral("zirconium");
    report("fts_query_us", medianMicroseconds([&] { keep((*reader)->searchTexts(filter, {}, 10).size()); }));
    const QString text =
        QStringLiteral("Your order A48213 is ready for pick up. We are open until six today, and "
                       "tomorrow from nine. Reply STOP to end, HELP for help. Thank you!");
    report("text_layout_us", medianMicroseconds([&] { layOut(text); }));
}

const Registration registration("yardstick", run);

} // namespace

} // namespace longcode::bench
