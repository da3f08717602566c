#include "relay/log/log_fixture.h"
#include "relay/log/recording_vfs.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <future>
#include <random>

using namespace longcode;
using namespace longcode::relay;
using namespace longcode::tests;

/// The power goes at 200 moments of a busy log's life. Whatever the disk did with writes that were not synced
/// yet: every event that was answered is in the log, once, and the log opens as a sound one.
class PowerCutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void nothingAnsweredIsLost();

private:
    struct Answered {
        QString id;
        std::size_t at; ///< operations when it was answered
    };
    void live(const QString &path);
    bool holds(const QString &path, const QSet<QString> &answered);

    const Journal m_journal{Level::Error};
    std::vector<Answered> m_answered;
};

/// Bursts of 1 to 40 events, and a reader who follows. Opened as a tool opens it, so that SQLite moves pages
/// from the write-ahead log into the file again and again.
void PowerCutTest::live(const QString &path) {
    auto opened = openLog(StoreAddress::sqliteFile(path), Access::Tool, m_journal);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error()));
    Recording &recording = Recording::install();
    std::mt19937 random(20260305);
    std::mutex mutex;
    for (int burst = 0; burst < 120; ++burst) {
        const int count = 1 + static_cast<int>(random() % 40);
        std::atomic<int> open = count;
        std::promise<void> allDone;
        for (int i = 0; i < count; ++i) {
            const QString id = QStringLiteral("%1-%2").arg(burst).arg(i);
            (*opened)->append(incoming(id, QByteArray(static_cast<qsizetype>(random() % 2000), 'x')),
                              [&, id](Appended outcome) {
                                  {
                                      const std::lock_guard lock(mutex);
                                      if (outcome == Appended::Stored)
                                          m_answered.push_back({id, recording.size()});
                                  }
                                  if (--open == 0)
                                      allDone.set_value();
                              });
        }
        allDone.get_future().get();
        (*opened)->acknowledge({QStringLiteral("ann"), QStringLiteral("desk"), (*opened)->head(),
                                QDateTime::currentDateTimeUtc()});
    }
}

bool PowerCutTest::holds(const QString &path, const QSet<QString> &answered) {
    auto opened = openLog(StoreAddress::sqliteFile(path), Access::Serve, m_journal);
    if (!opened) {
        qCritical("%s", qPrintable(opened.error()));
        return false;
    }
    opened->reset();
    const QStringList ids = sqliteColumn(path, QStringLiteral("SELECT event_id FROM event"));
    const QSet<QString> found(ids.begin(), ids.end());
    return found.size() == ids.size() && found.contains(answered);
}

void PowerCutTest::nothingAnsweredIsLost() {
    Recording &recording = Recording::install();
    QTemporaryDir folder;
    live(folder.filePath(QStringLiteral("relay.sqlite")));
    const std::size_t all = m_answered.back().at;
    std::mt19937 random(7);
    std::vector<std::size_t> cuts;
    for (int i = 0; i < 200; ++i)
        cuts.push_back(random() % (all + 1));
    std::sort(cuts.begin(), cuts.end());
    Disk disk(recording.take());
    std::size_t next = 0;
    QSet<QString> answered;
    for (const std::size_t cut : cuts) {
        disk.runTo(cut);
        for (; next < m_answered.size() && m_answered[next].at <= cut; ++next)
            answered.insert(m_answered[next].id);
        const QTemporaryDir after;
        QVERIFY(disk.writeAfterCut(after.path(), random));
        const QString path = after.filePath(QStringLiteral("relay.sqlite"));
        QVERIFY2(holds(path, answered),
                 qPrintable(QStringLiteral("cut after operation %1 of %2").arg(cut).arg(all)));
        // Opening the copy was recorded too.
        static_cast<void>(recording.take());
    }
    qInfo("power cut at %d moments of %d writes and syncs: %d events answered, none lost or doubled",
          int(cuts.size()), int(all), int(m_answered.size()));
}

QTEST_GUILESS_MAIN(PowerCutTest)
#include "tst_power_cut.moc"
