#include "fuzz/mutator.h"
#include "fuzz/targets.h"
#include "protocol/protocol.h"
#include "support/scratch.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;

using Target = void (*)(const QByteArray &);
using Seeds = QList<QByteArray>;
Q_DECLARE_METATYPE(Target)

/// A bounded number of damaged inputs for every reader of foreign bytes, the same ones in each run. A broken
/// promise ends the process; under the sanitizers so does every slip of memory.
class TestMutations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void survive_data();
    void survive();
    void reachesBothSides();
};

namespace {

constexpr int iterations = 20'000;

Seeds webhooks() {
    Seeds seeds;
    const QDir folder(tests::sourceFile("tests/events/data"));
    for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            seeds.append(file.readAll());
    }
    return seeds;
}

Seeds signedWebhooks() {
    Seeds seeds;
    const QByteArray key =
        QByteArray::fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const QByteArray signature = QByteArray(64, '\x42').toBase64();
    seeds.append(signature + "\n1772735400\n{\"data\":{\"id\":\"e\"}}");
    seeds.append(signature + "\n1772735400\n" + key.toBase64());
    seeds.append(QByteArray(64, '\0').toBase64() + "\n1772735400\n" + QByteArray(32, '\1').toBase64());
    return seeds;
}

Seeds frames() {
    using namespace protocol;
    const QDateTime time(QDate(2026, 3, 5), QTime(18, 30), Qt::UTC);
    const LogEntry first{7, time, QStringLiteral("i-7"), R"({"data":{"id":"e-7","text":"\u00fc \" \\"}})"};
    const LogEntry second{8, time, {}, "{}"};
    return {encode(Hello{1, 12, QStringLiteral("log"), QStringLiteral("longcode/0.1.0")}),
            encode(Welcome{1, QStringLiteral("log"), 12, QStringLiteral("https://relay.example")}),
            encode(Events{{first, second}}), encode(Ack{12}),
            encode(Refusal{QStringLiteral("slow"), QStringLiteral("No ack came.")})};
}

/// The files that the coverage-guided runs begin with.
Seeds corpus(const char *target) {
    Seeds seeds;
    const QDir folder(tests::sourceFile("tests/fuzz/corpus") + QLatin1Char('/') + QLatin1String(target));
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            seeds.append(file.readAll());
    }
    return seeds;
}

Seeds answersOfTheApi() {
    return {R"(422
5
{"errors":[{"code":"40310","title":"Bad to","detail":"No.","source":{"pointer":"/to"},"meta":{"url":"https://x.example"}}]})",
            "400\n\n{\"code\":\"10015\",\"title\":\"Bad\",\"source\":{\"parameter\":\"page[size]\"}}",
            "422\n\n{\"detail\":[{\"loc\":[\"body\",\"displayName\",0],\"msg\":\"missing\",\"type\":\"x\"}]}",
            "500\n\n{\"message\":\"Broken\"}",
            "400\n\n{\"errors\":[{\"field\":\"useCase\",\"message\":\"unknown\"}]}",
            "400\n\n{\"detail\":\"Only when rejected.\"}",
            "200\n\n{\"data\":{\"id\":\"m-1\",\"to\":[{\"phone_number\":\"+1\",\"status\":\"queued\"}],"
            "\"cost\":null}}",
            "200\n\n{\"data\":{\"id\":\"1\",\"phone_number\":\"+1\",\"features\":{\"sms\":null},\"health\":{"
            "\"success_ratio\":1}}}"};
}

} // namespace

void TestMutations::survive_data() {
    QTest::addColumn<Target>("target");
    QTest::addColumn<Seeds>("seeds");
    QTest::newRow("webhooks") << Target(&fuzz::events) << webhooks();
    QTest::newRow("signatures") << Target(&fuzz::signature) << signedWebhooks();
    QTest::newRow("frames") << Target(&fuzz::protocol) << frames();
    QTest::newRow("facts") << Target(&fuzz::facts) << corpus("facts");
    QTest::newRow("requests") << Target(&fuzz::http) << corpus("http");
    QTest::newRow("CSV") << Target(&fuzz::csv) << corpus("csv");
    QTest::newRow("vCards") << Target(&fuzz::vcard) << corpus("vcard");
    QTest::newRow("answers") << Target(&fuzz::answers) << answersOfTheApi();
}

void TestMutations::survive() {
    QFETCH(Target, target);
    QFETCH(Seeds, seeds);
    QVERIFY(!seeds.isEmpty());
    for (const QByteArray &seed : seeds)
        target(seed);
    fuzz::Mutator mutator(seeds, 20260305);
    for (int i = 0; i < iterations; ++i)
        target(mutator.next());
}

/// Mutations that are all refused, or none, would test nothing.
void TestMutations::reachesBothSides() {
    fuzz::Mutator mutator(frames(), 20260305);
    int accepted = 0;
    for (int i = 0; i < 2000; ++i)
        accepted += protocol::decode(mutator.next()).has_value();
    QVERIFY2(accepted > 20 && accepted < 1900, qPrintable(QString::number(accepted)));
}

QTEST_GUILESS_MAIN(TestMutations)
#include "tst_mutations.moc"
