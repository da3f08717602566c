#include "store/fixture.h"
#include "store/team.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

using Kind = events::MessageEventKind;

const LogId relayLog(QStringLiteral("log"));

QString customer(int number) {
    return QStringLiteral("+1212555%1").arg(1000 + number);
}

qint64 ms(int second) {
    return at(second).toMSecsSinceEpoch();
}

LoggedEvent said(qint64 seq, const QString &peer, const QString &text, int second) {
    const QString id = QStringLiteral("m%1").arg(seq);
    return logged(seq, {Kind::Received, id + QStringLiteral("r"), id, peer, ours, text, {}, second});
}

LoggedEvent delivered(qint64 seq, const QString &peer, int second, const QString &status) {
    const QString id = QStringLiteral("m%1").arg(seq);
    return logged(seq, {Kind::Finalized, id + QStringLiteral("f"), id, ours, peer, QStringLiteral("answer"),
                        status, second});
}

} // namespace

/// What a person decides about conversations, and who waits for an answer.
class TestTriage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pinnedStandFirst();
    void snoozedAreAway();
    void aTextEndsASnooze();
    void markedAsUnread();
    void allRead();
    void readPositionIsKept();
    void waitingSince_data();
    void waitingSince();
    void longestWaitingFirst();
    void closingEndsWaiting();
    void countsAgreeWithLists_data();
    void countsAgreeWithLists();
    void arrivedLate_data();
    void arrivedLate();
    void firstUnreadInOrder();

private:
    ConversationId hears(const QString &peer, const QString &text, int second) {
        valueOf(m_open->store->applyEvents(relayLog, {said(++m_seq, peer, text, second)}, Arrival::Live));
        return *reader().find({peer, ours});
    }
    QList<ConversationId> list(const ConversationQuery &query) {
        QList<ConversationId> ids;
        for (const ConversationKey &key : reader().conversationKeys(query)) {
            // The key of the one alone is that of the list.
            if (reader().conversationKey(query, key.id) != std::optional(key))
                qFatal("keys differ");
            ids.append(key.id);
        }
        return ids;
    }
    Reader &reader() { return *m_open->reader; }
    Store &store() { return *m_open->store; }

    std::unique_ptr<OpenStore> m_open;
    qint64 m_seq = 0;
};

void TestTriage::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_open = std::make_unique<OpenStore>(StoreLimits{}, Place::Memory);
    m_seq = 0;
}

void TestTriage::pinnedStandFirst() {
    const auto a = hears(customer(1), QStringLiteral("a"), 1);
    const auto b = hears(customer(2), QStringLiteral("b"), 2);
    const auto c = hears(customer(3), QStringLiteral("c"), 3);
    QCOMPARE(list({}), (QList{c, b, a}));
    QCOMPARE(valueOf(store().setPinned({a}, true, at(10))).conversations, QList{a});
    QVERIFY(valueOf(store().setPinned({a}, true, at(11))).isEmpty());
    QCOMPARE(list({}), (QList{a, c, b}));
    valueOf(store().setPinned({b}, true, at(20)));
    QCOMPARE(list({}), (QList{b, a, c}));
    QCOMPARE(list({ConversationFilter::Unread, {}}), (QList{b, a, c}));
    QCOMPARE(list({ConversationFilter::Unassigned, {}}), (QList{b, a, c}));
    QCOMPARE(list({ConversationFilter::Open, QStringLiteral("+1212")}), (QList{b, a, c}));
    QVERIFY(reader().conversation(a)->pinnedAtMs > 0);
    QCOMPARE(reader().conversation(a)->key, *reader().conversationKey({}, a));
    hears(customer(3), QStringLiteral("more"), 30);
    QCOMPARE(list({}), (QList{b, a, c}));
    valueOf(store().setPinned({a, b}, false, at(40)));
    QCOMPARE(list({}), (QList{c, b, a}));
    // Page by page it is the same list.
    valueOf(store().setPinned({a}, true, at(50)));
    const auto first = reader().conversationKeys({}, 2);
    QCOMPARE(reader().conversationKeys({}, 2, first.last()).value(0).id, b);
    valueOf(store().setPinned({c, b}, true, at(60)));
    QCOMPARE(list({}), (QList{c, b, a}));
}

