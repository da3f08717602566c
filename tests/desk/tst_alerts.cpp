#include "desk/convert.h"
#include "desk/inbox_live.h"
#include "desk/live_alerts.h"
#include "desk/live_team.h"
#include "store/fixture.h"
#include "store/team.h"
#include "support/manual_clock.h"

#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;
using namespace std::chrono_literals;

namespace {

const store::LogId relayLog(QStringLiteral("log"));

QString peer(int number) {
    return QStringLiteral("+1212555%1").arg(1000 + number);
}

struct Rig {
    OpenStore open{{}, Place::Memory};
    ManualClock clock;
    LiveInbox inbox{*open.store, *open.reader, clock};
    LiveTeam team{*open.store, *open.reader, clock};
    LiveAlerts alerts{*open.store, *open.reader, inbox, team, clock, {.gather = 30ms, .caughtUp = 60ms}};
    QList<Alert> told;
    qint64 seq = 0;

    Rig() {
        QObject::connect(&alerts, &Alerts::alert, &alerts,
                         [this](const Alert &alert) { told.append(alert); });
    }
    store::LoggedEvent said(int customer, const QString &text) {
        ++seq;
        return logged(seq, {events::MessageEventKind::Received,
                            QStringLiteral("e%1").arg(seq),
                            QStringLiteral("m%1").arg(seq),
                            peer(customer),
                            ours,
                            text,
                            {},
                            static_cast<int>(seq)});
    }
    void hear(const QList<store::LoggedEvent> &events, store::Arrival arrival = store::Arrival::Live) {
        valueOf(open.store->applyEvents(relayLog, events, arrival));
    }
    [[nodiscard]] ConversationId conversation(int customer) {
        return toDesk(*open.reader->find({peer(customer), ours}));
    }
    /// Long enough that whatever is to be told has been: a text of somebody else's, told, proves it.
    void wait() {
        const qsizetype before = told.size();
        hear({said(999, QStringLiteral("marker"))});
        QTRY_VERIFY(told.size() > before);
        told.removeIf([](const Alert &alert) { return alert.body == QLatin1String("marker"); });
        inbox.markRead(conversation(999));
    }
};

} // namespace

class TestAlerts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void tellsOfAText();
    void foreignTextIsBoundedAndVisible();
    void burstOfOneCounts();
    void burstOfManyIsOne();
    void notOfWhatIsOnScreen();
    void rules_data();
    void rules();
    void onlyMine();
    void quiet();
    void failures();
    void mentions();
    void missedAndWoke();
    void oneSummaryAfterCatchingUp();
    void withdrawnWhenRead();
    void unreadCount();
};

void TestAlerts::tellsOfAText() {
    Rig rig;
    rig.hear({rig.said(1, QStringLiteral("Is it\nready?"))});
    QTRY_COMPARE(rig.told.size(), 1);
    const Alert alert = rig.told.first();
    QCOMPARE(alert.kind, AlertKind::Text);
    QCOMPARE(alert.conversation, rig.conversation(1));
    QCOMPARE(alert.title, phone::fromWire(peer(1)).international());
    QCOMPARE(alert.body, QStringLiteral("Is it ready?"));
    QVERIFY(alert.show && alert.sound && alert.canReply);
    QCOMPARE(rig.open.reader->message(toStore(alert.message))->text, QStringLiteral("Is it\nready?"));
}

