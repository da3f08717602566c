#include "httpd/incoming.h"

#include "httpd/target.h"
#include "httpd/text.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

namespace longcode::httpd {

namespace http = beast::http;

namespace {

/// What a body may announce and get room for before it is there.
constexpr std::uint64_t believedLength = 64 * 1024;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

/// A text whose bytes are counted against the server's budget.
struct CountedBody {
    struct value_type {
        std::string bytes;
        BodyShare *share = nullptr;
    };

    class reader {
    public:
        template <bool isRequest, class Fields>
        reader(http::header<isRequest, Fields> &, value_type &body) : m_body(body) {}

        void init(const boost::optional<std::uint64_t> &length, beast::error_code &error) {
            error = {};
            if (length)
                m_body.bytes.reserve(static_cast<std::size_t>(std::min(*length, believedLength)));
        }

        template <class Buffers>
        std::size_t put(const Buffers &buffers, beast::error_code &error) {
            const std::size_t size = beast::buffer_bytes(buffers);
            if (!m_body.share->grow(size)) {
                error = make_error_code(boost::system::errc::not_enough_memory);
                return 0;
            }
            error = {};
            for (const net::const_buffer buffer : beast::buffers_range_ref(buffers))
                m_body.bytes.append(static_cast<const char *>(buffer.data()), buffer.size());
            return size;
        }

        void finish(beast::error_code &error) { error = {}; }

    private:
        value_type &m_body;
    };
};

} // namespace

struct Incoming::Parts {
    http::request_parser<CountedBody> parser;
    std::optional<Target> target;
};

Incoming::Incoming(const Limits &limits, BodyShare &share)
    : m_limits(limits), m_parts(std::make_unique<Parts>()) {
    m_parts->parser.header_limit(static_cast<std::uint32_t>(limits.headerBytes));
    m_parts->parser.body_limit(limits.bodyBytes);
    m_parts->parser.get().body().share = &share;
}

Incoming::~Incoming() = default;

const Objection &Incoming::objection() const {
    return m_objection;
}

bool Incoming::hasBegun() const {
    return m_parts->parser.got_some();
}

Incoming::State Incoming::refuse(int status, std::string sentence) {
    m_objection = {status, std::move(sentence)};
    return State::Refused;
}

Incoming::State Incoming::feed(beast::flat_buffer &bytes) {
    auto &parser = m_parts->parser;
    const bool hadHead = parser.is_header_done();
    parser.eager(hadHead);
    while (!parser.is_done() && bytes.size() > 0) {
        beast::error_code error;
        bytes.consume(parser.put(bytes.data(), error));
        if (error == http::error::need_more)
            break;
        if (error == http::error::header_limit && parser.get().target().empty())
            return refuse(414, "The address of this request is too long.\n");
        if (error == http::error::header_limit)
            return refuse(431, "The header of this request is too long.\n");
        if (error == http::error::body_limit)
            return refuse(413, "The body of this request is too long.\n");
        if (error == boost::system::errc::not_enough_memory)
            return refuse(503, "Too much is being received at the moment.\n");
        if (error)
            return refuse(400, error.message() + "\n");
        if (!hadHead && parser.is_header_done())
            return judgeHead();
    }
    if (parser.is_done())
        return State::Done;
    return parser.is_header_done() ? State::Body : State::Head;
}

Incoming::State Incoming::judgeHead() {
    const auto &message = m_parts->parser.get();
    // RFC 7230, 3.3.1 and 3.3.3: a coding we do not undo, or two framings, would make us read the body of one
    // request as the next request. The parser refuses most; these it lets pass.
    const std::size_t codings = message.count(http::field::transfer_encoding);
    if (codings > 0 && message.version() < 11)
        return refuse(400, "HTTP/1.0 knows no transfer coding.\n");
    if (codings > 1 ||
        (codings == 1 && !equalsIgnoringCase(view(message[http::field::transfer_encoding]), "chunked")))
        return refuse(501, "Of the transfer codings only chunked is served.\n");
    if (message.count(http::field::content_length) > 1)
        return refuse(400, "The length of the body stands there more than once.\n");
    if (message.version() >= 11 && message.count(http::field::host) != 1)
        return refuse(400, "One Host header is needed.\n");
    if (message.count(http::field::expect) > 0 &&
        !equalsIgnoringCase(view(message[http::field::expect]), "100-continue"))
        return refuse(417, "The only expectation that is served is 100-continue.\n");
    if (message.target().size() > m_limits.targetBytes)
        return refuse(414, "The address of this request is too long.\n");
    m_parts->target = parseTarget(view(message.target()));
    if (!m_parts->target)
        return refuse(400, "The address of this request cannot be decoded.\n");
    return m_parts->parser.is_done() ? State::Done : State::Body;
}

bool Incoming::isHead() const {
    return m_parts->parser.get().method() == http::verb::head;
}

bool Incoming::isUpgrade() const {
    return beast::websocket::is_upgrade(m_parts->parser.get());
}

bool Incoming::keepAlive() const {
    return m_parts->parser.keep_alive();
}

bool Incoming::wantsContinue() const {
    const auto &message = m_parts->parser.get();
    return !m_parts->parser.is_done() && message.version() >= 11 && message.count(http::field::expect) > 0;
}

Handshake Incoming::handshake() const {
    return Handshake(m_parts->parser.get().base());
}

Request Incoming::head() const {
    const auto &message = m_parts->parser.get();
    Request request;
    request.method = std::string(view(message.method_string()));
    request.target = std::string(view(message.target()));
    request.path = m_parts->target->path;
    request.query = m_parts->target->query;
    for (const auto &field : message)
        request.headers.push_back({std::string(view(field.name_string())), std::string(view(field.value()))});
    return request;
}

std::string Incoming::authority() const {
    const auto &message = m_parts->parser.get();
    const std::string_view target = view(message.target());
    const std::size_t scheme = target.starts_with('/') ? std::string_view::npos : target.find("://");
    if (scheme != std::string_view::npos) {
        const std::size_t begin = scheme + 3;
        return std::string(target.substr(begin, target.find_first_of("/?", begin) - begin));
    }
    return std::string(view(message[http::field::host]));
}

std::string Incoming::takeBody() {
    return std::move(m_parts->parser.get().body().bytes);
}

} // namespace longcode::httpd
