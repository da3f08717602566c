#include "store/fixture.h"
#include "store/team.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

const protocol::Parties pair{maria, ours};
const LogId logA(QStringLiteral("log-a"));
const LogId logB(QStringLiteral("log-b"));

LoggedEvent said(qint64 seq, const QString &author, const protocol::Fact &fact, int second) {
    LoggedEvent logged{.seq = seq, .receivedAt = at(second), .intent = {}, .event = {}};
    logged.team = std::make_shared<TeamEntry>(TeamEntry{
        .fact = fact, .author = author, .identity = author + QString::number(second), .heardAt = at(second)});
    return logged;
}

LoggedEvent fromMaria(qint64 seq, const QString &text, int second) {
    return logged(seq, {.kind = events::MessageEventKind::Received,
                        .id = QStringLiteral("event-") + text,
                        .telnyxId = QStringLiteral("message-") + text,
                        .from = maria,
                        .to = ours,
                        .text = text,
                        .status = {},
                        .second = second});
}

/// An answer that a colleague's console sent.
LoggedEvent answerTo(qint64 seq, const QString &text, const QString &intent, int second) {
    return logged(seq, {.kind = events::MessageEventKind::Sent,
                        .id = QStringLiteral("event-") + text,
                        .telnyxId = QStringLiteral("message-") + text,
                        .from = ours,
                        .to = maria,
                        .text = text,
                        .status = QStringLiteral("sent"),
                        .second = second,
                        .intent = intent});
}

protocol::Claim claimFor(const QString &assignee, int until, bool takeOver = false) {
    return {.parties = pair, .assignee = assignee, .until = at(until), .takeOver = takeOver};
}

const QString anna = QStringLiteral("Anna");
const QString ben = QStringLiteral("Ben");

} // namespace

/// Team facts: decided by their order in the log, the same however often and in whatever portions it is read.
class TestTeam : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_open.reset(); }

    void claims_data();
    void claims();
    void claimOfAnotherLogIsNotInTheWay();
    void claimsAreFilters();
    void factsBeforeTheConversation();
    void closing();
    void closingOnItsWayCountsUntilTheCustomerWrites();
    void notesStandBetweenMessages();
    void noteAloneKeepsItsConversation();
    void waitingNoteBecomesTheLogs();
    void refusedNoteGoes();
    void pagesHoldNotes();
    void readByAColleague();
    void answersHaveAuthors_data();
    void answersHaveAuthors();
    void lastAnswerOfOthers();
    void sharedThings();
    void withheldMovesTheCursorOnly();
    void portionsDoNotMatter_data();
    void portionsDoNotMatter();
    void logThatWasSetBack();
    void outgoingSurvivesRestart();
    void unreportedSends();
    void unfinished();
    void recoveredHasNoPlace();

private:
    void apply(const QList<LoggedEvent> &events, const LogId &log = logA, Arrival arrival = Arrival::Live) {
        valueOf(store().applyEvents(log, events, arrival));
    }
    [[nodiscard]] Store &store() { return *m_open->store; }
    [[nodiscard]] Reader &reader() { return *m_open->reader; }
    [[nodiscard]] ConversationId conversation() {
        return reader().find({maria, ours}).value_or(ConversationId{});
    }
    [[nodiscard]] ConversationRecord record() { return reader().conversation(conversation()).value(); }
    [[nodiscard]] QString claimed() {
        const auto claim = record().claim;
        return claim ? claim->assignee : QString();
    }
    [[nodiscard]] QStringList flow() {
        QStringList lines;
        for (const MessageRecord &message : reader().newest(conversation(), 100))
            lines.append(message.direction == Direction::Note
                             ? message.author + QStringLiteral(": ") + message.text
                             : message.text);
        return lines;
    }
    [[nodiscard]] int keys(ConversationFilter filter, const QString &me, int second) {
        return static_cast<int>(
            reader().conversationKeys({filter, {}, me, at(second).toMSecsSinceEpoch()}).size());
    }

    std::unique_ptr<OpenStore> m_open;
};

void TestTeam::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_open = std::make_unique<OpenStore>(StoreLimits{}, Place::Memory);
}

