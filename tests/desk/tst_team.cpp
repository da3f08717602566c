#include "desk/convert.h"
#include "desk/inbox_live.h"
#include "desk/live_team.h"
#include "desk/store_sink.h"
#include "store/fixture.h"
#include "store/team.h"
#include "support/manual_clock.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;
using namespace std::chrono_literals;

namespace {

const QString anna = QStringLiteral("Anna");
const QString ben = QStringLiteral("Ben");
constexpr auto presenceLasts = 300ms;

/// One console's core without a connection.
struct Desk {
    Desk(QString name, const Clock &clock)
        : me(std::move(name))
        , sink(*open.store, *open.reader, clock)
        , inbox(*open.store, *open.reader, clock)
        , team(*open.store, *open.reader, clock, presenceLasts) {
        QObject::connect(&inbox, &LiveInbox::readHere, &team, &LiveTeam::shareRead);
        QObject::connect(&inbox, &LiveInbox::namedHere, &team, &LiveTeam::shareName);
        QObject::connect(&team, &Team::membersChanged, &inbox, [this] { inbox.setMe(team.name()); });
    }
    [[nodiscard]] ConversationId conversation() {
        return toDesk(open.reader->find({maria, ours}).value_or(store::ConversationId{}));
    }
    [[nodiscard]] Conversation shown() { return inbox.conversation(conversation()).value(); }

    QString me;
    OpenStore open{{}, Place::Memory};
    StoreSink sink;
    LiveInbox inbox;
    LiveTeam team;
    bool connected = false;
};

/// A relay of one list: gives what consoles publish a place and hands it to all of them.
class PaperRelay : public QObject {
    Q_OBJECT
public:
    explicit PaperRelay(const Clock &clock) : m_clock(clock) {}

    void attach(Desk &desk) {
        m_desks.append(&desk);
        connect(&desk.team.facts(), &FactQueue::publish, this,
                [this, &desk](const protocol::Publish &fact) { take(desk, fact); });
        connect(&desk.team.presence(), &PresenceBoard::send, this,
                [this, &desk](const protocol::Presence &presence) { pass(desk, presence); });
    }
    void welcome(Desk &desk) {
        protocol::Welcome welcome;
        welcome.logId = QStringLiteral("paper");
        welcome.name = desk.me;
        welcome.role = protocol::Role::Admin;
        welcome.members = members;
        desk.connected = true;
        const qint64 seq = desk.sink.position().seq;
        if (seq < m_log.size())
            give(desk, m_log.mid(seq), false);
        desk.team.onWelcome(welcome);
    }
    void part(Desk &desk) {
        desk.connected = false;
        desk.team.onRelayGone();
    }
    void webhook(const QByteArray &body, const QString &intent = {}) {
        append({.seq = 0, .receivedAt = m_clock.now(), .intent = intent, .body = body});
    }

    QList<protocol::Member> members{{anna, protocol::Role::Admin}, {ben, protocol::Role::Agent}};
    QList<protocol::Publish> published;
    QString refuseWith; ///< a code for everything that is published
    int busyTimes = 0;  ///< how many of the next facts it is too busy for

private:
    void take(Desk &desk, const protocol::Publish &fact) {
        if (!desk.connected)
            return;
        const bool known = std::any_of(published.cbegin(), published.cend(),
                                       [&](const protocol::Publish &other) { return other.id == fact.id; });
        published.append(fact);
        if (busyTimes > 0) {
            --busyTimes;
            desk.team.facts().onNotPublished(
                {.id = fact.id, .code = QStringLiteral("busy"), .message = QStringLiteral("Later.")});
            return;
        }
        if (!refuseWith.isEmpty()) {
            desk.team.facts().onNotPublished(
                {.id = fact.id, .code = refuseWith, .message = QStringLiteral("No.")});
            return;
        }
        if (!known)
            append({.seq = 0,
                    .receivedAt = m_clock.now(),
                    .intent = {},
                    .body = fact.fact,
                    .kind = protocol::EntryKind::TeamFact,
                    .author = desk.me});
        desk.team.facts().onPublished(fact.id);
    }
    void pass(Desk &from, protocol::Presence presence) {
        presence.name = from.me;
        for (Desk *desk : std::as_const(m_desks))
            if (desk != &from && desk->connected && from.connected)
                desk->team.presence().onPresence(presence);
    }
    void append(protocol::LogEntry entry) {
        entry.seq = m_log.size() + 1;
        m_log.append(entry);
        for (Desk *desk : std::as_const(m_desks))
            if (desk->connected)
                give(*desk, {entry}, true);
    }
    static void give(Desk &desk, const QList<protocol::LogEntry> &entries, bool live) {
        desk.sink.apply({.logId = QStringLiteral("paper"), .events = entries, .live = live});
    }

