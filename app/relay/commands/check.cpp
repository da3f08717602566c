#include "relay/commands/check.h"

#include "relay/commands/command.h"
#include "relay/consoles/access_tokens.h"
#include "relay/log/log_connection.h"
#include "relay/log/store_address.h"

#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslKey>

namespace longcode::relay {

namespace {

/// How soon a certificate that runs out is worth a word.
constexpr qint64 soonDays = 14;

QString place(const ListenAddress &address) {
    return (address.host.contains(QLatin1Char(':'))
                ? QString(QLatin1Char('[') % address.host % QLatin1Char(']'))
                : address.host) %
           QLatin1Char(':') % QString::number(address.port);
}

int checkTokens(const RelaySettings &settings) {
    const auto tokens = AccessTokens::readFile(settings.tokenFile);
    if (!tokens)
        return refuse(1, tokens.error());
    QStringList people;
    int failure = 0;
    for (const TokenGrant &grant : tokens->grants()) {
        people.append(QStringLiteral("%1 (%2)").arg(grant.name, protocol::roleName(grant.role)));
        const bool known =
            grant.account.isEmpty() ||
            std::any_of(settings.accounts.begin(), settings.accounts.end(),
                        [&grant](const ReceiverAccount &one) { return one.name == grant.account; });
        if (!known)
            failure =
                refuse(1, QStringLiteral("The token of “%1” is for account “%2”, of which no key is given.")
                              .arg(grant.name, grant.account));
    }
    say(QStringLiteral("tokens: %1: %2").arg(settings.tokenFile, people.join(QStringLiteral(", "))));
    return failure;
}

/// The folder in which it would be made, or the next one up that exists.
QFileInfo existingFolder(const QString &path) {
    QFileInfo folder(QFileInfo(path).absolutePath());
    while (!folder.exists() && !folder.isRoot())
        folder = QFileInfo(folder.absolutePath());
    return folder;
}

int checkStore(const StoreAddress &address) {
    const QString beginning = QStringLiteral("The store %1 cannot be used: ").arg(address.redacted());
    const bool isFile = address.kind() == StoreAddress::Kind::SqliteFile;
    if (isFile && !QFile::exists(address.path())) {
        const QFileInfo folder = existingFolder(address.path());
        if (!folder.isDir() || !folder.isWritable())
            return refuse(1, beginning % QStringLiteral("%1 cannot be written.").arg(folder.filePath()));
        say(QStringLiteral("store: %1 is not there yet and will be made").arg(address.redacted()));
        return 0;
    }
    if (isFile && !QFileInfo(address.path()).isWritable())
        return refuse(1, beginning % QStringLiteral("it cannot be written."));
    auto connection = LogConnection::open(address);
    if (!connection)
        return refuse(1, beginning % connection.error() % QLatin1Char('.'));
    LogConnection &store = **connection;
    const QVariant id = store.value(QStringLiteral("SELECT id FROM log"));
    if (!id.isValid() && isFile &&
        store.value(QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt() > 0)
        return refuse(1, beginning % QStringLiteral("it is another program's database."));
    if (!id.isValid()) {
        say(QStringLiteral("store: %1 can be reached; the log will be set up in it").arg(address.redacted()));
        return 0;
    }
    const qint64 head = store.value(QStringLiteral("SELECT coalesce(max(seq), 0) FROM event")).toLongLong();
    const QString version =
        isFile
            ? QStringLiteral(", version %1").arg(store.value(QStringLiteral("PRAGMA user_version")).toInt())
            : QString();
    say(QStringLiteral("store: %1, log %2%3, newest entry %4")
            .arg(address.redacted(), id.toString(), version)
            .arg(head));
    return 0;
}

int checkTls(const RelaySettings &settings) {
    if (settings.tlsCertificate.isEmpty())
        return 0;
    QFile certificateFile(settings.tlsCertificate);
    QFile keyFile(settings.tlsKey);
    for (QFile *file : {&certificateFile, &keyFile}) {
        if (!file->open(QIODevice::ReadOnly))
            return refuse(
                1, QStringLiteral("%1 cannot be read: %2.").arg(file->fileName(), file->errorString()));
    }
    const QList<QSslCertificate> chain = QSslCertificate::fromDevice(&certificateFile);
    if (chain.isEmpty())
        return refuse(1, QStringLiteral("%1 holds no certificate in PEM.").arg(settings.tlsCertificate));
    const QByteArray keyText = keyFile.readAll();
    const bool isKey = !QSslKey(keyText, QSsl::Ec).isNull() || !QSslKey(keyText, QSsl::Rsa).isNull() ||
                       keyText.contains("PRIVATE KEY-----");
    if (!isKey)
        return refuse(1, QStringLiteral("%1 holds no private key in PEM.").arg(settings.tlsKey));
    const QSslCertificate &own = chain.first();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (own.expiryDate() < now)
        return refuse(1, QStringLiteral("The certificate in %1 ran out on %2.")
                             .arg(settings.tlsCertificate, own.expiryDate().toUTC().toString(Qt::ISODate)));
    say(QStringLiteral("tls: %1 for %2, good until %3%4")
            .arg(settings.tlsCertificate, own.subjectInfo(QSslCertificate::CommonName).join(QLatin1Char(' ')),
                 own.expiryDate().toUTC().toString(Qt::ISODate),
                 now.daysTo(own.expiryDate()) < soonDays ? QStringLiteral(": renew it soon") : QString()));
    return 0;
}

void sayRest(const RelaySettings &settings) {
    for (const ForwardTarget &forward : settings.forwards)
        // The path may hold a secret.
        say(QStringLiteral("forward: %1 to %2")
                .arg(forward.name,
                     forward.url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo)));
    const auto days = [](std::chrono::hours hours) { return qint64(hours.count() / 24); };
    const bool forEver = settings.retention.age.count() == 0 && settings.retention.bytes == 0;
    say(forEver ? QStringLiteral("retention: everything is kept")
                : QStringLiteral("retention: %1 days, %2 MB, unread entries for up to %3 days (0: no limit)")
                      .arg(days(settings.retention.age))
                      .arg(settings.retention.bytes / 1'000'000)
                      .arg(days(settings.retention.unreadAge)));
    if (!settings.publicUrl.startsWith(QStringLiteral("https://")))
        say(QStringLiteral("note: without an https --public-url Telnyx cannot be told where this relay is"));
}

} // namespace

int runCheck(const RelaySettings &settings) {
    say(QStringLiteral("listen: %1%2")
            .arg(place(settings.listen),
                 settings.tlsCertificate.isEmpty()
                     ? settings.behindProxy ? QStringLiteral(", a proxy does TLS") : QString()
                     : QStringLiteral(", TLS")));
    if (settings.metricsListen)
        say(QStringLiteral("metrics: %1").arg(place(*settings.metricsListen)));
    for (const ReceiverAccount &account : settings.accounts)
        say(QStringLiteral("account: %1, %2 key(s)")
                .arg(account.name.isEmpty() ? QStringLiteral("(unnamed)") : account.name)
                .arg(account.keys.size()));
    int result = checkTokens(settings);
    const auto address = StoreAddress::parse(settings.store);
    for (const int failure :
         {address ? checkStore(*address) : refuse(1, address.error()), checkTls(settings)})
        result = failure != 0 ? failure : result;
    sayRest(settings);
    if (result == 0)
        say(QStringLiteral("Everything is in order."));
    return result;
}

} // namespace longcode::relay
