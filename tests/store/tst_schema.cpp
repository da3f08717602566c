#include "store/connection.h"
#include "store/reader.h"
#include "store/schema.h"
#include "store/store.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace longcode;
using namespace longcode::store;

/// Opening: schema steps from every older version, and files that must be refused and left alone.
class TestSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void everyOlderSchema_data();
    void everyOlderSchema();
    void derivedOfOlderStores_data();
    void derivedOfOlderStores();
    void stopsOfSeveralSenders();
    void stopsOfASwitchedSender_data();
    void stopsOfASwitchedSender();
    void aFailedReadDoesNotSpoilTheNext();
    void stepsAreFiles();
    void newFileIsDurable();
    void newerIsRefused();
    void foreignIsRefused();
    void damageIsRefused_data();
    void damageIsRefused();
    void damageInsideIsReported();
    void halfMadeFileIsMadeAnew();
    void folderThatCannotBe();
    void everyErrorHasASentence_data();
    void everyErrorHasASentence();

private:
    static QString file(const QTemporaryDir &folder) {
        return folder.filePath(QStringLiteral("console.sqlite"));
    }
    static QByteArray bytesOf(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestSchema::everyOlderSchema_data() {
    QTest::addColumn<int>("version");
    for (int version = 1; version <= newestSchema(); ++version)
        QTest::addRow("version %d", version) << version;
}

void TestSchema::everyOlderSchema() {
    QFETCH(int, version);
    const QTemporaryDir folder;
    {
        auto connection = Connection::open(file(folder), Access::Write);
        QVERIFY(connection);
        QVERIFY(!bringUpToDate(**connection, version));
        QCOMPARE((*connection)->number(QStringLiteral("PRAGMA user_version")), qint64(version));
        QVERIFY((*connection)
                    ->execute(
                        QStringLiteral("INSERT INTO conversations(id, peer, own, tie, last_at, last_message)"
                                       " VALUES (1, '+12125550188', '+14155550100', 7, 5, 1)")));
        QVERIFY(
            (*connection)
                ->execute(QStringLiteral("INSERT INTO pairs VALUES ('+12125550188', '+14155550100', 1)")));
        QVERIFY(
            (*connection)
                ->execute(QStringLiteral("INSERT INTO messages(conversation, direction, at, tie, text, state)"
                                         " VALUES (1, 0, 5, 9, 'where is my parcel', 0)")));
    }
    const auto store = Store::open(folder.path());
    QVERIFY(store);
    const auto reader = (*store)->openReader();
    QVERIFY(reader);
    const auto messages = (*reader)->newest({1}, 10);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().text, QStringLiteral("where is my parcel"));
    QCOMPARE((*reader)->conversationKeys({ConversationFilter::Open, QStringLiteral("parc")}).size(), 1);
    QVERIFY(!(*reader)->takeError());
}

void TestSchema::derivedOfOlderStores_data() {
    QTest::addColumn<int>("version");
    for (int version = 1; version <= 3; ++version)
        QTest::addRow("version %d", version) << version;
}

// What a column added later says follows from the rows that were there before it.
void TestSchema::derivedOfOlderStores() {
    QFETCH(int, version);
    const QTemporaryDir folder;
    {
        auto opened = Connection::open(file(folder), Access::Write);
        QVERIFY(opened);
        Connection &connection = **opened;
        QVERIFY(!bringUpToDate(connection, version));
        const QStringList rows{
            QStringLiteral(
                "INSERT INTO conversations(id, peer, own, tie, last_at, last_message) VALUES"
                " (1, '+12125550188', '+14155550100', 7, 30, 3), (2, '+12125550199', '+14155550100', 8,"
                " 20, 4), (3, '+12125550177', '+14155550100', 9, 20, 5)"),
            QStringLiteral("INSERT INTO pairs VALUES ('+12125550188', '+14155550100', 1),"
                           " ('+12125550199', '+14155550100', 2), ('+12125550177', '+14155550100', 3)"),
            QStringLiteral(
                "INSERT INTO messages(id, conversation, direction, at, tie, text, state, keyword, unread)"
                " VALUES (1, 1, 1, 10, 1, 'an answer', 7, 0, 0), (2, 1, 0, 20, 2, 'and now?', 0, 0, 1),"
                " (3, 1, 0, 30, 3, 'hello?', 0, 0, 1), (4, 2, 0, 20, 4, ' Stop ', 0, 1, 0),"
                " (5, 3, 0, 20, 5, 'thanks', 0, 0, 0)")};
        for (const QString &row : rows)
            QVERIFY(connection.execute(row));
        if (version == 3)
            QVERIFY(connection.execute(
                QStringLiteral("INSERT INTO closings VALUES ('+12125550177', '+14155550100', 1)")));
    }
    const auto store = Store::open(folder.path());
    QVERIFY(store);
    const auto reader = (*store)->openReader();
    QVERIFY(reader);
    const auto first = *(*reader)->conversation({1});
    QCOMPARE(first.waitingSince.toMSecsSinceEpoch(), 20);
    QCOMPARE(first.unread, 2);
    QVERIFY(!first.optOut);
    const auto second = *(*reader)->conversation({2});
    QVERIFY(!second.waitingSince.isValid());
    QVERIFY(second.optOut);
    QCOMPARE(second.optOut->keyword, QStringLiteral("Stop"));
    QCOMPARE(second.optOut->since.toMSecsSinceEpoch(), 20);
    const auto third = *(*reader)->conversation({3});
    QCOMPARE(third.closed, version == 3);
    QCOMPARE(third.waitingSince.isValid(), version < 3);
    QVERIFY(!(*reader)->newest({1}, 1).first().late);
    QVERIFY((*reader)->fact(QStringLiteral("store/refresh")).isEmpty());
    QVERIFY(!(*reader)->takeError());
}

