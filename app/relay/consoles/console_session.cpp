#include "relay/consoles/console_session.h"

#include "relay/operate/journal.h"

#include <algorithm>

namespace longcode::relay {

namespace {

constexpr int eventsPerPage = 256;
constexpr qsizetype bytesPerPage = 1 << 20;
/// More than this in the socket's queue is not sent any sooner.
constexpr std::size_t enoughQueued = 1 << 20;

std::uint16_t closeCode(const QString &refusal) {
    if (refusal == QStringLiteral("shutdown"))
        return 1001;
    return refusal == QStringLiteral("slow") ? 1013 : 1008;
}

} // namespace

ConsoleSession::ConsoleSession(quint64 id, QString tokenName, std::shared_ptr<httpd::Socket> socket,
                               SessionHost &host, const Journal &journal, SessionLimits limits)
    : m_id(id)
    , m_tokenName(std::move(tokenName))
    , m_socket(std::move(socket))
    , m_host(host)
    , m_journal(journal)
    , m_limits(limits)
    , m_deadline(limits.hello) {}

void ConsoleSession::takeText(const QByteArray &text) {
    if (m_stage == Stage::Leaving)
        return;
    const auto frame = protocol::decode(text);
    if (!frame)
        return protocolFault(frame.error());
    if (const auto *hello = std::get_if<protocol::Hello>(&*frame))
        return take(*hello);
    if (const auto *ack = std::get_if<protocol::Ack>(&*frame))
        return take(*ack);
    protocolFault(QStringLiteral("only the relay sends frames of this kind"));
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
    const qint64 head = m_host.head();
    // Another log, or one that was restored from a backup: the console's place means nothing here.
    const bool known = hello.logId == m_host.logId() && hello.after <= head;
    m_sent = m_acknowledged = known ? hello.after : 0;
    m_stage = Stage::Serving;
    m_deadline = QDeadlineTimer(m_limits.ack);
    m_journal.write(Level::Info, QStringLiteral("Console “%1” (%2) reads from %3 of %4.")
                                     .arg(m_tokenName, forJournal(hello.client))
                                     .arg(m_sent)
                                     .arg(head));
    const QByteArray welcome = protocol::encode(protocol::Welcome{.version = protocol::version,
                                                                  .logId = m_host.logId(),
                                                                  .head = head,
                                                                  .publicUrl = m_host.publicUrl()});
    m_socket->send(welcome.toStdString());
    pump();
}

void ConsoleSession::take(const protocol::Ack &ack) {
    if (m_stage != Stage::Serving)
        return protocolFault(QStringLiteral("an ack before hello"));
    if (ack.seq < m_acknowledged || ack.seq > m_sent)
        return protocolFault(
            QStringLiteral("ack %1 is not between %2 and %3").arg(ack.seq).arg(m_acknowledged).arg(m_sent));
    m_acknowledged = ack.seq;
    m_deadline = QDeadlineTimer(m_limits.ack);
    pump();
}

int ConsoleSession::room() const {
    return static_cast<int>(m_acknowledged + protocol::window - m_sent);
}

void ConsoleSession::pump() {
    while (m_stage == Stage::Serving && !m_reading && room() > 0 && m_socket->queuedBytes() < enoughQueued) {
        const Page page{.after = m_sent, .count = std::min(room(), eventsPerPage), .bytes = bytesPerPage};
        const LogEntries recent = m_host.recent(page);
        if (recent.isEmpty()) {
            m_reading = m_sent < m_host.head();
            if (m_reading)
                m_host.requestPage(m_id, page);
            return;
        }
        send(recent);
    }
}

void ConsoleSession::takePage(const std::optional<LogEntries> &page) {
    m_reading = false;
    // Without one, tick() tries again.
    if (m_stage != Stage::Serving || !page || page->isEmpty())
        return;
    send(*page);
    pump();
}

void ConsoleSession::send(const LogEntries &events) {
    if (m_sent == m_acknowledged)
        m_deadline = QDeadlineTimer(m_limits.ack);
    for (const QByteArray &frame : m_host.framesFor(events)) {
        if (!m_socket->send(frame.toStdString()))
            return refuse(QStringLiteral("slow"),
                          QStringLiteral("The console does not read what it is sent."));
    }
    m_sent = events.last().seq;
}

void ConsoleSession::tick() {
    if (m_stage == Stage::AwaitingHello && m_deadline.hasExpired())
        return protocolFault(QStringLiteral("no hello for too long"));
    const bool waiting = m_stage == Stage::Serving && m_sent > m_acknowledged && m_sent < m_host.head();
    if (waiting && m_deadline.hasExpired())
        return refuse(QStringLiteral("slow"),
                      QStringLiteral("The console has not acknowledged events for too long."));
    pump();
}

void ConsoleSession::protocolFault(const QString &what) {
    refuse(QStringLiteral("protocol"), QStringLiteral("The console broke the protocol: %1.").arg(what));
}

void ConsoleSession::refuse(const QString &code, const QString &sentence) {
    if (m_stage == Stage::Leaving)
        return;
    m_stage = Stage::Leaving;
    m_journal.write(code == QStringLiteral("shutdown") ? Level::Debug : Level::Warning,
                    QStringLiteral("Console “%1” is let go (%2).").arg(m_tokenName, code));
    m_socket->send(protocol::encode(protocol::Refusal{.code = code, .message = sentence}).toStdString());
    m_socket->close(closeCode(code), code.toStdString());
}

} // namespace longcode::relay
