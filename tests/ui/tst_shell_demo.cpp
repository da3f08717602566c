#include "support/scratch.h"
#include "ui/gui_test.h"

#include <QDir>
#include <QImage>
#include <QProcess>

using namespace longcode::tests;

/// longcode as a process on a machine without a display: the real window, sandbox and relay.
class TestShellDemo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void conversationReachesItsEnd();
    void withoutSandboxItSaysWhatIsMissing();
    void helpNeedsNoDisplay();
    void unknownOptionIsRefused();
    void folderThatCannotBeMadeIsSaid();
    void realAccountIsNotUsedForPractice();
};

namespace {

struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

Outcome run(const QStringList &arguments, int timeoutMs = 20000) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(name));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program("longcode"), arguments);
    if (!process.waitForFinished(timeoutMs) || process.exitStatus() != QProcess::NormalExit)
        process.kill();
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

void TestShellDemo::conversationReachesItsEnd() {
    const Scratch scratch;
    const QString profile = scratch.path(QStringLiteral("profile"));
    const Outcome outcome = run({QStringLiteral("--sandbox"), QStringLiteral("--profile"), profile}, 75000);
    QVERIFY2(outcome.code == 0, qPrintable(outcome.out + outcome.err));
    QCOMPARE(outcome.err, QString());
    const QStringList lines = outcome.out.split(u'\n');
    const auto lineWith = [&lines](const char *text) {
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines[i].contains(QLatin1String(text)))
                return i;
        }
        return qsizetype(-1);
    };
    QVERIFY2(lineWith("You write to +1 415-555-0111") == 0, qPrintable(outcome.out));
    QVERIFY(lineWith("1 segment, GSM-7") == 1);
    QVERIFY(lineWith("Delivered") > lineWith("1 segment"));
    QVERIFY(lineWith("answers:") > 1);
    const qsizetype shot = lineWith("Screenshot: ");
    QVERIFY(shot > lineWith("answers:"));
    const QImage picture(lines[shot].mid(12));
    QCOMPARE(picture.size(), QSize(1440, 900));
    QVERIFY(lines[shot].contains(profile));
}

void TestShellDemo::withoutSandboxItSaysWhatIsMissing() {
    const Scratch scratch;
    const Outcome outcome = run({QStringLiteral("--profile"), scratch.path(QStringLiteral("p"))});
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.err,
             QStringLiteral("longcode: There is no display to show the window on. Start it in a desktop "
                            "session, or try “longcode --sandbox”, which runs a conversation without "
                            "one.\n"));
    QVERIFY(!QDir(scratch.path(QStringLiteral("p"))).exists());
}

void TestShellDemo::helpNeedsNoDisplay() {
    const Outcome outcome = run({QStringLiteral("--help")});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.contains(QStringLiteral("--profile DIR")));
    QVERIFY(outcome.out.contains(QStringLiteral("--sandbox")));
    QCOMPARE(run({QStringLiteral("--version")}).code, 0);
}

void TestShellDemo::unknownOptionIsRefused() {
    const Outcome outcome = run({QStringLiteral("--sandpit")});
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.err.contains(QStringLiteral("unknown option “--sandpit”")));
    QCOMPARE(run({QStringLiteral("file.txt")}).code, 2);
}

void TestShellDemo::folderThatCannotBeMadeIsSaid() {
    const Scratch scratch;
    QFile file(scratch.path(QStringLiteral("taken")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QString below = file.fileName() + QStringLiteral("/profile");
    const Outcome outcome = run({QStringLiteral("--sandbox"), QStringLiteral("--profile"), below});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(
        outcome.err,
        QStringLiteral("longcode: The profile folder %1 cannot be made. Choose another one with --profile.\n")
            .arg(below));
}

void TestShellDemo::realAccountIsNotUsedForPractice() {
    const Scratch scratch;
    QFile file(scratch.path(QStringLiteral("profile.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}");
    file.close();
    const Outcome outcome = run({QStringLiteral("--sandbox"), QStringLiteral("--profile"), scratch.path()});
    QCOMPARE(outcome.code, 2);
    QCOMPARE(
        outcome.err,
        QStringLiteral("longcode: The profile folder %1 holds a real account. Choose another one for the "
                       "sandbox.\n")
            .arg(scratch.path()));
}

QTEST_GUILESS_MAIN(TestShellDemo)
#include "tst_shell_demo.moc"
