#pragma once

#include "relay/log/event_table.h"
#include "relay/log/postgres_connection.h"

namespace longcode::relay {

/// The events of a log on PostgreSQL. A batch is one call of a function at the server: one round trip, and no
/// lock is ever held while a relay's network is waited for.
class PostgresEvents final : public EventTable {
public:
    [[nodiscard]] static Result<std::unique_ptr<EventTable>, QString> open(const StoreAddress &address);

    [[nodiscard]] LogConnection &connection() override { return *m_connection; }
    [[nodiscard]] std::optional<StoredBatch> store(const std::vector<IncomingEvent> &events) override;
    [[nodiscard]] std::optional<LogEntries> entries(const Page &page) override;
    [[nodiscard]] std::optional<QList<SignedEntry>> signedEntries(const Page &page) override;
    [[nodiscard]] std::optional<LogBounds> bounds() override;
    /// The listener says so.
    [[nodiscard]] bool mayHaveChanged() override { return false; }
    [[nodiscard]] std::optional<LogSize> measure() override;
    /// Autovacuum's job.
    bool compact() override { return false; }

private:
    explicit PostgresEvents(std::unique_ptr<PostgresConnection> connection)
        : m_connection(std::move(connection)) {}

    const std::unique_ptr<PostgresConnection> m_connection;
};

} // namespace longcode::relay
