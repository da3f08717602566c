#include "events/message_json.h"

#include "events/events.h"
#include "support/scratch.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace longcode::events;
using nlohmann::json;

namespace {

/// The payload of one of the sample webhooks.
MessageFacts sampleMessage(const char *name) {
    QFile file(longcode::tests::sourceFile("tests/events/data/") + QString::fromLatin1(name) +
               QStringLiteral(".json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no sample %s", name);
    const auto message = messageFromJson(json::parse(file.readAll().toStdString())["data"]["payload"]);
    if (!message)
        qFatal("%s", qPrintable(message.error()));
    return *message;
}

longcode::Result<MessageFacts, QString> read(const QByteArray &text) {
    return messageFromJson(json::parse(text.toStdString()));
}

} // namespace

class TestMessage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void outbound();
    void inboundText();
    void media();
    void group();
    void errors();
    void money_data();
    void money();
    void smartEncoding_data();
    void smartEncoding();
    void addresses_data();
    void addresses();
    void absentAndNull_data();
    void absentAndNull();
    void timesThatAreNone();
    void kindOfMessage_data();
    void kindOfMessage();
    void wrongTypesAreNamed_data();
    void wrongTypesAreNamed();
};

void TestMessage::outbound() {
    const MessageFacts message = sampleMessage("sent");
    QCOMPARE(message.profileId, QStringLiteral("7f0c2d11-6a0e-4c8e-9b57-2f1b7f6f9a01"));
    QCOMPARE(message.from, (Party{QStringLiteral("+14155550100"),
                                  MessageStatus::Unknown,
                                  {},
                                  QStringLiteral("Telnyx"),
                                  QStringLiteral("VoIP")}));
    QCOMPARE(message.to,
             (QList<Party>{{QStringLiteral("+14155550137"), MessageStatus::Sent, QStringLiteral("sent"),
                            QStringLiteral("Orchard Mobile"), QStringLiteral("Wireless")}}));
    QVERIFY(!message.mms);
    QCOMPARE(message.text, QStringLiteral("Your pears are ready for pick-up until 18:00."));
    QCOMPARE(message.subject, QString());
    QCOMPARE(message.encoding, QStringLiteral("GSM-7"));
    QCOMPARE(message.parts, 1);
    QCOMPARE(message.cost, (Money{QStringLiteral("0.0040"), QStringLiteral("USD")}));
    QCOMPARE(message.receivedAt, QDateTime(QDate(2026, 3, 5), QTime(18, 29, 58, 120), Qt::UTC));
    QCOMPARE(message.sentAt, QDateTime(QDate(2026, 3, 5), QTime(18, 29, 59, 4), Qt::UTC));
    QVERIFY(!message.completedAt);
    QCOMPARE(message.validUntil, QDateTime(QDate(2026, 3, 5), QTime(19, 29, 58, 120), Qt::UTC));
    QCOMPARE(message.smartEncodingApplied, false);
}

void TestMessage::inboundText() {
    const MessageFacts message = sampleMessage("received_sms");
    QCOMPARE(message.direction, Direction::Inbound);
    QCOMPARE(message.text, QStringLiteral("On my way \U0001F350 \u2014 10 minutes. <b>Danke</b>"));
    QCOMPARE(message.from.status, MessageStatus::Received);
    QCOMPARE(message.to.value(0).statusText, QStringLiteral("webhook_delivered"));
    QVERIFY(!message.cost);
}

void TestMessage::media() {
    const MessageFacts message = sampleMessage("received_mms");
    QVERIFY(message.mms);
    QCOMPARE(message.subject, QStringLiteral("Crates"));
    const Media photo{QStringLiteral("https://media.example/crate.jpg"), QStringLiteral("image/jpeg"),
                      QStringLiteral("0123456789abcdef0123456789abcdef"), 51200};
    const Media note{QStringLiteral("https://media.example/note.vcf"), {}, {}, std::nullopt};
    QCOMPARE(message.media, (QList<Media>{photo, note}));
    // A time without a zone is UTC.
    QCOMPARE(message.receivedAt, QDateTime(QDate(2026, 3, 5), QTime(18, 33), Qt::UTC));
}

