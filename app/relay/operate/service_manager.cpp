#include "relay/operate/service_manager.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace longcode::relay {

#ifdef Q_OS_LINUX

std::optional<int> inheritedSocket() {
    constexpr int firstDescriptor = 3;
    const bool forUs = qEnvironmentVariableIntValue("LISTEN_PID") == int(::getpid());
    const bool any = qEnvironmentVariableIntValue("LISTEN_FDS") > 0;
    qunsetenv("LISTEN_PID");
    qunsetenv("LISTEN_FDS");
    if (!forUs || !any)
        return std::nullopt;
    ::fcntl(firstDescriptor, F_SETFD, FD_CLOEXEC);
    return firstDescriptor;
}

void tellServiceManager(const QByteArray &state) {
    const QByteArray path = qgetenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.isEmpty() || path.size() >= qsizetype(sizeof address.sun_path))
        return;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    // A name that begins with @ is in the abstract namespace.
    if (path.startsWith('@'))
        address.sun_path[0] = '\0';
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::size_t(path.size()));
    const auto sent = ::sendto(descriptor, state.constData(), static_cast<std::size_t>(state.size()), 0,
                               reinterpret_cast<const sockaddr *>(&address), length);
    static_cast<void>(sent);
    ::close(descriptor);
}

#else

std::optional<int> inheritedSocket() {
    return std::nullopt;
}

void tellServiceManager(const QByteArray &) {}

#endif

} // namespace longcode::relay
