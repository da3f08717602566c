#pragma once

#include "relay/log/log_connection.h"

#include <QHash>

#include <chrono>

struct sqlite3;
struct sqlite3_stmt;

namespace longcode::relay {

struct SqliteStatementDeleter {
    void operator()(sqlite3_stmt *statement) const;
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteStatementDeleter>;

/// A connection to the SQLite file of a log. Speaks to SQLite itself and not through Qt SQL: an append
/// through Qt costs several times as much, and a Qt with a SQLite of its own would be a second one in this
/// process, whose file locks the first one loses.
class SqliteConnection final : public LogConnection {
public:
    enum class Use : quint8 {
        Write,  ///< creates the file when there is none
        Append, ///< Write, with a larger cache, and leaves moving the write-ahead log to others
        Read
    };

    [[nodiscard]] static Result<std::unique_ptr<LogConnection>, QString> open(const QString &path, Use use);
    [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>, QString> openFile(const QString &path,
                                                                                     Use use);
    ~SqliteConnection() override;

    [[nodiscard]] std::optional<Rows> query(const QString &sql, const Values &values = {}) override;
    [[nodiscard]] qint64 changed() const override;
    bool begin() override;
    [[nodiscard]] bool tryAdvisoryLock(const QString &) override { return true; }
    void dropAdvisoryLock(const QString &) override {}

    [[nodiscard]] sqlite3 *handle() { return m_handle; }
    /// Null: failed, see error().
    [[nodiscard]] SqliteStatement prepare(const char *sql);
    /// Takes SQLite's last error for error().
    void noteFailure();

private:
    explicit SqliteConnection(sqlite3 *handle) : m_handle(handle) {}
    bool configure(Use use);
    sqlite3_stmt *prepared(const QString &sql);
    static int waitForOthers(void *self, int attempts);

    sqlite3 *m_handle;
    QHash<QString, sqlite3_stmt *> m_prepared; ///< by text
    std::chrono::steady_clock::time_point m_busySince;
};

} // namespace longcode::relay
