#include "sandbox/lab.h"
#include "sandbox/webhook_receiver.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode::tests;

/// What arrives at webhook addresses, and when.
class TestWebhooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_lab = std::make_unique<Lab>();
        m_receiver = std::make_unique<WebhookReceiver>();
        m_spare = std::make_unique<WebhookReceiver>();
        QVERIFY(m_lab->start({QStringLiteral("--speed"), QStringLiteral("20")}));
    }
    void sentThenFinalizedAndSigned();
    void theMessagesAddressComesFirst();
    void failuresCarryTheirError_data();
    void failuresCarryTheirError();
    void threeTriesThenTheNextAddress();
    void twoSecondsForAnAnswer();
    void pausesFollowTheClock();
    void redirectsAreNotFollowed();
    void aClosedConnectionIsOneTry();
    void nobodyToTell();
    void failedOnesCanBeSentAgain();
    void aGroupReportsEachRecipient();
    void spendLimitIsReportedOnce();

private:
    std::unique_ptr<Lab> m_lab;
    std::unique_ptr<WebhookReceiver> m_receiver, m_spare;
};

void TestWebhooks::sentThenFinalizedAndSigned() {
    m_lab->setWebhook("Sales", m_receiver->url());
    const Json message = m_lab->send(Lab::anybody, "Grüße – 😀");
    QTRY_COMPARE(m_receiver->all().size(), 2);
    const ReceivedWebhook &sent = m_receiver->all()[0];
    const ReceivedWebhook &final = m_receiver->all()[1];
    QCOMPARE(textAt(sent.json, "/data/event_type"), QStringLiteral("message.sent"));
    QCOMPARE(textAt(final.json, "/data/event_type"), QStringLiteral("message.finalized"));
    QCOMPARE(textAt(sent.json, "/data/payload/to/0/status"), QStringLiteral("sent"));
    QCOMPARE(textAt(final.json, "/data/payload/to/0/status"), QStringLiteral("delivered"));
    QCOMPARE(textAt(final.json, "/data/payload/cost/amount"), QStringLiteral("0.0070"));
    QCOMPARE(textAt(final.json, "/data/payload/text"), QStringLiteral("Grüße – 😀"));
    QVERIFY(textAt(sent.json, "/data/id") != textAt(final.json, "/data/id"));
    for (const ReceivedWebhook &webhook : m_receiver->all()) {
        QCOMPARE(textAt(webhook.json, "/data/record_type"), QStringLiteral("event"));
        QCOMPARE(textAt(webhook.json, "/data/payload/id"), textAt(message, "/id"));
        QCOMPARE(textAt(webhook.json, "/meta/attempt"), QStringLiteral("1"));
        QCOMPARE(textAt(webhook.json, "/meta/delivered_to"), m_receiver->url());
        QVERIFY(WebhookReceiver::isSigned(webhook, m_lab->publicKey()));
        QVERIFY(qAbs(webhook.timestamp.toLongLong() - QDateTime::currentSecsSinceEpoch()) < 30);
        ReceivedWebhook forged = webhook;
        forged.body.replace("message", "massage");
        QVERIFY(!WebhookReceiver::isSigned(forged, m_lab->publicKey()));
    }
}

void TestWebhooks::theMessagesAddressComesFirst() {
    m_lab->setWebhook("Sales", m_spare->url());
    const QString own = m_receiver->url(QStringLiteral("/webhooks/telnyx?intent=42"));
    QVERIFY(!m_lab->send(Lab::anybody, "a", {{"webhook_url", own.toStdString()}}).is_null());
    QTRY_COMPARE(m_receiver->all().size(), 2);
    QCOMPARE(m_receiver->all()[0].target, QByteArray("/webhooks/telnyx?intent=42"));
    QCOMPARE(m_spare->all().size(), 0);
    // Without an address of its own the profile's is used, and for messages from phones always.
    QVERIFY(!m_lab->send(Lab::anybody, "b").is_null());
    QTRY_COMPARE(m_spare->all().size(), 2);
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "c"}});
    QTRY_COMPARE(m_spare->all().size(), 3);
}

void TestWebhooks::failuresCarryTheirError_data() {
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QString>("types");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("code");
    const QString both = QStringLiteral("message.sent message.finalized");
    const QString last = QStringLiteral("message.finalized");
    QTest::newRow("unreachable") << QByteArray("+14155550115") << both << QStringLiteral("delivery_failed")
                                 << QStringLiteral("40008");
    QTest::newRow("landline") << QByteArray("+14155550116") << last << QStringLiteral("sending_failed")
                              << QStringLiteral("40001");
    QTest::newRow("filtered") << QByteArray("+14155550117") << both << QStringLiteral("delivery_failed")
                              << QStringLiteral("40017");
    QTest::newRow("unconfirmed") << QByteArray("+14155550119") << both
                                 << QStringLiteral("delivery_unconfirmed") << QStringLiteral("absent");
    QTest::newRow("expired") << QByteArray("+14155550122") << both << QStringLiteral("expired")
                             << QStringLiteral("40005");
}

