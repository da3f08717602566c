#include "relay/log/sqlite_log.h"

#include "relay/operate/journal.h"

#include <QFile>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>
#include <mutex>

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
    void numbersWithoutAGap();
    void keepsWhatWasReceived();
    void aDuplicateChangesNothing();
    void readsInPages();
    void tellsWhatWasAdded();
    void startsAgainWhereItWas();
    void stopFinishesWhatWaits();
    void recoversWhenTheFileDoes();
    void rowsNeverChange();
    void refusesAFile_data();
    void refusesAFile();
    void refusesADamagedFile();
    void refusesALogWithMissingEvents();
    void onlyOneRelay();

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

void SqliteLogTest::numbersWithoutAGap() {
    const auto log = open();
    QVERIFY(log);
    QCOMPARE(log->head(), 0);
    QCOMPARE(log->id().size(), 36);
    std::atomic<int> stored = 0;
    for (int i = 0; i < 1000; ++i) {
        // Every third is a repetition.
        log->append(incoming(QStringLiteral("e%1").arg(i - (i % 3 == 2 ? 1 : 0))),
                    [&stored](Appended outcome) { stored += outcome == Appended::Stored ? 1 : 1000; });
    }
    QTRY_COMPARE(stored, 667 + 333 * 1000);
    QCOMPARE(log->head(), 667);
    Sql sql(m_path);
    QCOMPARE(sql.value("SELECT count(*) FROM event").toInt(), 667);
    QCOMPARE(sql.value("SELECT max(seq) FROM event").toInt(), 667);
    QCOMPARE(sql.value("SELECT event_id FROM event WHERE seq = 1").toString(), QStringLiteral("e0"));
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

void SqliteLogTest::aDuplicateChangesNothing() {
    const auto log = open();
    QCOMPARE(append(*log, incoming(QStringLiteral("a"), "{\"first\":1}")), Appended::Stored);
    QCOMPARE(append(*log, incoming(QStringLiteral("a"), "{\"second\":1}")), Appended::Duplicate);
    QCOMPARE(append(*log, incoming(QStringLiteral("b"))), Appended::Stored);
    QCOMPARE(log->head(), 2);
    QCOMPARE(read(*log, {.after = 0, .count = 10})[0].body, QByteArray("{\"first\":1}"));
}

void SqliteLogTest::readsInPages() {
    const auto log = open();
    for (int i = 1; i <= 10; ++i)
        QCOMPARE(append(*log, incoming(QString::number(i), QByteArray(100, 'x'))), Appended::Stored);
    QCOMPARE(read(*log, {.after = 3, .count = 4}).first().seq, 4);
    QCOMPARE(read(*log, {.after = 3, .count = 4}).size(), 4);
    QCOMPARE(read(*log, {.after = 0, .count = 10, .bytes = 350}).size(), 3);
    QCOMPARE(read(*log, {.after = 0, .count = 10, .bytes = 1}).size(), 1);
    QVERIFY(read(*log, {.after = 10, .count = 10}).isEmpty());
}

void SqliteLogTest::tellsWhatWasAdded() {
    const auto log = open();
    std::mutex mutex;
    QList<qint64> told;
    log->setGrownCallback([&](const LogEntries &added) {
        const std::lock_guard lock(mutex);
        for (const protocol::LogEntry &event : added)
            told.append(event.seq);
    });
    for (const char *id : {"a", "a", "b", "c", "b"})
        append(*log, incoming(QLatin1String(id)));
    const std::lock_guard lock(mutex);
    QCOMPARE(told, (QList<qint64>{1, 2, 3}));
}

void SqliteLogTest::startsAgainWhereItWas() {
    QString id;
    {
        const auto log = open();
        id = log->id();
        append(*log, incoming(QStringLiteral("a")));
    }
    const auto log = open();
    QVERIFY(log);
    QCOMPARE(log->id(), id);
    QCOMPARE(log->head(), 1);
    QCOMPARE(append(*log, incoming(QStringLiteral("a"))), Appended::Duplicate);
    QCOMPARE(append(*log, incoming(QStringLiteral("b"))), Appended::Stored);
    QCOMPARE(log->head(), 2);
}

void SqliteLogTest::stopFinishesWhatWaits() {
    const auto log = open();
    std::atomic<int> stored = 0, failed = 0;
    const auto count = [&](Appended outcome) { ++(outcome == Appended::Stored ? stored : failed); };
    for (int i = 0; i < 600; ++i)
        log->append(incoming(QString::number(i)), count);
    log->stop();
    QCOMPARE(stored, 600);
    log->append(incoming(QStringLiteral("late")), count);
    QCOMPARE(failed, 1);
    QCOMPARE(log->head(), 600);
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

void SqliteLogTest::rowsNeverChange() {
    const auto log = open();
    append(*log, incoming(QStringLiteral("a")));
    Sql other(m_path);
    QVERIFY(!other.run("UPDATE event SET body = x'00'"));
    QCOMPARE(other.value("SELECT body FROM event").toByteArray(), QByteArray("{}"));
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

void SqliteLogTest::refusesALogWithMissingEvents() {
    {
        const auto log = open();
        for (const char *id : {"a", "b", "c"})
            append(*log, incoming(QLatin1String(id)));
    }
    QVERIFY(Sql(m_path).run("DELETE FROM event WHERE seq = 2"));
    const auto log = SqliteLog::open(m_path, m_journal);
    QVERIFY(!log);
    QVERIFY2(log.error().contains(QStringLiteral("events are missing from it")), qPrintable(log.error()));
}

void SqliteLogTest::onlyOneRelay() {
    const auto first = open();
    QVERIFY(first);
    const auto second = SqliteLog::open(m_path, m_journal);
    QVERIFY(!second);
    QCOMPARE(second.error(),
             QStringLiteral("The store %1 cannot be used: another relay is using it.").arg(m_path));
}

QTEST_GUILESS_MAIN(SqliteLogTest)
#include "tst_sqlite_log.moc"