void TestTriage::snoozedAreAway() {
    const auto a = hears(customer(1), QStringLiteral("a"), 1);
    const auto b = hears(customer(2), QStringLiteral("b"), 2);
    QCOMPARE(valueOf(store().snooze({a}, at(100))).conversations, QList{a});
    QVERIFY(valueOf(store().snooze({a}, at(100))).isEmpty());
    QCOMPARE(reader().conversation(a)->snoozedUntil, at(100));
    const auto during = [](ConversationFilter filter) {
        return ConversationQuery{.filter = filter, .search = {}, .me = {}, .nowMs = ms(99), .own = {}};
    };
    const auto after = [](ConversationFilter filter) {
        return ConversationQuery{.filter = filter, .search = {}, .me = {}, .nowMs = ms(100), .own = {}};
    };
    QCOMPARE(list(during(ConversationFilter::Open)), QList{b});
    QCOMPARE(list(during(ConversationFilter::Unassigned)), QList{b});
    QCOMPARE(list(during(ConversationFilter::Waiting)), QList{b});
    QCOMPARE(list(during(ConversationFilter::Unread)), (QList{b, a}));
    QCOMPARE(list(during(ConversationFilter::Snoozed)), QList{a});
    QCOMPARE(list(after(ConversationFilter::Open)), (QList{b, a}));
    QVERIFY(list(after(ConversationFilter::Snoozed)).isEmpty());
    QCOMPARE(reader().counts({}, ms(99)),
             (FilterCounts{.open = 1, .unread = 2, .unassigned = 1, .waiting = 1, .snoozed = 1}));
    QCOMPARE(reader().nextEnd(ms(10)), std::optional(ms(100)));
    QVERIFY(!reader().nextEnd(ms(100)));
    QCOMPARE(reader().snoozesEnded(ms(99), ms(100)), QList{a});
    QVERIFY(reader().snoozesEnded(ms(100), ms(200)).isEmpty());
    m_open->reopen();
    QCOMPARE(reader().conversation(a)->snoozedUntil, at(100));
    valueOf(store().snooze({a}, {}));
    QVERIFY(!reader().conversation(a)->snoozedUntil.isValid());
    QCOMPARE(list(during(ConversationFilter::Open)), (QList{b, a}));
}

void TestTriage::aTextEndsASnooze() {
    const auto a = hears(customer(1), QStringLiteral("a"), 1);
    valueOf(store().snooze({a}, at(100)));
    // A repeated event is no new text.
    auto again = said(1, customer(1), QStringLiteral("a"), 1);
    again.seq = ++m_seq;
    valueOf(store().applyEvents(relayLog, {again}, Arrival::Live));
    QCOMPARE(reader().conversation(a)->snoozedUntil, at(100));
    hears(customer(1), QStringLiteral("hello?"), 5);
    QVERIFY(!reader().conversation(a)->snoozedUntil.isValid());
}

void TestTriage::markedAsUnread() {
    const auto a = hears(customer(1), QStringLiteral("a"), 1);
    valueOf(store().markRead(a, reader().newestUnread(a)));
    QVERIFY(list({ConversationFilter::Unread, {}}).isEmpty());
    QCOMPARE(valueOf(store().markUnread({a})).conversations, QList{a});
    QVERIFY(reader().conversation(a)->markedUnread);
    QCOMPARE(reader().conversation(a)->unread, 0);
    QCOMPARE(list({ConversationFilter::Unread, {}}), QList{a});
    QCOMPARE(reader().counts().unread, 1);
    m_open->reopen();
    QVERIFY(reader().conversation(a)->markedUnread);
    QCOMPARE(valueOf(store().markRead(a, {})).conversations, QList{a});
    QVERIFY(!reader().conversation(a)->markedUnread);
    QCOMPARE(reader().counts().unread, 0);
}

