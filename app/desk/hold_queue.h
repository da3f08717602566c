#pragma once

#include "base/failure.h"
#include "store/values.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

/// A send with a time is not sent by itself when that time passed longer ago than this: a person decides.
inline constexpr std::chrono::minutes latestByItself{10};

/// Whether its time passed while nobody could send it.
[[nodiscard]] bool isMissed(const QDateTime &sendAt, const QDateTime &now);

/// Whether the API keeps a send until then (D40). What is nearer waits here for its time, what is further
/// away until it comes into reach.
[[nodiscard]] bool isTakenByApi(const QDateTime &sendAt, const QDateTime &now);

/// Lets held intents go when their time has come: those that can be taken back for some seconds, and those
/// whose time was out of the API's reach. Lives on the UI thread. The store knows what is held, so a console
/// that starts again goes on where it was; Held → Waiting happens there once.
///
/// Clocks jump (sleep, a change by hand): the time is looked at on every tick, and a tick comes each minute
/// at least.
class HoldQueue : public QObject {
    Q_OBJECT
public:
    HoldQueue(store::Store &store, store::Reader &reader, const Clock &clock, QObject *parent = nullptr);

    void start();
    void stop();
    /// Something is held, or is not any more: looks at what is next.
    void look();

Q_SIGNALS:
    /// It is Waiting now.
    void released(const longcode::store::IntentRecord &intent);
    void troubleChanged(const longcode::Failure &trouble);

private:
    void release(const store::IntentRecord &intent);
    void tell(const Failure &trouble);

    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    QTimer m_timer;
    QSet<store::IntentId> m_releasing;
    Failure m_trouble;
    bool m_started = false;
};

} // namespace longcode::desk
