#include "relay/given_options.h"
#include "relay/options.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace longcode;
using namespace longcode::relay;

namespace {

// RFC 8032, section 7.1, test 1 and 2: public keys, in base64.
const QString key1 = QStringLiteral("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
const QString key2 = QStringLiteral("PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=");

QStringList good() {
    return {QStringLiteral("--public-key"), key1,
            QStringLiteral("--store"),      QStringLiteral("/tmp/relay.sqlite"),
            QStringLiteral("--token-file"), QStringLiteral("/tmp/tokens")};
}

Result<RelaySettings, StartFailure> settings(const QStringList &arguments) {
    const ProgramStart start = parseArguments(relayProgram(), QStringList{QStringLiteral("x")} + arguments);
    if (start.exitCode)
        return failed(StartFailure{*start.exitCode, {start.output}});
    const auto given = GivenOptions::gather(relayOptions(), start.arguments);
    if (!given)
        return failed(given.error());
    return settingsFrom(*given);
}

} // namespace

class OptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void standards();
    void takesEverything();
    void refuses_data();
    void refuses();
    void readsAFile();
    void theCommandLineWins();
    void refusesAFile_data();
    void refusesAFile();
    void everyOptionStandsInTheExample();
    void theExampleIsGood();

private:
    QString write(const QByteArray &text);
    QTemporaryDir m_folder;
};

