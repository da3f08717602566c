#include "relay/self_test.h"

#include "base/utc.h"
#include "relay/options.h"

#include <QNetworkReply>
#include <QSslError>
#include <QUuid>

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <array>

namespace longcode::relay {

using namespace std::chrono_literals;

namespace {

/// After a 200: the report from the receiver's thread may be a moment behind.
constexpr auto grace = 500ms;

struct SignedTest {
    events::PublicKey key;
    QByteArray signature, timestamp, body;
};

QByteArray testBody(const QByteArray &nonce) {
    const nlohmann::json body{{"data",
                               {{"record_type", "event"},
                                {"event_type", selfTestEvent},
                                {"id", nonce.toStdString()},
                                {"occurred_at", formatUtc(QDateTime::currentDateTimeUtc()).toStdString()},
                                {"payload", nlohmann::json::object()}}}};
    return QByteArray::fromStdString(body.dump());
}

/// Signed as Telnyx signs, with a key of this moment.
std::optional<SignedTest> signedTest(const QByteArray &nonce) {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> publicKey{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secretKey{};
    if (sodium_init() < 0 || crypto_sign_keypair(publicKey.data(), secretKey.data()) != 0)
        return std::nullopt;
    const auto key = events::PublicKey::fromBase64(
        QByteArray(reinterpret_cast<const char *>(publicKey.data()), qsizetype(publicKey.size())).toBase64());
    if (!key)
        return std::nullopt;
    SignedTest test{.key = *key,
                    .signature = {},
                    .timestamp = QByteArray::number(QDateTime::currentSecsSinceEpoch()),
                    .body = testBody(nonce)};
    const QByteArray message = test.timestamp + '|' + test.body;
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr,
                         reinterpret_cast<const unsigned char *>(message.constData()),
                         static_cast<unsigned long long>(message.size()), secretKey.data());
    sodium_memzero(secretKey.data(), secretKey.size());
    test.signature =
        QByteArray(reinterpret_cast<const char *>(signature.data()), qsizetype(signature.size())).toBase64();
    return test;
}

} // namespace

SelfTest::SelfTest(std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent), m_patience(patience) {
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_answered)
            finish(false,
                   QStringLiteral("%1 answered 200, but the event did not arrive here: another relay is "
                                  "behind this address.")
                       .arg(place()));
        else
            finish(false, QStringLiteral("%1 did not answer within %2 seconds. A firewall may be in the way.")
                              .arg(place())
                              .arg(std::chrono::duration_cast<std::chrono::seconds>(m_patience).count()));
    });
}

QString SelfTest::place() const {
    return m_url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo);
}

void SelfTest::selfTest(std::function<void(bool, QString)> done) {
    m_waiting.append(std::move(done));
    if (m_waiting.size() == 1)
        begin();
}

void SelfTest::begin() {
    const QByteArray nonce = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    const auto test = signedTest(nonce);
    if (!test)
        return finish(false, QStringLiteral("The test event could not be signed on this machine."));
    m_nonce = nonce;
    m_answered = false;
    {
        const std::lock_guard lock(m_mutex);
        m_key = test->key;
    }
    QNetworkRequest request(m_url);
    request.setRawHeader("Content-Type", "application/json");
    request.setRawHeader("telnyx-signature-ed25519", test->signature);
    request.setRawHeader("telnyx-timestamp", test->timestamp);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // A connection of its own each time: it is to be seen whether the address works now.
    m_network.clearConnectionCache();
    m_elapsed.start();
    m_deadline.start(m_patience);
    QNetworkReply *reply = m_network.post(request, test->body);
    auto tlsProblem = std::make_shared<QString>();
    connect(reply, &QNetworkReply::sslErrors, reply,
            [tlsProblem](const QList<QSslError> &errors) { *tlsProblem = errors.value(0).errorString(); });
    connect(reply, &QNetworkReply::finished, this, [this, reply, tlsProblem, nonce] {
        reply->deleteLater();
        if (nonce == m_nonce)
            takeAnswer(reply, *tlsProblem);
    });
    connect(&m_deadline, &QTimer::timeout, reply, &QNetworkReply::abort);
}

void SelfTest::takeAnswer(QNetworkReply *reply, const QString &tlsProblem) {
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 200 && status < 300) {
        m_answered = true;
        m_deadline.start(grace);
        return;
    }
    if (status >= 300 && status < 400)
        return finish(
            false, QStringLiteral("%1 redirects (status %2), and Telnyx does not follow. Use the address it "
                                  "leads to.")
                       .arg(place())
                       .arg(status));
    if (status == 403)
        return finish(false,
                      QStringLiteral("Another relay answered at %1 and did not know the test (status 403).")
                          .arg(place()));
    if (status == 502 || status == 503 || status == 504)
        return finish(
            false, QStringLiteral("The proxy or tunnel at %1 answered, but does not reach this relay (status "
                                  "%2).")
                       .arg(place())
                       .arg(status));
    if (status > 0)
        return finish(
            false, QStringLiteral("Another server answered at %1, or the proxy changes the path (status %2).")
                       .arg(place())
                       .arg(status));
    switch (reply->error()) {
    case QNetworkReply::HostNotFoundError:
        return finish(false, QStringLiteral("The name %1 does not resolve.").arg(m_url.host()));
    case QNetworkReply::ConnectionRefusedError:
        return finish(false,
                      QStringLiteral("%1 refused the connection: nothing listens there.").arg(place()));
    case QNetworkReply::SslHandshakeFailedError:
        return finish(false, QStringLiteral("TLS at %1 does not work: %2")
                                 .arg(place(), tlsProblem.isEmpty()
                                                   ? QStringLiteral("the handshake failed; is it plain HTTP?")
                                                   : tlsProblem));
    default:
        return finish(false, QStringLiteral("%1 cannot be reached: %2.").arg(place(), reply->errorString()));
    }
}

std::optional<events::PublicKey> SelfTest::current() {
    const std::lock_guard lock(m_mutex);
    return m_key;
}

void SelfTest::arrived(QByteArray nonce) {
    QMetaObject::invokeMethod(
        this,
        [this, nonce = std::move(nonce)] {
            if (nonce.isEmpty() || nonce != m_nonce)
                return;
            const QString time = QStringLiteral("A test event arrived through %1 in %2 ms")
                                     .arg(place())
                                     .arg(m_elapsed.elapsed());
            finish(true,
                   isLoopback(m_url.host())
                       ? time + QStringLiteral(". But this address is on this machine only: Telnyx cannot "
                                               "reach it.")
                       : time + QStringLiteral("."));
        },
        Qt::QueuedConnection);
}

void SelfTest::finish(bool arrived, const QString &message) {
    m_deadline.stop();
    m_nonce.clear();
    {
        const std::lock_guard lock(m_mutex);
        m_key.reset();
    }
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &done : waiting)
        done(arrived, message);
}

} // namespace longcode::relay
