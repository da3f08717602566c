#include "desk/child_program.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QStandardPaths>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>
#endif

namespace longcode::desk {

using namespace std::chrono_literals;

namespace {

constexpr auto readyLimit = 20s;
constexpr int stopLimitMs = 1000;
/// How much of what it said on stderr is kept for the failure's sentence.
constexpr qsizetype errorTail = 1000;
constexpr qsizetype longestReadyLine = 64 * 1024;

void dieWithParent(QProcess &process) {
#ifdef Q_OS_LINUX
    const pid_t parent = getpid();
    process.setChildProcessModifier([parent] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        // The parent may have died before the line above.
        if (getppid() != parent)
            _exit(1);
    });
#else
    Q_UNUSED(process)
#endif
}

} // namespace

QString programPath(const QString &programs, const QString &name) {
    // Knows the platform's suffix. When there is none, the path still tells what is missing.
    const QString found = QStandardPaths::findExecutable(name, {programs});
    return found.isEmpty() ? QDir(programs).filePath(name) : found;
}

ChildProgram::ChildProgram(QString program, QObject *parent)
    : QObject(parent), m_program(std::move(program)) {
    dieWithParent(m_process);
    m_readyLimit.setSingleShot(true);
    connect(&m_readyLimit, &QTimer::timeout, this,
            [this] { giveUp(tr("%1 did not become ready.").arg(name())); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ChildProgram::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, &ChildProgram::readErrors);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            giveUp(tr("%1 could not be started: %2.").arg(name(), m_process.errorString()));
    });
    connect(&m_process, &QProcess::finished, this, [this](int exitCode) {
        readErrors();
        giveUp(tr("%1 ended by itself (exit code %2).").arg(name()).arg(exitCode));
    });
}

ChildProgram::~ChildProgram() {
    stop();
}

void ChildProgram::start(const QStringList &arguments) {
    stop();
    m_output.clear();
    m_errors.clear();
    m_wasReady = m_stopping = false;
    m_readyLimit.start(readyLimit);
    m_process.start(m_program, arguments);
}

void ChildProgram::stop() {
    m_stopping = true;
    m_readyLimit.stop();
    if (!isRunning())
        return;
    m_process.terminate();
    if (m_process.waitForFinished(stopLimitMs))
        return;
    m_process.kill();
    m_process.waitForFinished(stopLimitMs);
}

void ChildProgram::readOutput() {
    const QByteArray more = m_process.readAllStandardOutput();
    if (m_wasReady || m_stopping)
        return;
    m_output += more;
    const qsizetype end = m_output.indexOf('\n');
    if (end < 0 && m_output.size() < longestReadyLine)
        return;
    const QJsonObject line = QJsonDocument::fromJson(m_output.left(end)).object();
    if (!line.value(QLatin1String("ready")).toBool()) {
        giveUp(tr("%1 said something unexpected when it started.").arg(name()));
        return;
    }
    m_wasReady = true;
    m_readyLimit.stop();
    Q_EMIT ready(line);
}

void ChildProgram::readErrors() {
    m_errors = QByteArray(m_errors + m_process.readAllStandardError()).right(errorTail);
}

void ChildProgram::giveUp(const QString &what) {
    if (m_stopping)
        return;
    const QString said = QString::fromUtf8(m_errors).trimmed();
    stop();
    Q_EMIT ended({what, said.isEmpty() ? tr("Check that the installation is complete: %1").arg(m_program)
                                       : tr("It said: %1").arg(said)});
}

QString ChildProgram::name() const {
    return QFileInfo(m_program).completeBaseName();
}

} // namespace longcode::desk
