#pragma once

#include "relay/consoles/console_hub.h"
#include "relay/operate/journal.h"

#include <QHash>

namespace longcode::tests {

/// A log in memory that answers at once, or fails to.
class FakeLog final : public relay::EventLog {
public:
    QString id() const override { return QStringLiteral("this-log"); }
    qint64 head() const override { return m_cut + m_events.size(); }
    qint64 first() const override { return m_cut + 1; }
    void append(relay::IncomingEvent event, std::function<void(relay::Appended)> done) override {
        appended.append(event);
        if (hold)
            held.append(done);
        else
            done(answer);
    }
    void read(const relay::Page &page, std::function<void(std::optional<relay::LogEntries>)> done) override {
        ++reads;
        if (broken)
            return done(std::nullopt);
        relay::LogEntries out;
        qsizetype bytes = 0;
        for (qint64 i = std::max<qint64>(page.after - m_cut, 0); i < m_events.size(); ++i) {
            bytes += m_events.at(i).body.size();
            if (out.size() >= page.count || (bytes > page.bytes && !out.isEmpty()))
                break;
            out.append(m_events.at(i));
        }
        done(out);
    }
    void setGrownCallback(GrownCallback) override {}
    void acknowledge(const relay::ReaderPlace &place) override { places.append(place); }
    void tellPeers(const QByteArray &text) override { told.append(text); }
    void setPeersCallback(std::function<void(QByteArray)> hear) override { peers = std::move(hear); }
    void stop() override {}

    relay::LogEntries grow(const QList<protocol::LogEntry> &entries) {
        relay::LogEntries added;
        for (protocol::LogEntry entry : entries) {
            entry.seq = head() + 1;
            entry.receivedAt = QDateTime::fromMSecsSinceEpoch(1772735400000, Qt::UTC);
            m_events.append(entry);
            added.append(entry);
        }
        return added;
    }
    relay::LogEntries grow(int by) {
        protocol::LogEntry entry;
        entry.body = "{}";
        return grow(QList<protocol::LogEntry>(by, entry));
    }
    /// Retention: the oldest go.
    void cut(int count) {
        m_events.remove(0, count);
        m_cut += count;
    }

    int reads = 0;
    bool broken = false;
    bool hold = false;
    relay::Appended answer = relay::Appended::Stored;
    QList<std::function<void(relay::Appended)>> held;
    QList<relay::IncomingEvent> appended;
    QList<relay::ReaderPlace> places;
    QByteArrayList told;
    std::function<void(QByteArray)> peers;

private:
    relay::LogEntries m_events;
    qint64 m_cut = 0;
};

class FakeSocket final : public httpd::Socket {
public:
    bool send(std::string text) override {
        const auto frame = protocol::decode(QByteArray::fromStdString(text));
        if (frame)
            frames.append(*frame);
        return !full;
    }
    std::size_t queuedBytes() const override { return queued; }
    void close(std::uint16_t code, std::string) override { closeCode = code; }

    template <typename Kind>
    QList<Kind> all() const {
        QList<Kind> out;
        for (const protocol::Frame &frame : frames) {
            if (const auto *one = std::get_if<Kind>(&frame))
                out.append(*one);
        }
        return out;
    }
    QList<protocol::LogEntry> entries() const {
        QList<protocol::LogEntry> out;
        for (const protocol::Events &events : all<protocol::Events>())
            out += events.events;
        return out;
    }
    qint64 lastSeq() const {
        const auto frame = all<protocol::Events>();
        return frame.isEmpty() ? 0 : frame.last().events.last().seq;
    }
    QString refusal() const {
        const auto *refusal = frames.isEmpty() ? nullptr : std::get_if<protocol::Refusal>(&frames.last());
        return refusal ? refusal->code : QString();
    }

    QList<protocol::Frame> frames;
    std::size_t queued = 0;
    bool full = false;
    std::uint16_t closeCode = 0;
};

/// One console at a hub.
struct FakeConsole {
    FakeConsole(relay::ConsoleHub &hub, const relay::TokenGrant &grant)
        : handlers(hub.adopt(grant, socket)) {}

    void say(const protocol::Frame &frame) { handlers.message(protocol::encode(frame).toStdString()); }
    void hello(qint64 after = 0, const QString &logId = QStringLiteral("this-log"),
               int version = protocol::version) {
        say(protocol::Hello{.version = version,
                            .after = after,
                            .logId = logId,
                            .client = QStringLiteral("test"),
                            .console = QStringLiteral("store-1")});
    }

    std::shared_ptr<FakeSocket> socket = std::make_shared<FakeSocket>();
    httpd::SocketHandlers handlers;
};

inline relay::TokenGrant grantOf(const char *name, protocol::Role role = protocol::Role::Admin,
                                 const char *account = "") {
    return {QString::fromLatin1(name), role, QString::fromLatin1(account), QByteArray(32, name[0])};
}

/// A hub over a log in memory.
struct HubStage {
    explicit HubStage(const relay::SessionLimits &limits = {}) : hub(log, journal, limits) {}
    void grow(int by) { hub.announce(log.grow(by)); }

    FakeLog log;
    relay::Journal journal{relay::Level::Error};
    relay::ConsoleHub hub;
};

} // namespace longcode::tests
