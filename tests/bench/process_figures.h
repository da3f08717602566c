#pragma once

#include <QtGlobal>

namespace longcode::bench {

/// Processor time that a process has used so far, in microseconds; 0 where the system does not tell. The
/// figure that other programs on the machine disturb least.
[[nodiscard]] double cpuMicroseconds(qint64 process);

/// Proportional set size of a process, MiB; 0 where the system does not tell.
[[nodiscard]] double pssMib(qint64 process);

} // namespace longcode::bench
