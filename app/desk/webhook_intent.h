#pragma once

#include <QByteArray>
#include <QString>

class QUrl;

namespace longcode::desk {

/// The intent in the query of a webhook's address; empty: none.
[[nodiscard]] QString webhookIntent(const QUrl &address);
/// The same from the body of an event of a message, whose payload names the address its webhooks go to.
[[nodiscard]] QString webhookIntentIn(const QByteArray &event);
/// The event with that address, when its payload names none: so that others find the intent too.
[[nodiscard]] QByteArray withWebhookUrl(const QByteArray &event, const QUrl &address);

} // namespace longcode::desk
