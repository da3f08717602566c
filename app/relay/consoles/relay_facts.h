#pragma once

#include "protocol/protocol.h"

#include <functional>

namespace longcode::relay {

/// What the console hub does not know itself about the relay it is part of. Both are asked on the hub's
/// thread; `done` is called once, on any thread, at once or later. Neither is owned by the hub; they outlive
/// it.

/// The figures of the relay's page.
class StateSource {
public:
    virtual ~StateSource() = default;
    /// Everything the relay knows, readers and forwards included. The hub fills in who is connected, and
    /// takes out what the asking console may not see.
    virtual void state(std::function<void(protocol::RelayState)> done) = 0;
};

/// Sends the relay a signed event through its public address.
class SelfTester {
public:
    virtual ~SelfTester() = default;
    /// `done` gets whether it arrived, and a sentence. Must end by itself, within a minute.
    virtual void selfTest(std::function<void(bool arrived, QString message)> done) = 0;
};

} // namespace longcode::relay
