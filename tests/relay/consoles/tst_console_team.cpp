#include "hub_stage.h"
#include "relay/consoles/relay_facts.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::relay;
using namespace longcode::tests;
using namespace std::chrono_literals;
using protocol::Activity;
using protocol::Role;

namespace {

const protocol::Parties talk{QStringLiteral("+15551230000"), QStringLiteral("+15557770000")};
const protocol::Parties otherTalk{QStringLiteral("+15551239999"), QStringLiteral("+15557770000")};

protocol::Presence presence(Activity activity, const protocol::Parties &parties = talk,
                            const QString &name = {}) {
    return {name, parties, activity};
}

QByteArray note(const QString &text) {
    return protocol::encodeFact(protocol::Note{talk, text, {}});
}

protocol::LogEntry webhook(const QByteArray &type, const char *account = "") {
    protocol::LogEntry entry;
    entry.body = "{\"data\":{\"event_type\":\"" + type + "\",\"payload\":{}}}";
    entry.account = QString::fromLatin1(account);
    return entry;
}

protocol::LogEntry factEntry(const protocol::Fact &fact) {
    protocol::LogEntry entry;
    entry.kind = protocol::EntryKind::TeamFact;
    entry.author = QStringLiteral("ana");
    entry.body = protocol::encodeFact(fact);
    return entry;
}

AccessTokens tokens(const QByteArray &lines) {
    const auto parsed = AccessTokens::parse(lines, AccessTokens::Empty::Allowed);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error()));
    return *parsed;
}

/// The file's line for grantOf(name).
QByteArray line(const char *name, const QByteArray &more = {}) {
    return name + QByteArray(" sha256:") + QByteArray(32, name[0]).toHex() + ' ' + more + '\n';
}

class FakeState final : public StateSource {
public:
    void state(std::function<void(protocol::RelayState)> done) override {
        ++asked;
        protocol::RelayState state;
        state.stored = 7;
        state.readers = {{QStringLiteral("ana"), QStringLiteral("store-1"), 3, {}, false},
                         {QStringLiteral("gone"), QStringLiteral("store-1"), 1, {}, false}};
        state.forwards = {{QStringLiteral("crm"), 1, 0, {}}};
        done(state);
    }
    int asked = 0;
};

class FakeTester final : public SelfTester {
public:
    void selfTest(std::function<void(bool, QString)> done) override { waiting.append(done); }
    QList<std::function<void(bool, QString)>> waiting;
};

} // namespace

/// What consoles tell the relay and each other, at a hub without network.
class ConsoleTeamTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void welcomeTellsWhoIsWho();
    void publishes();
    void answersWhatItDoesNotPublish_data();
    void answersWhatItDoesNotPublish();
    void rolesDecide_data();
    void rolesDecide();
    void limitsTheRate();
    void presenceReachesTheOthers();
    void presenceEndsWithItsConsole();
    void presenceOfPeers();
    void floodOfPresenceIsThinned();
    void withholdsByAccount();
    void withholdsRegistrations_data();
    void withholdsRegistrations();
    void withholdsRecovered();
    void tokenWithdrawn();
    void tokenWithdrawnWhileConnecting();
    void stateIsAnswered();
    void stateWithoutSource();
    void selfTests();
};

void ConsoleTeamTest::welcomeTellsWhoIsWho() {
    HubStage stage;
    stage.hub.setTokens(tokens(line("ana", "role=compliance") + line("ben", "role=agent")));
    FakeConsole ana(stage.hub, grantOf("ana", Role::Compliance));
    ana.hello();
    QTRY_COMPARE(ana.socket->all<protocol::Welcome>().size(), 1);
    const protocol::Welcome welcome = ana.socket->all<protocol::Welcome>().first();
    QCOMPARE(welcome.version, 2);
    QCOMPARE(welcome.name, QStringLiteral("ana"));
    QCOMPARE(welcome.role, Role::Compliance);
    const QList<protocol::Member> members{{QStringLiteral("ana"), Role::Compliance},
                                          {QStringLiteral("ben"), Role::Agent}};
    QCOMPARE(welcome.members, members);
}

