#pragma once

#include "relay/log/event_log.h"
#include "relay/log/log_access.h"
#include "relay/log/store_address.h"

#include "base/result.h"

#include <memory>

namespace longcode::relay {

class Journal;

/// Opens or creates the log. The error is a sentence for the operator. `journal` must outlive the log.
[[nodiscard]] Result<std::unique_ptr<EventLog>, QString> openLog(const StoreAddress &address, Access access,
                                                                 const Journal &journal);

/// Writes a sound copy of a SQLite log, of one moment, to a new file while others write the log; the copy is
/// on the disk when it returns. The seq of its newest event, or a sentence: PostgreSQL has its own tool for
/// that.
[[nodiscard]] Result<qint64, QString> backUpLog(const StoreAddress &address, const QString &target);

} // namespace longcode::relay
