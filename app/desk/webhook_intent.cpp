#include "desk/webhook_intent.h"

#include "protocol/protocol.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <QUrlQuery>

namespace longcode::desk {

QString webhookIntent(const QUrl &address) {
    return QUrlQuery(address).queryItemValue(QLatin1String(protocol::intentParameter));
}

QString webhookIntentIn(const QByteArray &event) {
    const QJsonObject payload = QJsonDocument::fromJson(event)
                                    .object()
                                    .value(QLatin1String("data"))
                                    .toObject()
                                    .value(QLatin1String("payload"))
                                    .toObject();
    return webhookIntent(QUrl(payload.value(QLatin1String("webhook_url")).toString()));
}

QByteArray withWebhookUrl(const QByteArray &event, const QUrl &address) {
    QJsonObject whole = QJsonDocument::fromJson(event).object();
    QJsonObject data = whole.value(QLatin1String("data")).toObject();
    QJsonObject payload = data.value(QLatin1String("payload")).toObject();
    if (address.isEmpty() || payload.isEmpty() ||
        !payload.value(QLatin1String("webhook_url")).toString().isEmpty())
        return event;
    payload.insert(QStringLiteral("webhook_url"), address.toString(QUrl::FullyEncoded));
    data.insert(QStringLiteral("payload"), payload);
    whole.insert(QStringLiteral("data"), data);
    return QJsonDocument(whole).toJson(QJsonDocument::Compact);
}

} // namespace longcode::desk
