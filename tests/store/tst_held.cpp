#include "store/desk_values.h"
#include "store/fixture.h"
#include "store/team.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

const LogId relayLog(QStringLiteral("log"));
const IntentId first(QStringLiteral("i1"));

NewIntent later(ConversationId conversation, const QString &intent, int second, int sendAt) {
    NewIntent made = textTo(conversation, intent, QStringLiteral("see you"), second);
    made.sendAt = at(sendAt);
    made.holdUntil = at(sendAt - 10);
    return made;
}

events::MessageFacts answer(const QString &status) {
    events::MessageFacts facts;
    facts.id = events::MessageId(QStringLiteral("m1"));
    events::Party to;
    to.statusText = status;
    facts.to = {to};
    return facts;
}

LoggedEvent told(qint64 seq, const QString &status) {
    return logged(seq,
                  {events::MessageEventKind::Finalized, QStringLiteral("e%1").arg(seq), QStringLiteral("m1"),
                   ours, maria, QStringLiteral("see you"), status, 300, first.text()});
}

} // namespace

/// Sends that wait: for a change of mind, or for their time.
class TestHeld : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void heldIsNotOpen();
    void releasedOnce();
    void takenBackBecomesTheDraft();
    void takenBackLeavesAnotherDraft();
    void discarded();
    void scheduledAtTheApi();
    void cancelledAtTheApi();
    void cancelledByAnEvent();
    void anEventKnowsBetter();
    void replaced_data();
    void replaced();
    void whatMayHaveLeftStays();
    void anotherConsolesScheduled();
    void keepsItsPlace();
    void survivesReopening();

private:
    Reader &reader() { return *m_open->reader; }
    Store &store() { return *m_open->store; }
    MessageState stateOf(MessageRow row) { return reader().message(row)->state; }
    /// A send with a time that the API has.
    IntentRecord scheduledOne() {
        const auto intent = valueOf(store().writeIntent(later(m_id, first.text(), 0, 1000)));
        valueOf(store().releaseHeld(first));
        valueOf(store().intentHandedOver(first, at(1)));
        valueOf(store().intentAccepted(first, answer(QStringLiteral("scheduled")), at(2)));
        return intent;
    }

    std::unique_ptr<OpenStore> m_open;
    ConversationId m_id;
};

void TestHeld::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_open = std::make_unique<OpenStore>(StoreLimits{}, Place::Memory);
    m_id = valueOf(store().begin({maria, ours}, at(0)));
}

void TestHeld::heldIsNotOpen() {
    NewIntent intent = textTo(m_id, first.text(), QStringLiteral("hi"), 1);
    intent.holdUntil = at(6);
    valueOf(store().saveDraft(m_id, QStringLiteral("hi"), at(0)));
    const auto written = valueOf(store().writeIntent(intent));
    QCOMPARE(written.phase, IntentPhase::Held);
    QCOMPARE(written.heldUntil, at(6));
    QVERIFY(!written.sendAt.isValid());
    QVERIFY(reader().openIntents().isEmpty());
    QCOMPARE(reader().heldIntents(), QList{written});
    QVERIFY(reader().draft(m_id).isEmpty());
    const auto message = *reader().message(written.message);
    QCOMPARE(message.state, MessageState::Held);
    QCOMPARE(message.heldUntil, at(6));
    QVERIFY(reader().scheduled().isEmpty());
    QCOMPARE(reader().conversation(m_id)->scheduled, 0);
    QCOMPARE(errorOf(store().intentHandedOver(first, at(2))), StoreErrorKind::WrongPhase);
}

void TestHeld::releasedOnce() {
    valueOf(store().writeIntent(later(m_id, first.text(), 1, 1000)));
    const auto released = valueOf(store().releaseHeld(first));
    QCOMPARE(released.phase, IntentPhase::Waiting);
    QCOMPARE(released.sendAt, at(1000));
    QVERIFY(!released.heldUntil.isValid());
    QCOMPARE(reader().openIntents(), QList{released});
    QVERIFY(reader().heldIntents().isEmpty());
    QCOMPARE(errorOf(store().releaseHeld(first)), StoreErrorKind::WrongPhase);
    QCOMPARE(errorOf(store().takeBackHeld(first, at(2))), StoreErrorKind::WrongPhase);
    QCOMPARE(errorOf(store().releaseHeld(IntentId(QStringLiteral("nobody")))), StoreErrorKind::NotFound);
    // It has not left yet, so it is still among those that wait for their time.
    QCOMPARE(reader().scheduled().value(0).state, MessageState::Waiting);
    QCOMPARE(reader().conversation(m_id)->scheduled, 1);
}

