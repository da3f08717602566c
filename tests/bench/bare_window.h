#pragma once

namespace longcode::bench {

/// The command of longcode-bench that shows the window which every start is compared with.
inline constexpr char bareCommand[] = "bare";

/// A window with one text edit, until it is ended. The exit code.
[[nodiscard]] int showBareWindow(int &argc, char **argv);

} // namespace longcode::bench
