#include "httpd/core.h"

#include "httpd/http_connection.h"

#include <boost/asio/post.hpp>

#include <mutex>
#include <thread>

namespace longcode::httpd {

namespace {

using net::ip::tcp;

constexpr std::chrono::milliseconds acceptPause{100};
constexpr char fullAnswer[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
                              "Connection: close\r\n\r\n";

void acceptNext(Core &core);

/// Says at once that there is no room, where that can be said in the clear.
void turnAway(const Core &core, Peer &peer) {
    beast::error_code ignored;
    peer.non_blocking(true, ignored);
    if (!core.tls)
        peer.send(net::buffer(fullAnswer, sizeof fullAnswer - 1), 0, ignored);
    peer.shutdown(tcp::socket::shutdown_send, ignored);
    core.reportRefused(503);
}

void admit(Core &core, Peer peer) {
    beast::error_code error;
    const tcp::endpoint endpoint = peer.remote_endpoint(error);
    if (error)
        return; // gone already
    ++core.figures.accepted;
    auto seat = core.seatFor(endpoint.address());
    const bool full = core.connections.size() >= core.limits.connections;
    if (!seat || (full && !core.closeSomebody()))
        return turnAway(core, peer);
    const auto connection =
        std::make_shared<HttpConnection>(core, std::move(peer), endpoint.address(), std::move(*seat));
    core.add(connection);
    connection->start();
}

void onAccepted(Core &core, beast::error_code error, Peer peer) {
    if (core.stopping || error == net::error::operation_aborted)
        return;
    if (error) {
        // Out of descriptors, as a rule: idle ones are given back, asking at once would only burn time.
        core.closeSomebody();
        core.acceptAgain.expires_after(acceptPause);
        core.acceptAgain.async_wait([&core](beast::error_code cancelled) {
            if (!cancelled)
                acceptNext(core);
        });
        return;
    }
    admit(core, std::move(peer));
    acceptNext(core);
}

void acceptNext(Core &core) {
    core.acceptor.async_accept(
        [&core](beast::error_code error, Peer peer) { onAccepted(core, error, std::move(peer)); });
}

class BeastServer final : public Server {
public:
    BeastServer(std::shared_ptr<Core> core, std::uint16_t port)
        : m_core(std::move(core)), m_port(port), m_thread([running = m_core] { running->run(); }) {}

    ~BeastServer() override {
        stop();
        if (m_thread.joinable())
            m_thread.detach(); // destroyed by one of its own handlers: the thread ends by itself
    }

    [[nodiscard]] std::uint16_t port() const override { return m_port; }

    [[nodiscard]] Load load() const override {
        const Core::Figures &figures = m_core->figures;
        return {figures.connections, figures.bodyBytes, figures.accepted, figures.madeRoom, figures.limited};
    }

    void stop() override {
        net::post(m_core->io, [core = m_core.get()] { core->beginStop(); });
        const std::lock_guard lock(m_joining);
        if (m_thread.joinable() && m_thread.get_id() != std::this_thread::get_id())
            m_thread.join();
    }

private:
    std::shared_ptr<Core> m_core;
    std::uint16_t m_port;
    std::mutex m_joining;
    std::thread m_thread;
};

/// The family of a socket that was made elsewhere.
tcp familyOf(int descriptor) {
    sockaddr_storage address{};
#ifdef _WIN32
    int size = sizeof address;
#else
    socklen_t size = sizeof address;
#endif
    if (getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) == 0 &&
        address.ss_family == AF_INET6)
        return tcp::v6();
    return tcp::v4();
}

/// Binds and listens, or takes over what listens already.
Result<void, std::string> openListener(Core &core) {
    const Options &options = core.options;
    beast::error_code error;
    if (options.listenDescriptor) {
        core.acceptor.assign(familyOf(*options.listenDescriptor), *options.listenDescriptor, error);
        if (error)
            return failed("The socket that was handed over cannot be used: " + error.message() + ".");
        return {};
    }
    const auto address =
        net::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, error);
    if (error)
        return failed("“" + options.host + "” is not an IP address to listen on.");
    const tcp::endpoint endpoint(address, options.port);
    core.acceptor.open(endpoint.protocol(), error);
#ifndef _WIN32
    // On Windows the option would let two programs share the port.
    if (!error)
        core.acceptor.set_option(net::socket_base::reuse_address(true), error);
#endif
    if (!error)
        core.acceptor.bind(endpoint, error);
    if (!error)
        core.acceptor.listen(net::socket_base::max_listen_connections, error);
    if (error)
        return failed("Cannot listen on " + options.host + " port " + std::to_string(options.port) + ": " +
                      error.message() + ".");
    return {};
}

} // namespace

Result<std::unique_ptr<Server>, std::string> Server::start(Options options, Handlers handlers) {
    auto proxies = TrustedProxies::parse(options.trustedProxies);
    if (!proxies)
        return failed(std::string(proxies.error()));
    const auto core = std::make_shared<Core>(std::move(options), std::move(handlers), std::move(*proxies));
    const TlsFiles &files = core->options.tls;
    if (!files.certificate.empty() || !files.key.empty()) {
        auto tls = TlsContext::load(files, core->handlers.trouble);
        if (!tls)
            return failed(std::string(tls.error()));
        core->tls = std::move(*tls);
    }
    if (const auto opened = openListener(*core); !opened)
        return failed(std::string(opened.error()));
    beast::error_code ignored;
    const std::uint16_t bound = core->acceptor.local_endpoint(ignored).port();
    acceptNext(*core);
    core->keepTime();
    return std::make_unique<BeastServer>(core, bound);
}

Result<std::unique_ptr<Server>, std::string> Server::start(const std::string &host, std::uint16_t port,
                                                           Limits limits, Handlers handlers) {
    Options options;
    options.host = host;
    options.port = port;
    options.limits = limits;
    return start(std::move(options), std::move(handlers));
}

} // namespace longcode::httpd
