#pragma once

#include "httpd/net.h"

#include "httpd/tls.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>

#include <array>
#include <functional>

namespace longcode::httpd {

/// A connection, plain or under TLS: one type, so that Beast's templates are made once. Deadlines are its
/// owner's affair. On the server's thread; callbacks come from the loop, never from within a call. One read
/// and one write at a time.
class Stream {
public:
    using executor_type = net::io_context::executor_type;
    using Ready = std::function<void(beast::error_code)>;
    using Done = std::function<void(beast::error_code, std::size_t)>;
    /// What is written at once. Unused places are empty.
    using Gathered = std::array<net::const_buffer, 4>;

    explicit Stream(Peer peer);

    executor_type get_executor();
    [[nodiscard]] Peer &socket();
    [[nodiscard]] bool isSecure() const;

    /// Becomes a TLS connection, when the client agrees.
    void startTls(TlsContext &context, Ready done);
    /// Until `readSome` may find something, without a buffer in the meantime.
    void awaitBytes(Ready done);
    void readSome(net::mutable_buffer buffer, Done done);
    void writeSome(const Gathered &buffers, Done done);

    /// What is waited for ends with an error.
    void cancel();
    /// We have said everything; what the client says can still be read.
    void endSending();
    void close();

    // What Asio and Beast ask of a stream.
    template <class Buffers, class Handler>
    auto async_read_some(const Buffers &buffers, Handler &&handler) {
        return net::async_initiate<Handler, void(beast::error_code, std::size_t)>(
            [this](auto &&done, net::mutable_buffer buffer) { readSome(buffer, erased(std::move(done))); },
            handler, firstOf(buffers));
    }
    template <class Buffers, class Handler>
    auto async_write_some(const Buffers &buffers, Handler &&handler) {
        return net::async_initiate<Handler, void(beast::error_code, std::size_t)>(
            [this](auto &&done, const Gathered &gathered) { writeSome(gathered, erased(std::move(done))); },
            handler, gather(buffers));
    }

private:
    struct Open;

    static void read(const std::shared_ptr<Open> &open, net::mutable_buffer buffer, Done done);
    static void write(const std::shared_ptr<Open> &open, const Gathered &buffers, Done done);
    static void shakeHands(const std::shared_ptr<Open> &open, Ready done);

    template <class Handler>
    static Done erased(Handler handler) {
        return [kept = std::make_shared<Handler>(std::move(handler))](beast::error_code error,
                                                                      std::size_t size) {
            Handler own = std::move(*kept);
            own(error, size);
        };
    }
    template <class Buffers>
    static net::mutable_buffer firstOf(const Buffers &buffers) {
        for (auto it = net::buffer_sequence_begin(buffers); it != net::buffer_sequence_end(buffers); ++it) {
            const net::mutable_buffer buffer(*it);
            if (buffer.size() > 0)
                return buffer;
        }
        return {};
    }
    template <class Buffers>
    static Gathered gather(const Buffers &buffers) {
        Gathered out;
        std::size_t count = 0;
        for (auto it = net::buffer_sequence_begin(buffers);
             it != net::buffer_sequence_end(buffers) && count < out.size(); ++it) {
            const net::const_buffer buffer(*it);
            if (buffer.size() > 0)
                out[count++] = buffer;
        }
        return out;
    }

    std::shared_ptr<Open> m_open;
};

// Beast finds these by their arguments.
inline void beast_close_socket(Stream &stream) {
    stream.close();
}
template <class Handler>
void async_teardown(beast::role_type, Stream &stream, Handler &&handler) {
    stream.endSending();
    net::post(stream.get_executor(),
              [done = std::forward<Handler>(handler)]() mutable { done(beast::error_code{}); });
}

} // namespace longcode::httpd
