#include "store/fixture.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

using Kind = events::MessageEventKind;

const LogId relayLog(QStringLiteral("log"));

LoggedEvent said(qint64 seq, const QString &text, int second) {
    const QString id = QString::number(seq);
    return logged(
        seq,
        {Kind::Received, QStringLiteral("e") + id, QStringLiteral("m") + id, maria, ours, text, {}, second});
}

LoggedEvent told(qint64 seq, const char *status, int second, const char *id = "m1") {
    const Kind kind = qstrcmp(status, "sent") == 0 ? Kind::Sent : Kind::Finalized;
    return logged(seq, {kind, QStringLiteral("e%1").arg(seq), QString::fromLatin1(id), ours, maria,
                        QStringLiteral("Hello"), QString::fromLatin1(status), second});
}

} // namespace

/// What events of a relay's log do to the store.
class TestEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void inboundMakesAConversation();
    void cursorMovesWithTheEvents();
    void repeatedEventsChangeNothing();
    void anotherLogFromTheBeginning();
    void statusOnlyMovesForward();
    void outboundFromElsewhere();
    void failureKeepsTheServersWords();
    void optOut_data();
    void optOut();
    void responseTypeTellsTheKeyword();
    void mediaAndSubjectless();
    void messageWithoutIdOfItsOwn();
    void otherEventsMoveTheCursor();
    void oneFailingBatchChangesNothing();
    void secondMessageUnderOneHandle();
};

void TestEvents::inboundMakesAConversation() {
    OpenStore open;
    auto event = said(1, QStringLiteral("Is my order ready?"), 10);
    factsOf(event).from.carrier = QStringLiteral("T-Mobile USA");
    factsOf(event).from.lineType = QStringLiteral("Wireless");
    factsOf(event).receivedAt = at(9);
    factsOf(event).parts = 1;
    const Changes changes = valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    const auto id = open.reader->find({maria, ours});
    QVERIFY(id);
    QCOMPARE(changes.conversations, QList<ConversationId>{*id});
    const auto record = open.reader->conversation(*id);
    QCOMPARE(record->preview, QStringLiteral("Is my order ready?"));
    QCOMPARE(record->unread, 1);
    QCOMPARE(record->carrier, QStringLiteral("T-Mobile USA"));
    QCOMPARE(record->lineType, QStringLiteral("Wireless"));
    QCOMPARE(record->lastAt, at(9));
    QCOMPARE(record->lastState, MessageState::Received);
    const auto message = open.reader->message(changes.messages.first().row);
    QCOMPARE(message->direction, Direction::Inbound);
    QCOMPARE(message->at, at(9));
    QVERIFY(message->unread);
    QVERIFY(message->intent.isEmpty());
}

void TestEvents::cursorMovesWithTheEvents() {
    OpenStore open;
    QCOMPARE(open.reader->cursor(relayLog).seq, 0);
    QVERIFY(!open.reader->lastCursor());
    valueOf(open.store->applyEvents(
        relayLog, {said(1, QStringLiteral("a"), 1), said(2, QStringLiteral("b"), 2)}, Arrival::Live));
    QCOMPARE(open.reader->cursor(relayLog).seq, 2);
    open.reopen();
    QCOMPARE(open.reader->lastCursor(), std::optional(Cursor{relayLog, 2}));
    // Not newer than the cursor: skipped without a look.
    QVERIFY(valueOf(open.store->applyEvents(relayLog, {said(2, QStringLiteral("other"), 3)}, Arrival::Live))
                .isEmpty());
    QCOMPARE(open.reader->cursor(relayLog).seq, 2);
}

void TestEvents::repeatedEventsChangeNothing() {
    OpenStore open;
    auto event = said(1, QStringLiteral("once"), 1);
    valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    event.seq = 2;
    QVERIFY(valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live)).isEmpty());
    // Another event id for the same message: no second message either.
    event.seq = 3;
    event.event.id = events::EventId(QStringLiteral("other"));
    QVERIFY(valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live)).isEmpty());
    QCOMPARE(open.reader->newest(*open.reader->find({maria, ours}), 10).size(), 1);
    QCOMPARE(open.reader->conversation(*open.reader->find({maria, ours}))->unread, 1);
}