// Which of our numbers an old STOP went to is not known where a conversation has had several.
void TestSchema::stopsOfSeveralSenders() {
    const QTemporaryDir folder;
    {
        auto opened = Connection::open(file(folder), Access::Write);
        QVERIFY(opened);
        QVERIFY(!bringUpToDate(**opened, 3));
        const QStringList rows{
            QStringLiteral("INSERT INTO conversations(id, peer, own, tie, last_at, last_message) VALUES"
                           " (1, '+12125550188', '+14155550101', 7, 30, 2)"),
            QStringLiteral("INSERT INTO pairs VALUES ('+12125550188', '+14155550100', 1),"
                           " ('+12125550188', '+14155550101', 1)"),
            QStringLiteral("INSERT INTO names(peer, name, folded) VALUES ('+12125550188', 'Mum', 'mum')"),
            QStringLiteral("INSERT INTO messages(id, conversation, direction, at, tie, text, state, keyword)"
                           " VALUES (1, 1, 0, 10, 1, 'STOP', 0, 1), (2, 1, 0, 20, 2, 'START', 0, 2)")};
        for (const QString &row : rows)
            QVERIFY((*opened)->execute(row));
    }
    const auto store = Store::open(folder.path());
    QVERIFY(store);
    const auto reader = (*store)->openReader();
    QVERIFY((*reader)->conversation({1})->optOut);
    QCOMPARE((*reader)->conversation({1})->name, QStringLiteral("Mum"));
    // From any sender: the one before, and one that this conversation never had.
    for (const char *own : {"+14155550100", "+18885550142"}) {
        QVERIFY((*store)->setSender({1}, QLatin1String(own)).result());
        QVERIFY2((*reader)->conversation({1})->optOut, own);
    }
}

void TestSchema::stopsOfASwitchedSender_data() {
    QTest::addColumn<int>("version");
    QTest::newRow("before keywords were kept") << 3;
    QTest::newRow("kept with the sender of that day") << 5;
}

/// Somebody made the first conversation answer from the number that the customer knows from another one.
void TestSchema::stopsOfASwitchedSender() {
    QFETCH(int, version);
    const QTemporaryDir folder;
    {
        auto opened = Connection::open(file(folder), Access::Write);
        QVERIFY(!bringUpToDate(**opened, version));
        QStringList rows{
            QStringLiteral("INSERT INTO conversations(id, peer, own, tie, last_at, last_message) VALUES"
                           " (1, '+12125550188', '+14155550101', 7, 30, 2),"
                           " (2, '+12125550188', '+14155550101', 8, 40, 3)"),
            QStringLiteral("INSERT INTO pairs VALUES ('+12125550188', '+14155550100', 1),"
                           " ('+12125550188', '+14155550101', 2)"),
            QStringLiteral("INSERT INTO messages(id, conversation, direction, at, tie, text, state, keyword)"
                           " VALUES (1, 1, 0, 10, 1, 'STOP', 0, 1), (3, 2, 0, 20, 2, 'START', 0, 2)")};
        if (version == 5)
            rows << QStringLiteral("INSERT INTO keyword_texts VALUES"
                                   " (1, '+12125550188', '+14155550101', 10, 1, 1, 'STOP'),"
                                   " (3, '+12125550188', '+14155550101', 20, 2, 2, 'START')");
        for (const QString &row : rows)
            QVERIFY2((*opened)->execute(row), qPrintable(row));
    }
    const auto store = Store::open(folder.path());
    QVERIFY(store);
    const auto reader = (*store)->openReader();
    QVERIFY((*store)->setSender({1}, QStringLiteral("+14155550100")).result());
    QVERIFY((*reader)->conversation({1})->optOut);
}

void TestSchema::aFailedReadDoesNotSpoilTheNext() {
    const QTemporaryDir folder;
    const auto store = Store::open(folder.path());
    const auto reader = (*store)->openReader();
    const auto other = Connection::open(file(folder), Access::Write);
    QVERIFY((*other)->execute(QStringLiteral("ALTER TABLE drafts RENAME TO elsewhere")));
    QCOMPARE((*reader)->draft({1}), QString());
    QVERIFY((*store)->setFact(QStringLiteral("a"), QStringLiteral("b")).result());
    QCOMPARE((*reader)->fact(QStringLiteral("a")), QStringLiteral("b"));
    QVERIFY((*reader)->takeError());
    QVERIFY(!(*reader)->takeError());
}