void TestWebhooks::failuresCarryTheirError() {
    QFETCH(QByteArray, number);
    QFETCH(QString, types);
    QFETCH(QString, status);
    QFETCH(QString, code);
    m_lab->setWebhook("Sales", m_receiver->url());
    QVERIFY(!m_lab->send(number.constData(), "a").is_null());
    QTRY_COMPARE(m_receiver->ofType("message.finalized").size(), 1);
    QStringList seen;
    for (const ReceivedWebhook &webhook : m_receiver->all())
        seen.append(textAt(webhook.json, "/data/event_type"));
    QCOMPARE(seen.join(u' '), types);
    const ReceivedWebhook final = m_receiver->all().last();
    QCOMPARE(textAt(final.json, "/data/payload/to/0/status"), status);
    QCOMPARE(textAt(final.json, "/data/payload/errors/0/code"), code);
    if (code != QStringLiteral("absent"))
        QCOMPARE(textAt(final.json, "/data/payload/errors/0/source/pointer"),
                 QStringLiteral("/to/0/phone_number"));
}

void TestWebhooks::threeTriesThenTheNextAddress() {
    m_lab->setWebhook("Sales", m_receiver->url(), m_spare->url(QStringLiteral("/spare")));
    m_receiver->answerNext({500, 404, 302});
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "a"}});
    QTRY_COMPARE_WITH_TIMEOUT(m_spare->all().size(), 1, 15000);
    QCOMPARE(m_receiver->all().size(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(textAt(m_receiver->all()[i].json, "/meta/attempt"), QString::number(i + 1));
    QCOMPARE(textAt(m_spare->all()[0].json, "/meta/attempt"), QStringLiteral("1"));
    QCOMPARE(textAt(m_spare->all()[0].json, "/meta/delivered_to"), m_spare->url(QStringLiteral("/spare")));
    QCOMPARE(textAt(m_spare->all()[0].json, "/data/id"), textAt(m_receiver->all()[0].json, "/data/id"));
    QVERIFY(WebhookReceiver::isSigned(m_spare->all()[0], m_lab->publicKey()));
}

void TestWebhooks::twoSecondsForAnAnswer() {
    m_lab->setWebhook("Sales", m_receiver->url());
    m_receiver->answerNext({WebhookReceiver::silent});
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "a"}});
    QTRY_COMPARE_WITH_TIMEOUT(m_receiver->all().size(), 2, 20000);
    // Two seconds of waiting and half a second of pause lie between the times at which they were signed.
    const qint64 apart =
        m_receiver->all()[1].timestamp.toLongLong() - m_receiver->all()[0].timestamp.toLongLong();
    QVERIFY(apart >= 2);
    QTRY_COMPARE(m_lab->control("GET", QStringLiteral("/webhooks")).at("/webhooks/0/state"),
                 QStringLiteral("delivered"));
    const Reply record = m_lab->control("GET", QStringLiteral("/webhooks"));
    QCOMPARE(record.at("/webhooks/0/attempts/0/problem"), QStringLiteral("no answer within 2 seconds"));
    QCOMPARE(record.at("/webhooks/0/attempts/1/status"), QStringLiteral("200"));
}

void TestWebhooks::pausesFollowTheClock() {
    m_lab->setWebhook("Sales", m_receiver->url());
    m_receiver->answerNext({500, 500, 500});
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "a"}});
    const auto attempts = [this] {
        return m_lab->control("GET", QStringLiteral("/webhooks")).body["webhooks"][0]["attempts"].size();
    };
    QTRY_COMPARE(attempts(), std::size_t{1});
    m_lab->advance(500);
    QTRY_COMPARE(attempts(), std::size_t{2});
    m_lab->advance(2000);
    QTRY_COMPARE(attempts(), std::size_t{3});
    QTRY_COMPARE(m_lab->control("GET", QStringLiteral("/webhooks")).at("/webhooks/0/state"),
                 QStringLiteral("failed"));
}

void TestWebhooks::redirectsAreNotFollowed() {
    m_lab->setWebhook("Sales", m_receiver->url());
    m_receiver->answerNext({307});
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "a"}});
    QTRY_COMPARE(m_receiver->all().size(), 2);
    QCOMPARE(textAt(m_receiver->all()[1].json, "/meta/attempt"), QStringLiteral("2"));
}

void TestWebhooks::aClosedConnectionIsOneTry() {
    m_lab->setWebhook("Sales", m_receiver->url());
    m_receiver->answerNext({WebhookReceiver::hangUp, WebhookReceiver::hangUp});
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "a"}});
    QTRY_COMPARE_WITH_TIMEOUT(m_receiver->all().size(), 3, 15000);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(textAt(m_receiver->all()[i].json, "/meta/attempt"), QString::number(i + 1));
}

