#include "support/process.h"

#include "support/scratch.h"

#include <QDeadlineTimer>
#include <QJsonDocument>

namespace longcode::tests {

RunningProgram::~RunningProgram() { kill(); }

bool RunningProgram::start(const char *name, const QStringList &arguments, int timeoutMs) {
    m_process = std::make_unique<QProcess>();
    m_process->start(program(name), arguments);
    QDeadlineTimer deadline(timeoutMs);
    QByteArray output;
    while (!output.contains('\n') && !deadline.hasExpired()) {
        if (!m_process->waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            break;
        output += m_process->readAllStandardOutput();
    }
    m_ready = QJsonDocument::fromJson(output.left(output.indexOf('\n'))).object();
    if (m_ready.isEmpty())
        qWarning("%s did not become ready: %s", name, m_process->readAllStandardError().constData());
    return !m_ready.isEmpty();
}

void RunningProgram::kill() {
    if (!m_process || m_process->state() == QProcess::NotRunning)
        return;
    m_process->kill();
    m_process->waitForFinished(5000);
}

} // namespace longcode::tests
