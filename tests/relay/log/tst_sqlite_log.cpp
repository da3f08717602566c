#include "relay/log/sqlite_log.h"

#include "relay/log/open_log.h"
#include "relay/operate/journal.h"
#include "support/scratch.h"

#include <QFile>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace longcode;
using namespace longcode::relay;

namespace {

IncomingEvent incoming(const QString &id, const QByteArray &body = "{}") {
    return {.id = events::EventId(id),
            .receivedAt = QDateTime::fromMSecsSinceEpoch(1772735400123, Qt::UTC),
            .intent = {},
            .signature = "c2ln",
            .timestamp = "1772735400",
            .body = body};
}

/// Another program at the same file.
class Sql {
public:
    explicit Sql(const QString &path) {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        m_database.setDatabaseName(path);
        m_database.open();
    }
    ~Sql() {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(QStringLiteral("test"));
    }
    bool run(const char *sql) { return QSqlQuery(m_database).exec(QString::fromUtf8(sql)); }
    QVariant value(const char *sql) {
        QSqlQuery query(m_database);
        return query.exec(QString::fromUtf8(sql)) && query.next() ? query.value(0) : QVariant();
    }

private:
    QSqlDatabase m_database;
};

} // namespace

class SqliteLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsWhatWasReceived();
    void recoversWhenTheFileDoes();
    void refusesAFile_data();
    void refusesAFile();
    void refusesADamagedFile();
    void onlyOneRelay();
    void bringsAnOlderLogUpToDate();
    void givesRoomBack();
    void isBackedUpWhileItIsWritten();
    void refusesABackup();
    void waitsForASlowWriter();

private:
    std::unique_ptr<SqliteLog> open();
    Appended append(EventLog &log, IncomingEvent event);
    LogEntries read(EventLog &log, const Page &page);

    const Journal m_journal{Level::Error};
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void SqliteLogTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("sub/relay.sqlite"));
}

std::unique_ptr<SqliteLog> SqliteLogTest::open() {
    auto log = SqliteLog::open(m_path, m_journal);
    return log ? std::move(*log) : nullptr;
}

Appended SqliteLogTest::append(EventLog &log, IncomingEvent event) {
    std::promise<Appended> outcome;
    log.append(std::move(event), [&outcome](Appended appended) { outcome.set_value(appended); });
    return outcome.get_future().get();
}

LogEntries SqliteLogTest::read(EventLog &log, const Page &page) {
    std::promise<std::optional<LogEntries>> result;
    log.read(page, [&result](const std::optional<LogEntries> &events) { result.set_value(events); });
    return result.get_future().get().value_or(LogEntries{});
}

void SqliteLogTest::keepsWhatWasReceived() {
    const QByteArray body("{\"text\":\"a\0b \xF0\x9F\x98\x80\"}", 18);
    {
        const auto log = open();
        IncomingEvent event = incoming(QStringLiteral("id"), body);
        event.intent = QStringLiteral("0123-intent");
        QCOMPARE(append(*log, event), Appended::Stored);
        const LogEntries events = read(*log, {.after = 0, .count = 10});
        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0].seq, 1);
        QCOMPARE(events[0].body, body);
        QCOMPARE(events[0].intent, QStringLiteral("0123-intent"));
        QCOMPARE(events[0].receivedAt.toMSecsSinceEpoch(), 1772735400123);
    }
    Sql sql(m_path);
    QCOMPARE(sql.value("SELECT body FROM event").toByteArray(), body);
    QCOMPARE(sql.value("SELECT signature || ' ' || timestamp FROM event").toString(),
             QStringLiteral("c2ln 1772735400"));
    QCOMPARE(sql.value("PRAGMA journal_mode").toString(), QStringLiteral("wal"));
}

void SqliteLogTest::recoversWhenTheFileDoes() {
    const auto log = open();
    QCOMPARE(append(*log, incoming(QStringLiteral("a"))), Appended::Stored);
    {
        Sql other(m_path);
        QVERIFY(other.run("BEGIN IMMEDIATE"));
        QCOMPARE(append(*log, incoming(QStringLiteral("b"))), Appended::Failed);
        QVERIFY(other.run("ROLLBACK"));
    }
    QCOMPARE(append(*log, incoming(QStringLiteral("b"))), Appended::Stored);
    QCOMPARE(log->head(), 2);
}

