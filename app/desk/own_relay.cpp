#include "desk/own_relay.h"

#include <QCryptographicHash>
#include <QDir>
#include <QHostAddress>
#include <QSaveFile>

namespace longcode::desk {

using namespace std::chrono_literals;

namespace {
/// A relay that ran this long did not fail because of how it was started.
constexpr auto steadyAfter = 60s;
} // namespace

QUrl ownRelayUrl(const QString &address) {
    QUrl url(QStringLiteral("ws://") % address);
    if (url.host() == QLatin1String("0.0.0.0"))
        url.setHost(QStringLiteral("127.0.0.1"));
    else if (url.host() == QLatin1String("::"))
        url.setHost(QStringLiteral("::1"));
    return url;
}

OwnRelay::OwnRelay(OwnRelaySettings settings, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_program(m_settings.program), m_backoff(500ms, 60s) {
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &OwnRelay::start);
    connect(&m_program, &ChildProgram::ready, this, &OwnRelay::onReady);
    connect(&m_program, &ChildProgram::ended, this, [this](const Failure &why) {
        if (m_sinceReady.isValid() && m_sinceReady.hasExpired(std::chrono::milliseconds(steadyAfter).count()))
            m_backoff.reset();
        m_sinceReady.invalidate();
        m_again.start(m_backoff.next());
        Q_EMIT ended(why);
    });
}

QString OwnRelay::tokenFile() const {
    return QDir(m_settings.folder).filePath(QStringLiteral("tokens"));
}

bool OwnRelay::writeTokenFile() const {
    // The file holds the token's hash only; still nobody else needs to read it.
    QSaveFile file(tokenFile());
    if (!QDir().mkpath(m_settings.folder) || !file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(
        "console sha256:" + QCryptographicHash::hash(m_settings.token, QCryptographicHash::Sha256).toHex() +
        " role=admin\n");
    return file.commit();
}

void OwnRelay::start() {
    if (!writeTokenFile()) {
        m_again.start(m_backoff.next());
        Q_EMIT ended({tr("The relay's folder %1 cannot be written.").arg(m_settings.folder),
                      tr("Check that the disk is not full and that the folder belongs to you.")});
        return;
    }
    QStringList arguments{
        QStringLiteral("--listen"),     m_settings.listen,
        QStringLiteral("--public-key"), QString::fromLatin1(m_settings.publicKey),
        QStringLiteral("--token-file"), tokenFile(),
        QStringLiteral("--store"),      QDir(m_settings.folder).filePath(QStringLiteral("relay.sqlite"))};
    if (!m_settings.publicUrl.isEmpty())
        arguments << QStringLiteral("--public-url") << m_settings.publicUrl;
    // What listens beyond this machine stands behind the tunnel or proxy that gives it its public address.
    if (!QHostAddress(ownRelayUrl(m_settings.listen).host()).isLoopback() || listensEverywhere())
        arguments << QStringLiteral("--behind-proxy");
    m_program.start(arguments);
}

bool OwnRelay::listensEverywhere() const {
    const QString host = QUrl(QStringLiteral("ws://") % m_settings.listen).host();
    return host == QLatin1String("0.0.0.0") || host == QLatin1String("::");
}

void OwnRelay::stop() {
    m_again.stop();
    m_program.stop();
}

void OwnRelay::onReady(const QJsonObject &line) {
    m_sinceReady.start();
    // A restarted relay must be found where Telnyx and the console knew it.
    const QString address = line.value(QLatin1String("address")).toString();
    if (m_settings.listen.endsWith(QLatin1String(":0")) && !address.isEmpty()) {
        m_settings.listen = address;
        Q_EMIT portChosen(address);
    }
    Q_EMIT ready({.url = ownRelayUrl(address), .token = m_settings.token});
}

} // namespace longcode::desk
