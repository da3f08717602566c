#pragma once

#include "telnyx/answer.h"
#include "telnyx/request.h"

#include <QPointer>
#include <QTimer>

class QNetworkReply;

namespace longcode::telnyx {

class OneShotBody;

/// One use of one operation: the request, repeated after a pause when the operation is a GET and the failure
/// may pass, until it succeeds, fails for good or its deadline is over. Tells the receiver exactly once, then
/// deletes itself. Lives on the thread of the network access manager; a child of the transport.
class Call final : public QObject {
    Q_OBJECT
public:
    Call(QNetworkAccessManager &network, const Settings &settings, Request request, JsonReceiver receiver,
         QObject *parent);
    ~Call() override;

    void start();
    /// Ends with ErrorKind::Cancelled at once.
    void cancel();

private:
    /// setTransferTimeout and abort() report the same error, so the own reasons are remembered.
    enum class Stop : quint8 { None, Deadline, TooLarge };

    void attempt();
    void attemptFinished();
    void limitSize();
    void deadlineOver();
    void retryOrFinish(Error error);
    void finish(JsonAnswer answer);
    void dropReply();
    [[nodiscard]] JsonAnswer outcome() const;
    [[nodiscard]] Error networkError() const;
    [[nodiscard]] bool nothingLeft() const;
    [[nodiscard]] bool mayPass(const Error &error) const;
    [[nodiscard]] std::chrono::milliseconds pauseBefore(const Error &error) const;

    QNetworkAccessManager &m_network;
    const Settings &m_settings;
    Request m_request;
    JsonReceiver m_receiver;
    QTimer m_deadline, m_pause;
    QPointer<QNetworkReply> m_reply;
    QPointer<OneShotBody> m_body;
    std::optional<Error> m_lastError;
    Stop m_stop = Stop::None;
    int m_attempts = 0;
    bool m_requestSent = false;
};

} // namespace longcode::telnyx
