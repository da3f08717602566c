#include "relay/log/log_fixture.h"

#include "relay/log/log_connection.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace longcode;
using namespace longcode::relay;
using namespace longcode::tests;

Q_DECLARE_METATYPE(longcode::relay::StoreAddress::Kind)

/// What every log does, on each of the databases. Each test function runs once per database.
class EventLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void numbersWithoutAGap();
    void keepsWhatWasReceived();
    void keepsTextThatNoDatabaseLikes();
    void aDuplicateChangesNothing();
    void readsInPages();
    void readsWhatProvesAWebhook();
    void tellsWhatWasAdded();
    void startsAgainWhereItWas();
    void stopFinishesWhatWaits();
    void rowsNeverChange();
    void twoWriteAtOnce();
    void remembersReaders();
    void prunesByAge();
    void prunesByBytes();
    void keepsWhatAReaderHasNotRead();
    void keepsUnreadBeyondALongAge();
    void aForgottenReaderKeepsNothing();
    void goesOnWhenEverythingIsPruned();
    void pruneLetsAppendsThrough();
    void measuresItself();
    void refusesALogWithMissingEvents();
    void holdsTheForwardsTables();

private:
    std::unique_ptr<EventLog> open(Access access = Access::Serve);
    void fill(EventLog &log, int from, int to, const QDateTime &at);

    Stores m_stores;
};

namespace {

const QDateTime t0 = QDateTime::fromMSecsSinceEpoch(receivedAtMs, Qt::UTC);
constexpr std::chrono::hours day{24};

} // namespace

void EventLogTest::initTestCase_data() {
    QTest::addColumn<StoreAddress::Kind>("kind");
    QTest::newRow("SQLite") << StoreAddress::Kind::SqliteFile;
    QTest::newRow("PostgreSQL") << StoreAddress::Kind::Postgres;
}

void EventLogTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    QFETCH_GLOBAL(StoreAddress::Kind, kind);
    QVERIFY2(m_stores.begin(kind), qPrintable(m_stores.error()));
}

std::unique_ptr<EventLog> EventLogTest::open(Access access) {
    auto log = m_stores.open(access);
    if (!log)
        qCritical("%s", qPrintable(m_stores.error()));
    return log;
}

/// Events `from` to `to` with bodies of 100 bytes.
void EventLogTest::fill(EventLog &log, int from, int to, const QDateTime &at) {
    std::atomic<int> stored = 0;
    for (int i = from; i <= to; ++i) {
        IncomingEvent event = incoming(QStringLiteral("e%1").arg(i), QByteArray(100, 'x'));
        event.receivedAt = at;
        log.append(event, [&stored](Appended outcome) { stored += outcome == Appended::Stored ? 1 : 0; });
    }
    QTRY_COMPARE(stored, to - from + 1);
}

void EventLogTest::numbersWithoutAGap() {
    const auto log = open();
    QVERIFY(log);
    QCOMPARE(log->head(), 0);
    QCOMPARE(log->first(), 1);
    QCOMPARE(log->id().size(), 36);
    std::atomic<int> stored = 0, duplicates = 0;
    for (int i = 0; i < 1000; ++i) {
        // Every third is a repetition.
        log->append(incoming(QStringLiteral("e%1").arg(i - (i % 3 == 2 ? 1 : 0))),
                    [&](Appended outcome) { ++(outcome == Appended::Stored ? stored : duplicates); });
    }
    QTRY_COMPARE(stored + duplicates, 1000);
    QCOMPARE(stored, 667);
    QCOMPARE(log->head(), 667);
    QCOMPARE(m_stores.value(QStringLiteral("SELECT count(*), min(seq), max(seq) FROM event")),
             QStringLiteral("667|1|667"));
    QCOMPARE(m_stores.value(QStringLiteral("SELECT event_id FROM event WHERE seq = 1")),
             QStringLiteral("e0"));
}

