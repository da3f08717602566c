#include "sandbox/lab.h"
#include "sandbox/webhook_receiver.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace longcode::tests;

/// The program as a person starts it: options, key file, end, repeatability.
class TestProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readyLine();
    void refusals_data();
    void refusals();
    void helpAndVersion();
    void theSigningKeyIsKept();
    void badSigningKeyFile();
    void aSeedRepeatsIdsAndDelays();
    void withoutASeedIdsDiffer();
    void requestsAreRecorded();
    void awayFromLoopbackControlNeedsTheKey();
    void anotherSandboxOnThePort();
    void endsInOrder();
    void hugeBodiesAreRefused();

private:
    static int run(const QStringList &arguments, QByteArray *output, QByteArray *error) {
        QProcess process;
        process.start(program("longcode-sandbox"), arguments);
        process.waitForFinished(20000);
        *output = process.readAllStandardOutput();
        *error = process.readAllStandardError();
        return process.exitCode();
    }
    Scratch m_scratch;
};

void TestProgram::readyLine() {
    Lab lab;
    QVERIFY(lab.start());
    const QJsonObject ready = lab.program().ready();
    const QString address = ready[QStringLiteral("address")].toString();
    QVERIFY(address.startsWith(QStringLiteral("127.0.0.1:")));
    QCOMPARE(ready[QStringLiteral("ready")].toBool(), true);
    QCOMPARE(ready[QStringLiteral("url")].toString(),
             QString(QStringLiteral("http://") + address + QStringLiteral("/v2")));
    QCOMPARE(ready[QStringLiteral("control")].toString(),
             QString(QStringLiteral("http://") + address + QStringLiteral("/sandbox")));
    QCOMPARE(lab.publicKey().size(), 32);
}

void TestProgram::refusals_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char *option, const char *value, const char *part) {
        QTest::addRow("%s %s", option, value)
            << QStringList({QString::fromLatin1(option), QString::fromLatin1(value)}) << QByteArray(part);
    };
    row("--listen", "8080", "--listen");
    row("--seed", "x", "--seed");
    row("--seed", "-1", "--seed");
    row("--speed", "0", "--speed");
    row("--speed", "nan", "--speed");
    row("--api-key", "", "--api-key");
    row("--unknown", "1", "--unknown");
    row("--record-requests", "/nonexistent/folder/file", "/nonexistent/folder/file");
    row("--signing-key-file", "/nonexistent/folder/file", "/nonexistent/folder/file");
}

void TestProgram::refusals() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, part);
    QByteArray output;
    QByteArray error;
    QVERIFY(run(arguments, &output, &error) != 0);
    QCOMPARE(output, QByteArray());
    QVERIFY(error.startsWith("longcode-sandbox: "));
    QVERIFY2(error.contains(part), error.constData());
}

void TestProgram::helpAndVersion() {
    QByteArray output;
    QByteArray error;
    QCOMPARE(run({QStringLiteral("--help")}, &output, &error), 0);
    for (const char *option :
         {"--listen", "--api-key", "--signing-key-file", "--seed", "--speed", "--record-requests"})
        QVERIFY2(output.contains(option), option);
    QCOMPARE(run({QStringLiteral("--version")}, &output, &error), 0);
    QVERIFY(output.startsWith("longcode-sandbox "));
}

