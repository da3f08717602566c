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

struct Connection {
    int descriptor = -1;
    QByteArray in;
    SteadyClock::time_point begun;
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
    Load(quint16 port, const LoadPlan &plan, const QList<QByteArray> &requests)
        : m_plan(plan), m_requests(requests), m_connections(static_cast<std::size_t>(plan.connections)) {
        for (Connection &connection : m_connections)
            connection.descriptor = connectTo(port);
        m_result.milliseconds.reserve(static_cast<std::size_t>(requests.size()));
        m_result.due.reserve(static_cast<std::size_t>(requests.size()));
    }
    ~Load() {
        for (const Connection &connection : m_connections)
            ::close(connection.descriptor);
    }
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    LoadResult run();

private:
    [[nodiscard]] bool allSent() const { return m_next >= m_requests.size(); }
    /// When the next request falls due.
    [[nodiscard]] SteadyClock::time_point nextDue() const;
    void startWhatIsDue();
    void start(Connection &connection, SteadyClock::time_point due);
    void read(Connection &connection);
    [[nodiscard]] bool waitForAnswers();

    const LoadPlan m_plan;
    const QList<QByteArray> &m_requests;
    std::vector<Connection> m_connections;
    std::vector<pollfd> m_polled;
    SteadyClock::time_point m_begun;
    qsizetype m_next = 0;
    LoadResult m_result;
};

SteadyClock::time_point Load::nextDue() const {
    if (m_plan.perSecond <= 0)
        return m_begun;
    return m_begun + std::chrono::duration_cast<SteadyClock::duration>(
                         std::chrono::duration<double>(double(m_next) / m_plan.perSecond));
}

void Load::startWhatIsDue() {
    for (Connection &connection : m_connections) {
        const SteadyClock::time_point now = SteadyClock::now();
        if (allSent() || nextDue() > now)
            return;
        if (!connection.busy && connection.descriptor >= 0)
            start(connection, m_plan.perSecond > 0 ? nextDue() : now);
    }
}

void Load::start(Connection &connection, SteadyClock::time_point due) {
    const QByteArray &request = m_requests[m_next++];
    connection.in.clear();
    connection.begun = due;
    m_result.due.push_back(due);
    // Smaller than a socket's buffer, which is empty: it goes in one piece.
    connection.busy = ::send(connection.descriptor, request.constData(),
                             static_cast<std::size_t>(request.size()), MSG_NOSIGNAL) == request.size();
    m_result.other += connection.busy ? 0 : 1;
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
    const std::chrono::duration<double, std::milli> took = SteadyClock::now() - connection.begun;
    m_result.milliseconds.push_back(took.count());
    ++(status == 200 ? m_result.answered200 : m_result.other);
    connection.busy = false;
}

/// Until an answer comes or a request falls due. False: nothing is under way and nothing is left.
bool Load::waitForAnswers() {
    m_polled.clear();
    for (const Connection &connection : m_connections)
        m_polled.push_back({connection.busy ? connection.descriptor : -1, POLLIN, 0});
    const bool waiting = std::ranges::any_of(m_connections, &Connection::busy);
    if (!waiting && allSent())
        return false;
    int patience = 10'000;
    if (!allSent() && m_plan.perSecond > 0) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(nextDue() - SteadyClock::now());
        patience = static_cast<int>(std::clamp<qint64>(left.count(), 0, patience));
    }
    const int ready = ::poll(m_polled.data(), static_cast<nfds_t>(m_polled.size()), patience);
    for (std::size_t i = 0; ready > 0 && i < m_polled.size(); ++i) {
        if (m_polled[i].revents != 0)
            read(m_connections[i]);
    }
    return ready > 0 || patience < 10'000;
}

LoadResult Load::run() {
    m_begun = SteadyClock::now();
    do
        startWhatIsDue();
    while (waitForAnswers());
    m_result.seconds = std::chrono::duration<double>(SteadyClock::now() - m_begun).count();
    std::ranges::sort(m_result.milliseconds);
    return std::move(m_result);
}

} // namespace

LoadResult runLoad(quint16 port, const LoadPlan &plan, const QList<QByteArray> &requests) {
    return Load(port, plan, requests).run();
}

double percentile(const std::vector<double> &sorted, double share) {
    if (sorted.empty())
        return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

} // namespace longcode::bench
