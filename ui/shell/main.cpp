#include "shell/run_console.h"

int main(int argc, char **argv) {
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    int exitCode = 0;
    // Before Qt, which needs a display: --help does not.
    const auto given = longcode::startProgram(longcode::shell::consoleProgram(), arguments, exitCode);
    return given ? longcode::shell::runConsole(*given, argc, argv) : exitCode;
}