void SqliteLogTest::refusesAFile_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no database") << QByteArray(5000, 'x') << QByteArray()
                                 << QStringLiteral("The store %1 cannot be used: file is not a database.");
    QTest::newRow("another program's")
        << QByteArray() << QByteArray("CREATE TABLE t (a)")
        << QStringLiteral("The store %1 cannot be used: it is another program's database.");
    QTest::newRow("a newer relay's")
        << QByteArray() << QByteArray("PRAGMA application_id=1281585772; PRAGMA user_version=99")
        << QStringLiteral(
               "The store %1 cannot be used: a newer version of the relay wrote it. Use that version.");
}

void SqliteLogTest::refusesAFile() {
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, sql);
    QFETCH(QString, sentence);
    m_path = m_folder->filePath(QStringLiteral("file"));
    if (!content.isEmpty()) {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    for (const QByteArray &statement : sql.split(';')) {
        if (!statement.isEmpty())
            QVERIFY(Sql(m_path).run(statement.constData()));
    }
    const auto log = SqliteLog::open(m_path, m_journal);
    QVERIFY(!log);
    QCOMPARE(log.error(), sentence.arg(m_path));
}

void SqliteLogTest::refusesADamagedFile() {
    {
        const auto log = open();
        for (int i = 0; i < 200; ++i)
            append(*log, incoming(QStringLiteral("id %1").arg(i), QByteArray(1000, 'x')));
    }
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        // Leaves the first pages, where the schema is, whole.
        file.seek(8 * 4096);
        file.write(QByteArray(16 * 4096, '\xAA'));
    }
    const auto log = SqliteLog::open(m_path, m_journal);
    QVERIFY(!log);
    QVERIFY2(log.error().contains(QStringLiteral("it is damaged")), qPrintable(log.error()));
}

void SqliteLogTest::onlyOneRelay() {
    const auto first = open();
    QVERIFY(first);
    const auto second = SqliteLog::open(m_path, m_journal);
    QVERIFY(!second);
    QCOMPARE(second.error(),
             QStringLiteral("The store %1 cannot be used: another relay is using it.").arg(m_path));
}

/// As the first version made it.
void SqliteLogTest::bringsAnOlderLogUpToDate() {
    m_path = m_folder->filePath(QStringLiteral("old.sqlite"));
    QFile step(tests::sourceFile("resources/relay/001_log.sql"));
    QVERIFY(step.open(QIODevice::ReadOnly));
    {
        Sql sql(m_path);
        QVERIFY(sql.run("PRAGMA journal_mode=WAL"));
        for (const QString &statement : QString::fromUtf8(step.readAll()).split(QStringLiteral("\n\n")))
            QVERIFY(sql.run(statement.toUtf8().constData()));
        QVERIFY(sql.run("INSERT INTO log VALUES (1, 'an id')"));
        QVERIFY(sql.run("INSERT INTO event VALUES (1, 'e1', 1772735400123, 'intent', 's', 't', x'7b7d'), "
                        "(2, 'e2', 1772735400124, '', 's', 't', x'7b20207d')"));
        QVERIFY(sql.run("PRAGMA application_id=1281585772"));
        QVERIFY(sql.run("PRAGMA user_version=1"));
    }
    const auto log = open();
    QVERIFY(log);
    QCOMPARE(log->id(), QStringLiteral("an id"));
    QCOMPARE(log->first(), 1);
    QCOMPARE(log->head(), 2);
    QCOMPARE(append(*log, incoming(QStringLiteral("e2"))), Appended::Duplicate);
    QCOMPARE(append(*log, incoming(QStringLiteral("e3"))), Appended::Stored);
    const LogEntries entries = read(*log, {.after = 0, .count = 10});
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries[0].intent, QStringLiteral("intent"));
    QCOMPARE(entries[1].body, QByteArray("{  }"));
    QCOMPARE(entries[1].kind, protocol::EntryKind::Webhook);
    Sql sql(m_path);
    QCOMPARE(sql.value("SELECT bytes FROM log").toInt(), 8);
    QCOMPARE(sql.value("PRAGMA user_version").toInt(), 2);
    QCOMPARE(sql.value("PRAGMA auto_vacuum").toInt(), 2);
}

