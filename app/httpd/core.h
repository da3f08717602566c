#pragma once

#include "httpd/net.h"

#include "httpd/body_budget.h"
#include "httpd/failures.h"
#include "httpd/httpd.h"
#include "httpd/tls.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <list>
#include <memory>
#include <unordered_map>
#include <unordered_set>

/// Private to the room: what the server and its connections share.
namespace longcode::httpd {

using Acceptor = net::basic_socket_acceptor<net::ip::tcp, net::io_context::executor_type>;
using Time = std::chrono::steady_clock::time_point;

/// How long an orderly goodbye may take before the connection is cut.
inline constexpr std::chrono::seconds goodbyeTime{5};

/// What a connection is at, for the choice of who leaves when room is needed.
enum class Standing : unsigned char {
    Greeting,  ///< a TLS handshake: nobody has asked for anything yet
    Waiting,   ///< for a request: may be closed without harm
    Receiving, ///< a body
    Busy       ///< everything else
};

/// One open connection. Lives on the server's thread; the core owns it until `Core::remove`.
class Connection {
public:
    virtual ~Connection() = default;
    /// The server stops: leave soon.
    virtual void stop() = 0;
    /// Cut at once: close the socket, report, and remove from the core. Harmless when done already.
    virtual void finish() = 0;
    /// Looks whether it is overdue. Called every now and then.
    virtual void tick(Time now) = 0;

private:
    friend class Core;
    std::list<Connection *>::iterator m_place;
    Standing m_standing = Standing::Busy;
    Time m_since{}; ///< of the standing
};

class Core;

/// One of the connections that an address may have. Goes over to the WebSocket.
class Seat {
public:
    Seat(Core &core, const ClientKey &client) : m_core(core), m_client(client) {}
    ~Seat();
    Seat(const Seat &) = delete;
    Seat &operator=(const Seat &) = delete;

private:
    Core &m_core;
    const ClientKey m_client;
};
using SeatHolder = std::shared_ptr<Seat>;

/// Everything of one server. Shared with the thread; responders and sockets hold it weakly. Only `io` and
/// `load` may be touched from other threads.
class Core : public std::enable_shared_from_this<Core> {
public:
    Core(Options optionsOfServer, Handlers handlersOfServer, TrustedProxies proxiesOfServer);

    void add(std::shared_ptr<Connection> connection);
    void remove(const std::shared_ptr<Connection> &connection);
    void setStanding(Connection &connection, Standing standing);
    /// Closes whoever has been waiting for longest, else whoever has been sending a body for longest. False:
    /// all are busy.
    bool closeSomebody();
    /// Nothing: the address has all that it may have.
    [[nodiscard]] std::optional<SeatHolder> seatFor(const net::ip::address &address);
    /// Whether limits for addresses do not count for this one.
    [[nodiscard]] bool isExempt(const net::ip::address &address) const;
    [[nodiscard]] bool isAllowedHost(std::string_view authority) const;
    [[nodiscard]] bool isAlwaysHeard(std::string_view path) const;
    void reportRefused(int status) const;
    /// Runs until stopped and all connections are gone. Survives handlers that throw.
    void run();
    /// Lets the connections look at the time, again and again.
    void keepTime();
    /// On the server's thread: no new connections, goodbye to the open ones.
    void beginStop();

    const Options options;
    const Limits &limits = options.limits;
    const Handlers handlers;
    const TrustedProxies proxies;
    std::unique_ptr<TlsContext> tls;
    BodyBudget bodies;
    FailureTable failures;
    std::unordered_map<ClientKey, std::size_t, ClientKeyHash> seats;
    std::unordered_set<std::shared_ptr<Connection>> connections;
    bool stopping = false;

    struct Figures {
        std::atomic<std::size_t> connections = 0, bodyBytes = 0;
        std::atomic<std::uint64_t> accepted = 0, madeRoom = 0, limited = 0;
    };
    Figures figures;

    // After what its pending operations refer to: they are destroyed with it.
    net::io_context io{1};
    Acceptor acceptor{io};
    net::steady_timer acceptAgain{io};
    net::steady_timer stopDeadline{io};
    net::steady_timer watch{io};

private:
    bool closeSlowBody();

    std::list<Connection *> m_lists[4];
    std::vector<std::string> m_hosts;
    std::chrono::milliseconds m_tick;
};

} // namespace longcode::httpd