void TestMessage::group() {
    const MessageFacts message = sampleMessage("received_group");
    QCOMPARE(message.from.address, QStringLiteral("+14155550137"));
    QCOMPARE(message.cc.size(), 2);
    QCOMPARE(message.cc.value(1).address, QStringLiteral("+14155550100"));
    QCOMPARE(message.groupMessageId, QStringLiteral("9f7c2b90-09f8-44d9-8f57-0d1c6d0e7a11"));
    const MessageFacts outside = sampleMessage("group_recipient_unknown");
    QCOMPARE(outside.to.value(0).status, MessageStatus::RecipientUnknown);
}

void TestMessage::errors() {
    const MessageFacts message = sampleMessage("delivery_failed");
    const EventError first{QStringLiteral("40008"), QStringLiteral("Undeliverable"),
                           QStringLiteral("The carrier would not take this message.")};
    const EventError second{QStringLiteral("40001"), QStringLiteral("Not routable"), {}};
    QCOMPARE(message.errors, (QList<EventError>{first, second}));
}

void TestMessage::money_data() {
    QTest::addColumn<QByteArray>("cost");
    QTest::addColumn<QString>("amount");
    QTest::newRow("text") << QByteArray(R"({"amount":"0.00510","currency":"USD"})")
                          << QStringLiteral("0.00510");
    QTest::newRow("number") << QByteArray(R"({"amount":0.0051,"currency":"USD"})")
                            << QStringLiteral("0.0051");
    QTest::newRow("small number") << QByteArray(R"({"amount":0.00001,"currency":"USD"})")
                                  << QStringLiteral("0.00001");
    QTest::newRow("whole number") << QByteArray(R"({"amount":3,"currency":"USD"})") << QStringLiteral("3");
    QTest::newRow("null amount") << QByteArray(R"({"amount":null,"currency":"USD"})") << QString();
    QTest::newRow("null") << QByteArray("null") << QString();
}

void TestMessage::money() {
    QFETCH(QByteArray, cost);
    QFETCH(QString, amount);
    const auto message = read("{\"cost\":" + cost + "}");
    QVERIFY(message);
    QCOMPARE(message->cost.has_value(), !amount.isEmpty());
    if (message->cost)
        QCOMPARE(*message->cost, (Money{amount, QStringLiteral("USD")}));
}

void TestMessage::smartEncoding_data() {
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("applied"); // -1: not said
    QTest::newRow("neither") << QByteArray("{}") << -1;
    QTest::newRow("beside") << QByteArray(R"({"smart_encoding_applied":true})") << 1;
    QTest::newRow("inside") << QByteArray(R"({"smart_encoding":{"smart_encoding_applied":true}})") << 1;
    QTest::newRow("both")
        << QByteArray(R"({"smart_encoding_applied":false,"smart_encoding":{"smart_encoding_applied":true}})")
        << 0;
    QTest::newRow("a plain flag") << QByteArray(R"({"smart_encoding":true})") << -1;
}

void TestMessage::smartEncoding() {
    QFETCH(QByteArray, members);
    QFETCH(int, applied);
    const auto message = read(members);
    QVERIFY(message);
    QCOMPARE(message->smartEncodingApplied ? int(*message->smartEncodingApplied) : -1, applied);
}

void TestMessage::addresses_data() {
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QStringList>("addresses");
    const QString one = QStringLiteral("+14155550137");
    const QString two = QStringLiteral("37468");
    QTest::newRow("objects") << QByteArray(R"([{"phone_number":"+14155550137"},{"phone_number":"37468"}])")
                             << QStringList{one, two};
    QTest::newRow("texts") << QByteArray(R"(["+14155550137","37468"])") << QStringList{one, two};
    QTest::newRow("mixed, with null")
        << QByteArray(R"(["+14155550137",null,{"phone_number":"37468"}])") << QStringList{one, two};
    QTest::newRow("one text") << QByteArray(R"("+14155550137")") << QStringList{one};
    QTest::newRow("one object") << QByteArray(R"({"phone_number":"37468"})") << QStringList{two};
    QTest::newRow("null") << QByteArray("null") << QStringList{};
    QTest::newRow("empty") << QByteArray("[]") << QStringList{};
}

void TestMessage::addresses() {
    QFETCH(QByteArray, to);
    QFETCH(QStringList, addresses);
    const auto message = read("{\"to\":" + to + "}");
    QVERIFY(message);
    QStringList found;
    for (const Party &party : message->to)
        found.append(party.address);
    QCOMPARE(found, addresses);
}

