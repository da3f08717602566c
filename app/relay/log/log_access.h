#pragma once

#include <QtGlobal>

namespace longcode::relay {

enum class Access : quint8 {
    Serve, ///< a relay; no other one may serve the same SQLite file
    Tool   ///< a command that works at the same log as a running relay, or without one
};

} // namespace longcode::relay
