#include "e2e/webhooks.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

#include <sodium.h>

#include <memory>

namespace longcode::tests {

WebhookSigner::WebhookSigner() {
    if (sodium_init() < 0)
        qFatal("libsodium does not start");
    crypto_sign_keypair(m_public.data(), m_secret.data());
}

QByteArray WebhookSigner::publicKey() const {
    return QByteArray(reinterpret_cast<const char *>(m_public.data()), 32).toBase64();
}

WebhookSigner::Signed WebhookSigner::sign(const QJsonObject &event) const {
    Signed webhook;
    webhook.body = QJsonDocument(event).toJson(QJsonDocument::Compact);
    webhook.timestamp = QByteArray::number(QDateTime::currentSecsSinceEpoch());
    const QByteArray text = webhook.timestamp + '|' + webhook.body;
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char *>(text.constData()),
                         static_cast<unsigned long long>(text.size()), m_secret.data());
    webhook.signature =
        QByteArray(reinterpret_cast<const char *>(signature.data()), signature.size()).toBase64();
    return webhook;
}

int post(const QUrl &url, const WebhookSigner::Signed &webhook) {
    static QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setRawHeader("telnyx-signature-ed25519", webhook.signature);
    request.setRawHeader("telnyx-timestamp", webhook.timestamp);
    const std::unique_ptr<QNetworkReply> reply(network.post(request, webhook.body));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20000))
        return 0;
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

QJsonObject messageEvent(const QString &type, const QString &eventId, const QString &occurredAt,
                         const QJsonObject &payload) {
    return {{QStringLiteral("data"), QJsonObject{{QStringLiteral("event_type"), type},
                                                 {QStringLiteral("id"), eventId},
                                                 {QStringLiteral("occurred_at"), occurredAt},
                                                 {QStringLiteral("record_type"), QStringLiteral("event")},
                                                 {QStringLiteral("payload"), payload}}},
            {QStringLiteral("meta"), QJsonObject{{QStringLiteral("attempt"), 1}}}};
}

} // namespace longcode::tests