void TestHeld::takenBackBecomesTheDraft() {
    const auto written = valueOf(store().writeIntent(later(m_id, first.text(), 1, 1000)));
    const auto back = valueOf(store().takeBackHeld(first, at(2)));
    QCOMPARE(back.phase, IntentPhase::Discarded);
    QCOMPARE(reader().draft(m_id), QStringLiteral("see you"));
    QCOMPARE(stateOf(written.message), MessageState::Cancelled);
    QVERIFY(reader().heldIntents().isEmpty());
    QCOMPARE(reader().conversation(m_id)->scheduled, 0);
    QCOMPARE(errorOf(store().releaseHeld(first)), StoreErrorKind::WrongPhase);
}

void TestHeld::takenBackLeavesAnotherDraft() {
    valueOf(store().writeIntent(later(m_id, first.text(), 1, 1000)));
    valueOf(store().saveDraft(m_id, QStringLiteral("new one"), at(2)));
    valueOf(store().takeBackHeld(first, at(3)));
    QCOMPARE(reader().draft(m_id), QStringLiteral("new one"));
}

void TestHeld::discarded() {
    const auto written = valueOf(store().writeIntent(later(m_id, first.text(), 1, 1000)));
    valueOf(store().settle(written.message, Settlement::Discard));
    QCOMPARE(stateOf(written.message), MessageState::Cancelled);
    QVERIFY(reader().draft(m_id).isEmpty());
    QCOMPARE(errorOf(store().settle(written.message, Settlement::CountAsSent)), StoreErrorKind::WrongPhase);
}

void TestHeld::scheduledAtTheApi() {
    const auto intent = scheduledOne();
    QCOMPARE(stateOf(intent.message), MessageState::Scheduled);
    QCOMPARE(reader().message(intent.message)->sendAt, at(1000));
    const auto listed = reader().scheduled();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.first(), (ScheduledRecord{intent.message,
                                              first,
                                              events::MessageId(QStringLiteral("m1")),
                                              m_id,
                                              {maria, ours},
                                              {},
                                              QStringLiteral("see you"),
                                              at(1000),
                                              MessageState::Scheduled}));
    QCOMPARE(reader().counts().scheduled, 1);
    QCOMPARE(reader().unreportedSends(at(500)).count, 0);
    valueOf(store().applyEvents(relayLog, {told(1, QStringLiteral("queued"))}, Arrival::Live));
    QCOMPARE(stateOf(intent.message), MessageState::Queued);
    QVERIFY(reader().scheduled().isEmpty());
    valueOf(store().applyEvents(relayLog, {told(2, QStringLiteral("delivered"))}, Arrival::Live));
    QCOMPARE(stateOf(intent.message), MessageState::Delivered);
    QCOMPARE(reader().counts().scheduled, 0);
}

void TestHeld::cancelledAtTheApi() {
    const auto intent = scheduledOne();
    QVERIFY(!valueOf(store().scheduledCancelled(intent.message, at(10))).isEmpty());
    QCOMPARE(stateOf(intent.message), MessageState::Cancelled);
    QVERIFY(valueOf(store().scheduledCancelled(intent.message, at(11))).isEmpty());
    valueOf(store().applyEvents(relayLog, {told(1, QStringLiteral("cancelled"))}, Arrival::Live));
    QCOMPARE(stateOf(intent.message), MessageState::Cancelled);
    QCOMPARE(errorOf(store().scheduledCancelled({999}, at(11))), StoreErrorKind::NotFound);
}

void TestHeld::cancelledByAnEvent() {
    const auto intent = scheduledOne();
    valueOf(store().applyEvents(relayLog, {told(1, QStringLiteral("cancelled"))}, Arrival::Live));
    QCOMPARE(stateOf(intent.message), MessageState::Cancelled);
    // The answer to the cancelling comes after it: what takes its place is still to be written, once.
    valueOf(store().replaceScheduled(intent.message, later(m_id, QStringLiteral("i2"), 20, 2000)));
    QCOMPARE(errorOf(store().replaceScheduled(intent.message, later(m_id, QStringLiteral("i3"), 20, 2000))),
             StoreErrorKind::WrongPhase);
    QCOMPARE(reader().scheduled().size(), 1);
}

void TestHeld::anEventKnowsBetter() {
    const auto intent = scheduledOne();
    valueOf(store().scheduledCancelled(intent.message, at(10)));
    valueOf(store().applyEvents(relayLog, {told(1, QStringLiteral("delivered"))}, Arrival::Live));
    QCOMPARE(stateOf(intent.message), MessageState::Delivered);
}

