#include "httpd/http_connection.h"

#include "httpd/responder.h"
#include "httpd/target.h"
#include "httpd/web_socket.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <algorithm>

namespace longcode::httpd {

namespace http = beast::http;

namespace {

constexpr std::size_t readChunk = 8 * 1024;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

/// The status for what the parser found; 0 when the connection is simply gone or too slow.
int statusOf(beast::error_code error) {
    if (error == http::error::end_of_stream || error == http::error::partial_message)
        return 0;
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return 431;
    if (error == http::error::body_limit)
        return 413;
    return error.category() == http::make_error_code(http::error::bad_method).category() ? 400 : 0;
}

} // namespace

HttpConnection::HttpConnection(Core &core, Peer peer)
    : m_core(core)
    , m_stream(std::move(peer))
    // The parser's own limit counts first; this one only bounds what arrives behind the header.
    , m_buffer(core.limits.headerBytes + 64 * 1024) {
    beast::error_code error;
    const net::ip::tcp::endpoint endpoint = m_stream.socket().remote_endpoint(error);
    if (!error)
        m_remote = endpoint.address().to_string();
    m_stream.socket().set_option(net::ip::tcp::no_delay(true), error);
}

void HttpConnection::start() {
    awaitRequest();
}

void HttpConnection::stop() {
    finish();
}

void HttpConnection::finish() {
    if (m_finished)
        return;
    m_finished = true;
    m_stream.close();
    m_core.remove(shared_from_this());
}

void HttpConnection::awaitRequest() {
    m_parser.emplace();
    m_parser->header_limit(static_cast<std::uint32_t>(m_core.limits.headerBytes));
    m_parser->body_limit(m_core.limits.bodyBytes);
    if (m_buffer.size() > 0)
        return readHead();
    if (m_buffer.capacity() > 2 * readChunk)
        m_buffer.shrink_to_fit();
    const Limits &limits = m_core.limits;
    m_stream.expires_after(m_requests == 0 ? std::min(limits.readTimeout, limits.idleTimeout)
                                           : limits.idleTimeout);
    m_stream.async_read_some(m_buffer.prepare(readChunk),
                             [self = shared_from_this()](beast::error_code error, std::size_t size) {
                                 if (error)
                                     return self->finish();
                                 self->m_buffer.commit(size);
                                 self->readHead();
                             });
}

void HttpConnection::readHead() {
    // One deadline for header and body: a client that sends a byte a second does not get further.
    m_stream.expires_after(m_core.limits.readTimeout);
    http::async_read_header(
        m_stream, m_buffer, *m_parser,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->onHead(error); });
}

void HttpConnection::onHead(beast::error_code error) {
    if (error)
        return onReadError(error);
    ++m_requests;
    m_headRequest = m_parser->get().method() == http::verb::head;
    m_keepAlive = m_parser->keep_alive();
    if (const std::optional<int> status = objection())
        return refuse(*status, "This request is not one that this server serves.\n");
    if (beast::websocket::is_upgrade(m_parser->get()))
        return upgrade();
    if (!m_parser->is_done() && m_parser->get().version() >= 11 &&
        m_parser->get().count(http::field::expect) > 0)
        return askForBody();
    readBody();
}

std::optional<int> HttpConnection::objection() const {
    const auto &message = m_parser->get();
    // RFC 7230, 3.3.1 and 3.3.3: a coding we do not undo, or two framings, would make us read the body of one
    // request as the next request. The parser refuses most; these it lets pass.
    const std::size_t codings = message.count(http::field::transfer_encoding);
    if (codings > 0 && message.version() < 11)
        return 400;
    if (codings > 1 ||
        (codings == 1 && !equalsIgnoringCase(view(message[http::field::transfer_encoding]), "chunked")))
        return 501;
    if (message.count(http::field::content_length) > 1)
        return 400;
    if (message.version() >= 11 && message.count(http::field::host) != 1)
        return 400;
    if (message.count(http::field::expect) > 0 &&
        !equalsIgnoringCase(view(message[http::field::expect]), "100-continue"))
        return 417;
    return std::nullopt;
}

void HttpConnection::askForBody() {
    m_head = "HTTP/1.1 100 Continue\r\n\r\n";
    net::async_write(m_stream, net::buffer(m_head),
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                         if (error)
                             return self->finish();
                         self->readBody();
                     });
}

void HttpConnection::readBody() {
    if (m_parser->is_done())
        return handOver();
    http::async_read(m_stream, m_buffer, *m_parser,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                         if (error)
                             return self->onReadError(error);
                         self->handOver();
                     });
}

