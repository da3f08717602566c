#pragma once

#include <QString>

#include <memory>

class QLockFile;

namespace longcode::relay {

/// Keeps a second relay away from a log's file, for as long as it lives. On Unix a lock that the kernel drops
/// with the process, however that ends: one that names a process by its number holds for ever in a container,
/// where the next relay has the same number.
class ServeLock {
public:
    enum class Outcome : quint8 {
        Taken,
        Held,       ///< somebody else has it
        Unavailable ///< the file cannot be made
    };

    ServeLock();
    ~ServeLock();
    ServeLock(const ServeLock &) = delete;
    ServeLock &operator=(const ServeLock &) = delete;

    /// `path`: of the lock's own file, which stays.
    [[nodiscard]] Outcome take(const QString &path);

private:
#ifdef Q_OS_UNIX
    int m_descriptor = -1;
#else
    std::unique_ptr<QLockFile> m_file;
#endif
};

} // namespace longcode::relay
