#pragma once

#include "sandbox/message.h"

#include <string>

namespace longcode::sandbox {

/// A small PNG picture (a broken cup, in plain shapes), drawn in code so that no file is needed.
[[nodiscard]] const std::string &photoPng();
/// Its name below the media address.
inline constexpr const char *photoName = "cup.png";
[[nodiscard]] MediaFile photoFile(const std::string &mediaBase);

} // namespace longcode::sandbox
