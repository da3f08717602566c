#include "desk/convert.h"
#include "desk/outbox_rig.h"
#include "desk/schedule_model.h"
#include "store/desk_values.h"
#include "support/process.h"
#include "support/scripted_server.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTimeZone>

using namespace longcode;
using namespace longcode::tests;
using namespace std::chrono_literals;
using desk::ScheduledSend;
using desk::SendProblemKind;
using store::MessageState;

/// Sends that wait for their time: taken back, kept here, kept by the API, changed, cancelled, missed, and
/// held back by an opt-out. Over a scripted API where the answer matters, else over the real sandbox.
class ScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    // taking back
    void withoutAWindowNothingIsHeld();
    void heldSendLeavesAfterItsWindow();
    void takenBackIsADraftAgain();
    void whatHasLeftIsNotTakenBack();
    void windowIsKept();
    void killedInTheWindowLeavesOnceAtTheNextStart();
    // times
    void times_data();
    void times();
    void farOnesAreKeptHereAndHandedOverInReach();
    void nearOnesThatCouldNotLeaveWaitForTheirTime();
    void missedIsNotSentByItself();
    // at the API
    void timeGoesOutToTheMinute();
    void answersToCancelling_data();
    void answersToCancelling();
    void lastMinuteIsRefused();
    void changeWritesNothingUnlessTheOldOneIsStopped();
    void optOutBeforeTheReleaseIsRecorded();
    // the sandbox
    void sandboxKeepsSendsAndCancels();
    void sandboxSendIsChanged();
    void optOutMeanwhileCancels();

private:
    [[nodiscard]] std::unique_ptr<OutboxRig> rig();
    [[nodiscard]] std::unique_ptr<OutboxRig> sandbox();
    QJsonObject control(const QString &path, const QJsonObject &body);
    [[nodiscard]] static QJsonObject body(const SeenRequest &request) {
        return QJsonDocument::fromJson(request.body).object();
    }
    [[nodiscard]] int count(const QByteArray &method) const;
    [[nodiscard]] static QDateTime minuteAfter(const OutboxRig &desk, std::chrono::seconds ahead);
    [[nodiscard]] static QList<ScheduledSend> waiting(const OutboxRig &desk);

    std::unique_ptr<Scratch> m_scratch;
    std::unique_ptr<ScriptedServer> m_server;
    QByteArray m_deleteStatus, m_getStatus; ///< what the scripted API says of messages
    int m_deleteCode = 200;
    int m_accepted = 0;
    std::unique_ptr<RunningProgram> m_sandbox;
    QString m_control;
    QNetworkAccessManager m_network;
};

namespace {

const QString customer = QStringLiteral("+12125550188");

QByteArray messageBody(const QByteArray &id, const QByteArray &status) {
    return acceptedBody(id).replace(R"("status":"queued")", QByteArray(R"("status":")" + status + '"'));
}

QByteArray bareBody(const QByteArray &id, const QByteArray &status) {
    const QByteArray wrapped = messageBody(id, status);
    return wrapped.mid(8, wrapped.size() - 9); // without {"data": and }
}

} // namespace

void ScheduleTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_scratch = std::make_unique<Scratch>();
    m_deleteStatus = "cancelled";
    m_getStatus = "scheduled";
    m_deleteCode = 200;
    m_server = std::make_unique<ScriptedServer>([this](const SeenRequest &request) {
        const QByteArray id = request.target.mid(request.target.lastIndexOf('/') + 1);
        if (request.method == "DELETE")
            return m_deleteCode == 200
                       ? jsonAnswer(200, bareBody(id, m_deleteStatus))
                       : jsonAnswer(m_deleteCode,
                                    R"({"code":"10010","title":"Not allowed","detail":"It is too late."})");
        if (request.method == "GET")
            return m_getStatus.isEmpty() ? jsonAnswer(500, "{}")
                                         : jsonAnswer(200, messageBody(id, m_getStatus));
        const bool later = body(request).contains(QLatin1String("send_at"));
        return jsonAnswer(200, messageBody("00000000-0000-4000-8000-" +
                                               QByteArray::number(++m_accepted).rightJustified(12, '0'),
                                           later ? "scheduled" : "queued"));
    });
}

void ScheduleTest::cleanup() {
    m_server.reset();
    m_sandbox.reset();
    m_scratch.reset();
}

