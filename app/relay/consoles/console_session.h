#pragma once

#include "httpd/httpd.h"
#include "relay/log/event_log.h"

#include <QDeadlineTimer>

#include <chrono>

namespace longcode::relay {

class Journal;

/// What a session needs of the hub it lives in.
class SessionHost {
public:
    virtual ~SessionHost() = default;
    [[nodiscard]] virtual QString logId() const = 0;
    [[nodiscard]] virtual qint64 head() const = 0;
    [[nodiscard]] virtual QString publicUrl() const = 0;
    /// What follows in memory; empty when nothing does.
    [[nodiscard]] virtual LogEntries recent(const Page &page) const = 0;
    /// Ends in ConsoleSession::takePage, unless the session is gone by then.
    virtual void requestPage(quint64 session, const Page &page) = 0;
    /// The frames for these events. Consoles at the same place share the work.
    [[nodiscard]] virtual QList<QByteArray> framesFor(const LogEntries &events) = 0;
};

struct SessionLimits {
    std::chrono::milliseconds hello{10'000};
    /// Without an ack while events wait.
    std::chrono::milliseconds ack{120'000};
};

/// One console's connection: its place in the log, and what it may be sent (PROTOCOL.md). Lives in the hub's
/// thread. Never sends beyond the window, and never lets the socket's queue grow.
class ConsoleSession {
public:
    ConsoleSession(quint64 id, QString tokenName, std::shared_ptr<httpd::Socket> socket, SessionHost &host,
                   const Journal &journal, SessionLimits limits);

    [[nodiscard]] const QString &tokenName() const { return m_tokenName; }
    void takeText(const QByteArray &text);
    /// Sends whatever may be sent now.
    void pump();
    void takePage(const std::optional<LogEntries> &page);
    /// Called about once a second: time limits, and another try after a page could not be read.
    void tick();
    /// Says why, and closes.
    void refuse(const QString &code, const QString &sentence);

private:
    enum class Stage : quint8 { AwaitingHello, Serving, Leaving };

    void take(const protocol::Hello &hello);
    void take(const protocol::Ack &ack);
    void protocolFault(const QString &what);
    void send(const LogEntries &events);
    [[nodiscard]] int room() const;

    const quint64 m_id;
    const QString m_tokenName;
    const std::shared_ptr<httpd::Socket> m_socket;
    SessionHost &m_host;
    const Journal &m_journal;
    const SessionLimits m_limits;
    Stage m_stage = Stage::AwaitingHello;
    QDeadlineTimer m_deadline; ///< for hello, then for the next ack
    qint64 m_sent = 0;
    qint64 m_acknowledged = 0;
    bool m_reading = false;
};

} // namespace longcode::relay