    const Clock &m_clock;
    QList<Desk *> m_desks;
    QList<protocol::LogEntry> m_log;
};

QByteArray messageBody(const QString &id, bool inbound, const QString &text, const QDateTime &when) {
    const QString from = inbound ? maria : ours;
    const QString to = inbound ? ours : maria;
    return QStringLiteral(
               R"({"data":{"record_type":"event","id":"e-%1","event_type":"%2","occurred_at":"%3",)"
               R"("payload":{"record_type":"message","id":"%1","direction":"%4","type":"SMS",)"
               R"("from":{"phone_number":"%5"},"to":[{"phone_number":"%6","status":"sent"}],)"
               R"("text":"%7","received_at":"%3"}}})")
        .arg(id, inbound ? QStringLiteral("message.received") : QStringLiteral("message.sent"),
             when.toString(Qt::ISODateWithMs),
             inbound ? QStringLiteral("inbound") : QStringLiteral("outbound"), from, to, text)
        .toUtf8();
}

} // namespace

/// Two consoles and the log between them: what one does is what the other sees.
class TeamTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aloneNothingIsOffered();
    void firstClaimWins();
    void assignAndRelease();
    void claimEndsByItself();
    void noteReachesTheOther();
    void closedForBoth();
    void readAndNameAreShared();
    void presenceComesAndGoes();
    void presenceOfTheLostIsForgotten();
    void asksBeforeASecondAnswer();
    void asksWhoAnswersAndWhoClaimed();
    void waitsForTheRelay();
    void sameIdAfterALostAnswer();
    void refusedIsTold();
    void busyIsTriedAgain();
    void busyKeepsTheOrder();
    void noteThatIsRefusedComesBack_data();
    void noteThatIsRefusedComesBack();
    void noteThatCannotBeKeptComesBack();
    void cannedReplyIsThereAtOnce();
    void cannedRepliesAreReadWhenTheyChange();
    void oneAnswerIsOneQuestion();
    void saysWhoWroteIt();
    void mentionsWaitUntilTheyAreSeen();
    void knowsItselfWithoutTheRelay();
    void filtersFollow();

private:
    void greet() {
        m_relay->webhook(messageBody(QStringLiteral("m0"), true, QStringLiteral("hello"), m_clock.now()));
        QTRY_VERIFY(m_anna->conversation().isValid() && m_ben->conversation().isValid());
        m_clock.advance(1s); // what follows is later than the greeting
    }
    void both() {
        m_relay->welcome(*m_anna);
        m_relay->welcome(*m_ben);
        greet();
    }
    [[nodiscard]] static QStringList notes(Desk &desk) {
        QStringList texts;
        for (const auto &message : desk.open.reader->newest(toStore(desk.conversation()), 100))
            if (message.direction == store::Direction::Note)
                texts.append(message.author + QStringLiteral(": ") + message.text);
        return texts;
    }

    ManualClock m_clock;
    std::unique_ptr<PaperRelay> m_relay;
    std::unique_ptr<Desk> m_anna, m_ben;
};

void TeamTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_relay = std::make_unique<PaperRelay>(m_clock);
    m_anna = std::make_unique<Desk>(anna, m_clock);
    m_ben = std::make_unique<Desk>(ben, m_clock);
    m_relay->attach(*m_anna);
    m_relay->attach(*m_ben);
}

void TeamTest::cleanup() {
    m_anna.reset();
    m_ben.reset();
    m_relay.reset();
}

