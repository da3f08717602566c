#pragma once

#include "events/events.h"
#include "protocol/protocol.h"

#include <functional>
#include <optional>

namespace longcode::relay {

/// A verified webhook on its way into the log.
struct IncomingEvent {
    events::EventId id;
    QDateTime receivedAt;
    QString intent;
    QByteArray signature, timestamp; ///< header values as received
    QByteArray body;
};

enum class Appended : quint8 {
    Stored,
    Duplicate, ///< the log had an event of that id already; nothing was added
    Failed     ///< nothing is known to be stored
};

using LogEntries = QList<protocol::LogEntry>;

/// A stretch of the log.
struct Page {
    qint64 after = 0;          ///< events with a greater seq
    int count = 0;             ///< at most so many
    qsizetype bytes = 1 << 20; ///< at most so many bytes of bodies, but always one event
};

/// The one ordered record of everything that was received: seq 1, 2, 3, … without a gap, append only.
/// Every function may be called from any thread; callbacks come on threads of the log and must not block.
class EventLog {
public:
    using GrownCallback = std::function<void(LogEntries)>;

    virtual ~EventLog() = default;

    /// Tells this log from any other. At most 64 characters.
    [[nodiscard]] virtual QString id() const = 0;
    /// The newest durable seq; 0 when empty.
    [[nodiscard]] virtual qint64 head() const = 0;

    /// `done` is called once: after the commit has reached the disk, or when it could not.
    virtual void append(IncomingEvent event, std::function<void(Appended)> done) = 0;
    /// Nothing: the log could not be read; worth another try later.
    virtual void read(const Page &page, std::function<void(std::optional<LogEntries>)> done) = 0;

    /// Called with what was added, in order, after it became durable. Set before the first append.
    virtual void setGrownCallback(GrownCallback grown) = 0;

    /// Finishes what was appended before, then calls nothing back any more. Appends after it fail.
    virtual void stop() = 0;
};

} // namespace longcode::relay