QString OptionsTest::write(const QByteArray &text) {
    QFile file(m_folder.filePath(QStringLiteral("relay.conf")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no config file");
    file.write(text);
    return file.fileName();
}

void OptionsTest::standards() {
    const auto found = settings(good());
    QVERIFY(found);
    QCOMPARE(found->listen.host, QStringLiteral("127.0.0.1"));
    QCOMPARE(found->listen.port, quint16(8085));
    QVERIFY(!found->metricsListen);
    QCOMPARE(found->accounts.size(), 1);
    QCOMPARE(found->accounts.first().name, QString());
    QCOMPARE(found->tolerance, std::chrono::seconds(300));
    QCOMPARE(found->silence, std::chrono::minutes(0));
    QCOMPARE(found->retention.age, std::chrono::hours(0));
    QCOMPARE(found->retention.bytes, 0);
    QCOMPARE(found->retention.unreadAge, std::chrono::hours(720));
    QVERIFY(!found->behindProxy);
}

void OptionsTest::takesEverything() {
    const QString text = QStringLiteral(
        "--listen 0.0.0.0:443 --account west=%1 --account west=%2 --account east.1=%1 "
        "--public-url https://relay.example.com --tls-certificate c.pem --tls-key k.pem --behind-proxy "
        "--trusted-proxy 10.0.0.7 --trusted-proxy fd00::/8 --allowed-host relay.example.com "
        "--metrics-listen [::1]:9100 --forward crm=https://crm.example.com/hook?a=1 --forward "
        "old=http://127.0.0.1:99/x --keep-days 90 --keep-megabytes 500 --keep-unread-days 5 "
        "--tolerance-seconds 60 --silence-minutes 30 --log-level debug --log-format json");
    const auto found = settings(good() + text.arg(key1, key2).split(QLatin1Char(' ')));
    QVERIFY2(found, qPrintable(found ? QString() : found.error().sentences.join(QLatin1Char('\n'))));
    QCOMPARE(found->accounts.size(), 3);
    QCOMPARE(found->accounts[1].name, QStringLiteral("west"));
    QCOMPARE(found->accounts[1].keys.size(), 2);
    QCOMPARE(found->accounts[2].name, QStringLiteral("east.1"));
    QCOMPARE(found->metricsListen->host, QStringLiteral("::1"));
    QCOMPARE(found->metricsListen->port, quint16(9100));
    QCOMPARE(found->forwards.size(), 2);
    QCOMPARE(found->forwards[0].name, QStringLiteral("crm"));
    QCOMPARE(found->forwards[0].url, QUrl(QStringLiteral("https://crm.example.com/hook?a=1")));
    QCOMPARE(found->retention.age, std::chrono::hours(90 * 24));
    QCOMPARE(found->retention.bytes, 500'000'000);
    QCOMPARE(found->retention.unreadAge, std::chrono::hours(120));
    QCOMPARE(found->tolerance, std::chrono::seconds(60));
    QCOMPARE(found->silence, std::chrono::minutes(30));
    QCOMPARE(found->logLevel, Level::Debug);
    QCOMPARE(found->logFormat, Journal::Format::Json);
    QCOMPARE(found->trustedProxies, (QStringList{QStringLiteral("10.0.0.7"), QStringLiteral("fd00::/8")}));
}

void OptionsTest::refuses_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *arguments, const char *sentence) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments).split(QLatin1Char(' '))
                                 << QString::fromUtf8(sentence);
    };
    row("--listen here", "--listen “here” is not ADDRESS:PORT");
    row("--metrics-listen 9100", "--metrics-listen “9100” is not ADDRESS:PORT");
    row("--public-key AAAA", "--public-key “AAAA” is not the base64 text of an Ed25519 public key");
    row("--account west", "--account “west” is not NAME=BASE64");
    row("--account we/st=AAAA", "--account “we/st=AAAA” is not NAME=BASE64");
    row("--account west=AAAA", "--account “AAAA” is not the base64 text of an Ed25519 public key");
    row("--public-url relay.example.com", "is not an http or https address");
    row("--public-url https://x/?a=b", "is not an http or https address");
    row("--log-level loud", "--log-level takes error, warning, info or debug, not “loud”.");
    row("--log-format xml", "--log-format takes text or json, not “xml”.");
    row("--tls-certificate c.pem", "--tls-key is missing");
    row("--tls-key k.pem", "--tls-certificate is missing");
    row("--listen 0.0.0.0:80", "--listen 0.0.0.0 can be reached from other machines");
    row("--listen [::]:80", "--listen :: can be reached from other machines");
    row("--listen relay.example.com:80", "can be reached from other machines");
    row("--trusted-proxy 10.0.0.1", "--trusted-proxy needs --behind-proxy");
    row("--behind-proxy --trusted-proxy proxy", "--trusted-proxy “proxy” is not an address");
    row("--behind-proxy --trusted-proxy 10.0.0.0/99", "--trusted-proxy “10.0.0.0/99” is not an address");
    row("--allowed-host https://relay", "--allowed-host “https://relay” is not a name");
    row("--forward https://x/", "--forward “https://x/” is not NAME=URL");
    row("--forward crm=ftp://x/", "does not name an http or https address");
    row("--forward crm=http://crm.example.com/", "would pass customers' texts on unencrypted");
    row("--forward a=https://x/ --forward a=https://y/", "“a” is a name that another forward has");
    row("--public-url https://r.example/ --forward a=https://r.example/webhooks/telnyx",
        "--forward a leads to this relay itself");
    row("--keep-days -1", "--keep-days “-1” is not a whole number from 0 to 36500");
    row("--keep-megabytes 1.5", "--keep-megabytes “1.5” is not a whole number");
    row("--tolerance-seconds 0", "--tolerance-seconds “0” is not a number of seconds from 1 to 86400");
    row("--silence-minutes x", "--silence-minutes “x” is not a whole number from 0 to 10080");
    row("--store postgresql://u:secret@h/db",
        "--store holds a password, which everybody on this machine can see");
    row("--store mysql://h/db", "--store is wrong: ");
    row("--frobnicate", "unknown option “--frobnicate”");
}

void OptionsTest::refuses() {
    QFETCH(QStringList, more);
    QFETCH(QString, sentence);
    const auto found = settings(good() + more);
    QVERIFY(!found);
    QCOMPARE(found.error().exitCode, 2);
    const QString said = found.error().sentences.join(QLatin1Char('\n'));
    QVERIFY2(said.contains(sentence), qPrintable(said));
    QVERIFY(!said.contains(QStringLiteral("secret")));
}