void TeamTest::aloneNothingIsOffered() {
    m_relay->members = {{anna, protocol::Role::Admin}};
    m_relay->welcome(*m_anna);
    m_relay->webhook(messageBody(QStringLiteral("m0"), true, QStringLiteral("hello"), m_clock.now()));
    QTRY_VERIFY(m_anna->conversation().isValid());
    const ConversationId id = m_anna->conversation();
    QVERIFY(!m_anna->team.isTeam());
    m_clock.advance(1s);
    const QSignalSpy presence(&m_anna->team.presence(), &PresenceBoard::send);
    m_anna->team.claim(id, Team::usualClaim, ClaimMode::TakeOver);
    m_anna->team.release(id);
    m_anna->team.setActivity(id, TeamActivity::Answering);
    m_anna->inbox.markRead(id);
    m_anna->inbox.rename(id, QStringLiteral("Maria"));
    m_relay->webhook(
        messageBody(QStringLiteral("m1"), false, QStringLiteral("from elsewhere"), m_clock.now()));
    QTRY_COMPARE(m_anna->shown().preview, QStringLiteral("from elsewhere"));
    QVERIFY(!m_anna->team.answerCheck(id));
    QVERIFY(presence.isEmpty());
    QVERIFY(m_relay->published.isEmpty());
    m_anna->team.addNote(id, QStringLiteral("for myself"), {});
    m_anna->team.setClosed(id, true);
    QTRY_COMPARE(notes(*m_anna), QStringList{QStringLiteral("Anna: for myself")});
    QTRY_VERIFY(m_anna->shown().closed);
    QTRY_COMPARE(m_anna->team.unsent(), 0);
}

void TeamTest::firstClaimWins() {
    both();
    m_anna->team.claim(m_anna->conversation(), 30min, ClaimMode::IfFree);
    m_ben->team.claim(m_ben->conversation(), 30min, ClaimMode::IfFree);
    QTRY_COMPARE(m_relay->published.size(), 2);
    const auto first = protocol::decodeFact(m_relay->published.first().fact);
    const QString winner = std::get<protocol::Claim>(*first).assignee;
    QTRY_VERIFY(m_anna->shown().claim && m_ben->shown().claim);
    QTRY_COMPARE(m_anna->team.unsent() + m_ben->team.unsent(), 0);
    QCOMPARE(m_anna->shown().claim->assignee, winner);
    QCOMPARE(m_ben->shown().claim->assignee, winner);
    QCOMPARE(m_anna->shown().claim->mine, winner == anna);
    QCOMPARE(m_ben->shown().claim->mine, winner == ben);
    Desk &loser = winner == anna ? *m_ben : *m_anna;
    loser.team.claim(loser.conversation(), 30min, ClaimMode::TakeOver);
    QTRY_VERIFY(loser.shown().claim->mine);
    QTRY_COMPARE(m_anna->shown().claim->assignee, loser.me);
    QTRY_COMPARE(m_ben->shown().claim->assignee, loser.me);
}

void TeamTest::assignAndRelease() {
    both();
    m_anna->team.assign(m_anna->conversation(), ben, 30min);
    QTRY_VERIFY(m_ben->shown().claim && m_ben->shown().claim->mine);
    m_ben->team.release(m_ben->conversation());
    QTRY_VERIFY(!m_ben->shown().claim && !m_anna->shown().claim);
}

void TeamTest::claimEndsByItself() {
    both();
    m_anna->team.claim(m_anna->conversation(), 1min, ClaimMode::IfFree);
    QTRY_VERIFY(m_ben->shown().claim);
    QVERIFY(m_ben->team.answerCheck(m_ben->conversation()));
    m_clock.advance(61s);
    QVERIFY(!m_ben->team.answerCheck(m_ben->conversation()));
    // The inbox is told of a name as at a welcome: it looks at the time anew.
    m_ben->inbox.setMe(ben);
    QVERIFY(!m_ben->shown().claim);
}

