#include "events/events.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>

using namespace longcode::events;
using Status = MessageStatus;

class TestStatus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsText_data();
    void readsText();
    void namesItAsTheApiDoes_data();
    void namesItAsTheApiDoes();
    void ranks_data();
    void ranks();
    void advances_data();
    void advances();
    void anyOrderEndsTheSame();
};

void TestStatus::readsText_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("status");
    const auto row = [](const char *text, Status status) {
        QTest::newRow(text) << QString::fromLatin1(text) << static_cast<int>(status);
    };
    row("scheduled", Status::Scheduled);
    row("queued", Status::Queued);
    row("sending", Status::Sending);
    row("sent", Status::Sent);
    row("received", Status::Received);
    row("webhook_delivered", Status::Received);
    row("delivered", Status::Delivered);
    row("DELIVERED", Status::Delivered);
    row("Delivered", Status::Delivered);
    row("delivery_failed", Status::DeliveryFailed);
    row("failed", Status::DeliveryFailed);
    row("sending_failed", Status::SendingFailed);
    row("gw_timeout", Status::SendingFailed);
    row("gw_reject", Status::SendingFailed);
    row("delivery_unconfirmed", Status::DeliveryUnconfirmed);
    row("dlr_timeout", Status::DeliveryUnconfirmed);
    row("dlr_unconfirmed", Status::DeliveryUnconfirmed);
    row("expired", Status::Expired);
    row("cancelled", Status::Cancelled);
    row("unknown", Status::RecipientUnknown);
    row("teleported", Status::Unknown);
    row("", Status::Unknown);
    row("delivered ", Status::Unknown);
}

void TestStatus::readsText() {
    QFETCH(QString, text);
    QFETCH(int, status);
    QCOMPARE(static_cast<int>(statusFromText(text)), status);
}

void TestStatus::namesItAsTheApiDoes_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text");
    const auto row = [](Status status, const char *text) {
        QTest::addRow("%d", static_cast<int>(status))
            << static_cast<int>(status) << QString::fromLatin1(text);
    };
    row(Status::Unknown, "");
    row(Status::Received, "received");
    row(Status::DeliveryFailed, "delivery_failed");
    row(Status::SendingFailed, "sending_failed");
    row(Status::DeliveryUnconfirmed, "delivery_unconfirmed");
    row(Status::RecipientUnknown, "unknown");
}

void TestStatus::namesItAsTheApiDoes() {
    QFETCH(int, status);
    QFETCH(QString, text);
    QCOMPARE(statusText(static_cast<Status>(status)), text);
}

void TestStatus::ranks_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("expectedRank");
    QTest::addColumn<bool>("terminal");
    const auto row = [](const char *name, Status status, int expected, bool terminal) {
        QTest::newRow(name) << static_cast<int>(status) << expected << terminal;
    };
    row("unknown text", Status::Unknown, 0, false);
    row("inbound", Status::Received, 0, false);
    row("scheduled", Status::Scheduled, 1, false);
    row("queued", Status::Queued, 2, false);
    row("sending", Status::Sending, 3, false);
    row("sent", Status::Sent, 4, false);
    row("delivered", Status::Delivered, 5, true);
    row("unconfirmed", Status::DeliveryUnconfirmed, 5, true);
    row("delivery failed", Status::DeliveryFailed, 5, true);
    row("sending failed", Status::SendingFailed, 5, true);
    row("expired", Status::Expired, 5, true);
    row("cancelled", Status::Cancelled, 5, true);
    row("recipient unknown", Status::RecipientUnknown, 5, true);
}

void TestStatus::ranks() {
    QFETCH(int, status);
    QFETCH(int, expectedRank);
    QFETCH(bool, terminal);
    QCOMPARE(rank(static_cast<Status>(status)), expectedRank);
    QCOMPARE(isTerminal(static_cast<Status>(status)), terminal);
}

void TestStatus::advances_data() {
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, Status from, Status to, bool allowed) {
        QTest::newRow(name) << static_cast<int>(from) << static_cast<int>(to) << allowed;
    };
    row("first news", Status::Unknown, Status::Queued, true);
    row("forward", Status::Queued, Status::Sent, true);
    row("forward over two", Status::Scheduled, Status::Delivered, true);
    row("back", Status::Sent, Status::Queued, false);
    row("same", Status::Sent, Status::Sent, false);
    row("delivered never falls back", Status::Delivered, Status::Sent, false);
    row("delivered stays", Status::Delivered, Status::DeliveryFailed, false);
    row("failed stays", Status::DeliveryFailed, Status::Delivered, false);
    row("expired stays", Status::Expired, Status::Delivered, false);
    row("unconfirmed may be confirmed", Status::DeliveryUnconfirmed, Status::Delivered, true);
    row("unconfirmed may fail", Status::DeliveryUnconfirmed, Status::DeliveryFailed, true);
    row("unconfirmed does not expire", Status::DeliveryUnconfirmed, Status::Expired, false);
    row("delivered is not unconfirmed", Status::Delivered, Status::DeliveryUnconfirmed, false);
    row("an unknown text moves nothing", Status::Queued, Status::Unknown, false);
    row("an inbound word moves nothing", Status::Queued, Status::Received, false);
}

void TestStatus::advances() {
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(bool, allowed);
    QCOMPARE(mayAdvance(static_cast<Status>(from), static_cast<Status>(to)), allowed);
}

/// Every order in which the steps of a delivery can arrive ends in the last of them.
void TestStatus::anyOrderEndsTheSame() {
    std::array steps{Status::Queued, Status::Sending, Status::Sent, Status::DeliveryUnconfirmed,
                     Status::Delivered}; // in the order of the enum, so that every permutation is visited
    int orders = 0;
    do {
        Status now = Status::Unknown;
        for (const Status next : steps)
            now = mayAdvance(now, next) ? next : now;
        QCOMPARE(static_cast<int>(now), static_cast<int>(Status::Delivered));
        ++orders;
    } while (std::next_permutation(steps.begin(), steps.end()));
    QCOMPARE(orders, 120);
}

QTEST_GUILESS_MAIN(TestStatus)
#include "tst_status.moc"