void TestTeam::claims_data() {
    QTest::addColumn<QList<LoggedEvent>>("facts");
    QTest::addColumn<QString>("assignee");
    const auto annaFirst = said(2, anna, claimFor(anna, 100), 1);
    QTest::newRow("one") << QList{annaFirst} << anna;
    QTest::newRow("the first of two wins") << QList{annaFirst, said(3, ben, claimFor(ben, 200), 2)} << anna;
    QTest::newRow("after it ended") << QList{annaFirst, said(3, ben, claimFor(ben, 200), 101)} << ben;
    QTest::newRow("at the moment it ends") << QList{annaFirst, said(3, ben, claimFor(ben, 200), 100)} << ben;
    QTest::newRow("taken over") << QList{annaFirst, said(3, ben, claimFor(ben, 200, true), 2)} << ben;
    QTest::newRow("passed on, not taking it over")
        << QList{annaFirst, said(3, anna, claimFor(ben, 200), 2)} << anna;
    QTest::newRow("passed on") << QList{annaFirst, said(3, anna, claimFor(ben, 200, true), 2)} << ben;
    QTest::newRow("prolonged by a colleague")
        << QList{annaFirst, said(3, ben, claimFor(anna, 200), 2), said(4, ben, claimFor(ben, 300), 150)}
        << anna;
    QTest::newRow("assigned, then claimed by a third")
        << QList{said(2, anna, claimFor(ben, 100), 1),
                 said(3, QStringLiteral("Cara"), claimFor(QStringLiteral("Cara"), 100), 2)}
        << ben;
    QTest::newRow("released") << QList{annaFirst, said(3, ben, protocol::Release{pair}, 2)} << QString();
    QTest::newRow("released, then claimed")
        << QList{annaFirst, said(3, ben, protocol::Release{pair}, 2), said(4, ben, claimFor(ben, 100), 3)}
        << ben;
}

void TestTeam::claims() {
    QFETCH(QList<LoggedEvent>, facts);
    QFETCH(QString, assignee);
    apply({fromMaria(1, QStringLiteral("hello"), 0)});
    apply(facts);
    QCOMPARE(claimed(), assignee);
}

void TestTeam::claimOfAnotherLogIsNotInTheWay() {
    apply({fromMaria(1, QStringLiteral("hello"), 0), said(2, anna, claimFor(anna, 100), 1)});
    apply({said(1, ben, claimFor(ben, 100), 2)}, logB);
    QCOMPARE(claimed(), ben);
}

void TestTeam::claimsAreFilters() {
    apply({fromMaria(1, QStringLiteral("hello"), 0)});
    QCOMPARE(keys(ConversationFilter::Unassigned, anna, 1), 1);
    apply({said(2, anna, claimFor(anna, 100), 1)});
    QCOMPARE(keys(ConversationFilter::Mine, anna, 50), 1);
    QCOMPARE(keys(ConversationFilter::Mine, ben, 50), 0);
    QCOMPARE(keys(ConversationFilter::Unassigned, anna, 50), 0);
    const FilterCounts during = reader().counts(anna, at(50).toMSecsSinceEpoch());
    QCOMPARE(during.mine, 1);
    QCOMPARE(during.unassigned, 0);
    QCOMPARE(keys(ConversationFilter::Mine, anna, 100), 0);
    QCOMPARE(keys(ConversationFilter::Unassigned, anna, 100), 1);
    QCOMPARE(reader().counts(anna, at(100).toMSecsSinceEpoch()).unassigned, 1);
    QCOMPARE(reader().claimsEnded(at(50).toMSecsSinceEpoch(), at(100).toMSecsSinceEpoch()),
             QList{conversation()});
    QVERIFY(reader().claimsEnded(at(100).toMSecsSinceEpoch(), at(200).toMSecsSinceEpoch()).isEmpty());
}

void TestTeam::factsBeforeTheConversation() {
    apply({said(1, anna, claimFor(anna, 100), 1), said(2, anna, protocol::Closed{pair, true}, 2)});
    QVERIFY(!conversation().isValid());
    apply({answerTo(3, QStringLiteral("hello"), QStringLiteral("i1"), 3)});
    QCOMPARE(claimed(), anna);
    QVERIFY(record().closed);
}

