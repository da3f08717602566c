#include "sandbox/lab.h"

#include <QNetworkReply>
#include <QSignalSpy>

namespace longcode::tests {

QByteArray Reply::header(const QByteArray &name) const {
    for (const auto &[given, value] : headers) {
        if (given.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QString textAt(const Json &json, const char *pointer) {
    const Json::json_pointer where(pointer);
    if (json.is_discarded() || !json.contains(where))
        return QStringLiteral("absent");
    const Json &value = json.at(where);
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

QString written(const Json &json) {
    return QString::fromStdString(json.dump());
}

QString Reply::at(const char *pointer) const {
    return textAt(body, pointer);
}

bool Lab::start(const QStringList &options) {
    const QStringList arguments{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                                QStringLiteral("--api-key"), QString::fromLatin1(key)};
    return m_program.start("longcode-sandbox", arguments + options);
}

QByteArray Lab::publicKey() const {
    return QByteArray::fromBase64(m_program.ready()[QStringLiteral("public_key")].toString().toLatin1());
}

Reply Lab::run(QNetworkAccessManager &network, const char *method, const QString &url, const QByteArray &body,
               const QByteArray &contentType, const QByteArray &authorization) {
    QNetworkRequest request{QUrl(url)};
    if (!authorization.isEmpty())
        request.setRawHeader("Authorization", authorization);
    if (!body.isEmpty() && !contentType.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
    QNetworkReply *reply = network.sendCustomRequest(request, method, body);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait(20000);
    Reply result;
    result.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    result.bytes = reply->readAll();
    result.body = Json::parse(result.bytes.toStdString(), nullptr, false);
    result.headers = reply->rawHeaderPairs();
    reply->deleteLater();
    return result;
}

Reply Lab::api(const char *method, const QString &path, const Json &body) {
    return run(m_recorded, method, m_program.ready()[QStringLiteral("url")].toString() + path,
               body.is_null() ? QByteArray() : QByteArray::fromStdString(body.dump()), "application/json",
               QByteArray("Bearer ") + key);
}

Reply Lab::broken(const char *method, const QString &path, const QByteArray &body,
                  const QByteArray &contentType, const QByteArray &authorization) {
    return run(m_plain, method, m_program.ready()[QStringLiteral("url")].toString() + path, body, contentType,
               authorization);
}

Reply Lab::control(const char *method, const QString &path, const Json &body) {
    return run(m_plain, method, m_program.ready()[QStringLiteral("control")].toString() + path,
               body.is_null() ? QByteArray() : QByteArray::fromStdString(body.dump()), "application/json",
               {});
}

Json Lab::send(const char *to, const char *text, const Json &more) {
    Json body{{"from", longCode}, {"to", to}, {"text", text}};
    body.update(more);
    const Reply reply = api("POST", QStringLiteral("/messages"), body);
    return reply.status == 200 ? reply.body["data"] : Json();
}

QString Lab::statusOf(const Json &message) {
    return api("GET", QStringLiteral("/messages/") + textAt(message, "/id")).at("/data/to/0/status");
}

void Lab::setWebhook(const char *profile, const QString &url, const QString &failover) {
    const auto orNull = [](const QString &text) {
        return text.isEmpty() ? Json() : Json(text.toStdString());
    };
    control("POST", QStringLiteral("/profiles/") + QString::fromLatin1(profile),
            {{"webhook_url", orNull(url)}, {"webhook_failover_url", orNull(failover)}});
}

void Lab::advance(qint64 ms) {
    control("POST", QStringLiteral("/clock"), {{"advance_ms", ms}});
}

} // namespace longcode::tests