void EventLogTest::keepsWhatWasReceived() {
    const QByteArray body("{\"text\":\"a\0b 'c' ?\\ \xF0\x9F\x98\x80\"}", 25);
    const auto log = open();
    QVERIFY(log);
    IncomingEvent event = incoming(QStringLiteral("id"), body);
    event.intent = QStringLiteral("0123-intent");
    event.account = QStringLiteral("north");
    QCOMPARE(append(*log, event), Appended::Stored);
    IncomingEvent fact = incoming(QStringLiteral("fact:1"), "{\"note\":1}");
    fact.kind = protocol::EntryKind::TeamFact;
    fact.author = QStringLiteral("Zoë");
    QCOMPARE(append(*log, fact), Appended::Stored);
    QCOMPARE(append(*log, incoming(QStringLiteral("empty"), QByteArray())), Appended::Stored);
    const LogEntries entries = read(*log, {.after = 0, .count = 10});
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries[0].seq, 1);
    QCOMPARE(entries[0].body, body);
    QCOMPARE(entries[0].intent, QStringLiteral("0123-intent"));
    QCOMPARE(entries[0].receivedAt.toMSecsSinceEpoch(), receivedAtMs);
    QCOMPARE(entries[0].kind, protocol::EntryKind::Webhook);
    QCOMPARE(entries[0].account, QStringLiteral("north"));
    QCOMPARE(entries[0].author, QString());
    QCOMPARE(entries[1].kind, protocol::EntryKind::TeamFact);
    QCOMPARE(entries[1].author, QStringLiteral("Zoë"));
    QCOMPARE(entries[2].body, QByteArray());
    QCOMPARE(
        m_stores.value(QStringLiteral("SELECT signature, timestamp, length(body) FROM event WHERE seq = 1")),
        QStringLiteral("c2ln|1772735400|25"));
}

/// One event with such a text must not keep the others of its batch from being stored.
void EventLogTest::keepsTextThatNoDatabaseLikes() {
    const auto log = open();
    QVERIFY(log);
    const QString zero = QStringLiteral("a") + QChar(0) + QStringLiteral("b");
    for (const QString &id :
         {QStringLiteral("o'brien"), QStringLiteral("{\"a\\\",NULL}"), QStringLiteral("$1 ? :x"), zero,
          QString(QChar(0xd800)), QStringLiteral("NULL"), QStringLiteral("")}) {
        IncomingEvent event = incoming(id);
        event.intent = id;
        event.signature = "\xff\"\\'";
        QCOMPARE(append(*log, event), Appended::Stored);
        QCOMPARE(append(*log, event), Appended::Duplicate);
    }
    const LogEntries entries = read(*log, {.after = 0, .count = 10});
    QCOMPARE(entries.size(), 7);
    QCOMPARE(entries[0].intent, QStringLiteral("o'brien"));
    QCOMPARE(entries[1].intent, QStringLiteral("{\"a\\\",NULL}"));
    QCOMPARE(entries[2].intent, QStringLiteral("$1 ? :x"));
}

void EventLogTest::aDuplicateChangesNothing() {
    const auto log = open();
    QVERIFY(log);
    QCOMPARE(append(*log, incoming(QStringLiteral("a"), "{\"first\":1}")), Appended::Stored);
    QCOMPARE(append(*log, incoming(QStringLiteral("a"), "{\"second\":1}")), Appended::Duplicate);
    QCOMPARE(append(*log, incoming(QStringLiteral("b"))), Appended::Stored);
    QCOMPARE(log->head(), 2);
    QCOMPARE(read(*log, {.after = 0, .count = 10})[0].body, QByteArray("{\"first\":1}"));
}

void EventLogTest::readsInPages() {
    const auto log = open();
    QVERIFY(log);
    fill(*log, 1, 10, t0);
    QCOMPARE(read(*log, {.after = 3, .count = 4}).first().seq, 4);
    QCOMPARE(read(*log, {.after = 3, .count = 4}).size(), 4);
    QCOMPARE(read(*log, {.after = 0, .count = 10, .bytes = 350}).size(), 3);
    QCOMPARE(read(*log, {.after = 0, .count = 10, .bytes = 1}).size(), 1);
    QVERIFY(read(*log, {.after = 10, .count = 10}).isEmpty());
}

