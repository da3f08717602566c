#include "relay/consoles/console_session.h"

#include "relay/operate/journal.h"

#include <algorithm>

namespace longcode::relay {

using namespace std::chrono_literals;
using protocol::Permission;

namespace {

constexpr int eventsPerPage = 512;
constexpr qsizetype bytesPerPage = 1 << 20;
/// More than this in the socket's queue is not sent any sooner.
constexpr std::size_t enoughQueued = 1 << 20;
/// While a console is connected, that it was seen is written down this often.
constexpr auto seenEvery = 60s;
constexpr double presencesPerSecond = 2;
constexpr double presencesAtOnce = 10;

std::uint16_t closeCode(const QString &refusal) {
    if (refusal == QStringLiteral("shutdown"))
        return 1001;
    return refusal == QStringLiteral("slow") ? 1013 : 1008;
}

} // namespace

ConsoleSession::ConsoleSession(quint64 id, const TokenGrant &grant, std::shared_ptr<httpd::Socket> socket,
                               SessionHost &host, const Journal &journal, const SessionLimits &limits)
    : m_id(id)
    , m_grant(grant)
    , m_view(viewOf(grant))
    , m_socket(std::move(socket))
    , m_host(host)
    , m_journal(journal)
    , m_limits(limits)
    , m_deadline(limits.hello)
    , m_gate(grant, limits.publish)
    , m_presenceRate(presencesPerSecond, presencesAtOnce) {}

void ConsoleSession::takeText(const QByteArray &text) {
    if (m_stage == Stage::Leaving)
        return;
    const auto frame = protocol::decode(text);
    if (!frame)
        return protocolFault(frame.error());
    if (m_stage == Stage::AwaitingHello && !std::holds_alternative<protocol::Hello>(*frame))
        return protocolFault(QStringLiteral("the first frame is not hello"));
    std::visit([this](const auto &one) { take(one); }, *frame);
}

void ConsoleSession::take(const protocol::Hello &hello) {
    if (m_stage != Stage::AwaitingHello)
        return protocolFault(QStringLiteral("a second hello"));
    if (hello.version != protocol::version)
        return refuse(
            QStringLiteral("version"),
            QStringLiteral("This relay speaks version %1 of the protocol, the console version %2. Update the "
                           "older of the two.")
                .arg(protocol::version)
                .arg(hello.version));
    const protocol::Welcome welcome = m_host.welcome();
    // Another log, or one that was restored from a backup: the console's place means nothing here.
    const bool known = hello.logId == welcome.logId && hello.after <= welcome.head;
    m_sent = m_acknowledged = std::max(known ? hello.after : 0, welcome.first - 1);
    m_console = hello.console;
    m_stage = Stage::Serving;
    m_deadline = QDeadlineTimer(m_limits.ack);
    m_journal.write(Level::Info, QStringLiteral("Console “%1” (%2) reads from %3 of %4.")
                                     .arg(m_grant.name, forJournal(hello.client))
                                     .arg(m_sent)
                                     .arg(welcome.head));
    writePlace();
    protocol::Welcome mine = welcome;
    mine.name = m_grant.name;
    mine.role = m_grant.role;
    say(protocol::encode(mine));
    for (const protocol::Presence &presence : m_host.presences())
        takePresence(presence);
    pump();
}

void ConsoleSession::take(const protocol::Ack &ack) {
    if (ack.seq < m_acknowledged || ack.seq > m_sent)
        return protocolFault(
            QStringLiteral("ack %1 is not between %2 and %3").arg(ack.seq).arg(m_acknowledged).arg(m_sent));
    m_acknowledged = ack.seq;
    while (!m_underWay.empty() && m_underWay.front().last <= ack.seq) {
        m_bytesUnderWay -= m_underWay.front().bytes;
        m_underWay.pop_front();
    }
    m_deadline = QDeadlineTimer(m_limits.ack);
    pump();
}

bool ConsoleSession::hasRoom() const {
    return m_sent - m_acknowledged < protocol::window &&
           (m_underWay.empty() || m_bytesUnderWay < protocol::windowBytes) &&
           m_socket->queuedBytes() < enoughQueued;
}

Page ConsoleSession::nextPage() const {
    const auto room = static_cast<int>(m_acknowledged + protocol::window - m_sent);
    return {.after = m_sent,
            .count = std::min(room, eventsPerPage),
            .bytes = std::clamp<qsizetype>(protocol::windowBytes - m_bytesUnderWay, 1, bytesPerPage)};
}

void ConsoleSession::pump() {
    while (m_stage == Stage::Serving && !m_reading && hasRoom()) {
        const Page page = nextPage();
        const LogEntries recent = m_host.recent(page);
        if (recent.isEmpty()) {
            m_reading = m_sent < m_host.head();
            if (m_reading)
                m_host.requestPage(m_id, page);
            return;
        }
        send(recent, true);
    }
}

void ConsoleSession::takePage(const std::optional<LogEntries> &page) {
    m_reading = false;
    // A failed read is tried again at the next tick: the store may be full or locked for a while.
    if (m_stage != Stage::Serving || !page)
        return;
    const qint64 next = page->isEmpty() ? m_host.first() : page->first().seq;
    if (next > m_sent + 1)
        return refuse(
            QStringLiteral("slow"),
            QStringLiteral("What this console was to read next is no longer kept. Connect again to go "
                           "on with what there is."));
    if (page->isEmpty())
        return;
    send(*page, false);
    pump();
}

void ConsoleSession::send(const LogEntries &events, bool live) {
    // Waiting for an ack begins with the first event that is under way.
    if (m_sent == m_acknowledged)
        m_deadline = QDeadlineTimer(m_limits.ack);
    for (const QByteArray &frame : m_host.framesFor(events, m_view, live)) {
        if (!say(frame))
            return;
    }
    m_sent = events.last().seq;
    qsizetype bytes = 0;
    for (const protocol::LogEntry &entry : events)
        bytes += entry.body.size();
    m_underWay.push_back({m_sent, bytes});
    m_bytesUnderWay += bytes;
}

void ConsoleSession::take(const protocol::Publish &publish) {
    auto event = m_gate.admit(publish, QDateTime::currentDateTimeUtc());
    if (!event) {
        say(protocol::encode(event.error()));
        return;
    }
    m_host.append(m_id, publish.id, *std::move(event));
}

void ConsoleSession::takeAppended(const QString &publishId, qsizetype bytes, Appended appended) {
    m_gate.settled(bytes);
    if (m_stage != Stage::Serving)
        return;
    if (appended == Appended::Failed)
        say(protocol::encode(protocol::NotPublished{
            publishId, QStringLiteral("busy"),
            QStringLiteral("The relay cannot write at the moment. Try again in a while.")}));
    else
        say(protocol::encode(protocol::Published{publishId}));
}

void ConsoleSession::take(const protocol::Presence &presence) {
    if (presence.activity != protocol::Activity::None &&
        (presence.parties.peer.isEmpty() || presence.parties.own.isEmpty()))
        return protocolFault(QStringLiteral("a presence without a conversation"));
    m_heldPresence = presence;
    m_heldPresence->name = m_grant.name;
    flushPresence();
}

/// Of what comes too fast, the last counts.
void ConsoleSession::flushPresence() {
    if (m_stage != Stage::Serving || !m_heldPresence || !m_presenceRate.take())
        return;
    m_host.spreadPresence(m_id, *std::exchange(m_heldPresence, {}));
}

void ConsoleSession::takePresence(const protocol::Presence &presence) {
    // Who does not read has no use for it: it is old by the time it arrives.
    if (m_stage == Stage::Serving && m_socket->queuedBytes() < enoughQueued)
        say(protocol::encode(presence));
}

void ConsoleSession::take(const protocol::AskState &) {
    if (!std::exchange(m_asksState, true))
        m_host.requestState(m_id);
}

void ConsoleSession::takeState(protocol::RelayState state) {
    m_asksState = false;
    if (m_stage != Stage::Serving)
        return;
    if (!protocol::may(m_grant.role, Permission::Operate)) {
        state.readers.clear();
        state.forwards.clear();
    }
    state.readers.resize(std::min<qsizetype>(state.readers.size(), protocol::maximumReaders));
    state.forwards.resize(std::min<qsizetype>(state.forwards.size(), protocol::maximumForwards));
    say(protocol::encode(state));
}

void ConsoleSession::take(const protocol::SelfTest &test) {
    const auto no = [this, &test](const QString &why) {
        say(protocol::encode(protocol::SelfTestResult{test.id, false, why}));
    };
    if (!protocol::may(m_grant.role, Permission::Operate))
        return no(QStringLiteral("The role of this token does not allow a self-test."));
    if (!m_selfTest.isEmpty())
        return no(QStringLiteral("A self-test is under way already."));
    m_selfTest = test.id;
    m_host.requestSelfTest(m_id);
}

void ConsoleSession::takeTested(bool arrived, const QString &message) {
    const QString id = std::exchange(m_selfTest, {});
    if (m_stage == Stage::Serving)
        say(protocol::encode(protocol::SelfTestResult{id, arrived, message}));
}

void ConsoleSession::tick() {
    if (m_stage == Stage::AwaitingHello && m_deadline.hasExpired())
        return protocolFault(QStringLiteral("no hello for too long"));
    const bool waiting = m_stage == Stage::Serving && m_sent > m_acknowledged && m_sent < m_host.head();
    if (waiting && m_deadline.hasExpired())
        return refuse(QStringLiteral("slow"),
                      QStringLiteral("The console has not acknowledged events for too long."));
    if ((m_written != m_acknowledged && m_placeDue.hasExpired()) || m_seenDue.hasExpired())
        writePlace();
    flushPresence();
    pump();
}

void ConsoleSession::writePlace() {
    if (m_stage == Stage::AwaitingHello)
        return;
    m_written = m_acknowledged;
    m_placeDue = QDeadlineTimer(m_limits.placeEvery);
    m_seenDue = QDeadlineTimer(seenEvery);
    m_host.acknowledge({.name = m_grant.name,
                        .console = m_console,
                        .acknowledged = m_acknowledged,
                        .seenAt = QDateTime::currentDateTimeUtc()});
}

void ConsoleSession::end() {
    // A refused console's place was written then; of one that never said hello there is none.
    if (m_stage == Stage::Serving)
        writePlace();
    m_stage = Stage::Leaving;
}

bool ConsoleSession::say(const QByteArray &frame) {
    if (m_socket->send(frame.toStdString()))
        return true;
    refuse(QStringLiteral("slow"), QStringLiteral("The console does not read what it is sent."));
    return false;
}

void ConsoleSession::protocolFault(const QString &what) {
    refuse(QStringLiteral("protocol"), QStringLiteral("The console broke the protocol: %1.").arg(what));
}

void ConsoleSession::refuse(const QString &code, const QString &sentence) {
    if (m_stage == Stage::Leaving)
        return;
    end();
    m_journal.write(code == QStringLiteral("shutdown") ? Level::Debug : Level::Warning,
                    QStringLiteral("Console “%1” is let go (%2).").arg(m_grant.name, code));
    m_socket->send(protocol::encode(protocol::Refusal{code, sentence}).toStdString());
    m_socket->close(closeCode(code), code.toStdString());
}

} // namespace longcode::relay
