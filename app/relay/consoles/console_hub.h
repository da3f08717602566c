#pragma once

#include "relay/consoles/console_session.h"
#include "relay/consoles/recent_events.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <map>
#include <memory>

namespace longcode::relay {

/// Hands the log to every connected console. Lives in one thread with an event loop; what the HTTP server and
/// the log report from their threads comes here as queued calls. Server and log must be stopped before it
/// goes.
class ConsoleHub final : public QObject, private SessionHost {
    Q_OBJECT
public:
    ConsoleHub(EventLog &log, const Journal &journal, SessionLimits limits = {}, QObject *parent = nullptr);
    ~ConsoleHub() override;

    /// How Telnyx reaches the receiver; told to consoles.
    void setPublicUrl(const QString &url) { m_publicUrl = url; }

    /// Any thread. Takes over the socket of a console that has shown this token.
    [[nodiscard]] httpd::SocketHandlers adopt(const QString &tokenName,
                                              std::shared_ptr<httpd::Socket> socket);
    /// Any thread.
    [[nodiscard]] int consoles() const { return m_consoles; }
    /// Any thread: the log has grown by these.
    void announce(LogEntries events);

    /// Tells every console that the relay stops.
    void sayGoodbye();

private:
    [[nodiscard]] QString logId() const override { return m_log.id(); }
    [[nodiscard]] qint64 head() const override { return m_log.head(); }
    [[nodiscard]] QString publicUrl() const override { return m_publicUrl; }
    [[nodiscard]] LogEntries recent(const Page &page) const override { return m_recent.read(page); }
    void requestPage(quint64 session, const Page &page) override;
    [[nodiscard]] QList<QByteArray> framesFor(const LogEntries &events) override;

    /// Runs in the hub's thread, if the session is still there.
    void post(quint64 session, std::function<void(ConsoleSession &)> action);
    void forEach(const std::function<void(ConsoleSession &)> &action);

    struct EncodedFrames {
        qint64 first = 0, last = 0;
        QList<QByteArray> frames;
    };

    EventLog &m_log;
    const Journal &m_journal;
    const SessionLimits m_limits;
    QString m_publicUrl;
    RecentEvents m_recent;
    EncodedFrames m_encoded;
    std::map<quint64, std::unique_ptr<ConsoleSession>> m_sessions;
    QTimer m_ticks;
    std::atomic<quint64> m_lastSession = 0;
    std::atomic<int> m_consoles = 0;
};

} // namespace longcode::relay
