#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QFuture>

namespace longcode::telnyx {
class Client;
struct Error;
struct NumberWithSettings;
struct Profile;
struct ShortCode;
} // namespace longcode::telnyx

namespace longcode::desk {

/// What the account may send from: numbers that have a messaging profile and can text, short codes that have
/// one, and the alphanumeric senders of profiles. Sorted by profile, then address.
[[nodiscard]] QList<Sender> sendersOf(const QList<telnyx::Profile> &profiles,
                                      const QList<telnyx::NumberWithSettings> &numbers,
                                      const QList<telnyx::ShortCode> &shortCodes = {});

/// Reads profiles, numbers and short codes. The client must stay until it is finished.
[[nodiscard]] QFuture<Result<QList<Sender>, telnyx::Error>> readSenders(telnyx::Client &client);

} // namespace longcode::desk
