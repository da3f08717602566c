#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>

namespace longcode::sandbox {

class VirtualClock;

/// What is going to happen, in the order of the virtual clock. One QTimer serves all actions. Main thread
/// only; actions that are due at the same time run in the order in which they were planned.
class Timeline : public QObject {
    Q_OBJECT
public:
    explicit Timeline(VirtualClock &clock, QObject *parent = nullptr);

    void after(std::chrono::milliseconds delay, std::function<void()> action);
    /// Moves the clock and runs, each at its own time, everything that falls due on the way, also what those
    /// actions plan in turn.
    void advance(std::chrono::milliseconds by);
    [[nodiscard]] std::size_t pending() const { return m_actions.size(); }

private:
    void runDue();
    void arm();

    VirtualClock &m_clock;
    QTimer m_timer;
    std::multimap<qint64, std::function<void()>> m_actions;
};

} // namespace longcode::sandbox
