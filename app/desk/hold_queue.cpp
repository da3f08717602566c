#include "desk/hold_queue.h"

#include "base/clock.h"
#include "base/when_finished.h"
#include "desk/outbox.h"
#include "desk/schedule.h"
#include "store/reader.h"
#include "store/store.h"

#include <algorithm>

namespace longcode::desk {

namespace {
/// Clocks here and there differ, and a request takes its time.
constexpr std::chrono::seconds clockMargin{30};
constexpr std::chrono::milliseconds longestWait{60'000};
constexpr std::chrono::milliseconds tryAgainAfter{5'000};
} // namespace

bool isMissed(const QDateTime &sendAt, const QDateTime &now) {
    return sendAt.isValid() && sendAt.addSecs(std::chrono::seconds(latestByItself).count()) < now;
}

bool isTakenByApi(const QDateTime &sendAt, const QDateTime &now) {
    const std::chrono::milliseconds left(now.msecsTo(sendAt));
    return left >= Schedule::soonest + clockMargin && left <= Schedule::furthestAtApi - clockMargin;
}

HoldQueue::HoldQueue(store::Store &store, store::Reader &reader, const Clock &clock, QObject *parent)
    : QObject(parent), m_store(store), m_reader(reader), m_clock(clock) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HoldQueue::look);
}

void HoldQueue::start() {
    m_started = true;
    look();
}

void HoldQueue::stop() {
    m_started = false;
    m_timer.stop();
}

void HoldQueue::look() {
    if (!m_started)
        return;
    const QDateTime now = m_clock.now();
    std::chrono::milliseconds pause = longestWait;
    bool anyHeld = false;
    const QList<store::IntentRecord> held = m_reader.heldIntents();
    for (const store::IntentRecord &intent : held) {
        // Missed by a clock that may be set back again.
        anyHeld = true;
        if (isMissed(intent.sendAt, now) || m_releasing.contains(intent.intent))
            continue;
        const std::chrono::milliseconds left(now.msecsTo(intent.heldUntil));
        // The clock was set back: what can be taken back must not wait for as long as that.
        const bool setBack = !intent.sendAt.isValid() && left > Outbox::longestUndo;
        if (left.count() <= 0 || setBack)
            release(intent);
        else
            pause = std::min(pause, left);
    }
    if (anyHeld)
        m_timer.start(pause);
}

void HoldQueue::release(const store::IntentRecord &intent) {
    m_releasing.insert(intent.intent);
    whenFinished(m_store.releaseHeld(intent.intent), this,
                 [this, id = intent.intent](const Result<store::IntentRecord, store::StoreError> &done) {
                     m_releasing.remove(id);
                     if (done) {
                         tell({});
                         Q_EMIT released(*done);
                         return;
                     }
                     // Taken back, or let go by somebody else: there is nothing left to do.
                     using enum store::StoreErrorKind;
                     if (done.error().kind == WrongPhase || done.error().kind == NotFound)
                         return;
                     tell(store::sentence(done.error()));
                     if (m_started)
                         m_timer.start(tryAgainAfter);
                 });
}

void HoldQueue::tell(const Failure &trouble) {
    if (trouble == m_trouble)
        return;
    m_trouble = trouble;
    Q_EMIT troubleChanged(trouble);
}

} // namespace longcode::desk
