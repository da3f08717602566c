#include "relay/operate/service_manager.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

#ifdef Q_OS_LINUX
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace longcode::relay {

void keepFilesPrivate() {
#ifdef Q_OS_UNIX
    ::umask(0077);
#endif
}

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

Result<ListenAddress, QString> addressOf(int listeningSocket) {
    const auto no = [] {
        return failed(QStringLiteral("The socket that systemd handed over is no TCP socket that listens."));
    };
    int listens = 0;
    socklen_t size = sizeof listens;
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (::getsockopt(listeningSocket, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0 ||
        ::getsockname(listeningSocket, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return no();
    const bool isV6 = address.ss_family == AF_INET6;
    if (!isV6 && address.ss_family != AF_INET)
        return no();
    std::array<char, INET6_ADDRSTRLEN> text{};
    const auto *v4 = reinterpret_cast<const sockaddr_in *>(&address);
    const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(&address);
    const void *host = isV6 ? static_cast<const void *>(&v6->sin6_addr) : &v4->sin_addr;
    if (!::inet_ntop(address.ss_family, host, text.data(), socklen_t(text.size())))
        return no();
    return ListenAddress{.host = QString::fromLatin1(text.data()),
                         .port = ntohs(isV6 ? v6->sin6_port : v4->sin_port)};
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

Result<ListenAddress, QString> addressOf(int) {
    return failed(QStringLiteral("This system hands no sockets over."));
}

void tellServiceManager(const QByteArray &) {}

#endif

} // namespace longcode::relay
