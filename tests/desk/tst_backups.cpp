#include "desk/live_backups.h"
#include "store/backup.h"
#include "store/fixture.h"
#include "support/filled_store.h"
#include "support/manual_clock.h"

#include <QLockFile>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;

namespace {

void damage(const QString &path) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 page = 4096, pages = file.size() / page;
    for (qint64 i = pages / 2; i < pages / 2 + 3; ++i) {
        QVERIFY(file.seek(i * page));
        file.write(QByteArray(int(page), '\xa5'));
    }
}

QString fileIn(const QString &folder) {
    return QDir(folder).filePath(QStringLiteral("console.sqlite"));
}

void touchBackup(const QString &folder, const QDate &day) {
    QDir().mkpath(QDir(folder).filePath(QStringLiteral("backups")));
    QFile file(
        QDir(folder).filePath(QStringLiteral("backups/console-%1.sqlite").arg(day.toString(Qt::ISODate))));
    QVERIFY(file.open(QIODevice::WriteOnly));
}

/// One that is whole: of an empty store.
void makeBackup(const QString &folder, const QDate &day) {
    touchBackup(folder, day);
    const QTemporaryDir elsewhere;
    const auto store = store::Store::open(elsewhere.path());
    QVERIFY(store);
    QVERIFY((*store)
                ->backUp(QDir(folder).filePath(
                    QStringLiteral("backups/console-%1.sqlite").arg(day.toString(Qt::ISODate))))
                .result());
}

} // namespace

/// The daily backup, and putting one back.
class TestBackups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void onceADay();
    void offAndOn();
    void keepsSeven();
    void aClockThatWasAhead();
    void saysWhyNot();
    void noticesDamage();
    void putsBack();
    void refusesADamagedBackup();
    void refusesAnOpenStore();
    void sentences();
    void olderOnesWhenTheNewestIsDamaged();
    void missingStore();
};

void TestBackups::onceADay() {
    OpenStore open;
    ManualClock clock;
    LiveBackups backups(*open.store, *open.reader, clock, open.folder.path(), 0);
    QTRY_COMPARE(backups.all().size(), 1);
    QTRY_VERIFY(!backups.isRunning());
    QCOMPARE(backups.all().first().day, clock.now().toLocalTime().date());
    QVERIFY(backups.all().first().bytes > 0);
    // A person's own replaces today's.
    backups.backUpNow();
    QVERIFY(backups.isRunning());
    QTRY_VERIFY(!backups.isRunning());
    QCOMPARE(backups.all().size(), 1);
}

void TestBackups::offAndOn() {
    OpenStore open;
    ManualClock clock;
    {
        LiveBackups backups(*open.store, *open.reader, clock, open.folder.path(), 1'000'000);
        QVERIFY(backups.isOn());
        backups.setOn(false);
        QVERIFY(!backups.isOn());
    }
    QTRY_VERIFY(!open.reader->fact(QStringLiteral("backups/off")).isEmpty());
    LiveBackups backups(*open.store, *open.reader, clock, open.folder.path(), 1'000'000);
    QVERIFY(!backups.isOn());
    backups.setOn(true);
    QTRY_COMPARE(backups.all().size(), 1);
    QTRY_VERIFY(!backups.isRunning());
}

void TestBackups::keepsSeven() {
    OpenStore open;
    ManualClock clock;
    const QDate today = clock.now().toLocalTime().date();
    for (int days = 1; days <= 12; ++days)
        touchBackup(open.folder.path(), today.addDays(-days));
    QFile foreign(open.folder.filePath(QStringLiteral("backups/mine.sqlite")));
    QVERIFY(foreign.open(QIODevice::WriteOnly));
    LiveBackups backups(*open.store, *open.reader, clock, open.folder.path(), 0);
    QTRY_COMPARE(backups.all().size(), 7);
    QTRY_VERIFY(!backups.isRunning());
    QCOMPARE(backups.all().first().day, today);
    QCOMPARE(backups.all().last().day, today.addDays(-6));
    QVERIFY(foreign.exists());
}

