#include "store/fold.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace longcode;
using namespace longcode::store;

namespace {

Report said(const char *status, qint64 occurred, const char *id = "e") {
    Report report;
    report.eventId = QString::fromLatin1(id);
    report.status = QString::fromLatin1(status);
    report.occurredMs = occurred;
    return report;
}

} // namespace

/// How a message's state follows from what was told of it, in every order of telling.
class TestFold : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void states_data();
    void states();
    void phases_data();
    void phases();
    void countedAsSentIsAFloor();
    void membersComeFromTheHighestReportThatHasThem();
    void errorOnlyWithAFailedState();
    void inboundStaysReceived();
    void encodings_data();
    void encodings();
    void reportOfAnOutboundMessage();
};

void TestFold::states_data() {
    QTest::addColumn<QList<Report>>("reports");
    QTest::addColumn<MessageState>("state");
    using S = MessageState;
    QTest::newRow("queued") << QList<Report>{said("queued", 1)} << S::Queued;
    QTest::newRow("sending") << QList<Report>{said("sending", 1)} << S::Queued;
    QTest::newRow("sent") << QList<Report>{said("queued", 1), said("sent", 2)} << S::Sent;
    QTest::newRow("sent, then queued later") << QList<Report>{said("sent", 1), said("queued", 9)} << S::Sent;
    QTest::newRow("delivered before sent")
        << QList<Report>{said("delivered", 1), said("sent", 2)} << S::Delivered;
    QTest::newRow("failed") << QList<Report>{said("sent", 1), said("delivery_failed", 2)} << S::Failed;
    QTest::newRow("sending failed") << QList<Report>{said("sending_failed", 2)} << S::Failed;
    QTest::newRow("expired") << QList<Report>{said("expired", 2)} << S::Failed;
    QTest::newRow("unconfirmed") << QList<Report>{said("delivery_unconfirmed", 2)} << S::Unconfirmed;
    QTest::newRow("unconfirmed, then delivered")
        << QList<Report>{said("delivery_unconfirmed", 1), said("delivered", 2)} << S::Delivered;
    QTest::newRow("delivered, then unconfirmed")
        << QList<Report>{said("delivered", 1), said("delivery_unconfirmed", 2)} << S::Delivered;
    QTest::newRow("delivered, then failed")
        << QList<Report>{said("delivered", 1), said("delivery_failed", 2)} << S::Delivered;
    QTest::newRow("failed, then delivered")
        << QList<Report>{said("delivery_failed", 1), said("delivered", 2)} << S::Failed;
    QTest::newRow("cancelled") << QList<Report>{said("scheduled", 1), said("cancelled", 2)} << S::Cancelled;
    QTest::newRow("recipient outside") << QList<Report>{said("unknown", 2)} << S::Unconfirmed;
    QTest::newRow("no such word") << QList<Report>{said("teleported", 2)} << S::Queued;
    QTest::newRow("no such word, then sent")
        << QList<Report>{said("teleported", 2), said("sent", 1)} << S::Sent;
}

void TestFold::states() {
    QFETCH(QList<Report>, reports);
    QFETCH(MessageState, state);
    for (int i = 0; i < reports.size(); ++i)
        reports[i].eventId = QString::number(i);
    std::sort(reports.begin(), reports.end(),
              [](const Report &a, const Report &b) { return a.eventId < b.eventId; });
    do {
        QCOMPARE(fold({}, reports).state, state);
    } while (std::next_permutation(reports.begin(), reports.end(),
                                   [](const Report &a, const Report &b) { return a.eventId < b.eventId; }));
}

void TestFold::phases_data() {
    QTest::addColumn<IntentPhase>("phase");
    QTest::addColumn<MessageState>("silent");
    QTest::newRow("waiting") << IntentPhase::Waiting << MessageState::Waiting;
    QTest::newRow("sending") << IntentPhase::Sending << MessageState::Sending;
    QTest::newRow("uncertain") << IntentPhase::Uncertain << MessageState::Uncertain;
    QTest::newRow("rejected") << IntentPhase::Rejected << MessageState::Rejected;
    QTest::newRow("counted as sent") << IntentPhase::CountedAsSent << MessageState::Sent;
    QTest::newRow("discarded") << IntentPhase::Discarded << MessageState::Cancelled;
}

void TestFold::phases() {
    QFETCH(IntentPhase, phase);
    QFETCH(MessageState, silent);
    Origin origin;
    origin.phase = phase;
    QCOMPARE(fold(origin, {}).state, silent);
    // Whatever is believed here, an event knows better.
    QCOMPARE(fold(origin, {said("delivered", 1)}).state, MessageState::Delivered);
}

