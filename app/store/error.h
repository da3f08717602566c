#pragma once

#include "base/failure.h"
#include "base/result.h"

#include <QString>

namespace longcode::store {

enum class StoreErrorKind : quint8 {
    CannotOpen,     ///< the file or its folder cannot be opened or made
    Busy,           ///< another program holds the file
    Corrupt,        ///< the file is damaged or no store at all; it is left as it is
    TooNew,         ///< written by a newer Longcode
    DiskFull,       ///< nothing of this operation was written
    ReadOnly,       ///< nothing of this operation was written
    NotFound,       ///< no such conversation, message or intent
    WrongPhase,     ///< the intent is not where the operation may begin; nothing was changed
    Closed,         ///< the store was closed before the operation began
    StatementFailed ///< SQLite refused for another reason
};

/// Why an operation of the store did nothing: every one is all or nothing.
struct StoreError {
    StoreErrorKind kind = StoreErrorKind::StatementFailed;
    QString detail; ///< SQLite's own words and the path, for the log; holds no message text
    friend bool operator==(const StoreError &, const StoreError &) = default;
};

/// The same for a person: what happened and what to do.
[[nodiscard]] Failure sentence(const StoreError &error);

} // namespace longcode::store
