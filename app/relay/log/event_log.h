#pragma once

#include "events/events.h"
#include "protocol/protocol.h"

#include <chrono>
#include <functional>
#include <optional>

namespace longcode::relay {

/// A verified webhook, or a team fact, on its way into the log.
struct IncomingEvent {
    events::EventId id; ///< of a fact: "fact:" and the id its console gave it
    QDateTime receivedAt;
    QString intent;
    QByteArray signature, timestamp; ///< header values as received
    QByteArray body;
    protocol::EntryKind kind = protocol::EntryKind::Webhook;
    QString author{};  ///< of a fact
    QString account{}; ///< of a webhook
};

enum class Appended : quint8 {
    Stored,
    Duplicate, ///< the log had an event of that id already; nothing was added
    Failed     ///< nothing is known to be stored
};

using LogEntries = QList<protocol::LogEntry>;

/// The entry that an event became.
[[nodiscard]] inline protocol::LogEntry loggedAs(qint64 seq, const IncomingEvent &event) {
    return {seq,          event.receivedAt, event.intent,    event.body,     event.kind,
            event.author, event.account,    event.signature, event.timestamp};
}

/// A stretch of the log.
struct Page {
    qint64 after = 0;          ///< events with a greater seq
    int count = 0;             ///< at most so many
    qsizetype bytes = 1 << 20; ///< at most so many bytes of bodies, but always one event
};

/// The whole of a logged webhook, as it came: what is passed on, and what proves it.
struct SignedEntry {
    qint64 seq = 0;
    QDateTime receivedAt;
    QString intent, account;
    QByteArray signature, timestamp, body;
};

/// Somebody who reads the log, and how far he is known to have stored it.
struct ReaderPlace {
    QString name;    ///< of the token, or "forward:" and the forward's name
    QString console; ///< of the console's store; empty for forwards
    qint64 acknowledged = 0;
    QDateTime seenAt;
};

/// How long entries are kept. Both limits off: for ever.
struct Retention {
    std::chrono::hours age{0}; ///< 0: no limit
    qint64 bytes = 0;          ///< of bodies; 0: no limit
    /// Entries that a known reader has not acknowledged are kept beyond the limits, for this long beyond
    /// `age` and no longer: a console that never comes back must not fill the disk.
    std::chrono::hours unreadAge{24 * 30};
};

struct LogSize {
    qint64 entries = 0;
    qint64 fileBytes = 0; ///< of the database
    qint64 freeBytes = 0; ///< on its disk; 0: unknown
};

/// The one ordered record of everything that was received: seq without a gap from first() to head(), append
/// only; entries leave it at its beginning only, by prune(). Several processes may have the same log open;
/// each sees what the others add, in the same order.
/// Every function may be called from any thread; callbacks come on threads of the log and must not block.
class EventLog {
public:
    using GrownCallback = std::function<void(LogEntries)>;

    virtual ~EventLog() = default;

    /// Tells this log from any other. At most 64 characters.
    [[nodiscard]] virtual QString id() const = 0;
    /// The newest durable seq that was announced here; 0 when empty.
    [[nodiscard]] virtual qint64 head() const = 0;
    /// The oldest seq that is kept; head() + 1 when there is none.
    [[nodiscard]] virtual qint64 first() const { return 1; }

    /// `done` is called once: after the commit has reached the disk, or when it could not.
    virtual void append(IncomingEvent event, std::function<void(Appended)> done) = 0;
    /// Nothing: the log could not be read; worth another try later.
    virtual void read(const Page &page, std::function<void(std::optional<LogEntries>)> done) = 0;
    /// Webhooks only, with what proves them.
    virtual void readSigned(const Page &, std::function<void(std::optional<QList<SignedEntry>>)> done) {
        done(std::nullopt);
    }

    /// Called with what was added, by this process or another, in order and without a gap, after it became
    /// durable. Set before the first append.
    virtual void setGrownCallback(GrownCallback grown) = 0;

    /// Remembers how far a reader is. Written within seconds, the last of each reader; a crash may set it
    /// back.
    virtual void acknowledge(const ReaderPlace &) {}
    /// Nothing: could not be read.
    virtual void readers(std::function<void(std::optional<QList<ReaderPlace>>)> done) { done(std::nullopt); }
    /// Forgets a reader: what he has not read is not kept for him any more.
    virtual void forget(const QString &, const QString &) {}

    /// Removes what need not be kept. `done` gets how many entries went; nothing: failed.
    virtual void prune(const Retention &, const QDateTime &,
                       std::function<void(std::optional<qint64>)> done) {
        done(std::nullopt);
    }
    virtual void measure(std::function<void(std::optional<LogSize>)> done) { done(std::nullopt); }
    /// Tells other processes that have this log open; arrives at their setPeersCallback. Best effort, not
    /// durable, at most 4,000 bytes. Without other processes: nothing happens.
    virtual void tellPeers(const QByteArray &) {}
    virtual void setPeersCallback(std::function<void(QByteArray)>) {}

    /// Finishes what was appended before, then calls nothing back any more. Appends after it fail.
    virtual void stop() = 0;
};

} // namespace longcode::relay