void TestMessage::absentAndNull_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("absent") << QByteArray("{}");
    QByteArray nulls("{");
    for (const char *name : {"id",
                             "direction",
                             "type",
                             "messaging_profile_id",
                             "from",
                             "to",
                             "cc",
                             "text",
                             "subject",
                             "media",
                             "encoding",
                             "parts",
                             "cost",
                             "received_at",
                             "sent_at",
                             "completed_at",
                             "valid_until",
                             "send_at",
                             "errors",
                             "autoresponse_type",
                             "group_message_id",
                             "smart_encoding_applied",
                             "smart_encoding"})
        nulls += QByteArray(nulls.size() > 1 ? "," : "") + '"' + name + "\":null";
    QTest::newRow("null") << QByteArray(nulls + "}");
}

void TestMessage::absentAndNull() {
    QFETCH(QByteArray, text);
    const auto message = read(text);
    QVERIFY(message);
    QVERIFY(message->id.isEmpty());
    QVERIFY(message->to.isEmpty() && message->cc.isEmpty() && message->media.isEmpty() &&
            message->errors.isEmpty());
    QVERIFY(!message->parts && !message->cost && !message->receivedAt && !message->smartEncodingApplied);
    QVERIFY(!message->mms);
}

void TestMessage::timesThatAreNone() {
    const auto message = read(R"({"sent_at":"tomorrow","received_at":"2026-03-05 18:30:00.5+01:00"})");
    QVERIFY(message);
    QVERIFY(!message->sentAt);
    QCOMPARE(message->receivedAt, QDateTime(QDate(2026, 3, 5), QTime(17, 30, 0, 500), Qt::UTC));
}

void TestMessage::kindOfMessage_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("mms");
    QTest::newRow("SMS") << QByteArray(R"({"type":"SMS"})") << false;
    QTest::newRow("MMS") << QByteArray(R"({"type":"MMS"})") << true;
    QTest::newRow("lower case") << QByteArray(R"({"type":"mms"})") << true;
    QTest::newRow("media without type") << QByteArray(R"({"media":[{"url":"https://x.example/a"}]})") << true;
    QTest::newRow("nothing") << QByteArray("{}") << false;
}

void TestMessage::kindOfMessage() {
    QFETCH(QByteArray, text);
    QFETCH(bool, mms);
    QCOMPARE(read(text)->mms, mms);
}

void TestMessage::wrongTypesAreNamed_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("member");
    const auto row = [](const char *text, const char *member) {
        QTest::newRow(member) << QByteArray(text) << QString::fromLatin1(member);
    };
    row(R"({"id":7})", "id");
    row(R"({"direction":true})", "direction");
    row(R"({"from":7})", "from");
    row(R"({"from":{"phone_number":14155550137}})", "from.phone_number");
    row(R"({"to":[{"phone_number":"+1"},7]})", "to[1]");
    row(R"({"to":[{"status":7}]})", "to[0].status");
    row(R"({"cc":{"carrier":[]}})", "cc.carrier");
    row(R"({"cc":7})", "cc");
    row(R"({"text":["a"]})", "text");
    row(R"({"media":{}})", "media");
    row(R"({"media":["https://x.example"]})", "media[0]");
    row(R"({"media":[{"size":"51200"}]})", "media[0].size");
    row(R"({"media":[{"size":1.5}]})", "media[0].size");
    row(R"({"parts":"1"})", "parts");
    row(R"({"parts":-1})", "parts");
    row(R"({"parts":4294967296})", "parts");
    row(R"({"parts":18446744073709551615})", "parts");
    row(R"({"cost":"0.0051"})", "cost");
    row(R"({"cost":{"amount":[]}})", "cost.amount");
    row(R"({"received_at":1772735400})", "received_at");
    row(R"({"errors":{"code":"1"}})", "errors");
    row(R"({"errors":["bad"]})", "errors[0]");
    row(R"({"errors":[{"title":{}}]})", "errors[0].title");
    row(R"({"smart_encoding_applied":"yes"})", "smart_encoding_applied");
    row(R"(["a"])", "message");
}

void TestMessage::wrongTypesAreNamed() {
    QFETCH(QByteArray, text);
    QFETCH(QString, member);
    const auto message = read(text);
    QVERIFY(!message);
    QCOMPARE(message.error(), member);
}

QTEST_GUILESS_MAIN(TestMessage)
#include "tst_message.moc"
