#include "desk/outbox_rig.h"
#include "desk/recovery.h"
#include "desk/store_sink.h"
#include "support/scripted_server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTcpSocket>
#include <QUrlQuery>

using namespace longcode;
using namespace longcode::tests;
using store::MessageState;

/// Sending over a real store and a scripted API: what becomes of a message after each kind of answer, and
/// that nothing is ever posted twice.
class OutboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void acceptedSendIsQueued();
    void intentIsInTheWebhookAddress();
    void withoutARelayNoWebhookAddressIsSent();
    void firstSendWaitsForTheRelaysAddress();
    void refusals_data();
    void refusals();
    void answersThatLeaveItOpen_data();
    void answersThatLeaveItOpen();
    void rateLimitIsWaitedFor();
    void refusedKeyPausesUntilItWorks();
    void unreachableApiIsTriedAgain();
    void orderWithinAConversationIsKept();
    void onlyOnePostPerConversationAtATime();
    void onlyAFewConversationsAtATime();
    void restartPostsWhatWaitedAndDoubtsWhatWasHandedOver();
    void uncertainIsNeverRepeatedByItself();
    void sendAgainIsANewIntent();
    void countAsSentAndDiscard();
    void discardedWhileWaitingIsNotPosted();
    void stopWhileItWaitedIsRespected();
    void obstacleStopsTheSend();
    void failedWriteKeepsTheText();
    void alphanumericSenderNamesItsProfile();
    void webhookSettlesTheUncertain();
    void logThatWasSetBackIsAppliedAgain();
    void recoverySettlesTheUncertain_data();
    void recoverySettlesTheUncertain();
    void leftIsToldOnce_data();
    void leftIsToldOnce();
    void optOutWithoutAWord();
    void draftIsDurableSoon();
    void noteDraftsAreKeptBesideAnswers();
    void lastDraftWins();
    void sendTakesTheDraftWithIt();

private:
    [[nodiscard]] QUrl api() const { return m_server->url(QStringLiteral("/v2")); }
    [[nodiscard]] std::unique_ptr<OutboxRig> rig(bool started = true);
    [[nodiscard]] static QJsonObject body(const SeenRequest &request) {
        return QJsonDocument::fromJson(request.body).object();
    }

    std::unique_ptr<Scratch> m_scratch;
    std::unique_ptr<ScriptedServer> m_server;
};

namespace {

const QString customer = QStringLiteral("+12125550188");

/// Accepts every send with an id of its own.
ScriptedServer::Script acceptEverything() {
    return [count = 0](const SeenRequest &) mutable {
        return jsonAnswer(200, acceptedBody("00000000-0000-4000-8000-" +
                                            QByteArray::number(++count).rightJustified(12, '0')));
    };
}

} // namespace

void OutboxTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_scratch = std::make_unique<Scratch>();
    m_server = std::make_unique<ScriptedServer>(acceptEverything());
}

void OutboxTest::cleanup() {
    m_server.reset();
    m_scratch.reset();
}

std::unique_ptr<OutboxRig> OutboxTest::rig(bool started) {
    auto made =
        std::make_unique<OutboxRig>(m_scratch->path(QStringLiteral("data")), OutboxRig::settings(api()));
    if (started) {
        made->queue->setWebhookBase({});
        made->queue->start();
    }
    return made;
}

void OutboxTest::acceptedSendIsQueued() {
    const auto desk = rig();
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QVERIFY(row.isValid());
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
    QCOMPARE(m_server->requests().size(), 1);
    const SeenRequest &request = m_server->requests().first();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.target, QByteArray("/v2/messages"));
    QCOMPARE(request.header("authorization"), QByteArray("Bearer KEY-of-the-test"));
    QCOMPARE(body(request).value(QLatin1String("text")).toString(), QStringLiteral("Hello"));
    QCOMPARE(body(request).value(QLatin1String("to")).toString(), customer);
    QCOMPARE(body(request).value(QLatin1String("from")).toString(), QStringLiteral("+14155550100"));
    QCOMPARE(desk->message(row).telnyxId.text(), QStringLiteral("00000000-0000-4000-8000-000000000001"));
    QCOMPARE(desk->message(row).cost->amount, QStringLiteral("0.0051"));
}

