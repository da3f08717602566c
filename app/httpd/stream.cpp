#include "httpd/stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>

namespace longcode::httpd {

namespace {

/// The most that fits into one TLS record.
constexpr std::size_t recordBytes = 16 * 1024;

constexpr char speaksTls[] = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
                             "Content-Length: 41\r\nConnection: close\r\n\r\n"
                             "This port speaks TLS: ask with https://.\n";

} // namespace

struct Stream::Open {
    explicit Open(Peer connected) : peer(std::move(connected)) {
        beast::error_code ignored;
        peer.non_blocking(true, ignored);
    }

    std::size_t receive(net::mutable_buffer buffer, beast::error_code &error);
    std::size_t send(const Gathered &buffers, beast::error_code &error);
    /// What the last call of OpenSSL wants, or why it failed.
    beast::error_code verdict(int result);

    Peer peer;
    Peer::wait_type waitFor = Peer::wait_read; ///< what TLS waits for, after would_block
    bool broken = false;                       ///< TLS allows no further call after a failure
    Ssl ssl;                                   ///< goes before the socket it writes to
};

beast::error_code Stream::Open::verdict(int result) {
    switch (SSL_get_error(ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
        waitFor = Peer::wait_read;
        return net::error::would_block;
    case SSL_ERROR_WANT_WRITE:
        waitFor = Peer::wait_write;
        return net::error::would_block;
    case SSL_ERROR_ZERO_RETURN:
        return net::error::eof;
    default:
        broken = true;
        return net::error::connection_reset;
    }
}

std::size_t Stream::Open::receive(net::mutable_buffer buffer, beast::error_code &error) {
    error = {};
    if (buffer.size() == 0)
        return 0;
    if (!ssl) {
        waitFor = Peer::wait_read;
        return peer.receive(buffer, 0, error);
    }
    std::size_t size = 0;
    ERR_clear_error();
    if (broken)
        error = net::error::connection_reset;
    else if (const int result = SSL_read_ex(ssl.get(), buffer.data(), buffer.size(), &size); result != 1)
        error = verdict(result);
    return size;
}

std::size_t Stream::Open::send(const Gathered &buffers, beast::error_code &error) {
    error = {};
    if (net::buffer_size(buffers) == 0)
        return 0;
    if (!ssl) {
        waitFor = Peer::wait_write;
        return peer.send(buffers, 0, error);
    }
    // Several small pieces go as one record.
    std::array<char, recordBytes> record;
    const std::size_t wanted = net::buffer_copy(net::buffer(record), buffers);
    std::size_t size = 0;
    ERR_clear_error();
    if (broken)
        error = net::error::connection_reset;
    else if (const int result = SSL_write_ex(ssl.get(), record.data(), wanted, &size); result != 1)
        error = verdict(result);
    return size;
}

Stream::Stream(Peer peer) : m_open(std::make_shared<Open>(std::move(peer))) {}

Stream::executor_type Stream::get_executor() {
    return m_open->peer.get_executor();
}

Peer &Stream::socket() {
    return m_open->peer;
}

bool Stream::isSecure() const {
    return m_open->ssl != nullptr;
}

void Stream::startTls(TlsContext &context, Ready done) {
    m_open->ssl = context.session(m_open->peer);
    if (!m_open->ssl)
        return net::post(get_executor(), [done = std::move(done)] { done(net::error::no_memory); });
    shakeHands(m_open, [executor = get_executor(), done = std::move(done)](beast::error_code error) {
        net::post(executor, [done, error] { done(error); });
    });
}

void Stream::shakeHands(const std::shared_ptr<Open> &open, Ready done) {
    ERR_clear_error();
    const int result = SSL_do_handshake(open->ssl.get());
    if (result == 1)
        return done({});
    const bool plain = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
    const beast::error_code error = open->verdict(result);
    if (error != net::error::would_block) {
        beast::error_code ignored;
        if (plain)
            open->peer.send(net::buffer(speaksTls, sizeof speaksTls - 1), 0, ignored);
        return done(error);
    }
    open->peer.async_wait(open->waitFor, [open, done = std::move(done)](beast::error_code failure) {
        if (failure)
            return done(failure);
        shakeHands(open, done);
    });
}

void Stream::awaitBytes(Ready done) {
    if (m_open->ssl && SSL_pending(m_open->ssl.get()) > 0)
        return net::post(get_executor(), [done = std::move(done)] { done({}); });
    m_open->peer.async_wait(Peer::wait_read, std::move(done));
}

void Stream::readSome(net::mutable_buffer buffer, Done done) {
    beast::error_code error;
    const std::size_t size = m_open->receive(buffer, error);
    if (error != net::error::would_block)
        return net::post(get_executor(), [done = std::move(done), error, size] { done(error, size); });
    read(m_open, buffer, std::move(done));
}

void Stream::read(const std::shared_ptr<Open> &open, net::mutable_buffer buffer, Done done) {
    open->peer.async_wait(open->waitFor, [open, buffer, done = std::move(done)](beast::error_code failure) {
        if (failure)
            return done(failure, 0);
        beast::error_code error;
        const std::size_t size = open->receive(buffer, error);
        if (error == net::error::would_block)
            return read(open, buffer, done);
        done(error, size);
    });
}

void Stream::writeSome(const Gathered &buffers, Done done) {
    beast::error_code error;
    const std::size_t size = m_open->send(buffers, error);
    if (error != net::error::would_block)
        return net::post(get_executor(), [done = std::move(done), error, size] { done(error, size); });
    write(m_open, buffers, std::move(done));
}

void Stream::write(const std::shared_ptr<Open> &open, const Gathered &buffers, Done done) {
    open->peer.async_wait(open->waitFor, [open, buffers, done = std::move(done)](beast::error_code failure) {
        if (failure)
            return done(failure, 0);
        beast::error_code error;
        const std::size_t size = open->send(buffers, error);
        if (error == net::error::would_block)
            return write(open, buffers, done);
        done(error, size);
    });
}

void Stream::cancel() {
    beast::error_code ignored;
    m_open->peer.cancel(ignored);
}

void Stream::endSending() {
    if (m_open->ssl && !m_open->broken && SSL_is_init_finished(m_open->ssl.get()))
        SSL_shutdown(m_open->ssl.get());
    beast::error_code ignored;
    m_open->peer.shutdown(net::ip::tcp::socket::shutdown_send, ignored);
}

void Stream::close() {
    if (!m_open)
        return;
    beast::error_code ignored;
    m_open->peer.shutdown(net::ip::tcp::socket::shutdown_both, ignored);
    m_open->peer.close(ignored);
}

} // namespace longcode::httpd
