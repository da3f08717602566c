#pragma once

#include <QByteArray>
#include <QNetworkAccessManager>

namespace longcode::tests {

/// A real network access manager that writes down every request it makes to `LONGCODE_REQUEST_RECORD`
/// (a folder, one file of JSON lines per process: method, path with query, content type, body), so that
/// tests/contract can check all of them against the OpenAPI document. Without the variable it records nothing.
class RecordingNetwork : public QNetworkAccessManager {
    Q_OBJECT
public:
    /// `basePath`: what comes before the operation's path ("/v2").
    explicit RecordingNetwork(QString basePath = QStringLiteral("/v2"), QObject *parent = nullptr);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *outgoing) override;

private:
    QString m_basePath;
};

/// Appends one request to the record. `target` is path and query without the base path.
void recordRequest(const QByteArray &method, const QByteArray &target, const QByteArray &contentType,
                   const QByteArray &body);

} // namespace longcode::tests