void TeamTest::noteReachesTheOther() {
    both();
    auto messages = m_ben->inbox.openMessages(m_ben->conversation());
    const QAbstractItemModelTester tester(messages.get(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QSignalSpy mentioned(&m_ben->team, &Team::mentioned);
    const QSignalSpy annaMentioned(&m_anna->team, &Team::mentioned);
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("  @Ben she is a regular "), {ben});
    QTRY_COMPARE(notes(*m_ben), QStringList{QStringLiteral("Anna: @Ben she is a regular")});
    QTRY_COMPARE(notes(*m_anna), QStringList{QStringLiteral("Anna: @Ben she is a regular")});
    QTRY_COMPARE(messages->rowCount(), 2);
    const auto note = messages->index(1, 0).data(MessageRole).value<Message>();
    QCOMPARE(note.direction, Direction::Note);
    QCOMPARE(note.author, anna);
    QCOMPARE(note.mentions, QStringList{ben});
    QVERIFY(messages->index(1, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .startsWith(QStringLiteral("Note by Anna")));
    QTRY_COMPARE(mentioned.size(), 1);
    QVERIFY(annaMentioned.isEmpty());
}

void TeamTest::closedForBoth() {
    both();
    m_ben->team.setClosed(m_ben->conversation(), true);
    QTRY_VERIFY(m_anna->shown().closed);
    m_relay->webhook(messageBody(QStringLiteral("m1"), true, QStringLiteral("wait"), m_clock.now()));
    QTRY_VERIFY(!m_anna->shown().closed);
    QTRY_VERIFY(!m_ben->shown().closed);
}

void TeamTest::readAndNameAreShared() {
    both();
    QTRY_COMPARE(m_anna->shown().unread, 1);
    m_ben->inbox.markRead(m_ben->conversation());
    QTRY_COMPARE(m_anna->shown().unread, 0);
    m_ben->inbox.rename(m_ben->conversation(), QStringLiteral("Maria Lopez"));
    QTRY_COMPARE(m_anna->shown().name, QStringLiteral("Maria Lopez"));
}

void TeamTest::presenceComesAndGoes() {
    both();
    const ConversationId id = m_ben->conversation();
    const QSignalSpy changed(&m_ben->team, &Team::colleaguesChanged);
    const QSignalSpy sent(&m_anna->team.presence(), &PresenceBoard::send);
    m_anna->team.setActivity(m_anna->conversation(), TeamActivity::Viewing);
    m_anna->team.setActivity(m_anna->conversation(), TeamActivity::Viewing);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(m_ben->team.colleagues(id), (QList{Colleague{anna, TeamActivity::Viewing}}));
    m_anna->team.setActivity(m_anna->conversation(), TeamActivity::Answering);
    QCOMPARE(m_ben->team.colleagues(id), (QList{Colleague{anna, TeamActivity::Answering}}));
    QCOMPARE(changed.size(), 2);
    // Repeated while it lasts, so it outlives what a single word lasts.
    QTRY_VERIFY(sent.size() >= 6);
    QCOMPARE(m_ben->team.colleagues(id).size(), 1);
    m_anna->team.setActivity(m_anna->conversation(), TeamActivity::None);
    QVERIFY(m_ben->team.colleagues(id).isEmpty());
    QVERIFY(m_anna->team.colleagues(m_anna->conversation()).isEmpty());
}

void TeamTest::presenceOfTheLostIsForgotten() {
    both();
    const ConversationId id = m_ben->conversation();
    m_anna->team.setActivity(m_anna->conversation(), TeamActivity::Answering);
    QCOMPARE(m_ben->team.colleagues(id).size(), 1);
    m_relay->part(*m_anna);
    const QSignalSpy changed(&m_ben->team, &Team::colleaguesChanged);
    QTRY_VERIFY(m_ben->team.colleagues(id).isEmpty());
    QCOMPARE(changed.size(), 1);
    // Back again, and still typing.
    m_relay->welcome(*m_anna);
    QCOMPARE(m_ben->team.colleagues(id), (QList{Colleague{anna, TeamActivity::Answering}}));
    m_relay->part(*m_ben);
    QVERIFY(m_ben->team.colleagues(id).isEmpty());
}

void TeamTest::asksBeforeASecondAnswer() {
    both();
    const ConversationId id = m_ben->conversation();
    QVERIFY(!m_ben->team.answerCheck(id));
    store::IntentRecord intent;
    intent.intent = store::IntentId(QStringLiteral("i1"));
    intent.parties = {maria, ours};
    m_anna->team.shareAnswer(intent);
    QTRY_VERIFY(m_ben->team.answerCheck(id));
    m_relay->webhook(messageBody(QStringLiteral("m1"), false, QStringLiteral("On its way"), m_clock.now()),
                     QStringLiteral("i1"));
    QTRY_COMPARE(m_ben->team.answerCheck(id).value().text, QStringLiteral("On its way"));
    m_clock.advance(12s);
    const auto question = m_ben->team.answerCheck(id);
    QVERIFY(question);
    QCOMPARE(question->reason, AnswerReason::Answered);
    QCOMPARE(question->name, anna);
    QVERIFY2(question->what.contains(QStringLiteral("12")), qPrintable(question->what));
    QVERIFY(!m_anna->team.answerCheck(m_anna->conversation()));
    m_clock.advance(49s);
    QVERIFY(!m_ben->team.answerCheck(id));
}

void TeamTest::asksWhoAnswersAndWhoClaimed() {
    both();
    const ConversationId id = m_ben->conversation();
    m_anna->team.claim(m_anna->conversation(), 30min, ClaimMode::IfFree);
    QTRY_VERIFY(m_ben->team.answerCheck(id));
    QCOMPARE(m_ben->team.answerCheck(id)->reason, AnswerReason::Claimed);
    m_anna->team.setActivity(m_anna->conversation(), TeamActivity::Viewing);
    QCOMPARE(m_ben->team.answerCheck(id)->reason, AnswerReason::Claimed);
    m_anna->team.setActivity(m_anna->conversation(), TeamActivity::Answering);
    QCOMPARE(m_ben->team.answerCheck(id)->reason, AnswerReason::Answering);
    QCOMPARE(m_ben->team.answerCheck(id)->name, anna);
    QVERIFY(!m_anna->team.answerCheck(m_anna->conversation()));
}

void TeamTest::waitsForTheRelay() {
    both();
    m_relay->part(*m_anna);
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("offline"), {});
    m_anna->team.setClosed(m_anna->conversation(), true);
    QTRY_COMPARE(m_anna->team.unsent(), 2);
    QTRY_VERIFY(m_anna->shown().closed);
    QCOMPARE(notes(*m_anna).size(), 1);
    QVERIFY(m_relay->published.isEmpty());
    QVERIFY(notes(*m_ben).isEmpty());
    m_relay->welcome(*m_anna);
    QTRY_COMPARE(m_anna->team.unsent(), 0);
    QTRY_COMPARE(notes(*m_ben), QStringList{QStringLiteral("Anna: offline")});
    QTRY_COMPARE(notes(*m_anna), QStringList{QStringLiteral("Anna: offline")});
    QTRY_VERIFY(m_ben->shown().closed);
}

void TeamTest::sameIdAfterALostAnswer() {
    // The relay wrote it down, and the connection went before it could say so.
    OpenStore open({}, Place::Memory);
    const auto id = valueOf(open.store->begin({maria, ours}, m_clock.now()));
    QStringList sent;
    for (int run = 0; run < 2; ++run) {
        LiveTeam team(*open.store, *open.reader, m_clock);
        connect(&team.facts(), &FactQueue::publish, this,
                [&sent](const protocol::Publish &fact) { sent.append(fact.id); });
        protocol::Welcome welcome;
        welcome.name = anna;
        welcome.members = m_relay->members;
        team.onWelcome(welcome);
        if (run == 0)
            team.addNote(toDesk(id), QStringLiteral("once"), {});
        QTRY_COMPARE(sent.size(), run + 1);
    }
    QCOMPARE(sent.at(0), sent.at(1));
}

void TeamTest::refusedIsTold() {
    both();
    m_relay->refuseWith = QStringLiteral("forbidden");
    const QSignalSpy refused(&m_anna->team, &Team::refused);
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("never"), {});
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(refused.first().first().value<Failure>().what.contains(QStringLiteral("No.")));
    QTRY_COMPARE(m_anna->team.unsent(), 0);
    QTRY_VERIFY(notes(*m_anna).isEmpty());
}

