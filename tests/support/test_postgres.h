#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace longcode::tests {

/// A PostgreSQL server of a test's own, in a folder that goes with it: a socket, a free port on loopback,
/// everybody trusted. Runs as the user postgres when the test runs as root. A server lives as long as its
/// object.
class TestPostgres {
public:
    enum class Disk : quint8 {
        Quick, ///< commits do not wait for the disk: no test here cuts the machine's power
        Real   ///< as in earnest, for measuring
    };
    explicit TestPostgres(Disk disk = Disk::Quick);
    ~TestPostgres();
    TestPostgres(const TestPostgres &) = delete;
    TestPostgres &operator=(const TestPostgres &) = delete;

    /// Makes the database cluster, if there is none yet, and starts the server. False: error() says why.
    bool start();
    /// Ends all connections and shuts down properly. Data and port stay.
    bool stop();
    bool restart() { return stop() && start(); }
    /// kill -9: it comes back through recovery.
    bool kill();
    /// Makes an empty database of that name.
    bool createDatabase(const QString &name);

    /// postgresql:// address of that database.
    [[nodiscard]] QString url(const QString &database = QStringLiteral("postgres")) const;
    [[nodiscard]] QString host() const { return QStringLiteral("127.0.0.1"); }
    [[nodiscard]] int port() const { return m_port; }
    /// One statement by another program (psql); its output without frills, or nothing.
    [[nodiscard]] QString value(const QString &database, const QString &sql);
    [[nodiscard]] const QString &error() const { return m_error; }

private:
    bool makeCluster();
    bool launch();
    bool end(int signal);
    bool run(const QString &program, const QStringList &arguments, QByteArray *output = nullptr);
    [[nodiscard]] QString data() const { return m_folder->filePath(QStringLiteral("data")); }

    const Disk m_disk;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_programs; ///< folder of the server's programs
    int m_port = 0;
    std::unique_ptr<QProcess> m_server;
    QString m_error;
};

} // namespace longcode::tests
