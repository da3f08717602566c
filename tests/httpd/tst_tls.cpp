#include "httpd/httpd.h"
#include "httpd/raw_client.h"
#include "httpd/test_certificate.h"
#include "support/scratch.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>
#include <QWebSocket>

#include <mutex>

using namespace longcode;
using namespace longcode::httpd;
using tests::RawClient;
using tests::Scratch;

namespace {

constexpr int patience = 20000;

/// A server under TLS, with files of its own.
struct Secure {
    Scratch scratch;
    std::mutex mutex;
    std::vector<std::string> troubles;
    std::vector<int> refused;
    std::unique_ptr<Server> server;

    QString certificate() const { return scratch.path(QStringLiteral("certificate.pem")); }
    QString key() const { return scratch.path(QStringLiteral("key.pem")); }

    bool start(Limits limits = {}, int daysLeft = 30) {
        if (!tests::writeCertificate(certificate(), key(), "first", daysLeft))
            return false;
        Options options;
        options.limits = limits;
        options.tls = {certificate().toStdString(), key().toStdString(), std::chrono::milliseconds(20)};
        auto started = Server::start(
            options, {.request =
                          [](const Request &request, const Responder &respond) {
                              respond({200, (request.secure ? "secure " : "plain ") + request.path + " " +
                                                std::to_string(request.body.size())});
                          },
                      .upgrade = [](const Request &) { return echo(); },
                      .refused =
                          [this](int status) {
                              const std::lock_guard lock(mutex);
                              refused.push_back(status);
                          },
                      .trouble =
                          [this](const std::string &sentence) {
                              const std::lock_guard lock(mutex);
                              troubles.push_back(sentence);
                          }});
        if (started)
            server = std::move(*started);
        return server != nullptr;
    }

    static UpgradeDecision echo() {
        return {.accept = [](std::shared_ptr<Socket> socket) {
            return SocketHandlers{.message = [socket](const std::string &text) { socket->send(text); }};
        }};
    }

    std::size_t troubleCount() {
        const std::lock_guard lock(mutex);
        return troubles.size();
    }
    std::vector<int> counted() {
        const std::lock_guard lock(mutex);
        return refused;
    }
    quint16 port() const { return server->port(); }
};

/// Trusts the certificate that stands in the file now.
QSslConfiguration trusting(const QString &certificate) {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(certificate));
    return configuration;
}

std::unique_ptr<QSslSocket> connected(quint16 port, const QString &certificate) {
    auto socket = std::make_unique<QSslSocket>();
    socket->setSslConfiguration(trusting(certificate));
    socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    socket->waitForEncrypted(patience);
    return socket;
}

QString nameOf(const QSslSocket &socket) {
    return socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0);
}

constexpr char request[] = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

} // namespace

class TlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void answersOverTls();
    void largeBodiesAndManyRequests();
    void webSocketsOverTls();
    void plainHttpIsTold();
    void garbageInPlaceOfAHandshake();
    void slowHandshakeIsCutOff();
    void takesOverANewCertificate();
    void keepsTheOldOneWhenTheNewOneIsBroken();
    void tellsOfAnEndedCertificate();
    void doesNotStart_data();
    void doesNotStart();
    void manyIdleConnections();
};

void TlsTest::answersOverTls() {
    Secure secure;
    QVERIFY(secure.start());
    auto socket = connected(secure.port(), secure.certificate());
    QVERIFY2(socket->isEncrypted(), qPrintable(socket->errorString()));
    QVERIFY(socket->sessionProtocol() >= QSsl::TlsV1_2);
    RawClient client(std::move(socket));
    for (int i = 0; i < 3; ++i) {
        client.send(request);
        QCOMPARE(client.answer().body, QByteArray("secure /a 0"));
    }
    client.send("GET /b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QCOMPARE(client.answer().body, QByteArray("secure /b 0"));
    QVERIFY(client.isClosedWithin(patience));
}

void TlsTest::largeBodiesAndManyRequests() {
    Secure secure;
    QVERIFY(secure.start());
    RawClient client(connected(secure.port(), secure.certificate()));
    QByteArray all;
    for (int i = 0; i < 100; ++i)
        all += "POST /p" + QByteArray::number(i) +
               " HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(i * 9973) + "\r\n\r\n" +
               QByteArray(i * 9973, 'x');
    client.send(all);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(client.answer().body,
                 "secure /p" + QByteArray::number(i) + " " + QByteArray::number(i * 9973));
}

void TlsTest::webSocketsOverTls() {
    Secure secure;
    QVERIFY(secure.start());
    QWebSocket client;
    client.setSslConfiguration(trusting(secure.certificate()));
    QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
    client.open(QUrl(QStringLiteral("wss://127.0.0.1:%1/console").arg(secure.port())));
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::ConnectedState, patience);
    const QString large(1'000'000, u'é');
    client.sendTextMessage(QStringLiteral("small"));
    client.sendTextMessage(large);
    QTRY_COMPARE_WITH_TIMEOUT(texts.size(), 2, patience);
    QCOMPARE(texts.at(0).at(0).toString(), QStringLiteral("small"));
    QVERIFY(texts.at(1).at(0).toString() == large);
    client.close();
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::UnconnectedState, patience);
    QCOMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeNormal);
}

void TlsTest::plainHttpIsTold() {
    Secure secure;
    QVERIFY(secure.start());
    RawClient client(secure.port());
    client.send(request);
    const auto answer = client.answer();
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, QByteArray("This port speaks TLS: ask with https://.\n"));
    QVERIFY(client.isClosedWithin(patience));
    QTRY_COMPARE(secure.counted(), std::vector<int>{0});
}

