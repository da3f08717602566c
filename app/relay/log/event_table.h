#pragma once

#include "relay/log/event_log.h"

#include "base/result.h"

#include <memory>
#include <vector>

namespace longcode::relay {

class LogConnection;

struct LogBounds {
    qint64 first = 1; ///< head + 1 when the log is empty
    qint64 head = 0;
};

/// What became of a batch that is durable.
struct StoredBatch {
    qint64 before = 0;              ///< head of the log when the batch came; others may have written it
    std::vector<Appended> outcomes; ///< of each event
    LogEntries added;               ///< the new ones: before + 1, before + 2, …
};

/// The events of a log through one connection: what differs between the databases. Belongs to the thread that
/// opened it. After a failure the reason is the connection's error().
class EventTable {
public:
    EventTable() = default;
    virtual ~EventTable() = default;
    EventTable(const EventTable &) = delete;
    EventTable &operator=(const EventTable &) = delete;

    [[nodiscard]] virtual LogConnection &connection() = 0;
    /// One transaction. Nothing: rolled back, or nobody knows.
    [[nodiscard]] virtual std::optional<StoredBatch> store(const std::vector<IncomingEvent> &events) = 0;
    [[nodiscard]] virtual std::optional<LogEntries> entries(const Page &page) = 0;
    [[nodiscard]] virtual std::optional<QList<SignedEntry>> signedEntries(const Page &page) = 0;
    [[nodiscard]] virtual std::optional<LogBounds> bounds() = 0;
    /// Cheap: whether another connection may have changed the log since the last call.
    [[nodiscard]] virtual bool mayHaveChanged() = 0;
    [[nodiscard]] virtual std::optional<LogSize> measure() = 0;
    /// Gives some of the room of removed events back to the disk. True: there is more to give back.
    virtual bool compact() = 0;
};

enum class TableUse : quint8 { Append, Read, Keep };

/// Opens a connection on the calling thread.
using OpenTable = std::function<Result<std::unique_ptr<EventTable>, QString>(TableUse)>;

} // namespace longcode::relay
