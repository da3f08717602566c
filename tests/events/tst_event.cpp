#include "events/events.h"
#include "support/scratch.h"

#include <QCryptographicHash>
#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace longcode::events;
using longcode::tests::sourceFile;

namespace {

QByteArray sample(const char *name) {
    QFile file(sourceFile("tests/events/data/") + QString::fromLatin1(name) + QStringLiteral(".json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Event parsed(const QByteArray &body) {
    const auto event = parseEvent(body);
    if (!event)
        qFatal("did not parse: %s", body.left(200).constData());
    return *event;
}

QString hashId(const QByteArray &body) {
    return QStringLiteral("sha256:") +
           QString::fromLatin1(QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex());
}

QDateTime utc(int hour, int minute, int second, int ms = 0) {
    return QDateTime(QDate(2026, 3, 5), QTime(hour, minute, second, ms), Qt::UTC);
}

} // namespace

Q_DECLARE_METATYPE(EnvelopeProblem)

class TestEvent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void everySampleIsKeptWhole_data();
    void everySampleIsKeptWhole();
    void sent();
    void delivered();
    void deliveredByName();
    void leastInboundMessage();
    void stop();
    void spendLimit();
    void linkClick_data();
    void linkClick();
    void campaignStatusWithoutEnvelope();
    void typesWithoutOwnShape_data();
    void typesWithoutOwnShape();
    void surprisesAreNamed_data();
    void surprisesAreNamed();
    void ids_data();
    void ids();
    void problems_data();
    void problems();
    void limits();
};

void TestEvent::everySampleIsKeptWhole_data() {
    QTest::addColumn<QByteArray>("body");
    const QDir folder(sourceFile("tests/events/data"));
    const QStringList names = folder.entryList({QStringLiteral("*.json")});
    QCOMPARE(names.size(), 21);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << sample(qPrintable(name.chopped(5)));
}

void TestEvent::everySampleIsKeptWhole() {
    QFETCH(QByteArray, body);
    const auto event = parseEvent(body);
    QVERIFY(event);
    QCOMPARE(event->raw, body);
    QVERIFY(!event->type.isEmpty());
    const auto id = eventId(body);
    QVERIFY(id);
    QCOMPARE(id->text(), event->id.text());
}

void TestEvent::sent() {
    const Event event = parsed(sample("sent"));
    QCOMPARE(event.id.text(), QStringLiteral("5b0f4b8a-51d8-47fb-b6ab-aa10f0e8c001"));
    QVERIFY(event.hasOwnId);
    QCOMPARE(event.type, QStringLiteral("message.sent"));
    QCOMPARE(event.occurredAt, utc(18, 29, 59, 4));
    QCOMPARE(event.attempt, 1);
    const auto &message = std::get<MessageEvent>(event.body);
    QCOMPARE(message.kind, MessageEventKind::Sent);
    QCOMPARE(message.message.id.text(), QStringLiteral("0a4de6b2-31f3-4f52-8a44-1b9c3b1de701"));
    QCOMPARE(message.message.direction, Direction::Outbound);
    QCOMPARE(message.message.to.value(0).status, MessageStatus::Sent);
}

void TestEvent::delivered() {
    const Event event = parsed(sample("delivered"));
    QCOMPARE(event.attempt, 2);
    QCOMPARE(event.occurredAt, utc(18, 30, 2, 531));
    const auto &message = std::get<MessageEvent>(event.body);
    QCOMPARE(message.kind, MessageEventKind::Finalized);
    QCOMPARE(message.message.to.value(0).status, MessageStatus::Delivered);
}

void TestEvent::deliveredByName() {
    const auto message = std::get<MessageEvent>(parsed(sample("delivered_by_name")).body);
    QCOMPARE(message.kind, MessageEventKind::Finalized);
    QCOMPARE(message.message.to.value(0).status, MessageStatus::Delivered);
    QCOMPARE(message.message.to.value(0).statusText, QStringLiteral("delivered"));
    // What a recipient says of himself counts more than the name of the event.
    QByteArray failed = sample("delivery_failed");
    failed.replace("message.finalized", "message.delivered");
    const auto other = std::get<MessageEvent>(parsed(failed).body);
    QCOMPARE(other.message.to.value(0).status, MessageStatus::DeliveryFailed);
}

void TestEvent::leastInboundMessage() {
    const QByteArray body = sample("received_least");
    const Event event = parsed(body);
    QVERIFY(!event.hasOwnId);
    QCOMPARE(event.id.text(), hashId(body));
    QVERIFY(!event.occurredAt);
    const auto &message = std::get<MessageEvent>(event.body);
    QCOMPARE(message.kind, MessageEventKind::Received);
    QCOMPARE(message.message.direction, Direction::Inbound);
    QCOMPARE(message.message.text, QStringLiteral("anyone there?"));
}

void TestEvent::stop() {
    const auto message = std::get<MessageEvent>(parsed(sample("received_stop")).body);
    QCOMPARE(message.message.autoresponseType, QStringLiteral("STOP"));
    QCOMPARE(message.message.from.address, QStringLiteral("+14155550137"));
}

void TestEvent::spendLimit() {
    const auto reached = std::get<SpendLimitReached>(parsed(sample("spend_limit")).body);
    QCOMPARE(reached.configuredLimit, QStringLiteral("25.00"));
    QCOMPARE(reached.currentCost, QStringLiteral("25.01"));
    QCOMPARE(reached.profileId, QStringLiteral("7f0c2d11-6a0e-4c8e-9b57-2f1b7f6f9a01"));
}

void TestEvent::linkClick_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("to");
    QTest::newRow("bare") << sample("link_click") << QStringLiteral("https://orchard.example/pears")
                          << QStringLiteral("14155550137");
    QTest::newRow("in an envelope") << sample("link_click_in_envelope")
                                    << QStringLiteral("https://orchard.example/apples")
                                    << QStringLiteral("+14155550137");
}