void TlsTest::garbageInPlaceOfAHandshake() {
    Secure secure;
    QVERIFY(secure.start());
    for (int i = 0; i < 200; ++i) {
        RawClient client(secure.port());
        client.send(QByteArray(1 + i * 7, static_cast<char>(i * 31 + 22)));
        if (i % 2 == 0)
            client.abort();
    }
    RawClient client(connected(secure.port(), secure.certificate()));
    client.send(request);
    QCOMPARE(client.answer().status, 200);
}

void TlsTest::slowHandshakeIsCutOff() {
    using namespace std::chrono_literals;
    Secure secure;
    QVERIFY(secure.start({.headerTimeout = 300ms}));
    RawClient client(secure.port());
    client.send("\x16\x03\x01"); // the first bytes of a handshake, and nothing more
    QVERIFY(client.isClosedWithin(patience));
    QTRY_COMPARE(secure.counted(), std::vector<int>{0});
}

void TlsTest::takesOverANewCertificate() {
    Secure secure;
    QVERIFY(secure.start());
    auto first = connected(secure.port(), secure.certificate());
    QCOMPARE(nameOf(*first), QStringLiteral("first"));
    RawClient old(std::move(first));
    QVERIFY(tests::writeCertificate(secure.certificate(), secure.key(), "second"));
    const auto hasNew = [&secure] {
        const auto socket = connected(secure.port(), secure.certificate());
        return socket->isEncrypted() && nameOf(*socket) == QStringLiteral("second");
    };
    QVERIFY(QTest::qWaitFor(hasNew, patience));
    old.send(request);
    QCOMPARE(old.answer().status, 200);
    QCOMPARE(secure.troubleCount(), std::size_t(0));
}

void TlsTest::keepsTheOldOneWhenTheNewOneIsBroken() {
    Secure secure;
    QVERIFY(secure.start());
    const QString kept = secure.scratch.path(QStringLiteral("kept.pem"));
    QVERIFY(QFile::copy(secure.certificate(), kept));
    QFile broken(secure.certificate());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("no certificate");
    broken.close();
    const auto told = [&] {
        const auto socket = connected(secure.port(), kept);
        return socket->isEncrypted() && nameOf(*socket) == QStringLiteral("first") &&
               secure.troubleCount() > 0;
    };
    QVERIFY(QTest::qWaitFor(told, patience));
    QCOMPARE(secure.troubleCount(), std::size_t(1));
    const std::string &sentence = secure.troubles.front();
    QVERIFY2(sentence.find("certificate.pem cannot be used") != std::string::npos, sentence.c_str());
}

void TlsTest::tellsOfAnEndedCertificate() {
    Secure secure;
    QVERIFY(secure.start({}, -1));
    QCOMPARE(secure.troubleCount(), std::size_t(1));
    QVERIFY(secure.troubles.front().find("has ended") != std::string::npos);
}

void TlsTest::doesNotStart_data() {
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const char *certificate, const char *key, const char *sentence) {
        QTest::newRow(name) << QString::fromLatin1(certificate) << QString::fromLatin1(key)
                            << QString::fromLatin1(sentence);
    };
    row("no key", "a.pem", "", "TLS needs both a certificate and its key.");
    row("certificate missing", "none.pem", "a.key",
        "The certificate DIR/none.pem cannot be read: No such file");
    row("key missing", "a.pem", "none.key", "The key DIR/none.key cannot be read: No such file");
    row("empty", "empty.pem", "a.key", "The certificate DIR/empty.pem cannot be read: it is empty.");
    row("no PEM", "text.pem", "a.key", "The certificate DIR/text.pem cannot be used: ");
    row("key is no PEM", "a.pem", "text.pem", "The key DIR/text.pem cannot be used: ");
    row("another's key", "a.pem", "b.key", "The key DIR/b.key does not belong to the certificate DIR/a.pem.");
}

void TlsTest::doesNotStart() {
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(QString, sentence);
    Scratch scratch;
    QVERIFY(tests::writeCertificate(scratch.path(QStringLiteral("a.pem")),
                                    scratch.path(QStringLiteral("a.key")), "a"));
    QVERIFY(tests::writeCertificate(scratch.path(QStringLiteral("b.pem")),
                                    scratch.path(QStringLiteral("b.key")), "b"));
    QFile text(scratch.path(QStringLiteral("text.pem"))), empty(scratch.path(QStringLiteral("empty.pem")));
    QVERIFY(text.open(QIODevice::WriteOnly) && text.write("some text") > 0 &&
            empty.open(QIODevice::WriteOnly));
    text.close();
    const auto path = [&scratch](const QString &name) {
        return name.isEmpty() ? std::string() : scratch.path(name).toStdString();
    };
    Options options;
    options.tls = {path(certificate), path(key)};
    const auto server = Server::start(options, {});
    QVERIFY(!server);
    const QString said = QString::fromStdString(server.error());
    QVERIFY2(said.startsWith(QString(sentence).replace(QStringLiteral("DIR"), scratch.path())),
             qPrintable(said));
}

void TlsTest::manyIdleConnections() {
    Secure secure;
    QVERIFY(secure.start());
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 100; ++i) {
        idle.push_back(std::make_unique<RawClient>(connected(secure.port(), secure.certificate())));
        idle.back()->send(request);
        QCOMPARE(idle.back()->answer().status, 200);
    }
    QCOMPARE(secure.server->load().connections, std::size_t(100));
    secure.server->stop();
    for (const auto &client : idle)
        QVERIFY(client->isClosedWithin(patience));
}

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
