#pragma once

#include "desk/values.h"
#include "store/values.h"

/// Rows and senders as the store has them, and as the desk shows them.
namespace longcode::desk {

[[nodiscard]] inline ConversationId toDesk(store::ConversationId id) {
    return {id.value};
}
[[nodiscard]] inline store::ConversationId toStore(ConversationId id) {
    return {id.value};
}
[[nodiscard]] inline MessageRow toDesk(store::MessageRow row) {
    return {row.value};
}
[[nodiscard]] inline store::MessageRow toStore(MessageRow row) {
    return {row.value};
}

[[nodiscard]] Sender toDesk(const store::SenderRecord &sender);
[[nodiscard]] store::SenderRecord toStore(const Sender &sender);

} // namespace longcode::desk
