#include "httpd/flood.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace longcode::tests {

namespace {

sockaddr_in endpoint(const char *address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    inet_pton(AF_INET, address, &out.sin_addr);
    return out;
}

const sockaddr *generic(const sockaddr_in &address) {
    return reinterpret_cast<const sockaddr *>(&address);
}

/// One answer at the front of `text`: its status, and it is gone. 0: not complete.
int takeAnswer(std::string_view &text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string_view::npos || end < 12)
        return 0;
    static constexpr std::string_view field = "Content-Length: ";
    const std::size_t at = text.substr(0, end).find(field);
    const std::size_t length =
        at == std::string_view::npos ? 0 : std::strtoull(text.data() + at + field.size(), nullptr, 10);
    if (text.size() < end + 4 + length)
        return 0;
    const int status = static_cast<int>(std::strtol(text.data() + 9, nullptr, 10));
    text.remove_prefix(end + 4 + length);
    return status;
}

} // namespace

std::size_t raiseDescriptorLimit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

FloodClient::FloodClient(std::uint16_t port, const char *from)
    : m_descriptor(socket(AF_INET, SOCK_STREAM, 0)) {
    const sockaddr_in own = endpoint(from, 0), server = endpoint("127.0.0.1", port);
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    // A server that does not answer is to fail the test, not to hang it.
    const timeval patience{60, 0};
    setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(m_descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (bind(m_descriptor, generic(own), sizeof own) != 0 ||
        connect(m_descriptor, generic(server), sizeof server) != 0)
        close();
}

FloodClient::~FloodClient() {
    close();
}

FloodClient::FloodClient(FloodClient &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_rest(std::move(other.m_rest)) {}

FloodClient &FloodClient::operator=(FloodClient &&other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_rest, other.m_rest);
    return *this;
}

void FloodClient::close() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

bool FloodClient::send(std::string_view bytes) {
    while (isOpen() && !bytes.empty()) {
        const ssize_t sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return isOpen();
}

std::map<int, int> FloodClient::answers(int wanted) {
    std::map<int, int> out;
    std::array<char, 64 * 1024> piece;
    for (int got = 0; got < wanted;) {
        std::string_view text = m_rest;
        for (int status = 1; got < wanted && (status = takeAnswer(text)) != 0; ++got)
            ++out[status];
        m_rest.erase(0, m_rest.size() - text.size());
        if (got == wanted)
            break;
        const ssize_t size = recv(m_descriptor, piece.data(), piece.size(), 0);
        if (size <= 0)
            break;
        m_rest.append(piece.data(), static_cast<std::size_t>(size));
    }
    return out;
}

} // namespace longcode::tests
