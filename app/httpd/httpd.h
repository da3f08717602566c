#pragma once

#include "base/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP/1.1 and WebSocket server. The one place that knows Boost.Beast; no Beast type leaves it. No Qt.
///
/// The server runs on one thread of its own. Handlers are called there and must not block. A `Responder`,
/// a `Socket` and the `Server` may be used from any thread, also after the client has gone.
namespace longcode::httpd {

struct Header {
    std::string name, value;
};

struct Request {
    std::string method;
    std::string target; ///< path and query as sent
    std::string path; ///< percent-decoded, without query; a path that does not decode is answered 400 before
                      ///< any handler
    std::vector<std::pair<std::string, std::string>> query; ///< decoded, in order
    std::vector<Header> headers;
    std::string body; ///< raw bytes, unchunked
    std::string remoteAddress;

    /// The first header of that name, without regard to case; empty when absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> queryValue(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string body{};
    std::string contentType = "text/plain; charset=utf-8"; ///< not sent with an empty body
    std::vector<Header> headers{};
    /// Close the TCP connection instead of answering (the sandbox's fault injection).
    bool drop = false;
};

/// Answers one request. The first call counts, later ones are ignored. Destroyed unused: 500.
class Responder {
public:
    class State;
    explicit Responder(std::shared_ptr<State> state);
    void operator()(Response response) const;

private:
    std::shared_ptr<State> m_state;
};

/// One WebSocket connection, server side.
class Socket {
public:
    virtual ~Socket() = default;
    /// Queues a text message. False: the queue is above `Limits::socketQueueBytes`, or the socket is closed;
    /// nothing was queued.
    virtual bool send(std::string text) = 0;
    /// Bytes queued and not yet written.
    [[nodiscard]] virtual std::size_t queuedBytes() const = 0;
    virtual void close(std::uint16_t code, std::string reason) = 0;
};

/// Callbacks of a WebSocket, on the server's thread.
struct SocketHandlers {
    std::function<void(std::string text)> message{};
    std::function<void()> drained{}; ///< the queue became empty
    std::function<void()> closed{};  ///< always called once, last
};

/// What an upgrade request gets: either a refusal, or handlers made for the accepted socket.
using SocketAcceptor = std::function<SocketHandlers(std::shared_ptr<Socket>)>;
struct UpgradeDecision {
    std::optional<Response> refusal{};
    SocketAcceptor accept{}; ///< called when refusal is empty
};

struct Limits {
    std::size_t headerBytes = 16 * 1024;
    std::size_t bodyBytes = 1 << 20;
    std::chrono::milliseconds readTimeout{30'000}; ///< header and body together
    std::chrono::milliseconds idleTimeout{75'000}; ///< between requests of one connection
    std::chrono::milliseconds writeTimeout{30'000};
    std::size_t connections = 4096;
    std::size_t messageBytes = 8 << 20;      ///< of one incoming WebSocket message
    std::size_t socketQueueBytes = 16 << 20; ///< outgoing, per socket
};

struct Handlers {
    std::function<void(Request, Responder)> request;
    /// Unset: upgrades are answered 404.
    std::function<UpgradeDecision(const Request &)> upgrade{};
    /// Counts requests refused by the parser or a limit, with the status sent (0: closed without one).
    std::function<void(int status)> refused{};
};

class Server {
public:
    /// Binds and starts. `host` is an IP address or "localhost"; port 0 takes a free one. The error is a
    /// sentence.
    [[nodiscard]] static Result<std::unique_ptr<Server>, std::string>
    start(const std::string &host, std::uint16_t port, Limits limits, Handlers handlers);

    virtual ~Server() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Stops accepting, closes what is open and waits for the thread. No handler runs afterwards.
    virtual void stop() = 0;
};

} // namespace longcode::httpd
