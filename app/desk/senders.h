#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QFuture>

namespace longcode::telnyx {
class Client;
struct Error;
struct NumberWithSettings;
struct Profile;
} // namespace longcode::telnyx

namespace longcode::desk {

/// What the account may send from: numbers that have a messaging profile and can text, and the alphanumeric
/// senders of profiles. Sorted by profile, then address.
[[nodiscard]] QList<Sender> sendersOf(const QList<telnyx::Profile> &profiles,
                                      const QList<telnyx::NumberWithSettings> &numbers);

/// Reads profiles and numbers. The client must stay until it is finished.
[[nodiscard]] QFuture<Result<QList<Sender>, telnyx::Error>> readSenders(telnyx::Client &client);

} // namespace longcode::desk
