#pragma once

#include "base/result.h"

#include <QString>

namespace longcode::relay {

class LogConnection;

/// What a log file says about itself.
struct LogIdentity {
    QString id;
    qint64 head = 0;
};

/// Makes a new file a log, or brings an older one up to date, and checks that it is whole (PRAGMA
/// quick_check, no gap). The error is the end of a sentence that begins with the file's name.
[[nodiscard]] Result<LogIdentity, QString> prepareLog(LogConnection &connection);

} // namespace longcode::relay