void ConsoleTeamTest::publishes() {
    HubStage stage;
    stage.log.hold = true;
    FakeConsole ana(stage.hub, grantOf("ana", Role::Agent));
    ana.hello();
    ana.say(protocol::Publish{QStringLiteral("f-1"), note(QStringLiteral("Call back"))});
    QTRY_COMPARE(stage.log.held.size(), 1);
    const IncomingEvent event = stage.log.appended.first();
    QCOMPARE(event.id.text(), QStringLiteral("fact:f-1"));
    QCOMPARE(event.kind, protocol::EntryKind::TeamFact);
    QCOMPARE(event.author, QStringLiteral("ana"));
    QCOMPARE(event.body, note(QStringLiteral("Call back")));
    QVERIFY(event.receivedAt.isValid());
    QVERIFY(ana.socket->all<protocol::Published>().isEmpty());
    stage.log.held.first()(Appended::Stored);
    QTRY_COMPARE(ana.socket->all<protocol::Published>().size(), 1);
    QCOMPARE(ana.socket->all<protocol::Published>().first().id, QStringLiteral("f-1"));
    // Said again after a lost answer: it is there already.
    ana.say(protocol::Publish{QStringLiteral("f-1"), note(QStringLiteral("Call back"))});
    QTRY_COMPARE(stage.log.held.size(), 2);
    stage.log.held.last()(Appended::Duplicate);
    QTRY_COMPARE(ana.socket->all<protocol::Published>().size(), 2);
    ana.say(protocol::Publish{QStringLiteral("f-2"), note(QStringLiteral("Disk full"))});
    QTRY_COMPARE(stage.log.held.size(), 3);
    stage.log.held.last()(Appended::Failed);
    QTRY_COMPARE(ana.socket->all<protocol::NotPublished>().size(), 1);
    QCOMPARE(ana.socket->all<protocol::NotPublished>().first().code, QStringLiteral("busy"));
}

void ConsoleTeamTest::answersWhatItDoesNotPublish_data() {
    QTest::addColumn<QByteArray>("fact");
    QTest::addColumn<QString>("code");
    const auto unknown = [](qsizetype bytes) {
        const QByteArray beginning = R"({"type":"applause","data":{"x":")";
        return QByteArray(beginning + QByteArray(bytes - beginning.size() - 3, 'x') + R"("}})");
    };
    QTest::newRow("no JSON") << QByteArray("hello") << QStringLiteral("invalid");
    QTest::newRow("no parties") << QByteArray(R"({"type":"release","data":{}})") << QStringLiteral("invalid");
    QTest::newRow("unknown") << unknown(64 << 10) << QString();
    QTest::newRow("unknown and large") << unknown((64 << 10) + 1) << QStringLiteral("invalid");
}

void ConsoleTeamTest::answersWhatItDoesNotPublish() {
    QFETCH(QByteArray, fact);
    QFETCH(QString, code);
    HubStage stage;
    FakeConsole ana(stage.hub, grantOf("ana"));
    ana.hello();
    ana.say(protocol::Publish{QStringLiteral("f"), fact});
    QTRY_COMPARE(ana.socket->frames.size(), 2);
    const auto refused = ana.socket->all<protocol::NotPublished>();
    QCOMPARE(refused.isEmpty() ? QString() : refused.first().code, code);
    QCOMPARE(stage.log.appended.size(), code.isEmpty() ? 1 : 0);
}

void ConsoleTeamTest::rolesDecide_data() {
    QTest::addColumn<QByteArray>("fact");
    QTest::addColumn<Role>("role");
    QTest::addColumn<bool>("allowed");
    const QByteArray canned = protocol::encodeFact(protocol::CannedReply{QStringLiteral("c"), {}, {}, {}});
    const QByteArray recovered =
        protocol::encodeFact(protocol::Recovered{QStringLiteral("detail_records"), "{}"});
    const QByteArray claim = protocol::encodeFact(
        protocol::Claim{talk, QStringLiteral("somebody else"), QDateTime::currentDateTimeUtc(), false});
    QTest::newRow("agent notes") << note(QStringLiteral("x")) << Role::Agent << true;
    QTest::newRow("agent hands over") << claim << Role::Agent << true;
    QTest::newRow("agent's canned reply") << canned << Role::Agent << false;
    QTest::newRow("compliance's canned reply") << canned << Role::Compliance << false;
    QTest::newRow("admin's canned reply") << canned << Role::Admin << true;
    QTest::newRow("agent recovers") << recovered << Role::Agent << false;
    QTest::newRow("compliance recovers") << recovered << Role::Compliance << false;
    QTest::newRow("admin recovers") << recovered << Role::Admin << true;
}