void TestProgram::theSigningKeyIsKept() {
    const QString file = m_scratch.path(QStringLiteral("key"));
    const QStringList options{QStringLiteral("--signing-key-file"), file};
    QByteArray first;
    {
        Lab lab;
        QVERIFY(lab.start(options));
        first = lab.publicKey();
    }
    QCOMPARE(QFile::permissions(file) &
                 (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    Lab again;
    QVERIFY(again.start(options));
    QCOMPARE(again.publicKey(), first);
    Lab other;
    QVERIFY(other.start());
    QVERIFY(other.publicKey() != first);
    WebhookReceiver receiver;
    again.setWebhook("Sales", receiver.url());
    again.control("POST", QStringLiteral("/inbound"),
                  {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "a"}});
    QTRY_COMPARE(receiver.all().size(), 1);
    QVERIFY(WebhookReceiver::isSigned(receiver.all()[0], first));
}

void TestProgram::badSigningKeyFile() {
    const QString path = m_scratch.path(QStringLiteral("bad-key"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("c2hvcnQ=\n");
    file.close();
    QByteArray output;
    QByteArray error;
    QCOMPARE(run({QStringLiteral("--signing-key-file"), path}, &output, &error), 1);
    QVERIFY(error.contains("32 bytes"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("c2hvcnQ=\n")); // a file that is not understood is never overwritten
}

void TestProgram::aSeedRepeatsIdsAndDelays() {
    QStringList seen[2];
    for (QStringList &story : seen) {
        Lab lab;
        QVERIFY(lab.start({QStringLiteral("--seed"), QStringLiteral("42")}));
        QList<Json> sent;
        for (int i = 0; i < 5; ++i)
            sent.append(lab.send(Lab::anybody, "a"));
        lab.advance(60'000);
        for (const Json &message : sent) {
            const Reply read = lab.api("GET", QStringLiteral("/messages/") + textAt(message, "/id"));
            const auto time = [&read](const char *pointer) {
                return QDateTime::fromString(read.at(pointer), Qt::ISODateWithMs);
            };
            // Actions run at their own virtual time, to the few milliseconds that real time adds.
            const qint64 untilSent = time("/data/received_at").msecsTo(time("/data/sent_at"));
            const qint64 untilDone = time("/data/sent_at").msecsTo(time("/data/completed_at"));
            QVERIFY(untilSent >= 300 && untilDone >= 300);
            story.append(textAt(message, "/id"));
        }
        const Reply webhooks = lab.control("GET", QStringLiteral("/webhooks"));
        for (const Json &webhook : webhooks.body["webhooks"])
            story.append(textAt(webhook, "/message_id") + textAt(webhook, "/event_type") +
                         textAt(webhook, "/id"));
    }
    QCOMPARE(seen[0].size(), 15);
    QCOMPARE(seen[0], seen[1]);
}

void TestProgram::withoutASeedIdsDiffer() {
    Lab one;
    Lab two;
    QVERIFY(one.start() && two.start());
    QVERIFY(textAt(one.send(Lab::anybody, "a"), "/id") != textAt(two.send(Lab::anybody, "a"), "/id"));
}

void TestProgram::requestsAreRecorded() {
    const QString path = m_scratch.path(QStringLiteral("requests.jsonl"));
    {
        Lab lab;
        QVERIFY(lab.start({QStringLiteral("--record-requests"), path}));
        lab.send(Lab::anybody, "Grüße");
        lab.api("GET", QStringLiteral("/messaging_profiles?page[size]=1"));
        lab.control("GET", QStringLiteral("/requests"));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray written = file.readAll();
    QVERIFY(!written.contains("test-key"));
    const QList<QByteArray> lines = written.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject send = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(send[QStringLiteral("method")].toString(), QStringLiteral("POST"));
    QCOMPARE(send[QStringLiteral("target")].toString(), QStringLiteral("/messages"));
    QCOMPARE(send[QStringLiteral("content_type")].toString(), QStringLiteral("application/json"));
    QVERIFY(send[QStringLiteral("body")].toString().contains(QStringLiteral("Grüße")));
    QVERIFY(!send[QStringLiteral("test")].toString().isEmpty());
    const QString target = QJsonDocument::fromJson(lines[1]).object()[QStringLiteral("target")].toString();
    QCOMPARE(QUrl::fromPercentEncoding(target.toUtf8()), QStringLiteral("/messaging_profiles?page[size]=1"));
}

void TestProgram::awayFromLoopbackControlNeedsTheKey() {
    RunningProgram sandbox;
    QVERIFY(sandbox.start("longcode-sandbox", {QStringLiteral("--listen"), QStringLiteral("0.0.0.0:0"),
                                               QStringLiteral("--api-key"), QStringLiteral("test-key")}));
    const QString port = sandbox.ready()[QStringLiteral("address")].toString().section(u':', -1);
    const auto status = [&port](const QByteArray &authorization) {
        QNetworkAccessManager network;
        QNetworkRequest request{
            QUrl(QStringLiteral("http://127.0.0.1:") + port + QStringLiteral("/sandbox/clock"))};
        if (!authorization.isEmpty())
            request.setRawHeader("Authorization", authorization);
        std::unique_ptr<QNetworkReply> reply(network.get(request));
        [&] { QTRY_VERIFY(reply->isFinished()); }();
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    };
    QCOMPARE(status({}), 401);
    QCOMPARE(status("Bearer test-key"), 200);
}

void TestProgram::anotherSandboxOnThePort() {
    Lab lab;
    QVERIFY(lab.start());
    QByteArray output;
    QByteArray error;
    QCOMPARE(run({QStringLiteral("--listen"), lab.program().ready()[QStringLiteral("address")].toString()},
                 &output, &error),
             1);
    QVERIFY(error.startsWith("longcode-sandbox: "));
}

void TestProgram::endsInOrder() {
    Lab lab;
    QVERIFY(lab.start());
    QVERIFY(!lab.send(Lab::anybody, "a").is_null());
    QProcess &process = lab.program().process();
    process.terminate();
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(lab.program().standardError(), QByteArray());
}

void TestProgram::hugeBodiesAreRefused() {
    Lab lab;
    QVERIFY(lab.start());
    QByteArray body = R"({"to":"+13125550001","text":")";
    body += QByteArray(900'000, 'a') + "\"}";
    QCOMPARE(lab.broken("POST", QStringLiteral("/messages"), body).status, 400);
    QCOMPARE(lab.broken("POST", QStringLiteral("/messages"), QByteArray(200'000, '[')).status, 400);
    QVERIFY(!lab.send(Lab::anybody, "still there").is_null());
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
