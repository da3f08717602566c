#include "support/scratch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;

/// longcode-check, as a program.
class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void answers_data();
    void answers();
    void listsWhatForces();
    void refusesLines_data();
    void refusesLines();
    void keepsTheOrder();
    void keepsHalfPairs();
    void boundsLines();
    void answersEachLineAtOnce();
    void readsUnfinishedLastLine();
    void refusesArguments_data();
    void refusesArguments();
    void helps();
};

namespace {

constexpr int patienceMs = 20000;

struct Outcome {
    int exitCode = -1;
    QList<QByteArray> lines;
    QByteArray standardError;
};

Outcome check(const QStringList &arguments, const QByteArray &input) {
    QProcess process;
    process.start(tests::program("longcode-check"), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patienceMs))
        return {};
    QList<QByteArray> lines = process.readAllStandardOutput().split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, lines,
            process.readAllStandardError()};
}

QJsonObject object(const QByteArray &line) {
    return QJsonDocument::fromJson(line).object();
}

QString s(const char *text) {
    return QString::fromUtf8(text);
}

QByteArray jsonString(const QString &text) {
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

} // namespace

void TestText::answers_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<int>("units");
    QTest::addColumn<int>("segments");
    QTest::addColumn<int>("unitsPerSegment");
    QTest::addColumn<int>("forcing");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QStringList &options, const QString &typed,
                        const char *encoding, std::array<int, 4> figures, const QString &text) {
        QTest::newRow(name) << options << typed << s(encoding) << figures[0] << figures[1] << figures[2]
                            << figures[3] << text;
    };
    const QStringList plain;
    const QStringList smart{s("--smart")};
    const QStringList shortCode{s("--sender"), s("short_code")};
    row("empty", plain, QString(), "GSM-7", {0, 0, 160, 0}, QString());
    row("GSM-7", plain, s("Hello [€]\n"), "GSM-7", {13, 1, 160, 0}, s("Hello [€]\n"));
    row("153 brackets", plain, QString(153, u']'), "GSM-7", {306, 3, 153, 0}, QString(153, u']'));
    row("curly", plain, s("it’s"), "UCS-2", {4, 1, 70, 1}, s("it’s"));
    row("curly, smart", smart, s("it’s"), "GSM-7", {4, 1, 160, 0}, s("it's"));
    row("emoji, smart", smart, s("“😀”"), "UCS-2", {4, 1, 70, 1}, s("\"😀\""));
    row("becomes empty", smart, QStringLiteral("\u200B"), "GSM-7", {0, 0, 160, 0}, QString());
    row("short code", shortCode, QString(160, u'['), "ASCII", {160, 1, 160, 0}, QString(160, u'['));
    row("short code, empty", shortCode, QString(), "ASCII", {0, 0, 160, 0}, QString());
    row("short code, accent", shortCode, s("é"), "UCS-2", {1, 1, 70, 1}, s("é"));
    row("toll-free", {s("--sender=toll_free")}, s("a€"), "GSM-7", {3, 1, 160, 0}, s("a€"));
    row("alphanumeric", {s("--sender"), s("alphanumeric")}, s("Ω"), "UCS-2", {1, 1, 70, 1}, s("Ω"));
    row("what JSON escapes", plain, s("\"\\/\b\f\n\r\t\x01\x7F"), "UCS-2", {10, 1, 70, 5},
        s("\"\\/\b\f\n\r\t\x01\x7F"));
}

void TestText::answers() {
    QFETCH(QStringList, options);
    QFETCH(QString, typed);
    const Outcome outcome = check(QStringList{s("text")} + options, jsonString(typed) + '\n');
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.standardError, QByteArray());
    QCOMPARE(outcome.lines.size(), 1);
    const QJsonObject answer = object(outcome.lines.front());
    QCOMPARE(answer.keys(), (QStringList{s("encoding"), s("forcing"), s("segments"), s("text"), s("units"),
                                         s("units_per_segment")}));
    QTEST(answer[s("encoding")].toString(), "encoding");
    QTEST(answer[s("units")].toInt(-1), "units");
    QTEST(answer[s("segments")].toInt(-1), "segments");
    QTEST(answer[s("units_per_segment")].toInt(-1), "unitsPerSegment");
    QTEST(int(answer[s("forcing")].toArray().size()), "forcing");
    QTEST(answer[s("text")].toString(), "text");
}

void TestText::listsWhatForces() {
    const Outcome outcome = check({s("text")}, jsonString(s("a😀e\u0301’")) + '\n');
    const QJsonArray expected{
        QJsonObject{{s("index"), 1}, {s("code_point"), s("U+1F600")}},
        QJsonObject{{s("index"), 4}, {s("code_point"), s("U+0301")}},
        QJsonObject{{s("index"), 5}, {s("code_point"), s("U+2019")}},
    };
    QCOMPARE(object(outcome.lines.value(0))[s("forcing")].toArray(), expected);
    // No bound, unlike the list that the composer draws.
    const Outcome many = check({s("text")}, jsonString(QString(3000, u'ж')) + '\n');
    QCOMPARE(object(many.lines.value(0))[s("forcing")].toArray().size(), 3000);
}

