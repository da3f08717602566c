#pragma once

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>
#include <QTcpServer>

namespace longcode::tests {

/// A webhook as it came in.
struct ReceivedWebhook {
    QByteArray target, body, signature, timestamp;
    nlohmann::json json;
    QDateTime at;
};

/// Listens on loopback for webhooks and answers as told. Runs on the test's event loop.
class WebhookReceiver : public QTcpServer {
    Q_OBJECT
public:
    static constexpr int silent = 0; ///< as a status: take the request and never answer

    static constexpr int hangUp = -1; ///< take the request and close the connection

    WebhookReceiver();
    [[nodiscard]] QString url(const QString &path = QStringLiteral("/hook")) const;
    /// The next answers; afterwards 200.
    void answerNext(const QList<int> &statuses) { m_next = statuses; }

    [[nodiscard]] const QList<ReceivedWebhook> &all() const { return m_received; }
    /// Those of one type, in the order in which they came.
    [[nodiscard]] QList<ReceivedWebhook> ofType(const char *type) const;
    void clear() { m_received.clear(); }
    /// Whether the signature is right, checked with libsodium.
    [[nodiscard]] static bool isSigned(const ReceivedWebhook &webhook, const QByteArray &publicKey);

private:
    void read(class QTcpSocket *socket);
    void take(QTcpSocket *socket, const QByteArray &head, const QByteArray &body);

    QHash<QTcpSocket *, QByteArray> m_buffers;
    QList<ReceivedWebhook> m_received;
    QList<int> m_next;
};

} // namespace longcode::tests
