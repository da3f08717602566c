#include "support/test_postgres.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>

#include <csignal>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace longcode::tests {

namespace {

/// Where distributions put initdb and postgres; they are not on PATH.
QString serverPrograms() {
    QStringList folders;
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList found =
        versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const QString &version : found)
        folders.append(versions.filePath(version + QStringLiteral("/bin")));
    folders << QStringLiteral("/usr/bin") << QStringLiteral("/usr/local/bin")
            << QStringLiteral("/opt/homebrew/bin");
    for (const QString &folder : qAsConst(folders)) {
        if (QFile::exists(folder + QStringLiteral("/initdb")))
            return folder;
    }
    return {};
}

/// setpriv's arguments: a PostgreSQL server does not run as root.
QStringList asPostgres(const QString &program, const QStringList &arguments,
                       const QStringList &further = {}) {
    return QStringList{QStringLiteral("--reuid=postgres"), QStringLiteral("--regid=postgres"),
                       QStringLiteral("--clear-groups")} +
           further + QStringList{program} + arguments;
}

int freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost, 0);
    return server.serverPort();
}

} // namespace

TestPostgres::TestPostgres(Disk disk) : m_disk(disk) {}

TestPostgres::~TestPostgres() {
    if (m_server)
        end(SIGQUIT);
}

bool TestPostgres::run(const QString &program, const QStringList &arguments, QByteArray *output) {
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    if (!output)
        process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(m_folder->filePath(QStringLiteral("errors")));
    if (::geteuid() == 0) {
        process.start(QStringLiteral("setpriv"), asPostgres(program, arguments));
    } else {
        process.start(program, arguments);
    }
    const bool good = process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit &&
                      process.exitCode() == 0;
    if (output)
        *output = process.readAllStandardOutput();
    if (good)
        return true;
    QFile errors(m_folder->filePath(QStringLiteral("errors")));
    m_error = program + QStringLiteral(" failed: ");
    if (errors.open(QIODevice::ReadOnly))
        m_error += QString::fromUtf8(errors.readAll().right(500));
    return false;
}

bool TestPostgres::makeCluster() {
    m_programs = serverPrograms();
    if (m_programs.isEmpty()) {
        m_error = QStringLiteral("PostgreSQL's server is not installed (Debian: postgresql-15). "
                                 "packaging/dependencies/install --tests installs it.");
        return false;
    }
    m_folder = std::make_unique<QTemporaryDir>();
    if (::geteuid() == 0) {
        QProcess chown;
        chown.start(QStringLiteral("chown"), {QStringLiteral("postgres:postgres"), m_folder->path()});
        if (!chown.waitForFinished() || chown.exitCode() != 0) {
            m_error = QStringLiteral("There is no user postgres to run the server as.");
            return false;
        }
    }
    m_port = freePort();
    return run(m_programs + QStringLiteral("/initdb"),
               {QStringLiteral("-D"), data(), QStringLiteral("-U"), QStringLiteral("longcode"),
                QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-E"), QStringLiteral("UTF8"),
                QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--no-sync")});
}

bool TestPostgres::start() {
    if (!m_folder && !makeCluster())
        return false;
    // After a kill -9 the last of the old processes may still be on its way out.
    QDeadlineTimer deadline(60000);
    while (!deadline.hasExpired()) {
        if (!m_server || m_server->state() == QProcess::NotRunning) {
            if (!launch())
                return false;
        }
        if (run(m_programs + QStringLiteral("/pg_isready"),
                {QStringLiteral("-q"), QStringLiteral("-h"), host(), QStringLiteral("-p"),
                 QString::number(m_port)}))
            return true;
        m_server->waitForFinished(50);
    }
    m_error = QStringLiteral("PostgreSQL did not become ready within a minute.");
    return false;
}

bool TestPostgres::launch() {
    QStringList arguments{QStringLiteral("-D"), data(),
                          QStringLiteral("-c"), QStringLiteral("listen_addresses=127.0.0.1"),
                          QStringLiteral("-p"), QString::number(m_port),
                          QStringLiteral("-k"), m_folder->path(),
                          QStringLiteral("-c"), QStringLiteral("shared_buffers=64MB")};
    if (m_disk == Disk::Quick)
        arguments << QStringLiteral("-c") << QStringLiteral("fsync=off");
    QString program = m_programs + QStringLiteral("/postgres");
    if (::geteuid() == 0) {
        arguments = asPostgres(program, arguments, {QStringLiteral("--pdeathsig"), QStringLiteral("QUIT")});
        program = QStringLiteral("setpriv");
    }
    m_server = std::make_unique<QProcess>();
    m_server->setWorkingDirectory(m_folder->path());
    m_server->setStandardOutputFile(QProcess::nullDevice());
    m_server->setStandardErrorFile(m_folder->filePath(QStringLiteral("log")), QIODevice::Append);
#ifdef Q_OS_LINUX
    if (::geteuid() != 0)
        m_server->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGQUIT); });
#endif
    m_server->start(program, arguments);
    if (m_server->waitForStarted())
        return true;
    m_error = QStringLiteral("PostgreSQL could not be started: ") + m_server->errorString();
    return false;
}

bool TestPostgres::end(int signal) {
    const bool good = m_server && ::kill(static_cast<pid_t>(m_server->processId()), signal) == 0 &&
                      m_server->waitForFinished(30000);
    if (!good)
        m_error = QStringLiteral("PostgreSQL did not end.");
    m_server.reset();
    return good;
}

bool TestPostgres::stop() {
    return end(SIGINT);
}

bool TestPostgres::kill() {
    return end(SIGKILL);
}

bool TestPostgres::createDatabase(const QString &name) {
    return run(m_programs + QStringLiteral("/createdb"),
               {QStringLiteral("-h"), host(), QStringLiteral("-p"), QString::number(m_port),
                QStringLiteral("-U"), QStringLiteral("longcode"), name});
}

QString TestPostgres::url(const QString &database) const {
    return QStringLiteral("postgresql://longcode@%1:%2/%3").arg(host()).arg(m_port).arg(database);
}

QString TestPostgres::value(const QString &database, const QString &sql) {
    QByteArray output;
    if (!run(m_programs + QStringLiteral("/psql"),
             {QStringLiteral("-X"), QStringLiteral("-q"), QStringLiteral("-A"), QStringLiteral("-t"),
              QStringLiteral("-v"), QStringLiteral("ON_ERROR_STOP=1"), QStringLiteral("-c"), sql,
              url(database)},
             &output))
        return {};
    return QString::fromUtf8(output).trimmed();
}

} // namespace longcode::tests
