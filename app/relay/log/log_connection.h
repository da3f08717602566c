#pragma once

#include "base/result.h"

#include <QList>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>

namespace longcode::relay {

class StoreAddress;

/// One connection to the database of a log, SQLite or PostgreSQL, with the settings that make a commit
/// durable. Belongs to the thread that opened it; any number of connections may be open.
///
/// Other parts of the relay keep their own tables beside the log (forward_cursor, forward_letter) through it:
/// open one on a thread of your own when the log itself is open (it has made the tables), and write SQL that
/// both databases understand: `?` for values, ON CONFLICT … DO UPDATE, no RETURNING, no functions but
/// coalesce, count, min, max, sum. Columns are 64-bit numbers, texts and bytes. When something fails: look at
/// lost(); if so, drop the connection and open another one later.
class LogConnection {
public:
    using Values = QList<QVariant>;
    using Rows = QList<Values>;

    /// The error is what the database said; no full stop. Waits a few seconds at most.
    [[nodiscard]] static Result<std::unique_ptr<LogConnection>, QString> open(const StoreAddress &address);
    LogConnection() = default;
    virtual ~LogConnection() = default;
    LogConnection(const LogConnection &) = delete;
    LogConnection &operator=(const LogConnection &) = delete;

    /// Runs one statement. Each `?` is filled with one of `values`: numbers, QString (a null one is the empty
    /// text), QByteArray (likewise), or an invalid QVariant for NULL. Nothing: it failed, see error().
    [[nodiscard]] virtual std::optional<Rows> query(const QString &sql, const Values &values = {}) = 0;
    /// How many rows the last statement added, changed or removed.
    [[nodiscard]] virtual qint64 changed() const = 0;
    bool execute(const QString &sql, const Values &values = {}) { return query(sql, values).has_value(); }
    /// The first column of the first row; invalid when there is none or it fails.
    [[nodiscard]] QVariant value(const QString &sql, const Values &values = {});

    /// A transaction that means to write. After a failure inside it, roll back.
    virtual bool begin() = 0;
    bool commit() { return execute(QStringLiteral("COMMIT")); }
    void rollback();
    /// begin(), `work`, commit(); rolls back when one of them fails. True: durable.
    bool inTransaction(const std::function<bool()> &work);

    /// Takes a lock of that name for as long as this connection lives, among everybody at this database: true
    /// when it is (already) held here. PostgreSQL's session advisory lock. A SQLite file has one relay only:
    /// always true.
    [[nodiscard]] virtual bool tryAdvisoryLock(const QString &name) = 0;
    virtual void dropAdvisoryLock(const QString &name) = 0;

    /// What the database said to the last failure.
    [[nodiscard]] const QString &error() const { return m_error; }
    /// The last failure was such that this connection is of no more use.
    [[nodiscard]] bool lost() const { return m_lost; }

protected:
    void setFailure(const QString &error, bool isLost);

private:
    QString m_error;
    bool m_lost = false;
};

} // namespace longcode::relay
