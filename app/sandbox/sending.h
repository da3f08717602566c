#pragma once

#include "sandbox/message.h"
#include "sandbox/text_cost.h"

namespace longcode::sandbox {

class Progress;
class Reporter;
class Seeded;
class VirtualClock;
class World;
struct Profile;

/// Which operation a send came through: each allows other senders.
enum class Operation : std::uint8_t { Any, LongCode, ShortCode, Alphanumeric, NumberPool, Schedule, Group };

/// The rules of a send beyond the form of its body: who may send what to whom, and what it becomes.
/// Main thread only.
class Sending {
public:
    Sending(World &world, Progress &progress, Reporter &reporter, const VirtualClock &clock,
            const Seeded &seeded);

    /// `body` has passed its schema. Starts the message, or says why not in the documented words.
    [[nodiscard]] Result<Message *, Answer> send(Operation operation, const Json &body);

private:
    struct Sender {
        std::string address;
        SenderKind kind = SenderKind::LongCode;
        Profile *profile = nullptr;
    };
    using Check = std::optional<Answer>;

    [[nodiscard]] Result<Sender, Answer> sender(Operation operation, const Json &body, const std::string &to);
    [[nodiscard]] Result<Sender, Answer> ownSender(Operation operation, const std::string &from,
                                                   const std::string &profileId);
    [[nodiscard]] Result<Sender, Answer> alphaSender(const std::string &from, const std::string &profileId);
    [[nodiscard]] Result<Sender, Answer> poolSender(const std::string &profileId, const std::string &to);
    [[nodiscard]] Check profileAllows(Profile &profile) const;
    [[nodiscard]] Check contentAllowed(Operation operation, const Json &body) const;
    [[nodiscard]] Check destinationAllowed(const Sender &sender, const std::string &to, bool mms,
                                           const std::string &pointer) const;
    [[nodiscard]] Check timeAllowed(const Json &body) const;
    [[nodiscard]] Check encodeInto(Message &message, const Sender &sender, const Json &body) const;
    [[nodiscard]] Check spendAllowed(Profile &profile, const Message &message);
    [[nodiscard]] Message assemble(Operation operation, const Sender &sender,
                                   const std::vector<std::string> &to, const Json &body) const;

    World &m_world;
    Progress &m_progress;
    Reporter &m_reporter;
    const VirtualClock &m_clock;
    const Seeded &m_seeded;
};

} // namespace longcode::sandbox