void TeamTest::busyIsTriedAgain() {
    both();
    m_relay->refuseWith = QStringLiteral("busy");
    m_anna->team.setClosed(m_anna->conversation(), true);
    QTRY_COMPARE(m_relay->published.size(), 1);
    m_relay->refuseWith.clear();
    m_relay->published.clear();
    QTRY_COMPARE_WITH_TIMEOUT(m_anna->team.unsent(), 0, 10'000);
    QTRY_VERIFY(m_ben->shown().closed);
}

void TeamTest::busyKeepsTheOrder() {
    both();
    m_relay->part(*m_anna);
    const ConversationId id = m_anna->conversation();
    m_anna->team.setClosed(id, true);
    m_anna->team.setClosed(id, false);
    m_anna->team.addNote(id, QStringLiteral("one"), {});
    m_anna->team.addNote(id, QStringLiteral("two"), {});
    m_anna->team.saveCannedReply(
        {.id = QStringLiteral("r"), .folder = {}, .title = {}, .text = QStringLiteral("9 to 5")});
    QTRY_COMPARE(m_anna->team.unsent(), 5);
    m_relay->busyTimes = 1;
    m_relay->welcome(*m_anna);
    // The first is refused for now, and nothing of the conversation overtakes it.
    QCOMPARE(m_relay->published.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_anna->team.unsent(), 0, 10'000);
    QStringList types;
    for (const protocol::Publish &fact : std::as_const(m_relay->published)) {
        const auto decoded = protocol::decodeFact(fact.fact);
        if (const auto *closed = std::get_if<protocol::Closed>(&*decoded))
            types.append(closed->closed ? QStringLiteral("close") : QStringLiteral("open"));
        else if (const auto *note = std::get_if<protocol::Note>(&*decoded))
            types.append(note->text);
    }
    QCOMPARE(types, (QStringList{QStringLiteral("close"), QStringLiteral("close"), QStringLiteral("open"),
                                 QStringLiteral("one"), QStringLiteral("two")}));
    QTRY_COMPARE(notes(*m_ben).size(), 2);
    QVERIFY(!m_ben->shown().closed);
    QVERIFY(!m_anna->shown().closed);
}

void TeamTest::noteThatIsRefusedComesBack_data() {
    QTest::addColumn<QString>("code");
    QTest::newRow("forbidden") << QStringLiteral("forbidden");
    QTest::newRow("invalid") << QStringLiteral("invalid");
}

void TeamTest::noteThatIsRefusedComesBack() {
    QFETCH(QString, code);
    both();
    m_relay->refuseWith = code;
    const QSignalSpy refused(&m_anna->team, &Team::refused);
    const QSignalSpy back(&m_anna->team, &Team::noteRefused);
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("ask for the boss"), {});
    QTRY_COMPARE(back.size(), 1);
    QCOMPARE(back.first().at(0).value<ConversationId>(), m_anna->conversation());
    QCOMPARE(back.first().at(1).toString(), QStringLiteral("ask for the boss"));
    QCOMPARE(refused.size(), 1);
    QVERIFY(refused.first().first().value<Failure>().remedy.contains(QStringLiteral("ask for the boss")));
    // Of something else only the reason is told.
    m_anna->team.setClosed(m_anna->conversation(), true);
    QTRY_COMPARE(refused.size(), 2);
    QCOMPARE(back.size(), 1);
}

void TeamTest::noteThatCannotBeKeptComesBack() {
    LiveTeam &team = m_anna->team;
    const QSignalSpy refused(&team, &Team::refused);
    const QSignalSpy back(&team, &Team::noteRefused);
    team.addNote(ConversationId{4711}, QStringLiteral("of nobody"), {});
    QCOMPARE(back.size(), 1);
    QCOMPARE(back.first().at(1).toString(), QStringLiteral("of nobody"));
    QCOMPARE(refused.size(), 1);
    // A full disk.
    OpenStore small({}, Place::Memory);
    const auto id = toDesk(valueOf(small.store->begin({maria, ours}, m_clock.now())));
    small.reopen({.maximumPages = 1});
    LiveTeam full(*small.store, *small.reader, m_clock);
    const QSignalSpy lost(&full, &Team::noteRefused);
    QString text;
    for (int i = 0; i < 100 && lost.isEmpty(); ++i) {
        text = QString::number(i) + QString(3000, QLatin1Char('n'));
        full.addNote(id, text, {});
        QTRY_VERIFY(!lost.isEmpty() || full.unsent() == i + 1);
    }
    QCOMPARE(lost.size(), 1);
    QCOMPARE(lost.first().at(0).value<ConversationId>(), id);
    QCOMPARE(lost.first().at(1).toString(), text);
}

void TeamTest::cannedRepliesAreReadWhenTheyChange() {
    both();
    const QSignalSpy changed(&m_anna->team, &Team::cannedRepliesChanged);
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("no reply"), {});
    QTRY_COMPARE(notes(*m_ben).size(), 1);
    QTRY_COMPARE(m_anna->team.unsent(), 0);
    QVERIFY(changed.isEmpty());
    m_anna->team.saveCannedReply(
        {.id = QStringLiteral("r"), .folder = {}, .title = {}, .text = QStringLiteral("first")});
    QTRY_COMPARE(m_ben->team.cannedReplies().size(), 1);
    QVERIFY(!changed.isEmpty());
    m_ben->team.saveCannedReply(
        {.id = QStringLiteral("r"), .folder = {}, .title = {}, .text = QStringLiteral("second")});
    QTRY_COMPARE(m_anna->team.cannedReplies().value(0).text, QStringLiteral("second"));
}