void TestTeam::closing() {
    apply({fromMaria(1, QStringLiteral("hello"), 0), said(2, anna, protocol::Closed{pair, true}, 1)});
    QVERIFY(record().closed);
    QCOMPARE(keys(ConversationFilter::Open, {}, 2), 0);
    QCOMPARE(keys(ConversationFilter::Closed, {}, 2), 1);
    QCOMPARE(reader().counts().open, 0);
    QCOMPARE(reader().counts().closed, 1);
    apply({answerTo(3, QStringLiteral("bye"), QStringLiteral("i1"), 3)});
    QVERIFY(record().closed);
    apply({fromMaria(4, QStringLiteral("one more"), 4)});
    QVERIFY(!record().closed);
    apply({said(5, anna, protocol::Closed{pair, true}, 5), said(6, ben, protocol::Closed{pair, false}, 6)});
    QVERIFY(!record().closed);
    QCOMPARE(reader().counts().open, 1);
}

void TestTeam::closingOnItsWayCountsUntilTheCustomerWrites() {
    apply({fromMaria(1, QStringLiteral("hello"), 0)});
    valueOf(store().queueFact(
        {.id = QStringLiteral("f1"), .fact = protocol::Closed{pair, true}, .conversation = {}, .at = at(1)}));
    QVERIFY(record().closed);
    QCOMPARE(reader().outgoing().size(), 1);
    apply({fromMaria(2, QStringLiteral("wait"), 2)});
    QVERIFY(!record().closed);
    QVERIFY(reader().outgoing().isEmpty());
}

void TestTeam::notesStandBetweenMessages() {
    apply({fromMaria(1, QStringLiteral("hello"), 0),
           said(2, anna, protocol::Note{pair, QStringLiteral("knows the boss"), {ben}}, 5),
           fromMaria(3, QStringLiteral("anyone"), 10)});
    QCOMPARE(flow(), (QStringList{QStringLiteral("hello"), QStringLiteral("Anna: knows the boss"),
                                  QStringLiteral("anyone")}));
    QCOMPARE(reader().newest(conversation(), 100).at(1).mentions, QStringList{ben});
    QCOMPARE(record().preview, QStringLiteral("anyone"));
    QCOMPARE(record().unread, 2);
    apply({said(4, anna, protocol::Note{pair, QStringLiteral("later"), {}}, 20)});
    QCOMPARE(record().preview, QStringLiteral("anyone"));
    QCOMPARE(record().lastAt, at(10));
    QCOMPARE(reader().conversationKeys({ConversationFilter::Open, QStringLiteral("boss"), {}, 0}).size(), 1);
}

void TestTeam::noteAloneKeepsItsConversation() {
    apply({said(1, anna, protocol::Note{pair, QStringLiteral("call her"), {}}, 5)});
    QVERIFY(conversation().isValid());
    QCOMPARE(flow(), QStringList{QStringLiteral("Anna: call her")});
    QCOMPARE(record().lastAt, at(5));
    apply({said(2, anna, claimFor(anna, 100), 6)});
    QCOMPARE(flow().size(), 1);
}

void TestTeam::waitingNoteBecomesTheLogs() {
    apply({fromMaria(1, QStringLiteral("hello"), 0)});
    const protocol::Note note{pair, QStringLiteral("VIP"), {}};
    const Changes queued = valueOf(store().queueFact(
        {.id = QStringLiteral("f1"), .fact = note, .conversation = conversation(), .at = at(3)}));
    QVERIFY(queued.outgoingChanged);
    QCOMPARE(reader().newest(conversation(), 1).first().state, MessageState::Waiting);
    apply({said(2, anna, note, 4)});
    QCOMPARE(flow(), (QStringList{QStringLiteral("hello"), QStringLiteral("Anna: VIP")}));
    QCOMPARE(reader().newest(conversation(), 1).first().state, MessageState::Received);
    QCOMPARE(reader().newest(conversation(), 1).first().at, at(4));
    valueOf(store().dropFact(QStringLiteral("f1"), FactFate::Published));
    QVERIFY(reader().outgoing().isEmpty());
    QCOMPARE(flow().size(), 2);
}

void TestTeam::refusedNoteGoes() {
    apply({fromMaria(1, QStringLiteral("hello"), 0)});
    valueOf(store().queueFact({.id = QStringLiteral("f1"),
                               .fact = protocol::Note{pair, QStringLiteral("VIP"), {}},
                               .conversation = conversation(),
                               .at = at(3)}));
    const Changes dropped = valueOf(store().dropFact(QStringLiteral("f1"), FactFate::Refused));
    QCOMPARE(dropped.messages.size(), 1);
    QCOMPARE(dropped.messages.first().kind, ChangeKind::Removed);
    QCOMPARE(flow(), QStringList{QStringLiteral("hello")});
}

