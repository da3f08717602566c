#include "desk/relay_link.h"
#include "base/when_finished.h"

#include "base/program.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QWebSocket>

namespace longcode::desk {

namespace {

bool isLoopback(const QUrl &url) {
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

QNetworkRequest upgradeRequest(const RelayEndpoint &endpoint) {
    QUrl url = endpoint.url;
    url.setPath(QLatin1String(protocol::consolePath));
    QNetworkRequest request{url};
    request.setRawHeader("Authorization", "Bearer " + endpoint.token);
    return request;
}

/// QWebSocket tells the status of a refused upgrade in its error text only.
bool speaksOfRefusedToken(const QString &error) {
    return error.contains(QLatin1String("401")) || error.contains(QLatin1String("403"));
}

} // namespace

std::optional<Failure> relayUrlProblem(const QUrl &url) {
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty() ||
        (scheme != QLatin1String("ws") && scheme != QLatin1String("wss")))
        return Failure{RelayLink::tr("This is not the address of a relay."),
                       RelayLink::tr("Write it as wss://relay.example.com.")};
    if (scheme == QLatin1String("ws") && !isLoopback(url))
        return Failure{
            RelayLink::tr("A relay on another machine is reached over wss:// only, because your customers' "
                          "texts and the relay's token travel on the connection."),
            RelayLink::tr("Use the wss:// address of the relay.")};
    return std::nullopt;
}

RelayLink::RelayLink(EventSink &sink, const RelayTiming &timing, QObject *parent)
    : QObject(parent), m_sink(sink), m_timing(timing), m_backoff(timing.firstBackoff, timing.longestBackoff) {
    m_retry.setSingleShot(true);
    m_patience.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &RelayLink::connectNow);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { loseForNow({tr("The relay at %1 does not answer.").arg(m_endpoint.url.host()), {}}); });
    connect(&m_heartbeat, &QTimer::timeout, this, &RelayLink::ping);
}

RelayLink::~RelayLink() {
    dropSocket();
}

void RelayLink::open(const RelayEndpoint &endpoint) {
    m_endpoint = endpoint;
    m_status.seq = m_sink.position().seq;
    reconnect();
}

void RelayLink::reconnect() {
    if (m_endpoint.url.isEmpty())
        return;
    m_backoff.reset();
    RelayStatus status = m_status;
    status.condition = RelayCondition::Connecting;
    status.trouble = {};
    setStatus(status);
    connectNow();
}

void RelayLink::unavailable(const Failure &why) {
    lose(RelayCondition::Lost, why, m_timing.longestBackoff);
    m_retry.stop();
}

void RelayLink::close() {
    m_retry.stop();
    m_endpoint = {};
    if (m_socket && m_welcomed)
        m_socket->close();
    dropSocket();
    setStatus({.condition = RelayCondition::NotSetUp,
               .seq = m_status.seq,
               .roundTrip = {},
               .publicUrl = {},
               .trouble = {}});
}

void RelayLink::connectNow() {
    dropSocket();
    if (const auto problem = relayUrlProblem(m_endpoint.url)) {
        lose(RelayCondition::Refused, *problem, m_timing.refusedPause);
        return;
    }
    m_socket = std::make_unique<QWebSocket>();
    m_socket->setMaxAllowedIncomingFrameSize(protocol::maximumFrameBytes);
    m_socket->setMaxAllowedIncomingMessageSize(protocol::maximumFrameBytes);
    if (isLoopback(m_endpoint.url))
        m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket.get(), &QWebSocket::connected, this, &RelayLink::sayHello);
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &RelayLink::onText);
    connect(m_socket.get(), &QWebSocket::pong, this, &RelayLink::onPong);
    connect(m_socket.get(), &QWebSocket::disconnected, this, &RelayLink::onSocketFailed);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(m_socket.get(), &QWebSocket::errorOccurred, this, &RelayLink::onSocketFailed);