void TestEvents::anotherLogFromTheBeginning() {
    OpenStore open;
    valueOf(open.store->applyEvents(relayLog, {said(1, QStringLiteral("a"), 1)}, Arrival::Live));
    const LogId other(QStringLiteral("other"));
    auto again = said(1, QStringLiteral("a"), 1);
    QVERIFY(valueOf(open.store->applyEvents(other, {again}, Arrival::CatchingUp)).isEmpty());
    QCOMPARE(open.reader->lastCursor(), std::optional(Cursor{other, 1}));
    QCOMPARE(open.reader->cursor(relayLog).seq, 1);
}

void TestEvents::statusOnlyMovesForward() {
    OpenStore open;
    valueOf(open.store->applyEvents(relayLog, {told(1, "delivered", 5)}, Arrival::Live));
    const auto id = *open.reader->find({maria, ours});
    QCOMPARE(open.reader->newest(id, 1).first().state, MessageState::Delivered);
    QVERIFY(valueOf(open.store->applyEvents(relayLog, {told(2, "sent", 3)}, Arrival::Live)).isEmpty() ==
            false);
    QCOMPARE(open.reader->newest(id, 10).size(), 1);
    QCOMPARE(open.reader->newest(id, 1).first().state, MessageState::Delivered);
}

void TestEvents::outboundFromElsewhere() {
    OpenStore open;
    auto sent = told(1, "sent", 5);
    sent.intent = IntentId(QStringLiteral("of another console"));
    factsOf(sent).cost = events::Money{QStringLiteral("0.0051"), QStringLiteral("USD")};
    valueOf(open.store->applyEvents(relayLog, {sent}, Arrival::Live));
    const auto message = open.reader->newest(*open.reader->find({maria, ours}), 1).first();
    QCOMPARE(message.direction, Direction::Outbound);
    QCOMPARE(message.state, MessageState::Sent);
    QCOMPARE(message.text, QStringLiteral("Hello"));
    QCOMPARE(message.cost->amount, QStringLiteral("0.0051"));
    QVERIFY(!message.unread);
    QCOMPARE(open.reader->counts().unread, 0);
}

void TestEvents::failureKeepsTheServersWords() {
    OpenStore open;
    auto event = told(1, "delivery_failed", 5);
    factsOf(event).errors = {{QStringLiteral("40008"), QStringLiteral("Undeliverable"),
                              QStringLiteral("The carrier did not accept it.")}};
    valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    const auto id = *open.reader->find({maria, ours});
    const auto message = open.reader->newest(id, 1).first();
    QCOMPARE(message.state, MessageState::Failed);
    QCOMPARE(*message.error, (ServerError{QStringLiteral("40008"), QStringLiteral("Undeliverable"),
                                          QStringLiteral("The carrier did not accept it.")}));
    QVERIFY(open.reader->conversation(id)->failed);
    QCOMPARE(open.reader->conversationKeys({ConversationFilter::Failed, {}}).size(), 1);
    // The next one goes through: nothing is left to look after.
    valueOf(open.store->applyEvents(relayLog, {told(2, "delivered", 9, "m2")}, Arrival::Live));
    QVERIFY(!open.reader->conversation(id)->failed);
}

void TestEvents::optOut_data() {
    QTest::addColumn<QStringList>("texts"); // in the order of arrival, "second:text"
    QTest::addColumn<QString>("keyword");
    QTest::addColumn<int>("since");
    QTest::newRow("stop") << QStringList{QStringLiteral("5:Stop")} << QStringLiteral("Stop") << 5;
    QTest::newRow("stop, talk") << QStringList{QStringLiteral("5:STOP"), QStringLiteral("6:hello?")}
                                << QStringLiteral("STOP") << 5;
    QTest::newRow("stop, start") << QStringList{QStringLiteral("5:STOP"), QStringLiteral("6:START")}
                                 << QString() << 0;
    QTest::newRow("start, stop, out of order")
        << QStringList{QStringLiteral("6:STOP"), QStringLiteral("5:START")} << QStringLiteral("STOP") << 6;
    QTest::newRow("stop, start, out of order")
        << QStringList{QStringLiteral("6:START"), QStringLiteral("5:STOP")} << QString() << 0;
    QTest::newRow("help") << QStringList{QStringLiteral("5:HELP")} << QString() << 0;
    QTest::newRow("only in a sentence") << QStringList{QStringLiteral("5:please stop by")} << QString() << 0;
}

