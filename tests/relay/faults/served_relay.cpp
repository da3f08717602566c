#include "relay/faults/served_relay.h"

#include <QCryptographicHash>
#include <QFile>

namespace longcode::tests {

ServedRelay::ServedRelay(const Signer &signer, QString store, QString tokenFile)
    : m_signer(signer), m_store(std::move(store)), m_tokenFile(std::move(tokenFile)) {}

bool ServedRelay::start() {
    const bool started = m_program.start(
        "longcode-relay", {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port),
                           QStringLiteral("--public-key"), QString::fromLatin1(m_signer.publicKey()),
                           QStringLiteral("--token-file"), m_tokenFile, QStringLiteral("--store"), m_store,
                           QStringLiteral("--log-level"), QStringLiteral("error")});
    m_port = static_cast<quint16>(QUrl(m_program.ready().value(QLatin1String("url")).toString()).port(0));
    return started && m_port > 0;
}

int ServedRelay::terminate() {
    m_program.process().terminate();
    return m_program.process().waitForFinished(20'000) &&
                   m_program.process().exitStatus() == QProcess::NormalExit
               ? m_program.process().exitCode()
               : -1;
}

QUrl ServedRelay::consoleUrl() const {
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/console").arg(m_port));
}

bool writeTokens(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) &&
           file.write(
               "desk sha256:" +
               QCryptographicHash::hash(QByteArrayView(RelayFixture::token), QCryptographicHash::Sha256)
                   .toHex() +
               "\n") > 0;
}

} // namespace longcode::tests
