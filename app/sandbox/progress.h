#pragma once

#include "sandbox/customers.h"
#include "sandbox/message.h"

#include <functional>
#include <vector>

namespace longcode::sandbox {

class Reporter;
class Seeded;
class Timeline;
class VirtualClock;
class World;

/// A fate that a control request wants for the next messages.
struct Outcome {
    Fate fate;
    std::string to{}; ///< only for messages to this number; empty: any
    int times = 1;
};

/// Moves outbound messages from queued over sending and sent to their end, with delays of 150 to 1,200 ms
/// at speed 1, and reports sent and finalized. Main thread only.
class Progress {
public:
    Progress(World &world, Timeline &timeline, const VirtualClock &clock, const Seeded &seeded,
             Reporter &reporter, double speed);

    /// Called for each addressee that a message was delivered to.
    std::function<void(const Message &, std::size_t recipient)> delivered{};

    /// Starts now, or at the message's `sendAt`.
    void start(Message &message);
    /// Calls off everything planned for the message.
    void halt(Message &message);
    /// Puts the message into this state at once and reports it; nothing planned for it happens any more.
    void force(Message &message, const Fate &fate);

    void expect(Outcome outcome) { m_outcomes.push_back(std::move(outcome)); }
    void forgetOutcomes() { m_outcomes.clear(); }
    [[nodiscard]] const std::vector<Outcome> &outcomes() const { return m_outcomes; }
    [[nodiscard]] std::chrono::milliseconds atSpeed(int ms) const;

private:
    void run(Message &message);
    void step(Message &message, std::size_t recipient, const Fate &fate);
    void later(const Message &message, std::size_t recipient, const Fate &fate, int soonest, int latest);
    void enterSent(Message &message, std::size_t recipient);
    void enterFinal(Message &message, std::size_t recipient, const Fate &fate);
    [[nodiscard]] Fate takeFate(const std::string &number);

    World &m_world;
    Timeline &m_timeline;
    const VirtualClock &m_clock;
    const Seeded &m_seeded;
    Reporter &m_reporter;
    double m_speed;
    std::vector<Outcome> m_outcomes;
};

} // namespace longcode::sandbox
