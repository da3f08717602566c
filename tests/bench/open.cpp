#include "base/clock.h"
#include "bench/bench.h"
#include "desk/inbox_live.h"
#include "inbox/conversation_view.h"
#include "inbox/message_delegate.h"
#include "store/reader.h"
#include "style/theme.h"
#include "support/filled_store.h"
#include "support/scratch.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSet>

#include <algorithm>

/// What it costs to open a conversation of 100,000 messages at its newest one: rows laid out, and the time
/// until the first picture is complete. The messages come from a store on the disk, as in the console.
namespace longcode::bench {

namespace {

constexpr int messages = 100'000;
constexpr int rounds = 9;
constexpr double ceilingMs = 50;
constexpr int screensAllowed = 3;

class CountingDelegate final : public inbox::MessageDelegate {
public:
    using MessageDelegate::MessageDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override {
        measured.insert(index.row());
        return MessageDelegate::sizeHint(option, index);
    }
    mutable QSet<int> measured;
};

struct Opened {
    double ms = 0;
    int measured = 0;
    int onScreen = 0;
};

Opened openOnce(desk::Inbox &inbox, desk::ConversationId conversation, const Clock &clock) {
    CountingDelegate delegate(clock);
    inbox::ConversationView view(inbox, clock);
    view.setMessageDelegate(&delegate);
    view.resize(800, 800);
    view.show();
    view.grab(); // fonts are loaded, the window has its size
    QElapsedTimer timer;
    timer.start();
    view.open(conversation);
    view.grab();
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    const auto [first, last] = view.visibleRows();
    return {ms, int(delegate.measured.size()), last - first + 1};
}

void run(Bench &bench) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(bench.argc(), bench.argv());
    const style::Theme theme(application, style::Scheme::Light);
    const SystemClock clock;
    tests::Scratch scratch;
    const QString folder = scratch.path(QStringLiteral("store"));
    if (!tests::fillStore(folder, {.conversations = 1, .messages = messages, .inFirst = messages}))
        qFatal("the store could not be filled");
    auto store = store::Store::open(folder);
    if (!store)
        qFatal("the store could not be opened");
    const auto reader = (*store)->openReader();
    if (!reader)
        qFatal("the store could not be read");
    desk::LiveInbox inbox(**store, **reader, clock);
    const desk::ConversationId conversation{
        inbox.conversations().index(0, 0).data(desk::ConversationIdRole).toLongLong()};
    std::vector<Opened> all;
    for (int round = 0; round < rounds; ++round)
        all.push_back(openOnce(inbox, conversation, clock));
    std::sort(all.begin(), all.end(), [](const Opened &a, const Opened &b) { return a.ms < b.ms; });
    const Opened &median = all[all.size() / 2];
    const QJsonObject context{{QStringLiteral("messages"), messages},
                              {QStringLiteral("rows_on_screen"), median.onScreen},
                              {QStringLiteral("rounds"), rounds}};
    bench.report({QStringLiteral("rows"), double(median.measured), QStringLiteral("rows"), Better::Lower,
                  double(screensAllowed * median.onScreen), context});
    bench.report(
        {QStringLiteral("open_ms"), median.ms, QStringLiteral("ms"), Better::Lower, ceilingMs, context});
}

const Registration registration("open", run);

} // namespace

} // namespace longcode::bench
