#pragma once

#include "store/desk_values.h"

#include <QList>

/// Events of messages as they came, kept small: the body compressed, what has a fixed form as bytes. What
/// does not have that form is kept as the text it is, so that everything comes back byte by byte.
namespace longcode::store {

class Connection;

/// Keeps the event of this message, once. A copy that is signed takes the place of one that is not.
void keepRawEvent(Connection &connection, MessageRow message, const LoggedEvent &logged);
/// What is kept of `from` becomes part of `into`.
void moveRawEvents(Connection &connection, MessageRow from, MessageRow into);
/// Oldest first.
[[nodiscard]] QList<RawEventRecord> rawEventRecords(Connection &connection, MessageRow message);

} // namespace longcode::store
