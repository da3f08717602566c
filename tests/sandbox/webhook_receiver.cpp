#include "sandbox/webhook_receiver.h"

#include <QTcpSocket>

#include <sodium.h>

namespace longcode::tests {

namespace {

QByteArray headerOf(const QByteArray &head, const QByteArray &name) {
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

} // namespace

WebhookReceiver::WebhookReceiver() {
    listen(QHostAddress::LocalHost, 0);
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                m_buffers.remove(socket);
                socket->deleteLater();
            });
        }
    });
}

QString WebhookReceiver::url(const QString &path) const {
    return QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path);
}

QList<ReceivedWebhook> WebhookReceiver::ofType(const char *type) const {
    QList<ReceivedWebhook> found;
    for (const ReceivedWebhook &webhook : m_received) {
        if (webhook.json.contains("data") && webhook.json["data"].value("event_type", "") == type)
            found.append(webhook);
    }
    return found;
}

void WebhookReceiver::read(QTcpSocket *socket) {
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->readAll();
    for (;;) {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = buffer.left(end);
        const qsizetype length = headerOf(head, "content-length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return;
        const QByteArray body = buffer.mid(end + 4, length);
        buffer.remove(0, end + 4 + length);
        take(socket, head, body);
    }
}

void WebhookReceiver::take(QTcpSocket *socket, const QByteArray &head, const QByteArray &body) {
    m_received.append({head.split(' ').value(1), body, headerOf(head, "telnyx-signature-ed25519"),
                       headerOf(head, "telnyx-timestamp"),
                       nlohmann::json::parse(body.toStdString(), nullptr, false),
                       QDateTime::currentDateTimeUtc()});
    const int status = m_next.isEmpty() ? 200 : m_next.takeFirst();
    if (status == hangUp)
        socket->disconnectFromHost();
    else if (status != silent)
        socket->write("HTTP/1.1 " + QByteArray::number(status) + " Answer\r\nContent-Length: 0\r\n\r\n");
}

bool WebhookReceiver::isSigned(const ReceivedWebhook &webhook, const QByteArray &publicKey) {
    const QByteArray signature = QByteArray::fromBase64(webhook.signature);
    const QByteArray covered = webhook.timestamp + '|' + webhook.body;
    if (signature.size() != crypto_sign_BYTES || publicKey.size() != crypto_sign_PUBLICKEYBYTES)
        return false;
    return crypto_sign_verify_detached(reinterpret_cast<const unsigned char *>(signature.constData()),
                                       reinterpret_cast<const unsigned char *>(covered.constData()),
                                       static_cast<unsigned long long>(covered.size()),
                                       reinterpret_cast<const unsigned char *>(publicKey.constData())) == 0;
}

} // namespace longcode::tests