void OutboxTest::intentIsInTheWebhookAddress() {
    const auto desk = rig();
    desk->queue->setWebhookBase(QUrl(QStringLiteral("https://relay.example.com/webhooks/telnyx")));
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
    const QUrl webhook(body(m_server->requests().first()).value(QLatin1String("webhook_url")).toString());
    QCOMPARE(webhook.adjusted(QUrl::RemoveQuery),
             QUrl(QStringLiteral("https://relay.example.com/webhooks/telnyx")));
    const QString intent = QUrlQuery(webhook).queryItemValue(QStringLiteral("intent"));
    QCOMPARE(intent, desk->message(row).intent.text());
    QVERIFY(intent.size() >= 22);
}

void OutboxTest::withoutARelayNoWebhookAddressIsSent() {
    const auto desk = rig();
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
    QVERIFY(!body(m_server->requests().first()).contains(QLatin1String("webhook_url")));
}

void OutboxTest::firstSendWaitsForTheRelaysAddress() {
    using namespace std::chrono_literals;
    auto timing = OutboxRig::quickTiming();
    timing.webhookPatience = 1h;
    OutboxRig desk(m_scratch->path(QStringLiteral("data")), OutboxRig::settings(api()), timing);
    desk.queue->start();
    const auto row = desk.send(desk.begin(customer), QStringLiteral("Hello"));
    QCOMPARE(desk.state(row), MessageState::Waiting);
    QCOMPARE(m_server->requests().size(), 0);
    desk.queue->setWebhookBase(QUrl(QStringLiteral("http://127.0.0.1:1/webhooks/telnyx")));
    QTRY_COMPARE(desk.state(row), MessageState::Queued);
    QVERIFY(body(m_server->requests().first()).contains(QLatin1String("webhook_url")));
}

void OutboxTest::refusals_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("bad request") << 400 << QStringLiteral("10015");
    QTest::newRow("no funds") << 402 << QStringLiteral("20100");
    QTest::newRow("number without profile") << 403 << QStringLiteral("40303");
    QTest::newRow("unknown") << 404 << QStringLiteral("10005");
    QTest::newRow("conflict") << 409 << QStringLiteral("10009");
    QTest::newRow("blocked by STOP") << 422 << QStringLiteral("40300");
    QTest::newRow("daily spend limit comes with 429") << 429 << QStringLiteral("40333");
}

void OutboxTest::refusals() {
    QFETCH(int, status);
    QFETCH(QString, code);
    m_server->setScript([status, code](const SeenRequest &) {
        return jsonAnswer(status, errorBody(code.toLatin1(), "Not this one", "The server says why."));
    });
    const auto desk = rig();
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Rejected);
    const store::ServerError expected{code, QStringLiteral("Not this one"),
                                      QStringLiteral("The server says why.")};
    QCOMPARE(desk->message(row).error, expected);
    QCOMPARE(m_server->requests().size(), 1);
}

void OutboxTest::answersThatLeaveItOpen_data() {
    QTest::addColumn<int>("status"); // 0: the connection is reset after the request, -1: no answer ever
    QTest::newRow("server error") << 500;
    QTest::newRow("gateway") << 502;
    QTest::newRow("unavailable") << 503;
    QTest::newRow("connection lost") << 0;
    QTest::newRow("no answer in time") << -1;
    QTest::newRow("accepted, but not as agreed") << 200;
    QTest::newRow("redirect") << 307;
}

