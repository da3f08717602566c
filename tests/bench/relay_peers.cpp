#include "bench/relay_peers.h"

#include "bench/process_figures.h"
#include "bench/relay_load.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QWebSocket>

namespace longcode::bench {

namespace {

constexpr int installMs = 300'000;

/// Runs it to its end; what it said on stderr when it failed.
std::optional<QString> failureOf(const QString &folder, const QString &program,
                                 const QStringList &arguments) {
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForStarted(10'000))
        return QStringLiteral("%1 is not installed").arg(program);
    if (!process.waitForFinished(installMs) || process.exitCode() != 0) {
        const QString said = QString::fromUtf8(process.readAllStandardError()).trimmed();
        process.kill();
        process.waitForFinished(5'000);
        return QStringLiteral("%1 failed: %2").arg(program, said.right(200));
    }
    return std::nullopt;
}

} // namespace

bool Peers::install() {
    m_folder = qEnvironmentVariable("LONGCODE_BENCH_PEERS", m_scratch.path(QStringLiteral("peers")));
    const QString source = QStringLiteral(LONGCODE_SOURCE_DIR "/tests/bench/peers/");
    QDir().mkpath(m_folder);
    for (const QString &name : {QStringLiteral("package.json"), QStringLiteral("receiver.mjs")}) {
        QFile::remove(m_folder + QLatin1Char('/') + name);
        QFile::copy(source + name, m_folder + QLatin1Char('/') + name);
    }
    if (const auto failure = failureOf(m_folder, QStringLiteral("node"), {QStringLiteral("--version")})) {
        m_problem = *failure;
        return false;
    }
    if (QFile::exists(m_folder + QStringLiteral("/node_modules/express")))
        return true;
    if (const auto failure =
            failureOf(m_folder, QStringLiteral("npm"),
                      {QStringLiteral("install"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund")}))
        m_problem = *failure;
    return m_problem.isEmpty();
}

std::optional<Peers::Measured> Peers::measure(PeerStore store, const tests::RelayFixture &relay,
                                              const QList<QByteArray> &requests) {
    QStringList arguments{QStringLiteral("receiver.mjs"), QString::fromLatin1(relay.signer().publicKey())};
    if (store == PeerStore::Durable)
        arguments.append(m_scratch.path(QStringLiteral("peer%1.sqlite").arg(++m_databases)));
    QProcess process;
    process.setWorkingDirectory(m_folder);
    process.start(QStringLiteral("node"), arguments);
    if (!process.waitForReadyRead(20'000)) {
        m_problem = QStringLiteral("the receiver did not start: ") +
                    QString::fromUtf8(process.readAllStandardError()).trimmed().right(300);
        process.kill();
        process.waitForFinished(5'000);
        return std::nullopt;
    }
    const int port =
        QJsonDocument::fromJson(process.readLine()).object().value(QLatin1String("port")).toInt();
    QWebSocket inbox;
    inbox.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(port)));
    Measured measured;
    if (QTest::qWaitFor([&] { return inbox.state() == QAbstractSocket::ConnectedState; }, 5'000)) {
        measured.load =
            loadWhileServing(static_cast<quint16>(port), {.connections = relayConnections}, requests);
        measured.pssMib = pssMib(process.processId());
    }
    process.kill();
    process.waitForFinished(5'000);
    return measured;
}

} // namespace longcode::bench