void TestEvent::linkClick() {
    QFETCH(QByteArray, body);
    QFETCH(QString, url);
    QFETCH(QString, to);
    const Event event = parsed(body);
    QCOMPARE(event.type, QStringLiteral("link_clicked"));
    const auto click = std::get<LinkClicked>(event.body);
    QCOMPARE(click.url, url);
    QCOMPARE(click.to, to);
    QCOMPARE(click.messageId.text(), QStringLiteral("0a4de6b2-31f3-4f52-8a44-1b9c3b1de701"));
    QCOMPARE(click.clickedAt, utc(18, 40, 1, 250));
}

void TestEvent::campaignStatusWithoutEnvelope() {
    const QByteArray body = sample("campaign_status");
    const Event event = parsed(body);
    QCOMPARE(event.type, QStringLiteral("campaign_status"));
    QCOMPARE(event.id.text(), hashId(body));
    QVERIFY(std::get<OtherEvent>(event.body).why.isEmpty());
}

void TestEvent::typesWithoutOwnShape_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("type");
    QTest::newRow("brand") << sample("brand_update") << QStringLiteral("10dlc.brand.update");
    QTest::newRow("hosted") << sample("hosted_order")
                            << QStringLiteral("messaging_hosted_numbers_orders.updated");
    QTest::newRow("toll-free") << sample("toll_free")
                               << QStringLiteral("toll_free_verification.status_update");
    QTest::newRow("not invented yet") << sample("future_event") << QStringLiteral("message.read");
    QTest::newRow("without payload") << QByteArray(R"({"data":{"event_type":"x"}})") << QStringLiteral("x");
    QTest::newRow("empty data") << QByteArray(R"({"data":{}})") << QString();
}

void TestEvent::typesWithoutOwnShape() {
    QFETCH(QByteArray, body);
    QFETCH(QString, type);
    const Event event = parsed(body);
    QCOMPARE(event.type, type);
    QCOMPARE(event.raw, body);
    QCOMPARE(std::get<OtherEvent>(event.body).why, QString());
}