void TestWebhooks::nobodyToTell() {
    const Json message = m_lab->send(Lab::anybody, "a");
    QTRY_COMPARE(m_lab->statusOf(message), QStringLiteral("delivered"));
    // The profile's addresses are left out when the message says so.
    m_lab->setWebhook("Sales", m_receiver->url());
    const Json silent = m_lab->send(Lab::anybody, "b", {{"use_profile_webhooks", false}});
    QTRY_COMPARE(m_lab->statusOf(silent), QStringLiteral("delivered"));
    QCOMPARE(m_lab->control("GET", QStringLiteral("/webhooks?state=failed")).body["webhooks"].size(),
             std::size_t{4});
    QCOMPARE(m_receiver->all().size(), 0);
}

void TestWebhooks::failedOnesCanBeSentAgain() {
    m_lab->setWebhook("Sales", m_receiver->url());
    m_lab->control("POST", QStringLiteral("/inbound"),
                   {{"from", Lab::anybody}, {"to", Lab::longCode}, {"text", "a"}});
    QTRY_COMPARE(m_receiver->all().size(), 1);
    const QString id = textAt(m_receiver->all()[0].json, "/data/id");
    const Reply again =
        m_lab->control("POST", QStringLiteral("/webhooks/redeliver"), {{"id", id.toStdString()}});
    QCOMPARE(again.at("/redelivered"), QStringLiteral("1"));
    QTRY_COMPARE(m_receiver->all().size(), 2);
    QCOMPARE(textAt(m_receiver->all()[1].json, "/data/id"), id);
    QCOMPARE(m_lab->control("POST", QStringLiteral("/webhooks/redeliver"), {{"which", "failed"}})
                 .at("/redelivered"),
             QStringLiteral("0"));
    QCOMPARE(m_lab->control("POST", QStringLiteral("/webhooks/redeliver"), {{"id", "none"}}).status, 404);
}

void TestWebhooks::aGroupReportsEachRecipient() {
    m_lab->setWebhook("Sales", m_receiver->url());
    const Reply sent =
        m_lab->api("POST", QStringLiteral("/messages/group_mms"),
                   {{"from", Lab::longCode}, {"to", {"+13125550001", "+13125550002"}}, {"text", "Lunch?"}});
    QTRY_COMPARE(m_receiver->ofType("message.finalized").size(), 2);
    QStringList numbers;
    for (const ReceivedWebhook &webhook : m_receiver->ofType("message.finalized")) {
        QCOMPARE(textAt(webhook.json, "/data/payload/group_message_id"), sent.at("/data/id"));
        QCOMPARE(textAt(webhook.json, "/data/payload/to/0/status"), QStringLiteral("unknown"));
        numbers.append(textAt(webhook.json, "/data/payload/to/0/phone_number"));
    }
    numbers.sort();
    QCOMPARE(numbers, QStringList({QStringLiteral("+13125550001"), QStringLiteral("+13125550002")}));
    // One of them answers: the others, and our number, are in `cc` as plain texts.
    const Reply answer = m_lab->control(
        "POST", QStringLiteral("/group_reply"),
        {{"group_message_id", sent.at("/data/id").toStdString()}, {"from", "+13125550002"}, {"text", "Yes"}});
    QCOMPARE(answer.status, 200);
    QTRY_COMPARE(m_receiver->ofType("message.received").size(), 1);
    const ReceivedWebhook received = m_receiver->ofType("message.received")[0];
    QCOMPARE(written(received.json["data"]["payload"]["cc"]), written({"+13125550001", Lab::longCode}));
    QCOMPARE(textAt(received.json, "/data/payload/type"), QStringLiteral("MMS"));
    QCOMPARE(m_lab
                 ->control("POST", QStringLiteral("/group_reply"),
                           {{"group_message_id", sent.at("/data/id").toStdString()},
                            {"from", "+13125550009"},
                            {"text", "Yes"}})
                 .status,
             422);
}

void TestWebhooks::spendLimitIsReportedOnce() {
    m_lab->control("POST", QStringLiteral("/profiles/Sales"),
                   {{"webhook_url", m_receiver->url().toStdString()},
                    {"daily_spend_limit", "0.0050"},
                    {"daily_spend_limit_enabled", true}});
    QVERIFY(!m_lab->send(Lab::anybody, "a").is_null());
    QVERIFY(m_lab->send(Lab::anybody, "b").is_null());
    QVERIFY(m_lab->send(Lab::anybody, "c").is_null());
    QTRY_COMPARE(m_receiver->ofType("message.finalized").size(), 1);
    const auto reports = m_receiver->ofType("messaging-profile.spend-limit-reached");
    QCOMPARE(reports.size(), 1);
    QCOMPARE(textAt(reports[0].json, "/data/payload/configured_limit"), QStringLiteral("0.0050"));
    QCOMPARE(textAt(reports[0].json, "/data/payload/current_cost"), QStringLiteral("0.0070"));
    m_lab->advance(86'400'000); // the counter begins anew with the day (UTC)
    QVERIFY(!m_lab->send(Lab::anybody, "d").is_null());
}

QTEST_GUILESS_MAIN(TestWebhooks)
#include "tst_webhooks.moc"
