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
    std::string
        remoteAddress;   ///< the client's: what a trusted proxy says, else the other end of the connection
    bool secure = false; ///< came over TLS, to us or to a trusted proxy

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
    /// What the answer says about the client. `failure`: it tried what it may not (a wrong signature, no
    /// token); many of them in a short time, and its address gets 429 for a while. `proven`: it has shown who
    /// it is, and what its address did before is forgiven.
    bool failure = false;
    bool proven = false;
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
    std::size_t headerBytes = 16 * 1024; ///< of the request line and all header fields: 431
    std::size_t targetBytes = 8 * 1024;  ///< of the request's address: 414
    std::size_t bodyBytes = 1 << 20;     ///< of one request: 413
    /// Of all requests that are being read or wait for their answer: 503 beyond it. The longest in reading
    /// makes room first.
    std::size_t bodyBudgetBytes = 64 << 20;
    std::chrono::milliseconds headerTimeout{10'000}; ///< TLS handshake and header of a request: 408
    std::chrono::milliseconds readTimeout{30'000};   ///< header and body together: 408
    /// A body must bring this much in every stretch of `slowAfter`, or it is given up: 408.
    std::size_t bodyBytesPerSecond = 512;
    std::chrono::milliseconds slowAfter{5'000};
    std::chrono::milliseconds idleTimeout{75'000}; ///< between requests of one connection
    std::chrono::milliseconds writeTimeout{30'000};
    /// At once. Beyond it whoever has been idle for longest is closed; when nobody is, new ones get 503.
    std::size_t connections = 4096;
    /// From one address, 0: no limit. Not for trusted proxies.
    std::size_t connectionsPerAddress = 0;
    std::size_t messageBytes = 8 << 20;      ///< of one incoming WebSocket message
    std::size_t socketQueueBytes = 16 << 20; ///< outgoing, per socket
    /// So many failures of an address within `failureWindow`, and it gets 429 for `failurePause`. 0: never.
    int failures = 0;
    std::chrono::milliseconds failureWindow{60'000};
    std::chrono::milliseconds failurePause{60'000};
    /// This machine itself is under no limit for addresses: tunnels end here.
    bool exemptLoopback = true;
};

struct Handlers {
    std::function<void(Request, Responder)> request;
    /// Unset: upgrades are answered 404.
    std::function<UpgradeDecision(const Request &)> upgrade{};
    /// Counts requests refused by the parser or a limit, with the status sent (0: closed without one).
    std::function<void(int status)> refused{};
    /// A sentence for the operator: a changed certificate that cannot be used. Never about a client.
    std::function<void(const std::string &sentence)> trouble{};
};

/// Certificate and key in PEM, the certificate first in its chain. Both empty: no TLS. Changed files are
/// noticed within `checkEvery` and count for new connections; the open ones go on.
struct TlsFiles {
    std::string certificate, key;
    std::chrono::milliseconds checkEvery{5'000};
};

/// Where and how a server listens.
struct Options {
    std::string host = "127.0.0.1"; ///< an IP address or "localhost"
    std::uint16_t port = 0;         ///< 0 takes a free one
    /// A socket that listens already (socket activation); host and port are not used. The server owns it.
    std::optional<int> listenDescriptor{};
    Limits limits{};
    TlsFiles tls{};
    /// Addresses or ranges ("10.0.0.0/8") whose X-Forwarded-For and X-Forwarded-Proto are believed. Forwarded
    /// (RFC 7239) is not: proxies that do not know it pass a client's own on.
    std::vector<std::string> trustedProxies{};
    /// Names and addresses, without port, that a request may be meant for (Host); others get 421. Empty: any.
    std::vector<std::string> allowedHosts{};
    /// Paths, with what is below them, whose requests reach the handler even while their address is paused
    /// for its failures; one that fails again gets 429. For requests that prove who they are, from addresses
    /// that strangers may share.
    std::vector<std::string> alwaysHeard{};
};

/// How busy a server is.
struct Load {
    std::size_t connections = 0; ///< open now
    std::size_t bodyBytes = 0;   ///< of bodies held now
    std::uint64_t accepted = 0;  ///< since the start
    std::uint64_t madeRoom = 0;  ///< closed for being idle when others came
    std::uint64_t limited = 0;   ///< requests answered 429
};

class Server {
public:
    /// Binds and starts. The error is a sentence. Several servers may live in one process.
    [[nodiscard]] static Result<std::unique_ptr<Server>, std::string> start(Options options,
                                                                            Handlers handlers);
    [[nodiscard]] static Result<std::unique_ptr<Server>, std::string>
    start(const std::string &host, std::uint16_t port, Limits limits, Handlers handlers);

    virtual ~Server() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Any thread.
    [[nodiscard]] virtual Load load() const = 0;
    /// Stops accepting, closes what is open and waits for the thread. No handler runs afterwards.
    virtual void stop() = 0;
};

} // namespace longcode::httpd
