#include "store/backup.h"
#include "store/connection.h"
#include "store/fixture.h"
#include "support/filled_store.h"

#include <QFutureWatcher>
#include <QProcess>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QThread>

#include <atomic>
#include <thread>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

Result<qint64, StoreError> finished(const QFuture<Result<qint64, StoreError>> &future) {
    return future.result();
}

/// Overwrites whole pages in the middle of the file, where tables are.
void damage(const QString &path) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 page = 4096, pages = file.size() / page;
    for (qint64 i = pages / 2; i < pages / 2 + 3; ++i) {
        QVERIFY(file.seek(i * page));
        file.write(QByteArray(int(page), '\xa5'));
    }
}

/// As root nothing is forbidden by permissions.
bool permissionsCount(const QString &folder) {
    QFile file(folder + QStringLiteral("/may-not"));
    return !file.open(QIODevice::WriteOnly);
}

int messagesIn(const QString &path) {
    int count = -1;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("count"));
        database.setDatabaseName(path);
        if (database.open()) {
            QSqlQuery query(database);
            if (query.exec(QStringLiteral("SELECT count(*) FROM messages")) && query.next())
                count = query.value(0).toInt();
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("count"));
    return count;
}

} // namespace

/// Copies of a store while it is used, and stores that are not whole.
class TestBackup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void holdsTheSame();
    void whileAWriterWrites();
    void onlyAWholeCopyReplaces();
    void oneAtATime();
    void endsWithItsStore();
    void whereNothingMayBeWritten();
    void checks();
    void aCheckEndsWhenAsked();
    void damagedPagesAreSaid();
    void newerSchema();
    void fullDisk();
};

void TestBackup::holdsTheSame() {
    QTemporaryDir folder, copy;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 2000, .inFirst = 500}));
    const auto store = *Store::open(folder.path());
    const QString path = copy.filePath(QStringLiteral("console.sqlite"));
    const auto bytes = finished(store->backUp(path));
    QVERIFY2(bytes, qUtf8Printable(bytes ? QString() : bytes.error().detail));
    QCOMPARE(*bytes, QFileInfo(path).size());
    QCOMPARE(QDir(copy.path()).entryList(QDir::Files), QStringList{QStringLiteral("console.sqlite")});
    QCOMPARE(dumpStore(copy.path()), dumpStore(folder.path()));
    QVERIFY(Store::open(copy.path()));
}

void TestBackup::whileAWriterWrites() {
    OpenStore open;
    QTemporaryDir copies;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    int written = 0;
    const auto write = [&] {
        const QString name = QString::number(++written);
        valueOf(open.store->writeIntent(textTo(id, name, name.repeated(200), written)));
    };
    while (written < 300)
        write();
    const QString path = copies.filePath(QStringLiteral("copy.sqlite"));
    const auto future = open.store->backUp(path);
    int during = 0;
    do {
        write();
        ++during;
    } while (!future.isFinished());
    QVERIFY(finished(future));
    const int copied = messagesIn(path);
    QVERIFY2(copied >= 300 && copied <= written, qPrintable(QString::number(copied)));
    QVERIFY(!checkStore(path));
    QCOMPARE(messagesIn(open.store->path()), 300 + during);
}

void TestBackup::onlyAWholeCopyReplaces() {
    QTemporaryDir folder, copies;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 3000, .inFirst = 500}));
    const QString path = copies.filePath(QStringLiteral("copy.sqlite"));
    {
        const auto store = *Store::open(folder.path());
        QVERIFY(finished(store->backUp(path)));
    }
    const qint64 size = QFileInfo(path).size();
    damage(QDir(folder.path()).filePath(QStringLiteral("console.sqlite")));
    const auto store = *Store::open(folder.path());
    const auto outcome = finished(store->backUp(path));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, StoreErrorKind::Corrupt);
    QCOMPARE(QFileInfo(path).size(), size);
    QVERIFY(!checkStore(path));
    QCOMPARE(QDir(copies.path()).entryList(QDir::Files), QStringList{QStringLiteral("copy.sqlite")});
}

void TestBackup::oneAtATime() {
    QTemporaryDir folder, copies;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 3000, .inFirst = 500}));
    const auto store = *Store::open(folder.path());
    const auto first = store->backUp(copies.filePath(QStringLiteral("a.sqlite")));
    const auto second = store->backUp(copies.filePath(QStringLiteral("b.sqlite")));
    const auto refused = finished(second);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, StoreErrorKind::Busy);
    QVERIFY(finished(first));
    QVERIFY(finished(store->backUp(copies.filePath(QStringLiteral("b.sqlite")))));
}

