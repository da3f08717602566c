#pragma once

#include "httpd/core.h"

#include "httpd/incoming.h"
#include "httpd/stream.h"
#include "httpd/text.h"

#include <optional>

namespace longcode::httpd {

/// One HTTP/1.1 connection: reads a request, waits for its answer, writes it, and so on. One request at a
/// time; what a client pipelines waits in the buffer.
class HttpConnection final : public Connection, public std::enable_shared_from_this<HttpConnection> {
public:
    HttpConnection(Core &core, Peer peer, const net::ip::address &address, SeatHolder seat);

    void start();
    void stop() override;
    void finish() override;
    void tick(Time now) override;

private:
    enum class After { NextRequest, Goodbye };
    enum class Phase { Greeting, Head, Body, Answering, Writing, Goodbye };

    void awaitRequest();
    void readMore();
    void take();
    void onReadError(beast::error_code error);
    /// The header is there: who asks, and may he?
    void onHead(bool complete);
    [[nodiscard]] std::optional<Response> refusalOfHead(bool complete);
    [[nodiscard]] std::optional<Response> pauseOfClient() const;
    void receiveBody();
    void handOver();
    void upgrade();
    Responder responder();
    void answer(std::uint64_t number, Response response);
    /// Answers in place of the handlers.
    void refuse(Response response, After after = After::Goodbye);
    void write(Response response, After after);
    void sayGoodbye();
    void discard();
    /// Ends what is being read, with this status; 0: without an answer.
    void giveUpReading(int status);
    [[nodiscard]] bool isTooSlow(Time now);

    Core &m_core;
    const net::ip::address m_peer;
    SeatHolder m_seat;
    Stream m_stream;
    beast::flat_buffer m_buffer;
    BodyShare m_share;
    std::optional<Incoming> m_incoming;
    Request m_request;
    std::optional<Response> m_refusal; ///< for when the body has been read
    std::optional<ClientKey> m_client; ///< whom failures are counted against
    std::string m_head, m_body;
    Time m_deadline = Time::max();
    Time m_readDeadline{}; ///< of header and body together
    Time m_windowBegin{};  ///< see Limits::slowAfter
    std::size_t m_windowBytes = 0;
    std::uint64_t m_requests = 0;
    Phase m_phase = Phase::Greeting;
    std::optional<int> m_givenUp;
    bool m_headRequest = false;
    bool m_keepAlive = false;
    bool m_finished = false;
};

} // namespace longcode::httpd
