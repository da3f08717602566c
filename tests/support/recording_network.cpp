#include "support/recording_network.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutex>
#include <QNetworkRequest>

namespace longcode::tests {

RecordingNetwork::RecordingNetwork(QString basePath, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_basePath(std::move(basePath)) {}

namespace {

QByteArray methodName(QNetworkAccessManager::Operation operation, const QNetworkRequest &request) {
    switch (operation) {
    case QNetworkAccessManager::GetOperation:
        return "GET";
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE";
    case QNetworkAccessManager::HeadOperation:
        return "HEAD";
    default:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    }
}

} // namespace

QNetworkReply *RecordingNetwork::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *outgoing) {
    const QByteArray body = outgoing ? outgoing->peek(outgoing->bytesAvailable()) : QByteArray();
    QByteArray target = request.url().toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    if (target.startsWith(m_basePath.toUtf8()))
        recordRequest(methodName(operation, request), target.mid(m_basePath.toUtf8().size()),
                      request.header(QNetworkRequest::ContentTypeHeader).toByteArray(), body);
    return QNetworkAccessManager::createRequest(operation, request, outgoing);
}

void recordRequest(const QByteArray &method, const QByteArray &target, const QByteArray &contentType,
                   const QByteArray &body) {
    const QString folder = qEnvironmentVariable("LONGCODE_REQUEST_RECORD");
    if (folder.isEmpty() || !QDir().mkpath(folder))
        return;
    static QMutex mutex;
    const QMutexLocker lock(&mutex);
    QFile file(folder + QStringLiteral("/%1.jsonl").arg(QCoreApplication::applicationPid()));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
        qFatal("cannot record a request in %s", qPrintable(file.fileName()));
    const QJsonObject line{{QStringLiteral("test"), QCoreApplication::applicationName()},
                           {QStringLiteral("method"), QString::fromUtf8(method)},
                           {QStringLiteral("target"), QString::fromUtf8(target)},
                           {QStringLiteral("content_type"), QString::fromUtf8(contentType)},
                           {QStringLiteral("body"), QString::fromUtf8(body)}};
    file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace longcode::tests
