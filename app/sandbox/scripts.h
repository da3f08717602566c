#pragma once

#include "sandbox/customers.h"
#include "sandbox/message.h"

#include <map>
#include <string>

namespace longcode::sandbox {

class Inbound;
class Progress;
class Seeded;
class Timeline;
class World;

/// Lets the scripted customers answer what was delivered to them. Main thread only.
class Scripts {
public:
    Scripts(World &world, Inbound &inbound, const Progress &progress, Timeline &timeline,
            const Seeded &seeded);

    void heard(const Message &message, std::size_t recipient);
    void setEnabled(bool enabled) { m_enabled = enabled; }
    [[nodiscard]] bool isEnabled() const { return m_enabled; }
    /// Where the photos of customers can be fetched: "http://127.0.0.1:1234/sandbox/media/".
    void setMediaBase(std::string url) { m_mediaBase = std::move(url); }

private:
    void answer(const Customer &customer, const std::string &ours, const Reply &reply);

    World &m_world;
    Inbound &m_inbound;
    const Progress &m_progress;
    Timeline &m_timeline;
    const Seeded &m_seeded;
    bool m_enabled = true;
    std::string m_mediaBase;
    std::map<std::string, int, std::less<>> m_turns; ///< by customer; customers are few
};

} // namespace longcode::sandbox
