#include "telnyx/network_request.h"

#include "base/program.h"

#include <QHostAddress>
#include <QNetworkRequest>

#include <algorithm>

namespace longcode::telnyx {

namespace {

bool isThisMachine(const QString &host) {
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

Error refused(const QString &title) {
    Error error;
    error.kind = ErrorKind::NotConnected;
    error.title = title;
    error.mayHaveReachedServer = false;
    return error;
}

} // namespace

std::optional<Error> refusal(const Settings &settings) {
    const QUrl &base = settings.baseUrl;
    const bool isPlain = base.scheme() == QLatin1String("http");
    if (!base.isValid() || base.host().isEmpty() || (!isPlain && base.scheme() != QLatin1String("https")))
        return refused(QStringLiteral("The address of the API is not an HTTP address."));
    if (isPlain && !isThisMachine(base.host()))
        return refused(QStringLiteral(
            "The address of the API must begin with https, or the key could be read on the way."));
    const auto isPrintable = [](char c) { return c > ' ' && c < 0x7f; };
    if (settings.apiKey.isEmpty() ||
        !std::all_of(settings.apiKey.begin(), settings.apiKey.end(), isPrintable))
        return refused(QStringLiteral("The API key is empty or contains characters that no key has."));
    return std::nullopt;
}

QNetworkRequest networkRequest(const Settings &settings, const Request &request) {
    QNetworkRequest wire(urlOf(settings.baseUrl, request));
    wire.setRawHeader("Authorization", "Bearer " + settings.apiKey);
    wire.setRawHeader("Accept", "application/json");
    wire.setRawHeader("Connection", "close");
    wire.setHeader(QNetworkRequest::UserAgentHeader, QString(QLatin1String("longcode/") % programVersion()));
    if (request.body)
        wire.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    wire.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    wire.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    wire.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    wire.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    wire.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    wire.setTransferTimeout(static_cast<int>(settings.transferTimeout.count()));
    return wire;
}

} // namespace longcode::telnyx