void ConsoleTeamTest::rolesDecide() {
    QFETCH(QByteArray, fact);
    QFETCH(Role, role);
    QFETCH(bool, allowed);
    HubStage stage;
    FakeConsole console(stage.hub, grantOf("ana", role));
    console.hello();
    console.say(protocol::Publish{QStringLiteral("f"), fact});
    QTRY_COMPARE(console.socket->frames.size(), 2);
    QCOMPARE(console.socket->all<protocol::Published>().size(), allowed ? 1 : 0);
    if (!allowed)
        QCOMPARE(console.socket->all<protocol::NotPublished>().value(0).code, QStringLiteral("forbidden"));
    QCOMPARE(stage.log.appended.size(), allowed ? 1 : 0);
}

void ConsoleTeamTest::limitsTheRate() {
    SessionLimits limits;
    limits.publish = {.perSecond = 0.001, .burst = 20};
    HubStage stage(limits);
    FakeConsole console(stage.hub, grantOf("ana"));
    FakeConsole other(stage.hub, grantOf("ben"));
    console.hello();
    other.hello();
    for (int i = 0; i < 30; ++i)
        console.say(protocol::Publish{QString::number(i), note(QStringLiteral("x"))});
    other.say(protocol::Publish{QStringLiteral("mine"), note(QStringLiteral("x"))});
    QTRY_COMPARE(other.socket->all<protocol::Published>().size(), 1);
    QCOMPARE(console.socket->all<protocol::Published>().size(), 20);
    const auto busy = console.socket->all<protocol::NotPublished>();
    QCOMPARE(busy.size(), 10);
    QCOMPARE(busy.first().code, QStringLiteral("busy"));
    QCOMPARE(busy.first().id, QStringLiteral("20"));
}

void ConsoleTeamTest::presenceReachesTheOthers() {
    HubStage stage;
    FakeConsole ana(stage.hub, grantOf("ana")), ben(stage.hub, grantOf("ben"));
    ana.hello();
    ben.hello();
    ana.say(presence(Activity::Answering, talk, QStringLiteral("somebody else")));
    QTRY_COMPARE(ben.socket->all<protocol::Presence>().size(), 1);
    const protocol::Presence seen = ben.socket->all<protocol::Presence>().first();
    QCOMPARE(seen.name, QStringLiteral("ana"));
    QVERIFY(seen.parties == talk);
    QCOMPARE(seen.activity, Activity::Answering);
    // To another conversation: first the end of the one before.
    ana.say(presence(Activity::Viewing, otherTalk));
    QTRY_COMPARE(ben.socket->all<protocol::Presence>().size(), 3);
    QCOMPARE(ben.socket->all<protocol::Presence>().at(1).activity, Activity::None);
    QVERIFY(ben.socket->all<protocol::Presence>().at(1).parties == talk);
    QVERIFY(ben.socket->all<protocol::Presence>().at(2).parties == otherTalk);
    // Who comes now is told.
    FakeConsole late(stage.hub, grantOf("late"));
    late.hello();
    QTRY_COMPARE(late.socket->all<protocol::Presence>().size(), 1);
    QCOMPARE(late.socket->all<protocol::Presence>().first().activity, Activity::Viewing);
    QVERIFY(ana.socket->all<protocol::Presence>().isEmpty());
    QCOMPARE(stage.log.told.size(), 3);
}

void ConsoleTeamTest::presenceEndsWithItsConsole() {
    HubStage stage;
    FakeConsole ana(stage.hub, grantOf("ana")), ben(stage.hub, grantOf("ben"));
    ana.hello();
    ben.hello();
    ana.say(presence(Activity::Viewing));
    QTRY_COMPARE(ben.socket->all<protocol::Presence>().size(), 1);
    ana.handlers.closed();
    QTRY_COMPARE(ben.socket->all<protocol::Presence>().size(), 2);
    QCOMPARE(ben.socket->all<protocol::Presence>().last().activity, Activity::None);
}