void TestBackups::aClockThatWasAhead() {
    OpenStore open;
    ManualClock clock;
    const QDate today = clock.now().toLocalTime().date();
    for (int days = 100; days < 104; ++days)
        touchBackup(open.folder.path(), today.addDays(days));
    for (int days = 1; days <= 7; ++days)
        touchBackup(open.folder.path(), today.addDays(-days));
    LiveBackups backups(*open.store, *open.reader, clock, open.folder.path(), 0);
    QTRY_COMPARE(backups.all().last().day, today.addDays(-6));
    QCOMPARE(backups.all().size(), 4 + 7);
    QVERIFY(backups.all().at(4).bytes > 0); // today's
}

void TestBackups::saysWhyNot() {
    OpenStore open;
    ManualClock clock;
    QFile inTheWay(open.folder.filePath(QStringLiteral("backups")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    LiveBackups backups(*open.store, *open.reader, clock, open.folder.path(), 1'000'000);
    QSignalSpy failures(&backups, &LiveBackups::failed);
    backups.setOn(true);
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(!failures.first().first().value<Failure>().what.isEmpty());
    QTRY_VERIFY(!backups.isRunning());
    backups.setOn(true); // it tries again, and does not tell again the same day
    QTRY_VERIFY(!backups.isRunning());
    QCOMPARE(failures.size(), 1);
    backups.backUpNow(); // who asks is answered
    QTRY_COMPARE(failures.size(), 2);
}

void TestBackups::noticesDamage() {
    QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 3000, .inFirst = 500}));
    damage(fileIn(folder.path()));
    const auto store = *store::Store::open(folder.path());
    const auto reader = *store->openReader();
    ManualClock clock;
    makeBackup(folder.path(), clock.now().toLocalTime().date().addDays(-1));
    LiveBackups backups(*store, *reader, clock, folder.path(), 0);
    QSignalSpy failures(&backups, &LiveBackups::failed);
    QTRY_COMPARE(failures.size(), 1);
    const auto failure = failures.first().first().value<Failure>();
    QVERIFY(failure.what.contains(QStringLiteral("damaged")));
    QVERIFY(failure.remedy.contains(QStringLiteral("backup of")));
    QCOMPARE(backups.all().size(), 1); // the good one
}

void TestBackups::putsBack() {
    QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 3000, .inFirst = 500}));
    const QByteArray before = dumpStore(folder.path());
    QDir().mkpath(folder.filePath(QStringLiteral("backups")));
    const QString backup = folder.filePath(QStringLiteral("backups/console-2026-03-01.sqlite"));
    {
        const auto store = *store::Store::open(folder.path());
        QVERIFY(store->backUp(backup).result());
    }
    damage(fileIn(folder.path()));
    QFile::copy(fileIn(folder.path()), folder.filePath(QStringLiteral("copy-of-damage")));
    QFile log(fileIn(folder.path()) + QStringLiteral("-wal"));
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write("rest of a log");
    log.close();
    QCOMPARE(backupsOf(folder.path()).size(), 1);
    const auto aside = restoreBackup(folder.path(), backupsOf(folder.path()).first().path);
    QVERIFY2(aside, qUtf8Printable(aside ? QString() : aside.error().remedy));
    // The next start is told that what waits may have been sent since the backup.
    QCOMPARE(dumpStore(folder.path()).replace("fact\trestored\t1\n", ""), before);
    QVERIFY(dumpStore(folder.path()).contains("fact\trestored\t1\n"));
    QVERIFY(store::Store::open(folder.path()));
    QVERIFY(QFile::exists(backup));
    QFile kept(*aside), copy(folder.filePath(QStringLiteral("copy-of-damage")));
    QVERIFY(kept.open(QIODevice::ReadOnly) && copy.open(QIODevice::ReadOnly));
    QVERIFY(kept.readAll() == copy.readAll());
    QVERIFY(QFile::exists(*aside + QStringLiteral("-wal")));
}

