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

void onAccepted(Core &core, beast::error_code error, Peer peer) {
    if (core.stopping || error == net::error::operation_aborted)
        return;
    if (error) {
        // Out of descriptors, as a rule: others will be given back, asking at once would only burn time.
        core.acceptAgain.expires_after(acceptPause);
        core.acceptAgain.async_wait([&core](beast::error_code cancelled) {
            if (!cancelled)
                acceptNext(core);
        });
        return;
    }
    if (core.connections.size() >= core.limits.connections) {
        beast::error_code ignored;
        peer.non_blocking(true, ignored);
        peer.send(net::buffer(fullAnswer, sizeof fullAnswer - 1), 0, ignored);
        peer.shutdown(tcp::socket::shutdown_send, ignored);
        core.reportRefused(503);
    } else {
        const auto connection = std::make_shared<HttpConnection>(core, std::move(peer));
        core.add(connection);
        connection->start();
    }
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

} // namespace

Core::Core(Limits limitsOfServer, Handlers handlersOfServer)
    : limits(limitsOfServer), handlers(std::move(handlersOfServer)) {}

void Core::add(std::shared_ptr<Connection> connection) {
    connections.insert(std::move(connection));
}

void Core::remove(const std::shared_ptr<Connection> &connection) {
    connections.erase(connection);
    if (stopping && connections.empty())
        stopDeadline.cancel();
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

void Core::beginStop() {
    if (std::exchange(stopping, true))
        return;
    beast::error_code ignored;
    acceptor.close(ignored);
    acceptAgain.cancel();
    const std::vector<std::shared_ptr<Connection>> open(connections.begin(), connections.end());
    for (const std::shared_ptr<Connection> &connection : open)
        connection->stop();
    if (connections.empty())
        return;
    stopDeadline.expires_after(std::chrono::seconds(1));
    stopDeadline.async_wait([this](beast::error_code cancelled) {
        if (!cancelled)
            io.stop();
    });
}

Result<std::unique_ptr<Server>, std::string> Server::start(const std::string &host, std::uint16_t port,
                                                           Limits limits, Handlers handlers) {
    beast::error_code error;
    const auto address = net::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
    if (error)
        return failed("“" + host + "” is not an IP address to listen on.");
    const auto core = std::make_shared<Core>(limits, std::move(handlers));
    const tcp::endpoint endpoint(address, port);
    core->acceptor.open(endpoint.protocol(), error);
#ifndef _WIN32
    // On Windows the option would let two programs share the port.
    if (!error)
        core->acceptor.set_option(net::socket_base::reuse_address(true), error);
#endif
    if (!error)
        core->acceptor.bind(endpoint, error);
    if (!error)
        core->acceptor.listen(net::socket_base::max_listen_connections, error);
    if (error)
        return failed("Cannot listen on " + host + " port " + std::to_string(port) + ": " + error.message() +
                      ".");
    const std::uint16_t bound = core->acceptor.local_endpoint(error).port();
    acceptNext(*core);
    return std::make_unique<BeastServer>(core, bound);
}

} // namespace longcode::httpd