void ConsoleTeamTest::presenceOfPeers() {
    HubStage here, there;
    FakeConsole ana(here.hub, grantOf("ana")), ben(there.hub, grantOf("ben"));
    ana.hello();
    ben.hello();
    QTRY_COMPARE(ben.socket->frames.size(), 1);
    ana.say(presence(Activity::Answering));
    QTRY_COMPARE(here.log.told.size(), 1);
    QVERIFY(here.log.told.first().size() <= 4000);
    // As every listener, a relay hears itself.
    here.log.peers(here.log.told.first());
    there.log.peers(here.log.told.first());
    QTRY_COMPARE(ben.socket->all<protocol::Presence>().size(), 1);
    QCOMPARE(ben.socket->all<protocol::Presence>().first().name, QStringLiteral("ana"));
    ana.handlers.closed();
    QTRY_COMPARE(here.log.told.size(), 2);
    there.log.peers(here.log.told.last());
    QTRY_COMPARE(ben.socket->all<protocol::Presence>().size(), 2);
    QCOMPARE(ben.socket->all<protocol::Presence>().last().activity, Activity::None);
    QVERIFY(ana.socket->all<protocol::Presence>().isEmpty());
    QVERIFY(there.log.told.isEmpty());
    for (const char *nonsense : {"", "{}", "[1]", R"({"relay":"r","session":0,"presence":"{}"})"})
        there.log.peers(nonsense);
    QCoreApplication::processEvents();
    QCOMPARE(ben.socket->all<protocol::Presence>().size(), 2);
}

void ConsoleTeamTest::floodOfPresenceIsThinned() {
    HubStage stage({.hello = 50ms});
    FakeConsole ana(stage.hub, grantOf("ana")), ben(stage.hub, grantOf("ben"));
    ana.hello();
    ben.hello();
    for (int i = 0; i < 500; ++i)
        ana.say(presence(i % 2 ? Activity::Answering : Activity::Viewing));
    ana.say(presence(Activity::Viewing, otherTalk));
    // The last word counts, even though most before it went unheard.
    QTRY_VERIFY(!ben.socket->all<protocol::Presence>().isEmpty() &&
                ben.socket->all<protocol::Presence>().last().parties == otherTalk);
    QVERIFY(ben.socket->all<protocol::Presence>().size() < 30);
}

void ConsoleTeamTest::withholdsByAccount() {
    HubStage stage;
    FakeConsole shop(stage.hub, grantOf("shop", Role::Admin, "shop")), all(stage.hub, grantOf("all"));
    shop.hello();
    all.hello();
    stage.hub.announce(stage.log.grow({webhook("message.received", "shop"),
                                       webhook("message.received", "bank"), webhook("message.received"),
                                       factEntry(protocol::Note{talk, QStringLiteral("n"), {}})}));
    QTRY_COMPARE(shop.socket->lastSeq(), 4);
    QTRY_COMPARE(all.socket->lastSeq(), 4);
    const auto entries = shop.socket->entries();
    QCOMPARE(entries.at(0).kind, protocol::EntryKind::Webhook);
    QCOMPARE(entries.at(0).account, QStringLiteral("shop"));
    for (int i : {1, 2}) {
        QCOMPARE(entries.at(i).kind, protocol::EntryKind::Withheld);
        QVERIFY(entries.at(i).body.isEmpty() && entries.at(i).account.isEmpty());
        QVERIFY(entries.at(i).receivedAt.isValid());
    }
    QCOMPARE(entries.at(3).kind, protocol::EntryKind::TeamFact);
    QCOMPARE(entries.at(3).author, QStringLiteral("ana"));
    for (const protocol::LogEntry &entry : all.socket->entries())
        QVERIFY(entry.kind != protocol::EntryKind::Withheld);
}