void TeamTest::oneAnswerIsOneQuestion() {
    both();
    const ConversationId id = m_ben->conversation();
    store::IntentRecord intent;
    intent.intent = store::IntentId(QStringLiteral("i1"));
    intent.parties = {maria, ours};
    m_anna->team.shareAnswer(intent);
    QTRY_VERIFY(m_ben->team.answerCheck(id));
    const QString key = m_ben->team.answerCheck(id)->key;
    QVERIFY(!key.isEmpty());
    // Its webhook comes with another time.
    const QDateTime later = m_clock.now().addSecs(3);
    m_relay->webhook(messageBody(QStringLiteral("m1"), false, QStringLiteral("On its way"), later),
                     QStringLiteral("i1"));
    QTRY_COMPARE(m_ben->team.answerCheck(id).value().text, QStringLiteral("On its way"));
    QCOMPARE(m_ben->team.answerCheck(id)->when, later);
    QCOMPARE(m_ben->team.answerCheck(id)->key, key);
    intent.intent = store::IntentId(QStringLiteral("i2"));
    m_clock.advance(5s);
    m_anna->team.shareAnswer(intent);
    QTRY_VERIFY(m_ben->team.answerCheck(id)->key != key);
}

void TeamTest::saysWhoWroteIt() {
    both();
    m_relay->part(*m_ben);
    m_ben->team.addNote(m_ben->conversation(), QStringLiteral("waits"), {});
    QTRY_COMPARE(notes(*m_ben).size(), 1);
    auto mine = m_ben->inbox.openMessages(m_ben->conversation());
    const auto spokenAt = [](QAbstractItemModel &model, int row) {
        return model.index(row, 0).data(Qt::AccessibleTextRole).toString();
    };
    QVERIFY2(spokenAt(*mine, 1).startsWith(QStringLiteral("Note by you, ")), qPrintable(spokenAt(*mine, 1)));
    m_relay->welcome(*m_ben);
    QTRY_COMPARE(notes(*m_anna).size(), 1);
    store::IntentRecord intent;
    intent.intent = store::IntentId(QStringLiteral("i1"));
    intent.parties = {maria, ours};
    m_anna->team.shareAnswer(intent);
    m_clock.advance(1s);
    m_relay->webhook(messageBody(QStringLiteral("m1"), false, QStringLiteral("On its way"), m_clock.now()),
                     QStringLiteral("i1"));
    auto hers = m_anna->inbox.openMessages(m_anna->conversation());
    QTRY_COMPARE(hers->rowCount(), 3);
    QTRY_COMPARE(mine->rowCount(), 3);
    QTRY_VERIFY2(spokenAt(*mine, 2).startsWith(QStringLiteral("Anna, ")), qPrintable(spokenAt(*mine, 2)));
    QTRY_VERIFY2(spokenAt(*hers, 2).startsWith(QStringLiteral("You, ")), qPrintable(spokenAt(*hers, 2)));
}