void TestEvents::optOut() {
    QFETCH(QStringList, texts);
    QFETCH(QString, keyword);
    QFETCH(int, since);
    OpenStore open;
    qint64 seq = 0;
    for (const QString &text : std::as_const(texts))
        valueOf(open.store->applyEvents(relayLog, {said(++seq, text.mid(2), text.left(1).toInt())},
                                        Arrival::Live));
    const auto optOut = open.reader->conversation(*open.reader->find({maria, ours}))->optOut;
    QCOMPARE(optOut.has_value(), !keyword.isEmpty());
    if (optOut)
        QCOMPARE(*optOut, (OptOutRecord{at(since), keyword}));
}

void TestEvents::responseTypeTellsTheKeyword() {
    OpenStore open;
    auto event = said(1, QStringLiteral("Arrêt"), 5);
    factsOf(event).autoresponseType = QStringLiteral("STOP");
    valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    const auto id = *open.reader->find({maria, ours});
    QCOMPARE(open.reader->conversation(id)->optOut->keyword, QStringLiteral("Arrêt"));
    QCOMPARE(open.reader->newest(id, 1).first().keyword, Keyword::Stop);
}

void TestEvents::mediaAndSubjectless() {
    OpenStore open;
    auto event = said(1, QString(), 5);
    factsOf(event).mms = true;
    factsOf(event).media = {
        {QStringLiteral("https://media.example/1.png"), QStringLiteral("image/png"), {}, 102400},
        {QStringLiteral("https://media.example/2.png"), QStringLiteral("image/png"), {}, {}}};
    valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    const auto id = *open.reader->find({maria, ours});
    QCOMPARE(open.reader->newest(id, 1).first().mediaCount, 2);
    QCOMPARE(open.reader->conversation(id)->lastMediaCount, 2);
    QVERIFY(open.reader->conversation(id)->preview.isEmpty());
}

void TestEvents::messageWithoutIdOfItsOwn() {
    OpenStore open;
    auto event = said(1, QStringLiteral("smallest"), 5);
    factsOf(event).id = {};
    valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    event.seq = 2;
    valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    QCOMPARE(open.reader->newest(*open.reader->find({maria, ours}), 10).size(), 1);
    event.seq = 3;
    event.event.id = events::EventId(QStringLiteral("another"));
    valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live));
    QCOMPARE(open.reader->newest(*open.reader->find({maria, ours}), 10).size(), 2);
}

void TestEvents::otherEventsMoveTheCursor() {
    OpenStore open;
    LoggedEvent event{1, at(0), {}, {}};
    event.event.id = events::EventId(QStringLiteral("x"));
    event.event.type = QStringLiteral("10dlc.brand.update");
    QVERIFY(valueOf(open.store->applyEvents(relayLog, {event}, Arrival::Live)).isEmpty());
    QCOMPARE(open.reader->cursor(relayLog).seq, 1);
}

void TestEvents::oneFailingBatchChangesNothing() {
    OpenStore open(StoreLimits{.maximumPages = 70});
    QList<LoggedEvent> events;
    for (int i = 1; i <= 2000; ++i)
        events.append(said(i, QString(200, QLatin1Char('y')), i));
    QCOMPARE(errorOf(open.store->applyEvents(relayLog, events, Arrival::Live)), StoreErrorKind::DiskFull);
    QCOMPARE(open.reader->cursor(relayLog).seq, 0);
    QCOMPARE(open.reader->counts().open, 0);
    open.reopen();
    valueOf(open.store->applyEvents(relayLog, events, Arrival::Live));
    QCOMPARE(open.reader->conversation(*open.reader->find({maria, ours}))->unread, 2000);
}

void TestEvents::secondMessageUnderOneHandle() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("Hello"))));
    auto first = told(1, "sent", 5, "m1");
    auto second = told(2, "sent", 6, "m2");
    first.intent = second.intent = intent.intent;
    valueOf(open.store->applyEvents(relayLog, {first, second}, Arrival::Live));
    // Both were sent, so both are shown; the intent is bound to one of them.
    QCOMPARE(open.reader->newest(id, 10).size(), 2);
    QCOMPARE(open.reader->message(intent.message)->telnyxId.text(), QStringLiteral("m1"));
}

QTEST_GUILESS_MAIN(TestEvents)
#include "tst_events.moc"
