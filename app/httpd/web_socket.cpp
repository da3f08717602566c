#include "httpd/web_socket.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>
#include <mutex>

namespace longcode::httpd {

namespace websocket = beast::websocket;

namespace {

constexpr std::size_t keptReadBuffer = 64 * 1024;

/// What the user's end and the connection's end of one socket share. Guarded by `mutex`.
struct Outbox {
    std::mutex mutex;
    std::deque<std::string> texts;
    std::size_t bytes = 0; ///< queued, the one being written included
    bool woken = false;    ///< the connection has been told to look
    bool closing = false;  ///< no more texts
    websocket::close_reason reason;
};

class WebSocketConnection final : public Connection,
                                  public std::enable_shared_from_this<WebSocketConnection> {
public:
    WebSocketConnection(Core &core, Seated seated, SocketAcceptor accept)
        : m_core(core)
        , m_seat(std::move(seated.seat))
        , m_accept(std::move(accept))
        , m_socket(std::move(seated.stream))
        , m_goodbye(core.io) {}

    void start(const Handshake &handshake);
    void stop() override { close(websocket::close_reason(websocket::close_code::going_away)); }
    void finish() override;
    void tick(Time) override {} // Beast keeps the time of WebSockets
    void pump();
    void close(websocket::close_reason reason);

private:
    void open();
    void read();
    void onMessage();
    void onWritten();
    void write();
    void limitGoodbye();
    void sendClose();

    Core &m_core;
    SeatHolder m_seat;
    SocketAcceptor m_accept;
    websocket::stream<Stream, false> m_socket;
    Handshake m_handshake;
    SocketHandlers m_handlers;
    std::shared_ptr<Outbox> m_outbox = std::make_shared<Outbox>();
    beast::flat_buffer m_incoming;
    std::string m_outgoing;
    net::steady_timer m_goodbye;
    bool m_open = false;
    bool m_writing = false;
    bool m_closeSent = false;
    bool m_leaving = false;
    bool m_finished = false;
};

/// The user's end. Any thread, and any time: it owns neither the connection nor the server.
class SocketEnd final : public Socket {
public:
    SocketEnd(std::weak_ptr<Core> core, std::weak_ptr<WebSocketConnection> connection,
              std::shared_ptr<Outbox> outbox, std::size_t limit)
        : m_core(std::move(core))
        , m_connection(std::move(connection))
        , m_outbox(std::move(outbox))
        , m_limit(limit) {}

    bool send(std::string text) override;
    [[nodiscard]] std::size_t queuedBytes() const override;
    void close(std::uint16_t code, std::string reason) override;

private:
    void wake() const;

