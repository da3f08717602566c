#pragma once

#include "relay/consoles/backfill.h"
#include "relay/consoles/console_session.h"
#include "relay/consoles/presence_board.h"
#include "relay/consoles/recent_events.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <map>
#include <memory>

namespace longcode::relay {

class SelfTester;
class StateSource;

/// Hands the log to every connected console, and takes what consoles tell each other. Lives in one thread
/// with an event loop; what the HTTP server and the log report from their threads comes here as queued calls.
/// Server and log must be stopped before it goes.
class ConsoleHub final : public QObject, private SessionHost {
    Q_OBJECT
public:
    ConsoleHub(EventLog &log, const Journal &journal, const SessionLimits &limits = {},
               QObject *parent = nullptr);
    ~ConsoleHub() override;

    /// How Telnyx reaches the receiver; told to consoles.
    void setPublicUrl(const QString &url) { m_publicUrl = url; }
    /// Who answers for the relay. Neither is owned; without one the hub says what it knows.
    void setStateSource(StateSource *source) { m_stateSource = source; }
    void setSelfTester(SelfTester *tester) { m_selfTester = tester; }
    /// Any thread. Who may be connected from now on. Consoles whose token is not among them, or is another
    /// one now, are let go as `unauthorized`; those whose role or account changed as `shutdown`, so that they
    /// connect again at once and are told what they are now.
    void setTokens(const AccessTokens &tokens);

    /// Any thread. Takes over the socket of a console that has shown the token of this grant.
    [[nodiscard]] httpd::SocketHandlers adopt(const TokenGrant &grant, std::shared_ptr<httpd::Socket> socket);
    /// Any thread.
    [[nodiscard]] int consoles() const { return m_consoles; }
    /// Any thread: the log has grown by these.
    void announce(LogEntries events);

    /// Tells every console that the relay stops.
    void sayGoodbye();

private:
    [[nodiscard]] protocol::Welcome welcome() const override;
    [[nodiscard]] qint64 head() const override { return m_log.head(); }
    [[nodiscard]] qint64 first() const override { return m_log.first(); }
    [[nodiscard]] LogEntries recent(const Page &page) const override { return m_recent.read(page); }
    void requestPage(quint64 session, const Page &page) override;
    [[nodiscard]] QList<QByteArray> framesFor(const LogEntries &events, const View &view, bool live) override;
    void append(quint64 session, const QString &publishId, IncomingEvent event) override;
    void acknowledge(const ReaderPlace &place) override { m_log.acknowledge(place); }
    void spreadPresence(quint64 session, const protocol::Presence &presence) override;
    [[nodiscard]] QList<protocol::Presence> presences() const override { return m_presences.all(); }
    void requestState(quint64 session) override;
    void requestSelfTest(quint64 session) override;

    /// Calls from other threads that come when the hub is gone go nowhere.
    struct Lifeline;
    /// Runs in the hub's thread.
    void post(std::function<void()> action);
    /// The same, if the session is still there.
    void postTo(quint64 session, std::function<void(ConsoleSession &)> action);
    void with(quint64 session, const std::function<void(ConsoleSession &)> &action);
    void forEach(const std::function<void(ConsoleSession &)> &action);

    void open(quint64 id, const TokenGrant &grant, std::shared_ptr<httpd::Socket> socket);
    void closed(quint64 id);
    /// Lets a session go that its token no longer lets in as it is.
    void judge(ConsoleSession &session) const;
    void readPages();
    void handOverPage();
    void tick();
    void tell(const QList<PresenceBoard::Change> &changes);
    void hearPeer(const QByteArray &text);
    void answerState(quint64 session, protocol::RelayState state);
    [[nodiscard]] protocol::RelayState ownState() const;

    struct EncodedFrames {
        qint64 first = 0, last = 0;
        View view;
        QList<QByteArray> frames;
    };

    EventLog &m_log;
    const Journal &m_journal;
    const SessionLimits m_limits;
    const QString m_relay; ///< this process, among its peers
    QString m_publicUrl;
    StateSource *m_stateSource = nullptr;
    SelfTester *m_selfTester = nullptr;
    std::optional<AccessTokens> m_tokens;
    RecentEvents m_recent;
    Withholding m_withholding;
    QList<EncodedFrames> m_encoded; ///< the last few
    Backfill m_backfill;
    PresenceBoard m_presences;
    std::map<quint64, std::unique_ptr<ConsoleSession>> m_sessions;
    QTimer m_ticks;
    std::atomic<quint64> m_lastSession = 0;
    std::atomic<int> m_consoles = 0;
    std::shared_ptr<Lifeline> m_lifeline;
};

} // namespace longcode::relay