void SqliteLogTest::givesRoomBack() {
    const auto log = open();
    QVERIFY(log);
    std::atomic<int> stored = 0;
    for (int i = 0; i < 4000; ++i)
        log->append(incoming(QStringLiteral("id %1").arg(i), QByteArray(1000, 'x')),
                    [&stored](Appended) { ++stored; });
    QTRY_COMPARE_WITH_TIMEOUT(stored, 4000, 20000);
    Sql sql(m_path);
    const qint64 before = sql.value("PRAGMA page_count").toLongLong();
    QVERIFY(before > 1000);
    std::promise<std::optional<qint64>> removed;
    log->prune({.bytes = 100000}, QDateTime::currentDateTimeUtc(),
               [&removed](std::optional<qint64> count) { removed.set_value(count); });
    QCOMPARE(removed.get_future().get(), 3900);
    QTRY_VERIFY(sql.value("PRAGMA page_count").toLongLong() < before / 2);
    QCOMPARE(read(*log, {.after = 0, .count = 10}).first().seq, 3901);
}

void SqliteLogTest::isBackedUpWhileItIsWritten() {
    const auto log = open();
    QVERIFY(log);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(append(*log, incoming(QStringLiteral("before %1").arg(i))), Appended::Stored);
    std::atomic<bool> isOver = false;
    std::atomic<int> failures = 0;
    std::thread writer([&] {
        for (int i = 0; !isOver; ++i)
            failures +=
                append(*log, incoming(QStringLiteral("meanwhile %1").arg(i))) == Appended::Stored ? 0 : 1;
    });
    const QString copy = m_folder->filePath(QStringLiteral("copy.sqlite"));
    const auto head = backUpLog(StoreAddress::sqliteFile(m_path), copy);
    isOver = true;
    writer.join();
    QVERIFY2(head, head ? "" : qPrintable(head.error()));
    QCOMPARE(failures, 0);
    QVERIFY(*head >= 50);
    QVERIFY(!QFile::exists(copy + QStringLiteral(".partial")));
    const auto restored = SqliteLog::open(copy, m_journal);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error()));
    QCOMPARE((*restored)->id(), log->id());
    QCOMPARE((*restored)->head(), *head);
    QCOMPARE(read(**restored, {.after = 0, .count = 100000}).size(), *head);
}

void SqliteLogTest::refusesABackup() {
    const QString copy = m_folder->filePath(QStringLiteral("copy.sqlite"));
    const auto missing = backUpLog(StoreAddress::sqliteFile(m_path), copy);
    QVERIFY(!missing);
    QCOMPARE(missing.error(), QStringLiteral("There is no log at %1.").arg(m_path));
    QVERIFY(!QFile::exists(m_path));
    QVERIFY(open());
    QFile existing(copy);
    QVERIFY(existing.open(QIODevice::WriteOnly));
    existing.write("precious");
    existing.close();
    const auto again = backUpLog(StoreAddress::sqliteFile(m_path), copy);
    QVERIFY(!again);
    QCOMPARE(again.error(), QStringLiteral("%1 exists already. Name a new file for the backup.").arg(copy));
    QCOMPARE(existing.size(), 8);
    const auto nowhere =
        backUpLog(StoreAddress::sqliteFile(m_path), m_folder->filePath(QStringLiteral("no/copy")));
    QVERIFY(!nowhere);
    QVERIFY2(nowhere.error().startsWith(QStringLiteral("The log could not be backed up to ")),
             qPrintable(nowhere.error()));
}

/// A disk, or another process, that takes its time is no failure; only one that takes longer than senders
/// wait is.
void SqliteLogTest::waitsForASlowWriter() {
    const auto log = open();
    QVERIFY(log);
    Sql other(m_path);
    QVERIFY(other.run("BEGIN IMMEDIATE"));
    std::promise<Appended> outcome;
    log->append(incoming(QStringLiteral("a")),
                [&outcome](Appended appended) { outcome.set_value(appended); });
    auto future = outcome.get_future();
    QCOMPARE(future.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    QVERIFY(other.run("COMMIT"));
    QCOMPARE(future.get(), Appended::Stored);
}

QTEST_GUILESS_MAIN(SqliteLogTest)
#include "tst_sqlite_log.moc"