void ConsoleTeamTest::withholdsRegistrations_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("withheld");
    const auto typed = [](const char *type) -> QByteArray {
        return QByteArray("{ \"data\" : { \"event_type\" : \"") + type + "\",\"payload\":{\"text\":\"x\"}}}";
    };
    QTest::newRow("message") << typed("message.received") << false;
    QTest::newRow("brand") << typed("10dlc.brand.update") << true;
    QTest::newRow("campaign") << typed("10dlc.campaign.update") << true;
    QTest::newRow("hosted number") << typed("messaging_hosted_numbers_orders.updated") << true;
    QTest::newRow("toll-free") << typed("toll_free_verification.status_update") << true;
    QTest::newRow("spend limit") << typed("messaging-profile.spend-limit-reached") << false;
    QTest::newRow("bare campaign status")
        << QByteArray(R"({"campaignId":"C1","type":"TELNYX_REVIEW","brandId":"B1"})") << true;
    QTest::newRow("escaped type") << typed("10dlc\\u002ebrand.update") << true;
    QTest::newRow("escaped name") << QByteArray(R"({"data":{"event\u005ftype":"10dlc.brand.update"}})")
                                  << true;
    QTest::newRow("a customer's text")
        << QByteArray(
               R"({"data":{"event_type":"message.received","payload":{"text":"\"event_type\":\"10dlc.x\""}}})")
        << false;
    QTest::newRow("no type") << QByteArray(R"({"data":{"id":"x"}})") << false;
    QTest::newRow("type a number") << QByteArray(R"({"data":{"event_type":5}})") << false;
}

void ConsoleTeamTest::withholdsRegistrations() {
    QFETCH(QByteArray, body);
    QFETCH(bool, withheld);
    HubStage stage;
    FakeConsole agent(stage.hub, grantOf("agent", Role::Agent)),
        second(stage.hub, grantOf("second", Role::Agent)),
        compliance(stage.hub, grantOf("compliance", Role::Compliance));
    protocol::LogEntry entry;
    entry.body = body;
    stage.log.grow({entry});
    for (FakeConsole *console : {&agent, &second, &compliance})
        console->hello();
    for (FakeConsole *console : {&agent, &second, &compliance})
        QTRY_COMPARE(console->socket->lastSeq(), 1);
    QCOMPARE(agent.socket->entries().first().kind == protocol::EntryKind::Withheld, withheld);
    QCOMPARE(agent.socket->entries().first().body.isEmpty(), withheld);
    QCOMPARE(second.socket->entries().first().kind == protocol::EntryKind::Withheld, withheld);
    QCOMPARE(compliance.socket->entries().first().body, body);
}

/// Nobody knows which account a recovered event belongs to.
void ConsoleTeamTest::withholdsRecovered() {
    HubStage stage;
    FakeConsole shop(stage.hub, grantOf("shop", Role::Admin, "shop")),
        agent(stage.hub, grantOf("agent", Role::Agent));
    const auto recovered = [](const char *type) {
        return factEntry(protocol::Recovered{QStringLiteral("webhook_deliveries"), webhook(type).body});
    };
    stage.log.grow({recovered("message.received"), recovered("10dlc.brand.update")});
    shop.hello();
    agent.hello();
    QTRY_COMPARE(shop.socket->lastSeq(), 2);
    QTRY_COMPARE(agent.socket->lastSeq(), 2);
    QCOMPARE(shop.socket->entries().at(0).kind, protocol::EntryKind::Withheld);
    QCOMPARE(shop.socket->entries().at(1).kind, protocol::EntryKind::Withheld);
    QCOMPARE(agent.socket->entries().at(0).kind, protocol::EntryKind::TeamFact);
    QCOMPARE(agent.socket->entries().at(1).kind, protocol::EntryKind::Withheld);
}

void ConsoleTeamTest::tokenWithdrawn() {
    HubStage stage;
    const QByteArray all = line("ana") + line("ben") + line("cyd", "role=agent") + line("dan");
    stage.hub.setTokens(tokens(all));
    FakeConsole ana(stage.hub, grantOf("ana")), ben(stage.hub, grantOf("ben")),
        cyd(stage.hub, grantOf("cyd", Role::Agent)), dan(stage.hub, grantOf("dan"));
    for (FakeConsole *console : {&ana, &ben, &cyd, &dan})
        console->hello();
    QTRY_COMPARE(dan.socket->frames.size(), 1);
    // Ben's is gone, Cyd is promoted, Dan has a new one.
    stage.hub.setTokens(
        tokens(line("ana") + line("cyd", "role=compliance") + "dan sha256:" + QByteArray(64, '0')));
    QTRY_COMPARE(ben.socket->refusal(), QStringLiteral("unauthorized"));
    QCOMPARE(int(ben.socket->closeCode), 1008);
    QCOMPARE(cyd.socket->refusal(), QStringLiteral("shutdown"));
    QCOMPARE(dan.socket->refusal(), QStringLiteral("unauthorized"));
    QCOMPARE(ana.socket->refusal(), QString());
    stage.grow(1);
    QTRY_COMPARE(ana.socket->lastSeq(), 1);
    QCOMPARE(ben.socket->lastSeq(), 0);
    stage.hub.setTokens(tokens({}));
    QTRY_COMPARE(ana.socket->refusal(), QStringLiteral("unauthorized"));
}