void OutboxTest::answersThatLeaveItOpen() {
    QFETCH(int, status);
    m_server->setScript([status](const SeenRequest &) {
        if (status == 0)
            return Reaction{.bytes = {}, .closeAfter = false, .resetAfter = true, .delayMs = 0};
        if (status < 0)
            return Reaction{.bytes = {}, .closeAfter = false, .resetAfter = false, .delayMs = 60'000};
        if (status == 307)
            return answer(307, {}, {"Location: http://127.0.0.1:1/elsewhere"});
        return jsonAnswer(status, "{}");
    });
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const auto row = desk->send(conversation, QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Uncertain);
    // The next message of the conversation is not held up by it, and the doubtful one is not repeated.
    m_server->setScript(acceptEverything());
    const auto next = desk->send(conversation, QStringLiteral("Second"));
    QTRY_COMPARE(desk->state(next), MessageState::Queued);
    QCOMPARE(desk->state(row), MessageState::Uncertain);
    QCOMPARE(m_server->requests().size(), 2);
}

void OutboxTest::rateLimitIsWaitedFor() {
    m_server->setScript([this](const SeenRequest &request) {
        if (m_server->requests().size() == 1)
            return jsonAnswer(429, errorBody("10011", "Too many requests", "Slow down."), {"Retry-After: 1"});
        return acceptEverything()(request);
    });
    const auto desk = rig();
    QSignalSpy trouble(desk->outbox.get(), &desk::Outbox::troubleChanged);
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    // The pause of a second begins with the trouble; the message waits in it.
    QTRY_COMPARE(trouble.size(), 1);
    QVERIFY(!trouble.first().first().value<Failure>().what.isEmpty());
    QTRY_COMPARE(desk->state(row), MessageState::Waiting);
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
    QCOMPARE(m_server->requests().size(), 2);
    QTRY_COMPARE(trouble.size(), 2);
    QCOMPARE(trouble.last().first().value<Failure>(), Failure());
}

void OutboxTest::refusedKeyPausesUntilItWorks() {
    m_server->setScript([](const SeenRequest &) {
        return jsonAnswer(401, errorBody("10009", "Authentication failed", "Could not understand the key."));
    });
    const auto desk = rig();
    const auto first = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_VERIFY(!desk->queue->trouble().what.isEmpty());
    QTRY_COMPARE(desk->state(first), MessageState::Waiting);
    // A pause is a pause for everybody.
    const auto second = desk->send(desk->begin(QStringLiteral("+12125550189")), QStringLiteral("Hello too"));
    QCOMPARE(desk->state(second), MessageState::Waiting);
    QCOMPARE(m_server->requests().size(), 1);
    m_server->setScript(acceptEverything());
    desk->queue->accountWorks();
    QTRY_COMPARE(desk->state(first), MessageState::Queued);
    QTRY_COMPARE(desk->state(second), MessageState::Queued);
    QCOMPARE(desk->queue->trouble(), Failure());
}

void OutboxTest::unreachableApiIsTriedAgain() {
    const QUrl address = api();
    const quint16 port = m_server->port();
    m_server.reset();
    OutboxRig desk(m_scratch->path(QStringLiteral("data")), OutboxRig::settings(address));
    desk.queue->setWebhookBase({});
    desk.queue->start();
    const auto row = desk.send(desk.begin(customer), QStringLiteral("Hello"));
    QTRY_VERIFY(!desk.queue->trouble().what.isEmpty());
    QTRY_COMPARE(desk.state(row), MessageState::Waiting);
    QTcpServer back;
    QVERIFY(back.listen(QHostAddress::LocalHost, port));
    connect(&back, &QTcpServer::newConnection, &back, [&back] {
        QTcpSocket *socket = back.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            if (!socket->readAll().isEmpty())
                socket->write(jsonAnswer(200, acceptedBody("00000000-0000-4000-8000-000000000001")).bytes);
        });
    });
    QTRY_COMPARE(desk.state(row), MessageState::Queued);
    QTRY_COMPARE(desk.queue->trouble(), Failure());
}

void OutboxTest::orderWithinAConversationIsKept() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    QList<desk::MessageRow> rows;
    for (int i = 0; i < 12; ++i)
        rows.append(desk->send(conversation, QString::number(i)));
    QTRY_COMPARE(desk->state(rows.last()), MessageState::Queued);
    QStringList texts;
    for (const SeenRequest &request : m_server->requests())
        texts.append(body(request).value(QLatin1String("text")).toString());
    QCOMPARE(texts.join(QLatin1Char(' ')), QStringLiteral("0 1 2 3 4 5 6 7 8 9 10 11"));
}

