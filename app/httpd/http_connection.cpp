#include "httpd/http_connection.h"

#include "httpd/responder.h"
#include "httpd/text.h"
#include "httpd/web_socket.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>

namespace longcode::httpd {

namespace http = beast::http;

namespace {

constexpr std::size_t readChunk = 8 * 1024;
constexpr char goOn[] = "HTTP/1.1 100 Continue\r\n\r\n";

Time now() {
    return std::chrono::steady_clock::now();
}

/// What a client has done wrong himself, as opposed to what we cannot do at the moment.
bool isFailureOfClient(int status) {
    return status >= 400 && status < 500 && status != 404 && status != 421 && status != 429;
}

/// A handler that wants the connection to end after its answer says so in the answer's own Connection field.
bool saysClose(const Header &header) {
    return equalsIgnoringCase(header.name, "connection") && equalsIgnoringCase(header.value, "close");
}

} // namespace

HttpConnection::HttpConnection(Core &core, Peer peer, const net::ip::address &address, SeatHolder seat)
    : m_core(core)
    , m_peer(address)
    , m_seat(std::move(seat))
    , m_stream(std::move(peer))
    // The parser's own limit counts first; this one only bounds what arrives behind the header.
    , m_buffer(core.limits.headerBytes + 64 * 1024)
    , m_share(core.bodies) {
    beast::error_code ignored;
    m_stream.socket().set_option(net::ip::tcp::no_delay(true), ignored);
    if (!core.isExempt(address))
        m_client = clientKey(address);
}

void HttpConnection::start() {
    const Limits &limits = m_core.limits;
    m_deadline = now() + std::min({limits.headerTimeout, limits.readTimeout, limits.idleTimeout});
    m_readDeadline = now() + limits.readTimeout;
    if (!m_core.tls)
        return awaitRequest();
    m_core.setStanding(*this, Standing::Greeting);
    m_stream.startTls(*m_core.tls, [self = shared_from_this()](beast::error_code error) {
        if (self->m_finished)
            return;
        if (!error)
            return self->awaitRequest();
        self->m_core.reportRefused(0);
        if (self->m_client)
            self->m_core.failures.countFailure(*self->m_client, now());
        self->finish();
    });
}

void HttpConnection::stop() {
    // An answer on its way may arrive; then awaitRequest() sees that all is over.
    if (m_phase != Phase::Writing)
        finish();
}

void HttpConnection::finish() {
    if (m_finished)
        return;
    m_finished = true;
    m_share.release();
    m_stream.close();
    m_core.remove(shared_from_this());
}

void HttpConnection::tick(Time time) {
    if (m_finished || m_givenUp || (time < m_deadline && !isTooSlow(time)))
        return;
    const bool silent = m_phase == Phase::Head && !m_incoming->hasBegun();
    if ((m_phase == Phase::Head && !silent) || m_phase == Phase::Body)
        return giveUpReading(408);
    if (m_phase == Phase::Greeting)
        m_core.reportRefused(0);
    finish();
}

bool HttpConnection::isTooSlow(Time time) {
    const Limits &limits = m_core.limits;
    if (m_phase != Phase::Body || time < m_windowBegin + limits.slowAfter)
        return false;
    const auto seconds = std::chrono::duration<double>(limits.slowAfter).count();
    const bool slow = double(m_windowBytes) < double(limits.bodyBytesPerSecond) * seconds;
    m_windowBegin = time;
    m_windowBytes = 0;
    return slow;
}

/// Reading is always waiting for bytes when this is called: what waits ends, and take() answers.
void HttpConnection::giveUpReading(int status) {
    m_givenUp = status;
    m_stream.cancel();
}

void HttpConnection::awaitRequest() {
    if (m_core.stopping)
        return finish();
    const Limits &limits = m_core.limits;
    m_incoming.emplace(limits, m_share);
    m_phase = Phase::Head;
    m_core.setStanding(*this, Standing::Waiting);
    if (m_requests > 0)
        m_deadline = now() + limits.idleTimeout;
    if (m_buffer.size() > 0)
        return take();
    m_buffer.shrink_to_fit(); // thousands of idle connections need no buffers
    m_stream.awaitBytes([self = shared_from_this()](beast::error_code error) {
        if (self->m_finished)
            return;
        if (error)
            return self->onReadError(error);
        self->readMore();
    });
}

void HttpConnection::readMore() {
    m_stream.readSome(m_buffer.prepare(readChunk),
                      [self = shared_from_this()](beast::error_code error, std::size_t size) {
                          if (self->m_finished)
                              return;
                          if (error)
                              return self->onReadError(error);
                          self->m_buffer.commit(size);
                          self->m_windowBytes += size;
                          self->take();
                      });
}

void HttpConnection::take() {
    if (m_givenUp)
        return onReadError(net::error::operation_aborted);
    const bool first = m_phase == Phase::Head;
    if (first && m_requests > 0 && !m_incoming->hasBegun()) {
        // One deadline for the header and one for all: a client that sends a byte a second does not get
        // further.
        m_deadline = now() + std::min(m_core.limits.headerTimeout, m_core.limits.readTimeout);
        m_readDeadline = now() + m_core.limits.readTimeout;
    }
    const Incoming::State state = m_incoming->feed(m_buffer);
    if (m_finished)
        return; // had to make room
    switch (state) {
    case Incoming::State::Head:
        return readMore();
    case Incoming::State::Body:
        return first ? onHead(false) : readMore();
    case Incoming::State::Done:
        return first ? onHead(true) : handOver();
    case Incoming::State::Refused:
        break;
    }
    const Objection &objection = m_incoming->objection();
    refuse(Response{objection.status, objection.sentence});
}

void HttpConnection::onReadError(beast::error_code error) {
    if (m_finished)
        return;
    if (const std::optional<int> status = std::exchange(m_givenUp, std::nullopt))
        return refuse(Response{*status, "This request takes too long.\n"});
    const bool halfway = m_phase == Phase::Body || m_incoming->hasBegun();
    if (error == net::error::eof && halfway)
        m_core.reportRefused(0);
    finish();
}

void HttpConnection::onHead(bool complete) {
    ++m_requests;
    m_headRequest = m_incoming->isHead();
    m_keepAlive = m_incoming->keepAlive();
    m_request = m_incoming->head();
    const Origin origin = m_core.proxies.originOf(m_peer, m_stream.isSecure(), m_request);
    m_request.remoteAddress = origin.address.to_string();
    m_request.secure = origin.secure;
    m_client.reset();
    if (!origin.anonymous && !m_core.isExempt(origin.address))
        m_client = clientKey(origin.address);
    if (std::optional<Response> refusal = refusalOfHead(complete)) {
        // A proxy's connection is worth more than a body: it is read off, so that others' requests may
        // follow.
        if (complete || !m_keepAlive || m_incoming->wantsContinue() || refusal->status == 503)
            return refuse(std::move(*refusal), complete && m_keepAlive ? After::NextRequest : After::Goodbye);
        m_refusal = std::move(refusal);
        return receiveBody();
    }
    if (m_incoming->isUpgrade())
        return upgrade();
    if (complete)
        return handOver();
    receiveBody();
}

std::optional<Response> HttpConnection::refusalOfHead(bool complete) {
    if (auto refusal = pauseOfClient(); refusal && !m_core.isAlwaysHeard(m_incoming->head().path)) {
        ++m_core.figures.limited;
        return refusal;
    }
    if (!m_core.isAllowedHost(m_incoming->authority()))
        return Response{421, "This server does not answer for that host.\n"};
    if (!complete && m_core.bodies.held >= m_core.bodies.limit && !m_core.bodies.makeRoom())
        return Response{503, "Too much is being received at the moment.\n"};
    return std::nullopt;
}

void HttpConnection::receiveBody() {
    m_phase = Phase::Body;
    m_core.setStanding(*this, Standing::Receiving);
    m_deadline = m_readDeadline;
    m_windowBegin = now();
    m_windowBytes = m_buffer.size();
    if (!m_incoming->wantsContinue())
        return take();
    net::async_write(m_stream, net::buffer(goOn, sizeof goOn - 1),
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                         if (self->m_finished)
                             return;
                         if (error)
                             return self->finish();
                         self->take();
                     });
}

