#pragma once

#include "httpd/httpd.h"
#include "relay/consoles/fact_gate.h"
#include "relay/consoles/visibility.h"
#include "relay/log/event_log.h"

#include <QDeadlineTimer>

#include <chrono>
#include <deque>

namespace longcode::relay {

class Journal;

/// What a session needs of the hub it lives in. Questions are answered later through the session's `take…`
/// functions, unless it is gone by then.
class SessionHost {
public:
    virtual ~SessionHost() = default;
    /// What every console is told in the same words; name and role are the session's to fill in.
    [[nodiscard]] virtual protocol::Welcome welcome() const = 0;
    [[nodiscard]] virtual qint64 head() const = 0;
    [[nodiscard]] virtual qint64 first() const = 0;
    /// What follows in memory; empty when nothing does.
    [[nodiscard]] virtual LogEntries recent(const Page &page) const = 0;
    /// Ends in takePage.
    virtual void requestPage(quint64 session, const Page &page) = 0;
    /// The frames for these events as the view shows them. With `live`, consoles at the same place share the
    /// work.
    [[nodiscard]] virtual QList<QByteArray> framesFor(const LogEntries &events, const View &view,
                                                      bool live) = 0;
    /// Ends in takeAppended.
    virtual void append(quint64 session, const QString &publishId, IncomingEvent event) = 0;
    virtual void acknowledge(const ReaderPlace &place) = 0;
    /// Tells the others.
    virtual void spreadPresence(quint64 session, const protocol::Presence &presence) = 0;
    /// Who does what now; for a console that has just come.
    [[nodiscard]] virtual QList<protocol::Presence> presences() const = 0;
    /// Ends in takeState.
    virtual void requestState(quint64 session) = 0;
    /// Ends in takeTested.
    virtual void requestSelfTest(quint64 session) = 0;
};

struct SessionLimits {
    std::chrono::milliseconds hello{10'000};
    /// Without an ack while events wait.
    std::chrono::milliseconds ack{120'000};
    /// Between two times that a console's place is written down.
    std::chrono::milliseconds placeEvery{2'000};
    PublishLimits publish{};
};

/// One console's connection: its place in the log, and what it may be sent and may say (PROTOCOL.md). Lives
/// in the hub's thread. Never sends beyond the window, and never lets the socket's queue grow.
class ConsoleSession {
public:
    ConsoleSession(quint64 id, const TokenGrant &grant, std::shared_ptr<httpd::Socket> socket,
                   SessionHost &host, const Journal &journal, const SessionLimits &limits);

    [[nodiscard]] const TokenGrant &grant() const { return m_grant; }
    /// Name of the console's store; empty before hello, and when it has none.
    [[nodiscard]] const QString &console() const { return m_console; }
    [[nodiscard]] bool isServing() const { return m_stage == Stage::Serving; }
    void takeText(const QByteArray &text);
    /// Sends whatever may be sent now.
    void pump();
    void takePage(const std::optional<LogEntries> &page);
    void takeAppended(const QString &publishId, qsizetype bytes, Appended appended);
    void takePresence(const protocol::Presence &presence);
    void takeState(protocol::RelayState state);
    void takeTested(bool arrived, const QString &message);
    /// Called about once a second: time limits, the console's place, and another try after a page could not
    /// be read.
    void tick();
    /// Says why, and closes.
    void refuse(const QString &code, const QString &sentence);
    /// The socket is closed: writes the place down a last time.
    void end();

private:
    enum class Stage : quint8 { AwaitingHello, Serving, Leaving };
    struct Sent {
        qint64 last = 0; ///< seq
        qsizetype bytes = 0;
    };

    void take(const protocol::Hello &hello);
    void take(const protocol::Ack &ack);
    void take(const protocol::Publish &publish);
    void take(const protocol::Presence &presence);
    void take(const protocol::AskState &);
    void take(const protocol::SelfTest &test);
    /// The relay's own frames.
    template <typename Other>
    void take(const Other &) {
        protocolFault(QStringLiteral("only the relay sends frames of this kind"));
    }
    void welcome(qint64 head);
    void protocolFault(const QString &what);
    /// False: the console does not read, and is being let go.
    bool say(const QByteArray &frame);
    void send(const LogEntries &events, bool live);
    void flushPresence();
    void writePlace();
    [[nodiscard]] Page nextPage() const;
    [[nodiscard]] bool hasRoom() const;

    const quint64 m_id;
    const TokenGrant m_grant;
    const View m_view;
    const std::shared_ptr<httpd::Socket> m_socket;
    SessionHost &m_host;
    const Journal &m_journal;
    const SessionLimits m_limits;
    Stage m_stage = Stage::AwaitingHello;
    QDeadlineTimer m_deadline; ///< for hello, then for the next ack
    QString m_console;
    qint64 m_sent = 0;
    qint64 m_acknowledged = 0;
    std::deque<Sent> m_underWay; ///< beyond the last ack
    qsizetype m_bytesUnderWay = 0;
    bool m_reading = false;
    qint64 m_written = -1; ///< place last written down
    QDeadlineTimer m_placeDue, m_seenDue;
    FactGate m_gate;
    TokenBucket m_presenceRate;
    std::optional<protocol::Presence> m_heldPresence;
    bool m_asksState = false;
    QString m_selfTest; ///< id of the one under way
};

} // namespace longcode::relay