void OutboxTest::onlyOnePostPerConversationAtATime() {
    m_server->setScript([](const SeenRequest &) {
        return Reaction{.bytes = {}, .closeAfter = false, .resetAfter = false, .delayMs = 60'000};
    });
    auto api = OutboxRig::settings(this->api());
    api.transferTimeout = std::chrono::minutes(1);
    api.deadline = std::chrono::minutes(1);
    OutboxRig desk(m_scratch->path(QStringLiteral("data")), api);
    desk.queue->setWebhookBase({});
    desk.queue->start();
    const auto conversation = desk.begin(customer);
    const auto first = desk.send(conversation, QStringLiteral("one"));
    const auto second = desk.send(conversation, QStringLiteral("two"));
    const auto other = desk.send(desk.begin(QStringLiteral("+12125550189")), QStringLiteral("three"));
    QTRY_COMPARE(m_server->requests().size(), 2);
    QCOMPARE(desk.state(first), MessageState::Sending);
    QCOMPARE(desk.state(second), MessageState::Waiting);
    QCOMPARE(desk.state(other), MessageState::Sending);
}

void OutboxTest::onlyAFewConversationsAtATime() {
    m_server->setScript([](const SeenRequest &) {
        return Reaction{.bytes = {}, .closeAfter = false, .resetAfter = false, .delayMs = 60'000};
    });
    auto api = OutboxRig::settings(this->api());
    api.transferTimeout = std::chrono::minutes(1);
    api.deadline = std::chrono::minutes(1);
    OutboxRig desk(m_scratch->path(QStringLiteral("data")), api);
    desk.queue->setWebhookBase({});
    desk.queue->start();
    QList<desk::MessageRow> rows;
    for (int i = 0; i < 6; ++i)
        rows.append(desk.send(desk.begin(QStringLiteral("+1212555010%1").arg(i)), QStringLiteral("Hello")));
    QTRY_COMPARE(m_server->requests().size(), 4);
    QCOMPARE(desk.state(rows.at(4)), MessageState::Waiting);
    QCOMPARE(desk.state(rows.at(5)), MessageState::Waiting);
}

void OutboxTest::restartPostsWhatWaitedAndDoubtsWhatWasHandedOver() {
    desk::MessageRow handedOver, waiting;
    {
        const auto desk = rig(false);
        handedOver = desk->send(desk->begin(customer), QStringLiteral("was on its way"));
        waiting = desk->send(desk->begin(QStringLiteral("+12125550189")), QStringLiteral("still here"));
        QVERIFY(await(desk->store->intentHandedOver(desk->message(handedOver).intent, desk->clock.now())));
    }
    const auto desk = rig(false);
    const QSignalSpy left(desk->queue.get(), &desk::SendQueue::handedOver);
    desk->queue->setWebhookBase({});
    desk->queue->start();
    QTRY_COMPARE(desk->state(waiting), MessageState::Queued);
    QCOMPARE(desk->state(handedOver), MessageState::Uncertain);
    QCOMPARE(left.size(), 2); // the doubtful one, and the one that left now
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(body(m_server->requests().first()).value(QLatin1String("text")).toString(),
             QStringLiteral("still here"));
}

void OutboxTest::uncertainIsNeverRepeatedByItself() {
    m_server->setScript([](const SeenRequest &) { return jsonAnswer(500, "{}"); });
    desk::MessageRow row;
    {
        const auto desk = rig();
        row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
        QTRY_COMPARE(desk->state(row), MessageState::Uncertain);
    }
    m_server->setScript(acceptEverything());
    const auto desk = rig();
    const auto other = desk->send(desk->begin(QStringLiteral("+12125550189")), QStringLiteral("Another"));
    QTRY_COMPARE(desk->state(other), MessageState::Queued);
    QCOMPARE(desk->state(row), MessageState::Uncertain);
    QCOMPARE(m_server->requests().size(), 2);
}

void OutboxTest::sendAgainIsANewIntent() {
    m_server->setScript([](const SeenRequest &) { return jsonAnswer(500, "{}"); });
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const auto row = desk->send(conversation, QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Uncertain);
    const store::IntentId first = desk->message(row).intent;
    m_server->setScript(acceptEverything());
    // Two clicks are one decision.
    desk->outbox->settle(row, desk::Settlement::SendAgain);
    desk->outbox->settle(row, desk::Settlement::SendAgain);
    QTRY_COMPARE(desk->reader->newest({conversation.value}, 10).last().state, MessageState::Queued);
    QCOMPARE(m_server->requests().size(), 2);
    QCOMPARE(desk->reader->newest({conversation.value}, 10).size(), 2);
    const store::MessageRecord again = desk->reader->newest({conversation.value}, 10).last();
    QVERIFY(again.row.value != row.value);
    QVERIFY(!(again.intent == first));
    QCOMPARE(again.text, QStringLiteral("Hello"));
    QCOMPARE(desk->state(row), MessageState::Cancelled);
}

void OutboxTest::countAsSentAndDiscard() {
    m_server->setScript([](const SeenRequest &) { return jsonAnswer(500, "{}"); });
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const auto sent = desk->send(conversation, QStringLiteral("was sent"));
    const auto lost = desk->send(conversation, QStringLiteral("was not"));
    QTRY_COMPARE(desk->state(lost), MessageState::Uncertain);
    desk->outbox->settle(sent, desk::Settlement::CountAsSent);
    desk->outbox->settle(lost, desk::Settlement::Discard);
    QTRY_COMPARE(desk->state(lost), MessageState::Cancelled);
    QCOMPARE(desk->state(sent), MessageState::Sent);
    QCOMPARE(m_server->requests().size(), 2);
}

void OutboxTest::discardedWhileWaitingIsNotPosted() {
    const auto desk = rig(false);
    const auto conversation = desk->begin(customer);
    const auto discarded = desk->send(conversation, QStringLiteral("no, do not"));
    const auto kept = desk->send(conversation, QStringLiteral("this one"));
    desk->outbox->settle(discarded, desk::Settlement::Discard);
    QTRY_COMPARE(desk->state(discarded), MessageState::Cancelled);
    desk->queue->setWebhookBase({});
    desk->queue->start();
    QTRY_COMPARE(desk->state(kept), MessageState::Queued);
    QCOMPARE(m_server->requests().size(), 1);
}

void OutboxTest::obstacleStopsTheSend() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const auto empty = await(desk->outbox->send(conversation, QStringLiteral(" \n")));
    QVERIFY(!empty);
    QCOMPARE(empty.error().kind, desk::SendProblemKind::Empty);
    const auto unknown = await(desk->outbox->send({9999}, QStringLiteral("Hello")));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, desk::SendProblemKind::ConversationUnknown);
    QCOMPARE(desk->reader->openIntents().size(), 0);
    QCOMPARE(m_server->requests().size(), 0);
}

