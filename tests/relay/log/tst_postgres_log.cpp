#include "relay/log/log_fixture.h"

#include "relay/log/log_connection.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace longcode;
using namespace longcode::relay;
using namespace longcode::tests;

/// What only a log on PostgreSQL has: a server that goes and comes back, and other relays.
class PostgresLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void twoRelaysStartAtOnce();
    void hearsOthersAtOnce();
    void tellsItsPeers();
    void recoversWhenTheServerDoes_data();
    void recoversWhenTheServerDoes();
    void losesNothingWhileTheServerIsKilled();
    void ownsALockPerName();
    void commitsReachTheDisk();
    void refusesADatabase();

private:
    Stores m_stores;
};

void PostgresLogTest::init() {
    // What Qt's own driver says when a server dies under it is no fault of the log's.
    QTest::failOnWarning(QRegularExpression(
        QStringLiteral("^(?!no connection to the server|This version of PostgreSQL|QSocketNotifier: Invalid "
                       "socket|QSqlQuery::exec: database "
                       "not open|server closed the connection|FATAL:|could not ).")));
    QVERIFY2(m_stores.begin(StoreAddress::Kind::Postgres), qPrintable(m_stores.error()));
}

void PostgresLogTest::twoRelaysStartAtOnce() {
    const Journal journal(Level::Error);
    const auto start = [&] { return openLog(m_stores.address(), Access::Serve, journal); };
    std::vector<std::future<Result<std::unique_ptr<EventLog>, QString>>> starting;
    for (int i = 0; i < 4; ++i)
        starting.push_back(std::async(std::launch::async, start));
    std::vector<std::unique_ptr<EventLog>> logs;
    for (auto &one : starting) {
        auto log = one.get();
        QVERIFY2(log, log ? "" : qPrintable(log.error()));
        logs.push_back(std::move(*log));
        QCOMPARE(logs.back()->id(), logs.front()->id());
    }
    for (int i = 0; i < 4; ++i)
        QCOMPARE(append(*logs[static_cast<std::size_t>(i)], incoming(QString::number(i))), Appended::Stored);
    QCOMPARE(m_stores.value(QStringLiteral("SELECT head, (SELECT count(*) FROM event) FROM log")),
             QStringLiteral("4|4"));
}

void PostgresLogTest::hearsOthersAtOnce() {
    const auto one = m_stores.open(), other = m_stores.open();
    QVERIFY(one && other);
    const Told told(*other);
    for (int i = 1; i <= 20; ++i) {
        QCOMPARE(append(*one, incoming(QString::number(i))), Appended::Stored);
        QTRY_COMPARE(told.seqs().size(), i);
    }
    QCOMPARE(told.seqs(), upTo(20));
}

void PostgresLogTest::tellsItsPeers() {
    std::mutex mutex;
    QList<QByteArray> heardByOne, heardByOther;
    const auto one = m_stores.open(), other = m_stores.open();
    QVERIFY(one && other);
    one->setPeersCallback([&](const QByteArray &message) {
        const std::lock_guard lock(mutex);
        heardByOne.append(message);
    });
    other->setPeersCallback([&](const QByteArray &message) {
        const std::lock_guard lock(mutex);
        heardByOther.append(message);
    });
    const QByteArray large(4000, '\0');
    // Best effort: who is not listening yet hears nothing.
    const auto arrives = [&mutex](EventLog &from, const QByteArray &message, const QList<QByteArray> &heard) {
        from.tellPeers(message);
        const std::lock_guard lock(mutex);
        return heard.contains(message);
    };
    QTRY_VERIFY(arrives(*one, "hello", heardByOther));
    QTRY_VERIFY(arrives(*one, large, heardByOther));
    QTRY_VERIFY(arrives(*other, "it's me", heardByOne));
    const auto has = [&mutex](const QList<QByteArray> &heard, const QByteArray &message) {
        const std::lock_guard lock(mutex);
        return heard.contains(message);
    };
    QVERIFY(!has(heardByOne, "hello"));
}

void PostgresLogTest::recoversWhenTheServerDoes_data() {
    QTest::addColumn<bool>("kill");
    QTest::newRow("shut down") << false;
    QTest::newRow("killed") << true;
}

void PostgresLogTest::recoversWhenTheServerDoes() {
    QFETCH(bool, kill);
    const auto one = m_stores.open(), other = m_stores.open();
    QVERIFY(one && other);
    const Told told(*other);
    QCOMPARE(append(*one, incoming(QStringLiteral("a"))), Appended::Stored);
    QCOMPARE(read(*one, {.after = 0, .count = 1}).size(), 1);
    QVERIFY(kill ? m_stores.server().kill() : m_stores.server().stop());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(append(*one, incoming(QStringLiteral("b"))), Appended::Failed);
    QVERIFY2(timer.elapsed() < 10000, "a sender waited too long for the refusal");
    QVERIFY(!readers(*one));
    QVERIFY2(m_stores.server().start(), qPrintable(m_stores.server().error()));
    QTRY_VERIFY_WITH_TIMEOUT(append(*one, incoming(QStringLiteral("b"))) != Appended::Failed, 20000);
    QCOMPARE(read(*one, {.after = 0, .count = 10}).size(), 2);
    QVERIFY(readers(*one));
    QTRY_COMPARE_WITH_TIMEOUT(told.seqs(), upTo(2), 20000);
    // And hears again without being asked.
    QCOMPARE(append(*one, incoming(QStringLiteral("c"))), Appended::Stored);
    QTRY_COMPARE_WITH_TIMEOUT(told.seqs(), upTo(3), 20000);
}

