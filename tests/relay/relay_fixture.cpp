#include "relay/relay_fixture.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QUrl>

#include <sodium.h>

namespace longcode::tests {

Signer::Signer() {
    if (sodium_init() < 0 || crypto_sign_keypair(m_public.data(), m_secret.data()) != 0)
        qFatal("libsodium does not work");
}

QByteArray Signer::publicKey() const {
    return QByteArray(reinterpret_cast<const char *>(m_public.data()), qsizetype(m_public.size())).toBase64();
}

QByteArray Signer::sign(const QByteArray &timestamp, const QByteArray &body) const {
    const QByteArray message = timestamp + '|' + body;
    QByteArray signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char *>(message.constData()),
                         static_cast<unsigned long long>(message.size()), m_secret.data());
    return signature.toBase64();
}

QByteArray eventBody(const QByteArray &id) {
    return "{\"data\":{\"event_type\":\"message.received\",\"id\":\"" + id +
           "\",\"payload\":{\"text\":\"h\xC3\xA9llo\"}},\"meta\":{\"attempt\":1}}";
}

QString RelayFixture::tokenPath() const {
    return m_scratch.path(QStringLiteral("tokens"));
}

bool RelayFixture::writeTokens() const {
    QFile tokens(tokenPath());
    if (!tokens.open(QIODevice::WriteOnly))
        return false;
    return tokens.write("# who may connect\ndesk sha256:" +
                        QCryptographicHash::hash(QByteArrayView(token), QCryptographicHash::Sha256).toHex() +
                        "\n") > 0;
}

QStringList RelayFixture::arguments() const {
    // A restarted relay is found where it was.
    return {QStringLiteral("--listen"),         QStringLiteral("127.0.0.1:%1").arg(m_port),
            QStringLiteral("--metrics-listen"), QStringLiteral("127.0.0.1:%1").arg(m_figuresPort),
            QStringLiteral("--public-key"),     QString::fromLatin1(m_signer.publicKey()),
            QStringLiteral("--token-file"),     tokenPath(),
            QStringLiteral("--store"),          storePath()};
}

bool RelayFixture::start(const QStringList &more) {
    if (!writeTokens())
        return false;
    const bool started = m_program.start("longcode-relay", arguments() + more);
    const auto port = [this](const char *name) {
        return static_cast<quint16>(QUrl(m_program.ready().value(QLatin1String(name)).toString()).port(0));
    };
    m_port = port("url");
    m_figuresPort = port("metrics");
    return started && m_port > 0;
}

int RelayFixture::terminate() {
    m_program.process().terminate();
    return m_program.process().waitForFinished(20000) &&
                   m_program.process().exitStatus() == QProcess::NormalExit
               ? m_program.process().exitCode()
               : -1;
}

QUrl RelayFixture::consoleUrl() const {
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/console").arg(m_port));
}

QByteArray RelayFixture::bytes(const Post &post) const {
    const QByteArray timestamp =
        post.timestamp.isEmpty() ? QByteArray::number(QDateTime::currentSecsSinceEpoch()) : post.timestamp;
    const QByteArray signature =
        post.signature.isEmpty() ? m_signer.sign(timestamp, post.body) : post.signature;
    return "POST " + post.path + " HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n" +
           "telnyx-signature-ed25519: " + signature + "\r\ntelnyx-timestamp: " + timestamp +
           "\r\nContent-Length: " + QByteArray::number(post.body.size()) + "\r\n\r\n" + post.body;
}

int RelayFixture::post(const Post &post) const {
    RawClient client(m_port);
    client.send(bytes(post));
    return client.answer().status;
}

RawAnswer RelayFixture::get(const QByteArray &path) const {
    RawClient client(m_port);
    client.send("GET " + path + " HTTP/1.1\r\nHost: relay\r\n\r\n");
    return client.answer();
}

RawAnswer RelayFixture::getFigures(const QByteArray &path) const {
    RawClient client(m_figuresPort);
    client.send("GET " + path + " HTTP/1.1\r\nHost: relay\r\n\r\n");
    return client.answer();
}

QJsonObject RelayFixture::health() const {
    return QJsonDocument::fromJson(getFigures(QByteArrayLiteral("/healthz")).body).object();
}

std::optional<double> RelayFixture::metric(const QByteArray &name) const {
    for (const QByteArray &line : getFigures(QByteArrayLiteral("/metrics")).body.split('\n')) {
        if (line.startsWith(QByteArray(name + ' ')))
            return line.mid(name.size() + 1).toDouble();
    }
    return std::nullopt;
}

CommandResult runRelayCommand(const QStringList &arguments) {
    QProcess process;
    process.start(program("longcode-relay"), arguments);
    if (!process.waitForFinished(30000) || process.exitStatus() != QProcess::NormalExit)
        return {.exitCode = -1, .output = {}, .error = process.readAllStandardError()};
    return {.exitCode = process.exitCode(),
            .output = process.readAllStandardOutput(),
            .error = process.readAllStandardError()};
}

} // namespace longcode::tests