void EventLogTest::readsWhatProvesAWebhook() {
    const auto log = open();
    QVERIFY(log);
    for (int i = 1; i <= 6; ++i) {
        IncomingEvent event = incoming(QStringLiteral("s%1").arg(i), QByteArray(100, 'x'));
        event.signature = "sig" + QByteArray::number(i);
        event.timestamp = "17727354" + QByteArray::number(i);
        event.account = QStringLiteral("north");
        event.kind = i % 2 == 0 ? protocol::EntryKind::TeamFact : protocol::EntryKind::Webhook;
        QCOMPARE(append(*log, event), Appended::Stored);
    }
    std::promise<std::optional<QList<SignedEntry>>> promise;
    log->readSigned({.after = 1, .count = 10, .bytes = 200},
                    [&](const auto &found) { promise.set_value(found); });
    const auto found = promise.get_future().get();
    QVERIFY(found);
    QCOMPARE(found->size(), 2);
    QCOMPARE(found->at(0).seq, 3);
    QCOMPARE(found->at(1).seq, 5);
    QCOMPARE(found->at(1).signature, QByteArray("sig5"));
    QCOMPARE(found->at(1).timestamp, QByteArray("177273545"));
    QCOMPARE(found->at(1).account, QStringLiteral("north"));
    QCOMPARE(found->at(1).body.size(), 100);
}

void EventLogTest::tellsWhatWasAdded() {
    const auto log = open();
    QVERIFY(log);
    const Told told(*log);
    for (const char *id : {"a", "a", "b", "c", "b"})
        append(*log, incoming(QLatin1String(id), id));
    QCOMPARE(told.seqs(), upTo(3));
    QCOMPARE(told.bodies(), (QList<QByteArray>{"a", "b", "c"}));
}