void TestHeld::replaced_data() {
    QTest::addColumn<bool>("atTheApi");
    QTest::newRow("kept here") << false;
    QTest::newRow("at the API") << true;
}

void TestHeld::replaced() {
    QFETCH(bool, atTheApi);
    const auto old =
        atTheApi ? scheduledOne() : valueOf(store().writeIntent(later(m_id, first.text(), 0, 1000)));
    valueOf(store().saveDraft(m_id, QStringLiteral("draft"), at(5)));
    const auto again =
        valueOf(store().replaceScheduled(old.message, later(m_id, QStringLiteral("i2"), 20, 2000)));
    QCOMPARE(again.phase, IntentPhase::Held);
    QCOMPARE(again.sendAt, at(2000));
    QCOMPARE(stateOf(old.message), MessageState::Cancelled);
    QCOMPARE(reader().scheduled().size(), 1);
    QCOMPARE(reader().scheduled().first().message, again.message);
    QCOMPARE(reader().draft(m_id), QStringLiteral("draft"));
    QCOMPARE(errorOf(store().replaceScheduled(old.message, later(m_id, QStringLiteral("i3"), 21, 2000))),
             StoreErrorKind::WrongPhase);
    QVERIFY(!reader().intent(IntentId(QStringLiteral("i3"))));
    const auto other = valueOf(store().begin({QStringLiteral("+12125550199"), ours}, at(0)));
    QCOMPARE(errorOf(store().replaceScheduled(again.message, later(other, QStringLiteral("i4"), 21, 2000))),
             StoreErrorKind::NotFound);
}

void TestHeld::whatMayHaveLeftStays() {
    const auto intent = valueOf(store().writeIntent(later(m_id, first.text(), 0, 1000)));
    valueOf(store().releaseHeld(first));
    valueOf(store().intentHandedOver(first, at(1)));
    QCOMPARE(errorOf(store().scheduledCancelled(intent.message, at(2))), StoreErrorKind::WrongPhase);
    valueOf(store().intentUncertain(first));
    QCOMPARE(errorOf(store().replaceScheduled(intent.message, later(m_id, QStringLiteral("i2"), 2, 2000))),
             StoreErrorKind::WrongPhase);
    QCOMPARE(reader().scheduled().value(0).state, MessageState::Uncertain);
    valueOf(store().intentAccepted(first, answer(QStringLiteral("scheduled")), at(3)));
    valueOf(store().applyEvents(relayLog, {told(1, QStringLiteral("sent"))}, Arrival::Live));
    QCOMPARE(errorOf(store().scheduledCancelled(intent.message, at(4))), StoreErrorKind::WrongPhase);
    QCOMPARE(stateOf(intent.message), MessageState::Sent);
}

void TestHeld::anotherConsolesScheduled() {
    LoggedEvent event = told(1, QStringLiteral("scheduled"));
    event.intent = IntentId(QStringLiteral("theirs"));
    factsOf(event).sendAt = at(5000);
    valueOf(store().applyEvents(relayLog, {event}, Arrival::Live));
    const auto listed = reader().scheduled();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.first().sendAt, at(5000));
    QVERIFY(listed.first().intent.isEmpty());
    valueOf(store().scheduledCancelled(listed.first().message, at(10)));
    QVERIFY(reader().scheduled().isEmpty());
}

void TestHeld::keepsItsPlace() {
    const auto intent = scheduledOne();
    valueOf(store().writeIntent(textTo(m_id, QStringLiteral("i9"), QStringLiteral("after"), 100)));
    valueOf(store().applyEvents(relayLog, {told(1, QStringLiteral("delivered"))}, Arrival::Live));
    const auto messages = reader().newest(m_id, 10);
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages.first().row, intent.message);
    QCOMPARE(messages.first().at, at(0));
}

void TestHeld::survivesReopening() {
    const auto one = valueOf(store().writeIntent(later(m_id, first.text(), 1, 1000)));
    const auto two = valueOf(store().writeIntent(later(m_id, QStringLiteral("i2"), 2, 500)));
    m_open->reopen();
    QVERIFY(valueOf(store().unansweredBecomeUncertain()).isEmpty());
    QCOMPARE(reader().heldIntents(), (QList{two, one}));
    QCOMPARE(reader().scheduled().value(0).message, two.message);
    QCOMPARE(reader().scheduled(1).size(), 1);
}

QTEST_GUILESS_MAIN(TestHeld)
#include "tst_held.moc"
