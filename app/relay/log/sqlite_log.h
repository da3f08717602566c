#pragma once

#include "relay/log/log_access.h"
#include "relay/log/serve_lock.h"
#include "relay/log/stored_log.h"

#include "base/result.h"

#include <memory>

namespace longcode::relay {

class SqliteCheckpointer;

/// The log in one SQLite file. A lock file beside it keeps a second relay away; other programs may read and
/// append all the same.
class SqliteLog final : public StoredLog {
public:
    /// Opens or creates. The error is a sentence for the operator. `journal` must outlive the log.
    [[nodiscard]] static Result<std::unique_ptr<SqliteLog>, QString>
    open(const QString &path, const Journal &journal, Access access = Access::Serve);
    ~SqliteLog() override;
    void stop() override;

private:
    SqliteLog();

    ServeLock m_lock;
    std::unique_ptr<SqliteCheckpointer> m_checkpointer;
};

} // namespace longcode::relay
