#include "relay/log/serve_lock.h"

#include <QFile>
#include <QLockFile>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace longcode::relay {

ServeLock::ServeLock() = default;

#ifdef Q_OS_UNIX

ServeLock::~ServeLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

ServeLock::Outcome ServeLock::take(const QString &path) {
    m_descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_descriptor < 0)
        return Outcome::Unavailable;
    return ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 ? Outcome::Taken : Outcome::Held;
}

#else

ServeLock::~ServeLock() = default;

ServeLock::Outcome ServeLock::take(const QString &path) {
    m_file = std::make_unique<QLockFile>(path);
    m_file->setStaleLockTime(0);
    if (m_file->tryLock(0))
        return Outcome::Taken;
    return m_file->error() == QLockFile::LockFailedError ? Outcome::Held : Outcome::Unavailable;
}

#endif

} // namespace longcode::relay
