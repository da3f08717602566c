#pragma once

#include <tl/expected.hpp>

namespace longcode {

/// A value or the reason there is none. Errors are values; exceptions never cross a room.
template <typename T, typename E>
using Result = tl::expected<T, E>;

template <typename E>
[[nodiscard]] constexpr auto failed(E &&error) {
    return tl::unexpected<std::decay_t<E>>(std::forward<E>(error));
}

} // namespace longcode