void TestSchema::stepsAreFiles() {
    const QDir steps(QStringLiteral(LONGCODE_SOURCE_DIR "/resources/store"));
    QCOMPARE(steps.entryList({QStringLiteral("*.sql")}).size(), newestSchema());
}

void TestSchema::newFileIsDurable() {
    const QTemporaryDir folder;
    const auto store = Store::open(folder.path());
    QVERIFY(store);
    auto connection = Connection::open(file(folder), Access::Write);
    QCOMPARE((*connection)->number(QStringLiteral("PRAGMA synchronous")), 2);
    QVERIFY(QFile::exists(file(folder) + QStringLiteral("-wal")));
}

void TestSchema::newerIsRefused() {
    const QTemporaryDir folder;
    QVERIFY(Store::open(folder.path()));
    {
        auto connection = Connection::open(file(folder), Access::Write);
        QVERIFY((*connection)->execute(QStringLiteral("PRAGMA user_version=%1").arg(newestSchema() + 1)));
    }
    const QByteArray before = bytesOf(file(folder));
    const auto store = Store::open(folder.path());
    QVERIFY(!store);
    QCOMPARE(store.error().kind, StoreErrorKind::TooNew);
    QCOMPARE(bytesOf(file(folder)), before);
}

void TestSchema::foreignIsRefused() {
    const QTemporaryDir folder;
    {
        auto connection = Connection::open(file(folder), Access::Write);
        QVERIFY((*connection)->execute(QStringLiteral("CREATE TABLE recipes(name TEXT)")));
    }
    const QByteArray before = bytesOf(file(folder));
    const auto store = Store::open(folder.path());
    QVERIFY(!store);
    QCOMPARE(store.error().kind, StoreErrorKind::Corrupt);
    QCOMPARE(bytesOf(file(folder)), before);
}

void TestSchema::damageIsRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray(
        "this was never a database, and it is long enough to be read as a header of one: "
        "0123456789012345678901234567890123456789");
    QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("zeros") << QByteArray(8192, '\0');
}

void TestSchema::damageIsRefused() {
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    QFile damaged(file(folder));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(bytes);
    damaged.close();
    const auto store = Store::open(folder.path());
    QVERIFY(!store);
    QCOMPARE(store.error().kind, StoreErrorKind::Corrupt);
    QVERIFY(sentence(store.error()).what.contains(QStringLiteral("damaged")));
    QCOMPARE(bytesOf(file(folder)), bytes);
}

void TestSchema::damageInsideIsReported() {
    const QTemporaryDir folder;
    {
        const auto store = Store::open(folder.path());
        QVERIFY(store);
        for (int i = 0; i < 200; ++i)
            QVERIFY((*store)
                        ->begin({QStringLiteral("+1212555%1").arg(1000 + i), QStringLiteral("+14155550100")},
                                QDateTime::currentDateTimeUtc())
                        .result());
    }
    QFile damaged(file(folder));
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    // Every page but the first one, so that the file opens and the rows cannot be read.
    damaged.seek(4096);
    damaged.write(QByteArray(damaged.size() - 4096, '\xff'));
    damaged.close();
    const auto store = Store::open(folder.path());
    if (!store) {
        QCOMPARE(store.error().kind, StoreErrorKind::Corrupt);
        return;
    }
    const auto reader = (*store)->openReader();
    QVERIFY(reader);
    QVERIFY((*reader)->conversationKeys({}).isEmpty());
    const auto error = (*reader)->takeError();
    QVERIFY(error);
    QCOMPARE(error->kind, StoreErrorKind::Corrupt);
    const auto written = (*store)
                             ->begin({QStringLiteral("+12125550000"), QStringLiteral("+14155550100")},
                                     QDateTime::currentDateTimeUtc())
                             .result();
    QVERIFY(!written);
    QCOMPARE(written.error().kind, StoreErrorKind::Corrupt);
}

void TestSchema::halfMadeFileIsMadeAnew() {
    const QTemporaryDir folder;
    QFile half(file(folder) + QStringLiteral(".new"));
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write("killed while making it");
    half.close();
    QVERIFY(Store::open(folder.path()));
    QVERIFY(!QFile::exists(half.fileName()));
}

void TestSchema::folderThatCannotBe() {
    const QTemporaryDir folder;
    QFile inTheWay(folder.filePath(QStringLiteral("profile")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const auto store = Store::open(inTheWay.fileName());
    QVERIFY(!store);
    QCOMPARE(store.error().kind, StoreErrorKind::CannotOpen);
}

void TestSchema::everyErrorHasASentence_data() {
    QTest::addColumn<StoreErrorKind>("kind");
    for (int kind = 0; kind <= static_cast<int>(StoreErrorKind::StatementFailed); ++kind)
        QTest::addRow("%d", kind) << static_cast<StoreErrorKind>(kind);
}

void TestSchema::everyErrorHasASentence() {
    QFETCH(StoreErrorKind, kind);
    const Failure failure = sentence({kind, QStringLiteral("detail")});
    QVERIFY(failure.what.endsWith(QLatin1Char('.')));
    QVERIFY(!failure.remedy.isEmpty());
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
