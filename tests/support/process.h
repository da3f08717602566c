#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace longcode::tests {

/// One of the project's programs, started for a test. Killed when it goes out of scope.
class RunningProgram {
public:
    RunningProgram() = default;
    ~RunningProgram();
    RunningProgram(RunningProgram &&) noexcept = default;
    RunningProgram &operator=(RunningProgram &&) noexcept = default;

    /// Starts build/bin/NAME and waits for its one JSON line on stdout. Null object: it did not become ready.
    bool start(const char *name, const QStringList &arguments, int timeoutMs = 20000);
    [[nodiscard]] const QJsonObject &ready() const { return m_ready; }
    [[nodiscard]] QProcess &process() { return *m_process; }
    [[nodiscard]] QByteArray standardError() { return m_process->readAllStandardError(); }
    /// kill -9 and wait.
    void kill();

private:
    std::unique_ptr<QProcess> m_process;
    QJsonObject m_ready;
};

} // namespace longcode::tests