std::unique_ptr<OutboxRig> ScheduleTest::rig() {
    telnyx::Settings api = OutboxRig::settings(m_server->url(QStringLiteral("/v2")));
    api.retries = 0;
    auto made = std::make_unique<OutboxRig>(m_scratch->path(QStringLiteral("data")), api);
    made->queue->setWebhookBase({});
    made->queue->start();
    made->schedule->start();
    return made;
}

std::unique_ptr<OutboxRig> ScheduleTest::sandbox() {
    m_sandbox = std::make_unique<RunningProgram>();
    if (!m_sandbox->start("longcode-sandbox",
                          {QStringLiteral("--speed"), QStringLiteral("50"), QStringLiteral("--api-key"),
                           QStringLiteral("KEY-of-the-test")}))
        return nullptr;
    const QJsonObject &ready = m_sandbox->ready();
    m_control = ready.value(QLatin1String("control")).toString();
    telnyx::Settings api = OutboxRig::settings(QUrl(ready.value(QLatin1String("url")).toString()));
    api.transferTimeout = 20s;
    api.deadline = 20s;
    auto made = std::make_unique<OutboxRig>(m_scratch->path(QStringLiteral("data")), api);
    made->queue->setWebhookBase({});
    made->queue->start();
    made->schedule->start();
    return made;
}

QJsonObject ScheduleTest::control(const QString &path, const QJsonObject &wanted) {
    QNetworkRequest request{QUrl(m_control + path)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(
        m_network.post(request, QJsonDocument(wanted).toJson(QJsonDocument::Compact)));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!finished.wait(20'000) || reply->error() != QNetworkReply::NoError)
        qWarning("control request %s: %s", qPrintable(path), reply->readAll().constData());
    return QJsonDocument::fromJson(reply->readAll()).object();
}

int ScheduleTest::count(const QByteArray &method) const {
    int seen = 0;
    for (const SeenRequest &request : m_server->requests())
        seen += request.method == method ? 1 : 0;
    return seen;
}

QDateTime ScheduleTest::minuteAfter(const OutboxRig &desk, std::chrono::seconds ahead) {
    const qint64 minutes = desk.clock.now().addSecs(ahead.count()).toMSecsSinceEpoch() / 60'000 + 1;
    return QDateTime::fromMSecsSinceEpoch(minutes * 60'000, Qt::UTC);
}

QList<ScheduledSend> ScheduleTest::waiting(const OutboxRig &desk) {
    QList<ScheduledSend> sends;
    const QAbstractItemModel &model = desk.schedule->sends();
    for (int row = 0; row < model.rowCount(); ++row)
        sends.append(model.index(row, 0).data(desk::ScheduledSendRole).value<ScheduledSend>());
    return sends;
}

// ---- Taking back ----------------------------------------------------------------------------------------

void ScheduleTest::withoutAWindowNothingIsHeld() {
    const auto desk = rig();
    QCOMPARE(desk->outbox->undoWindow(), 0s);
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
}

void ScheduleTest::heldSendLeavesAfterItsWindow() {
    const auto desk = rig();
    desk->outbox->setUndoWindow(10s);
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QCOMPARE(desk->state(row), MessageState::Held);
    desk->queue->lookAtHeld();
    QCOMPARE(desk->state(row), MessageState::Held);
    QVERIFY(waiting(*desk).isEmpty()); // it has no time of its own
    desk->clock.advance(11s);
    desk->queue->lookAtHeld();
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
    QCOMPARE(count("POST"), 1);
    QVERIFY(!body(m_server->requests().first()).contains(QLatin1String("send_at")));
}

void ScheduleTest::takenBackIsADraftAgain() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    desk->outbox->setUndoWindow(10s);
    const auto row = desk->send(conversation, QStringLiteral("Helo"));
    const auto text = await(desk->outbox->takeBack(row));
    QVERIFY(text);
    QCOMPARE(*text, QStringLiteral("Helo"));
    QCOMPARE(desk->outbox->draft(conversation), QStringLiteral("Helo"));
    QCOMPARE(desk->state(row), MessageState::Cancelled);
    desk->clock.advance(1h);
    desk->queue->lookAtHeld();
    // A send after it shows that the queue went on and left this one out.
    desk->outbox->setUndoWindow(0s);
    const auto next = desk->send(conversation, QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(next), MessageState::Queued);
    QCOMPARE(count("POST"), 1);
    const auto again = await(desk->outbox->takeBack(row));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, SendProblemKind::HasLeft);
}

void ScheduleTest::whatHasLeftIsNotTakenBack() {
    const auto desk = rig();
    const auto row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), MessageState::Queued);
    const auto text = await(desk->outbox->takeBack(row));
    QVERIFY(!text);
    QCOMPARE(text.error().kind, SendProblemKind::HasLeft);
    QVERIFY(!text.error().sentence.what.isEmpty());
}

