#include "httpd/core.h"

#include <algorithm>

namespace longcode::httpd {

namespace {

/// A body that has taken longer may be given up when room is needed.
constexpr std::chrono::seconds decentBodyTime{1};

/// Often enough that the shortest limit is kept to a quarter.
std::chrono::milliseconds tickFor(const Limits &limits) {
    const auto shortest = std::min({limits.headerTimeout, limits.readTimeout, limits.slowAfter,
                                    limits.idleTimeout, limits.writeTimeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(1000));
}

std::size_t indexOf(Standing standing) {
    return static_cast<std::size_t>(standing);
}

} // namespace

Seat::~Seat() {
    const auto seats = m_core.seats.find(m_client);
    if (seats != m_core.seats.end() && --seats->second == 0)
        m_core.seats.erase(seats);
}

Core::Core(Options optionsOfServer, Handlers handlersOfServer, TrustedProxies proxiesOfServer)
    : options(std::move(optionsOfServer))
    , handlers(std::move(handlersOfServer))
    , proxies(std::move(proxiesOfServer))
    , failures(options.limits)
    , m_tick(tickFor(options.limits)) {
    bodies.limit = limits.bodyBudgetBytes;
    bodies.makeRoom = [this] { return closeSlowBody(); };
    for (const std::string &host : options.allowedHosts)
        m_hosts.push_back(hostName(host));
}

void Core::add(std::shared_ptr<Connection> connection) {
    std::list<Connection *> &busy = m_lists[indexOf(Standing::Busy)];
    connection->m_place = busy.insert(busy.end(), connection.get());
    connection->m_standing = Standing::Busy;
    connections.insert(std::move(connection));
    figures.connections = connections.size();
}

void Core::remove(const std::shared_ptr<Connection> &connection) {
    if (connections.erase(connection) == 0)
        return;
    m_lists[indexOf(connection->m_standing)].erase(connection->m_place);
    figures.connections = connections.size();
    if (stopping && connections.empty()) {
        stopDeadline.cancel();
        watch.cancel();
    }
}

void Core::setStanding(Connection &connection, Standing standing) {
    std::list<Connection *> &to = m_lists[indexOf(standing)];
    to.splice(to.end(), m_lists[indexOf(connection.m_standing)], connection.m_place);
    connection.m_standing = standing;
    connection.m_since = std::chrono::steady_clock::now();
}

bool Core::closeSomebody() {
    for (const Standing standing : {Standing::Greeting, Standing::Waiting}) {
        const std::list<Connection *> &waiting = m_lists[indexOf(standing)];
        if (waiting.empty())
            continue;
        waiting.front()->finish();
        ++figures.madeRoom;
        return true;
    }
    return closeSlowBody();
}

bool Core::closeSlowBody() {
    const std::list<Connection *> &receiving = m_lists[indexOf(Standing::Receiving)];
    if (receiving.empty() || receiving.front()->m_since + decentBodyTime > std::chrono::steady_clock::now())
        return false;
    receiving.front()->finish();
    ++figures.madeRoom;
    reportRefused(0);
    return true;
}

bool Core::isExempt(const net::ip::address &address) const {
    return (limits.exemptLoopback && address.is_loopback()) || proxies.contains(address);
}

std::optional<SeatHolder> Core::seatFor(const net::ip::address &address) {
    if (limits.connectionsPerAddress == 0 || isExempt(address))
        return SeatHolder();
    const ClientKey client = clientKey(address);
    std::size_t &taken = seats[client];
    if (taken >= limits.connectionsPerAddress)
        return std::nullopt;
    ++taken;
    return std::make_shared<Seat>(*this, client);
}

bool Core::isAllowedHost(std::string_view authority) const {
    return m_hosts.empty() || std::ranges::find(m_hosts, hostName(authority)) != m_hosts.end();
}

bool Core::isAlwaysHeard(std::string_view path) const {
    return std::ranges::any_of(options.alwaysHeard, [path](const std::string &one) {
        return path.starts_with(one) && (path.size() == one.size() || path[one.size()] == '/');
    });
}

void Core::reportRefused(int status) const {
    if (handlers.refused)
        handlers.refused(status);
}

void Core::run() {
    for (bool again = true; again;) {
        again = false;
        try {
            io.run();
        } catch (const std::exception &) {
            again = true; // a handler threw: its responder has answered 500, everybody else goes on
        }
    }
    while (!connections.empty()) {
        const std::shared_ptr<Connection> connection = *connections.begin();
        connection->finish();
    }
}

void Core::keepTime() {
    watch.expires_after(m_tick);
    watch.async_wait([this](beast::error_code cancelled) {
        if (cancelled)
            return;
        const Time now = std::chrono::steady_clock::now();
        const std::vector<std::shared_ptr<Connection>> open(connections.begin(), connections.end());
        for (const std::shared_ptr<Connection> &connection : open)
            connection->tick(now);
        figures.bodyBytes = bodies.held;
        if (!stopping || !connections.empty())
            keepTime();
    });
}

void Core::beginStop() {
    if (std::exchange(stopping, true))
        return;
    beast::error_code ignored;
    acceptor.close(ignored);
    acceptAgain.cancel();
    const std::vector<std::shared_ptr<Connection>> open(connections.begin(), connections.end());
    for (const std::shared_ptr<Connection> &connection : open)
        connection->stop();
    if (connections.empty()) {
        watch.cancel();
        return;
    }
    stopDeadline.expires_after(std::chrono::seconds(1));
    stopDeadline.async_wait([this](beast::error_code cancelled) {
        if (!cancelled)
            io.stop();
    });
}

} // namespace longcode::httpd
