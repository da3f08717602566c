#pragma once

#include "sandbox/message.h"

namespace longcode::sandbox {

class Seeded;
class VirtualClock;
class WebhookSender;
class World;
struct Profile;

/// Turns what happens to messages into webhooks: envelope, event id, addresses (the message's own first,
/// then those of its profile). Main thread only.
class Reporter {
public:
    Reporter(World &world, WebhookSender &webhooks, const VirtualClock &clock, const Seeded &seeded);

    void sent(Message &message, std::size_t recipient);
    void finalized(Message &message, std::size_t recipient);
    void received(Message &message);
    void spendLimitReached(const Profile &profile);

private:
    void report(const char *type, Message &message, std::optional<std::size_t> recipient);
    void send(const std::string &type, const std::string &eventId, Json body, const std::string &messageId,
              std::vector<std::string> urls);
    [[nodiscard]] std::vector<std::string> urlsFor(const Message &message) const;

    World &m_world;
    WebhookSender &m_webhooks;
    const VirtualClock &m_clock;
    const Seeded &m_seeded;
};

} // namespace longcode::sandbox
