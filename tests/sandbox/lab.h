#pragma once

#include "support/process.h"
#include "support/recording_network.h"
#include "support/scratch.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QNetworkReply>
#include <QString>

namespace longcode::tests {

using Json = nlohmann::json;

/// What came back.
struct Reply {
    int status = 0; ///< 0: the connection was dropped
    Json body;      ///< discarded when it was no JSON
    QByteArray bytes;
    QList<QNetworkReply::RawHeaderPair> headers;

    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    /// The value at a JSON pointer as text; other types as JSON; "absent" when there is none.
    [[nodiscard]] QString at(const char *pointer) const;
};

[[nodiscard]] QString textAt(const Json &json, const char *pointer);
/// One form for one value: members sorted, no blanks.
[[nodiscard]] QString written(const Json &json);

/// A sandbox process and a client for it.
class Lab {
public:
    static constexpr const char *key = "test-key";
    static constexpr const char *sales = "5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101";
    static constexpr const char *support = "5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a102";
    static constexpr const char *longCode = "+14155550100";
    static constexpr const char *tollFree = "+18885550142";
    static constexpr const char *anybody = "+13125550001"; ///< receives and stays silent

    bool start(const QStringList &options = {});
    [[nodiscard]] RunningProgram &program() { return m_program; }
    [[nodiscard]] QByteArray publicKey() const;

    /// A request that fits the API's document; recorded for the contract check.
    Reply api(const char *method, const QString &path, const Json &body = {});
    /// A request that is wrong on purpose; not recorded.
    Reply broken(const char *method, const QString &path, const QByteArray &body,
                 const QByteArray &contentType = "application/json",
                 const QByteArray &authorization = QByteArray("Bearer ") + key);
    Reply control(const char *method, const QString &path, const Json &body = {});

    /// POST /messages from the long code; the answer's `data`.
    Json send(const char *to, const char *text, const Json &more = Json::object());
    [[nodiscard]] QString statusOf(const Json &message);
    void setWebhook(const char *profile, const QString &url, const QString &failover = {});
    void advance(qint64 ms);

private:
    Reply run(QNetworkAccessManager &network, const char *method, const QString &url, const QByteArray &body,
              const QByteArray &contentType, const QByteArray &authorization);

    RunningProgram m_program;
    RecordingNetwork m_recorded;
    QNetworkAccessManager m_plain;
};

} // namespace longcode::tests
