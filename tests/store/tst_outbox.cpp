#include "store/fixture.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

events::MessageFacts answer(const QString &id, const QString &status = QStringLiteral("queued")) {
    events::MessageFacts facts;
    facts.id = events::MessageId(id);
    events::Party to;
    to.address = maria;
    to.statusText = status;
    facts.to = {to};
    facts.parts = 2;
    return facts;
}

const LogId relayLog(QStringLiteral("log"));

} // namespace

/// A send intent's way from the composer to the API's answer, and every way that it can go wrong.
class TestOutbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void writingEndsTheDraft();
    void oneHandOver();
    void returned();
    void accepted();
    void rejected();
    void uncertainThenEvent();
    void eventBeforeAnswer();
    void eventWithoutHandleBeforeAnswer();
    void rejectedAfterAnEventChangesNothing();
    void crashLeavesUncertain();
    void settle_data();
    void settle();
    void sendAgain();
    void refusals();
    void diskFull();
    void closedStoreFinishesItsQueue();
    void lastPaid();

private:
    static MessageState stateOf(OpenStore &open, MessageRow row) { return open.reader->message(row)->state; }
};

void TestOutbox::writingEndsTheDraft() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    valueOf(open.store->saveDraft(id, QStringLiteral("Hel"), at(0)));
    QCOMPARE(open.reader->draft(id), QStringLiteral("Hel"));
    const IntentRecord intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    QCOMPARE(intent.phase, IntentPhase::Waiting);
    QCOMPARE(intent.parties, (Parties{maria, ours}));
    QVERIFY(open.reader->draft(id).isEmpty());
    const auto message = open.reader->message(intent.message);
    QCOMPARE(message->text, QStringLiteral("Hello"));
    QCOMPARE(message->state, MessageState::Waiting);
    QCOMPARE(message->segments, 1);
    QCOMPARE(message->intent.text(), QStringLiteral("i1"));
    QCOMPARE(open.reader->openIntents(), QList<IntentRecord>{intent});
    QCOMPARE(open.reader->conversation(id)->lastState, MessageState::Waiting);
}

void TestOutbox::oneHandOver() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    QCOMPARE(valueOf(open.store->intentHandedOver(intent.intent, at(1))).phase, IntentPhase::Sending);
    QCOMPARE(errorOf(open.store->intentHandedOver(intent.intent, at(2))), StoreErrorKind::WrongPhase);
    QCOMPARE(stateOf(open, intent.message), MessageState::Sending);
}

void TestOutbox::returned() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    valueOf(open.store->intentReturned(intent.intent));
    QCOMPARE(stateOf(open, intent.message), MessageState::Waiting);
    valueOf(open.store->intentHandedOver(intent.intent, at(2)));
}

void TestOutbox::accepted() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    const Changes changes =
        valueOf(open.store->intentAccepted(intent.intent, answer(QStringLiteral("m1")), at(2)));
    QCOMPARE(changes.settled, QList<IntentId>{intent.intent});
    QCOMPARE(changes.messages.size(), 1);
    const auto message = open.reader->message(intent.message);
    QCOMPARE(message->state, MessageState::Queued);
    QCOMPARE(message->telnyxId.text(), QStringLiteral("m1"));
    QCOMPARE(message->segments, 2);
    QVERIFY(open.reader->openIntents().isEmpty());
}

void TestOutbox::rejected() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    const ServerError error{QStringLiteral("40310"), QStringLiteral("Invalid 'to' address"),
                            QStringLiteral("No such number.")};
    valueOf(open.store->intentRejected(intent.intent, error, at(2)));
    const auto message = open.reader->message(intent.message);
    QCOMPARE(message->state, MessageState::Rejected);
    QCOMPARE(*message->error, error);
    QCOMPARE(open.reader->counts(), (FilterCounts{.open = 1, .failed = 1, .unassigned = 1}));
    QVERIFY(open.reader->openIntents().isEmpty());
    QCOMPARE(errorOf(open.store->intentHandedOver(intent.intent, at(3))), StoreErrorKind::WrongPhase);
}

void TestOutbox::uncertainThenEvent() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    valueOf(open.store->intentUncertain(intent.intent));
    QCOMPARE(stateOf(open, intent.message), MessageState::Uncertain);
    QCOMPARE(open.reader->conversation(id)->failed, true);
    const auto sent =
        logged(1, {events::MessageEventKind::Sent, QStringLiteral("e1"), QStringLiteral("m1"), ours, maria,
                   QStringLiteral("Hello"), QStringLiteral("sent"), 5, QStringLiteral("i1")});
    const Changes changes = valueOf(open.store->applyEvents(relayLog, {sent}, Arrival::Live));
    QCOMPARE(changes.settled, QList<IntentId>{intent.intent});
    QCOMPARE(changes.arrival, Arrival::Live);
    QCOMPARE(stateOf(open, intent.message), MessageState::Sent);
    QCOMPARE(open.reader->newest(id, 10).size(), 1);
    QCOMPARE(open.reader->conversation(id)->failed, false);
}

