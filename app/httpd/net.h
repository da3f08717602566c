#pragma once

#include <utility> // Boost 1.74's Asio forgets it

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/error.hpp>

/// Private to the room: short names, and the one executor there is.
namespace longcode::httpd {

namespace net = boost::asio;
namespace beast = boost::beast;

using Peer = net::basic_stream_socket<net::ip::tcp, net::io_context::executor_type>;

} // namespace longcode::httpd
