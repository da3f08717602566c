#include "telnyx/send_request.h"

#include <nlohmann/json.hpp>

namespace longcode::telnyx {

using nlohmann::json;

namespace {

void put(json &body, const char *name, const QString &text) {
    if (!text.isEmpty())
        body[name] = text.toStdString();
}

/// Unset is left out, so that the profile decides (D28).
QString encodingName(sms::RequestedEncoding encoding) {
    switch (encoding) {
    case sms::RequestedEncoding::Auto:
        return QStringLiteral("auto");
    case sms::RequestedEncoding::Gsm7:
        return QStringLiteral("gsm7");
    case sms::RequestedEncoding::Ucs2:
        return QStringLiteral("ucs2");
    case sms::RequestedEncoding::Unset:
        break;
    }
    return {};
}

QString typeName(SendType type) {
    switch (type) {
    case SendType::Sms:
        return QStringLiteral("SMS");
    case SendType::Mms:
        return QStringLiteral("MMS");
    case SendType::Unset:
        break;
    }
    return {};
}

/// RFC 3339 in UTC, to the full minute. A time within a minute moves forward, never before what was wished.
QString minuteText(const QDateTime &time) {
    constexpr qint64 minute = 60'000;
    const qint64 ms = (time.toMSecsSinceEpoch() + minute - 1) / minute * minute;
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

} // namespace

QByteArray sendBody(const SendRequest &request) {
    json body = json::object();
    body["to"] = request.to.toStdString();
    put(body, "from", request.from);
    put(body, "messaging_profile_id", request.profile.text());
    put(body, "text", request.text);
    for (const QString &url : request.mediaUrls)
        body["media_urls"].push_back(url.toStdString());
    put(body, "webhook_url", QString::fromLatin1(request.webhookUrl.toEncoded()));
    put(body, "type", typeName(request.type));
    put(body, "encoding", encodingName(request.encoding));
    if (request.sendAt)
        put(body, "send_at", minuteText(*request.sendAt));
    return QByteArray::fromStdString(body.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace longcode::telnyx
