#pragma once

#include <QtGlobal>

namespace longcode::store {

/// What became of a fact on its way to the relay.
enum class FactFate : quint8 {
    Published, ///< it is in the log; what it means comes from there
    Refused    ///< it never will be; what was shown of it goes
};

} // namespace longcode::store