void TestOutbox::eventBeforeAnswer() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    const auto done =
        logged(1, {events::MessageEventKind::Finalized, QStringLiteral("e2"), QStringLiteral("m1"), ours,
                   maria, QStringLiteral("Hello"), QStringLiteral("delivered"), 5, QStringLiteral("i1")});
    valueOf(open.store->applyEvents(relayLog, {done}, Arrival::Live));
    valueOf(open.store->intentAccepted(intent.intent, answer(QStringLiteral("m1")), at(6)));
    QCOMPARE(stateOf(open, intent.message), MessageState::Delivered);
    valueOf(open.store->intentUncertain(intent.intent));
    QCOMPARE(stateOf(open, intent.message), MessageState::Delivered);
}

void TestOutbox::eventWithoutHandleBeforeAnswer() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    const auto sent = logged(1, {events::MessageEventKind::Sent, QStringLiteral("e1"), QStringLiteral("m1"),
                                 ours, maria, QStringLiteral("Hello"), QStringLiteral("sent"), 5});
    const Changes first = valueOf(open.store->applyEvents(relayLog, {sent}, Arrival::Live));
    QCOMPARE(open.reader->newest(id, 10).size(), 2);
    const MessageRow made = first.messages.first().row;
    const Changes changes =
        valueOf(open.store->intentAccepted(intent.intent, answer(QStringLiteral("m1")), at(6)));
    QVERIFY(changes.messages.contains(MessageChange{ChangeKind::Removed, made, id, Direction::Outbound}));
    QCOMPARE(open.reader->newest(id, 10).size(), 1);
    QCOMPARE(stateOf(open, intent.message), MessageState::Sent);
}

void TestOutbox::rejectedAfterAnEventChangesNothing() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    const auto sent =
        logged(1, {events::MessageEventKind::Sent, QStringLiteral("e1"), QStringLiteral("m1"), ours, maria,
                   QStringLiteral("Hello"), QStringLiteral("sent"), 5, QStringLiteral("i1")});
    valueOf(open.store->applyEvents(relayLog, {sent}, Arrival::Live));
    QVERIFY(
        valueOf(open.store->intentRejected(intent.intent, {QStringLiteral("500"), {}, {}}, at(6))).isEmpty());
    QCOMPARE(stateOf(open, intent.message), MessageState::Sent);
}

void TestOutbox::crashLeavesUncertain() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto waiting =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("one"), 1)));
    const auto sending =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i2"), QStringLiteral("two"), 2)));
    valueOf(open.store->intentHandedOver(sending.intent, at(3)));
    open.reopen();
    valueOf(open.store->unansweredBecomeUncertain());
    QCOMPARE(stateOf(open, waiting.message), MessageState::Waiting);
    QCOMPARE(stateOf(open, sending.message), MessageState::Uncertain);
    QCOMPARE(open.reader->openIntents().size(), 2);
    QVERIFY(valueOf(open.store->unansweredBecomeUncertain()).isEmpty());
}

void TestOutbox::settle_data() {
    QTest::addColumn<Settlement>("settlement");
    QTest::addColumn<MessageState>("state");
    QTest::newRow("count as sent") << Settlement::CountAsSent << MessageState::Sent;
    QTest::newRow("discard") << Settlement::Discard << MessageState::Cancelled;
}

void TestOutbox::settle() {
    QFETCH(Settlement, settlement);
    QFETCH(MessageState, state);
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    QCOMPARE(errorOf(open.store->settle(intent.message, settlement)), StoreErrorKind::WrongPhase);
    valueOf(open.store->intentUncertain(intent.intent));
    QCOMPARE(valueOf(open.store->settle(intent.message, settlement)).settled, QList<IntentId>{intent.intent});
    QCOMPARE(stateOf(open, intent.message), state);
    QVERIFY(open.reader->openIntents().isEmpty());
    const auto done =
        logged(1, {events::MessageEventKind::Finalized, QStringLiteral("e2"), QStringLiteral("m1"), ours,
                   maria, QStringLiteral("Hello"), QStringLiteral("delivered"), 5, QStringLiteral("i1")});
    valueOf(open.store->applyEvents(relayLog, {done}, Arrival::Live));
    QCOMPARE(stateOf(open, intent.message), MessageState::Delivered);
}