void OptionsTest::readsAFile() {
    const QString path =
        write("# the relay\n\n  public-key = " + key1.toLatin1() + "\npublic-key=" + key2.toLatin1() +
              "\r\nstore = postgresql://u:secret@h/db\ntoken-file = /etc/tokens\n"
              "listen = 0.0.0.0:80\nbehind-proxy = yes\nlog-format=json\n");
    const auto found = settings({QStringLiteral("--config"), path});
    QVERIFY2(found, qPrintable(found ? QString() : found.error().sentences.join(QLatin1Char('\n'))));
    QCOMPARE(found->accounts.first().keys.size(), 2);
    QCOMPARE(found->store, QStringLiteral("postgresql://u:secret@h/db"));
    QVERIFY(found->behindProxy);
    QCOMPARE(found->logFormat, Journal::Format::Json);
}

void OptionsTest::theCommandLineWins() {
    const QString path =
        write("listen = 127.0.0.1:1\nforward = a=https://a.example/\nforward = b=https://b.example/\n"
              "behind-proxy = no\n");
    const auto found =
        settings(good() + QStringList{QStringLiteral("--config"), path, QStringLiteral("--listen"),
                                      QStringLiteral("127.0.0.1:2"), QStringLiteral("--forward"),
                                      QStringLiteral("c=https://c.example/")});
    QVERIFY(found);
    QCOMPARE(found->listen.port, quint16(2));
    QCOMPARE(found->forwards.size(), 1);
    QCOMPARE(found->forwards.first().name, QStringLiteral("c"));
    QVERIFY(!found->behindProxy);
}

void OptionsTest::refusesAFile_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *text, const char *sentence) {
        QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(sentence);
    };
    row("\n\nlisten 127.0.0.1:1", "PATH, line 3: this is not “name = value”.");
    row("port = 80", "PATH, line 1: there is no option “port” for this file.");
    row("role = agent", "PATH, line 1: there is no option “role” for this file.");
    row("config = other", "PATH, line 1: there is no option “config” for this file.");
    row("store =", "PATH, line 1: store needs a value (FILE|URL).");
    row("behind-proxy = maybe", "PATH, line 1: behind-proxy takes yes or no, not “maybe”.");
    row("# x\nlog-level = loud", "PATH, line 2: log-level takes error, warning, info or debug, not “loud”.");
    row("keep-days = 1\nkeep-days = many", "PATH, line 2: keep-days “many” is not a whole number");
}

void OptionsTest::refusesAFile() {
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    const QString path = write(text);
    const auto found = settings(good() + QStringList{QStringLiteral("--config"), path});
    QVERIFY(!found);
    QCOMPARE(found.error().exitCode, 2);
    const QString said = found.error().sentences.join(QLatin1Char('\n'));
    QVERIFY2(said.contains(sentence.replace(QStringLiteral("PATH"), path)), qPrintable(said));
}

void OptionsTest::everyOptionStandsInTheExample() {
    QFile file(QStringLiteral(LONGCODE_SOURCE_DIR "/packaging/linux/relay.conf.example"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    for (const ProgramOption &option : relayOptions())
        QVERIFY2(text.contains(QRegularExpression(QStringLiteral("^#?%1 = ").arg(option.name),
                                                  QRegularExpression::MultilineOption)),
                 qPrintable(option.name));
}

void OptionsTest::theExampleIsGood() {
    QFile file(QStringLiteral(LONGCODE_SOURCE_DIR "/packaging/linux/relay.conf.example"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    // As shipped, only the key is missing; with every option that it comments out, nothing is.
    const auto shipped = settings({QStringLiteral("--config"), write(text)});
    QVERIFY(!shipped);
    QVERIFY(shipped.error().sentences.join(QString()).startsWith(QStringLiteral("No public key")));
    QByteArrayList lines = text.split('\n');
    const QRegularExpression option(QStringLiteral("^#[a-z-]+ = "));
    for (QByteArray &line : lines) {
        if (option.match(QString::fromUtf8(line)).hasMatch())
            line.remove(0, 1);
    }
    const auto all = settings({QStringLiteral("--config"), write(lines.join('\n'))});
    QVERIFY2(all, qPrintable(all ? QString() : all.error().sentences.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(OptionsTest)
#include "tst_options.moc"