/// Two relays write while the server is killed again and again; senders come back with what was refused.
void PostgresLogTest::losesNothingWhileTheServerIsKilled() {
    const auto one = m_stores.open(), other = m_stores.open();
    QVERIFY(one && other);
    const Told toldOne(*one), toldOther(*other);
    std::atomic<bool> isOver = false;
    const auto send = [&isOver](EventLog &log, const QString &name) {
        int sent = 0;
        while (!isOver || sent == 0) {
            const Appended outcome = append(log, incoming(name + QString::number(sent)));
            if (outcome == Appended::Failed)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            else
                ++sent;
        }
        return sent;
    };
    auto byOne = std::async(std::launch::async, [&] { return send(*one, QStringLiteral("one")); });
    auto byOther = std::async(std::launch::async, [&] { return send(*other, QStringLiteral("other")); });
    for (int i = 0; i < 3; ++i) {
        const qint64 head = one->head();
        QTRY_VERIFY_WITH_TIMEOUT(one->head() > head + 10, 20000);
        QVERIFY(m_stores.server().kill());
        QVERIFY2(m_stores.server().start(), qPrintable(m_stores.server().error()));
    }
    isOver = true;
    const int sent = byOne.get() + byOther.get();
    QTRY_COMPARE_WITH_TIMEOUT(toldOne.seqs().size(), sent, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(toldOther.seqs().size(), sent, 20000);
    QCOMPARE(toldOne.seqs(), upTo(sent));
    QCOMPARE(toldOther.seqs(), upTo(sent));
    QCOMPARE(m_stores.value(QStringLiteral("SELECT count(*), count(DISTINCT event_id), max(seq) FROM event")),
             QStringLiteral("%1|%1|%1").arg(sent));
    qInfo("server killed 3 times: %d events answered, none lost or doubled", sent);
}

void PostgresLogTest::ownsALockPerName() {
    const auto log = m_stores.open();
    QVERIFY(log);
    auto one = LogConnection::open(m_stores.address()), other = LogConnection::open(m_stores.address());
    QVERIFY(one && other);
    QVERIFY((*one)->tryAdvisoryLock(QStringLiteral("forward crm")));
    QVERIFY(!(*other)->tryAdvisoryLock(QStringLiteral("forward crm")));
    QVERIFY((*other)->tryAdvisoryLock(QStringLiteral("forward zap")));
    (*one)->dropAdvisoryLock(QStringLiteral("forward crm"));
    QVERIFY((*other)->tryAdvisoryLock(QStringLiteral("forward crm")));
    QVERIFY(!(*one)->tryAdvisoryLock(QStringLiteral("forward crm")));
    // Of one who died.
    other->reset();
    QTRY_VERIFY((*one)->tryAdvisoryLock(QStringLiteral("forward crm")));
}

void PostgresLogTest::commitsReachTheDisk() {
    QVERIFY(m_stores.open() != nullptr);
    m_stores.change(QStringLiteral("ALTER ROLE longcode SET synchronous_commit TO off"));
    auto connection = LogConnection::open(m_stores.address());
    m_stores.change(QStringLiteral("ALTER ROLE longcode RESET synchronous_commit"));
    QVERIFY(connection);
    QCOMPARE((*connection)->value(QStringLiteral("SHOW synchronous_commit")).toString(),
             QStringLiteral("on"));
}

void PostgresLogTest::refusesADatabase() {
    const Journal journal(Level::Error);
    QVERIFY(m_stores.open() != nullptr);
    m_stores.change(QStringLiteral("UPDATE schema_version SET version = 99"));
    QVERIFY(!m_stores.open());
    QVERIFY2(
        m_stores.error().endsWith(QStringLiteral("a newer version of the relay wrote it. Use that version.")),
        qPrintable(m_stores.error()));
    const auto missing =
        openLog(*StoreAddress::parse(QStringLiteral("postgresql://longcode:secret@127.0.0.1:%1/nothing")
                                         .arg(m_stores.server().port())),
                Access::Serve, journal);
    QVERIFY(!missing);
    QCOMPARE(missing.error(),
             QStringLiteral("The store postgresql://longcode@127.0.0.1:%1/nothing cannot be used: "
                            "connection to server at \"127.0.0.1\", port %1 failed: database "
                            "\"nothing\" does not exist.")
                 .arg(m_stores.server().port()));
    const auto backup = backUpLog(m_stores.address(), m_stores.folder() + QStringLiteral("/copy"));
    QVERIFY(!backup);
    QVERIFY(backup.error().contains(QStringLiteral("pg_dump")));
}

QTEST_GUILESS_MAIN(PostgresLogTest)
#include "tst_postgres_log.moc"