    std::weak_ptr<Core> m_core;
    std::weak_ptr<WebSocketConnection> m_connection;
    std::shared_ptr<Outbox> m_outbox;
    std::size_t m_limit;
};

bool SocketEnd::send(std::string text) {
    bool mustWake = false;
    {
        const std::lock_guard lock(m_outbox->mutex);
        // A single text above the limit goes through an empty queue: it could never be sent otherwise.
        if (m_outbox->closing || (m_outbox->bytes > 0 && m_outbox->bytes + text.size() > m_limit))
            return false;
        m_outbox->bytes += text.size();
        m_outbox->texts.push_back(std::move(text));
        mustWake = !std::exchange(m_outbox->woken, true);
    }
    if (mustWake)
        wake();
    return true;
}

std::size_t SocketEnd::queuedBytes() const {
    const std::lock_guard lock(m_outbox->mutex);
    return m_outbox->bytes;
}

void SocketEnd::close(std::uint16_t code, std::string reason) {
    {
        const std::lock_guard lock(m_outbox->mutex);
        if (m_outbox->closing)
            return;
        m_outbox->closing = true;
        // RFC 6455, 5.5: a control frame carries at most 125 bytes, two of them the code.
        m_outbox->reason = websocket::close_reason(static_cast<websocket::close_code>(code),
                                                   beast::string_view(reason).substr(0, 123));
    }
    wake();
}

void SocketEnd::wake() const {
    const std::shared_ptr<Core> core = m_core.lock();
    if (!core)
        return;
    net::post(core->io, [connection = m_connection] {
        if (const auto self = connection.lock())
            self->pump();
    });
}

void WebSocketConnection::start(const Handshake &handshake) {
    m_handshake = handshake;
    m_core.add(shared_from_this());
    auto timeouts = websocket::stream_base::timeout::suggested(beast::role_type::server);
    timeouts.handshake_timeout = m_core.limits.readTimeout;
    timeouts.idle_timeout = m_core.limits.idleTimeout;
    m_socket.set_option(timeouts);
    m_socket.read_message_max(m_core.limits.messageBytes);
    m_socket.auto_fragment(false);
    m_socket.async_accept(m_handshake, [self = shared_from_this()](beast::error_code error) {
        if (error)
            return self->finish();
        self->open();
    });
}

void WebSocketConnection::open() {
    m_handshake = {};
    if (m_finished)
        return;
    m_open = true;
    const SocketAcceptor accept = std::move(m_accept);
    m_handlers = accept(std::make_shared<SocketEnd>(m_core.weak_from_this(), weak_from_this(), m_outbox,
                                                    m_core.limits.socketQueueBytes));
    read();
    if (m_core.stopping)
        stop();
}

void WebSocketConnection::read() {
    m_socket.async_read(m_incoming, [self = shared_from_this()](beast::error_code error, std::size_t) {
        if (error || self->m_finished)
            return self->finish();
        self->onMessage();
        self->read();
    });
}

void WebSocketConnection::onMessage() {
    std::string text = beast::buffers_to_string(m_incoming.data());
    m_incoming.clear();
    if (m_incoming.capacity() > keptReadBuffer)
        m_incoming.shrink_to_fit();
    if (m_socket.got_binary())
        return close(websocket::close_reason(websocket::close_code::unknown_data, "text messages only"));
    // What still comes in after the user's close is of no interest to anybody.
    if (m_handlers.message && !m_closeSent)
        m_handlers.message(std::move(text));
}

void WebSocketConnection::close(websocket::close_reason reason) {
    {
        const std::lock_guard lock(m_outbox->mutex);
        if (!m_outbox->closing)
            m_outbox->reason = std::move(reason);
        m_outbox->closing = true;
    }
    pump();
}

/// Writes the next text, or the close frame behind the last one.
void WebSocketConnection::pump() {
    if (m_finished || !m_open)
        return;
    const bool idle = !m_writing && !m_closeSent;
    bool closing = false;
    bool haveText = false;
    {
        const std::lock_guard lock(m_outbox->mutex);
        m_outbox->woken = false;
        closing = m_outbox->closing;
        haveText = !m_outbox->texts.empty();
        if (idle && haveText) {
            m_outgoing = std::move(m_outbox->texts.front());
            m_outbox->texts.pop_front();
        }
    }
    if (closing)
        limitGoodbye();
    if (idle && haveText)
        write();
    else if (idle && closing)
        sendClose();
}

/// A peer that does not read would keep a closing socket open for as long as it likes.
void WebSocketConnection::limitGoodbye() {
    if (std::exchange(m_leaving, true))
        return;
    m_goodbye.expires_after(goodbyeTime);
    m_goodbye.async_wait([self = shared_from_this()](beast::error_code cancelled) {
        if (!cancelled)
            self->finish();
    });
}

void WebSocketConnection::write() {
    m_writing = true;
    m_socket.async_write(net::buffer(m_outgoing),
                         [self = shared_from_this()](beast::error_code error, std::size_t) {
                             self->m_writing = false;
                             if (error)
                                 return self->finish();
                             self->onWritten();
                         });
}

void WebSocketConnection::onWritten() {
    bool empty = false;
    {
        const std::lock_guard lock(m_outbox->mutex);
        m_outbox->bytes -= std::min(m_outbox->bytes, m_outgoing.size());
        empty = m_outbox->texts.empty();
    }
    m_outgoing.clear();
    if (empty && !m_finished && m_handlers.drained)
        m_handlers.drained();
    pump();
}

void WebSocketConnection::sendClose() {
    m_closeSent = true;
    websocket::close_reason reason;
    {
        const std::lock_guard lock(m_outbox->mutex);
        reason = m_outbox->reason;
    }
    m_socket.async_close(reason, [self = shared_from_this()](beast::error_code) { self->finish(); });
}

void WebSocketConnection::finish() {
    if (m_finished)
        return;
    m_finished = true;
    {
        const std::lock_guard lock(m_outbox->mutex);
        m_outbox->closing = true;
        m_outbox->texts.clear();
        m_outbox->bytes = 0;
    }
    m_goodbye.cancel();
    beast::get_lowest_layer(m_socket).close();
    const SocketHandlers handlers = std::exchange(m_handlers, {});
    if (handlers.closed)
        handlers.closed();
    m_core.remove(shared_from_this());
}

} // namespace

void startWebSocket(Core &core, Seated seated, const Handshake &handshake, SocketAcceptor accept) {
    std::make_shared<WebSocketConnection>(core, std::move(seated), std::move(accept))->start(handshake);
}

} // namespace longcode::httpd
