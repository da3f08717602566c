#pragma once

#include "store/error.h"

#include <optional>

/// The steps of the store's schema: resources/store/NNN.sql, step NNN brings version NNN-1 to NNN.
namespace longcode::store {

class Connection;

/// The version this program writes.
[[nodiscard]] int newestSchema();

/// What SQLite's application_id is in every store of ours.
[[nodiscard]] qint64 applicationId();

/// Brings the file up to version `target`, each step in its own transaction. Nothing is changed when the file
/// is newer than newestSchema() (TooNew) or belongs to another program (Corrupt).
[[nodiscard]] std::optional<StoreError> bringUpToDate(Connection &connection, int target = newestSchema());

} // namespace longcode::store
