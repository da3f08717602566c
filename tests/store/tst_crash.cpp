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

/// The child: holds sends, and lets each go, takes it back or puts another one in its place.
int holdUntilKilled(const QString &folder) {
    const auto store = Store::open(folder);
    if (!store)
        return 2;
    const auto id = (*store)->begin({maria, ours}, at(0)).result();
    if (!id)
        return 3;
    const auto say = [](const char *what, const QString &handle) {
        std::printf("%s %s\n", what, qPrintable(handle));
        std::fflush(stdout);
    };
    for (int i = 0; i < 100000; ++i) {
        const QString handle = QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(i);
        NewIntent held = textTo(*id, handle, QStringLiteral("text %1").arg(handle), i);
        held.sendAt = at(100000);
        held.holdUntil = at(90000);
        const auto intent = (*store)->writeIntent(held).result();
        if (!intent)
            return 4;
        say("K", handle);
        if (i % 3 == 0 && (*store)->releaseHeld(held.intent).result())
            say("R", handle);
        if (i % 3 == 1 && (*store)->takeBackHeld(held.intent, at(i)).result())
            say("B", handle);
        if (i % 3 == 2) {
            held.intent = IntentId(handle + QStringLiteral("-again"));
            if ((*store)->replaceScheduled(intent->message, held).result())
                say("X", handle);
        }
    }
    return 0;
}

/// What the child said until it was killed after `lines` lines; whole lines.
QList<QByteArray> saidUntilKilled(const QStringList &arguments, int lines) {
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), arguments);
    if (!child.waitForStarted())
        return {};
    QByteArray output;
    while (output.count('\n') < lines) {
        if (!child.waitForReadyRead(20000))
            return {};
        output += child.readAllStandardOutput();
    }
    child.kill();
    if (!child.waitForFinished(20000))
        return {};
    output += child.readAllStandardOutput();
    output.truncate(output.lastIndexOf('\n'));
    return output.split('\n');
}

IntentPhase phaseOf(Reader &reader, const QString &handle) {
    const auto intent = reader.intent(IntentId(handle));
    return intent ? intent->phase : IntentPhase{};
}

} // namespace

/// kill -9 at any moment: whatever was acknowledged as durable is there afterwards.
class TestCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void nothingAcknowledgedIsLost();
    void whatIsHeldIsThereOnce();
};

void TestCrash::nothingAcknowledgedIsLost() {
    const QTemporaryDir folder;
    QRandomGenerator random(4711);
    QHash<QString, bool> handedOver; // every handle acknowledged in all rounds
    for (int round = 0; round < 12; ++round) {
        const auto output = saidUntilKilled({QStringLiteral("--write"), folder.path()},
                                            1 + static_cast<int>(random.bounded(120)));
        QVERIFY(!output.isEmpty());
        QString lastDraft;
        for (const QByteArray &line : output) {
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

// Of a send and the one in its place exactly one is alive, and what was taken back is not lost either.
void TestCrash::whatIsHeldIsThereOnce() {
    const QTemporaryDir folder;
    QRandomGenerator random(4712);
    QHash<QString, char> known; // handle → the last thing said of it
    for (int round = 0; round < 8; ++round) {
        const auto lines = saidUntilKilled({QStringLiteral("--hold"), folder.path()},
                                           1 + static_cast<int>(random.bounded(120)));
        QVERIFY(!lines.isEmpty());
        for (const QByteArray &line : lines)
            known.insert(QString::fromLatin1(line.mid(2)), line.at(0));
        const auto store = Store::open(folder.path());
        QVERIFY2(store, "the store does not open after a crash");
        const auto reader = *(*store)->openReader();
        for (auto it = known.cbegin(); it != known.cend(); ++it) {
            const IntentPhase phase = phaseOf(*reader, it.key());
            const IntentPhase again = phaseOf(*reader, it.key() + QStringLiteral("-again"));
            QVERIFY(phase != IntentPhase{});
            if (it.value() == 'R')
                QCOMPARE(phase, IntentPhase::Waiting);
            else if (it.value() == 'B' || it.value() == 'X')
                QCOMPARE(phase, IntentPhase::Discarded);
            if (it.value() == 'X')
                QCOMPARE(again, IntentPhase::Held);
            QVERIFY(again == IntentPhase{} || phase == IntentPhase::Discarded);
        }
        const auto id = *reader->find({maria, ours});
        const QString last = QString::fromLatin1(lines.last().mid(2));
        const auto newest = reader->newest(id, 1).value(0);
        if (newest.intent.text() == last && phaseOf(*reader, last) == IntentPhase::Discarded &&
            lines.last().at(0) == 'B')
            QCOMPARE(reader->draft(id), QStringLiteral("text ") + last);
        QVERIFY(!reader->takeError());
    }
    QVERIFY(known.size() > 30);
}

int main(int argc, char *argv[]) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--write"))
        return writeUntilKilled(arguments.at(2));
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--hold"))
        return holdUntilKilled(arguments.at(2));
    TestCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_crash.moc"
