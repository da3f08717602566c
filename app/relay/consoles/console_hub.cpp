#include "relay/consoles/console_hub.h"

#include "relay/operate/journal.h"

#include <vector>

namespace longcode::relay {

using namespace std::chrono_literals;

ConsoleHub::ConsoleHub(EventLog &log, const Journal &journal, SessionLimits limits, QObject *parent)
    : QObject(parent), m_log(log), m_journal(journal), m_limits(limits) {
    connect(&m_ticks, &QTimer::timeout, this,
            [this] { forEach([](ConsoleSession &session) { session.tick(); }); });
    m_ticks.start(std::min<std::chrono::milliseconds>(1s, limits.hello));
}

ConsoleHub::~ConsoleHub() = default;

httpd::SocketHandlers ConsoleHub::adopt(const QString &tokenName, std::shared_ptr<httpd::Socket> socket) {
    const quint64 id = ++m_lastSession;
    QMetaObject::invokeMethod(
        this,
        [this, id, tokenName, socket = std::move(socket)] {
            SessionHost &host = *this;
            m_sessions.emplace(
                id, std::make_unique<ConsoleSession>(id, tokenName, socket, host, m_journal, m_limits));
            m_consoles = static_cast<int>(m_sessions.size());
        },
        Qt::QueuedConnection);
    return {.message =
                [this, id](const std::string &text) {
                    post(id, [bytes = QByteArray::fromStdString(text)](ConsoleSession &session) {
                        session.takeText(bytes);
                    });
                },
            .drained = [this, id] { post(id, [](ConsoleSession &session) { session.pump(); }); },
            .closed =
                [this, id] {
                    post(id, [this, id](ConsoleSession &session) {
                        m_journal.write(Level::Info,
                                        QStringLiteral("Console “%1” is gone.").arg(session.tokenName()));
                        m_sessions.erase(id);
                        m_consoles = static_cast<int>(m_sessions.size());
                    });
                }};
}

void ConsoleHub::announce(LogEntries events) {
    QMetaObject::invokeMethod(
        this,
        [this, added = std::move(events)] {
            m_recent.add(added);
            forEach([](ConsoleSession &session) { session.pump(); });
        },
        Qt::QueuedConnection);
}

void ConsoleHub::sayGoodbye() {
    forEach([](ConsoleSession &session) {
        session.refuse(QStringLiteral("shutdown"), QStringLiteral("The relay is being stopped."));
    });
}

void ConsoleHub::requestPage(quint64 session, const Page &page) {
    m_log.read(page, [this, session](const std::optional<LogEntries> &events) {
        post(session, [events](ConsoleSession &reader) { reader.takePage(events); });
    });
}

QList<QByteArray> ConsoleHub::framesFor(const LogEntries &events) {
    // The log never changes: the same numbers are the same events.
    if (m_encoded.first != events.first().seq || m_encoded.last != events.last().seq) {
        m_encoded = {.first = events.first().seq, .last = events.last().seq, .frames = {}};
        for (const protocol::Events &frame : protocol::inFrames(events))
            m_encoded.frames.append(protocol::encode(frame));
    }
    return m_encoded.frames;
}

void ConsoleHub::post(quint64 session, std::function<void(ConsoleSession &)> action) {
    QMetaObject::invokeMethod(
        this,
        [this, session, action = std::move(action)] {
            if (const auto it = m_sessions.find(session); it != m_sessions.end())
                action(*it->second);
        },
        Qt::QueuedConnection);
}

void ConsoleHub::forEach(const std::function<void(ConsoleSession &)> &action) {
    for (const auto &[id, session] : m_sessions)
        action(*session);
}

} // namespace longcode::relay
