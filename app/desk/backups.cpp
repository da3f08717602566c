#include "desk/backups.h"

#include "base/when_finished.h"
#include "store/reader.h"
#include "store/store.h"

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

constexpr int hourMs = 3'600'000;

QString backupFolder(const QString &folder) {
    return QDir(folder).filePath(QStringLiteral("backups"));
}

QString fileFor(const QString &folder, const QDate &day) {
    return QDir(backupFolder(folder))
        .filePath(QStringLiteral("console-%1.sqlite").arg(day.toString(Qt::ISODate)));
}

QString offFact() {
    return QStringLiteral("backups/off");
}

} // namespace

QList<Backup> backupsOf(const QString &folder) {
    static const QRegularExpression name(QStringLiteral("^console-(\\d{4}-\\d\\d-\\d\\d)\\.sqlite$"));
    QList<Backup> backups;
    for (const QFileInfo &file : QDir(backupFolder(folder)).entryInfoList(QDir::Files)) {
        const QDate day = QDate::fromString(name.match(file.fileName()).captured(1), Qt::ISODate);
        if (day.isValid())
            backups.append({file.filePath(), day, file.lastModified(), file.size()});
    }
    std::sort(backups.begin(), backups.end(), [](const Backup &a, const Backup &b) { return a.day > b.day; });
    return backups;
}

Failure storeSentence(const store::StoreError &error, const QString &folder) {
    Failure failure = store::sentence(error);
    if (error.kind != store::StoreErrorKind::Corrupt)
        return failure;
    const QList<Backup> backups = backupsOf(folder);
    failure.what =
        BackupWords::tr("The file with your conversations is damaged. Longcode has left it as it is.");
    if (backups.isEmpty()) {
        failure.remedy =
            BackupWords::tr("There is no backup of it. Move the file away to begin with an empty "
                            "one, and keep it: much of it can be saved. It is in %1")
                .arg(folder);
        return failure;
    }
    failure.remedy =
        BackupWords::tr(
            "Put back the backup of %1. What came in later is fetched from the relay as far as it "
            "keeps it. The damaged file is kept beside it.")
            .arg(QLocale().toString(backups.first().at, QLocale::ShortFormat));
    return failure;
}

bool isDamage(const Failure &failure) {
    return failure.what == storeSentence({store::StoreErrorKind::Corrupt, {}}, {}).what;
}

Backups::Backups(store::Store &store, store::Reader &reader, const Clock &clock, const QString &folder,
                 int firstLookMs, QObject *parent)
    : QObject(parent), m_store(store), m_reader(reader), m_clock(clock), m_folder(folder) {
    connect(&m_timer, &QTimer::timeout, this, &Backups::look);
    // By the hour, not until midnight: the clock may jump and the machine may sleep.
    m_timer.start(firstLookMs);
}

bool Backups::isOn() const {
    return m_on.value_or(m_reader.fact(offFact()).isEmpty());
}

void Backups::setOn(bool on) {
    m_on = on; // what was asked for counts before it is written
    m_store.setFact(offFact(), on ? QString() : QStringLiteral("1"));
    Q_EMIT changed();
    if (on)
        look();
}

QDate Backups::today() const {
    return m_clock.now().toLocalTime().date();
}

void Backups::look() {
    m_timer.setInterval(hourMs);
    if (m_running || !isOn() || QFileInfo::exists(fileFor(m_folder, today())))
        return;
    m_asked = false;
    m_running = true;
    Q_EMIT changed();
    QDir().mkpath(backupFolder(m_folder));
    whenFinished(m_store.backUp(fileFor(m_folder, today())), this,
                 [this](const Result<qint64, store::StoreError> &outcome) { onCopied(outcome); });
}

void Backups::backUpNow() {
    if (m_running)
        return;
    m_asked = true;
    m_running = true;
    Q_EMIT changed();
    QDir().mkpath(backupFolder(m_folder));
    whenFinished(m_store.backUp(fileFor(m_folder, today())), this,
                 [this](const Result<qint64, store::StoreError> &outcome) { onCopied(outcome); });
}

void Backups::onCopied(const Result<qint64, store::StoreError> &outcome) {
    m_running = false;
    if (outcome) {
        m_toldOn = {};
        dropOld();
    } else {
        tell(outcome.error());
    }
    Q_EMIT changed();
}

void Backups::tell(const store::StoreError &error) {
    if (!m_asked && m_toldOn == today() && m_told == error.kind)
        return;
    m_toldOn = today();
    m_told = error.kind;
    if (error.kind == store::StoreErrorKind::Corrupt) {
        Q_EMIT failed(storeSentence(error, m_folder));
        return;
    }
    const QString place = QDir::toNativeSeparators(backupFolder(m_folder));
    Q_EMIT failed(
        {BackupWords::tr("No backup of your conversations was made today."),
         error.kind == store::StoreErrorKind::DiskFull
             ? BackupWords::tr("The disk is full. Make room; Longcode tries again within the hour.")
             : BackupWords::tr("Check that you may write to %1; Longcode tries again within the hour. "
                               "(%2)")
                   .arg(place, error.detail)});
}

// A clock that was ahead for a while has left files of days to come: they must not push out today's.
void Backups::dropOld() {
    QList<Backup> past, future;
    for (const Backup &backup : backupsOf(m_folder))
        (backup.day > today() ? future : past).append(backup);
    for (const QList<Backup> &some : {past, future}) {
        for (qsizetype i = kept; i < some.size(); ++i)
            QFile::remove(some.at(i).path);
    }
}

} // namespace longcode::desk
