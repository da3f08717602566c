#include "relay/forward/delivery.h"

#include "base/program.h"

#include <QNetworkReply>
#include <QTimer>
#include <QUrlQuery>

namespace longcode::relay {

namespace {

/// What Qt's error says, in words that hold no address.
QString inWords(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return QStringLiteral("the connection was refused");
    case QNetworkReply::RemoteHostClosedError:
        return QStringLiteral("the connection was closed before an answer");
    case QNetworkReply::HostNotFoundError:
        return QStringLiteral("its name does not resolve");
    case QNetworkReply::SslHandshakeFailedError:
        return QStringLiteral("its certificate is not trusted, or the TLS handshake failed");
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return QStringLiteral("no answer in time");
    default:
        return QStringLiteral("it could not be reached (network error %1)").arg(int(error));
    }
}

DeliveryResult judge(const QNetworkReply &reply) {
    using Outcome = DeliveryResult::Outcome;
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return {Outcome::Trouble, inWords(reply.error())};
    if (status >= 200 && status < 300)
        return {Outcome::Accepted};
    const QString answered = QStringLiteral("answered %1").arg(status);
    if (status >= 300 && status < 400)
        return {Outcome::Trouble, answered % QStringLiteral("; redirects are not followed")};
    const bool refused = status >= 400 && status < 500 && status != 408 && status != 429;
    return {refused ? Outcome::Refused : Outcome::Trouble, answered};
}

} // namespace

Delivery::Delivery(QUrl target, std::chrono::milliseconds timeout)
    : m_target(std::move(target)), m_timeout(timeout), m_network(std::make_unique<QNetworkAccessManager>()) {
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

QNetworkRequest Delivery::requestFor(const SignedEntry &entry) const {
    QUrl url = m_target;
    if (!entry.intent.isEmpty()) {
        QUrlQuery query(url);
        query.addQueryItem(QLatin1String(protocol::intentParameter),
                           QString::fromLatin1(QUrl::toPercentEncoding(entry.intent)));
        url.setQuery(query);
    }
    QNetworkRequest request(url);
    request.setRawHeader("Content-Type", "application/json");
    request.setRawHeader("User-Agent", "longcode-relay/" + programVersion().toLatin1());
    request.setRawHeader("telnyx-signature-ed25519", entry.signature);
    request.setRawHeader("telnyx-timestamp", entry.timestamp);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

void Delivery::send(const SignedEntry &entry, std::function<void(DeliveryResult)> done) {
    QNetworkReply *reply = m_network->post(requestFor(entry), entry.body);
    // What a target says beside its status is of no interest, however much it is.
    reply->setReadBufferSize(64 * 1024);
    QObject::connect(reply, &QIODevice::readyRead, reply, [reply] { reply->readAll(); });
    // For the whole exchange: Qt's own time limit begins anew with every byte.
    QTimer::singleShot(m_timeout, reply, [reply] { reply->abort(); });
    QObject::connect(reply, &QNetworkReply::finished, m_network.get(), [reply, done = std::move(done)] {
        reply->deleteLater();
        done(judge(*reply));
    });
}

void Delivery::stop() {
    m_network.reset();
}

} // namespace longcode::relay
