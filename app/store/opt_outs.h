#pragma once

#include "store/desk_values.h"

#include <QList>

#include <optional>

/// Which opt-outs concern a customer and one of our senders. Telnyx blocks for a whole messaging profile;
/// with toll-free numbers it is the carriers' network that blocks, and that one number only.
namespace longcode::store {

class Connection;

/// From keywords and the API's list, newest first; ended ones too.
[[nodiscard]] QList<BlockRecord> blocksOf(Connection &connection, const Parties &parties);
/// The block that holds now, if any: what the customer wrote goes before what the list says.
[[nodiscard]] std::optional<OptOutRecord> holdingBlock(Connection &connection, const Parties &parties);

} // namespace longcode::store
