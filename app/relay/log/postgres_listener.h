#pragma once

#include "relay/log/event_table.h"
#include "relay/log/store_address.h"

#include <QThread>

namespace longcode::relay {

/// Hears from PostgreSQL (LISTEN) what other processes add to the log and tell each other. A thread with an
/// event loop and a connection of its own. Each second it also looks for itself, should a notification be
/// lost; after a lost connection it connects again, waiting longer each time, up to five seconds.
class PostgresListener {
public:
    struct Callbacks {
        std::function<void(qint64)> head; ///< there are events up to this seq
        std::function<void(LogBounds)> bounds;
        std::function<void(QString)> told; ///< payload of the peers' channel
    };

    PostgresListener(const StoreAddress &address, Callbacks callbacks);
    ~PostgresListener();
    void stop();

private:
    class Ear;
    QThread m_thread;
};

/// The channel for what processes tell each other.
inline constexpr char peersChannel[] = "longcode_relay_peers";

} // namespace longcode::relay
