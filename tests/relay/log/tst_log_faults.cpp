#include "relay/log/log_fixture.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

using namespace longcode;
using namespace longcode::relay;
using namespace longcode::tests;

namespace {

/// A disk of 4 MiB. As root a real one in memory; otherwise a limit on the size of files stands in for its
/// end.
class SmallDisk {
public:
    SmallDisk() {
        m_isMounted = ::geteuid() == 0 &&
                      QProcess::execute(QStringLiteral("mount"),
                                        {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                                         QStringLiteral("size=4m"), QStringLiteral("none"), path()}) == 0;
        if (m_isMounted)
            return;
        ::signal(SIGXFSZ, SIG_IGN);
        limitFiles(2 << 20);
    }
    ~SmallDisk() {
        limitFiles(RLIM_INFINITY);
        if (m_isMounted)
            QProcess::execute(QStringLiteral("umount"), {QStringLiteral("-l"), path()});
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    /// Somebody makes room.
    void grow() {
        if (m_isMounted)
            QProcess::execute(QStringLiteral("mount"),
                              {QStringLiteral("-o"), QStringLiteral("remount,size=64m"), path()});
        else
            limitFiles(RLIM_INFINITY);
    }
    /// From now on every write fails, or none.
    static void refuseWrites(bool refuse) {
        ::signal(SIGXFSZ, SIG_IGN);
        limitFiles(refuse ? 0 : RLIM_INFINITY);
    }

private:
    static void limitFiles(rlim_t bytes) {
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }

    QTemporaryDir m_folder;
    bool m_isMounted = false;
};

} // namespace

/// A SQLite log on a disk that does not do what it should: refuses clearly, and recovers without help.
class LogFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void fullDisk();
    void diskThatTakesNothing();
    void readOnlyFileAtStart();

private:
    int burst(EventLog &log, int from, int count);

    const Journal m_journal{Level::Error};
};

/// How many of `count` events were stored.
int LogFaultsTest::burst(EventLog &log, int from, int count) {
    std::atomic<int> answered = 0, stored = 0;
    for (int i = from; i < from + count; ++i)
        log.append(incoming(QStringLiteral("e%1").arg(i), QByteArray(4000, 'x')), [&](Appended outcome) {
            stored += outcome == Appended::Stored ? 1 : 0;
            ++answered;
        });
    return QTest::qWaitFor([&] { return answered == count; }, 60'000) ? stored.load() : -1;
}

void LogFaultsTest::fullDisk() {
    SmallDisk disk;
    const QString path = disk.path() + QStringLiteral("/relay.sqlite");
    auto opened = openLog(StoreAddress::sqliteFile(path), Access::Serve, m_journal);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error()));
    EventLog &log = **opened;
    const Told told(log);
    int stored = 0, sent = 0;
    bool wasRefused = false;
    for (; sent < 4000 && !wasRefused; sent += 20) {
        const int taken = burst(log, sent, 20);
        stored += taken;
        wasRefused = taken < 20;
    }
    QVERIFY2(wasRefused, "the disk never was full");
    QVERIFY(stored > 0);
    // It can be read all the same.
    QCOMPARE(read(log, {.after = 0, .count = 1}).size(), 1);
    QVERIFY(burst(log, 100000, 200) < 200);
    disk.grow();
    QTRY_VERIFY(append(log, incoming(QStringLiteral("after"))) != Appended::Failed);
    const qint64 head = log.head();
    QTRY_COMPARE(told.seqs(), upTo(head));
    opened->reset();
    auto again = openLog(StoreAddress::sqliteFile(path), Access::Serve, m_journal);
    QVERIFY2(again, again ? "" : qPrintable(again.error()));
    QCOMPARE((*again)->head(), head);
    QVERIFY(head >= stored + 1);
    qInfo("full disk (%s): %d events answered before, all there after", disk.isMounted() ? "tmpfs" : "limit",
          stored);
}

void LogFaultsTest::diskThatTakesNothing() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("relay.sqlite"));
    auto opened = openLog(StoreAddress::sqliteFile(path), Access::Serve, m_journal);
    QVERIFY(opened);
    EventLog &log = **opened;
    QCOMPARE(burst(log, 0, 10), 10);
    SmallDisk::refuseWrites(true);
    const int during = burst(log, 10, 10);
    const auto readable = read(log, {.after = 0, .count = 100});
    SmallDisk::refuseWrites(false);
    QCOMPARE(during, 0);
    QCOMPARE(readable.size(), 10);
    QTRY_VERIFY(append(log, incoming(QStringLiteral("e10"))) != Appended::Failed);
    QCOMPARE(log.head(), 11);
}

void LogFaultsTest::readOnlyFileAtStart() {
    SmallDisk disk;
    const QString path = disk.path() + QStringLiteral("/relay.sqlite");
    QVERIFY(openLog(StoreAddress::sqliteFile(path), Access::Serve, m_journal));
    if (disk.isMounted())
        QCOMPARE(QProcess::execute(QStringLiteral("mount"),
                                   {QStringLiteral("-o"), QStringLiteral("remount,ro"), disk.path()}),
                 0);
    else
        QVERIFY(QFile::setPermissions(disk.path(), QFile::ReadOwner | QFile::ExeOwner));
    const auto refused = openLog(StoreAddress::sqliteFile(path), Access::Serve, m_journal);
    const QString sentence = refused ? QString() : refused.error();
    if (!disk.isMounted())
        QFile::setPermissions(disk.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QCOMPARE(sentence,
             QStringLiteral("The store %1 cannot be used: its folder cannot be written.").arg(path));
}

QTEST_GUILESS_MAIN(LogFaultsTest)
#include "tst_log_faults.moc"