void TestEvent::surprisesAreNamed_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("why");
    const auto message = [](const char *payload) -> QByteArray {
        return QByteArray(R"({"data":{"event_type":"message.sent","id":"e","payload":)") + payload + "}}";
    };
    QTest::newRow("sample") << sample("surprising_shape") << QStringLiteral("data.payload.to[0].status");
    QTest::newRow("no data") << QByteArray("{}") << QStringLiteral("data");
    QTest::newRow("data is a list") << QByteArray(R"({"data":[]})") << QStringLiteral("data");
    QTest::newRow("type is a number")
        << QByteArray(R"({"data":{"event_type":5}})") << QStringLiteral("data.event_type");
    QTest::newRow("time is a number")
        << QByteArray(R"({"data":{"event_type":"x","occurred_at":5}})") << QStringLiteral("data.occurred_at");
    QTest::newRow("payload missing") << QByteArray(R"({"data":{"event_type":"message.sent"}})")
                                     << QStringLiteral("data.payload");
    QTest::newRow("payload null") << message("null") << QStringLiteral("data.payload");
    QTest::newRow("payload a text") << message("\"x\"") << QStringLiteral("data.payload");
    QTest::newRow("text is a number") << message(R"({"text":5})") << QStringLiteral("data.payload.text");
    QTest::newRow("first of several") << message(R"({"id":5,"text":5})") << QStringLiteral("data.payload.id");
    QTest::newRow("spend limit")
        << QByteArray(
               R"({"data":{"event_type":"messaging-profile.spend-limit-reached","payload":{"profile_id":[]}}})")
        << QStringLiteral("data.payload.profile_id");
    QTest::newRow("link click") << QByteArray(R"({"data":{"record_type":"link_clicked","url":{}}})")
                                << QStringLiteral("data.url");
}

void TestEvent::surprisesAreNamed() {
    QFETCH(QByteArray, body);
    QFETCH(QString, why);
    const Event event = parsed(body);
    QCOMPARE(event.raw, body);
    QCOMPARE(std::get<OtherEvent>(event.body).why, why);
}

void TestEvent::ids_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("ownId");
    QTest::newRow("own") << QByteArray(R"({"data":{"id":"e-1"}})") << QStringLiteral("e-1");
    QTest::newRow("after other members")
        << QByteArray(R"({"meta":{"id":"m"},"data":{"a":{"id":"x"},"id":"e-1"}})") << QStringLiteral("e-1");
    QTest::newRow("payload's is not it") << QByteArray(R"({"data":{"payload":{"id":"p-1"}}})") << QString();
    QTest::newRow("root's is not it") << QByteArray(R"({"id":"r-1","data":{}})") << QString();
    QTest::newRow("in a list is not it") << QByteArray(R"({"data":[{"id":"l-1"}]})") << QString();
    QTest::newRow("data twice") << QByteArray(R"({"data":{"id":"a"},"data":{"id":"b"}})")
                                << QStringLiteral("b");
    QTest::newRow("data twice, then none") << QByteArray(R"({"data":{"id":"a"},"data":null})") << QString();
    QTest::newRow("id twice") << QByteArray(R"({"data":{"id":"a","id":"b"}})") << QStringLiteral("b");
    QTest::newRow("id twice, then none") << QByteArray(R"({"data":{"id":"a","id":7}})") << QString();
    QTest::newRow("id is a list") << QByteArray(R"({"data":{"id":["a"]}})") << QString();
    QTest::newRow("id is an object") << QByteArray(R"({"data":{"id":{"id":"a"}}})") << QString();
    QTest::newRow("null") << QByteArray(R"({"data":{"id":null}})") << QString();
    QTest::newRow("empty") << QByteArray(R"({"data":{"id":""}})") << QString();
    QTest::newRow("escaped names") << QByteArray(R"({"d\u0061ta":{"\u0069d":"e-1"}})")
                                   << QStringLiteral("e-1");
    QTest::newRow("256 long") << QByteArray(R"({"data":{"id":")" + QByteArray(256, 'i') + R"("}})")
                              << QString(256, u'i');
    QTest::newRow("257 long") << QByteArray(R"({"data":{"id":")" + QByteArray(257, 'i') + R"("}})")
                              << QString();
}

