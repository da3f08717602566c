#include "relay/faults/webhook_load.h"

#include <QDateTime>
#include <QTest>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace longcode::tests {

namespace {

constexpr timeval answerPatience{5, 0};
constexpr std::chrono::milliseconds pauseAfterFailure{5};

int connectTo(quint16 port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &answerPatience, sizeof answerPatience);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}

int statusOf(int descriptor) {
    QByteArray in;
    char buffer[2048];
    // The relay's answers to a webhook have no body worth reading when they are 200.
    while (!in.contains("\r\n\r\n")) {
        const auto size = ::recv(descriptor, buffer, sizeof buffer, 0);
        if (size <= 0)
            return 0;
        in.append(buffer, size);
    }
    return in.mid(9, 3).toInt();
}

QByteArray requestFor(const Signer &signer, const QByteArray &id) {
    const QByteArray body = eventBody(id);
    const QByteArray timestamp = QByteArray::number(QDateTime::currentSecsSinceEpoch());
    return "POST /webhooks/telnyx HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
           "telnyx-signature-ed25519: " +
           signer.sign(timestamp, body) + "\r\ntelnyx-timestamp: " + timestamp +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

WebhookLoad::WebhookLoad(const Signer &signer, int connections, PickPort pickPort)
    : m_signer(signer), m_pickPort(std::move(pickPort)), m_running(connections) {
    for (int i = 0; i < connections; ++i)
        m_threads.emplace_back([this] { run(); });
}

WebhookLoad::~WebhookLoad() {
    m_stopping = true;
    m_abandoned = true;
    for (std::thread &thread : m_threads)
        thread.join();
}

bool WebhookLoad::finish(int timeoutMs) {
    m_stopping = true;
    return QTest::qWaitFor([this] { return m_running == 0; }, timeoutMs);
}

QSet<QByteArray> WebhookLoad::answered() const {
    const std::lock_guard lock(m_mutex);
    return m_answered;
}

void WebhookLoad::run() {
    int descriptor = -1;
    while (!m_stopping) {
        const QByteArray id = "event-" + QByteArray::number(++m_next);
        while (!m_abandoned && post(descriptor, m_pickPort(), requestFor(m_signer, id)) != 200) {
            ++m_refused;
            ::close(std::exchange(descriptor, -1));
            std::this_thread::sleep_for(pauseAfterFailure);
        }
        if (m_abandoned)
            break;
        const std::lock_guard lock(m_mutex);
        m_answered.insert(id);
    }
    if (descriptor >= 0)
        ::close(descriptor);
    --m_running;
}

int WebhookLoad::post(int &descriptor, quint16 port, const QByteArray &request) {
    if (descriptor < 0)
        descriptor = connectTo(port);
    if (descriptor < 0 || ::send(descriptor, request.constData(), static_cast<std::size_t>(request.size()),
                                 MSG_NOSIGNAL) != request.size())
        return 0;
    return statusOf(descriptor);
}

} // namespace longcode::tests