void EventLogTest::startsAgainWhereItWas() {
    QString id;
    {
        const auto log = open();
        QVERIFY(log);
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

void EventLogTest::stopFinishesWhatWaits() {
    const auto log = open();
    QVERIFY(log);
    std::atomic<int> stored = 0, failed = 0;
    const auto count = [&](Appended outcome) { ++(outcome == Appended::Stored ? stored : failed); };
    for (int i = 0; i < 600; ++i)
        log->append(incoming(QString::number(i)), count);
    log->acknowledge({QStringLiteral("ann"), {}, 7, t0});
    log->stop();
    QCOMPARE(stored, 600);
    log->append(incoming(QStringLiteral("late")), count);
    QCOMPARE(failed, 1);
    QCOMPARE(log->head(), 600);
    QCOMPARE(m_stores.value(QStringLiteral("SELECT acknowledged FROM reader_place")), QStringLiteral("7"));
}

void EventLogTest::rowsNeverChange() {
    const auto log = open();
    QVERIFY(log);
    append(*log, incoming(QStringLiteral("a")));
    m_stores.change(QStringLiteral("UPDATE event SET intent = 'changed'"));
    QCOMPARE(m_stores.value(QStringLiteral("SELECT count(*) FROM event WHERE intent = ''")),
             QStringLiteral("1"));
}

/// Interleaved, and with half of the ids the same: no number twice, none missing, and both announce all of it
/// in the same order.
void EventLogTest::twoWriteAtOnce() {
    const auto one = open();
    const auto other = open(Access::Tool);
    QVERIFY(one && other);
    QCOMPARE(one->id(), other->id());
    const Told toldOne(*one), toldOther(*other);
    constexpr int each = 1000;
    std::atomic<int> stored = 0, duplicates = 0, failed = 0;
    const auto write = [&](EventLog &log, const QByteArray &name) {
        for (int i = 0; i < each; ++i) {
            const QString id = i % 2 == 0 ? QStringLiteral("both%1").arg(i)
                                          : QString(QLatin1String(name) + QString::number(i));
            log.append(incoming(id, name + QByteArray::number(i)), [&](Appended outcome) {
                ++(outcome == Appended::Stored      ? stored
                   : outcome == Appended::Duplicate ? duplicates
                                                    : failed);
            });
            if (i % 50 == 0)
                std::this_thread::yield();
        }
    };
    std::thread thread([&] { write(*one, "one"); });
    write(*other, "other");
    thread.join();
    QTRY_COMPARE_WITH_TIMEOUT(stored + duplicates + failed, 2 * each, 20000);
    QCOMPARE(failed, 0);
    QCOMPARE(stored, each + each / 2);
    QCOMPARE(duplicates, each / 2);
    QTRY_COMPARE_WITH_TIMEOUT(toldOne.seqs().size(), stored, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(toldOther.seqs().size(), stored, 10000);
    QCOMPARE(toldOne.seqs(), upTo(stored));
    QCOMPARE(toldOther.seqs(), upTo(stored));
    QCOMPARE(toldOne.bodies(), toldOther.bodies());
    QCOMPARE(one->head(), stored);
    QCOMPARE(other->head(), stored);
    QCOMPARE(m_stores.value(QStringLiteral("SELECT count(*), min(seq), max(seq) FROM event")),
             QStringLiteral("1500|1|1500"));
}

void EventLogTest::remembersReaders() {
    {
        const auto log = open();
        QVERIFY(log);
        log->acknowledge({QStringLiteral("ann"), QStringLiteral("desk"), 5, t0});
        log->acknowledge({QStringLiteral("ann"), QStringLiteral("desk"), 9, t0.addSecs(1)});
        log->acknowledge({QStringLiteral("ann"), QStringLiteral("laptop"), 2, t0});
        log->acknowledge({QStringLiteral("forward:crm"), {}, 4, t0});
        const auto found = readers(*log);
        QVERIFY(found);
        QCOMPARE(found->size(), 3);
        QCOMPARE(found->at(0).name, QStringLiteral("ann"));
        QCOMPARE(found->at(0).console, QStringLiteral("desk"));
        QCOMPARE(found->at(0).acknowledged, 9);
        QCOMPARE(found->at(0).seenAt, t0.addSecs(1));
        log->acknowledge({QStringLiteral("ann"), QStringLiteral("laptop"), 3, t0});
        log->forget(QStringLiteral("forward:crm"), {});
    }
    const auto log = open();
    const auto found = readers(*log);
    QVERIFY(found);
    QCOMPARE(found->size(), 2);
    QCOMPARE(found->at(1).console, QStringLiteral("laptop"));
    QCOMPARE(found->at(1).acknowledged, 3);
    // Nobody has to stop for it: it is written within seconds.
    log->acknowledge({QStringLiteral("bob"), QStringLiteral("desk"), 1, t0});
    QTRY_COMPARE_WITH_TIMEOUT(
        m_stores.value(QStringLiteral("SELECT count(*) FROM reader_place WHERE name = 'bob'")),
        QStringLiteral("1"), 10000);
}

void EventLogTest::prunesByAge() {
    const auto log = open();
    const auto other = open(Access::Tool);
    QVERIFY(log && other);
    fill(*log, 1, 600, t0);
    fill(*log, 601, 700, t0.addDays(2));
    QCOMPARE(prune(*log, {.age = 3 * day}, t0.addDays(2)), 0);
    QCOMPARE(prune(*log, {}, t0.addYears(10)), 0);
    QCOMPARE(prune(*log, {.age = 1 * day}, t0.addDays(2)), 600);
    QCOMPARE(log->first(), 601);
    QCOMPARE(log->head(), 700);
    QCOMPARE(read(*log, {.after = 0, .count = 1000}).first().seq, 601);
    QTRY_COMPARE_WITH_TIMEOUT(other->first(), 601, 10000);
    QCOMPARE(m_stores.value(QStringLiteral("SELECT first, bytes FROM log")), QStringLiteral("601|10000"));
}

void EventLogTest::prunesByBytes() {
    const auto log = open();
    QVERIFY(log);
    fill(*log, 1, 50, t0);
    QCOMPARE(prune(*log, {.bytes = 5000}, t0), 0);
    QCOMPARE(prune(*log, {.bytes = 4000}, t0), 10);
    QCOMPARE(log->first(), 11);
    QCOMPARE(prune(*log, {.bytes = 4000}, t0), 0);
}

void EventLogTest::keepsWhatAReaderHasNotRead() {
    const auto log = open();
    QVERIFY(log);
    fill(*log, 1, 50, t0);
    log->acknowledge({QStringLiteral("ann"), QStringLiteral("desk"), 40, t0});
    log->acknowledge({QStringLiteral("forward:crm"), {}, 20, t0});
    const Retention retention{.age = 1 * day, .unreadAge = 30 * day};
    QCOMPARE(prune(*log, retention, t0.addDays(10)), 20);
    QCOMPARE(log->first(), 21);
    log->forget(QStringLiteral("forward:crm"), {});
    QCOMPARE(prune(*log, retention, t0.addDays(10)), 20);
    QCOMPARE(log->first(), 41);
    QCOMPARE(prune(*log, retention, t0.addDays(30)), 0);
    // Somebody who never comes back must not fill the disk.
    QCOMPARE(prune(*log, retention, t0.addDays(32)), 10);
    QCOMPARE(log->first(), 51);
}

/// The time for those who have not read comes on top of the age, also when the age is the longer of the two.
void EventLogTest::keepsUnreadBeyondALongAge() {
    const auto log = open();
    QVERIFY(log);
    fill(*log, 1, 50, t0);
    log->acknowledge({QStringLiteral("ann"), QStringLiteral("desk"), 40, t0.addDays(99)});
    const Retention retention{.age = 90 * day, .unreadAge = 30 * day};
    QCOMPARE(prune(*log, retention, t0.addDays(100)), 40);
    QCOMPARE(log->first(), 41);
    QCOMPARE(prune(*log, retention, t0.addDays(121)), 10);
    QCOMPARE(log->first(), 51);
}

/// A console that was not seen for so long keeps nothing any more, whatever has come since.
void EventLogTest::aForgottenReaderKeepsNothing() {
    const auto log = open();
    QVERIFY(log);
    log->acknowledge({QStringLiteral("gone"), QStringLiteral("old laptop"), 0, t0});
    fill(*log, 1, 50, t0.addDays(20));
    QCOMPARE(prune(*log, {.bytes = 1, .unreadAge = 30 * day}, t0.addDays(25)), 0);
    QCOMPARE(prune(*log, {.bytes = 1, .unreadAge = 30 * day}, t0.addDays(40)), 50);
}

void EventLogTest::goesOnWhenEverythingIsPruned() {
    {
        const auto log = open();
        QVERIFY(log);
        fill(*log, 1, 30, t0);
        QCOMPARE(prune(*log, {.age = 1 * day}, t0.addDays(10)), 30);
        QCOMPARE(log->first(), 31);
        QCOMPARE(log->head(), 30);
    }
    const auto log = open();
    QVERIFY(log);
    QCOMPARE(log->first(), 31);
    QCOMPARE(log->head(), 30);
    const Told told(*log);
    QCOMPARE(append(*log, incoming(QStringLiteral("next"))), Appended::Stored);
    QCOMPARE(told.seqs(), QList<qint64>{31});
    QCOMPARE(log->head(), 31);
}

/// Both at once, and nobody fails.
void EventLogTest::pruneLetsAppendsThrough() {
    const auto log = open();
    QVERIFY(log);
    fill(*log, 1, 3000, t0);
    std::atomic<bool> isPruned = false;
    std::atomic<qint64> pruned = -1;
    log->prune({.age = 1 * day}, t0.addDays(2), [&](std::optional<qint64> removed) {
        pruned = removed.value_or(-2);
        isPruned = true;
    });
    int appended = 0;
    for (; !isPruned || appended < 10; ++appended) {
        IncomingEvent event = incoming(QStringLiteral("meanwhile %1").arg(appended));
        event.receivedAt = t0.addDays(2);
        QCOMPARE(append(*log, event), Appended::Stored);
    }
    QCOMPARE(pruned, 3000);
    QCOMPARE(log->first(), 3001);
    QCOMPARE(log->head(), 3000 + appended);
    QCOMPARE(m_stores.value(QStringLiteral("SELECT count(*), min(seq) FROM event")),
             QStringLiteral("%1|3001").arg(appended));
}

void EventLogTest::measuresItself() {
    const auto log = open();
    QVERIFY(log);
    fill(*log, 1, 25, t0);
    QCOMPARE(prune(*log, {.bytes = 2000}, t0), 5);
    std::promise<std::optional<LogSize>> promise;
    log->measure([&](std::optional<LogSize> size) { promise.set_value(size); });
    const auto size = promise.get_future().get();
    QVERIFY(size);
    QCOMPARE(size->entries, 20);
    QVERIFY(size->fileBytes > 2000);
}

void EventLogTest::refusesALogWithMissingEvents() {
    {
        const auto log = open();
        QVERIFY(log);
        fill(*log, 1, 3, t0);
    }
    m_stores.change(QStringLiteral("DELETE FROM event WHERE seq = 2"));
    QVERIFY(!m_stores.open());
    QVERIFY2(m_stores.error().contains(QStringLiteral("events are missing from it")),
             qPrintable(m_stores.error()));
    QVERIFY(m_stores.error().startsWith(
        QStringLiteral("The store %1 cannot be used: ").arg(m_stores.address().redacted())));
}

/// SQL as another room writes it.
void EventLogTest::holdsTheForwardsTables() {
    const auto log = open();
    QVERIFY(log);
    auto opened = LogConnection::open(m_stores.address());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error()));
    LogConnection &sql = **opened;
    const QString upsert =
        QStringLiteral("INSERT INTO forward_letter (forward, seq, state, attempts, next_at, reason) "
                       "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (forward, seq) DO UPDATE SET attempts "
                       "= excluded.attempts, reason = excluded.reason");
    QVERIFY(sql.inTransaction([&] {
        return sql.execute(upsert,
                           {QStringLiteral("crm"), 7, 0, 1, receivedAtMs, QStringLiteral("it's ? 503")}) &&
               sql.execute(upsert, {QStringLiteral("crm"), 7, 0, 2, receivedAtMs, QString()}) &&
               sql.execute(
                   QStringLiteral("INSERT INTO forward_cursor (name, next_seq, updated_at) VALUES (?, ?, ?)"),
                   {QStringLiteral("crm"), qint64(-8), receivedAtMs});
    }));
    QVERIFY(!sql.inTransaction([&] {
        return sql.execute(upsert, {QStringLiteral("crm"), 8, 0, 1, 0, QString()}) &&
               sql.execute(QStringLiteral("no SQL"));
    }));
    QVERIFY(!sql.error().isEmpty());
    QVERIFY(!sql.lost());
    const auto letters =
        sql.query(QStringLiteral("SELECT forward, seq, attempts, next_at, reason FROM forward_letter"));
    QVERIFY(letters);
    QCOMPARE(letters->size(), 1);
    QCOMPARE(letters->first(),
             (QList<QVariant>{QStringLiteral("crm"), qint64(7), qint64(2), receivedAtMs, QString()}));
    QCOMPARE(sql.value(QStringLiteral("SELECT next_seq FROM forward_cursor")).toLongLong(), -8);
    QVERIFY(sql.execute(QStringLiteral("UPDATE forward_cursor SET next_seq = ? WHERE name = ?"),
                        {9, QStringLiteral("no")}));
    QCOMPARE(sql.changed(), 0);
    QVERIFY(!sql.value(QStringLiteral("SELECT max(seq) FROM forward_letter WHERE forward = ?"),
                       {QStringLiteral("no")})
                 .isValid());
    QVERIFY(sql.tryAdvisoryLock(QStringLiteral("forward crm")));
    QVERIFY(sql.tryAdvisoryLock(QStringLiteral("forward crm")));
}

QTEST_GUILESS_MAIN(EventLogTest)
#include "tst_event_log.moc"
