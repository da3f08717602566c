#include "support/scratch.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace longcode;

/// longcode-check campaign, brand and tollfree, as a program.
class TestFilings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void findsNothingInGoodFilings_data();
    void findsNothingInGoodFilings();
    void reportsFindings();
    void exitsByTheWorst_data();
    void exitsByTheWorst();
    void readsManyForms_data();
    void readsManyForms();
    void readsFilesAndStdin();
    void namesFilings();
    void seesSecondBrandOfANumber();
    void refusesUnreadable_data();
    void refusesUnreadable();
    void goesOnBehindAnUnreadableLine();
    void refusesMissingFiles();
    void helps();
};

namespace {

constexpr int patienceMs = 20000;

struct Outcome {
    int exitCode = -1;
    QList<QJsonObject> answers;
    QString standardError;
};

QString s(const char *text) {
    return QString::fromUtf8(text);
}

Outcome check(const QStringList &arguments, const QByteArray &input = {}) {
    QProcess process;
    process.start(tests::program("longcode-check"), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patienceMs))
        return {};
    Outcome outcome;
    outcome.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n'))
        if (!line.isEmpty())
            outcome.answers += QJsonDocument::fromJson(line).object();
    outcome.standardError = QString::fromUtf8(process.readAllStandardError());
    return outcome;
}

QJsonObject base() {
    QFile file(QStringLiteral(LONGCODE_SOURCE_DIR "/tests/rules/data/base.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QByteArray json(const QJsonObject &object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray brandWith(const char *field, const QJsonValue &value) {
    QJsonObject brand = base()[s("brand")].toObject();
    brand[s(field)] = value;
    return json(brand);
}

QStringList rulesOf(const QJsonObject &answer) {
    QStringList rules;
    for (const QJsonValue &finding : answer[s("findings")].toArray())
        rules += finding[s("rule")].toString();
    return rules;
}

} // namespace

void TestFilings::findsNothingInGoodFilings_data() {
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"brand", "campaign", "tollfree"})
        QTest::newRow(kind) << s(kind);
}

void TestFilings::findsNothingInGoodFilings() {
    QFETCH(QString, kind);
    const Outcome outcome = check({kind}, json(base()));
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.standardError, QString());
    QCOMPARE(outcome.answers.size(), 1);
    QVERIFY(outcome.answers.front()[s("findings")].isArray());
    QCOMPARE(rulesOf(outcome.answers.front()), QStringList());
}

void TestFilings::reportsFindings() {
    const Outcome outcome = check({s("brand")}, brandWith("phone", s("(212) 555-0188")));
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.answers.size(), 1);
    QCOMPARE(outcome.answers.front().keys(), (QStringList{s("findings"), s("name")}));
    QCOMPARE(outcome.answers.front()[s("name")].toString(), s("Acme"));
    const QJsonArray findings = outcome.answers.front()[s("findings")].toArray();
    QCOMPARE(findings.size(), 1);
    const QJsonObject finding = findings[0].toObject();
    QCOMPARE(finding.keys(),
             (QStringList{s("field"), s("fix"), s("message"), s("rule"), s("severity"), s("source")}));
    QCOMPARE(finding[s("rule")].toString(), s("phone-not-international"));
    QCOMPARE(finding[s("severity")].toString(), s("error"));
    QCOMPARE(finding[s("field")].toString(), s("phone"));
    QCOMPARE(finding[s("fix")].toObject()[s("value")].toString(), s("+12125550188"));
    const Outcome unfixable = check({s("brand")}, brandWith("email", s("nobody")));
    QVERIFY(unfixable.answers.front()[s("findings")].toArray()[0].toObject()[s("fix")].isNull());
    QJsonObject campaign = base()[s("campaign")].toObject();
    campaign[s("embeddedLink")] = false;
    const Outcome flag = check({s("campaign")}, json(campaign));
    QCOMPARE(flag.answers.front()[s("findings")].toArray()[0].toObject()[s("fix")].toObject()[s("value")],
             QJsonValue(true));
}

void TestFilings::exitsByTheWorst_data() {
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("exitCode");
    const QByteArray good = brandWith("mock", false) + '\n';
    const QByteArray warning = brandWith("website", s("https://instagram.com/acme")) + '\n';
    const QByteArray error = brandWith("country", s("USA")) + '\n';
    QTest::newRow("good") << good << 0;
    QTest::newRow("warning") << warning << 0;
    QTest::newRow("error") << error << 1;
    QTest::newRow("error first") << QByteArray(error + warning) << 1;
    QTest::newRow("error and unreadable") << QByteArray(error + QByteArray("{]\n")) << 2;
}

void TestFilings::exitsByTheWorst() {
    QFETCH(QByteArray, lines);
    QTEST(check({s("brand")}, lines.replace("12-3456789", "98-3456789")).exitCode, "exitCode");
}

