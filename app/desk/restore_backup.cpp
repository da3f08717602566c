#include "base/durable_file.h"
#include "desk/backups.h"
#include "desk/console.h"
#include "desk/profile_file.h"
#include "store/backup.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLockFile>

#include <filesystem>

namespace longcode::desk {

namespace {

struct RestoreWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::desk::Backups)
};

Failure notRestored(const QString &path, const std::error_code &code) {
    return {RestoreWords::tr("The backup was not put back."),
            RestoreWords::tr("Check the disk and that you may write to %1: %2")
                .arg(QDir::toNativeSeparators(path), QString::fromStdString(code.message()))};
}

/// A name beside the store that nothing has yet.
QString asideOf(const QString &store) {
    const QString now = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString aside = store + QStringLiteral(".damaged-") + now;
    for (int i = 2; QFile::exists(aside); ++i)
        aside = QStringLiteral("%1.damaged-%2-%3").arg(store, now).arg(i);
    return aside;
}

/// A copy of the damaged file, so that there is a file under its name at every moment. No second name for the
/// same bytes: whatever happens to the store next must not reach what is kept.
std::error_code keepAside(const QString &store, const QString &aside) {
    std::error_code code;
    std::filesystem::copy_file(store.toStdU16String(), aside.toStdU16String(), code);
    return code;
}

std::error_code moved(const QString &from, const QString &to) {
    return QFile::exists(from) ? replaceFile(from, to) : std::error_code();
}

} // namespace

Result<QString, Failure> restoreBackup(const QString &folder, const QString &backupFile) {
    const auto lock = lockFolder({folder});
    if (!lock)
        return failed(lock.error());
    const QString store = QDir(folder).filePath(QStringLiteral("console.sqlite"));
    const QString fresh = store + QStringLiteral(".restored");
    QFile::remove(fresh);
    // Copied by SQLite and read through: a backup that is damaged itself is refused here.
    store::StopSign never;
    if (const auto copied = store::copyStore(backupFile, fresh, never); !copied) {
        if (copied.error().kind == store::StoreErrorKind::Corrupt)
            return failed(Failure{RestoreWords::tr("This backup is damaged too. Nothing was changed."),
                                  RestoreWords::tr("Choose an older one.")});
        return failed(store::sentence(copied.error()));
    }
    if (const auto error = store::markRestored(fresh))
        return failed(store::sentence(*error));
    const QString aside = asideOf(store);
    if (QFile::exists(store)) {
        if (const auto code = keepAside(store, aside))
            return failed(notRestored(folder, code));
    }
    // The damaged file's log goes with it: applied to another file it would damage that one.
    const QStringList suffixes{QStringLiteral("-wal"), QStringLiteral("-shm")};
    std::error_code code;
    for (const QString &suffix : suffixes) {
        if (!code)
            code = moved(store + suffix, aside + suffix);
    }
    if (!code)
        code = moved(fresh, store);
    if (!code)
        return aside;
    for (const QString &suffix : suffixes)
        static_cast<void>(moved(aside + suffix, store + suffix));
    return failed(notRestored(folder, code));
}

} // namespace longcode::desk