void ScheduleTest::windowIsKept() {
    {
        const auto desk = rig();
        QSignalSpy changed(desk->outbox.get(), &desk::Outbox::undoWindowChanged);
        desk->outbox->setUndoWindow(7s);
        desk->outbox->setUndoWindow(7s);
        QCOMPARE(changed.count(), 1);
    }
    const auto desk = rig();
    QCOMPARE(desk->outbox->undoWindow(), 7s);
    desk->outbox->setUndoWindow(10min);
    QCOMPARE(desk->outbox->undoWindow(), desk::Outbox::longestUndo);
}

void ScheduleTest::killedInTheWindowLeavesOnceAtTheNextStart() {
    desk::MessageRow row;
    {
        const auto desk = rig();
        desk->outbox->setUndoWindow(10s);
        row = desk->send(desk->begin(customer), QStringLiteral("Hello"));
        QCOMPARE(desk->state(row), MessageState::Held);
    }
    QCOMPARE(count("POST"), 0);
    {
        const auto desk = rig();
        QCOMPARE(desk->state(row), MessageState::Held);
        desk->clock.advance(11s);
        desk->queue->lookAtHeld();
        desk->queue->lookAtHeld();
        QTRY_COMPARE(desk->state(row), MessageState::Queued);
    }
    const auto desk = rig();
    const auto next = desk->send(desk->begin(QStringLiteral("+13125550147")), QStringLiteral("Next"));
    desk->clock.advance(11s);
    desk->queue->lookAtHeld();
    QTRY_COMPARE(desk->state(next), MessageState::Queued);
    QCOMPARE(count("POST"), 2);
}

// ---- Times ----------------------------------------------------------------------------------------------

void ScheduleTest::times_data() {
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("possible");
    QTest::addColumn<bool>("keptHere");
    QTest::newRow("past") << -1 << false << false;
    QTest::newRow("too soon") << 3 << false << false;
    QTest::newRow("soonest") << 6 << true << false;
    QTest::newRow("tomorrow") << 24 * 60 << true << false;
    QTest::newRow("almost five days") << 5 * 24 * 60 - 10 << true << false;
    QTest::newRow("over five days") << 5 * 24 * 60 + 1 << true << true;
    QTest::newRow("in a month") << 30 * 24 * 60 << true << true;
    QTest::newRow("in two years") << 2 * 365 * 24 * 60 << false << true;
}

void ScheduleTest::times() {
    QFETCH(int, minutes);
    QFETCH(bool, possible);
    QFETCH(bool, keptHere);
    const auto desk = rig();
    const QDateTime at = minuteAfter(*desk, std::chrono::minutes(minutes));
    QCOMPARE(!desk->schedule->obstacle(at), possible);
    if (possible)
        QCOMPARE(desk->schedule->wouldBeKeptHere(at), keptHere);
    const auto sent = await(desk->schedule->schedule(desk->begin(customer), QStringLiteral("Later"), at));
    QCOMPARE(sent.has_value(), possible);
    if (!possible) {
        QCOMPARE(sent.error().kind, SendProblemKind::WrongTime);
        QVERIFY(!sent.error().sentence.what.isEmpty() && !sent.error().sentence.remedy.isEmpty());
        return;
    }
    if (keptHere)
        QCOMPARE(desk->state(*sent), MessageState::Held);
    else
        QTRY_COMPARE(desk->state(*sent), MessageState::Scheduled);
    QCOMPARE(desk->message(*sent).sendAt, at);
    QTRY_COMPARE(waiting(*desk).size(), 1);
    QTRY_COMPARE(waiting(*desk).first().keptHere, keptHere);
}

