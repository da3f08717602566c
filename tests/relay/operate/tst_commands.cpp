#include "relay/relay_fixture.h"
#include "relay/test_console.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace longcode::tests;

namespace {

/// The bodies of a log, in order, read behind its back; with a gap in seq: nothing.
QByteArrayList bodies(const QString &store) {
    QByteArrayList out;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(store);
        QSqlQuery query(database.open() ? database : QSqlDatabase());
        if (query.exec(QStringLiteral("SELECT seq, body FROM event ORDER BY seq"))) {
            while (query.next()) {
                out.append(query.value(1).toByteArray());
                if (query.value(0).toInt() != out.size())
                    return {};
            }
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
    return out;
}

QStringList words(const char *text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

class CommandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void check();
    void checkFindsWhatIsWrong_data();
    void checkFindsWhatIsWrong();
    void refusesWrongWords_data();
    void refusesWrongWords();
    void aTokenComesAndGoes();
    void tokensHaveRoles();
    void exportsAndReplays();
    void replaysAnotherLog();
    void backsUpUnderLoad();
};

void CommandsTest::check() {
    RelayFixture relay;
    QVERIFY(relay.writeTokens());
    const auto before = runRelayCommand(QStringList{QStringLiteral("check")} + relay.arguments());
    QCOMPARE(before.exitCode, 0);
    QCOMPARE(before.error, QByteArray());
    QVERIFY(before.output.contains("is not there yet and will be made"));
    QVERIFY(before.output.contains("desk (admin)"));
    QVERIFY(before.output.endsWith("Everything is in order.\n"));
    QVERIFY(!QFile::exists(relay.storePath()));
    QVERIFY(relay.start());
    QCOMPARE(relay.post({.body = eventBody("a")}), 200);
    // A running relay is not in its way.
    const auto after = runRelayCommand(QStringList{QStringLiteral("check")} + relay.arguments());
    QCOMPARE(after.exitCode, 0);
    QVERIFY(after.output.contains(relay.logId().toLatin1()));
    QVERIFY(after.output.contains("newest entry 1\n"));
}

void CommandsTest::checkFindsWhatIsWrong_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char *more, int code, const char *sentence) {
        QTest::newRow(more) << words(more) << code << QByteArray(sentence);
    };
    row("--token-file DIR/none", 1, "The token file DIR/none cannot be used");
    row("--store DIR/noise", 1, "The store DIR/noise cannot be used");
    row("--store DIR/noise/relay.sqlite", 1,
        "The store DIR/noise/relay.sqlite cannot be used: DIR/noise cannot be written");
    row("--store postgresql://127.0.0.1:1/none", 1, "The store postgresql://127.0.0.1:1/none cannot be used");
    row("--tls-certificate DIR/none --tls-key DIR/noise", 1, "DIR/none cannot be read");
    row("--tls-certificate DIR/noise --tls-key DIR/noise", 1, "DIR/noise holds no certificate in PEM");
    row("--config DIR/none", 1, "The config file DIR/none cannot be used");
    row("--config DIR/noise", 2, "DIR/noise, line 1: this is not");
    row("--listen 0.0.0.0:80", 2, "can be reached from other machines");
}

void CommandsTest::checkFindsWhatIsWrong() {
    QFETCH(QStringList, more);
    QFETCH(QByteArray, sentence);
    RelayFixture relay;
    QVERIFY(relay.writeTokens());
    QFile noise(relay.scratch().path(QStringLiteral("noise")));
    QVERIFY(noise.open(QIODevice::WriteOnly));
    noise.write(QByteArray(5000, 'x'));
    noise.close();
    more.replaceInStrings(QStringLiteral("DIR"), relay.scratch().path());
    const auto result = runRelayCommand(QStringList{QStringLiteral("check")} + relay.arguments() + more);
    QTEST(result.exitCode, "exitCode");
    QVERIFY2(result.error.contains(sentence.replace("DIR", relay.scratch().path().toUtf8())),
             result.error.constData());
    QVERIFY(!result.output.contains("Everything is in order"));
}

