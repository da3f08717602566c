#pragma once

#include "sandbox/validation.h"

/// What each operation's body must look like (contract, sections 6.1, 6.2 and 6.4).
namespace longcode::sandbox::schemas {

[[nodiscard]] const Schema &message();
[[nodiscard]] const Schema &longCodeMessage();
[[nodiscard]] const Schema &alphanumericMessage();
[[nodiscard]] const Schema &numberPoolMessage();
[[nodiscard]] const Schema &scheduledMessage();
[[nodiscard]] const Schema &groupMessage();
[[nodiscard]] const Schema &createProfile();
[[nodiscard]] const Schema &updateProfile();
[[nodiscard]] const Schema &numberSettings();
[[nodiscard]] const Schema &bulkUpdate();
[[nodiscard]] const Schema &shortCode();

} // namespace longcode::sandbox::schemas