void TestOutbox::sendAgain() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    QCOMPARE(errorOf(open.store->sendAgain(intent.message,
                                           textTo(id, QStringLiteral("i2"), QStringLiteral("Hello"), 9))),
             StoreErrorKind::WrongPhase);
    valueOf(open.store->intentHandedOver(intent.intent, at(1)));
    valueOf(open.store->intentUncertain(intent.intent));
    valueOf(open.store->saveDraft(id, QStringLiteral("something else"), at(2)));
    const auto again = valueOf(
        open.store->sendAgain(intent.message, textTo(id, QStringLiteral("i2"), QStringLiteral("Hello"), 9)));
    QCOMPARE(again.phase, IntentPhase::Waiting);
    QCOMPARE(stateOf(open, intent.message), MessageState::Cancelled);
    QCOMPARE(open.reader->draft(id), QStringLiteral("something else"));
    QCOMPARE(open.reader->openIntents(), QList<IntentRecord>{again});
    // A second click finds it settled.
    QCOMPARE(errorOf(open.store->sendAgain(intent.message,
                                           textTo(id, QStringLiteral("i3"), QStringLiteral("Hello"), 10))),
             StoreErrorKind::WrongPhase);
    QCOMPARE(open.reader->openIntents(), QList<IntentRecord>{again});
}

void TestOutbox::refusals() {
    OpenStore open;
    const IntentId nobody(QStringLiteral("nobody"));
    QCOMPARE(errorOf(open.store->writeIntent(textTo({99}, QStringLiteral("i1"), QStringLiteral("x")))),
             StoreErrorKind::NotFound);
    QCOMPARE(errorOf(open.store->intentHandedOver(nobody, at(0))), StoreErrorKind::NotFound);
    QCOMPARE(errorOf(open.store->intentAccepted(nobody, answer(QStringLiteral("m")), at(0))),
             StoreErrorKind::NotFound);
    QCOMPARE(errorOf(open.store->intentRejected(nobody, {}, at(0))), StoreErrorKind::NotFound);
    QCOMPARE(errorOf(open.store->intentUncertain(nobody)), StoreErrorKind::NotFound);
    QCOMPARE(errorOf(open.store->settle({99}, Settlement::Discard)), StoreErrorKind::NotFound);
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("one"))));
    // One handle, one message: the second one is refused as a whole.
    QCOMPARE(errorOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("two")))),
             StoreErrorKind::StatementFailed);
    QCOMPARE(open.reader->newest(id, 10).size(), 1);
}

void TestOutbox::diskFull() {
    OpenStore open(StoreLimits{.maximumPages = 60});
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const QString longText(1500, QLatin1Char('x'));
    int written = 0;
    std::optional<StoreErrorKind> error;
    while (!error && written < 1000) {
        const auto outcome =
            open.store->writeIntent(textTo(id, QString::number(written), longText, written)).result();
        if (outcome)
            ++written;
        else
            error = outcome.error().kind;
    }
    QVERIFY(written > 0 && error);
    QCOMPARE(*error, StoreErrorKind::DiskFull);
    QCOMPARE(open.reader->newest(id, 1000).size(), written);
    QCOMPARE(open.reader->openIntents().size(), written);
    // Room again: the store goes on, and nothing half-written is left.
    open.reopen();
    valueOf(open.store->writeIntent(textTo(id, QStringLiteral("after"), longText, written)));
    QCOMPARE(open.reader->newest(id, 1000).size(), written + 1);
}

void TestOutbox::closedStoreFinishesItsQueue() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    QList<Outcome<IntentRecord>> outcomes;
    for (int i = 0; i < 100; ++i)
        outcomes.append(open.store->writeIntent(textTo(id, QString::number(i), QStringLiteral("text"), i)));
    open.close();
    for (const auto &outcome : outcomes) {
        QVERIFY(outcome.isFinished());
        QVERIFY(outcome.result().has_value());
    }
    open.reopen();
    QCOMPARE(open.reader->openIntents().size(), 100);
}

void TestOutbox::lastPaid() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    for (int i = 0; i < 3; ++i) {
        const auto intent =
            valueOf(open.store->writeIntent(textTo(id, QString::number(i), QStringLiteral("Hello"), i)));
        auto facts = answer(QStringLiteral("m%1").arg(i));
        facts.cost = events::Money{QStringLiteral("0.00%1").arg(i), QStringLiteral("USD")};
        valueOf(open.store->intentAccepted(intent.intent, facts, at(i)));
    }
    const auto paid = open.reader->lastPaid(2);
    QCOMPARE(paid.size(), 2);
    QCOMPARE(paid.first(),
             (PaidRecord{{maria, ours}, 2, false, {QStringLiteral("0.002"), QStringLiteral("USD")}, at(2)}));
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
