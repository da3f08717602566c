#include "bench/load_client.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace longcode::bench {

namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
    int descriptor = -1;
    QByteArray out, in;
    Clock::time_point begun;
    bool busy = false;
};

int connectTo(quint16 port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(descriptor);
        return -1;
    }
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

/// The status, once the answer is whole; 0 until then. The relay's answers are small and have a length.
int finishedStatus(const QByteArray &in) {
    const qsizetype end = in.indexOf("\r\n\r\n");
    if (end < 0)
        return 0;
    const qsizetype length = in.indexOf("Content-Length: ");
    const qsizetype body =
        length < 0 || length > end ? 0 : in.mid(length + 16, in.indexOf('\r', length) - length - 16).toInt();
    return in.size() >= end + 4 + body ? in.mid(9, 3).toInt() : 0;
}

class Load {
public:
    Load(quint16 port, int connections, const QList<QByteArray> &requests)
        : m_requests(requests), m_connections(static_cast<std::size_t>(connections)) {
        for (Connection &connection : m_connections)
            connection.descriptor = connectTo(port);
        m_result.milliseconds.reserve(static_cast<std::size_t>(requests.size()));
    }
    ~Load() {
        for (const Connection &connection : m_connections)
            ::close(connection.descriptor);
    }
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    LoadResult run();

private:
    bool startNext(Connection &connection);
    void read(Connection &connection);

    const QList<QByteArray> &m_requests;
    std::vector<Connection> m_connections;
    qsizetype m_next = 0;
    LoadResult m_result;
};

bool Load::startNext(Connection &connection) {
    connection.busy = connection.descriptor >= 0 && m_next < m_requests.size();
    if (!connection.busy)
        return false;
    const QByteArray &request = m_requests[m_next++];
    connection.in.clear();
    connection.begun = Clock::now();
    // Smaller than a socket's buffer, which is empty: it goes in one piece.
    connection.busy = ::send(connection.descriptor, request.constData(),
                             static_cast<std::size_t>(request.size()), MSG_NOSIGNAL) == request.size();
    m_result.other += connection.busy ? 0 : 1;
    return connection.busy;
}

void Load::read(Connection &connection) {
    char buffer[4096];
    const auto size = ::recv(connection.descriptor, buffer, sizeof buffer, 0);
    if (size <= 0) {
        connection.busy = false;
        ++m_result.other;
        return;
    }
    connection.in.append(buffer, size);
    const int status = finishedStatus(connection.in);
    if (status == 0)
        return;
    const std::chrono::duration<double, std::milli> took = Clock::now() - connection.begun;
    m_result.milliseconds.push_back(took.count());
    ++(status == 200 ? m_result.answered200 : m_result.other);
    startNext(connection);
}

LoadResult Load::run() {
    const Clock::time_point begun = Clock::now();
    for (Connection &connection : m_connections)
        startNext(connection);
    std::vector<pollfd> polled;
    for (;;) {
        polled.clear();
        for (const Connection &connection : m_connections)
            polled.push_back({connection.busy ? connection.descriptor : -1, POLLIN, 0});
        if (std::ranges::none_of(m_connections, &Connection::busy) ||
            ::poll(polled.data(), static_cast<nfds_t>(polled.size()), 10'000) <= 0)
            break;
        for (std::size_t i = 0; i < polled.size(); ++i) {
            if (polled[i].revents != 0)
                read(m_connections[i]);
        }
    }
    m_result.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::ranges::sort(m_result.milliseconds);
    return std::move(m_result);
}

} // namespace

LoadResult runLoad(quint16 port, int connections, const QList<QByteArray> &requests) {
    return Load(port, connections, requests).run();
}

double percentile(const std::vector<double> &sorted, double share) {
    if (sorted.empty())
        return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

} // namespace longcode::bench