void TestBackup::endsWithItsStore() {
    QTemporaryDir folder, copies;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 3000, .inFirst = 500}));
    QFuture<Result<qint64, StoreError>> future;
    {
        const auto store = *Store::open(folder.path());
        future = store->backUp(copies.filePath(QStringLiteral("copy.sqlite")));
    }
    QVERIFY(future.isFinished());
    const auto outcome = finished(future);
    QVERIFY(outcome || outcome.error().kind == StoreErrorKind::Closed);
    QCOMPARE(QDir(copies.path()).entryList(QDir::Files).size(), outcome ? 1 : 0);
}

void TestBackup::whereNothingMayBeWritten() {
    OpenStore open;
    const QTemporaryDir copies;
    const auto missing = finished(open.store->backUp(copies.filePath(QStringLiteral("no/such/copy.sqlite"))));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, StoreErrorKind::CannotOpen);
    QVERIFY(QFile::setPermissions(copies.path(), QFile::ReadOwner | QFile::ExeOwner));
    if (permissionsCount(copies.path())) {
        const auto forbidden = finished(open.store->backUp(copies.filePath(QStringLiteral("copy.sqlite"))));
        QVERIFY(!forbidden);
        QCOMPARE(forbidden.error().kind, StoreErrorKind::CannotOpen);
    }
    QFile::setPermissions(copies.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    valueOf(open.store->begin({maria, ours}, at(0)));
}

void TestBackup::checks() {
    QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 5, .messages = 500, .inFirst = 100}));
    const QString path = QDir(folder.path()).filePath(QStringLiteral("console.sqlite"));
    QVERIFY(!checkStore(path));
    damage(path);
    QCOMPARE(checkStore(path)->kind, StoreErrorKind::Corrupt);
    QFile other(folder.filePath(QStringLiteral("other.sqlite")));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(QByteArray(8192, 'x'));
    other.close();
    QCOMPARE(checkStore(other.fileName())->kind, StoreErrorKind::Corrupt);
}

// Reading a large file through takes seconds: closing must not wait for its end. Read to its end it would be
// found whole.
void TestBackup::aCheckEndsWhenAsked() {
    OpenStore open({}, Place::Memory);
    {
        auto connection = Connection::open(open.store->path(), Access::Write);
        QVERIFY((*connection)->execute(QStringLiteral("CREATE TABLE filling(bytes BLOB)")));
        for (int i = 0; i < 4; ++i)
            QVERIFY(
                (*connection)->execute(QStringLiteral("INSERT INTO filling VALUES (zeroblob(50000000))")));
    }
    StopSign stop;
    std::atomic<bool> isOver = false;
    std::optional<StoreError> outcome;
    std::thread checking([&] {
        outcome = checkStore(open.store->path(), stop);
        isOver = true;
    });
    while (!isOver) {
        QThread::msleep(2);
        stop.ask();
    }
    checking.join();
    QVERIFY(outcome);
    QCOMPARE(outcome->kind, StoreErrorKind::Closed);
}

// A page of the messages' table: it opens, and reading says so instead of showing less.
void TestBackup::damagedPagesAreSaid() {
    QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 5, .messages = 3000, .inFirst = 2000}));
    const QString path = QDir(folder.path()).filePath(QStringLiteral("console.sqlite"));
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 page = 64; page * 4096 < file.size(); ++page) {
            QVERIFY(file.seek(page * 4096));
            file.write(QByteArray(4096, '\xa5'));
        }
    }
    const auto store = Store::open(folder.path());
    if (!store) {
        QCOMPARE(store.error().kind, StoreErrorKind::Corrupt);
        return;
    }
    const auto reader = *(*store)->openReader();
    for (qint64 row = 1; row <= 3000; row += 10)
        static_cast<void>(reader->message({row}));
    const auto error = reader->takeError();
    QVERIFY(error);
    QCOMPARE(error->kind, StoreErrorKind::Corrupt);
}

void TestBackup::newerSchema() {
    QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 1, .messages = 10, .inFirst = 10}));
    const QString path = QDir(folder.path()).filePath(QStringLiteral("console.sqlite"));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("newer"));
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(QStringLiteral("PRAGMA user_version=999")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("newer"));
    QCOMPARE(checkStore(path)->kind, StoreErrorKind::TooNew);
    QCOMPARE(Store::open(folder.path()).error().kind, StoreErrorKind::TooNew);
}

// A store that has no room left is still copied, and read.
void TestBackup::fullDisk() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    open.reopen({.maximumPages = QFileInfo(open.store->path()).size() / 4096 + 40});
    QString text(3000, QLatin1Char('x'));
    int written = 0;
    for (StoreErrorKind kind{}; kind != StoreErrorKind::DiskFull; ++written) {
        const auto outcome =
            open.store->writeIntent(textTo(id, QString::number(written), text, written)).result();
        if (!outcome)
            kind = outcome.error().kind;
        QVERIFY(written < 1000);
    }
    const QTemporaryDir copies;
    const QString path = copies.filePath(QStringLiteral("copy.sqlite"));
    QVERIFY(finished(open.store->backUp(path)));
    QCOMPARE(messagesIn(path), written - 1);
}

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
