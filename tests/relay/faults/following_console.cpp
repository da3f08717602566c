#include "relay/faults/following_console.h"

#include "events/events.h"
#include "protocol/protocol.h"
#include "relay/relay_fixture.h"

#include <QWebSocket>

namespace longcode::tests {

FollowingConsole::FollowingConsole(std::function<QUrl()> pickUrl) : m_pickUrl(std::move(pickUrl)) {
    m_again.setSingleShot(true);
    m_again.setInterval(20);
    connect(&m_again, &QTimer::timeout, this, &FollowingConsole::connectNow);
    m_again.start();
}

FollowingConsole::~FollowingConsole() {
    if (m_socket)
        m_socket->disconnect(this);
}

void FollowingConsole::connectNow() {
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket.release()->deleteLater();
    }
    m_socket = std::make_unique<QWebSocket>();
    connect(m_socket.get(), &QWebSocket::connected, this, [this] {
        ++m_connections;
        m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(protocol::Hello{
            .after = lastSeq(), .logId = m_logId, .client = QStringLiteral("following console")})));
    });
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &FollowingConsole::take);
    // Every state that ends a connection, or an attempt at one, ends here.
    connect(m_socket.get(), &QWebSocket::stateChanged, this, [this](QAbstractSocket::SocketState state) {
        if (state == QAbstractSocket::UnconnectedState)
            m_again.start();
    });
    QNetworkRequest request{m_pickUrl()};
    request.setRawHeader("Authorization", QByteArray("Bearer ") + RelayFixture::token);
    m_socket->open(request);
}

void FollowingConsole::take(const QString &text) {
    const auto frame = protocol::decode(text.toUtf8());
    if (!frame) {
        m_fault = frame.error();
        return;
    }
    if (const auto *welcome = std::get_if<protocol::Welcome>(&*frame)) {
        if (!m_logId.isEmpty() && (welcome->logId != m_logId || welcome->head < lastSeq()))
            m_fault = QStringLiteral("the log is another one, or was set back to %1").arg(welcome->head);
        m_logId = welcome->logId;
    } else if (const auto *events = std::get_if<protocol::Events>(&*frame)) {
        for (const protocol::LogEntry &entry : events->events) {
            if (entry.seq != lastSeq() + 1)
                m_fault = QStringLiteral("seq %1 where %2 was due").arg(entry.seq).arg(lastSeq() + 1);
            const auto id = events::eventId(entry.body);
            m_ids.append(id ? id->text().toUtf8() : QByteArray());
        }
        m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(protocol::Ack{.seq = lastSeq()})));
    }
}

} // namespace longcode::tests