void ScheduleTest::farOnesAreKeptHereAndHandedOverInReach() {
    const auto desk = rig();
    QAbstractItemModelTester tester(&desk->schedule->sends(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QDateTime at = minuteAfter(*desk, 9 * 24h);
    const auto conversation = desk->begin(customer);
    const auto far = await(desk->schedule->schedule(conversation, QStringLiteral("Far"), at));
    QVERIFY(far);
    const auto farther =
        await(desk->schedule->schedule(conversation, QStringLiteral("Farther"), at.addDays(20)));
    QVERIFY(farther);
    desk->queue->lookAtHeld();
    QCOMPARE(desk->state(*far), MessageState::Held);
    desk->clock.advance(5 * 24h);
    desk->queue->lookAtHeld();
    QTRY_COMPARE(desk->state(*far), MessageState::Scheduled);
    QCOMPARE(desk->state(*farther), MessageState::Held);
    QCOMPARE(count("POST"), 1);
    QCOMPARE(body(m_server->requests().first()).value(QLatin1String("send_at")).toString(),
             at.toString(Qt::ISODate));
    QTRY_VERIFY(waiting(*desk).size() == 2 && !waiting(*desk).first().keptHere);
    QVERIFY(waiting(*desk).last().keptHere);
}

void ScheduleTest::nearOnesThatCouldNotLeaveWaitForTheirTime() {
    desk::MessageRow row;
    QDateTime at;
    {
        OutboxRig desk(m_scratch->path(QStringLiteral("data")),
                       OutboxRig::settings(m_server->url(QStringLiteral("/v2"))));
        at = minuteAfter(desk, 20min);
        const auto sent = await(desk.schedule->schedule(desk.begin(customer), QStringLiteral("Soon"), at));
        QVERIFY(sent); // the queue does not run, as without a connection
        row = *sent;
    }
    OutboxRig desk(m_scratch->path(QStringLiteral("data")),
                   OutboxRig::settings(m_server->url(QStringLiteral("/v2"))));
    desk.clock.advance(17min); // nearer than the API takes
    desk.queue->setWebhookBase({});
    desk.queue->start();
    const auto other = desk.send(desk.begin(customer), QStringLiteral("Now"));
    QTRY_COMPARE(desk.state(other), MessageState::Queued);
    QCOMPARE(desk.state(row), MessageState::Waiting);
    QCOMPARE(count("POST"), 1);
    desk.clock.advance(5min);
    desk.queue->setWebhookBase({});
    QTRY_COMPARE(desk.state(row), MessageState::Queued);
    QCOMPARE(count("POST"), 2);
    QVERIFY(!body(m_server->requests().last()).contains(QLatin1String("send_at")));
}

void ScheduleTest::missedIsNotSentByItself() {
    desk::MessageRow row;
    {
        const auto desk = rig();
        const auto sent = await(desk->schedule->schedule(
            desk->begin(customer), QStringLiteral("We come at ten"), minuteAfter(*desk, 6 * 24h)));
        QVERIFY(sent);
        row = *sent;
    }
    OutboxRig desk(m_scratch->path(QStringLiteral("data")),
                   OutboxRig::settings(m_server->url(QStringLiteral("/v2"))));
    desk.clock.advance(7 * 24h);
    QSignalSpy missed(desk.schedule.get(), &desk::Schedule::missed);
    desk.queue->setWebhookBase({});
    desk.queue->start();
    desk.schedule->start();
    QTRY_COMPARE(missed.count(), 1);
    QCOMPARE(missed.first().first().value<ScheduledSend>().message, row);
    QVERIFY(waiting(desk).first().missed);
    QCOMPARE(desk.state(row), MessageState::Held);
    QCOMPARE(count("POST"), 0);
    const auto diagnosis = desk.diagnoses->diagnose(row);
    QVERIFY(diagnosis && !diagnosis->remedies.contains(desk::Remedy::SendAgain));
    const auto now = await(desk.schedule->sendNow(row));
    QVERIFY(now);
    QTRY_COMPARE(desk.state(*now), MessageState::Queued);
    QCOMPARE(desk.state(row), MessageState::Cancelled);
    QCOMPARE(count("POST"), 1);
    QTRY_VERIFY(waiting(desk).isEmpty());
}

// ---- At the API -----------------------------------------------------------------------------------------

void ScheduleTest::timeGoesOutToTheMinute() {
    const auto desk = rig();
    const QDateTime at = minuteAfter(*desk, 2h);
    const auto sent = await(desk->schedule->schedule(desk->begin(customer), QStringLiteral("Later"),
                                                     at.addSecs(42).toTimeZone(QTimeZone("Asia/Tokyo"))));
    QVERIFY(sent);
    QTRY_COMPARE(desk->state(*sent), MessageState::Scheduled);
    const QString said = body(m_server->requests().first()).value(QLatin1String("send_at")).toString();
    QCOMPARE(said, at.toString(QStringLiteral("yyyy-MM-ddTHH:mm:00Z")));
}

void ScheduleTest::answersToCancelling_data() {
    QTest::addColumn<int>("deleteCode");
    QTest::addColumn<QByteArray>("deleteStatus");
    QTest::addColumn<QByteArray>("getStatus"); // empty: 500
    QTest::addColumn<bool>("cancelled");
    QTest::addColumn<MessageState>("state");
    QTest::newRow("confirmed") << 200 << QByteArray("cancelled") << QByteArray() << true
                               << MessageState::Cancelled;
    QTest::newRow("answer leaves it open, looked up")
        << 200 << QByteArray("scheduled") << QByteArray("cancelled") << true << MessageState::Cancelled;
    QTest::newRow("403, was cancelled before")
        << 403 << QByteArray() << QByteArray("cancelled") << true << MessageState::Cancelled;
    QTest::newRow("403, still scheduled")
        << 403 << QByteArray() << QByteArray("scheduled") << false << MessageState::Scheduled;
    QTest::newRow("403, has left") << 403 << QByteArray() << QByteArray("sent") << false
                                   << MessageState::Sent;
    QTest::newRow("404, delivered") << 404 << QByteArray() << QByteArray("delivered") << false
                                    << MessageState::Delivered;
    QTest::newRow("500, nobody knows")
        << 500 << QByteArray() << QByteArray() << false << MessageState::Scheduled;
}

void ScheduleTest::answersToCancelling() {
    QFETCH(int, deleteCode);
    QFETCH(QByteArray, deleteStatus);
    QFETCH(QByteArray, getStatus);
    QFETCH(bool, cancelled);
    QFETCH(MessageState, state);
    const auto desk = rig();
    const auto sent = await(
        desk->schedule->schedule(desk->begin(customer), QStringLiteral("Later"), minuteAfter(*desk, 2h)));
    QVERIFY(sent);
    QTRY_COMPARE(desk->state(*sent), MessageState::Scheduled);
    m_deleteCode = deleteCode;
    m_deleteStatus = deleteStatus;
    m_getStatus = getStatus;
    const auto done = await(desk->schedule->cancel(*sent));
    QCOMPARE(done.has_value(), cancelled);
    if (!done)
        QVERIFY(!done.error().what.isEmpty() && !done.error().remedy.isEmpty());
    QCOMPARE(count("DELETE"), 1);
    QTRY_COMPARE(desk->state(*sent), state);
}

void ScheduleTest::lastMinuteIsRefused() {
    const auto desk = rig();
    const QDateTime at = minuteAfter(*desk, 10min);
    const auto sent = await(desk->schedule->schedule(desk->begin(customer), QStringLiteral("Later"), at));
    QVERIFY(sent);
    QTRY_COMPARE(desk->state(*sent), MessageState::Scheduled);
    desk->clock.advance(std::chrono::milliseconds(desk->clock.now().msecsTo(at)) - 50s);
    const auto done = await(desk->schedule->cancel(*sent));
    QVERIFY(!done);
    QVERIFY2(done.error().what.contains(QLatin1String("last minute")), qPrintable(done.error().what));
    QCOMPARE(count("DELETE"), 0);
}

void ScheduleTest::changeWritesNothingUnlessTheOldOneIsStopped() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const QDateTime at = minuteAfter(*desk, 2h);
    const auto sent = await(desk->schedule->schedule(conversation, QStringLiteral("Old"), at));
    QVERIFY(sent);
    QTRY_COMPARE(desk->state(*sent), MessageState::Scheduled);
    m_deleteCode = 500;
    m_getStatus = "";
    const auto refused = await(desk->schedule->change(*sent, QStringLiteral("New"), at.addSecs(3600)));
    QVERIFY(!refused);
    QCOMPARE(desk->reader->newest(desk::toStore(conversation), 10).size(), 1);
    // A text that cannot be sent ends nothing.
    m_deleteCode = 200;
    const auto empty = await(desk->schedule->change(*sent, QStringLiteral("  "), at));
    QVERIFY(!empty);
    QCOMPARE(count("DELETE"), 1);
    const auto changed = await(desk->schedule->change(*sent, QStringLiteral("New"), at.addSecs(3600)));
    QVERIFY(changed);
    QCOMPARE(desk->state(*sent), MessageState::Cancelled);
    QTRY_COMPARE(desk->state(*changed), MessageState::Scheduled);
    QCOMPARE(desk->message(*changed).text, QStringLiteral("New"));
    QCOMPARE(desk->message(*changed).sendAt, at.addSecs(3600));
    QCOMPARE(count("POST"), 2);
}

void ScheduleTest::optOutBeforeTheReleaseIsRecorded() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const auto sent =
        await(desk->schedule->schedule(conversation, QStringLiteral("Sale!"), minuteAfter(*desk, 9 * 24h)));
    QVERIFY(sent);
    await(desk->store->replaceListedBlocks({{.peer = customer,
                                             .own = QStringLiteral("+14155550100"),
                                             .profileId = {},
                                             .keyword = QStringLiteral("STOP"),
                                             .at = desk->clock.now()}},
                                           desk->clock.now()));
    desk->clock.advance(5 * 24h);
    desk->queue->lookAtHeld();
    QTRY_COMPARE(desk->state(*sent), MessageState::Rejected);
    QCOMPARE(count("POST"), 0);
    QTRY_COMPARE(desk->reader->suppressed(10).size(), 1);
    QCOMPARE(desk->reader->suppressed(10).first().text, QStringLiteral("Sale!"));
    // Trying to schedule another one is recorded as well.
    const auto again =
        await(desk->schedule->schedule(conversation, QStringLiteral("Sale?"), minuteAfter(*desk, 2h)));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, SendProblemKind::OptedOut);
    QTRY_COMPARE(desk->reader->suppressed(10).size(), 2);
}