#else
    connect(m_socket.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &RelayLink::onSocketFailed);
#endif
    m_patience.start(m_timing.welcomeWithin);
    m_socket->open(upgradeRequest(m_endpoint));
}

void RelayLink::sayHello() {
    const LogPosition position = m_sink.position();
    const protocol::Hello hello{.version = protocol::version,
                                .after = position.seq,
                                .logId = position.logId,
                                .client = QStringLiteral("longcode ") + programVersion(),
                                .console = m_console.left(protocol::maximumNameLength)};
    m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(hello)));
}

void RelayLink::onText(const QString &text) {
    auto frame = protocol::decode(text.toUtf8());
    if (!frame) {
        lose(RelayCondition::Refused,
             {tr("The relay said something this console does not understand: %1").arg(frame.error()),
              tr("Bring relay and console to the same version.")},
             m_timing.refusedPause);
        return;
    }
    if (const auto *welcome = std::get_if<protocol::Welcome>(&*frame))
        onWelcome(*welcome);
    else if (auto *events = std::get_if<protocol::Events>(&*frame))
        onEvents(std::move(*events));
    else if (const auto *refusal = std::get_if<protocol::Refusal>(&*frame))
        onRefusal(*refusal);
    else if (m_welcomed)
        onAnswer(*frame);
}

void RelayLink::onAnswer(const protocol::Frame &frame) {
    if (const auto *done = std::get_if<protocol::Published>(&frame))
        Q_EMIT published(done->id);
    else if (const auto *refused = std::get_if<protocol::NotPublished>(&frame))
        Q_EMIT notPublished(*refused);
    else if (const auto *presence = std::get_if<protocol::Presence>(&frame))
        Q_EMIT presenceChanged(*presence);
    else if (const auto *state = std::get_if<protocol::RelayState>(&frame))
        Q_EMIT relayStateRead(*state);
    else if (const auto *result = std::get_if<protocol::SelfTestResult>(&frame))
        Q_EMIT selfTested(*result);
}

bool RelayLink::say(const protocol::Frame &frame) {
    if (!m_socket || !m_welcomed)
        return false;
    m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(frame)));
    return true;
}

bool RelayLink::publish(const protocol::Publish &publish) {
    return say(publish);
}

bool RelayLink::sendPresence(const protocol::Presence &presence) {
    return say(presence);
}

bool RelayLink::askState() {
    return say(protocol::AskState{});
}

bool RelayLink::selfTest(const QString &id) {
    return say(protocol::SelfTest{id});
}

void RelayLink::onWelcome(const protocol::Welcome &welcome) {
    if (welcome.version != protocol::version) {
        lose(RelayCondition::Refused,
             {tr("The relay speaks another version of the protocol than this console."),
              tr("Bring relay and console to the same version.")},
             m_timing.refusedPause);
        return;
    }
    const LogPosition position = m_sink.position();
    m_patience.stop();
    m_backoff.reset();
    m_welcomed = true;
    m_logId = welcome.logId;
    m_head = welcome.head;
    // Another log is told from its beginning, and so is one that was set back (PROTOCOL.md, welcome).
    const bool sameLog = position.logId == welcome.logId;
    m_received = sameLog && position.seq <= welcome.head ? position.seq : 0;
    if (sameLog && position.seq > welcome.head)
        m_sink.logWasSetBack(welcome.logId);
    if (welcome.first > m_received + 1) {
        m_received = welcome.first - 1;
        m_sink.logBeginsAt(welcome.logId, welcome.first);
    }
    RelayStatus status = m_status;
    status.condition = m_received < m_head ? RelayCondition::CatchingUp : RelayCondition::Connected;
    status.seq = m_received;
    status.publicUrl = welcome.publicUrl;
    status.trouble = {};
    setStatus(status);
    m_heartbeat.start(m_timing.pingEvery);
    ping();
    Q_EMIT welcomed(welcome);
}

