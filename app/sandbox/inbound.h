#pragma once

#include "sandbox/message.h"

namespace longcode::sandbox {

class Progress;
class Reporter;
class Seeded;
class VirtualClock;
class World;

/// A message from somebody's phone to one of our numbers.
struct Incoming {
    std::string from;
    std::string to;
    std::string text{};
    std::optional<std::string> subject{};
    std::vector<MediaFile> media{};
    std::vector<std::string> cc{}; ///< the other participants of a group
    std::string groupId{};
};

/// Takes messages from phones: keywords block and unblock, HELP is answered, the rest is reported.
/// Main thread only.
class Inbound {
public:
    Inbound(World &world, Reporter &reporter, const VirtualClock &clock, const Seeded &seeded);

    /// The error is a sentence: the number is not ours, or belongs to no profile.
    [[nodiscard]] Result<Message *, std::string> receive(const Incoming &incoming);

private:
    void obey(const Message &message, const std::string &keyword);
    void answerKeyword(const Message &message);

    World &m_world;
    Reporter &m_reporter;
    const VirtualClock &m_clock;
    const Seeded &m_seeded;
};

/// "STOP", "START", "HELP", or empty: what a keyword in any case and with any blanks around it means.
[[nodiscard]] std::string keywordKind(const std::string &text);

} // namespace longcode::sandbox
