#pragma once

#include "desk/opt_outs.h"
#include "desk/send_check.h"
#include "store/desk_values.h"

namespace longcode::store {
class Reader;
struct ConversationRecord;
} // namespace longcode::store

namespace longcode::desk {

/// What holds between the customer and the sender the conversation answers from: from customers' keywords and
/// the API's list, never from an error code alone (D32).
[[nodiscard]] std::optional<store::BlockRecord> holdingBlock(store::Reader &reader,
                                                             const store::ConversationRecord &conversation);

/// A block in words: who, when, with which word, for which of our senders, and how it is lifted. Which
/// senders it holds for: all of one messaging profile; with a toll-free number that number alone, because
/// there the carriers' network keeps a block of its own.
[[nodiscard]] Block blockInWords(const store::BlockRecord &block,
                                 const store::ConversationRecord &conversation,
                                 const SendingAccount &account);

/// Both: what holds, in words.
[[nodiscard]] std::optional<Block>
blockOf(store::Reader &reader, const store::ConversationRecord &conversation, const SendingAccount &account);

} // namespace longcode::desk