void TestTriage::allRead() {
    const auto a = hears(customer(1), QStringLiteral("a"), 1);
    hears(customer(1), QStringLiteral("b"), 2);
    const auto b = hears(customer(2), QStringLiteral("c"), 3);
    valueOf(store().markUnread({b}));
    const Changes changes = valueOf(store().markAllRead({a, b}));
    QCOMPARE(changes.conversations, (QList{a, b}));
    QCOMPARE(reader().conversation(a)->unread, 0);
    QVERIFY(!reader().conversation(b)->markedUnread);
    QVERIFY(valueOf(store().markAllRead({a, b})).isEmpty());
}

void TestTriage::readPositionIsKept() {
    const auto a = hears(customer(1), QStringLiteral("a"), 1);
    const MessageRow message = reader().newest(a, 1).first().row;
    QVERIFY(!reader().readPosition(a).isValid());
    QVERIFY(valueOf(store().keepReadPosition(a, message)).isEmpty());
    m_open->reopen();
    QCOMPARE(reader().readPosition(a), message);
    valueOf(store().keepReadPosition(a, {}));
    QVERIFY(!reader().readPosition(a).isValid());
    valueOf(store().keepReadPosition(a, MessageRow{9999}));
    QVERIFY(!reader().readPosition(a).isValid());
}

void TestTriage::waitingSince_data() {
    QTest::addColumn<QStringList>("story"); // "<text" said by the customer, ">status" an answer; in order
    QTest::addColumn<int>("since");         // the place in the story, from 1; 0: nobody waits
    const auto row = [](const char *name, const char *story, int since) {
        QTest::newRow(name) << QString::fromLatin1(story).split(QLatin1Char('|')) << since;
    };
    row("a question", "<hi", 1);
    row("asks twice", "<hi|<hello?", 1);
    row("answered", "<hi|>delivered", 0);
    row("answered and asked", "<hi|>delivered|<thanks|<and?", 3);
    row("an answer that failed on the way is one", "<hi|>delivery_failed", 0);
    row("a cancelled one is none", "<hi|>cancelled", 1);
    row("one for later is none yet", "<hi|>scheduled", 1);
    row("nobody asked", ">delivered", 0);
    row("keywords want no answer", "<STOP|<START|<HELP", 0);
    row("a question before a keyword", "<hi|<STOP", 1);
}

void TestTriage::waitingSince() {
    QFETCH(QStringList, story);
    QFETCH(int, since);
    QList<LoggedEvent> events;
    for (int i = 0; i < story.size(); ++i) {
        const QString text = story.at(i).mid(1);
        events.append(story.at(i).startsWith(QLatin1Char('<')) ? said(i + 1, maria, text, i + 1)
                                                               : delivered(i + 1, maria, i + 1, text));
    }
    const QDateTime expected = since == 0 ? QDateTime() : at(since);
    valueOf(store().applyEvents(relayLog, events, Arrival::Live));
    QCOMPARE(reader().conversation(*reader().find({maria, ours}))->waitingSince, expected);
    // The other way round, one by one.
    m_open = std::make_unique<OpenStore>(StoreLimits{}, Place::Memory);
    for (auto event = events.crbegin(); event != events.crend(); ++event) {
        LoggedEvent one = *event;
        one.seq = ++m_seq;
        valueOf(store().applyEvents(relayLog, {one}, Arrival::Live));
    }
    QCOMPARE(reader().conversation(*reader().find({maria, ours}))->waitingSince, expected);
}

