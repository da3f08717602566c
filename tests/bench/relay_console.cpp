#include "bench/relay_console.h"

#include "bench/relay_load.h"
#include "protocol/protocol.h"

namespace longcode::bench {

BenchConsole::BenchConsole(const QUrl &url, qint64 after) : m_lastSeq(after) {
    m_socket.setMaxAllowedIncomingFrameSize(protocol::maximumFrameBytes);
    m_socket.setMaxAllowedIncomingMessageSize(protocol::maximumFrameBytes);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &BenchConsole::take);
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        m_socket.sendTextMessage(QString::fromUtf8(protocol::encode(protocol::Hello{
            .after = m_lastSeq, .logId = {}, .client = QStringLiteral("bench"), .console = {}})));
    });
    QNetworkRequest request{url};
    request.setRawHeader("Authorization", QByteArray("Bearer ") + tests::RelayFixture::token);
    m_socket.open(request);
}

SteadyClock::time_point BenchConsole::arrival(int number) const {
    const auto it = m_arrivals.find(number);
    return it == m_arrivals.end() ? SteadyClock::time_point() : it->second;
}

void BenchConsole::keepTimes(bool keep) {
    m_keepTimes = keep;
    m_arrivals.clear();
}

void BenchConsole::take(const QString &text) {
    const auto frame = protocol::decode(text.toUtf8());
    const auto *events = frame ? std::get_if<protocol::Events>(&*frame) : nullptr;
    if (!frame)
        m_fault = frame.error();
    if (!events)
        return;
    const SteadyClock::time_point now = SteadyClock::now();
    for (const protocol::LogEntry &entry : events->events) {
        if (entry.seq != m_lastSeq + 1)
            m_fault = QStringLiteral("seq %1 came after %2").arg(entry.seq).arg(m_lastSeq);
        m_lastSeq = entry.seq;
        ++m_count;
        if (m_keepTimes)
            m_arrivals.emplace(webhookNumber(entry.body), now);
    }
    m_socket.sendTextMessage(QString::fromUtf8(protocol::encode(protocol::Ack{.seq = m_lastSeq})));
}

} // namespace longcode::bench
