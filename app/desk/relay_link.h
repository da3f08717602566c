#pragma once

#include "desk/account.h"
#include "desk/backoff.h"
#include "protocol/protocol.h"

#include <QFuture>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>

class QWebSocket;

namespace longcode::desk {

/// Where the relay is, and what it wants to see.
struct RelayEndpoint {
    QUrl url; ///< ws:// or wss://; the path is added
    QByteArray token;
};

/// How far the console's store has followed which log.
struct LogPosition {
    QString logId; ///< empty: none yet
    qint64 seq = 0;
    friend bool operator==(const LogPosition &, const LogPosition &) = default;
};

/// Some consecutive entries of a relay's log.
struct LogBatch {
    QString logId;
    QList<protocol::LogEntry> events;
    bool live = false; ///< not part of what was missed while away
};

/// Where the relay's events go. The link's only view of the store.
class EventSink {
public:
    virtual ~EventSink() = default;
    [[nodiscard]] virtual LogPosition position() const = 0;
    /// The relay's log ends before the position reached here: it was restored from an older copy. What
    /// follows under its name starts from the beginning.
    virtual void logWasSetBack(const QString &logId) = 0;
    /// The relay keeps its log from `first` on only, and what lies between the position reached here and it
    /// is gone. What follows under its name starts with `first`.
    virtual void logBeginsAt(const QString & /*logId*/, qint64 /*first*/) {}
    /// Finishes when everything in it is durable. Called in order, without waiting for the one before.
    virtual QFuture<Result<bool, Failure>> apply(const LogBatch &batch) = 0;
};

struct RelayTiming {
    std::chrono::milliseconds firstBackoff{500};
    std::chrono::milliseconds longestBackoff{30'000};
    std::chrono::milliseconds refusedPause{60'000}; ///< after a refusal that waiting will hardly change
    std::chrono::milliseconds welcomeWithin{15'000};
    std::chrono::milliseconds pingEvery{15'000};
    std::chrono::milliseconds pongWithin{10'000};
};

/// Whether a relay may be spoken to at this address: wss:// anywhere, ws:// on this machine only, because the
/// token and customers' texts travel on it. The sentence says what is wrong.
[[nodiscard]] std::optional<Failure> relayUrlProblem(const QUrl &url);

/// Keeps the console connected to its relay, and hands over what it reports in order. Lives on the UI thread.
///
/// Connects, says from where on it wants the log, hands batches to the sink and acknowledges each when it is
/// durable. A lost connection is taken up again with backoff and jitter, a refused token with long pauses.
class RelayLink : public QObject {
    Q_OBJECT
public:
    RelayLink(EventSink &sink, const RelayTiming &timing, QObject *parent = nullptr);
    ~RelayLink() override;

    void open(const RelayEndpoint &endpoint);
    /// At once, without waiting for the pause to end.
    void reconnect();
    /// The relay cannot be there at the moment, and why; open() follows when it can.
    void unavailable(const Failure &why);
    /// Names this console's store to the relay, which remembers how far it has read; from the next connection
    /// on. Up to 64 characters.
    void setConsoleName(const QString &name) { m_console = name; }
    /// Each false: there is no connection, nothing was said. Answers come as signals; none comes when the
    /// connection is lost before.
    bool publish(const protocol::Publish &publish);
    bool sendPresence(const protocol::Presence &presence);
    bool askState();
    bool selfTest(const QString &id);
    /// Says goodbye. Nothing is applied afterwards.
    void close();
    [[nodiscard]] const RelayStatus &status() const { return m_status; }
    [[nodiscard]] const RelayEndpoint &endpoint() const { return m_endpoint; }

Q_SIGNALS:
    void statusChanged();
    /// A connection stands.
    void welcomed(const protocol::Welcome &welcome);
    void published(const QString &id);
    void notPublished(const protocol::NotPublished &answer);
    void presenceChanged(const protocol::Presence &presence);
    void relayStateRead(const protocol::RelayState &state);
    void selfTested(const protocol::SelfTestResult &result);

private:
    bool say(const protocol::Frame &frame);
    void onAnswer(const protocol::Frame &frame);
    void connectNow();
    void sayHello();
    void onText(const QString &text);
    void onWelcome(const protocol::Welcome &welcome);
    void onEvents(protocol::Events events);
    void onApplied(int connection, qint64 seq, const Result<bool, Failure> &result);
    void onRefusal(const protocol::Refusal &refusal);
    void onSocketFailed();
    void onPong(quint64 elapsedMs);
    void ping();
    void lose(RelayCondition condition, const Failure &trouble, std::chrono::milliseconds pause);
    void loseForNow(const Failure &trouble);
    void dropSocket();
    void setStatus(const RelayStatus &status);

    EventSink &m_sink;
    RelayTiming m_timing;
    Backoff m_backoff;
    RelayEndpoint m_endpoint;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_retry, m_patience, m_heartbeat;
    RelayStatus m_status;
    QString m_console;
    QString m_logId;
    qint64 m_head = 0;     ///< newest seq when the relay said welcome
    qint64 m_received = 0; ///< newest seq handed to the sink over this connection
    int m_connection = 0;  ///< counts connections, to know late answers of the sink
    bool m_welcomed = false;
};

} // namespace longcode::desk