void OutboxTest::failedWriteKeepsTheText() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    // The conversation goes between the check and the write: the intent cannot be written.
    QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"))
        .setDatabaseName(desk->store->path());
    {
        QSqlDatabase other = QSqlDatabase::database(QStringLiteral("other"));
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(QStringLiteral("BEGIN EXCLUSIVE")));
        const auto sent = await(desk->outbox->send(conversation, QStringLiteral("Hello")), 30'000);
        QVERIFY(query.exec(QStringLiteral("ROLLBACK")));
        QVERIFY(!sent);
        QCOMPARE(sent.error().kind, desk::SendProblemKind::NotStored);
        QVERIFY(!sent.error().sentence.what.isEmpty());
        QVERIFY(!sent.error().sentence.remedy.isEmpty());
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
    QCOMPARE(desk->outbox->draft(conversation), QStringLiteral("Hello"));
    QCOMPARE(m_server->requests().size(), 0);
}

void OutboxTest::alphanumericSenderNamesItsProfile() {
    const auto desk = rig();
    const QString profile = QStringLiteral("5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101");
    QVERIFY(await(desk->store->replaceSenders({{.address = QStringLiteral("ACME"),
                                                .profileId = profile,
                                                .profileName = QStringLiteral("Sales"),
                                                .kind = sms::SenderKind::Alphanumeric,
                                                .smartEncoding = false,
                                                .profileEnabled = true,
                                                .successRatio = {}}})));
    desk->account.setSenders({{.address = phone::fromWire(QStringLiteral("ACME")),
                               .profileId = profile,
                               .profileName = QStringLiteral("Sales"),
                               .kind = sms::SenderKind::Alphanumeric,
                               .smartEncoding = false,
                               .profileEnabled = true,
                               .successRatio = {}}});
    const auto row = desk->send(desk->begin(QStringLiteral("+447700900123"), QStringLiteral("ACME")),
                                QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
    QCOMPARE(body(m_server->requests().first()).value(QLatin1String("messaging_profile_id")).toString(),
             profile);
}

namespace {

/// One log entry of an inbound text.
protocol::LogEntry inboundEntry(qint64 seq, const QByteArray &id, const QByteArray &text) {
    return {
        .seq = seq,
        .receivedAt = QDateTime(QDate(2026, 3, 5), QTime(18, 30), Qt::UTC),
        .intent = {},
        .body =
            R"({"data":{"record_type":"event","event_type":"message.received","id":")" + id +
            R"(","occurred_at":"2026-03-05T18:30:00.000Z","payload":{"record_type":"message","direction":"inbound","id":")" +
            id +
            R"(","type":"SMS","from":{"phone_number":"+12125550188"},"to":[{"phone_number":"+14155550100",)"
            R"("status":"webhook_delivered"}],"text":")" +
            text + R"(","received_at":"2026-03-05T18:30:00.000Z"}}})"};
}

} // namespace

