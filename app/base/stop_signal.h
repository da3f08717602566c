#pragma once

class QCoreApplication;

namespace longcode {

/// Makes the ways in which a system asks a program to end (SIGTERM, SIGINT; on Windows Ctrl+C, closing the
/// console window, logging off) end in QCoreApplication::quit(), so that `main` can put things in order. On
/// POSIX a second signal ends the program at once. Call once, in the application's thread.
void quitOnStopSignal(QCoreApplication &application);

} // namespace longcode
