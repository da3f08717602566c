#pragma once

#include "relay/settings.h"

namespace longcode::relay {

class GivenOptions;

[[nodiscard]] const ProgramDescription &relayProgram();
/// Those that may stand in a config file too.
[[nodiscard]] const QList<ProgramOption> &relayOptions();

/// Checks every value by itself. One sentence for each that is wrong, with the option or the file's line.
/// Reads no file.
[[nodiscard]] Result<RelaySettings, StartFailure> valuesFrom(const GivenOptions &given);
/// The same, and whether a relay may start with all of them together: nothing is missing, nothing secret
/// would cross a network in the clear.
[[nodiscard]] Result<RelaySettings, StartFailure> settingsFrom(const GivenOptions &given);

/// An IP address of this machine alone, or "localhost".
[[nodiscard]] bool isLoopback(const QString &host);
/// Why a relay must not listen where these settings say; empty: it may.
[[nodiscard]] QString exposureOf(const RelaySettings &settings);
/// Of accounts, forwards and tokens: up to 64 letters, digits, dots, hyphens and underscores.
[[nodiscard]] bool isName(const QString &text);

} // namespace longcode::relay
