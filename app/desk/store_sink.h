#pragma once

#include "desk/relay_link.h"

#include <QHash>

namespace longcode {
class Clock;
}
namespace longcode::store {
class Reader;
class Store;
struct LoggedEvent;
} // namespace longcode::store

namespace longcode::desk {

/// The console's store as the place where a relay's events go. Lives on the UI thread.
class StoreSink final : public EventSink {
public:
    StoreSink(store::Store &store, store::Reader &reader, const Clock &clock)
        : m_store(store), m_reader(reader), m_clock(clock) {}

    [[nodiscard]] LogPosition position() const override;
    void logWasSetBack(const QString &logId) override;
    QFuture<Result<bool, Failure>> apply(const LogBatch &batch) override;

private:
    /// The store skips what it has of a log; so a log that was set back is another one to it, under the same
    /// name with a number behind it.
    [[nodiscard]] QString storeName(const QString &logId) const;
    [[nodiscard]] store::LoggedEvent parsed(const LogBatch &batch, const protocol::LogEntry &entry) const;

    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    QHash<QString, QString> m_times; ///< how often a log was set back, while that is being written down
};

} // namespace longcode::desk