void TestTeam::pagesHoldNotes() {
    QList<LoggedEvent> events;
    for (int i = 0; i < 30; ++i)
        events.append(i % 3 == 0 ? said(i + 1, anna, protocol::Note{pair, QString::number(i), {}}, i)
                                 : fromMaria(i + 1, QString::number(i), i));
    apply(events);
    QList<MessageRecord> page = reader().newest(conversation(), 7);
    QStringList seen;
    while (!page.isEmpty()) {
        for (auto message = page.crbegin(); message != page.crend(); ++message)
            seen.prepend(message->text);
        page = reader().before(conversation(), page.first().position(), 7);
    }
    QStringList expected;
    for (int i = 0; i < 30; ++i)
        expected.append(QString::number(i));
    QCOMPARE(seen, expected);
}

void TestTeam::readByAColleague() {
    apply({fromMaria(1, QStringLiteral("one"), 0), fromMaria(2, QStringLiteral("two"), 5),
           fromMaria(3, QStringLiteral("three"), 10)});
    QCOMPARE(record().unread, 3);
    apply({said(4, anna, protocol::ReadUpTo{pair, at(5)}, 11)});
    QCOMPARE(record().unread, 1);
    // What was read is decided by the log's order: this text came after she had looked.
    apply({fromMaria(5, QStringLiteral("late"), 4)});
    QCOMPARE(record().unread, 2);
}

void TestTeam::answersHaveAuthors_data() {
    QTest::addColumn<bool>("factFirst");
    QTest::newRow("fact first") << true;
    QTest::newRow("message first") << false;
}

void TestTeam::answersHaveAuthors() {
    QFETCH(bool, factFirst);
    const auto fact = said(factFirst ? 1 : 2, anna, protocol::Answered{pair, QStringLiteral("i1")}, 1);
    const auto message = answerTo(factFirst ? 2 : 1, QStringLiteral("on its way"), QStringLiteral("i1"), 1);
    apply(factFirst ? QList{fact, message} : QList{message, fact});
    QCOMPARE(reader().newest(conversation(), 1).first().author, anna);
}

void TestTeam::lastAnswerOfOthers() {
    apply({fromMaria(1, QStringLiteral("hello"), 0)});
    QVERIFY(!reader().lastAnswerOfOthers(conversation(), ben, at(-60)));
    apply({said(2, anna, protocol::Answered{pair, QStringLiteral("i1")}, 10)});
    auto answer = reader().lastAnswerOfOthers(conversation(), ben, at(5));
    QVERIFY(answer);
    QCOMPARE(*answer, (AnswerRecord{anna, at(10), {}, QStringLiteral("i1")}));
    QVERIFY(!reader().lastAnswerOfOthers(conversation(), anna, at(5)));
    QVERIFY(!reader().lastAnswerOfOthers(conversation(), ben, at(11)));
    apply({answerTo(3, QStringLiteral("on its way"), QStringLiteral("i1"), 10)});
    answer = reader().lastAnswerOfOthers(conversation(), ben, at(5));
    QVERIFY(answer);
    QCOMPARE(answer->text, QStringLiteral("on its way"));
    // The message counts as later than the fact, by the clocks of others; it is the same answer.
    apply({answerTo(4, QStringLiteral("later clock"), QStringLiteral("i2"), 14),
           said(5, anna, protocol::Answered{pair, QStringLiteral("i2")}, 12)});
    const auto seen = reader().lastAnswerOfOthers(conversation(), ben, at(5));
    QVERIFY(seen);
    QCOMPARE(seen->at, at(14));
    QCOMPARE(seen->key, QStringLiteral("i2"));
    // One that nobody announced, as from another program with the same account.
    apply({answerTo(6, QStringLiteral("from elsewhere"), {}, 20)});
    answer = reader().lastAnswerOfOthers(conversation(), ben, at(15));
    QVERIFY(answer);
    QCOMPARE(answer->author, QString());
    QVERIFY(!answer->key.isEmpty() && answer->key != seen->key);
    QCOMPARE(answer->text, QStringLiteral("from elsewhere"));
    // What was written here is no colleague's.
    valueOf(store().writeIntent(textTo(conversation(), QStringLiteral("own"), QStringLiteral("mine"), 30)));
    QVERIFY(!reader().lastAnswerOfOthers(conversation(), ben, at(25)));
}

