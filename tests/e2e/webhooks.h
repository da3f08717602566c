#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QUrl>

#include <array>

namespace longcode::tests {

/// Signs webhooks as Telnyx does, with a key pair of its own.
class WebhookSigner {
public:
    WebhookSigner();
    [[nodiscard]] QByteArray publicKey() const; ///< base64

    struct Signed {
        QByteArray body, timestamp, signature;
    };
    [[nodiscard]] Signed sign(const QJsonObject &event) const;

private:
    std::array<unsigned char, 32> m_public{};
    std::array<unsigned char, 64> m_secret{};
};

/// POSTs it and waits for the status; 0: no answer.
int post(const QUrl &url, const WebhookSigner::Signed &webhook);

/// One webhook around a message payload.
[[nodiscard]] QJsonObject messageEvent(const QString &type, const QString &eventId, const QString &occurredAt,
                                       const QJsonObject &payload);

} // namespace longcode::tests