void TeamTest::mentionsWaitUntilTheyAreSeen() {
    both();
    m_relay->part(*m_ben);
    const QSignalSpy mentioned(&m_ben->team, &Team::mentioned);
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("@Ben while you are away"), {ben});
    QTRY_COMPARE(m_relay->published.size(), 1);
    m_relay->welcome(*m_ben);
    QTRY_COMPARE(mentioned.size(), 1);
    const auto again = [this] {
        LiveTeam team(*m_ben->open.store, *m_ben->open.reader, m_clock);
        const QSignalSpy told(&team, &Team::mentioned);
        protocol::Welcome welcome;
        welcome.name = ben;
        welcome.members = m_relay->members;
        team.onWelcome(welcome);
        team.onWelcome(welcome);
        return told.size();
    };
    // Not looked at: the next start tells of it, once.
    QTRY_COMPARE(again(), 1);
    m_ben->team.setActivity(m_ben->conversation(), TeamActivity::Viewing);
    QTRY_COMPARE(again(), 0);
    // What comes in while one looks at it is seen.
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("@Ben now"), {ben});
    QTRY_COMPARE(mentioned.size(), 2);
    QCOMPARE(again(), 0);
    // Of a console's first reading only what is recent is told.
    m_ben->team.setActivity(m_ben->conversation(), TeamActivity::None);
    m_relay->part(*m_ben);
    m_anna->team.addNote(m_anna->conversation(), QStringLiteral("@Ben long ago"), {ben});
    QTRY_COMPARE(m_relay->published.size(), 3);
    m_clock.advance(std::chrono::hours(24 * 8));
    m_relay->welcome(*m_ben);
    QTRY_COMPARE(notes(*m_ben).size(), 3);
    QCOMPARE(mentioned.size(), 2);
}

