#include "desk/backups.h"

#include "store/backup.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace longcode::desk {

namespace {

struct BackupWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::desk::Backups)
};

/// Its day tells it from the others, whatever has touched the files since.
QString momentOf(const Backup &backup) {
    return QLocale().toString(QDateTime(backup.day, backup.at.toLocalTime().time()), QLocale::ShortFormat);
}

QString putBack(const Backup &backup) {
    return BackupWords::tr(
               "Put back the backup of %1. What came in later is fetched from the relay as far as it keeps "
               "it. The damaged file is kept beside it.")
        .arg(momentOf(backup));
}

QString putBackMissing(const Backup &backup) {
    return BackupWords::tr(
               "Put back the backup of %1. What came in later is fetched from the relay as far as it keeps "
               "it. If you moved the file yourself, put it back and try again.")
        .arg(momentOf(backup));
}

QString noUsableBackup(const QString &folder) {
    return backupsOf(folder).isEmpty()
               ? BackupWords::tr("There is no backup of it. Move the file away to begin with an empty one, "
                                 "and keep it: much of it can be saved. It is in %1")
                     .arg(folder)
               : BackupWords::tr("Its backups are damaged too. Move them and the file away to begin with "
                                 "an empty one, and keep all of it: much can be saved. It is in %1")
                     .arg(folder);
}

} // namespace

QList<Backup> backupsOf(const QString &folder) {
    static const QRegularExpression name(QStringLiteral("^console-(\\d{4}-\\d\\d-\\d\\d)\\.sqlite$"));
    QList<Backup> backups;
    const QDir place(QDir(folder).filePath(QStringLiteral("backups")));
    for (const QFileInfo &file : place.entryInfoList(QDir::Files)) {
        const QDate day = QDate::fromString(name.match(file.fileName()).captured(1), Qt::ISODate);
        if (day.isValid())
            backups.append({file.filePath(), day, file.lastModified(), file.size()});
    }
    std::sort(backups.begin(), backups.end(), [](const Backup &a, const Backup &b) { return a.day > b.day; });
    return backups;
}

std::shared_ptr<store::StopSign> askedAtQuit() {
    auto stop = std::make_shared<store::StopSign>();
    if (auto *program = QCoreApplication::instance()) {
        QObject::connect(program, &QCoreApplication::aboutToQuit, program, [weak = std::weak_ptr(stop)] {
            if (const auto sign = weak.lock())
                sign->ask();
        });
    }
    return stop;
}

std::optional<Backup> newestUsableBackup(const QString &folder, store::StopSign &stop) {
    for (const Backup &backup : backupsOf(folder)) {
        if (!store::checkStore(backup.path, stop))
            return backup;
    }
    return std::nullopt;
}

bool isStoreMissing(const QString &folder) {
    return !QFileInfo::exists(QDir(folder).filePath(QStringLiteral("console.sqlite"))) &&
           !backupsOf(folder).isEmpty();
}

Failure storeSentence(const store::StoreError &error, const QString &folder, store::StopSign &stop) {
    if (error.kind != store::StoreErrorKind::Corrupt)
        return store::sentence(error);
    const auto backup = newestUsableBackup(folder, stop);
    return {BackupWords::tr("The file with your conversations is damaged. Longcode has left it as it is."),
            backup ? putBack(*backup) : noUsableBackup(folder)};
}

Failure missingStoreSentence(const QString &folder, store::StopSign &stop) {
    const auto backup = newestUsableBackup(folder, stop);
    return {BackupWords::tr("The file with your conversations is gone: there is no console.sqlite in %1")
                .arg(QDir::toNativeSeparators(folder)),
            backup ? putBackMissing(*backup) : noUsableBackup(folder)};
}

std::optional<Backup> backupNamedIn(const Failure &failure, const QString &folder) {
    for (const Backup &backup : backupsOf(folder)) {
        if (failure.remedy == putBack(backup) || failure.remedy == putBackMissing(backup))
            return backup;
    }
    return std::nullopt;
}

} // namespace longcode::desk