void TestTeam::sharedThings() {
    using protocol::CannedReply;
    const Changes changes = valueOf(
        store().applyEvents(logA,
                            {fromMaria(1, QStringLiteral("hello"), 0),
                             said(2, anna,
                                  CannedReply{QStringLiteral("r1"), QStringLiteral("Parcels"),
                                              QStringLiteral("Late"), QStringLiteral("Sorry")},
                                  1),
                             said(3, ben,
                                  CannedReply{QStringLiteral("r2"), QStringLiteral("Hours"),
                                              QStringLiteral("Open"), QStringLiteral("9 to 5")},
                                  2),
                             said(4, ben,
                                  CannedReply{QStringLiteral("r1"), QStringLiteral("Parcels"),
                                              QStringLiteral("Late"), QStringLiteral("So sorry")},
                                  3),
                             said(5, anna, protocol::SharedContact{maria, QStringLiteral("Maria")}, 4),
                             said(6, ben, protocol::SharedContact{maria, QStringLiteral("Maria Lopez")}, 5)},
                            Arrival::Live));
    QVERIFY(changes.repliesChanged);
    const auto replies = reader().cannedReplies();
    QCOMPARE(replies.size(), 2);
    QCOMPARE(replies.at(0).id, QStringLiteral("r2"));
    QCOMPARE(replies.at(1).text, QStringLiteral("So sorry"));
    QCOMPARE(record().name, QStringLiteral("Maria Lopez"));
    apply({said(7, ben, CannedReply{QStringLiteral("r1"), {}, {}, {}}, 6),
           said(8, ben, protocol::SharedContact{maria, {}}, 7)});
    QCOMPARE(reader().cannedReplies().size(), 1);
    QCOMPARE(record().name, QString());
}

void TestTeam::withheldMovesTheCursorOnly() {
    const LoggedEvent withheld{.seq = 5, .receivedAt = at(1), .intent = {}, .event = {}};
    apply({withheld});
    QCOMPARE(reader().cursor(logA).seq, 5);
    QVERIFY(reader().conversationKeys({}).isEmpty());
}

void TestTeam::portionsDoNotMatter_data() {
    QTest::addColumn<int>("portion");
    QTest::newRow("one by one") << 1;
    QTest::newRow("threes, each read twice") << 3;
    QTest::newRow("all at once") << 100;
}

void TestTeam::portionsDoNotMatter() {
    QFETCH(int, portion);
    const QList<LoggedEvent> log{
        fromMaria(1, QStringLiteral("hello"), 0),
        said(2, anna, claimFor(anna, 100), 1),
        said(3, ben, claimFor(ben, 100), 1),
        said(4, anna, protocol::Note{pair, QStringLiteral("asks for the boss"), {}}, 2),
        said(5, anna, protocol::Answered{pair, QStringLiteral("i1")}, 3),
        answerTo(6, QStringLiteral("hi"), QStringLiteral("i1"), 3),
        said(7, anna, protocol::ReadUpTo{pair, at(3)}, 4),
        said(8, anna, protocol::Closed{pair, true}, 5),
        said(9, ben, protocol::UnknownFact{QStringLiteral("of a later version")}, 6),
        fromMaria(10, QStringLiteral("thanks"), 7)};
    for (qsizetype i = 0; i < log.size(); i += portion) {
        apply(log.mid(i, portion));
        apply(log.mid(i, portion));
    }
    QCOMPARE(claimed(), anna);
    QVERIFY(!record().closed);
    QCOMPARE(record().unread, 1);
    QCOMPARE(flow(), (QStringList{QStringLiteral("hello"), QStringLiteral("Anna: asks for the boss"),
                                  QStringLiteral("hi"), QStringLiteral("thanks")}));
    QCOMPARE(reader().cursor(logA).seq, 10);
}

