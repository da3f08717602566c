#pragma once

#include <utility> // Boost 1.74's Asio forgets it

#include "httpd/httpd.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>

#include <memory>
#include <unordered_set>

/// Private to the room: what the server and its connections share.
namespace longcode::httpd {

namespace net = boost::asio;
namespace beast = boost::beast;

/// A TCP stream with a deadline, on the one executor there is.
using Stream = beast::basic_stream<net::ip::tcp, net::io_context::executor_type>;
using Peer = net::basic_stream_socket<net::ip::tcp, net::io_context::executor_type>;
using Acceptor = net::basic_socket_acceptor<net::ip::tcp, net::io_context::executor_type>;

/// How long an orderly goodbye may take before the connection is cut.
inline constexpr std::chrono::seconds goodbyeTime{5};

/// One open connection. Lives on the server's thread; the core owns it until `Core::remove`.
class Connection {
public:
    virtual ~Connection() = default;
    /// The server stops: leave soon.
    virtual void stop() = 0;
    /// Cut at once: close the socket, report, and remove from the core. Harmless when done already.
    virtual void finish() = 0;
};

/// Everything of one server. Shared with the thread; responders and sockets hold it weakly. Only `io` may be
/// touched from other threads.
class Core : public std::enable_shared_from_this<Core> {
public:
    Core(Limits limitsOfServer, Handlers handlersOfServer);

    void add(std::shared_ptr<Connection> connection);
    void remove(const std::shared_ptr<Connection> &connection);
    void reportRefused(int status) const;
    /// Runs until stopped and all connections are gone. Survives handlers that throw.
    void run();
    /// On the server's thread: no new connections, goodbye to the open ones.
    void beginStop();

    const Limits limits;
    const Handlers handlers;
    std::unordered_set<std::shared_ptr<Connection>> connections;
    bool stopping = false;
    // After what its pending operations refer to: they are destroyed with it.
    net::io_context io{1};
    Acceptor acceptor{io};
    net::steady_timer acceptAgain{io};
    net::steady_timer stopDeadline{io};
};

} // namespace longcode::httpd