void TestTriage::longestWaitingFirst() {
    const auto a = hears(customer(1), QStringLiteral("a"), 1);
    const auto b = hears(customer(2), QStringLiteral("b"), 2);
    const auto c = hears(customer(3), QStringLiteral("c"), 3);
    hears(customer(1), QStringLiteral("still here"), 30);
    valueOf(store().setPinned({b}, true, at(31)));
    const ConversationQuery waiting{ConversationFilter::Waiting, {}};
    QCOMPARE(list(waiting), (QList{a, b, c}));
    const auto first = reader().conversationKeys(waiting, 1);
    QCOMPARE(reader().conversationKeys(waiting, 1, first.last()).value(0).id, b);
    // Refused and taken back sends answer nobody, one on its way does.
    valueOf(store().writeIntent(textTo(a, QStringLiteral("i1"), QStringLiteral("here"), 40)));
    QCOMPARE(list(waiting), (QList{b, c}));
    valueOf(store().intentHandedOver(IntentId(QStringLiteral("i1")), at(40)));
    valueOf(
        store().intentRejected(IntentId(QStringLiteral("i1")), {QStringLiteral("40300"), {}, {}}, at(41)));
    QCOMPARE(list(waiting), (QList{a, b, c}));
}

void TestTriage::closingEndsWaiting() {
    const auto a = hears(customer(1), QStringLiteral("thanks!"), 1);
    LoggedEvent closing{.seq = ++m_seq, .receivedAt = at(10), .intent = {}, .event = {}};
    closing.team = std::make_shared<TeamEntry>(TeamEntry{
        protocol::Closed{{customer(1), ours}, true}, QStringLiteral("ann"), QStringLiteral("id1"), at(10)});
    valueOf(store().applyEvents(relayLog, {closing}, Arrival::Live));
    QVERIFY(reader().conversation(a)->closed);
    QVERIFY(list({ConversationFilter::Waiting, {}}).isEmpty());
    hears(customer(1), QStringLiteral("one more thing"), 20);
    QVERIFY(!reader().conversation(a)->closed);
    QCOMPARE(reader().conversation(a)->waitingSince, at(20));
}

void TestTriage::countsAgreeWithLists_data() {
    QTest::addColumn<QString>("own");
    QTest::newRow("all") << QString();
    QTest::newRow("ours") << ours;
    QTest::newRow("the other") << QStringLiteral("37468");
    QTest::newRow("no such") << QStringLiteral("12345");
}