void TestTeam::logThatWasSetBack() {
    const QList<LoggedEvent> backedUp{fromMaria(1, QStringLiteral("hello"), 0),
                                      said(2, anna, protocol::Note{pair, QStringLiteral("VIP"), {}}, 1),
                                      said(3, anna, protocol::Closed{pair, true}, 2),
                                      fromMaria(4, QStringLiteral("again"), 3)};
    apply(backedUp);
    apply({said(5, anna, protocol::Note{pair, QStringLiteral("lost with the log"), {}}, 4),
           said(6, anna, protocol::Closed{pair, true}, 5)});
    QVERIFY(record().closed);
    // The same entries under another name, and a different story after them.
    apply(backedUp, logB);
    QVERIFY(!record().closed);
    apply({said(5, ben, claimFor(ben, 100), 6)}, logB);
    QCOMPARE(claimed(), ben);
    QCOMPARE(flow(), (QStringList{QStringLiteral("hello"), QStringLiteral("Anna: VIP"),
                                  QStringLiteral("again"), QStringLiteral("Anna: lost with the log")}));
}

void TestTeam::outgoingSurvivesRestart() {
    apply({fromMaria(1, QStringLiteral("hello"), 0)});
    const QList<protocol::Fact> facts{protocol::Closed{pair, true}, protocol::Release{pair},
                                      protocol::Note{pair, QStringLiteral("é€𝄞"), {anna, ben}}};
    for (qsizetype i = 0; i < facts.size(); ++i)
        valueOf(store().queueFact({.id = QStringLiteral("f%1").arg(i),
                                   .fact = facts.at(i),
                                   .conversation = conversation(),
                                   .at = at(1)}));
    m_open->reopen();
    const auto waiting = reader().outgoing();
    QCOMPARE(waiting.size(), 3);
    for (qsizetype i = 0; i < facts.size(); ++i) {
        QCOMPARE(waiting.at(i).id, QStringLiteral("f%1").arg(i));
        const auto decoded = protocol::decodeFact(waiting.at(i).body);
        QVERIFY(decoded);
        QVERIFY(*decoded == facts.at(i));
    }
    QVERIFY(record().closed);
}

void TestTeam::unreportedSends() {
    const ConversationId id = valueOf(store().begin({maria, ours}, at(0)));
    valueOf(store().writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("hello"), 0)));
    valueOf(store().intentHandedOver(IntentId(QStringLiteral("i1")), at(1)));
    events::MessageFacts answer;
    answer.id = events::MessageId(QStringLiteral("m1"));
    valueOf(store().intentAccepted(IntentId(QStringLiteral("i1")), answer, at(2)));
    QCOMPARE(reader().unreportedSends(at(1)).count, 0);
    QCOMPARE(reader().unreportedSends(at(2)), (UnreportedSends{.count = 1, .oldest = at(2), .heardAt = {}}));
    // Something else was heard meanwhile: the relay is not silent.
    LoggedEvent other = fromMaria(1, QStringLiteral("hm"), 3);
    other.event.type = QStringLiteral("message.received");
    apply({other});
    QCOMPARE(reader().unreportedSends(at(10)).count, 0);
    QCOMPARE(reader().unreportedSends(at(10)).heardAt, at(3));
}

void TestTeam::unfinished() {
    const ConversationId id = valueOf(store().begin({maria, ours}, at(0)));
    valueOf(store().writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("hello"), 5)));
    valueOf(store().intentHandedOver(IntentId(QStringLiteral("i1")), at(5)));
    QVERIFY(reader().unfinished(at(0), 10).isEmpty());
    events::MessageFacts answer;
    answer.id = events::MessageId(QStringLiteral("m1"));
    valueOf(store().intentAccepted(IntentId(QStringLiteral("i1")), answer, at(6)));
    const auto open = reader().unfinished(at(0), 10);
    QCOMPARE(open.size(), 1);
    QCOMPARE(open.first().telnyxId, answer.id);
    QVERIFY(reader().unfinished(at(6), 10).isEmpty());
    QVERIFY(reader().knowsMessage(answer.id));
    QVERIFY(!reader().knowsMessage(events::MessageId(QStringLiteral("m2"))));
}

void TestTeam::recoveredHasNoPlace() {
    valueOf(store().applyRecovered({fromMaria(0, QStringLiteral("missed"), 3)}));
    QCOMPARE(flow(), QStringList{QStringLiteral("missed")});
    QVERIFY(!reader().lastCursor());
    QVERIFY(reader().knowsEvent(events::MessageId(QStringLiteral("message-missed")),
                                events::EventId(QStringLiteral("event-missed"))));
    apply({fromMaria(1, QStringLiteral("missed"), 3)});
    QCOMPARE(flow().size(), 1);
}

QTEST_GUILESS_MAIN(TestTeam)
#include "tst_team.moc"