void TestText::refusesLines_data() {
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"",
                             " ",
                             "hello",
                             "42",
                             "null",
                             "[\"a\"]",
                             "{\"text\":\"a\"}",
                             "\"",
                             "\"a",
                             "a\"",
                             "\"a\" \"b\"",
                             "\"a\"b\"",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\\u12g4\"",
                             "\"a\\\"",
                             "\"a\tb\"",
                             "\"\xFF\"",
                             "\"\xED\xA0\x80\"",
                             "'a'"})
        QTest::newRow(QByteArray(line).toPercentEncoding().constData()) << QByteArray(line);
}

void TestText::refusesLines() {
    QFETCH(QByteArray, line);
    const Outcome outcome = check({s("text")}, line + "\n\"a\"\n");
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.lines.size(), 2);
    const QJsonObject answer = object(outcome.lines.front());
    QCOMPARE(answer.keys(), QStringList{s("error")});
    QVERIFY(answer[s("error")].toString().endsWith(u'.'));
    QCOMPARE(object(outcome.lines.back())[s("units")].toInt(), 1);
}

void TestText::keepsTheOrder() {
    QByteArray input;
    for (int i = 0; i < 2000; ++i)
        input += i % 10 == 9 ? QByteArray("broken\n") : jsonString(QString(i, u'a')) + "\r\n";
    const Outcome outcome = check({s("text")}, input);
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.lines.size(), 2000);
    for (int i = 0; i < 2000; ++i)
        QCOMPARE(object(outcome.lines[i])[s("units")].toInt(-1), i % 10 == 9 ? -1 : i);
}

/// JSON can write half a surrogate pair; it counts, and comes back as it went in.
void TestText::keepsHalfPairs() {
    const Outcome outcome = check({s("text")}, "\"\\ud83d\"\n\"\\ude00\\ud83d\"\n\"\\uD83D\\uDE00\"\n");
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.lines.size(), 3);
    QVERIFY(outcome.lines[0].contains("\"units\":1,"));
    QVERIFY(outcome.lines[0].contains("\"text\":\"\\ud83d\""));
    QVERIFY(outcome.lines[1].contains("\"text\":\"\\ude00\\ud83d\""));
    QVERIFY(outcome.lines[2].contains("\"text\":\"😀\""));
}

void TestText::boundsLines() {
    const QByteArray longest = '"' + QByteArray(1024 * 1024 - 2, 'a') + '"';
    const QByteArray tooLong = '"' + QByteArray(3 * 1024 * 1024, 'a') + '"';
    const Outcome outcome = check({s("text")}, longest + '\n' + tooLong + "\n\"b\"\n");
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.lines.size(), 3);
    QCOMPARE(object(outcome.lines[0])[s("units")].toInt(), 1024 * 1024 - 2);
    QVERIFY(object(outcome.lines[1])[s("error")].toString().contains(s("1048576")));
    QCOMPARE(object(outcome.lines[2])[s("units")].toInt(), 1);
}

/// Another program may write a line, read the answer and write the next.
void TestText::answersEachLineAtOnce() {
    QProcess process;
    process.start(tests::program("longcode-check"), {s("text")});
    for (int i = 0; i < 3; ++i) {
        process.write("\"a\"\n");
        QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), patienceMs);
        QCOMPARE(object(process.readLine())[s("units")].toInt(), 1);
    }
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(patienceMs));
    QCOMPARE(process.exitCode(), 0);
}

void TestText::readsUnfinishedLastLine() {
    QCOMPARE(check({s("text")}, "\"a\"\n\"bc\"").lines.size(), 2);
    QCOMPARE(check({s("text")}, "").lines.size(), 0);
    QCOMPARE(check({s("text")}, "").exitCode, 0);
}

void TestText::refusesArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("nothing") << QStringList() << s("text");
    QTest::newRow("other subject") << QStringList{s("campaigns")} << s("campaigns");
    QTest::newRow("unknown option") << QStringList{s("text"), s("--fast")} << s("--fast");
    QTest::newRow("unknown sender") << QStringList{s("text"), s("--sender"), s("pigeon")} << s("pigeon");
    QTest::newRow("sender without a kind") << QStringList{s("text"), s("--sender")} << s("--sender");
    QTest::newRow("text as an argument") << QStringList{s("text"), s("Hello")} << s("Hello");
}

void TestText::refusesArguments() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Outcome outcome = check(arguments, "\"a\"\n");
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.lines, QList<QByteArray>());
    QVERIFY2(outcome.standardError.contains(named.toUtf8()), outcome.standardError.constData());
}

void TestText::helps() {
    const Outcome help = check({s("--help")}, {});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.lines.join('\n').contains("--sender"));
    const Outcome version = check({s("--version")}, {});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.lines.front().startsWith("longcode-check "));
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
