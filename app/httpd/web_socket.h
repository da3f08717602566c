#pragma once

#include "httpd/core.h"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace longcode::httpd {

using Handshake = beast::http::request<beast::http::string_body>;

/// Answers the handshake, calls `accept` when it is through, and serves the socket until it is closed.
void startWebSocket(Core &core, Stream stream, const Handshake &handshake, SocketAcceptor accept);

} // namespace longcode::httpd
