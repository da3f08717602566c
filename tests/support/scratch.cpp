#include "support/scratch.h"

#include <QDir>
#include <QFile>

namespace longcode::tests {

Scratch::Scratch() {
    for (const char *name : {"home", "run", "config", "data", "cache"})
        QDir(m_dir.path()).mkdir(QLatin1String(name));
    QFile::setPermissions(path(QStringLiteral("run")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("HOME", path(QStringLiteral("home")).toUtf8());
    qputenv("XDG_RUNTIME_DIR", path(QStringLiteral("run")).toUtf8());
    qputenv("XDG_CONFIG_HOME", path(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", path(QStringLiteral("data")).toUtf8());
    qputenv("XDG_CACHE_HOME", path(QStringLiteral("cache")).toUtf8());
}

QString Scratch::path(const QString &name) const { return name.isEmpty() ? m_dir.path() : m_dir.filePath(name); }

QString program(const char *name) { return QStringLiteral(LONGCODE_BIN_DIR "/") + QLatin1String(name); }

QString sourceFile(const char *relative) { return QStringLiteral(LONGCODE_SOURCE_DIR "/") + QLatin1String(relative); }

} // namespace longcode::tests
