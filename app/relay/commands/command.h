#pragma once

#include "relay/settings.h"

namespace longcode::relay {

/// What `longcode-relay COMMAND …` was asked to do besides serving.
struct Command {
    QStringList words;     ///< as typed: {"token", "create", "anna"}
    RelaySettings options; ///< every value is good by itself; what is needed may be missing
    QString role, account; ///< of token create
    QString forward;       ///< of replay
};

/// Runs it, prints its result on stdout, and gives the exit code: 0 done, 1 it could not be done, 2 it was
/// asked wrongly. Sentences about what went wrong are printed on stderr.
[[nodiscard]] int runCommand(const Command &command);

// The commands one by one; `words` as above.
[[nodiscard]] int runToken(const Command &command);
[[nodiscard]] int runBackup(const Command &command);
[[nodiscard]] int runExport(const Command &command);
[[nodiscard]] int runReplay(const Command &command);
[[nodiscard]] int runForward(const Command &command);

// ---- For the commands themselves ----

/// Prints the sentence on stderr; the code.
int refuse(int exitCode, const QString &sentence);
/// Prints `usage`; 2.
int refuseUsage(const QString &usage);
void say(const QString &line);

struct SeqRange {
    qint64 first = 0, last = 0;
};
/// `12-40`, or `12` for one. Nothing for anything else.
[[nodiscard]] std::optional<SeqRange> rangeFrom(const QString &text);

} // namespace longcode::relay
