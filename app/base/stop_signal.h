#pragma once

#include <functional>

class QCoreApplication;

namespace longcode {

/// Makes the ways in which a system asks a program to end (SIGTERM, SIGINT; on Windows Ctrl+C, closing the
/// console window, logging off) end in QCoreApplication::quit(), so that `main` can put things in order. On
/// POSIX a second signal ends the program at once. Call once, in the application's thread.
void quitOnStopSignal(QCoreApplication &application);
/// The same, with `act` in the application's thread instead of quit().
void onStopSignal(QCoreApplication &application, std::function<void()> act);

} // namespace longcode