void TestBackups::refusesADamagedBackup() {
    QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 3000, .inFirst = 500}));
    const QString bad = folder.filePath(QStringLiteral("bad.sqlite"));
    QVERIFY(QFile::copy(fileIn(folder.path()), bad));
    damage(bad);
    const QByteArray before = dumpStore(folder.path());
    const auto outcome = restoreBackup(folder.path(), bad);
    QVERIFY(!outcome);
    QVERIFY(outcome.error().what.contains(QStringLiteral("damaged too")));
    QCOMPARE(dumpStore(folder.path()), before);
    QVERIFY(!QFile::exists(fileIn(folder.path()) + QStringLiteral(".restored")));
    QVERIFY(!restoreBackup(folder.path(), folder.filePath(QStringLiteral("none.sqlite"))));
}

void TestBackups::refusesAnOpenStore() {
    QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 1, .messages = 10, .inFirst = 10}));
    QLockFile lock(folder.filePath(QStringLiteral("lock")));
    QVERIFY(lock.tryLock(0));
    const auto outcome = restoreBackup(folder.path(), fileIn(folder.path()));
    QVERIFY(!outcome);
    QVERIFY(outcome.error().what.contains(QStringLiteral("Another console")));
}

void TestBackups::sentences() {
    store::StopSign never;
    const QTemporaryDir folder;
    const store::StoreError corrupt{store::StoreErrorKind::Corrupt, QStringLiteral("x")};
    QVERIFY(storeSentence(corrupt, folder.path(), never).remedy.contains(QStringLiteral("no backup")));
    touchBackup(folder.path(), QDate(2026, 3, 2));
    QVERIFY(storeSentence(corrupt, folder.path(), never).remedy.contains(QStringLiteral("damaged too")));
    makeBackup(folder.path(), QDate(2026, 3, 1));
    QVERIFY(storeSentence(corrupt, folder.path(), never).remedy.contains(QStringLiteral("backup of")));
    const store::StoreError full{store::StoreErrorKind::DiskFull, QStringLiteral("x")};
    QCOMPARE(storeSentence(full, folder.path(), never), store::sentence(full));
}

void TestBackups::olderOnesWhenTheNewestIsDamaged() {
    store::StopSign never;
    const QTemporaryDir folder;
    makeBackup(folder.path(), QDate(2026, 3, 1));
    makeBackup(folder.path(), QDate(2026, 3, 2));
    touchBackup(folder.path(), QDate(2026, 3, 3)); // empty: no store
    const store::StoreError corrupt{store::StoreErrorKind::Corrupt, QStringLiteral("x")};
    const Failure said = storeSentence(corrupt, folder.path(), never);
    const auto offered = backupNamedIn(said, folder.path());
    QVERIFY(offered);
    QCOMPARE(offered->day, QDate(2026, 3, 2));
    const store::StoreError full{store::StoreErrorKind::DiskFull, QStringLiteral("x")};
    QVERIFY(!backupNamedIn(storeSentence(full, folder.path(), never), folder.path()));
}

void TestBackups::missingStore() {
    store::StopSign never;
    const QTemporaryDir folder;
    QVERIFY(!isStoreMissing(folder.path())); // a new folder begins with an empty one
    makeBackup(folder.path(), QDate(2026, 3, 1));
    QVERIFY(isStoreMissing(folder.path()));
    const Failure said = missingStoreSentence(folder.path(), never);
    QVERIFY(said.what.contains(QStringLiteral("gone")));
    const auto offered = backupNamedIn(said, folder.path());
    QVERIFY(offered);
    QVERIFY(restoreBackup(folder.path(), offered->path));
    QVERIFY(!isStoreMissing(folder.path()));
    QVERIFY(store::Store::open(folder.path()));
}

QTEST_GUILESS_MAIN(TestBackups)
#include "tst_backups.moc"
