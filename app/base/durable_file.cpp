#include "base/durable_file.h"

#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <tuple>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace longcode {

bool flushToDisk(QFile &file) {
#ifdef Q_OS_WIN
    return file.flush() && ::_commit(file.handle()) == 0;
#else
    return file.flush() && ::fsync(file.handle()) == 0;
#endif
}

bool reachesDisk(const QString &path) {
#ifdef Q_OS_WIN
    return QFileInfo::exists(path);
#else
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    const bool good = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    return good;
#endif
}

std::error_code replaceFile(const QString &from, const QString &to) {
    std::error_code code;
    std::filesystem::rename(from.toStdU16String(), to.toStdU16String(), code);
    if (!code)
        std::ignore = reachesDisk(QFileInfo(to).absolutePath());
    return code;
}

} // namespace longcode