void ConsoleTeamTest::tokenWithdrawnWhileConnecting() {
    HubStage stage;
    stage.hub.setTokens(tokens(line("ana")));
    FakeConsole ben(stage.hub, grantOf("ben"));
    ben.hello();
    QTRY_COMPARE(ben.socket->refusal(), QStringLiteral("unauthorized"));
    QVERIFY(ben.socket->all<protocol::Welcome>().isEmpty());
}

void ConsoleTeamTest::stateIsAnswered() {
    HubStage stage;
    FakeState source;
    stage.hub.setStateSource(&source);
    FakeConsole ana(stage.hub, grantOf("ana")), ben(stage.hub, grantOf("ben", Role::Compliance));
    ana.hello();
    ben.hello();
    ana.say(protocol::AskState{});
    ben.say(protocol::AskState{});
    QTRY_COMPARE(ana.socket->all<protocol::RelayState>().size(), 1);
    QTRY_COMPARE(ben.socket->all<protocol::RelayState>().size(), 1);
    const protocol::RelayState state = ana.socket->all<protocol::RelayState>().first();
    QCOMPARE(state.stored, 7);
    QCOMPARE(state.readers.size(), 2);
    QVERIFY(state.readers.at(0).connected);
    QVERIFY(!state.readers.at(1).connected);
    QCOMPARE(state.forwards.size(), 1);
    const protocol::RelayState less = ben.socket->all<protocol::RelayState>().first();
    QCOMPARE(less.stored, 7);
    QVERIFY(less.readers.isEmpty() && less.forwards.isEmpty());
}

void ConsoleTeamTest::stateWithoutSource() {
    HubStage stage;
    stage.log.grow(9);
    stage.log.cut(4);
    FakeConsole ana(stage.hub, grantOf("ana"));
    ana.hello(9);
    ana.say(protocol::AskState{});
    QTRY_COMPARE(ana.socket->all<protocol::RelayState>().size(), 1);
    QCOMPARE(ana.socket->all<protocol::RelayState>().first().head, 9);
    QCOMPARE(ana.socket->all<protocol::RelayState>().first().first, 5);
}

void ConsoleTeamTest::selfTests() {
    HubStage stage;
    FakeConsole ana(stage.hub, grantOf("ana")), ben(stage.hub, grantOf("ben", Role::Compliance));
    ana.hello();
    ben.hello();
    ana.say(protocol::SelfTest{QStringLiteral("t-0")});
    QTRY_COMPARE(ana.socket->all<protocol::SelfTestResult>().size(), 1);
    QVERIFY(!ana.socket->all<protocol::SelfTestResult>().first().arrived);
    FakeTester tester;
    stage.hub.setSelfTester(&tester);
    ben.say(protocol::SelfTest{QStringLiteral("t-1")});
    QTRY_COMPARE(ben.socket->all<protocol::SelfTestResult>().size(), 1);
    QVERIFY(!ben.socket->all<protocol::SelfTestResult>().first().arrived);
    ana.say(protocol::SelfTest{QStringLiteral("t-2")});
    ana.say(protocol::SelfTest{QStringLiteral("t-3")});
    QTRY_COMPARE(ana.socket->all<protocol::SelfTestResult>().size(), 2);
    QCOMPARE(ana.socket->all<protocol::SelfTestResult>().last().id, QStringLiteral("t-3"));
    QCOMPARE(tester.waiting.size(), 1);
    tester.waiting.first()(true, QStringLiteral("In 80 ms."));
    QTRY_COMPARE(ana.socket->all<protocol::SelfTestResult>().size(), 3);
    const protocol::SelfTestResult result = ana.socket->all<protocol::SelfTestResult>().last();
    QCOMPARE(result.id, QStringLiteral("t-2"));
    QVERIFY(result.arrived);
    QCOMPARE(result.message, QStringLiteral("In 80 ms."));
}

QTEST_GUILESS_MAIN(ConsoleTeamTest)
#include "tst_console_team.moc"
