#include "base/stop_signal.h"

#include <QCoreApplication>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace longcode {

#ifdef Q_OS_WIN

namespace {

std::function<void()> onStop;

/// Called by Windows on a thread of its own.
BOOL WINAPI onControlEvent(DWORD) {
    if (QCoreApplication *application = QCoreApplication::instance())
        QMetaObject::invokeMethod(application, onStop, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

void onStopSignal(QCoreApplication &, std::function<void()> act) {
    onStop = std::move(act);
    SetConsoleCtrlHandler(onControlEvent, TRUE);
}

#else

namespace {

int wakeUp[2] = {-1, -1};

/// Only what POSIX allows in a signal handler: one write.
void onSignal(int) {
    const char byte = 1;
    const auto written = ::write(wakeUp[1], &byte, 1);
    static_cast<void>(written);
}

void closeOnExec(int descriptor) {
    ::fcntl(descriptor, F_SETFD, ::fcntl(descriptor, F_GETFD) | FD_CLOEXEC);
}

} // namespace

void onStopSignal(QCoreApplication &application, std::function<void()> act) {
    if (wakeUp[0] >= 0 || ::pipe(wakeUp) != 0)
        return;
    for (const int descriptor : wakeUp)
        closeOnExec(descriptor);
    auto *notifier = new QSocketNotifier(wakeUp[0], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, [notifier, act = std::move(act)] {
        notifier->setEnabled(false);
        act();
    });
    struct sigaction action{};
    action.sa_handler = onSignal;
    ::sigemptyset(&action.sa_mask);
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

#endif

void quitOnStopSignal(QCoreApplication &application) {
    onStopSignal(application, [] { QCoreApplication::quit(); });
}

} // namespace longcode
