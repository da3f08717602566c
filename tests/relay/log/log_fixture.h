#pragma once

#include "relay/log/event_log.h"
#include "relay/log/open_log.h"
#include "relay/operate/journal.h"
#include "support/test_postgres.h"

#include <QTemporaryDir>

#include <memory>
#include <mutex>

namespace longcode::tests {

/// Stores of either kind, empty ones, one after the other.
class Stores {
public:
    /// False: error(). The server is started once.
    bool begin(relay::StoreAddress::Kind kind);
    [[nodiscard]] const QString &error() const { return m_error; }
    [[nodiscard]] const relay::StoreAddress &address() const { return *m_address; }
    [[nodiscard]] std::unique_ptr<relay::EventLog> open(relay::Access access = relay::Access::Serve);
    /// What another program (sqlite through Qt, psql) reads there; of one row, columns parted by "|".
    [[nodiscard]] QString value(const QString &sql);
    /// Another program changes something.
    void change(const QString &sql) { static_cast<void>(value(sql)); }
    [[nodiscard]] TestPostgres &server() { return m_server; }
    [[nodiscard]] QString folder() const { return m_folder->path(); }

private:
    const relay::Journal m_journal{relay::Level::Error};
    TestPostgres m_server;
    bool m_isServing = false;
    int m_number = 0;
    QString m_database, m_error;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<relay::StoreAddress> m_address;
};

/// What another program reads in a SQLite file: the first column.
[[nodiscard]] QStringList sqliteColumn(const QString &path, const QString &sql);

/// With times and signature that the tests know.
[[nodiscard]] relay::IncomingEvent incoming(const QString &id, const QByteArray &body = "{}");
inline constexpr qint64 receivedAtMs = 1772735400123;

/// Each waits for the answer.
relay::Appended append(relay::EventLog &log, relay::IncomingEvent event);
[[nodiscard]] relay::LogEntries read(relay::EventLog &log, const relay::Page &page);
[[nodiscard]] std::optional<QList<relay::ReaderPlace>> readers(relay::EventLog &log);
[[nodiscard]] std::optional<qint64> prune(relay::EventLog &log, const relay::Retention &retention,
                                          const QDateTime &now);

/// What a log has announced.
class Told {
public:
    explicit Told(relay::EventLog &log);
    [[nodiscard]] QList<qint64> seqs() const;
    [[nodiscard]] QList<QByteArray> bodies() const;

private:
    struct Shared {
        std::mutex mutex;
        relay::LogEntries entries;
    };
    std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
};

/// 1, 2, …, count.
[[nodiscard]] QList<qint64> upTo(qint64 count);

} // namespace longcode::tests
