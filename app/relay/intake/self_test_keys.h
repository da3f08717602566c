#pragma once

#include "events/events.h"

namespace longcode::relay {

/// The relay's question to itself, through its public address: an event of type selfTestEvent, signed with a
/// key that was made for this one time. `data.id` is its nonce. Called on the HTTP server's thread.
class SelfTestKeys {
public:
    virtual ~SelfTestKeys() = default;
    /// Nothing while no self-test is on its way.
    [[nodiscard]] virtual std::optional<events::PublicKey> current() = 0;
    virtual void arrived(QByteArray nonce) = 0;
};

/// The only event that such a key may sign.
inline constexpr char selfTestEvent[] = "longcode.self_test";

} // namespace longcode::relay