void TestTriage::countsAgreeWithLists() {
    QFETCH(QString, own);
    QList<ConversationId> ids;
    for (int i = 0; i < 24; ++i) {
        ids.append(hears(customer(i), i % 6 == 5 ? QStringLiteral("STOP") : QStringLiteral("hi"), i));
        if (i % 5 == 0)
            valueOf(store().setSender(ids.last(), QStringLiteral("37468")));
    }
    for (int i = 0; i < 24; i += 2)
        valueOf(store().markRead(ids.at(i), reader().newestUnread(ids.at(i))));
    valueOf(store().markUnread({ids.at(2), ids.at(4), ids.at(5)}));
    valueOf(store().snooze({ids.at(1), ids.at(5), ids.at(10)}, at(1000)));
    valueOf(store().setPinned({ids.at(5), ids.at(20)}, true, at(30)));
    for (int i = 0; i < 24; i += 7) {
        NewIntent later = textTo(ids.at(i), QStringLiteral("i%1").arg(i), QStringLiteral("later"), 40);
        later.sendAt = at(5000);
        later.holdUntil = at(4000);
        valueOf(store().writeIntent(later));
    }
    LoggedEvent claim{.seq = ++m_seq, .receivedAt = at(50), .intent = {}, .event = {}};
    claim.team = std::make_shared<TeamEntry>(TeamEntry{
        protocol::Claim{.parties = {customer(3), ours}, .assignee = QStringLiteral("ann"), .until = at(900)},
        QStringLiteral("ann"), QStringLiteral("c"), at(50)});
    LoggedEvent closing{.seq = ++m_seq, .receivedAt = at(50), .intent = {}, .event = {}};
    closing.team = std::make_shared<TeamEntry>(TeamEntry{protocol::Closed{{customer(8), ours}, true},
                                                         QStringLiteral("ann"), QStringLiteral("d"), at(50)});
    valueOf(store().applyEvents(relayLog, {claim, closing}, Arrival::Live));
    const auto number = [&](ConversationFilter filter) {
        return static_cast<int>(list({filter, {}, QStringLiteral("ann"), ms(60), own}).size());
    };
    const FilterCounts counts = reader().counts(QStringLiteral("ann"), ms(60), own);
    QCOMPARE(counts, (FilterCounts{.open = number(ConversationFilter::Open),
                                   .unread = number(ConversationFilter::Unread),
                                   .failed = number(ConversationFilter::Failed),
                                   .mine = number(ConversationFilter::Mine),
                                   .unassigned = number(ConversationFilter::Unassigned),
                                   .closed = number(ConversationFilter::Closed),
                                   .waiting = number(ConversationFilter::Waiting),
                                   .scheduled = number(ConversationFilter::Scheduled),
                                   .optedOut = number(ConversationFilter::OptedOut),
                                   .snoozed = number(ConversationFilter::Snoozed)}));
    if (own.isEmpty())
        QCOMPARE(counts,
                 (FilterCounts{.open = 20,
                               .unread = 14,
                               .failed = 0,
                               .mine = 1,
                               .unassigned = 19,
                               .closed = 1,
                               .waiting = 17,
                               .scheduled = 4,
                               .optedOut = 3, // one answers from a number of which no profile is known
                               .snoozed = 3}));
    if (own == QStringLiteral("12345"))
        QCOMPARE(counts, FilterCounts{});
}

void TestTriage::arrivedLate_data() {
    QTest::addColumn<int>("received");
    QTest::addColumn<QString>("source");
    QTest::addColumn<bool>("late");
    QTest::newRow("at once") << 0 << QString() << false;
    QTest::newRow("just in time") << 119 << QString() << false;
    QTest::newRow("two minutes") << 120 << QStringLiteral("webhook") << true;
    QTest::newRow("asked for") << 1 << QStringLiteral("detail_records") << true;
}

void TestTriage::arrivedLate() {
    QFETCH(int, received);
    QFETCH(QString, source);
    QFETCH(bool, late);
    LoggedEvent event = said(1, maria, QStringLiteral("hi"), 10);
    factsOf(event).receivedAt = at(10);
    event.receivedAt = at(10 + received);
    event.source = source;
    valueOf(store().applyEvents(relayLog, {event}, Arrival::Live));
    const auto id = *reader().find({maria, ours});
    QCOMPARE(reader().newest(id, 1).first().late, late);
    // The same message again, in time: it was never late.
    event.seq = 2;
    event.event.id = events::EventId(QStringLiteral("other"));
    event.receivedAt = at(11);
    event.source.clear();
    valueOf(store().applyEvents(relayLog, {event}, Arrival::Live));
    QVERIFY(!reader().newest(id, 1).first().late);
    // Found by looking for what was missed.
    LoggedEvent found = said(3, customer(7), QStringLiteral("missed"), 10);
    valueOf(store().applyRecovered({found}));
    QVERIFY(reader().newest(*reader().find({customer(7), ours}), 1).first().late);
}

void TestTriage::firstUnreadInOrder() {
    const auto a = hears(maria, QStringLiteral("second"), 20);
    QCOMPARE(reader().firstUnread(a), reader().newest(a, 1).first().row);
    hears(maria, QStringLiteral("first, but came in later"), 10);
    QCOMPARE(reader().message(reader().firstUnread(a))->at, at(10));
    valueOf(store().markAllRead({a}));
    QVERIFY(!reader().firstUnread(a).isValid());
}

QTEST_GUILESS_MAIN(TestTriage)
#include "tst_triage.moc"