void RelayLink::onEvents(protocol::Events events) {
    if (!m_welcomed)
        return;
    LogBatch batch{.logId = m_logId, .events = {}, .live = false};
    for (protocol::LogEntry &event : events.events) {
        if (event.seq <= m_received)
            continue;
        m_received = event.seq;
        batch.events.append(std::move(event));
    }
    if (batch.events.isEmpty())
        return;
    batch.live = batch.events.first().seq > m_head;
    const qint64 last = m_received;
    whenFinished(m_sink.apply(batch), this,
                 [this, connection = m_connection, last](const Result<bool, Failure> &result) {
                     onApplied(connection, last, result);
                 });
}

void RelayLink::onApplied(int connection, qint64 seq, const Result<bool, Failure> &result) {
    if (connection != m_connection || !m_socket)
        return;
    if (!result) {
        loseForNow(result.error());
        return;
    }
    m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(protocol::Ack{.seq = seq})));
    RelayStatus status = m_status;
    status.seq = seq;
    if (seq >= m_head)
        status.condition = RelayCondition::Connected;
    setStatus(status);
}

void RelayLink::onRefusal(const protocol::Refusal &refusal) {
    if (refusal.code == QLatin1String("slow") || refusal.code == QLatin1String("shutdown")) {
        loseForNow({tr("The relay ended the connection: %1").arg(refusal.message), {}});
        return;
    }
    lose(RelayCondition::Refused,
         {tr("The relay refused this console: %1").arg(refusal.message),
          refusal.code == QLatin1String("unauthorized")
              ? tr("Enter the token that the relay was given for this console.")
              : tr("Bring relay and console to the same version.")},
         m_timing.refusedPause);
}

void RelayLink::onSocketFailed() {
    if (!m_socket)
        return;
    const QString host = m_endpoint.url.host();
    const QString error = m_socket->errorString();
    if (!m_welcomed && speaksOfRefusedToken(error)) {
        lose(RelayCondition::Refused,
             {tr("The relay at %1 refused the token of this console.").arg(host),
              tr("Enter the token that the relay was given for this console.")},
             m_timing.refusedPause);
        return;
    }
    loseForNow({m_welcomed ? tr("The connection to the relay at %1 was lost.").arg(host)
                           : tr("The relay at %1 cannot be reached: %2").arg(host, error),
                {}});
}

void RelayLink::onPong(quint64 elapsedMs) {
    m_patience.stop();
    RelayStatus status = m_status;
    status.roundTrip = std::chrono::milliseconds(elapsedMs);
    setStatus(status);
}

void RelayLink::ping() {
    if (!m_socket || m_patience.isActive())
        return;
    m_patience.start(m_timing.pongWithin);
    m_socket->ping();
}

void RelayLink::loseForNow(const Failure &trouble) {
    Failure full = trouble;
    if (full.remedy.isEmpty())
        full.remedy =
            tr("Nothing is lost: answers and delivery reports wait in the relay, and the console keeps "
               "trying to reach it.");
    lose(RelayCondition::Lost, full, m_backoff.next());
}

void RelayLink::lose(RelayCondition condition, const Failure &trouble, std::chrono::milliseconds pause) {
    dropSocket();
    RelayStatus status = m_status;
    status.condition = condition;
    status.roundTrip.reset();
    status.trouble = trouble;
    m_retry.start(pause);
    setStatus(status);
}

void RelayLink::dropSocket() {
    ++m_connection;
    m_welcomed = false;
    m_retry.stop();
    m_patience.stop();
    m_heartbeat.stop();
    if (!m_socket)
        return;
    // It may be in the middle of emitting the signal that led here.
    QWebSocket *socket = m_socket.release();
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
}

void RelayLink::setStatus(const RelayStatus &status) {
    if (status == m_status)
        return;
    m_status = status;
    Q_EMIT statusChanged();
}

} // namespace longcode::desk
