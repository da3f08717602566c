#include "store/fixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <cstdio>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

/// The child: writes intents and drafts as fast as it can, and says on stdout what has become durable.
int writeUntilKilled(const QString &folder) {
    const auto store = Store::open(folder);
    if (!store)
        return 2;
    const auto id = (*store)->begin({maria, ours}, at(0)).result();
    if (!id)
        return 3;
    for (int i = 0; i < 100000; ++i) {
        const QString handle = QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(i);
        const auto intent =
            (*store)->writeIntent(textTo(*id, handle, QStringLiteral("text %1").arg(handle), i)).result();
        if (!intent)
            return 4;
        std::printf("W %s\n", qPrintable(handle));
        std::fflush(stdout);
        if (i % 2 == 0 && (*store)->intentHandedOver(intent->intent, at(i)).result()) {
            std::printf("H %s\n", qPrintable(handle));
            std::fflush(stdout);
        }
        if (!(*store)->saveDraft(*id, handle, at(i)).result())
            return 5;
        std::printf("D %s\n", qPrintable(handle));
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

/// kill -9 at any moment: whatever was acknowledged as durable is there afterwards.
class TestCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void nothingAcknowledgedIsLost();
};

void TestCrash::nothingAcknowledgedIsLost() {
    const QTemporaryDir folder;
    QRandomGenerator random(4711);
    QHash<QString, bool> handedOver; // every handle acknowledged in all rounds
    for (int round = 0; round < 12; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), folder.path()});
        QVERIFY(child.waitForStarted());
        QByteArray output;
        const int killAfter = 1 + static_cast<int>(random.bounded(120));
        while (output.count('\n') < killAfter) {
            QVERIFY(child.waitForReadyRead(20000));
            output += child.readAllStandardOutput();
        }
        child.kill();
        QVERIFY(child.waitForFinished(20000));
        output += child.readAllStandardOutput();
        output.truncate(output.lastIndexOf('\n') + 1);
        QString lastDraft;
        for (const QByteArray &line : output.split('\n')) {
            const QString handle = QString::fromLatin1(line.mid(2));
            if (line.startsWith('W'))
                handedOver.insert(handle, false);
            else if (line.startsWith('H'))
                handedOver.insert(handle, true);
            else if (line.startsWith('D'))
                lastDraft = handle;
        }
        const auto store = Store::open(folder.path());
        QVERIFY2(store, "the store does not open after a crash");
        const auto reader = *(*store)->openReader();
        for (auto it = handedOver.cbegin(); it != handedOver.cend(); ++it) {
            const auto intent = reader->intent(IntentId(it.key()));
            QVERIFY2(intent, qPrintable(it.key()));
            QCOMPARE(intent->text, QStringLiteral("text ") + it.key());
            QVERIFY(!it.value() || intent->phase != IntentPhase::Waiting);
        }
        // Its draft is the acknowledged one, unless it was writing the next intent, or the next draft.
        const auto id = *reader->find({maria, ours});
        const QString draft = reader->draft(id);
        const auto newest = reader->newest(id, 1).value(0);
        QVERIFY(lastDraft.isEmpty() || draft == lastDraft || newest.intent.text() != lastDraft);
        QVERIFY(!reader->takeError());
    }
    QVERIFY(handedOver.size() > 50);
}

int main(int argc, char *argv[]) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--write"))
        return writeUntilKilled(arguments.at(2));
    TestCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_crash.moc"
