#pragma once

#include "httpd/core.h"

#include "httpd/text.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>

namespace longcode::httpd {

/// One HTTP/1.1 connection: reads a request, waits for its answer, writes it, and so on. One request at a
/// time; what a client pipelines waits in the buffer.
class HttpConnection final : public Connection, public std::enable_shared_from_this<HttpConnection> {
public:
    HttpConnection(Core &core, Peer peer);

    void start();
    void stop() override;
    void finish() override;

private:
    enum class After { NextRequest, Goodbye };
    using Parser = beast::http::request_parser<beast::http::string_body>;

    void awaitRequest();
    void readHead();
    void onHead(beast::error_code error);
    /// A status when the header, sound by itself, must not be served.
    [[nodiscard]] std::optional<int> objection() const;
    void askForBody();
    void readBody();
    void onReadError(beast::error_code error);
    void handOver();
    /// Takes the parsed message out. Nothing: the target does not decode.
    std::optional<Request> takeRequest();
    void upgrade();
    Responder responder();
    void answer(std::uint64_t number, Response response);
    void refuse(int status, std::string sentence);
    void write(Response response, After after);
    void sayGoodbye();
    void discard();

    Core &m_core;
    Stream m_stream;
    beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    std::string m_remote;
    std::string m_head, m_body;
    std::uint64_t m_requests = 0;
    bool m_awaitingAnswer = false;
    bool m_headRequest = false;
    bool m_keepAlive = false;
    bool m_finished = false;
};

} // namespace longcode::httpd