void HttpConnection::handOver() {
    if (std::optional<Response> refusal = std::exchange(m_refusal, std::nullopt))
        return refuse(std::move(*refusal), After::NextRequest);
    m_request.body = m_incoming->takeBody();
    m_incoming.reset();
    m_phase = Phase::Answering;
    m_core.setStanding(*this, Standing::Busy);
    m_deadline = Time::max();
    m_core.handlers.request(std::exchange(m_request, {}), responder());
}

void HttpConnection::upgrade() {
    if (m_buffer.size() > 0)
        return refuse(
            Response{400, "An upgrade carries no body, and nothing follows it before the answer.\n"});
    if (!m_core.handlers.upgrade)
        return write(Response{404, "There is no WebSocket here.\n"}, After::NextRequest);
    UpgradeDecision decision = m_core.handlers.upgrade(m_request);
    if (decision.refusal || !decision.accept) {
        Response refusal = decision.refusal ? std::move(*decision.refusal) : Response{404, {}};
        if (refusal.failure && m_client)
            m_core.failures.countFailure(*m_client, now());
        if (refusal.drop)
            return finish();
        return write(std::move(refusal), After::Goodbye);
    }
    // This object only ever served the handshake: the stream moves on, and nothing of it is left to close.
    m_core.remove(shared_from_this());
    startWebSocket(m_core, {std::move(m_stream), std::move(m_seat)}, m_incoming->handshake(),
                   std::move(decision.accept));
    m_finished = true;
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

/// 429 while the client's address is paused for its failures.
std::optional<Response> HttpConnection::pauseOfClient() const {
    const auto pause = m_client ? m_core.failures.pauseOf(*m_client, now()) : std::nullopt;
    if (!pause)
        return std::nullopt;
    return Response{.status = 429,
                    .body = "Too many requests from this address were refused. Wait a while.\n",
                    .headers = {{"Retry-After", std::to_string(pause->count())}}};
}

void HttpConnection::answer(std::uint64_t number, Response response) {
    if (m_finished || m_phase != Phase::Answering || number != m_requests)
        return;
    m_share.release();
    if (m_client && response.failure) {
        // Where everybody is heard, the pause comes after the handler has judged.
        if (auto refusal = pauseOfClient()) {
            ++m_core.figures.limited;
            response = std::move(*refusal);
        }
        m_core.failures.countFailure(*m_client, now());
    } else if (m_client && response.proven)
        m_core.failures.forgive(*m_client);
    if (response.drop)
        return finish();
    const bool last = std::erase_if(response.headers, saysClose) > 0 || !m_keepAlive;
    write(std::move(response), last ? After::Goodbye : After::NextRequest);
}

void HttpConnection::refuse(Response response, After after) {
    m_share.release();
    if (m_client && isFailureOfClient(response.status))
        m_core.failures.countFailure(*m_client, now());
    m_core.reportRefused(response.status);
    if (response.status == 503)
        response.headers.push_back({"Retry-After", "5"});
    write(std::move(response), after);
}

void HttpConnection::write(Response response, After after) {
    const auto status = http::int_to_status(static_cast<unsigned>(response.status));
    const beast::string_view reason = http::obsolete_reason(status);
    m_head = responseHead(response, {reason.data(), reason.size()},
                          after == After::Goodbye ? Persistence::Close : Persistence::KeepAlive);
    m_body = m_headRequest || !mayHaveBody(response.status) ? std::string() : std::move(response.body);
    m_phase = Phase::Writing;
    m_core.setStanding(*this, Standing::Busy);
    m_deadline = now() + m_core.limits.writeTimeout;
    const std::array<net::const_buffer, 2> bytes{net::buffer(m_head), net::buffer(m_body)};
    net::async_write(m_stream, bytes,
                     [self = shared_from_this(), after](beast::error_code error, std::size_t) {
                         self->m_body = {};
                         if (self->m_finished)
                             return;
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
    m_stream.endSending();
    m_phase = Phase::Goodbye;
    m_incoming.reset();
    m_buffer.clear();
    m_deadline = now() + goodbyeTime;
    discard();
}

void HttpConnection::discard() {
    m_stream.readSome(m_buffer.prepare(2 * readChunk),
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                          if (error || self->m_finished)
                              return self->finish();
                          self->discard();
                      });
}

} // namespace longcode::httpd