void TestFold::countedAsSentIsAFloor() {
    Origin origin;
    origin.phase = IntentPhase::CountedAsSent;
    QCOMPARE(fold(origin, {said("queued", 1)}).state, MessageState::Sent);
}

void TestFold::membersComeFromTheHighestReportThatHasThem() {
    Report queued = said("queued", 1, "a");
    queued.parts = 1;
    queued.cost = Price{QStringLiteral("0.004"), QStringLiteral("USD")};
    Report sent = said("sent", 2, "b");
    sent.cost = Price{QStringLiteral("0.005"), QStringLiteral("USD")};
    sent.carrier = QStringLiteral("Early");
    Report delivered = said("delivered", 3, "c");
    delivered.carrier = QStringLiteral("Late");
    Origin origin;
    origin.segments = 7;
    for (const QList<Report> &order :
         {QList<Report>{queued, sent, delivered}, {delivered, queued, sent}, {sent, delivered, queued}}) {
        const Standing standing = fold(origin, order);
        QCOMPARE(standing.segments, 1);
        QCOMPARE(standing.cost->amount, QStringLiteral("0.005"));
        QCOMPARE(standing.carrier, QStringLiteral("Late"));
    }
    QCOMPARE(fold(origin, {delivered}).segments, 7);
}

void TestFold::errorOnlyWithAFailedState() {
    Report failedOnce = said("delivery_failed", 1, "a");
    failedOnce.error = {QStringLiteral("40008"), QStringLiteral("Undeliverable"),
                        QStringLiteral("Not accepted.")};
    QCOMPARE(fold({}, {failedOnce}).error.code, QStringLiteral("40008"));
    Report sent = said("sent", 1, "b");
    sent.error = failedOnce.error;
    QCOMPARE(fold({}, {sent}).error, ServerError{});

    Origin origin;
    origin.phase = IntentPhase::Rejected;
    origin.refusal = {QStringLiteral("40310"), QStringLiteral("Invalid 'to' address"), {}};
    QCOMPARE(fold(origin, {}).error.code, QStringLiteral("40310"));
    QCOMPARE(fold(origin, {said("sent", 1)}).error, ServerError{});
}

void TestFold::inboundStaysReceived() {
    Origin origin;
    origin.direction = Direction::Inbound;
    Report report = said("delivered", 1);
    report.keyword = Keyword::Stop;
    const Standing standing = fold(origin, {report});
    QCOMPARE(standing.state, MessageState::Received);
    QCOMPARE(standing.keyword, Keyword::Stop);
}

void TestFold::encodings_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<sms::Encoding>("encoding");
    QTest::newRow("GSM-7") << QStringLiteral("GSM-7") << sms::Encoding::Gsm7;
    QTest::newRow("gsm7") << QStringLiteral("gsm7") << sms::Encoding::Gsm7;
    QTest::newRow("GSM 7-bit") << QStringLiteral("GSM 7-bit") << sms::Encoding::Gsm7;
    QTest::newRow("UCS-2") << QStringLiteral("UCS-2") << sms::Encoding::Ucs2;
    QTest::newRow("UTF-16") << QStringLiteral("UTF-16") << sms::Encoding::Ucs2;
    QTest::newRow("ASCII") << QStringLiteral("ASCII") << sms::Encoding::Ascii;
    QTest::newRow("other") << QStringLiteral("Baudot") << sms::Encoding::Ascii;
}

void TestFold::encodings() {
    QFETCH(QString, text);
    QFETCH(sms::Encoding, encoding);
    Origin origin;
    origin.encoding = sms::Encoding::Ascii;
    Report report = said("sent", 1);
    report.encoding = text;
    QCOMPARE(fold(origin, {report}).encoding, encoding);
}

void TestFold::reportOfAnOutboundMessage() {
    events::MessageFacts facts;
    facts.from.carrier = QStringLiteral("Telnyx");
    events::Party to;
    to.statusText = QStringLiteral("delivered");
    to.carrier = QStringLiteral("T-Mobile USA");
    facts.to = {to};
    facts.errors = {{QStringLiteral("1"), QStringLiteral("first"), {}},
                    {QStringLiteral("2"), QStringLiteral("second"), {}}};
    const Report report = reportOf(QStringLiteral("id"), facts, Direction::Outbound, {}, 77);
    QCOMPARE(report.status, QStringLiteral("delivered"));
    QCOMPARE(report.carrier, QStringLiteral("T-Mobile USA"));
    QCOMPARE(report.error.code, QStringLiteral("1"));
    QCOMPARE(report.atMs, 77);
    QCOMPARE(reportOf(QStringLiteral("id"), facts, Direction::Inbound, {}, 77).carrier,
             QStringLiteral("Telnyx"));
}

QTEST_GUILESS_MAIN(TestFold)
#include "tst_fold.moc"
