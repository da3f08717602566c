#pragma once

#include "relay/relay.h"

namespace longcode::relay {

struct RelayOptions {
    RelaySettings settings;
    QString storePath;
};

/// Why the relay does not start. `exitCode` 2: the command line is wrong; 1: a file cannot be used.
struct StartFailure {
    int exitCode = 1;
    QString sentence;
};

[[nodiscard]] const ProgramDescription &relayProgram();
/// Checks everything the command line says, reads the token file.
[[nodiscard]] Result<RelayOptions, StartFailure> optionsFrom(const ProgramArguments &arguments);

} // namespace longcode::relay
