#pragma once

#include "base/result.h"
#include "store/error.h"

#include <QSqlDatabase>
#include <QString>
#include <QVariant>

#include <memory>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <vector>

class QSqlError;
class QSqlQuery;
struct sqlite3;

namespace longcode::store {

enum class Access : quint8 { Read, Write };

[[nodiscard]] StoreError toStoreError(const QSqlError &error);
/// Of SQLite's primary result code.
[[nodiscard]] StoreErrorKind storeErrorKind(int primaryCode);

/// One connection to the file, for the thread that opened it. Keeps its statements prepared. Of one that
/// writes, the first failure sticks: from then on statements do nothing until takeError(), so that the code
/// of a transaction asks once, at its end. One that reads goes on: a page that could not be read must not
/// make everything look empty from then on.
class Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>, StoreError> open(const QString &path,
                                                                              Access access);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Runs one statement that gives no rows. False: failed, now or before.
    bool execute(const QString &sql);
    /// The one number that `sql` gives.
    [[nodiscard]] qint64 number(const QString &sql);

    /// Makes the statement that is running, if any, end early. The one call that any thread may make.
    void interrupt();
    /// Takes a failure that interrupt() caused for none.
    void forgetInterrupt();
    /// The same for words that this SQLite cuts in two because it is older than the letters in them.
    void forgetUnsearchable();

    /// A statement failed since takeError(): of one that reads, the last failure is kept.
    [[nodiscard]] bool hasFailed() const { return m_error.has_value(); }
    [[nodiscard]] std::optional<StoreError> takeError();

private:
    friend class Statement;
    friend class Transaction;
    Connection() = default;
    void fail(const QSqlError &error);
    [[nodiscard]] bool isStopped() const { return m_sticks && hasFailed(); }
    [[nodiscard]] std::unique_ptr<QSqlQuery> takePrepared(const char *sql);
    void giveBack(const char *sql, std::unique_ptr<QSqlQuery> query);

    QString m_name;
    QSqlDatabase m_database;
    sqlite3 *m_handle = nullptr; ///< null: Qt has another SQLite than the one linked here
    std::unordered_map<const char *, std::vector<std::unique_ptr<QSqlQuery>>> m_prepared;
    std::optional<StoreError> m_error;
    bool m_sticks = true; ///< what fails
};

/// A prepared statement for the length of a block. `sql` must be a literal: its address is its name in the
/// connection's cache. Parameters are bound in order; `?1`, `?2` name those that occur more than once (then
/// all are numbered, and no other question mark is in the text).
class Statement {
public:
    template <typename... Values>
    Statement(Connection &connection, const char *sql, const Values &...values)
        : Statement(Bare{}, connection, sql) {
        (bind(variant(values)), ...);
    }
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// The first or next row.
    bool next();
    /// Runs a statement that gives no rows; how many rows it changed, 0 when it failed.
    int run();

    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] QVariant value(int column) const; ///< as SQLite keeps it
    [[nodiscard]] qint64 insertedRow() const;
    template <typename Enum>
    [[nodiscard]] Enum as(int column) const {
        return static_cast<Enum>(integer(column));
    }

private:
    struct Bare {};
    Statement(Bare, Connection &connection, const char *sql);
    void bind(const QVariant &value);
    bool start();

    template <typename T>
    static QVariant variant(const T &value) {
        if constexpr (std::is_enum_v<T>)
            return static_cast<int>(value);
        else if constexpr (std::is_integral_v<T>)
            return static_cast<qint64>(value);
        else
            return QVariant(value);
    }
    /// A null text would be bound as NULL; nothing here tells an empty text from none that way.
    static QVariant variant(const QString &text) {
        return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(text);
    }
    template <typename T>
    static QVariant variant(const std::optional<T> &value) {
        return value ? variant(*value) : QVariant();
    }

    Connection &m_connection;
    const char *m_sql;
    std::unique_ptr<QSqlQuery> m_query;
    int m_bound = 0;
    bool m_started = false;
};

/// Rolls back at the end of its block unless committed.
class Transaction {
public:
    explicit Transaction(Connection &connection);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    /// Durable when there is no error. Fails with the connection's first failure too.
    [[nodiscard]] std::optional<StoreError> commit();

private:
    Connection &m_connection;
    bool m_open = true;
};

} // namespace longcode::store
