#include "protocol/facts.h"

#include <QRegularExpression>
#include <QTest>

Q_DECLARE_METATYPE(longcode::protocol::Fact)

using namespace longcode::protocol;

namespace {

const QDateTime noon(QDate(2026, 3, 5), QTime(12, 0, 0, 5), Qt::UTC);
const Parties parties{QStringLiteral("+15551230000"), QStringLiteral("+15557770000")};
constexpr char ends[] = R"("peer":"+15551230000","own":"+15557770000")";

QByteArray factText(const char *type, const QByteArray &data) {
    return QByteArray(R"({"type":")") + type + R"(","data":{)" + data + "}}";
}

QByteArray factWithEnds(const char *type, const QByteArray &more) {
    return factText(type, ends + (more.isEmpty() ? more : "," + more));
}

} // namespace

/// The facts as PROTOCOL.md has them.
class TestFacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsAndWrites();
    void unknownTypeIsKept();
    void refused_data();
    void refused();
    void bounds_data();
    void bounds();
};

void TestFacts::readsAndWrites() {
    const QList<std::pair<QByteArray, Fact>> all{
        {factWithEnds("claim", R"("assignee":"ben","until":"2026-03-05T12:00:00.005Z","take_over":true)"),
         Claim{parties, QStringLiteral("ben"), noon, true}},
        {factWithEnds("release", {}), Release{parties}},
        {factWithEnds("note", R"("text":"Call \"her\"\nback","mentions":["ana","ben"])"),
         Note{parties, QStringLiteral("Call \"her\"\nback"), {QStringLiteral("ana"), QStringLiteral("ben")}}},
        {factWithEnds("read", R"("at":"2026-03-05T12:00:00.005Z")"), ReadUpTo{parties, noon}},
        {factWithEnds("closed", R"("closed":false)"), Closed{parties, false}},
        {factWithEnds("answered", R"("intent":"i-1")"), Answered{parties, QStringLiteral("i-1")}},
        {factText("canned_reply", R"("id":"c-1","folder":"Hours","title":"Open","text":"9 to 5")"),
         CannedReply{QStringLiteral("c-1"), QStringLiteral("Hours"), QStringLiteral("Open"),
                     QStringLiteral("9 to 5")}},
        {factText("contact", R"("peer":"+15551230000","name":"Zo\u00eb")"),
         SharedContact{QStringLiteral("+15551230000"), QStringLiteral("Zo\u00eb")}},
        {factText("recovered", R"("source":"detail_records","event":"{\"data\":{}}")"),
         Recovered{QStringLiteral("detail_records"), R"({"data":{}})"}},
    };
    QCOMPARE(std::size_t(all.size()) + 1, std::variant_size_v<Fact>);
    for (const auto &[text, fact] : all) {
        const auto read = decodeFact(text);
        QVERIFY2(read, qPrintable(read ? QString() : read.error()));
        QVERIFY2(*read == fact, text.constData());
        QCOMPARE(encodeFact(fact), QByteArray(text).replace("\\u00eb", "\xc3\xab"));
    }
}

void TestFacts::unknownTypeIsKept() {
    const auto fact = decodeFact(R"({"type":"applause","data":{"loud":[1,2,{"x":null}]},"more":true})");
    QVERIFY(fact);
    QCOMPARE(std::get<UnknownFact>(*fact).type, QStringLiteral("applause"));
}

void TestFacts::refused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &text, const char *problem) {
        QTest::newRow(name) << text << QString::fromLatin1(problem);
    };
    row("empty", "", "the fact is not JSON in UTF-8");
    row("not UTF-8", "{\"type\":\"\xff\"}", "the fact is not JSON in UTF-8");
    row("a list", "[]", "the fact is not an object");
    row("no type", R"({"data":{}})", "type");
    row("empty type", R"({"type":"","data":{}})", "type is empty");
    row("type a number", R"({"type":1,"data":{}})", "type");
    row("type too long", factText(QByteArray(65, 'x').constData(), {}), "type is too long");
    row("no data", R"({"type":"release"})", "data");
    row("unknown without data", R"({"type":"applause"})", "data");
    row("data a text", R"({"type":"release","data":"x"})", "data");
    row("no peer", factText("release", R"("own":"o")"), "data.peer");
    row("empty peer", factText("release", R"("peer":"","own":"o")"), "data.peer is empty");
    row("no own", factText("release", R"("peer":"p")"), "data.own");
    row("claim for nobody",
        factWithEnds("claim", R"("assignee":"","until":"2026-03-05T12:00:00.005Z","take_over":true)"),
        "data.assignee is empty");
    row("claim without an end", factWithEnds("claim", R"("assignee":"b","take_over":true)"), "data.until");
    row("claim until some day", factWithEnds("claim", R"("assignee":"b","until":"soon","take_over":true)"),
        "data.until");
    row("take_over a number",
        factWithEnds("claim", R"("assignee":"b","until":"2026-03-05T12:00:00.005Z","take_over":1)"),
        "data.take_over");
    row("empty note", factWithEnds("note", R"("text":"","mentions":[])"), "data.text is empty");
    row("mentions a text", factWithEnds("note", R"("text":"x","mentions":"ana")"), "data.mentions");
    row("a mention a number", factWithEnds("note", R"("text":"x","mentions":["ana",2])"), "data.mentions[1]");
    row("closed missing", factWithEnds("closed", {}), "data.closed");
    row("read when", factWithEnds("read", {}), "data.at");
    row("answered without an intent", factWithEnds("answered", R"("intent":"")"), "data.intent is empty");
    row("canned reply without an id", factText("canned_reply", R"("id":"","folder":"","title":"","text":"")"),
        "data.id is empty");
    row("contact without a name", factText("contact", R"("peer":"p")"), "data.name");
    row("nothing recovered", factText("recovered", R"("source":"detail_records","event":"")"),
        "data.event is empty");
    row("recovered an object", factText("recovered", R"("source":"detail_records","event":{})"),
        "data.event");
    row("too large", factText("applause", "\"x\":\"" + QByteArray(1 << 20, 'x') + "\""),
        "the fact is too large or too deep");
    row("too deep", factText("applause", "\"x\":" + QByteArray(40, '[') + QByteArray(40, ']')),
        "the fact is too large or too deep");
    row("too many values", factText("applause", "\"x\":[" + QByteArray("0,").repeated(10'001) + "0]"),
        "the fact is too large or too deep");
}

void TestFacts::refused() {
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    const auto fact = decodeFact(text);
    QVERIFY(!fact);
    QCOMPARE(fact.error(), problem);
}

void TestFacts::bounds_data() {
    QTest::addColumn<Fact>("longest");
    QTest::addColumn<Fact>("tooLong");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, auto make, int most, const char *problem) {
        QTest::newRow(name) << Fact(make(QString(most, u'x'))) << Fact(make(QString(most + 1, u'x')))
                            << QString::fromLatin1(problem);
    };
    row(
        "peer", [](const QString &x) { return Release{{x, QStringLiteral("o")}}; }, 64,
        "data.peer is too long");
    row(
        "own", [](const QString &x) { return Release{{QStringLiteral("p"), x}}; }, 64,
        "data.own is too long");
    row(
        "assignee", [](const QString &x) { return Claim{parties, x, noon}; }, 64,
        "data.assignee is too long");
    row("note", [](const QString &x) { return Note{parties, x, {}}; }, 4000, "data.text is too long");
    row(
        "mention", [](const QString &x) { return Note{parties, QStringLiteral("t"), {x}}; }, 64,
        "data.mentions has an entry that is empty or too long");
    row(
        "mentions",
        [](const QString &x) {
            return Note{parties, QStringLiteral("t"), QStringList(x.size(), QStringLiteral("a"))};
        },
        50, "data.mentions has too many entries");
    row("intent", [](const QString &x) { return Answered{parties, x}; }, 200, "data.intent is too long");
    row("canned id", [](const QString &x) { return CannedReply{x, {}, {}, {}}; }, 64, "data.id is too long");
    row(
        "folder", [](const QString &x) { return CannedReply{QStringLiteral("i"), x, {}, {}}; }, 200,
        "data.folder is too long");
    row(
        "title", [](const QString &x) { return CannedReply{QStringLiteral("i"), {}, x, {}}; }, 200,
        "data.title is too long");
    row(
        "canned text", [](const QString &x) { return CannedReply{QStringLiteral("i"), {}, {}, x}; }, 10'000,
        "data.text is too long");
    row(
        "contact", [](const QString &x) { return SharedContact{QStringLiteral("p"), x}; }, 200,
        "data.name is too long");
    row("source", [](const QString &x) { return Recovered{x, "{}"}; }, 64, "data.source is too long");
}

void TestFacts::bounds() {
    QFETCH(Fact, longest);
    QFETCH(Fact, tooLong);
    QFETCH(QString, problem);
    const auto good = decodeFact(encodeFact(longest));
    QVERIFY2(good, qPrintable(good ? QString() : good.error()));
    QVERIFY(*good == longest);
    const auto bad = decodeFact(encodeFact(tooLong));
    QVERIFY(!bad);
    QCOMPARE(bad.error(), problem);
}

QTEST_GUILESS_MAIN(TestFacts)
#include "tst_facts.moc"
