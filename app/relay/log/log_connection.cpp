#include "relay/log/log_connection.h"

#include "relay/log/postgres_connection.h"
#include "relay/log/sqlite_connection.h"
#include "relay/log/store_address.h"

namespace longcode::relay {

Result<std::unique_ptr<LogConnection>, QString> LogConnection::open(const StoreAddress &address) {
    if (address.kind() == StoreAddress::Kind::SqliteFile)
        return SqliteConnection::open(address.path(), SqliteConnection::Use::Write);
    return PostgresConnection::open(address);
}

QVariant LogConnection::value(const QString &sql, const Values &values) {
    const std::optional<Rows> rows = query(sql, values);
    return rows && !rows->isEmpty() ? rows->first().value(0) : QVariant();
}

void LogConnection::rollback() {
    // The reason of the failure is worth more than what the rollback says.
    const QString why = m_error;
    execute(QStringLiteral("ROLLBACK"));
    m_error = why;
}

bool LogConnection::inTransaction(const std::function<bool()> &work) {
    if (!begin())
        return false;
    if (work() && commit())
        return true;
    rollback();
    return false;
}

void LogConnection::setFailure(const QString &error, bool isLost) {
    m_error = error;
    m_lost = m_lost || isLost;
}

} // namespace longcode::relay
