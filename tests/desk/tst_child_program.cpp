#include "desk/child_program.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace longcode;
using desk::ChildProgram;

/// Helper processes, played by a shell.
class ChildProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void becomesReady();
    void failures_data();
    void failures();
    void endsByItselfAfterReady();
    void stopIsSilent();
    void startedAgainItIsReadyAgain();
    void diesWithAKilledParent();
};

namespace {

const QString shell = QStringLiteral("/bin/sh");

QStringList script(const char *text) {
    return {QStringLiteral("-c"), QString::fromUtf8(text)};
}

bool isRunning(qint64 pid) {
    // A zombie nobody has waited for yet is not running any more.
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const QByteArray line = status.readAll();
    return !line.mid(line.lastIndexOf(')') + 2).startsWith('Z');
}

} // namespace

void ChildProgramTest::becomesReady() {
    ChildProgram child(shell);
    QSignalSpy ready(&child, &ChildProgram::ready);
    child.start(script(R"(printf '{"ready":true,'; sleep 0.05; echo '"url":"http://x"}'; sleep 60)"));
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready.first().first().toJsonObject().value(QLatin1String("url")).toString(),
             QStringLiteral("http://x"));
    QVERIFY(child.isRunning());
}

void ChildProgramTest::failures_data() {
    QTest::addColumn<QString>("program");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("no such program") << QStringLiteral("/nowhere/longcode-relay") << QByteArray()
                                     << QStringLiteral("/nowhere/longcode-relay");
    QTest::newRow("ends at once") << shell << QByteArray("echo 'the port is taken' >&2; exit 3")
                                  << QStringLiteral("the port is taken");
    QTest::newRow("says something else") << shell << QByteArray("echo hello; sleep 60") << shell;
    QTest::newRow("not ready") << shell << QByteArray(R"(echo '{"ready":false}'; sleep 60)") << shell;
}

void ChildProgramTest::failures() {
    QFETCH(QString, program);
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    ChildProgram child(program);
    QSignalSpy ended(&child, &ChildProgram::ended);
    QSignalSpy ready(&child, &ChildProgram::ready);
    child.start(script(text.constData()));
    QTRY_COMPARE(ended.size(), 1);
    const auto why = ended.first().first().value<Failure>();
    QVERIFY(!why.what.isEmpty());
    QVERIFY2(why.remedy.contains(said), qPrintable(why.remedy));
    QVERIFY(ready.isEmpty());
    QVERIFY(!child.isRunning());
}

void ChildProgramTest::endsByItselfAfterReady() {
    ChildProgram child(shell);
    QSignalSpy ended(&child, &ChildProgram::ended);
    QSignalSpy ready(&child, &ChildProgram::ready);
    child.start(script(R"(echo '{"ready":true}'; exit 4)"));
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ready.size(), 1);
    QVERIFY(ended.first().first().value<Failure>().what.contains(QLatin1Char('4')));
}

void ChildProgramTest::stopIsSilent() {
    ChildProgram child(shell);
    QSignalSpy ended(&child, &ChildProgram::ended);
    QSignalSpy ready(&child, &ChildProgram::ready);
    child.start(script(R"(trap '' TERM; echo '{"ready":true}'; while :; do sleep 0.1; done)"));
    QTRY_COMPARE(ready.size(), 1);
    child.stop();
    QVERIFY(!child.isRunning());
    QCoreApplication::sendPostedEvents();
    QVERIFY(ended.isEmpty());
}

void ChildProgramTest::startedAgainItIsReadyAgain() {
    ChildProgram child(shell);
    QSignalSpy ready(&child, &ChildProgram::ready);
    child.start(script(R"(echo '{"ready":true}'; sleep 60)"));
    QTRY_COMPARE(ready.size(), 1);
    child.start(script(R"(echo '{"ready":true}'; sleep 60)"));
    QTRY_COMPARE(ready.size(), 2);
}

void ChildProgramTest::diesWithAKilledParent() {
    QProcess parent;
    parent.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--be-the-parent")});
    QTRY_VERIFY_WITH_TIMEOUT(parent.canReadLine(), 20'000);
    const qint64 child = parent.readLine().trimmed().toLongLong();
    QVERIFY(child > 0);
    QVERIFY(isRunning(child));
    QCOMPARE(::kill(static_cast<pid_t>(parent.processId()), SIGKILL), 0);
    QTRY_VERIFY(!isRunning(child));
    QTRY_COMPARE(parent.state(), QProcess::NotRunning);
}

int main(int argc, char *argv[]) {
    QCoreApplication application(argc, argv);
    if (!application.arguments().contains(QStringLiteral("--be-the-parent"))) {
        ChildProgramTest test;
        return QTest::qExec(&test, argc, argv);
    }
    ChildProgram child(shell);
    QObject::connect(&child, &ChildProgram::ready, &child, [&child] {
        printf("%lld\n", static_cast<long long>(child.processId()));
        fflush(stdout);
    });
    child.start(script(R"(echo '{"ready":true}'; exec sleep 600)"));
    return QCoreApplication::exec();
}

#include "tst_child_program.moc"
