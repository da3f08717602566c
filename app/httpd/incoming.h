#pragma once

#include "httpd/net.h"

#include "httpd/body_budget.h"
#include "httpd/httpd.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

namespace longcode::httpd {

using Handshake = beast::http::request<beast::http::empty_body>;

/// Why a request is not served.
struct Objection {
    int status = 400;
    std::string sentence;
};

/// One request on its way in: bytes go in, a request comes out. Knows nothing of sockets and time, so that a
/// fuzzer can feed it.
class Incoming {
public:
    enum class State {
        Head,    ///< the header is not complete
        Body,    ///< the header is, the body is not
        Done,    ///< ask `take`
        Refused, ///< see `objection`; nothing more can be read from this connection
    };

    Incoming(const Limits &limits, BodyShare &share);
    ~Incoming();
    Incoming(const Incoming &) = delete;
    Incoming &operator=(const Incoming &) = delete;

    /// Takes what it needs off the front of `bytes`. Stops once when the header is complete, so that it can
    /// be judged before a body is read: then the state is Body or Done for the first time.
    State feed(beast::flat_buffer &bytes);
    [[nodiscard]] const Objection &objection() const;
    /// Whether anything has been read of it.
    [[nodiscard]] bool hasBegun() const;

    // From State::Body on.
    [[nodiscard]] bool isHead() const;
    [[nodiscard]] bool isUpgrade() const;
    [[nodiscard]] bool keepAlive() const;
    [[nodiscard]] bool wantsContinue() const;
    [[nodiscard]] Handshake handshake() const;
    /// Everything but the body, which is read later.
    [[nodiscard]] Request head() const;
    /// The authority of the target's absolute form, or the Host header.
    [[nodiscard]] std::string authority() const;
    [[nodiscard]] std::string takeBody();

private:
    struct Parts;
    State refuse(int status, std::string sentence);
    State judgeHead();

    const Limits &m_limits;
    std::unique_ptr<Parts> m_parts;
    Objection m_objection;
};

} // namespace longcode::httpd