void TeamTest::cannedReplyIsThereAtOnce() {
    const CannedReply reply{.id = {},
                            .folder = QStringLiteral("Hours"),
                            .title = QStringLiteral("Open"),
                            .text = QStringLiteral("9 to 5")};
    m_anna->team.saveCannedReply(reply);
    QTRY_COMPARE(m_anna->team.cannedReplies().size(), 1);
    const CannedReply kept = m_anna->team.cannedReplies().first();
    QVERIFY(!kept.id.isEmpty());
    QCOMPARE(kept.text, reply.text);
    both();
    QTRY_COMPARE(m_ben->team.cannedReplies(), QList{kept});
    QTRY_COMPARE(m_anna->team.unsent(), 0);
    QCOMPARE(m_anna->team.cannedReplies(), QList{kept});
    m_ben->team.removeCannedReply(kept.id);
    QTRY_VERIFY(m_anna->team.cannedReplies().isEmpty());
}

void TeamTest::knowsItselfWithoutTheRelay() {
    m_relay->welcome(*m_ben);
    QTRY_VERIFY(!m_ben->open.reader->fact(QStringLiteral("team")).isEmpty());
    const LiveTeam again(*m_ben->open.store, *m_ben->open.reader, m_clock);
    QCOMPARE(again.name(), ben);
    QVERIFY(again.isTeam());
    QCOMPARE(again.members().size(), 2);
    QCOMPARE(again.members().at(1).role, TeamRole::Agent);
}

void TeamTest::filtersFollow() {
    both();
    const QAbstractItemModelTester tester(&m_ben->inbox.conversations(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    m_ben->inbox.setFilter(InboxFilter::Mine);
    QCOMPARE(m_ben->inbox.conversations().rowCount(), 0);
    m_ben->team.claim(m_ben->conversation(), 30min, ClaimMode::IfFree);
    QTRY_COMPARE(m_ben->inbox.conversations().rowCount(), 1);
    QTRY_COMPARE(m_ben->inbox.count(InboxFilter::Mine), 1);
    QTRY_COMPARE(m_anna->inbox.count(InboxFilter::Unassigned), 0);
    m_ben->team.setClosed(m_ben->conversation(), true);
    QTRY_COMPARE(m_ben->inbox.conversations().rowCount(), 0);
    m_ben->inbox.setFilter(InboxFilter::Closed);
    QCOMPARE(m_ben->inbox.conversations().rowCount(), 1);
    QTRY_COMPARE(m_anna->inbox.count(InboxFilter::Closed), 1);
    QTRY_COMPARE(m_anna->inbox.count(InboxFilter::Open), 0);
}

QTEST_GUILESS_MAIN(TeamTest)
#include "tst_team.moc"
