#pragma once

#include "httpd/core.h"

#include "httpd/incoming.h"
#include "httpd/stream.h"

namespace longcode::httpd {

/// A connection with the seat it takes.
struct Seated {
    Stream stream;
    SeatHolder seat;
};

/// Answers the handshake, calls `accept` when it is through, and serves the socket until it is closed.
void startWebSocket(Core &core, Seated seated, const Handshake &handshake, SocketAcceptor accept);

} // namespace longcode::httpd