void OutboxTest::webhookSettlesTheUncertain() {
    m_server->setScript([](const SeenRequest &) { return jsonAnswer(500, "{}"); });
    const auto desk = rig();
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Uncertain);
    desk::StoreSink sink(*desk->store, *desk->reader, desk->clock);
    protocol::LogEntry entry{
        .seq = 1,
        .receivedAt = desk->clock.now(),
        .intent = desk->message(row).intent.text(),
        .body =
            R"({"data":{"record_type":"event","event_type":"message.finalized","id":"e1","occurred_at":"2026-03-05T18:30:00.000Z",)"
            R"("payload":{"record_type":"message","direction":"outbound","id":"m1","type":"SMS","from":{"phone_number":"+14155550100"},)"
            R"("to":[{"phone_number":"+12125550188","status":"delivered"}],"text":"Hello","parts":1}}})"};
    QVERIFY(await(sink.apply({.logId = QStringLiteral("log"), .events = {entry}, .live = true})));
    QCOMPARE(desk->state(row), MessageState::Delivered);
    const desk::LogPosition expected{.logId = QStringLiteral("log"), .seq = 1};
    QCOMPARE(sink.position(), expected);
}

void OutboxTest::recoverySettlesTheUncertain_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<bool>("seenBefore"); // as a message of nobody here
    QTest::newRow("detail record has the intent") << QStringLiteral("record") << false;
    QTest::newRow("message has the intent") << QStringLiteral("message") << false;
    QTest::newRow("webhook delivery has the intent") << QStringLiteral("delivery") << false;
    QTest::newRow("shown as somebody else's already") << QStringLiteral("record") << true;
}

void OutboxTest::recoverySettlesTheUncertain() {
    QFETCH(QString, source);
    QFETCH(bool, seenBefore);
    m_server->setScript([](const SeenRequest &) { return jsonAnswer(500, "{}"); });
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const auto row = desk->send(conversation, QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Uncertain);
    const QByteArray intent = desk->message(row).intent.text().toUtf8();
    const QByteArray address = "https://relay.example.com/webhooks/telnyx?intent=" + intent;
    const QByteArray id = "00000000-0000-4000-8000-000000000007";
    const auto message = [&](bool withAddress) -> QByteArray {
        return R"({"record_type":"message","direction":"outbound","id":")" + id +
               R"(","type":"SMS","from":{"phone_number":"+14155550100"},)"
               R"("to":[{"phone_number":"+12125550188","status":"delivered"}],"text":"Hello","parts":1)" +
               (withAddress ? R"(,"webhook_url":")" + address + "\"" : QByteArray()) + "}";
    };
    QByteArray deliveries, records;
    if (source == QLatin1String("delivery"))
        deliveries =
            R"({"status":"failed","webhook":{"record_type":"event","event_type":"message.finalized",)"
            R"("id":"e1","payload":)" +
            message(false) + R"(},"attempts":[{"http":{"request":{"url":")" + address + R"("}}}]})";
    else
        records = R"({"record_type":"messaging","uuid":")" + id + R"(","direction":"outbound")" +
                  (source == QLatin1String("record") ? R"(,"delivery_status_webhook_url":")" + address + "\""
                                                     : QByteArray()) +
                  "}";
    m_server->setScript([&](const SeenRequest &request) {
        const auto list = [](const QByteArray &item) -> QByteArray {
            return R"({"data":[)" + item +
                   R"(],"meta":{"total_pages":1,"total_results":1,"page_number":1,)"
                   R"("page_size":50}})";
        };
        if (request.target.contains("webhook_deliveries"))
            return jsonAnswer(200, list(deliveries));
        if (request.target.contains("detail_records"))
            return jsonAnswer(200, list(records));
        return jsonAnswer(200, R"({"data":)" + message(source == QLatin1String("message")) + "}");
    });
    if (seenBefore) {
        const auto event = await(desk->client->messageAsEvent(events::MessageId(QString::fromLatin1(id))));
        QVERIFY(event);
        store::LoggedEvent foreign{
            .seq = 0, .receivedAt = desk->clock.now(), .intent = {}, .event = *events::parseEvent(*event)};
        QVERIFY(await(desk->store->applyRecovered({foreign})));
        QCOMPARE(desk->reader->newest({conversation.value}, 10).size(), 2);
    }
    auto *recovery = new desk::Recovery(*desk->client, *desk->store, *desk->reader, desk->clock);
    const QDateTime now = desk->clock.now();
    const auto outcome = await(recovery->start({.from = now.addSecs(-3600), .to = now}));
    QVERIFY(outcome);
    QCOMPARE(outcome->events.size(), 1);
    QCOMPARE(desk->state(row), MessageState::Delivered);
    QCOMPARE(desk->intentOf(row).phase, store::IntentPhase::Accepted);
    QCOMPARE(desk->message(row).telnyxId.text(), QString::fromLatin1(id));
    QCOMPARE(desk->reader->newest({conversation.value}, 10).size(), 1);
    QVERIFY(desk->reader->openIntents().isEmpty());
}

