#pragma once

#include "support/recording_network.h"
#include "support/scripted_server.h"
#include "telnyx/telnyx.h"

#include <QTest>

namespace longcode::tests {

/// A client of the product against a scripted server. Its requests are recorded for the contract test.
struct ApiFixture {
    ScriptedServer server;
    RecordingNetwork network;
    telnyx::Settings settings;

    ApiFixture() {
        settings.baseUrl = server.url(QStringLiteral("/v2"));
        settings.apiKey = "KEY-for-tests-0001";
        settings.firstBackoff = std::chrono::milliseconds(5);
    }

    /// Waits for the future, which must finish within `ms`; a default value when it does not.
    template <typename T>
    static T result(const QFuture<T> &future, int ms = 10'000) {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, ms) || future.resultCount() == 0)
            qFatal("a call did not finish");
        return future.result();
    }
};

/// A send that is valid in every respect.
inline telnyx::SendRequest someSend(const QString &text = QStringLiteral("Your order is ready.")) {
    telnyx::SendRequest request;
    request.from = QStringLiteral("+14155550100");
    request.to = QStringLiteral("+14155550123");
    request.text = text;
    return request;
}

inline const QByteArray someMessageId("40385f64-5717-4562-b3fc-2c963f66afa6");

/// The least a message of an answer has.
inline QByteArray someMessage() {
    return R"({"data":{"id":")" + someMessageId +
           R"(","direction":"outbound","from":{"phone_number":"+14155550100"},)"
           R"("to":[{"phone_number":"+14155550123","status":"queued"}],"text":"Your order is ready."}})";
}

} // namespace longcode::tests