void TestAlerts::foreignTextIsBoundedAndVisible() {
    Rig rig;
    const auto id = valueOf(rig.open.store->begin({peer(1), ours}, at(0)));
    valueOf(rig.open.store->rename(id, QStringLiteral("<b>Eve</b>\u202Egro.liame") +
                                           QString(300, QLatin1Char('n'))));
    rig.hear({rig.said(1, QString(100'000, QLatin1Char('x')))});
    QTRY_COMPARE(rig.told.size(), 1);
    QVERIFY(rig.told.first().title.startsWith(QStringLiteral("<b>Eve</b>")));
    QVERIFY(!rig.told.first().title.contains(QChar(0x202E)));
    QVERIFY(rig.told.first().title.size() <= 80);
    QVERIFY(rig.told.first().body.size() <= 240);
    QVERIFY(rig.told.first().body.endsWith(QChar(0x2026)));
}

void TestAlerts::burstOfOneCounts() {
    Rig rig;
    rig.hear({rig.said(1, QStringLiteral("a")), rig.said(1, QStringLiteral("b"))});
    QTRY_COMPARE(rig.told.size(), 1);
    QVERIFY2(rig.told.first().title.contains(QStringLiteral("2")), qPrintable(rig.told.first().title));
    QCOMPARE(rig.told.first().body, QStringLiteral("b"));
    // What comes later replaces it and counts on.
    rig.hear({rig.said(1, QStringLiteral("c"))});
    QTRY_COMPARE(rig.told.size(), 2);
    QVERIFY(rig.told.last().title.contains(QStringLiteral("3")));
}

void TestAlerts::burstOfManyIsOne() {
    Rig rig;
    QList<store::LoggedEvent> events;
    for (int i = 0; i < 12; ++i)
        events.append(rig.said(1 + i % 8, QStringLiteral("hello")));
    rig.hear(events);
    QTRY_COMPARE(rig.told.size(), 1);
    QVERIFY(rig.told.first().title.contains(QStringLiteral("12")));
    QVERIFY(rig.told.first().body.contains(QStringLiteral("8")));
    QVERIFY(!rig.told.first().canReply);
}

void TestAlerts::notOfWhatIsOnScreen() {
    Rig rig;
    rig.alerts.setOnScreen(toDesk(valueOf(rig.open.store->begin({peer(1), ours}, at(0)))));
    rig.hear({rig.said(1, QStringLiteral("a"))});
    rig.wait();
    QVERIFY(rig.told.isEmpty());
    rig.alerts.setOnScreen({});
    rig.hear({rig.said(1, QStringLiteral("b"))});
    QTRY_COMPARE(rig.told.size(), 1);
}

void TestAlerts::rules_data() {
    QTest::addColumn<bool>("show");
    QTest::addColumn<bool>("sound");
    QTest::addColumn<bool>("text");
    QTest::newRow("all") << true << true << true;
    QTest::newRow("silent") << true << false << true;
    QTest::newRow("only who") << true << true << false;
    QTest::newRow("only a sound") << false << true << true;
    QTest::newRow("nothing") << false << false << true;
}

void TestAlerts::rules() {
    QFETCH(bool, show);
    QFETCH(bool, sound);
    QFETCH(bool, text);
    Rig rig;
    const phone::Address own = phone::fromWire(ours);
    const AlertRule rule{.show = show, .sound = sound, .showText = text};
    rig.alerts.setRule(own, rule);
    QTRY_COMPARE(rig.alerts.rule(own), rule);
    QCOMPARE(rig.alerts.rule(phone::fromWire(peer(1))), AlertRule());
    if (!show && !sound) {
        rig.alerts.onWoke(toDesk(valueOf(rig.open.store->begin({peer(1), ours}, at(0)))));
        QVERIFY(rig.told.isEmpty());
        return;
    }
    rig.hear({rig.said(1, QStringLiteral("secret"))});
    QTRY_COMPARE(rig.told.size(), 1);
    QCOMPARE(rig.told.first().show, show);
    QCOMPARE(rig.told.first().sound, sound);
    QCOMPARE(rig.told.first().body, text ? QStringLiteral("secret") : QString());
}

void TestAlerts::onlyMine() {
    Rig rig;
    rig.inbox.setMe(QStringLiteral("Anna"));
    rig.alerts.setRule(phone::fromWire(ours), {.onlyMine = true});
    store::LoggedEvent claim{++rig.seq, at(1), {}, {}};
    claim.team = std::make_shared<store::TeamEntry>(
        store::TeamEntry{.fact = protocol::Claim{{peer(1), ours}, QStringLiteral("Ben"), at(6000), false},
                         .author = QStringLiteral("Ben"),
                         .identity = QStringLiteral("f"),
                         .heardAt = at(1)});
    rig.hear({claim});
    rig.hear({rig.said(1, QStringLiteral("for Ben")), rig.said(2, QStringLiteral("for anybody"))});
    QTRY_COMPARE(rig.told.size(), 1);
    QCOMPARE(rig.told.first().conversation, rig.conversation(2));
}

void TestAlerts::quiet() {
    Rig rig;
    rig.alerts.setQuietUntil(rig.clock.now().addSecs(60));
    rig.hear({rig.said(1, QStringLiteral("a"))});
    QSignalSpy unread(&rig.alerts, &Alerts::unreadChanged);
    QTRY_COMPARE(rig.alerts.unread(), 1);
    rig.alerts.onWoke(rig.conversation(1));
    QVERIFY(rig.told.isEmpty());
    QTRY_COMPARE(LiveAlerts(*rig.open.store, *rig.open.reader, rig.inbox, rig.team, rig.clock).quietUntil(),
                 rig.clock.now().addSecs(60));
    rig.clock.advance(61s);
    rig.alerts.onWoke(rig.conversation(1));
    QCOMPARE(rig.told.size(), 1);
}

void TestAlerts::failures() {
    Rig rig;
    const auto id = valueOf(rig.open.store->begin({peer(1), ours}, at(0)));
    const auto intent =
        valueOf(rig.open.store->writeIntent(textTo(id, QStringLiteral("i"), QStringLiteral("Hi"))));
    valueOf(rig.open.store->intentHandedOver(intent.intent, at(1)));
    auto failing = logged(++rig.seq, {events::MessageEventKind::Finalized, QStringLiteral("x1"),
                                      QStringLiteral("y1"), ours, peer(1), QStringLiteral("Hi"),
                                      QStringLiteral("delivery_failed"), 60, QStringLiteral("i")});
    factsOf(failing).errors = {
        {QStringLiteral("40008"), QStringLiteral("Undeliverable"), QStringLiteral("Refused.")}};
    rig.hear({failing});
    QTRY_COMPARE(rig.told.size(), 1);
    QCOMPARE(rig.told.first().kind, AlertKind::Failed);
    QCOMPARE(rig.told.first().message, toDesk(intent.message));
    QVERIFY(rig.told.first().body.contains(QStringLiteral("Undeliverable")));
    // A colleague's is his.
    auto other = failing;
    other.seq = ++rig.seq;
    other.intent = {};
    factsOf(other).id = events::MessageId(QStringLiteral("y2"));
    other.event.id = events::EventId(QStringLiteral("x2"));
    rig.hear({other});
    rig.wait();
    QCOMPARE(rig.told.size(), 1);
}

void TestAlerts::mentions() {
    Rig rig;
    const auto id = toDesk(valueOf(rig.open.store->begin({peer(1), ours}, at(0))));
    rig.team.addNote(id, QStringLiteral("Please look"), {});
    QTRY_COMPARE(rig.open.reader->newest(toStore(id), 1).size(), 1);
    const auto note = rig.open.reader->newest(toStore(id), 1).first().row;
    Q_EMIT rig.team.mentioned(id, toDesk(note));
    QCOMPARE(rig.told.size(), 1);
    QCOMPARE(rig.told.first().kind, AlertKind::Mention);
    QCOMPARE(rig.told.first().body, QStringLiteral("Please look"));
}

void TestAlerts::missedAndWoke() {
    Rig rig;
    const auto id = toDesk(valueOf(rig.open.store->begin({peer(1), ours}, at(0))));
    ScheduledSend send;
    send.conversation = id;
    send.message = MessageRow{7};
    send.peer = phone::fromWire(peer(1));
    send.own = phone::fromWire(ours);
    send.name = QStringLiteral("Maria");
    send.text = QStringLiteral("See you at five");
    send.at = rig.clock.now();
    rig.alerts.onMissed(send);
    rig.alerts.onWoke(id);
    QCOMPARE(rig.told.size(), 2);
    QCOMPARE(rig.told.first().kind, AlertKind::Missed);
    QVERIFY(rig.told.first().body.contains(QStringLiteral("Maria: See you at five")));
    QCOMPARE(rig.told.last().kind, AlertKind::Woke);
}

void TestAlerts::oneSummaryAfterCatchingUp() {
    Rig rig;
    for (int i = 0; i < 20; ++i)
        rig.hear({rig.said(1 + i % 5, QStringLiteral("old"))}, store::Arrival::CatchingUp);
    QTRY_COMPARE(rig.told.size(), 1);
    QVERIFY2(rig.told.first().body.contains(QStringLiteral("20")), qPrintable(rig.told.first().body));
    rig.wait();
    QCOMPARE(rig.told.size(), 1);
}

void TestAlerts::withdrawnWhenRead() {
    Rig rig;
    QSignalSpy withdrawn(&rig.alerts, &Alerts::withdrawn);
    rig.hear({rig.said(1, QStringLiteral("a"))});
    QTRY_COMPARE(rig.told.size(), 1);
    rig.inbox.markRead(rig.conversation(1));
    QTRY_COMPARE(withdrawn.size(), 1);
    QCOMPARE(withdrawn.first().first().value<ConversationId>(), rig.conversation(1));
    rig.hear({rig.said(1, QStringLiteral("b"))});
    QTRY_COMPARE(rig.told.size(), 2);
    // Counted anew.
    QCOMPARE(rig.told.last().title, phone::fromWire(peer(1)).international());
    rig.alerts.setOnScreen(rig.conversation(1));
    QCOMPARE(withdrawn.size(), 2);
}

void TestAlerts::unreadCount() {
    Rig rig;
    QSignalSpy changed(&rig.alerts, &Alerts::unreadChanged);
    rig.hear({rig.said(1, QStringLiteral("a")), rig.said(1, QStringLiteral("b")),
              rig.said(2, QStringLiteral("c"))});
    QTRY_COMPARE(rig.alerts.unread(), 2);
    QCOMPARE(changed.last().first().toInt(), 2);
    rig.inbox.markRead(rig.conversation(1));
    QTRY_COMPARE(rig.alerts.unread(), 1);
}

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
