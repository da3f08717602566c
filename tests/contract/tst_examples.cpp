#include "events/events.h"
#include "events/message_json.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace longcode::events;
using nlohmann::json;

/// Every example webhook of the documentation parses, and those about messages into messages.
class TestExamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void parse_data();
    void parse();
    void thereAreEnough();

public:
    json examples;
};

namespace {

QString contractFile() {
    return qEnvironmentVariable("LONGCODE_CONTRACT") + QStringLiteral("/webhook-examples.json");
}

} // namespace

void TestExamples::parse_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isFragment");
    int number = 0;
    for (const json &example : examples) {
        QTest::addRow("%d %s", number++, example["name"].get<std::string>().c_str())
            << QByteArray::fromStdString(example["payload"].dump()) << (example["kind"] == "fragment");
    }
}

void TestExamples::parse() {
    QFETCH(QByteArray, body);
    QFETCH(bool, isFragment);
    if (isFragment) { // a part of a message
        const auto message = messageFromJson(json::parse(body.toStdString()));
        QVERIFY2(message, message ? "" : qPrintable(message.error()));
        return;
    }
    const auto event = parseEvent(body);
    QVERIFY(event);
    QCOMPARE(event->raw, body);
    QVERIFY(!event->type.isEmpty());
    QCOMPARE(eventId(body)->text(), event->id.text());
    const auto *other = std::get_if<OtherEvent>(&event->body);
    QCOMPARE(other ? other->why : QString(), QString());
    QCOMPARE(std::holds_alternative<MessageEvent>(event->body),
             event->type.startsWith(QLatin1String("message.")));
    QCOMPARE(std::holds_alternative<LinkClicked>(event->body), event->type == QLatin1String("link_clicked"));
    QCOMPARE(std::holds_alternative<SpendLimitReached>(event->body),
             event->type == QLatin1String("messaging-profile.spend-limit-reached"));
}

void TestExamples::thereAreEnough() {
    QCOMPARE_GE(examples.size(), std::size_t(50));
}

int main(int argc, char *argv[]) {
    QFile file(contractFile());
    if (!file.open(QIODevice::ReadOnly)) {
        puts("skipped: the documentation's examples are not here");
        return 77;
    }
    QCoreApplication app(argc, argv);
    TestExamples test;
    test.examples = json::parse(file.readAll().toStdString(), nullptr, false);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_examples.moc"
