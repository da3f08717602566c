#pragma once

#include "relay/log/event_table.h"
#include "relay/log/sqlite_connection.h"

namespace longcode::relay {

/// The events of a SQLite log. Statements are prepared once; bodies are handed to SQLite without a copy.
class SqliteEvents final : public EventTable {
public:
    /// Told after each commit how many pages wait in the write-ahead log.
    using WaitingPages = std::function<void(int)>;

    [[nodiscard]] static Result<std::unique_ptr<EventTable>, QString> open(const QString &path, TableUse use,
                                                                           WaitingPages waiting = {});

    [[nodiscard]] LogConnection &connection() override { return *m_connection; }
    [[nodiscard]] std::optional<StoredBatch> store(const std::vector<IncomingEvent> &events) override;
    [[nodiscard]] std::optional<LogEntries> entries(const Page &page) override;
    [[nodiscard]] std::optional<QList<SignedEntry>> signedEntries(const Page &page) override;
    [[nodiscard]] std::optional<LogBounds> bounds() override;
    [[nodiscard]] bool mayHaveChanged() override;
    [[nodiscard]] std::optional<LogSize> measure() override;
    bool compact() override;

private:
    SqliteEvents(QString path, std::unique_ptr<SqliteConnection> connection, WaitingPages waiting);
    bool insertAll(const std::vector<IncomingEvent> &events, StoredBatch &batch);
    std::optional<bool> insert(const IncomingEvent &event, qint64 seq);
    bool run(SqliteStatement &statement, const char *sql);
    bool ready(SqliteStatement &statement, const char *sql);
    std::optional<qint64> number(SqliteStatement &statement, const char *sql);

    const QString m_path;
    const std::unique_ptr<SqliteConnection> m_connection;
    WaitingPages m_waiting;
    int m_walPages = 0;
    qint64 m_dataVersion = 0;
    // After the connection: they must go before it.
    SqliteStatement m_begin, m_commit, m_rollback, m_head, m_insert, m_addBytes, m_entries, m_signed,
        m_version;
};

} // namespace longcode::relay