void OutboxTest::leftIsToldOnce_data() {
    QTest::addColumn<QList<int>>("answers"); // one after the other; the last is repeated
    QTest::addColumn<MessageState>("end");
    QTest::addColumn<int>("told");
    QTest::newRow("accepted") << QList{200} << MessageState::Queued << 1;
    QTest::newRow("doubtful") << QList{500} << MessageState::Uncertain << 1;
    QTest::newRow("refused") << QList{422} << MessageState::Rejected << 0;
    QTest::newRow("too fast twice, then accepted") << QList{429, 429, 200} << MessageState::Queued << 1;
}

void OutboxTest::leftIsToldOnce() {
    QFETCH(QList<int>, answers);
    QFETCH(MessageState, end);
    QFETCH(int, told);
    m_server->setScript([&answers](const SeenRequest &) {
        const int status = answers.size() > 1 ? answers.takeFirst() : answers.first();
        return jsonAnswer(status, status == 200 ? acceptedBody("00000000-0000-4000-8000-000000000001")
                                                : errorBody("10011", "Not this one", "The server says why."));
    });
    const auto desk = rig();
    const QSignalSpy left(desk->queue.get(), &desk::SendQueue::handedOver);
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), end);
    QCOMPARE(left.size(), told);
}

void OutboxTest::optOutWithoutAWord() {
    const auto desk = rig(false);
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("opt-out"))
        .setDatabaseName(desk->store->path());
    {
        QSqlDatabase other = QSqlDatabase::database(QStringLiteral("opt-out"));
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(QStringLiteral("UPDATE conversations SET opt_out_at = 1, opt_out_word = ''")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("opt-out"));
    desk->queue->setWebhookBase({});
    desk->queue->start();
    QTRY_COMPARE(desk->state(row), MessageState::Rejected);
    const QString detail = desk->message(row).error->detail;
    QVERIFY2(detail.contains(QStringLiteral("opt-out")) && !detail.contains(QStringLiteral("“”")),
             qPrintable(detail));
}

void OutboxTest::stopWhileItWaitedIsRespected() {
    const auto desk = rig(false);
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QCOMPARE(desk->state(row), MessageState::Waiting);
    desk::StoreSink sink(*desk->store, *desk->reader, desk->clock);
    QVERIFY(await(sink.apply(
        {.logId = QStringLiteral("log"), .events = {inboundEntry(1, "a", "STOP")}, .live = true})));
    desk->queue->setWebhookBase({});
    desk->queue->start();
    QTRY_COMPARE(desk->state(row), MessageState::Rejected);
    QVERIFY(desk->message(row).error->title.contains(QStringLiteral("opted out")));
    QVERIFY(m_server->requests().isEmpty());
}