void TestEvent::ids() {
    QFETCH(QByteArray, body);
    QFETCH(QString, ownId);
    const QString expected = ownId.isEmpty() ? hashId(body) : ownId;
    const auto id = eventId(body);
    QVERIFY(id);
    QCOMPARE(id->text(), expected);
    const Event event = parsed(body);
    QCOMPARE(event.id.text(), expected);
    QCOMPARE(event.hasOwnId, !ownId.isEmpty());
}

void TestEvent::problems_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<EnvelopeProblem>("problem");
    const auto nested = [](int depth) -> QByteArray { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QTest::newRow("empty") << QByteArray() << EnvelopeProblem::NotJson;
    QTest::newRow("words") << QByteArray("hello") << EnvelopeProblem::NotJson;
    QTest::newRow("cut off") << QByteArray(R"({"data":{)") << EnvelopeProblem::NotJson;
    QTest::newRow("two values") << QByteArray("{}{}") << EnvelopeProblem::NotJson;
    QTest::newRow("comment") << QByteArray("{} // x") << EnvelopeProblem::NotJson;
    QTest::newRow("not UTF-8") << QByteArray("{\"data\":{\"id\":\"\xff\xfe\"}}") << EnvelopeProblem::NotJson;
    QTest::newRow("overlong UTF-8") << QByteArray("{\"data\":{\"id\":\"\xc0\xaf\"}}")
                                    << EnvelopeProblem::NotJson;
    QTest::newRow("surrogate in UTF-8") << QByteArray("{\"a\":\"\xed\xa0\x80\"}") << EnvelopeProblem::NotJson;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << EnvelopeProblem::NotJson;
    QTest::newRow("list") << QByteArray("[]") << EnvelopeProblem::NotAnObject;
    QTest::newRow("list with data") << QByteArray(R"([{"data":{"id":"x"}}])") << EnvelopeProblem::NotAnObject;
    QTest::newRow("number") << QByteArray("5") << EnvelopeProblem::NotAnObject;
    QTest::newRow("null") << QByteArray("null") << EnvelopeProblem::NotAnObject;
    QTest::newRow("32 deep") << nested(32) << EnvelopeProblem::NotAnObject;
    QTest::newRow("33 deep") << nested(33) << EnvelopeProblem::TooDeep;
    QTest::newRow("500,000 deep") << nested(500'000) << EnvelopeProblem::TooDeep;
    QTest::newRow("deep, unclosed") << QByteArray(1 << 20, '{') << EnvelopeProblem::TooDeep;
    QTest::newRow("too large") << QByteArray(QByteArray("{}") + QByteArray(1 << 20, ' '))
                               << EnvelopeProblem::TooLarge;
    QTest::newRow("50 MB") << QByteArray(50 << 20, ' ') << EnvelopeProblem::TooLarge;
    QTest::newRow("too many values") << QByteArray("[" + QByteArray("0,").repeated(200'000) + "0]")
                                     << EnvelopeProblem::TooLarge;
}

void TestEvent::problems() {
    QFETCH(QByteArray, body);
    QFETCH(EnvelopeProblem, problem);
    const auto event = parseEvent(body);
    QVERIFY(!event);
    QCOMPARE(event.error(), problem);
    const auto id = eventId(body);
    QVERIFY(!id);
    QCOMPARE(id.error(), problem);
}

/// What is just within the limits is read, brackets inside of texts do not count.
void TestEvent::limits() {
    const QByteArray head(R"({"data":{"id":"e","x":")");
    const QByteArray tail(R"("}})");
    const QByteArray filler((1 << 20) - head.size() - tail.size(), '[');
    const QByteArray body = head + filler + tail;
    QCOMPARE(body.size(), 1 << 20);
    QVERIFY(parseEvent(body));
    QVERIFY(eventId(body));
    const QByteArray escapedQuote = "{\"data\":{\"x\":\"\\\"" + QByteArray(40, '[') + "\"}}";
    const QByteArray escapedBackslash = "{\"data\":{\"x\":\"\\\\\",\"y\":[]}}";
    QVERIFY(parseEvent(escapedQuote));
    QVERIFY(parseEvent(escapedBackslash));
}

QTEST_GUILESS_MAIN(TestEvent)
#include "tst_event.moc"
