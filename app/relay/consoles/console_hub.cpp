#include "relay/consoles/console_hub.h"

#include "base/program.h"
#include "relay/consoles/relay_facts.h"
#include "relay/operate/journal.h"

#include <QUuid>

#include <mutex>

namespace longcode::relay {

using namespace std::chrono_literals;

namespace {

/// What one console may have said before the hub has come to read it. Far more than any console has to say.
constexpr std::size_t mostUnread = 16 << 20;
constexpr std::size_t frameCost = 256;
constexpr qsizetype keptFrames = 4;

/// A console whose frames arrive faster than they are read would fill the memory. Shared by two threads.
using Unread = std::atomic<std::size_t>;

} // namespace

struct ConsoleHub::Lifeline {
    std::mutex mutex;
    ConsoleHub *hub; ///< null: gone
};

ConsoleHub::ConsoleHub(EventLog &log, const Journal &journal, const SessionLimits &limits, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_journal(journal)
    , m_limits(limits)
    , m_relay(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_lifeline(std::make_shared<Lifeline>()) {
    m_lifeline->hub = this;
    m_log.setPeersCallback([lifeline = m_lifeline](const QByteArray &text) {
        const std::lock_guard lock(lifeline->mutex);
        if (ConsoleHub *hub = lifeline->hub)
            hub->post([hub, text] { hub->hearPeer(text); });
    });
    connect(&m_ticks, &QTimer::timeout, this, &ConsoleHub::tick);
    m_ticks.start(std::min<std::chrono::milliseconds>(1s, limits.hello));
}

ConsoleHub::~ConsoleHub() {
    const std::lock_guard lock(m_lifeline->mutex);
    m_lifeline->hub = nullptr;
}

void ConsoleHub::setTokens(const AccessTokens &tokens) {
    post([this, tokens] {
        m_tokens = tokens;
        forEach([this](ConsoleSession &session) { judge(session); });
    });
}

httpd::SocketHandlers ConsoleHub::adopt(const TokenGrant &grant, std::shared_ptr<httpd::Socket> socket) {
    const quint64 id = ++m_lastSession;
    auto unread = std::make_shared<Unread>(0);
    post([this, id, grant, socket] { open(id, grant, socket); });
    const auto hear = [this, id, socket = std::move(socket), unread](const std::string &text) {
        const std::size_t cost = text.size() + frameCost;
        if (unread->fetch_add(cost) > mostUnread)
            return socket->close(1008, "too much at once");
        postTo(id, [bytes = QByteArray::fromStdString(text), unread, cost](ConsoleSession &session) {
            *unread -= cost;
            session.takeText(bytes);
        });
    };
    return {.message = hear,
            .drained = [this, id] { postTo(id, [](ConsoleSession &session) { session.pump(); }); },
            .closed = [this, id] { post([this, id] { closed(id); }); }};
}

void ConsoleHub::open(quint64 id, const TokenGrant &grant, std::shared_ptr<httpd::Socket> socket) {
    SessionHost &host = *this;
    auto session = std::make_unique<ConsoleSession>(id, grant, std::move(socket), host, m_journal, m_limits);
    const auto it = m_sessions.emplace(id, std::move(session)).first;
    m_consoles = static_cast<int>(m_sessions.size());
    // The token may have been withdrawn between the look at it and now.
    judge(*it->second);
}

void ConsoleHub::closed(quint64 id) {
    with(id, [this](ConsoleSession &session) {
        session.end();
        m_journal.write(Level::Info, QStringLiteral("Console “%1” is gone.").arg(session.grant().name));
    });
    m_sessions.erase(id);
    m_consoles = static_cast<int>(m_sessions.size());
    spreadPresence(id, {});
}

void ConsoleHub::judge(ConsoleSession &session) const {
    if (!m_tokens)
        return;
    const auto now = m_tokens->named(session.grant().name);
    if (!now || now->hash != session.grant().hash)
        session.refuse(QStringLiteral("unauthorized"), QStringLiteral("This token was withdrawn."));
    else if (*now != session.grant())
        session.refuse(QStringLiteral("shutdown"),
                       QStringLiteral("What this token allows has changed. The console connects again."));
}

void ConsoleHub::announce(LogEntries events) {
    post([this, added = std::move(events)] {
        m_recent.add(added);
        forEach([](ConsoleSession &session) { session.pump(); });
    });
}

void ConsoleHub::sayGoodbye() {
    forEach([](ConsoleSession &session) {
        session.refuse(QStringLiteral("shutdown"), QStringLiteral("The relay is being stopped."));
    });
}

protocol::Welcome ConsoleHub::welcome() const {
    protocol::Welcome out;
    out.logId = m_log.id();
    // In this order: should the log lose its beginning in between, first is still not beyond head + 1.
    out.first = m_log.first();
    out.head = std::max(m_log.head(), out.first - 1);
    out.publicUrl = m_publicUrl;
    if (m_tokens)
        out.members = m_tokens->members().mid(0, protocol::maximumMembers);
    return out;
}

// ---- Events ------------------------------------------------------------------------------------------

void ConsoleHub::requestPage(quint64 session, const Page &page) {
    m_backfill.want({session, page});
    readPages();
}

void ConsoleHub::readPages() {
    for (const Backfill::Wish &wish : m_backfill.begin()) {
        m_log.read(wish.page, [this, session = wish.session](const std::optional<LogEntries> &entries) {
            post([this, session, entries] {
                const bool idle = !m_backfill.hasArrivals();
                m_backfill.arrived({session, entries});
                if (idle)
                    post([this] { handOverPage(); });
            });
        });
    }
}

/// One page a turn: what was announced in the meantime stands before the next one in the queue of the event
/// loop, so those who keep up never wait for more than one page of those who catch up.
void ConsoleHub::handOverPage() {
    const Backfill::Arrival arrival = m_backfill.next();
    readPages();
    with(arrival.session, [&arrival](ConsoleSession &session) { session.takePage(arrival.entries); });
    if (m_backfill.hasArrivals())
        post([this] { handOverPage(); });
}

QList<QByteArray> ConsoleHub::framesFor(const LogEntries &events, const View &view, bool live) {
    const qint64 first = events.first().seq, last = events.last().seq;
    // The log never changes: the same numbers are the same events.
    for (const EncodedFrames &known : std::as_const(m_encoded)) {
        if (known.first == first && known.last == last && known.view == view)
            return known.frames;
    }
    EncodedFrames encoded{.first = first, .last = last, .view = view, .frames = {}};
    for (const protocol::Events &frame : protocol::inFrames(m_withholding.shown(events, view)))
        encoded.frames.append(protocol::encode(frame));
    if (live) {
        m_encoded.append(encoded);
        if (m_encoded.size() > keptFrames)
            m_encoded.removeFirst();
    }
    return encoded.frames;
}

// ---- What consoles say -------------------------------------------------------------------------------

void ConsoleHub::append(quint64 session, const QString &publishId, IncomingEvent event) {
    const qsizetype bytes = event.body.size();
    m_log.append(std::move(event), [this, session, publishId, bytes](Appended appended) {
        postTo(session, [publishId, bytes, appended](ConsoleSession &console) {
            console.takeAppended(publishId, bytes, appended);
        });
    });
}

void ConsoleHub::spreadPresence(quint64 session, const protocol::Presence &presence) {
    const QList<PresenceBoard::Change> changes = m_presences.put({{}, session}, presence);
    tell(changes);
    for (const PresenceBoard::Change &change : changes)
        m_log.tellPeers(encodePeer({m_relay, session, change.presence}));
}

void ConsoleHub::hearPeer(const QByteArray &text) {
    const auto told = decodePeer(text);
    if (told && told->relay != m_relay)
        tell(m_presences.put({told->relay, told->session}, told->presence));
}

void ConsoleHub::tell(const QList<PresenceBoard::Change> &changes) {
    for (const PresenceBoard::Change &change : changes) {
        for (const auto &[id, session] : m_sessions) {
            if (id != change.from)
                session->takePresence(change.presence);
        }
    }
}

void ConsoleHub::requestState(quint64 session) {
    if (!m_stateSource)
        return answerState(session, ownState());
    m_stateSource->state([lifeline = m_lifeline, session](const protocol::RelayState &state) {
        const std::lock_guard lock(lifeline->mutex);
        if (ConsoleHub *hub = lifeline->hub)
            hub->post([hub, session, state] { hub->answerState(session, state); });
    });
}

protocol::RelayState ConsoleHub::ownState() const {
    protocol::RelayState state;
    state.publicUrl = m_publicUrl;
    state.version = programVersion();
    state.now = QDateTime::currentDateTimeUtc();
    state.first = m_log.first();
    state.head = m_log.head();
    return state;
}

void ConsoleHub::answerState(quint64 session, protocol::RelayState state) {
    forEach([&state](const ConsoleSession &connected) {
        for (protocol::ReaderState &reader : state.readers)
            reader.connected =
                reader.connected || (connected.isServing() && reader.name == connected.grant().name &&
                                     reader.console == connected.console());
    });
    with(session, [&state](ConsoleSession &asking) { asking.takeState(state); });
}

void ConsoleHub::requestSelfTest(quint64 session) {
    if (!m_selfTester)
        return with(session, [](ConsoleSession &asking) {
            asking.takeTested(false, QStringLiteral("This relay cannot test itself."));
        });
    m_selfTester->selfTest([lifeline = m_lifeline, session](bool arrived, const QString &message) {
        const std::lock_guard lock(lifeline->mutex);
        if (ConsoleHub *hub = lifeline->hub)
            hub->postTo(session,
                        [arrived, message](ConsoleSession &asking) { asking.takeTested(arrived, message); });
    });
}

void ConsoleHub::tick() {
    tell(m_presences.expire());
    forEach([](ConsoleSession &session) { session.tick(); });
}

// ---- Threads -----------------------------------------------------------------------------------------

void ConsoleHub::post(std::function<void()> action) {
    QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection);
}

void ConsoleHub::postTo(quint64 session, std::function<void(ConsoleSession &)> action) {
    post([this, session, action = std::move(action)] { with(session, action); });
}

void ConsoleHub::with(quint64 session, const std::function<void(ConsoleSession &)> &action) {
    if (const auto it = m_sessions.find(session); it != m_sessions.end())
        action(*it->second);
}

void ConsoleHub::forEach(const std::function<void(ConsoleSession &)> &action) {
    for (const auto &[id, session] : m_sessions)
        action(*session);
}

} // namespace longcode::relay
