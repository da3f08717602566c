#include "sandbox/webhook_sender.h"

#include "sandbox/timeline.h"
#include "sandbox/virtual_clock.h"

#include <QIODevice>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

#include <algorithm>

namespace longcode::sandbox {

namespace {

/// A body that is sent once. When a connection closes without an answer, Qt would post again by itself and
/// no try would be counted; it gives up when the body cannot be rewound.
class OnceOnly final : public QIODevice {
public:
    explicit OnceOnly(QByteArray body) : m_body(std::move(body)) {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] qint64 size() const override { return m_body.size(); }
    bool seek(qint64 position) override { return position == pos(); }
    bool reset() override { return pos() == 0; }

protected:
    qint64 readData(char *data, qint64 most) override {
        const qint64 count = std::min(most, m_body.size() - m_read);
        std::copy_n(m_body.constData() + m_read, count, data);
        m_read += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_read = 0;
};

QUrl urlOf(const std::string &text) {
    return QUrl(QString::fromStdString(text), QUrl::StrictMode);
}

std::string laneOf(const std::string &url) {
    return urlOf(url).toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment).toStdString();
}

std::chrono::milliseconds pauseAfter(int attempt) {
    return attempt == 1 ? std::chrono::milliseconds(500) : std::chrono::milliseconds(2000);
}

} // namespace

WebhookSender::WebhookSender(SigningKey key, Timeline &timeline, VirtualClock &clock, QObject *parent)
    : QObject(parent), m_key(key), m_timeline(timeline), m_clock(clock) {
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void WebhookSender::send(Webhook webhook) {
    auto kept = std::make_shared<Webhook>(std::move(webhook));
    m_records.push_back(kept);
    if (m_records.size() > maximumRecords)
        m_records.pop_front();
    if (kept->urls.empty()) {
        kept->state = Webhook::State::Failed;
        return;
    }
    queue({kept});
}

bool WebhookSender::redeliver(const std::string &eventId) {
    const auto found =
        std::find_if(m_records.begin(), m_records.end(),
                     [&](const std::shared_ptr<Webhook> &w) { return w->eventId() == eventId; });
    if (found == m_records.end() || (*found)->urls.empty())
        return false;
    (*found)->state = Webhook::State::Pending;
    queue({*found});
    return true;
}

void WebhookSender::queue(Journey journey) {
    Lane &lane = m_lanes[laneOf(journey.webhook->urls[journey.url])];
    if (lane.inFlight < inFlightPerHost) {
        ++lane.inFlight;
        post(std::move(journey));
    } else {
        lane.waiting.push_back(std::move(journey));
    }
}

void WebhookSender::post(Journey journey) {
    const std::string &url = journey.webhook->urls[journey.url];
    const Json envelope{{"data", journey.webhook->event},
                        {"meta", {{"attempt", journey.attempt}, {"delivered_to", url}}}};
    const QByteArray body = QByteArray::fromStdString(toText(envelope));
    const QByteArray timestamp = QByteArray::number(QDateTime::currentSecsSinceEpoch());
    QNetworkRequest request(urlOf(url));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    request.setHeader(QNetworkRequest::UserAgentHeader, QByteArrayLiteral("longcode-sandbox"));
    request.setRawHeader("telnyx-timestamp", timestamp);
    request.setRawHeader("telnyx-signature-ed25519", m_key.sign(timestamp, body));
    auto *once = new OnceOnly(body);
    QNetworkReply *reply = m_network.post(request, once);
    once->setParent(reply);
    QTimer::singleShot(timeout, reply, &QNetworkReply::abort);
    connect(reply, &QNetworkReply::finished, this,
            [this, reply, journey = std::move(journey)] { finished(journey, reply); });
}

void WebhookSender::finished(Journey journey, QNetworkReply *reply) {
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool timedOut = reply->error() == QNetworkReply::OperationCanceledError;
    Webhook &webhook = *journey.webhook;
    const std::string &url = webhook.urls[journey.url];
    Webhook::Attempt attempt{url, journey.attempt, status, {}, m_clock.now()};
    if (timedOut)
        attempt.problem = "no answer within 2 seconds";
    else if (reply->error() != QNetworkReply::NoError)
        attempt.problem = reply->errorString().toStdString();
    webhook.attempts.push_back(std::move(attempt));

    Lane &lane = m_lanes[laneOf(url)];
    --lane.inFlight;
    if (!lane.waiting.empty()) {
        Journey waiting = std::move(lane.waiting.front());
        lane.waiting.pop_front();
        ++lane.inFlight;
        post(std::move(waiting));
    }
    if (!timedOut && status >= 200 && status < 300)
        webhook.state = Webhook::State::Delivered;
    else
        next(std::move(journey));
}

void WebhookSender::next(Journey journey) {
    if (journey.attempt < triesPerUrl) {
        const auto pause = pauseAfter(journey.attempt);
        ++journey.attempt;
        m_timeline.after(pause, [this, journey = std::move(journey)] { queue(journey); });
        return;
    }
    journey.attempt = 1;
    if (++journey.url < journey.webhook->urls.size())
        queue(std::move(journey));
    else
        journey.webhook->state = Webhook::State::Failed;
}

} // namespace longcode::sandbox