void TestFilings::readsManyForms_data() {
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("filings");
    const QByteArray bare = brandWith("mock", false);
    const QByteArray other = QByteArray(bare).replace("12-3456789", "98-3456789");
    const QByteArray wrapped = "{\"brand\":" + bare + "}";
    QTest::newRow("bare") << bare << 1;
    QTest::newRow("wrapped") << wrapped << 1;
    QTest::newRow("indented") << QJsonDocument::fromJson(wrapped).toJson(QJsonDocument::Indented) << 1;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" + bare) << 1;
    QTest::newRow("lines") << QByteArray(bare + '\n' + other + '\n') << 2;
    QTest::newRow("lines, CR, blank lines") << QByteArray(bare + "\r\n\r\n" + other + "\r\n") << 2;
    QTest::newRow("last line unfinished") << QByteArray(bare + '\n' + other) << 2;
    QTest::newRow("list") << QByteArray('[' + bare + ",\n" + other + ']') << 2;
    QTest::newRow("empty list") << QByteArray("[]") << 0;
    QTest::newRow("unknown members") << QByteArray(bare).replace("{", "{\"colour\":7,") << 1;
}

void TestFilings::readsManyForms() {
    QFETCH(QByteArray, input);
    const Outcome outcome = check({s("brand")}, input);
    QCOMPARE(outcome.standardError, QString());
    QCOMPARE(outcome.exitCode, 0);
    QTEST(int(outcome.answers.size()), "filings");
    for (const QJsonObject &answer : outcome.answers)
        QCOMPARE(rulesOf(answer), QStringList());
}

void TestFilings::readsFilesAndStdin() {
    QTemporaryDir folder;
    QFile file(folder.filePath(s("filing one.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json(base()));
    file.close();
    const Outcome outcome = check({s("tollfree"), file.fileName(), s("-")}, json(base()));
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.answers.size(), 2);
}

void TestFilings::namesFilings() {
    QJsonObject all = base();
    all[s("name")] = s("Spring filing");
    QCOMPARE(check({s("campaign")}, json(all)).answers.front()[s("name")].toString(), s("Spring filing"));
    QCOMPARE(check({s("campaign")}, json(base())).answers.front()[s("name")].toString(),
             s("Acme DELIVERY_NOTIFICATION"));
    QCOMPARE(check({s("tollfree")}, json(base())).answers.front()[s("name")].toString(),
             s("Acme Corporation"));
    const Outcome nameless = check({s("campaign")}, "{}\n{}\n");
    QCOMPARE(nameless.answers.size(), 2);
    QCOMPARE(nameless.answers.back()[s("name")].toString(), s("standard input:2"));
}

void TestFilings::seesSecondBrandOfANumber() {
    const QByteArray brand = brandWith("mock", false) + '\n';
    const Outcome outcome = check({s("brand")}, brand + brand);
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(rulesOf(outcome.answers.front()), QStringList());
    QCOMPARE(rulesOf(outcome.answers.back()), QStringList{s("ein-in-use")});
}

void TestFilings::refusesUnreadable_data() {
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("empty") << QByteArray() << s("standard input is empty");
    QTest::newRow("words") << QByteArray("hello") << s("standard input, line 1: this is no JSON.");
    QTest::newRow("broken in line 3") << QByteArray("{\n \"ein\": \"1\",\n \"email\": }\n")
                                      << s("standard input, line 3: this is no JSON.");
    QTest::newRow("number") << QByteArray("7")
                            << s("standard input, line 1: a filing must be a JSON object.");
    QTest::newRow("number in list") << QByteArray("[7]") << s("entry 1 of the list is no object.");
    QTest::newRow("second line") << QByteArray("{}\n{\n")
                                 << s("standard input, line 2: this is no JSON object.");
    QTest::newRow("other filing") << QByteArray("{\"campaign\":{}}")
                                  << s("line 1: the object has no member “brand”.");
    QTest::newRow("wrong type") << QByteArray("{\"ein\":123456789}")
                                << s("line 1: ein must be a text, not a number.");
    QTest::newRow("wrapped wrong type")
        << QByteArray("{\"brand\":[]}") << s("line 1: A filing must be an object, not a list.");
    QTest::newRow("no UTF-8") << QByteArray("{\"ein\":\"\xFF\"}") << s("line 1: this is no JSON.");
    QTest::newRow("deep") << QByteArray(200'000, '[') << s("line 1: this is no JSON.");
}

void TestFilings::refusesUnreadable() {
    QFETCH(QByteArray, input);
    QFETCH(QString, sentence);
    const Outcome outcome = check({s("brand")}, input);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.standardError.contains(sentence), qPrintable(outcome.standardError));
}

void TestFilings::goesOnBehindAnUnreadableLine() {
    const QByteArray brand = brandWith("mock", false);
    const Outcome outcome =
        check({s("brand")}, brand + "\nnonsense\n" + QByteArray(brand).replace("12-", "98-") + '\n');
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.answers.size(), 2);
    QVERIFY(outcome.standardError.contains(s("line 2")));
}

void TestFilings::refusesMissingFiles() {
    const Outcome outcome = check({s("brand"), s("/nonexistent/filing.json")});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.standardError.contains(s("/nonexistent/filing.json cannot be read")),
             qPrintable(outcome.standardError));
    QCOMPARE(check({s("campaigns")}).exitCode, 2);
}

void TestFilings::helps() {
    QProcess process;
    process.start(tests::program("longcode-check"), {s("--help")});
    QVERIFY(process.waitForFinished(patienceMs));
    const QString help = QString::fromUtf8(process.readAllStandardOutput());
    for (const char *word : {"campaign", "brand", "tollfree", "severity", "FILE"})
        QVERIFY2(help.contains(s(word)), word);
}

QTEST_GUILESS_MAIN(TestFilings)
#include "tst_filings.moc"
