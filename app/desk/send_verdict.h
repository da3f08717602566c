#pragma once

#include "base/failure.h"

namespace longcode::telnyx {
struct Error;
}
namespace longcode::store {
struct ServerError;
}

namespace longcode::desk {

/// What an answer to a send means for the message. A send that may have been accepted is never repeated.
enum class SendVerdict : quint8 {
    Rejected,    ///< refused for good; nothing was sent
    Uncertain,   ///< may have been accepted
    Unreachable, ///< nothing left this machine: may be tried again
    RateLimited, ///< refused for now: may be tried again after a wait
    KeyRefused   ///< refused because of the key: may be tried again when it works
};

/// Sorts every error of a send. The order of the rules: whether the request can have arrived, then D38 (code
/// first, then HTTP status).
[[nodiscard]] SendVerdict verdictOf(const telnyx::Error &error);

/// What is kept of a refusal: the server's own words, with the members it complains about.
[[nodiscard]] store::ServerError refusalOf(const telnyx::Error &error);

/// A fault of the connection to the API or of the account, for a person.
[[nodiscard]] Failure accountFailure(const telnyx::Error &error);

} // namespace longcode::desk
