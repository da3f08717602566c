#include "bench/relay_limits.h"

#include "bench/bench.h"
#include "bench/relay_load.h"
#include "httpd/httpd.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

#include <csignal>
#include <sodium.h>
#include <sys/wait.h>
#include <unistd.h>

namespace longcode::bench {

namespace {

double verificationsPerSecond() {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> publicKey{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secretKey{};
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_keypair(publicKey.data(), secretKey.data());
    const QByteArray message = "1772735400|" + webhook(1);
    const auto *bytes = reinterpret_cast<const unsigned char *>(message.constData());
    const auto size = static_cast<unsigned long long>(message.size());
    crypto_sign_detached(signature.data(), nullptr, bytes, size, secretKey.data());
    const double nanoseconds = nanosecondsPerCall(
        [&] { keep(crypto_sign_verify_detached(signature.data(), bytes, size, publicKey.data())); });
    return 1e9 / nanoseconds;
}

/// The server in a process of its own, so that it has a core like the relay has.
class BareServer {
public:
    BareServer() {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0)
            return;
        m_process = ::fork();
        if (m_process == 0)
            serve(ends[1]);
        ::close(ends[1]);
        if (::read(ends[0], &m_port, sizeof m_port) != sizeof m_port)
            m_port = 0;
        ::close(ends[0]);
    }
    ~BareServer() {
        if (m_process > 0) {
            ::kill(m_process, SIGKILL);
            ::waitpid(m_process, nullptr, 0);
        }
    }
    BareServer(const BareServer &) = delete;
    BareServer &operator=(const BareServer &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    [[noreturn]] static void serve(int report) {
        const auto server = httpd::Server::start(
            "127.0.0.1", 0, {}, {.request = [](const httpd::Request &, const httpd::Responder &respond) {
                respond({.status = 200});
            }});
        const quint16 port = server ? (*server)->port() : quint16(0);
        const bool told = ::write(report, &port, sizeof port) == sizeof port;
        while (told && port != 0)
            ::pause();
        ::_exit(0);
    }

    pid_t m_process = -1;
    quint16 m_port = 0;
};

double bareHttpPerSecond(const QList<QByteArray> &requests) {
    const BareServer server;
    if (server.port() == 0)
        return 0;
    const LoadResult result = loadWhileServing(server.port(), {.connections = relayConnections}, requests);
    return double(result.answered200) / result.seconds;
}

double durableRowsPerSecond(const QString &path) {
    constexpr int transactions = 200;
    constexpr int rows = 64;
    const QString name = QStringLiteral("limit");
    double perSecond = 0;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(path);
        database.open();
        QSqlQuery query(database);
        for (const char *sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                "CREATE TABLE event (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body BLOB)"})
            query.exec(QString::fromLatin1(sql));
        query.prepare(QStringLiteral("INSERT INTO event (id, body) VALUES (?, ?)"));
        const auto begun = SteadyClock::now();
        for (int i = 0; i < transactions; ++i) {
            database.transaction();
            for (int row = 0; row < rows; ++row) {
                query.bindValue(0, QStringLiteral("00000000-0000-4000-8000-%1")
                                       .arg(i * rows + row, 12, 10, QLatin1Char('0')));
                query.bindValue(1, webhook(row));
                query.exec();
            }
            query.finish();
            database.commit();
        }
        perSecond = transactions * rows / std::chrono::duration<double>(SteadyClock::now() - begun).count();
        query.clear();
        database.close();
    }
    QSqlDatabase::removeDatabase(name);
    return perSecond;
}

double syncMicroseconds(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return 0;
    constexpr int writes = 200;
    const auto begun = SteadyClock::now();
    for (int i = 0; i < writes; ++i) {
        file.write(QByteArray(4096, 'x'));
        file.flush();
        ::fsync(file.handle());
    }
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - begun).count() / writes;
}

} // namespace

double MachineLimits::least() const {
    return std::min({verificationsPerSecond, bareHttpPerSecond, durableRowsPerSecond});
}

MachineLimits measureLimits(tests::RelayFixture &relay, const QList<QByteArray> &requests) {
    MachineLimits limits;
    limits.syncMicroseconds = syncMicroseconds(relay.scratch().path(QStringLiteral("sync")));
    limits.verificationsPerSecond = verificationsPerSecond();
    limits.bareHttpPerSecond = bareHttpPerSecond(requests);
    limits.durableRowsPerSecond = durableRowsPerSecond(relay.scratch().path(QStringLiteral("limit.sqlite")));
    return limits;
}

} // namespace longcode::bench
