#pragma once

#include "base/program.h"

namespace longcode::shell {

/// What `longcode --help` says.
[[nodiscard]] ProgramDescription consoleProgram();

/// Puts the console together and runs it until its window is closed. Returns the exit code: 0, 1 when it
/// could not run or the conversation without a display did not get there, 2 when there is no display to show
/// it on.
[[nodiscard]] int runConsole(const ProgramArguments &arguments, int &argc, char **argv);

} // namespace longcode::shell