void CommandsTest::refusesWrongWords_data() {
    QTest::addColumn<QStringList>("arguments");
    for (const char *text :
         {"fly", "token", "token create", "token create a b --token-file x", "token steal a --token-file x",
          "token list", "backup", "export 1-2", "export x --store s", "replay f", "forward",
          "forward retry --store s", "forward list", "token create a --role boss --token-file DIR/t",
          "token create a/b --token-file DIR/t", "replay 5-2 --forward x --store DIR/s",
          "replay DIR/f --store DIR/s"})
        QTest::newRow(text) << words(text);
}

void CommandsTest::refusesWrongWords() {
    QFETCH(QStringList, arguments);
    const Scratch scratch;
    arguments.replaceInStrings(QStringLiteral("DIR"), scratch.path());
    const auto result = runRelayCommand(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.error.startsWith("longcode-relay: "));
    QCOMPARE(result.output, QByteArray());
}

void CommandsTest::aTokenComesAndGoes() {
    RelayFixture relay;
    QVERIFY(relay.start());
    const QStringList file{QStringLiteral("--token-file"), relay.tokenPath()};
    const auto created = runRelayCommand(words("token create anna --role agent") + file);
    QCOMPARE(created.exitCode, 0);
    const QByteArray token = created.output.trimmed();
    QVERIFY(QRegularExpression(QStringLiteral("^lc_[A-Za-z0-9_-]{43}\n$"))
                .match(QString::fromLatin1(created.output))
                .hasMatch());
    QTRY_COMPARE_WITH_TIMEOUT(relay.metric("longcode_relay_token_reloads_total").value_or(0), 1.0, 10000);
    TestConsole console(relay.consoleUrl(), token.constData());
    console.read(0, relay.logId());
    QTRY_VERIFY(console.welcome());
    TestConsole desk(relay.consoleUrl());
    desk.read(0, relay.logId());
    QTRY_VERIFY(desk.welcome());
    QCOMPARE(runRelayCommand(words("token revoke anna") + file).exitCode, 0);
    QTRY_VERIFY_WITH_TIMEOUT(console.refusal(), 10000);
    QCOMPARE(console.refusal()->code, QStringLiteral("unauthorized"));
    QVERIFY(!desk.refusal());
    TestConsole again(relay.consoleUrl(), token.constData());
    QTRY_COMPARE(again.socket().state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!again.welcome());
    QCOMPARE(relay.terminate(), 0);
    QVERIFY(!relay.program().standardError().contains(token));
}

void CommandsTest::tokensHaveRoles() {
    const Scratch scratch;
    const QStringList file{QStringLiteral("--token-file"), scratch.path(QStringLiteral("tokens"))};
    QCOMPARE(runRelayCommand(words("token create anna --role agent --account west") + file).exitCode, 0);
    QCOMPARE(runRelayCommand(words("token create ben --role admin") + file).exitCode, 0);
    const auto twice = runRelayCommand(words("token create ben") + file);
    QCOMPARE(twice.exitCode, 2);
    QCOMPARE(twice.output, QByteArray());
    QCOMPARE(runRelayCommand(words("token list") + file).output,
             QByteArray("anna\tagent\twest\nben\tadmin\tall accounts\n"));
    QCOMPARE(runRelayCommand(words("token revoke carla") + file).exitCode, 1);
    QCOMPARE(runRelayCommand(words("token revoke anna") + file).exitCode, 0);
    QCOMPARE(runRelayCommand(words("token list") + file).output, QByteArray("ben\tadmin\tall accounts\n"));
}

