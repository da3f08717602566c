#pragma once

class QSqlDatabase;
struct sqlite3;

namespace longcode::store {

/// SQLite's own handle of an open connection. Null when Qt brought an SQLite of its own: a handle means
/// nothing to another library than the one that made it.
[[nodiscard]] sqlite3 *sqliteHandle(const QSqlDatabase &database);

} // namespace longcode::store
