#pragma once

#include "base/failure.h"

#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

namespace longcode::desk {

/// Where a program of this installation is: `programs` is the folder of the executables.
[[nodiscard]] QString programPath(const QString &programs, const QString &name);

/// One helper process of the console (relay or sandbox). Lives on the main thread and owns the process.
///
/// The process ends with this object. On Linux it also ends when the console is killed: the kernel sends it
/// SIGKILL as soon as the thread that started it is gone (PR_SET_PDEATHSIG), so start() belongs on the main
/// thread. Other systems have no such promise; there a killed console leaves its helpers behind on loopback.
class ChildProgram : public QObject {
    Q_OBJECT
public:
    /// `program`: path of the executable.
    explicit ChildProgram(QString program, QObject *parent = nullptr);
    ~ChildProgram() override;

    /// Starts it. Either ready() or ended() follows. A running one is stopped first.
    void start(const QStringList &arguments);
    /// Ends it and waits, a second at most before it is killed. No signal follows.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    /// Its one JSON line on stdout.
    void ready(const QJsonObject &line);
    /// It could not be started, said nothing in time, or ended by itself.
    void ended(const longcode::Failure &why);

private:
    void readOutput();
    void readErrors();
    void giveUp(const QString &what);
    [[nodiscard]] QString name() const;

    QString m_program;
    QProcess m_process;
    QTimer m_readyLimit;
    QByteArray m_output, m_errors;
    bool m_wasReady = false;
    bool m_stopping = false;
};

} // namespace longcode::desk
