#include "e2e/world.h"

#include "support/recording_network.h"

#include "desk/account.h"
#include "desk/console.h"
#include "desk/secrets.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QTest>
#include <QUuid>

namespace longcode::tests {

namespace {

const QByteArray apiKey = QByteArrayLiteral("KEY-of-the-end-to-end-tests");

bool writeFile(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// Waits for a future, and gives its result or says why there is none.
template <typename T>
std::optional<T> await(QFuture<Result<T, Failure>> future, QString &why) {
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30000)) {
        why = QStringLiteral("no answer");
        return std::nullopt;
    }
    Result<T, Failure> result = future.result();
    if (!result) {
        why = result.error().what + u' ' + result.error().remedy;
        return std::nullopt;
    }
    return *result;
}

QStringList recordOption() {
    const QString folder = qEnvironmentVariable("LONGCODE_REQUEST_RECORD");
    if (folder.isEmpty())
        return {};
    QDir().mkpath(folder);
    return {QStringLiteral("--record-requests"),
            folder + QStringLiteral("/e2e-%1.jsonl").arg(QUuid::createUuid().toString(QUuid::Id128))};
}

} // namespace

bool World::fail(const QString &why) {
    m_why = why;
    return false;
}

bool World::start(const QString &folder, const QByteArray &publicKey) {
    m_folder = folder;
    if (!m_sandbox.start("longcode-sandbox",
                         QStringList{QStringLiteral("--api-key"), QString::fromLatin1(apiKey),
                                     QStringLiteral("--speed"), QStringLiteral("10")} +
                             recordOption()))
        return fail(QStringLiteral("the sandbox did not start"));
    m_publicKey = publicKey.isEmpty() ? m_sandbox.ready()[QStringLiteral("public_key")].toString().toLatin1()
                                      : publicKey;
    m_token = QUuid::createUuid().toByteArray(QUuid::Id128);
    const QByteArray hash = QCryptographicHash::hash(m_token, QCryptographicHash::Sha256).toHex();
    if (!writeFile(folder + QStringLiteral("/tokens"), "desk sha256:" + hash + '\n'))
        return fail(QStringLiteral("cannot write the token file"));
    m_relayAddress = QStringLiteral("127.0.0.1:0");
    if (!startRelay())
        return false;
    m_relayAddress = m_relay.ready()[QStringLiteral("address")].toString();
    for (const char *profile : {"Sales", "Support"})
        control(QStringLiteral("/profiles/") + QLatin1String(profile),
                {{QStringLiteral("webhook_url"), relayUrl(QStringLiteral("/webhooks/telnyx")).toString()}});
    return true;
}

bool World::startRelay() {
    return m_relay.start("longcode-relay",
                         {QStringLiteral("--listen"), m_relayAddress, QStringLiteral("--public-key"),
                          QString::fromLatin1(m_publicKey), QStringLiteral("--token-file"),
                          m_folder + QStringLiteral("/tokens"), QStringLiteral("--store"),
                          m_folder + QStringLiteral("/relay.sqlite")}) ||
           fail(QStringLiteral("the relay did not start"));
}

QUrl World::relayUrl(const QString &path) const {
    return QUrl(QStringLiteral("http://") + m_relayAddress + path);
}

bool World::makeProfile(const QString &folder) {
    RecordingNetwork network;
    const SystemClock clock;
    const auto secrets = desk::makeKeychain();
    desk::Services services{network, clock, *secrets};
    services.apiBase = QUrl(m_sandbox.ready()[QStringLiteral("url")].toString());
    const auto setup = desk::makeAccountSetup({folder}, services);
    QString why;
    const auto senders = await(setup->checkKey(QString::fromLatin1(apiKey)), why);
    if (!senders || senders->isEmpty())
        return fail(QStringLiteral("checking the key: ") + why);
    desk::AccountDraft draft;
    draft.name = QStringLiteral("End to end");
    draft.apiKey = QString::fromLatin1(apiKey);
    draft.relay =
        desk::RelayElsewhere{QUrl(QStringLiteral("ws://") + m_relayAddress), QString::fromLatin1(m_token)};
    draft.sender = phone::fromWire(QStringLiteral("+14155550100"));
    if (!await(setup->checkRelay(draft.relay), why))
        return fail(QStringLiteral("checking the relay: ") + why);
    return await(setup->save(draft), why) ? true : fail(QStringLiteral("saving: ") + why);
}

QJsonObject World::control(const QString &path, const QJsonObject &body) {
    static QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_sandbox.ready()[QStringLiteral("control")].toString() + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(
        body.isEmpty() ? network.get(request)
                       : network.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact)));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20000))
        qWarning("control %s: no answer", qPrintable(path));
    if (reply->error() != QNetworkReply::NoError)
        qWarning("control %s: %s", qPrintable(path), qPrintable(reply->errorString()));
    return QJsonDocument::fromJson(reply->readAll()).object();
}

QStringList World::textsSent() {
    QStringList texts;
    const QJsonArray requests =
        control(QStringLiteral("/requests?method=POST&path=/messages"))[QStringLiteral("requests")].toArray();
    for (const QJsonValue &request : requests) {
        const QByteArray body = request[QStringLiteral("body")].toString().toUtf8();
        texts.append(QJsonDocument::fromJson(body)[QStringLiteral("text")].toString());
    }
    return texts;
}

} // namespace longcode::tests