void HttpConnection::onReadError(beast::error_code error) {
    if (m_finished)
        return;
    if (const int status = statusOf(error))
        return refuse(status, error.message() + "\n");
    if (error == beast::error::timeout || error == http::error::partial_message)
        m_core.reportRefused(0);
    finish();
}

std::optional<Request> HttpConnection::takeRequest() {
    auto message = m_parser->release();
    std::optional<Target> target = parseTarget(view(message.target()));
    if (!target)
        return std::nullopt;
    Request request;
    request.method = std::string(view(message.method_string()));
    request.target = std::string(view(message.target()));
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    for (const auto &field : message)
        request.headers.push_back({std::string(view(field.name_string())), std::string(view(field.value()))});
    request.body = std::move(message.body());
    request.remoteAddress = m_remote;
    return request;
}

void HttpConnection::handOver() {
    std::optional<Request> request = takeRequest();
    if (!request)
        return refuse(400, "The address of this request cannot be decoded.\n");
    m_stream.expires_never();
    m_awaitingAnswer = true;
    m_core.handlers.request(std::move(*request), responder());
}

void HttpConnection::upgrade() {
    if (!m_parser->is_done() || m_buffer.size() > 0)
        return refuse(400, "An upgrade carries no body, and nothing follows it before the answer.\n");
    auto handshake = m_parser->get();
    std::optional<Request> request = takeRequest();
    if (!request)
        return refuse(400, "The address of this request cannot be decoded.\n");
    if (!m_core.handlers.upgrade)
        return write(Response{404, "There is no WebSocket here.\n"}, After::NextRequest);
    UpgradeDecision decision = m_core.handlers.upgrade(*request);
    if (decision.refusal || !decision.accept) {
        Response refusal = decision.refusal ? std::move(*decision.refusal) : Response{404, {}};
        if (refusal.drop)
            return finish();
        return write(std::move(refusal), After::Goodbye);
    }
    m_stream.expires_never();
    // This object only ever served the handshake: the stream moves on, and nothing of it is left to close.
    startWebSocket(m_core, std::move(m_stream), handshake, std::move(decision.accept));
    m_finished = true;
    m_core.remove(shared_from_this());
}

Responder HttpConnection::responder() {
    auto deliver = [core = m_core.weak_from_this(), connection = weak_from_this(),
                    number = m_requests](Response response) {
        const std::shared_ptr<Core> alive = core.lock();
        if (!alive)
            return;
        net::dispatch(alive->io, [connection, number, answer = std::move(response)]() mutable {
            if (const auto self = connection.lock())
                self->answer(number, std::move(answer));
        });
    };
    return Responder(std::make_shared<Responder::State>(std::move(deliver)));
}

void HttpConnection::answer(std::uint64_t number, Response response) {
    if (m_finished || !m_awaitingAnswer || number != m_requests)
        return;
    m_awaitingAnswer = false;
    if (response.drop)
        return finish();
    write(std::move(response), m_keepAlive ? After::NextRequest : After::Goodbye);
}

void HttpConnection::refuse(int status, std::string sentence) {
    m_core.reportRefused(status);
    write(Response{status, std::move(sentence)}, After::Goodbye);
}

void HttpConnection::write(Response response, After after) {
    const auto status = http::int_to_status(static_cast<unsigned>(response.status));
    m_head = responseHead(response, view(http::obsolete_reason(status)),
                          after == After::Goodbye ? Persistence::Close : Persistence::KeepAlive);
    m_body = m_headRequest || !mayHaveBody(response.status) ? std::string() : std::move(response.body);
    m_stream.expires_after(m_core.limits.writeTimeout);
    const std::array<net::const_buffer, 2> bytes{net::buffer(m_head), net::buffer(m_body)};
    net::async_write(m_stream, bytes,
                     [self = shared_from_this(), after](beast::error_code error, std::size_t) {
                         self->m_body = {};
                         if (error)
                             return self->finish();
                         if (after == After::Goodbye)
                             return self->sayGoodbye();
                         self->awaitRequest();
                     });
}

/// Closing while bytes of the client are unread makes TCP throw away the answer on its way: so read them off,
/// for a while, without keeping them.
void HttpConnection::sayGoodbye() {
    beast::error_code ignored;
    m_stream.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    m_parser.reset();
    m_buffer.clear();
    m_stream.expires_after(goodbyeTime);
    discard();
}

void HttpConnection::discard() {
    m_stream.async_read_some(m_buffer.prepare(2 * readChunk),
                             [self = shared_from_this()](beast::error_code error, std::size_t) {
                                 if (error)
                                     return self->finish();
                                 self->discard();
                             });
}

} // namespace longcode::httpd
