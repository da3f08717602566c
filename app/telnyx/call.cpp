#include "telnyx/call.h"

#include "telnyx/network_request.h"
#include "telnyx/one_shot_body.h"

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>

namespace longcode::telnyx {

Q_LOGGING_CATEGORY(lcTelnyx, "longcode.telnyx", QtInfoMsg)

namespace {

/// Whether the answer has come whole, so that its status says everything.
bool isHttpOutcome(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::NoError:
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return true;
    default:
        return false;
    }
}

bool failsBeforeRequest(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::HostNotFoundError || error == QNetworkReply::ConnectionRefusedError ||
           error == QNetworkReply::SslHandshakeFailedError;
}

QNetworkReply *sendOn(QNetworkAccessManager &network, Verb verb, const QNetworkRequest &request,
                      QIODevice *body) {
    switch (verb) {
    case Verb::Get:
        return network.get(request);
    case Verb::Post:
        return network.post(request, body);
    case Verb::Put:
        return network.put(request, body);
    case Verb::Delete:
        return network.deleteResource(request);
    case Verb::Patch:
        break;
    }
    return network.sendCustomRequest(request, verbName(verb), body);
}

RawAnswer rawAnswer(QNetworkReply &reply) {
    RawAnswer answer;
    answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    if (reply.isOpen()) // an aborted one is not
        answer.body = reply.readAll();
    answer.retryAfter = reply.rawHeader("retry-after");
    answer.date = reply.rawHeader("date");
    answer.rateLimitReset = reply.rawHeader("x-ratelimit-reset");
    answer.requestId = reply.rawHeader("x-request-id");
    return answer;
}

} // namespace

Call::Call(QNetworkAccessManager &network, const Settings &settings, Request request, JsonReceiver receiver,
           QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_settings(settings)
    , m_request(std::move(request))
    , m_receiver(std::move(receiver)) {
    m_deadline.setSingleShot(true);
    m_pause.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Call::deadlineOver);
    connect(&m_pause, &QTimer::timeout, this, &Call::attempt);
}

Call::~Call() {
    dropReply();
}

void Call::dropReply() {
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply.clear();
}

void Call::start() {
    m_deadline.start(m_settings.deadline);
    attempt();
}

void Call::cancel() {
    if (!m_receiver)
        return;
    Error error;
    error.kind = ErrorKind::Cancelled;
    error.mayHaveReachedServer = !nothingLeft();
    finish(failed(std::move(error)));
}

void Call::attempt() {
    ++m_attempts;
    m_requestSent = false;
    if (auto refused = refusal(m_settings))
        return finish(failed(*std::move(refused)));
    const QNetworkRequest request = networkRequest(m_settings, m_request);
    if (m_request.body)
        m_body = new OneShotBody(*m_request.body);
    m_reply = sendOn(m_network, m_request.operation.verb, request, m_body.data());
    if (m_body)
        m_body->setParent(m_reply);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_requestSent = true; });
    connect(m_reply, &QNetworkReply::readyRead, this, &Call::limitSize);
    connect(m_reply, &QNetworkReply::finished, this, &Call::attemptFinished);
}

void Call::limitSize() {
    if (m_reply->bytesAvailable() <= maximumAnswerBytes)
        return;
    m_stop = Stop::TooLarge;
    m_reply->abort();
}

void Call::deadlineOver() {
    m_stop = Stop::Deadline;
    if (m_pause.isActive())
        return finish(failed(*m_lastError));
    if (m_reply)
        m_reply->abort();
}

void Call::attemptFinished() {
    JsonAnswer answer = outcome();
    qCInfo(lcTelnyx, "%s %s: %d %s", verbName(m_request.operation.verb).constData(), m_request.operation.path,
           m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
           m_reply->rawHeader("x-request-id").left(100).constData());
    m_reply->deleteLater();
    m_reply.clear();
    m_body.clear();
    if (answer)
        finish(std::move(answer));
    else
        retryOrFinish(std::move(answer.error()));
}

void Call::retryOrFinish(Error error) {
    const auto pause = pauseBefore(error);
    if (m_stop != Stop::None || m_attempts > m_settings.retries || !mayPass(error) ||
        pause >= m_deadline.remainingTimeAsDuration())
        return finish(failed(std::move(error)));
    m_lastError = std::move(error);
    m_pause.start(pause);
}

void Call::finish(JsonAnswer answer) {
    m_deadline.stop();
    m_pause.stop();
    dropReply();
    const JsonReceiver receiver = std::exchange(m_receiver, nullptr);
    deleteLater();
    receiver(std::move(answer));
}

JsonAnswer Call::outcome() const {
    const RawAnswer answer = rawAnswer(*m_reply);
    // A refusal counts even when its body was cut off: the server has made up its mind.
    if (isHttpOutcome(m_reply->error()) || answer.status >= 300)
        return judge(answer);
    Error error = m_stop == Stop::TooLarge ? badAnswer(QStringLiteral("body")) : networkError();
    error.httpStatus = answer.status;
    return failed(std::move(error));
}

Error Call::networkError() const {
    Error error;
    error.mayHaveReachedServer = !nothingLeft();
    error.detail = m_reply->errorString().left(300);
    const auto cause = m_reply->error();
    if (m_stop == Stop::Deadline || cause == QNetworkReply::OperationCanceledError ||
        cause == QNetworkReply::TimeoutError)
        error.kind = ErrorKind::TimedOut;
    else
        error.kind = error.mayHaveReachedServer ? ErrorKind::ConnectionLost : ErrorKind::NotConnected;
    return error;
}

/// With a body it is certain as long as none of it was read. Without one only some failures make it certain.
bool Call::nothingLeft() const {
    if (!m_reply)
        return m_attempts == 0 || (m_lastError && !m_lastError->mayHaveReachedServer);
    if (m_request.body)
        return m_body && !m_body->wasRead();
    return failsBeforeRequest(m_reply->error()) && !m_requestSent;
}

bool Call::mayPass(const Error &error) const {
    if (m_request.operation.verb != Verb::Get)
        return false;
    switch (error.kind) {
    case ErrorKind::NotConnected:
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Server:
        return true;
    case ErrorKind::RateLimited:
        return error.code != QLatin1String("40333"); // the daily spend limit lasts until midnight UTC (D38)
    default:
        return false;
    }
}

std::chrono::milliseconds Call::pauseBefore(const Error &error) const {
    if (error.retryAfter)
        return *error.retryAfter;
    const auto longest = m_settings.firstBackoff * (1 << std::min(m_attempts - 1, 10));
    const double jitter = 0.5 + 0.5 * QRandomGenerator::global()->generateDouble();
    return std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(longest.count()) * jitter));
}

} // namespace longcode::telnyx