void OutboxTest::logThatWasSetBackIsAppliedAgain() {
    const auto desk = rig(false);
    const auto conversation = desk->begin(customer);
    const QString log = QStringLiteral("log");
    const auto texts = [&] {
        QStringList list;
        for (const store::MessageRecord &message : desk->reader->newest({conversation.value}, 10))
            list.append(message.text);
        return list;
    };
    {
        desk::StoreSink sink(*desk->store, *desk->reader, desk->clock);
        QVERIFY(await(sink.apply({.logId = log,
                                  .events = {inboundEntry(1, "a", "one"), inboundEntry(2, "b", "two")},
                                  .live = false})));
        sink.logWasSetBack(log);
        QVERIFY(await(sink.apply({.logId = log,
                                  .events = {inboundEntry(1, "a", "one"), inboundEntry(2, "c", "three")},
                                  .live = false})));
    }
    QCOMPARE(texts().size(), 3);
    // The next start goes on where this one stopped.
    desk::StoreSink sink(*desk->store, *desk->reader, desk->clock);
    const desk::LogPosition expected{.logId = log, .seq = 2};
    QCOMPARE(sink.position(), expected);
    QVERIFY(await(sink.apply({.logId = log, .events = {inboundEntry(3, "d", "four")}, .live = true})));
    QCOMPARE(texts().size(), 4);
}

void OutboxTest::draftIsDurableSoon() {
    const auto desk = rig(false);
    const auto conversation = desk->begin(customer);
    desk->outbox->keepDraft(conversation, QStringLiteral("Half a sen"));
    QCOMPARE(desk->outbox->draft(conversation), QStringLiteral("Half a sen"));
    // Another reader sees it without anything being closed or flushed.
    const auto other = std::move(*desk->store->openReader());
    QTRY_COMPARE(other->draft({conversation.value}), QStringLiteral("Half a sen"));
}

void OutboxTest::noteDraftsAreKeptBesideAnswers() {
    desk::ConversationId conversation;
    {
        const auto desk = rig(false);
        conversation = desk->begin(customer);
        desk->outbox->keepDraft(conversation, QStringLiteral("Dear"));
        desk->outbox->keepNoteDraft(conversation, QStringLiteral("he is ang"));
        QCOMPARE(desk->outbox->noteDraft(conversation), QStringLiteral("he is ang"));
        // The console is killed: nobody flushes.
        QTRY_COMPARE(desk->reader->draft({conversation.value}, store::DraftKind::Note),
                     QStringLiteral("he is ang"));
    }
    const auto desk = rig(false);
    QCOMPARE(desk->outbox->noteDraft(conversation), QStringLiteral("he is ang"));
    // An answer that leaves takes its own draft alone, and the list shows that one alone.
    QVERIFY(desk->send(conversation, QStringLiteral("Dear")).isValid());
    QCOMPARE(desk->outbox->draft(conversation), QString());
    QCOMPARE(desk->outbox->noteDraft(conversation), QStringLiteral("he is ang"));
    QCOMPARE(desk->reader->conversation({conversation.value})->draft, QString());
    desk->outbox->keepNoteDraft(conversation, {});
    QTRY_COMPARE(desk->reader->draft({conversation.value}, store::DraftKind::Note), QString());
}

void OutboxTest::lastDraftWins() {
    desk::ConversationId conversation;
    {
        const auto desk = rig(false);
        conversation = desk->begin(customer);
        for (const char *text : {"H", "He", "Hel", "Hello"})
            desk->outbox->keepDraft(conversation, QLatin1String(text));
        desk->outbox->flush();
    }
    const auto desk = rig(false);
    QCOMPARE(desk->outbox->draft(conversation), QStringLiteral("Hello"));
    desk->outbox->keepDraft(conversation, {});
    QCOMPARE(desk->outbox->draft(conversation), QString());
    QTRY_COMPARE(desk->reader->draft({conversation.value}), QString());
}

void OutboxTest::sendTakesTheDraftWithIt() {
    const auto desk = rig(false);
    const auto conversation = desk->begin(customer);
    desk->outbox->keepDraft(conversation, QStringLiteral("Hello"));
    desk->outbox->flush();
    QVERIFY(desk->send(conversation, QStringLiteral("Hello")).isValid());
    QCOMPARE(desk->reader->draft({conversation.value}), QString());
    QCOMPARE(desk->outbox->draft(conversation), QString());
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