void CommandsTest::exportsAndReplays() {
    RelayFixture first;
    QVERIFY(first.start());
    for (const char *id : {"a", "b", "c", "d"})
        QCOMPARE(first.post({.body = eventBody(id), .path = "/webhooks/telnyx?intent=i"}), 200);
    const QStringList store{QStringLiteral("--store"), first.storePath()};
    const auto exported = runRelayCommand(words("export 2-3") + store);
    QCOMPARE(exported.exitCode, 0);
    const QByteArrayList lines = exported.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject line = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(line.value(QLatin1String("body")).toString().toUtf8(), eventBody("b"));
    QCOMPARE(line.value(QLatin1String("intent")).toString(), QStringLiteral("i"));

    // Into a log that has one of them, with a line nobody signed and one that is none.
    const QString path = first.scratch().path(QStringLiteral("lines"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(exported.output + "garbage\n" + QByteArray(lines[1]).replace("\\\"c\\\"", "\\\"x\\\"") + '\n');
    file.close();
    RelayFixture second;
    QVERIFY(second.start({QStringLiteral("--public-key"), QString::fromLatin1(first.signer().publicKey())}));
    const QByteArray stamp = QByteArray::number(QDateTime::currentSecsSinceEpoch());
    QCOMPARE(second.post({.body = eventBody("b"),
                          .timestamp = stamp,
                          .signature = first.signer().sign(stamp, eventBody("b"))}),
             200);
    TestConsole console(second.consoleUrl());
    console.read(0, second.logId());
    const auto replayed =
        runRelayCommand({QStringLiteral("replay"), path, QStringLiteral("--store"), second.storePath(),
                         QStringLiteral("--public-key"), QString::fromLatin1(first.signer().publicKey())});
    QCOMPARE(replayed.exitCode, 1);
    QVERIFY2(replayed.output.startsWith("added: 1\nalready there: 1\nrefused: 2\n"),
             replayed.output.constData());
    QVERIFY(replayed.output.contains("1 because the signature does not fit any of the given keys\n"));
    QVERIFY(replayed.output.contains("1 because line 3: it is not a JSON object\n"));
    QCOMPARE(bodies(second.storePath()), (QByteArrayList{eventBody("b"), eventBody("c")}));
    // The running relay notices what another process appended.
    QTRY_COMPARE_WITH_TIMEOUT(console.events().size(), 2, 10000);
    QCOMPARE(console.events()[1].body, eventBody("c"));
    QCOMPARE(console.fault(), QString());
}

void CommandsTest::replaysAnotherLog() {
    RelayFixture first;
    QVERIFY(first.start());
    for (int i = 0; i < 300; ++i)
        QCOMPARE(first.post({.body = eventBody("e" + QByteArray::number(i))}), 200);
    RelayFixture second;
    QVERIFY(second.writeTokens());
    const QStringList arguments{
        QStringLiteral("replay"),       first.storePath(),
        QStringLiteral("--store"),      second.storePath(),
        QStringLiteral("--public-key"), QString::fromLatin1(first.signer().publicKey())};
    const auto replayed = runRelayCommand(arguments);
    QCOMPARE(replayed.exitCode, 0);
    QCOMPARE(replayed.output, QByteArray("added: 300\nalready there: 0\nrefused: 0\n"));
    QCOMPARE(runRelayCommand(arguments).output, QByteArray("added: 0\nalready there: 300\nrefused: 0\n"));
    QCOMPARE(bodies(second.storePath()), bodies(first.storePath()));
}

void CommandsTest::backsUpUnderLoad() {
    RelayFixture relay;
    QVERIFY(relay.start());
    std::vector<std::unique_ptr<RawClient>> clients;
    int sent = 0;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<RawClient>(relay.port()));
        for (int k = 0; k < 50; ++k)
            clients.back()->socket().write(
                relay.bytes({.body = eventBody("b" + QByteArray::number(++sent))}));
        clients.back()->socket().flush();
    }
    const QString copy = relay.scratch().path(QStringLiteral("copy.sqlite"));
    const auto backup =
        runRelayCommand({QStringLiteral("backup"), copy, QStringLiteral("--store"), relay.storePath()});
    QVERIFY2(backup.exitCode == 0, backup.error.constData());
    for (const auto &client : clients) {
        for (int k = 0; k < 50; ++k)
            QCOMPARE(client->answer().status, 200);
    }
    const QByteArrayList all = bodies(relay.storePath());
    const QByteArrayList copied = bodies(copy);
    QCOMPARE(all.size(), sent);
    // One moment of the log: a beginning of it, whole.
    QCOMPARE(copied, all.first(copied.size()));
    QCOMPARE(relay.terminate(), 0);
    QFile::remove(relay.storePath());
    QVERIFY(QFile::rename(copy, relay.storePath()));
    QVERIFY(relay.start());
    QCOMPARE(relay.health().value(QLatin1String("head")).toInt(), int(copied.size()));
}

QTEST_GUILESS_MAIN(CommandsTest)
#include "tst_commands.moc"
