#include "support/test_postgres.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>

#include <unistd.h>

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

int freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost, 0);
    return server.serverPort();
}

} // namespace

TestPostgres::~TestPostgres() {
    if (m_isRunning)
        kill();
}

bool TestPostgres::run(const QString &program, const QStringList &arguments, QByteArray *output) {
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    // The server inherits these; a pipe that stays open would keep waitForFinished waiting.
    if (!output)
        process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(m_folder->filePath(QStringLiteral("errors")));
    if (::geteuid() == 0) {
        // A PostgreSQL server does not run as root.
        const QStringList asPostgres{QStringLiteral("--reuid=postgres"), QStringLiteral("--regid=postgres"),
                                     QStringLiteral("--clear-groups"), program};
        process.start(QStringLiteral("setpriv"), asPostgres + arguments);
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
    QString options = QStringLiteral("-c listen_addresses=127.0.0.1 -p %1 -k '%2' -c shared_buffers=64MB")
                          .arg(m_port)
                          .arg(m_folder->path());
    if (m_disk == Disk::Quick)
        options += QStringLiteral(" -c fsync=off");
    m_isRunning = run(m_programs + QStringLiteral("/pg_ctl"),
                      {QStringLiteral("-D"), data(), QStringLiteral("-w"), QStringLiteral("-l"),
                       m_folder->filePath(QStringLiteral("log")), QStringLiteral("-o"), options,
                       QStringLiteral("start")});
    return m_isRunning;
}

bool TestPostgres::stop() {
    m_isRunning = false;
    return run(m_programs + QStringLiteral("/pg_ctl"),
               {QStringLiteral("-D"), data(), QStringLiteral("-w"), QStringLiteral("-m"),
                QStringLiteral("fast"), QStringLiteral("stop")});
}

bool TestPostgres::kill() {
    m_isRunning = false;
    return run(m_programs + QStringLiteral("/pg_ctl"),
               {QStringLiteral("-D"), data(), QStringLiteral("-w"), QStringLiteral("-m"),
                QStringLiteral("immediate"), QStringLiteral("stop")});
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
