#pragma once

#include "desk/inbox.h"
#include "desk/values.h"
#include "store/reader.h"
#include "store/values.h"

#include <QHash>

/// What the store has, as the inbox shows it.
namespace longcode::desk {

[[nodiscard]] Message toDesk(const store::MessageRecord &record);
/// `profileNames`: of our senders, by address on the wire.
[[nodiscard]] Conversation toDesk(const store::ConversationRecord &record,
                                  const QHash<QString, QString> &profileNames);
[[nodiscard]] store::ConversationFilter toStore(InboxFilter filter);

} // namespace longcode::desk
