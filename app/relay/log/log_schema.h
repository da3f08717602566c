#pragma once

#include "relay/log/event_table.h"

#include "base/result.h"

#include <QString>

namespace longcode::relay {

class PostgresConnection;
class SqliteConnection;

/// What a log says about itself.
struct LogIdentity {
    QString id;
    LogBounds bounds;
};

enum class LogCheck : quint8 {
    Nothing,
    Gaps,      ///< that no event is missing
    Everything ///< and that every page is sound: reads the whole file
};

/// Makes a new database a log, or brings an older one up to date, and checks it. Several processes may do so
/// at once. The error is the end of a sentence that begins with the store's name.
[[nodiscard]] Result<LogIdentity, QString> prepareLog(SqliteConnection &connection, LogCheck check);
[[nodiscard]] Result<LogIdentity, QString> prepareLog(PostgresConnection &connection, LogCheck check);

} // namespace longcode::relay
