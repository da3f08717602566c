#include "relay/operate/journal.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace longcode::relay;

class JournalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void redacts_data();
    void redacts();
    void writesText();
    void writesJson();
    void aLineStaysOneLine();
};

void JournalTest::redacts_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("nothing to hide", "Console “desk” is gone.", "Console “desk” is gone.");
    row("e164", "from +13125550123 to +442071838750.", "from …23 to …50.");
    row("national", "number 3125550123 called", "number …23 called");
    row("seven digits", "5550123", "…23");
    row("six digits stay", "code 555012", "code 555012");
    row("spaces and brackets", "+1 (312) 555-0199", "…99");
    row("dots", "+44.20.7183.8750", "…50");
    row("two numbers in a row", "13125550123 13125550199", "…23 …99");
    row("an id is no number", "0d7f5b3c-1a2b-4c3d-8e4f-00a1b2c3d4e5", "0d7f5b3c-1a2b-4c3d-8e4f-00a1b2c3d4e5");
    row("time stays", "2026-03-05T18:30:00.000Z", "2026-03-05T18:30:00.000Z");
    row("address stays", "127.0.0.1:8085", "127.0.0.1:8085");
    row("token", "Bearer lc_Abc-9_xyz0123456789", "Bearer …");
    row("API key", "key KEY0123456789ABCDEF_secretpart", "key …");
    row("public key", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= given", "… given");
    row("signature",
        "sig "
        "5Zr2YAYKxCrfVS7TyWQHOg7hcvPapiMlrwIaaPcHURo11qYAYKxCrfVS7TyWQHOg7hcvPapiMlrwIaaPcHURoQ==",
        "sig …");
    row("hash", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.", "sha256:….");
    row("folder stays", "/var/lib/longcode-relay/a/folder/that/is/really/long/relay.sqlite",
        "/var/lib/longcode-relay/a/folder/that/is/really/long/relay.sqlite");
}

void JournalTest::redacts() {
    QFETCH(QString, text);
    QTEST(redacted(text), "expected");
}

void JournalTest::writesText() {
    const QString line = journalLine(Journal::Format::Text, QStringLiteral("2026-03-05T18:30:00.000Z"),
                                     Level::Warning, QStringLiteral("Refused +13125550123."),
                                     {{"seq", qint64(12345678)},
                                      {"seconds", 0.25},
                                      {"who", QStringLiteral("the \"desk\"")},
                                      {"token", QStringLiteral("lc_secret")}});
    QCOMPARE(line, QStringLiteral("2026-03-05T18:30:00.000Z warning Refused …23. seq=12345678 seconds=0.25 "
                                  "who=\"the 'desk'\" token=…"));
}

void JournalTest::writesJson() {
    const QString line = journalLine(Journal::Format::Json, QStringLiteral("2026-03-05T18:30:00.000Z"),
                                     Level::Error, QStringLiteral("He said “no” to +13125550123."),
                                     {{"seq", qint64(12345678)}, {"who", QStringLiteral("3125550123")}});
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(line.toUtf8(), &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(object.size(), 5);
    QCOMPARE(object.value(QLatin1String("time")).toString(), QStringLiteral("2026-03-05T18:30:00.000Z"));
    QCOMPARE(object.value(QLatin1String("level")).toString(), QStringLiteral("error"));
    QCOMPARE(object.value(QLatin1String("message")).toString(), QStringLiteral("He said “no” to …23."));
    QCOMPARE(object.value(QLatin1String("seq")).toInteger(), 12345678);
    QCOMPARE(object.value(QLatin1String("who")).toString(), QStringLiteral("…23"));
}

void JournalTest::aLineStaysOneLine() {
    for (const Journal::Format format : {Journal::Format::Text, Journal::Format::Json}) {
        const QString line = journalLine(format, QStringLiteral("t"), Level::Info,
                                         QStringLiteral("a\nb\r\nc"), {{"x", QStringLiteral("1\n2")}});
        QVERIFY(!line.contains(QLatin1Char('\n')) && !line.contains(QLatin1Char('\r')));
    }
}

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_journal.moc"
