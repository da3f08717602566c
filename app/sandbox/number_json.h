#pragma once

#include "sandbox/json.h"

namespace longcode::sandbox {

class World;
struct PhoneNumber;
struct ShortCode;

/// A number with its messaging settings.
[[nodiscard]] Json messagingJson(const World &world, const PhoneNumber &number);
/// A number with everything else about it.
[[nodiscard]] Json detailedJson(World &world, const PhoneNumber &number);
[[nodiscard]] Json shortCodeJson(const ShortCode &code);

} // namespace longcode::sandbox
