#include "base/when_finished.h"
#include "bench/bench.h"
#include "bench/desk_window.h"
#include "bench/grown.h"
#include "bench/samples.h"
#include "style/theme.h"
#include "support/filled_store.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <deque>
#include <thread>

/// 500 events a second through the store into the list and an open conversation: how long until the pixels
/// show one, and how long the GUI thread was ever busy without a pause.
namespace longcode::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int eventsASecond = 500, batch = 10, seconds = 10;
constexpr double pixelsCeilingMs = 40, blockCeilingMs = 16;

double msSince(SteadyClock::time_point begin) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

/// How long the GUI thread leaves an event waiting: another thread posts one every millisecond, at most one
/// at a time.
class BusyWatch {
public:
    BusyWatch()
        : m_thread([this] {
            while (!m_stop) {
                if (!m_waiting.exchange(true))
                    QMetaObject::invokeMethod(&m_gui, [this, at = SteadyClock::now()] {
                        m_busy.add(msSince(at));
                        m_waiting = false;
                    });
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }) {}
    ~BusyWatch() {
        m_stop = true;
        m_thread.join();
    }
    BusyWatch(const BusyWatch &) = delete;
    BusyWatch &operator=(const BusyWatch &) = delete;
    [[nodiscard]] const Samples &busy() const { return m_busy; }

private:
    QObject m_gui;
    Samples m_busy;
    std::atomic<bool> m_waiting = false, m_stop = false;
    std::thread m_thread;
};

store::LoggedEvent received(const store::LogId &log, qint64 seq, const QString &peer) {
    events::MessageFacts facts;
    const QString id = QStringLiteral("%1-%2").arg(log.text()).arg(seq);
    facts.id = events::MessageId(id);
    facts.direction = events::Direction::Inbound;
    facts.from.address = peer;
    events::Party to;
    to.address = tests::filledOwn();
    facts.to = {to};
    facts.text = QStringLiteral("live text %1, when can we pick it up?").arg(seq);
    facts.receivedAt = QDateTime::currentDateTimeUtc();
    store::LoggedEvent logged;
    logged.seq = seq;
    logged.receivedAt = *facts.receivedAt;
    logged.event.id = events::EventId(id);
    logged.event.occurredAt = logged.receivedAt;
    logged.event.body = events::MessageEvent{events::MessageEventKind::Received, facts};
    return logged;
}

/// Applies batches at the rate. The long conversation is open, and the first of every batch is a text in it:
/// the batch is on screen when that row, or a later one, has been painted.
class Feed : public QObject {
public:
    Feed(DeskWindow &desk, const store::LogId &log) : m_desk(desk), m_log(log) {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1000 * batch / eventsASecond);
        connect(&m_timer, &QTimer::timeout, this, &Feed::apply);
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
                &Feed::settle);
        desk.view().viewport()->installEventFilter(this);
        m_timer.start();
    }
    [[nodiscard]] const Samples &samples() const { return m_pixels; }
    /// Until a batch was durable: the store's part of it.
    [[nodiscard]] const Samples &writes() const { return m_writes; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override {
        if (event->type() == QEvent::Paint)
            m_painted = newestShown();
        return QObject::eventFilter(watched, event);
    }

private:
    struct Due {
        SteadyClock::time_point at;
        int number; ///< of its text in the open conversation
    };
    void apply() {
        if (m_sent >= seconds * eventsASecond) {
            m_timer.stop();
            return;
        }
        m_due.push_back({SteadyClock::now(), m_sent + 1});
        QList<store::LoggedEvent> events;
        for (int i = 0; i < batch; ++i) {
            ++m_sent;
            events.append(received(m_log, m_sent, tests::filledPeer(i == 0 ? 0 : m_sent % 10000)));
        }
        whenFinished(m_desk.store().applyEvents(m_log, events, store::Arrival::Live), this,
                     [this, at = SteadyClock::now()](const auto &) { m_writes.add(msSince(at)); });
    }
    [[nodiscard]] int newestShown() const {
        const QAbstractItemModel &model = *m_desk.view().model();
        const auto message =
            model.index(model.rowCount() - 1, 0).data(desk::MessageRole).value<desk::Message>();
        return message.text.section(QLatin1Char(' '), 2, 2).chopped(1).toInt();
    }
    /// The loop is about to wait: what was painted is out.
    void settle() {
        while (!m_due.empty() && m_due.front().number <= m_painted) {
            m_pixels.add(msSince(m_due.front().at));
            m_due.pop_front();
        }
    }

    DeskWindow &m_desk;
    store::LogId m_log;
    QTimer m_timer;
    std::deque<Due> m_due;
    Samples m_pixels, m_writes;
    int m_sent = 0, m_painted = 0;
};

void run(Bench &bench) {
    const auto application = makeApplication(bench.argc(), bench.argv());
    const style::Theme theme(*application, style::Scheme::Light);
    const SystemClock clock;
    const Stores stores(bench.arguments());
    Grown pixels(bench, QStringLiteral("event_to_pixels_p99_ms"), QStringLiteral("ms"), pixelsCeilingMs);
    Grown block(bench, QStringLiteral("longest_block_ms"), QStringLiteral("ms"), blockCeilingMs);
    for (const MeasuredStore &at : stores.all()) {
        DeskWindow desk(at, clock);
        static_cast<void>(desk.openMs(desk.longConversation()));
        desk.view().scrollToNewest();
        QTest::qWait(200);
        const BusyWatch watch;
        const Feed feed(desk, store::LogId(QStringLiteral("live-%1").arg(clock.now().toMSecsSinceEpoch())));
        // The real loop: QTest's waiting sleeps between its looks.
        QTimer::singleShot((seconds + 1) * 1000, application.get(), &QApplication::quit);
        QApplication::exec();
        const QJsonObject rate{{QStringLiteral("events_a_second"), eventsASecond},
                               {QStringLiteral("batches_seen"), qint64(feed.samples().count())}};
        QJsonObject some = rate;
        some.insert(QStringLiteral("median_ms"), feed.samples().median());
        some.insert(QStringLiteral("write_median_ms"), feed.writes().median());
        some.insert(QStringLiteral("write_p99_ms"), feed.writes().p99());
        pixels.add(at, feed.samples().p99(), some);
        QJsonObject more = rate;
        more.insert(QStringLiteral("p99_ms"), watch.busy().p99());
        block.add(at, watch.busy().most(), more);
    }
    pixels.reportRatio();
    block.reportRatio();
}

const Registration registration("live", run);

} // namespace

} // namespace longcode::bench
