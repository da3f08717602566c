#include "relay/test_console.h"

namespace longcode::tests {

TestConsole::TestConsole(const QUrl &url, const char *token, Acknowledging acknowledging)
    : m_acknowledging(acknowledging) {
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &TestConsole::take);
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        if (!m_hello.isEmpty())
            sendText(m_hello);
    });
    QNetworkRequest request{url};
    request.setRawHeader("Authorization", QByteArray("Bearer ") + token);
    m_socket.open(request);
}

void TestConsole::read(qint64 after, const QString &logId) {
    m_after = after;
    m_logId = logId;
    m_hello = protocol::encode(protocol::Hello{
        .after = after, .logId = logId, .client = QStringLiteral("test console"), .console = {}});
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        sendText(m_hello);
}

void TestConsole::take(const QString &text) {
    const auto frame = protocol::decode(text.toUtf8());
    if (!frame) {
        m_fault = frame.error();
    } else if (const auto *welcome = std::get_if<protocol::Welcome>(&*frame)) {
        m_welcome = *welcome;
        if (welcome->logId != m_logId || m_after > welcome->head)
            m_after = 0;
        m_after = std::max(m_after, welcome->first - 1);
    } else if (const auto *refusal = std::get_if<protocol::Refusal>(&*frame)) {
        m_refusal = *refusal;
    } else if (const auto *events = std::get_if<protocol::Events>(&*frame)) {
        for (const protocol::LogEntry &event : events->events) {
            if (event.seq != ++m_after)
                m_fault = QStringLiteral("seq %1 where %2 was due").arg(event.seq).arg(m_after);
            m_events.append(event);
        }
        if (m_acknowledging == Acknowledging::Always)
            sendText(protocol::encode(protocol::Ack{.seq = m_after}));
    } else if (std::holds_alternative<protocol::Hello>(*frame) ||
               std::holds_alternative<protocol::Ack>(*frame) ||
               std::holds_alternative<protocol::Publish>(*frame)) {
        m_fault = QStringLiteral("a frame that only consoles send");
    } else {
        m_heard.append(*frame);
    }
}

} // namespace longcode::tests