// ---- The sandbox ----------------------------------------------------------------------------------------

void ScheduleTest::sandboxKeepsSendsAndCancels() {
    const auto desk = sandbox();
    QVERIFY(desk);
    const auto conversation = desk->begin(QStringLiteral("+13125550001"));
    const QDateTime at = minuteAfter(*desk, 3h);
    const auto first = await(desk->schedule->schedule(conversation, QStringLiteral("First"), at), 30'000);
    const auto second = await(desk->schedule->schedule(conversation, QStringLiteral("Second"), at), 30'000);
    QVERIFY(first && second);
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*first), MessageState::Scheduled, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*second), MessageState::Scheduled, 20'000);
    const auto cancelled = await(desk->schedule->cancel(*second), 30'000);
    QVERIFY(cancelled);
    QCOMPARE(desk->state(*second), MessageState::Cancelled);
    // Its time comes for both clocks; without a relay the look-up tells the end.
    control(QStringLiteral("/clock"), {{QStringLiteral("advance_ms"), 4 * 3600 * 1000}});
    desk->clock.advance(4h);
    desk->schedule->start();
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*first), MessageState::Delivered, 20'000);
    QCOMPARE(desk->state(*second), MessageState::Cancelled);
    const auto late = await(desk->schedule->cancel(*first), 30'000);
    QVERIFY(!late);
}

void ScheduleTest::sandboxSendIsChanged() {
    const auto desk = sandbox();
    QVERIFY(desk);
    const auto conversation = desk->begin(QStringLiteral("+13125550001"));
    const QDateTime at = minuteAfter(*desk, 3h);
    const auto first = await(desk->schedule->schedule(conversation, QStringLiteral("At ten"), at), 30'000);
    QVERIFY(first);
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*first), MessageState::Scheduled, 20'000);
    const auto second =
        await(desk->schedule->change(*first, QStringLiteral("At eleven"), at.addSecs(600)), 30'000);
    QVERIFY(second);
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*second), MessageState::Scheduled, 20'000);
    QCOMPARE(desk->state(*first), MessageState::Cancelled);
    QTRY_COMPARE(waiting(*desk).size(), 1);
    const auto now = await(desk->schedule->sendNow(*second), 30'000);
    QVERIFY(now);
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*now), MessageState::Queued, 20'000);
    QCOMPARE(desk->state(*second), MessageState::Cancelled);
}

void ScheduleTest::optOutMeanwhileCancels() {
    const auto desk = sandbox();
    QVERIFY(desk);
    const QString peer = QStringLiteral("+13125550001");
    const auto conversation = desk->begin(peer);
    const auto sent = await(
        desk->schedule->schedule(conversation, QStringLiteral("Later"), minuteAfter(*desk, 3h)), 30'000);
    QVERIFY(sent);
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*sent), MessageState::Scheduled, 20'000);
    control(QStringLiteral("/opt_outs"),
            {{QStringLiteral("from"), QStringLiteral("+14155550100")}, {QStringLiteral("to"), peer}});
    desk->optOuts->synchronise();
    QTRY_VERIFY_WITH_TIMEOUT(desk->optOuts->block(conversation).has_value(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk->state(*sent), MessageState::Cancelled, 20'000);
    QTRY_COMPARE(desk->reader->suppressed(10).size(), 1);
}

QTEST_GUILESS_MAIN(ScheduleTest)

#include "tst_schedule.moc"
