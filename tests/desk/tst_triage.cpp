#include "desk/convert.h"
#include "desk/inbox_live.h"
#include "desk/live_team.h"
#include "desk/live_triage.h"
#include "store/fixture.h"
#include "store/team.h"
#include "support/manual_clock.h"

#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;

namespace {

struct Rig {
    OpenStore open{{}, Place::Memory};
    ManualClock clock;
    LiveInbox inbox{*open.store, *open.reader, clock};
    LiveTeam team{*open.store, *open.reader, clock};
    LiveTriage triage{*open.store, *open.reader, team, clock};

    /// As many customers, each with one text.
    QList<ConversationId> fill(int count) {
        QList<store::LoggedEvent> events;
        for (int i = 1; i <= count; ++i)
            events.append(logged(i, {events::MessageEventKind::Received,
                                     QStringLiteral("e%1").arg(i),
                                     QStringLiteral("m%1").arg(i),
                                     QStringLiteral("+1212555%1").arg(1000 + i),
                                     ours,
                                     QStringLiteral("hello"),
                                     {},
                                     i}));
        valueOf(open.store->applyEvents(store::LogId(QStringLiteral("log")), events, store::Arrival::Live));
        QList<ConversationId> ids;
        for (const store::ConversationKey &key : open.reader->conversationKeys({}))
            ids.append(toDesk(key.id));
        return ids;
    }
    [[nodiscard]] store::ConversationRecord record(ConversationId id) {
        return open.reader->conversation(toStore(id)).value();
    }
    [[nodiscard]] store::FilterCounts counts() {
        return open.reader->counts({}, clock.now().toMSecsSinceEpoch());
    }
};

} // namespace

class TestTriage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void manyAtOnce();
    void pins();
    void snoozes();
    void marks();
    void closes();
    void tellsColleaguesWhatWasRead();
    void survivesARestart();
    void saysWhatWasNotWritten();
};

void TestTriage::manyAtOnce() {
    Rig rig;
    const auto ids = rig.fill(200);
    QCOMPARE(ids.size(), 200);
    QSignalSpy changed(rig.open.store.get(), &store::Store::changed);
    rig.triage.setPinned(ids, true);
    rig.triage.markRead(ids);
    rig.triage.snooze(ids, rig.clock.now().addSecs(60));
    QTRY_COMPARE(rig.counts().snoozed, 200);
    QCOMPARE(rig.counts().unread, 0);
    // One transaction each.
    QCOMPARE(changed.size(), 3);
}

void TestTriage::pins() {
    Rig rig;
    const auto ids = rig.fill(3);
    rig.triage.setPinned({ids[2]}, true);
    QTRY_COMPARE(rig.record(ids[2]).pinnedAtMs, rig.clock.now().toMSecsSinceEpoch());
    QTRY_COMPARE(rig.inbox.conversations().index(0, 0).data(ConversationIdRole).toLongLong(), ids[2].value);
    rig.triage.setPinned({ids[2]}, false);
    QTRY_COMPARE(rig.record(ids[2]).pinnedAtMs, 0);
}

void TestTriage::snoozes() {
    Rig rig;
    const auto ids = rig.fill(2);
    const QDateTime until = rig.clock.now().addSecs(3600);
    rig.triage.snooze({ids[0]}, until);
    QTRY_COMPARE(rig.record(ids[0]).snoozedUntil, until);
    rig.triage.snooze({ids[0]}, {});
    QTRY_VERIFY(!rig.record(ids[0]).snoozedUntil.isValid());
    // A time that has passed is none.
    rig.triage.snooze({ids[1]}, rig.clock.now().addSecs(-1));
    rig.triage.setPinned({ids[1]}, true);
    QTRY_VERIFY(rig.record(ids[1]).pinnedAtMs > 0);
    QVERIFY(!rig.record(ids[1]).snoozedUntil.isValid());
    // The customer's text ends it.
    rig.triage.snooze({ids[0]}, until);
    QTRY_COMPARE(rig.counts().snoozed, 1);
    valueOf(rig.open.store->applyEvents(store::LogId(QStringLiteral("log")),
                                        {logged(3, {events::MessageEventKind::Received,
                                                    QStringLiteral("e3"),
                                                    QStringLiteral("m3"),
                                                    rig.record(ids[0]).parties.peer,
                                                    ours,
                                                    QStringLiteral("still there?"),
                                                    {},
                                                    30})},
                                        store::Arrival::Live));
    QCOMPARE(rig.counts().snoozed, 0);
}

void TestTriage::marks() {
    Rig rig;
    const auto ids = rig.fill(2);
    rig.triage.markRead(ids);
    QTRY_COMPARE(rig.counts().unread, 0);
    rig.triage.markUnread({ids[1]});
    QTRY_COMPARE(rig.counts().unread, 1);
    QVERIFY(rig.record(ids[1]).markedUnread);
    rig.triage.markRead({ids[1]});
    QTRY_COMPARE(rig.counts().unread, 0);
    QVERIFY(!rig.record(ids[1]).markedUnread);
}

void TestTriage::closes() {
    Rig rig;
    const auto ids = rig.fill(120);
    rig.triage.setClosed(ids, true);
    QTRY_COMPARE(rig.counts().closed, 120);
    rig.triage.setClosed({ids[0]}, false);
    QTRY_COMPARE(rig.counts().closed, 119);
}

void TestTriage::tellsColleaguesWhatWasRead() {
    Rig rig;
    const auto ids = rig.fill(2);
    QSignalSpy read(&rig.triage, &LiveTriage::readHere);
    rig.triage.markRead({ids[0]});
    QTRY_COMPARE(rig.counts().unread, 1);
    QVERIFY(read.isEmpty()); // there is nobody else
    protocol::Welcome welcome;
    welcome.name = QStringLiteral("Anna");
    welcome.members = {{QStringLiteral("Anna"), protocol::Role::Admin},
                       {QStringLiteral("Ben"), protocol::Role::Agent}};
    rig.team.onWelcome(welcome);
    rig.triage.markRead(ids);
    QTRY_COMPARE(read.size(), 2);
    QCOMPARE(read.first().at(1).toDateTime(), rig.record(ids[0]).lastAt);
}

void TestTriage::survivesARestart() {
    OpenStore open({}, Place::Memory);
    ManualClock clock;
    store::ConversationId id;
    {
        LiveTeam team(*open.store, *open.reader, clock);
        LiveTriage triage(*open.store, *open.reader, team, clock);
        id = valueOf(open.store->begin({maria, ours}, at(0)));
        triage.setPinned({toDesk(id)}, true);
        triage.markUnread({toDesk(id)});
        triage.snooze({toDesk(id)}, clock.now().addDays(1));
    }
    open.reopen();
    const auto record = open.reader->conversation(id);
    QVERIFY(record->pinnedAtMs > 0);
    QVERIFY(record->markedUnread);
    QCOMPARE(record->snoozedUntil, clock.now().addDays(1));
}

void TestTriage::saysWhatWasNotWritten() {
    QList<ConversationId> ids;
    OpenStore open({}, Place::Memory);
    for (int i = 1; i <= 3000; ++i)
        ids.append(toDesk(valueOf(open.store->begin({QString::number(10'000 + i), ours}, at(i)))));
    // No page more than there are.
    open.reopen({.maximumPages = 1});
    const ManualClock clock;
    LiveTeam team(*open.store, *open.reader, clock);
    LiveTriage triage(*open.store, *open.reader, team, clock);
    QSignalSpy failed(&triage, &Triage::failed);
    triage.setPinned(ids, true);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!failed.first().first().value<Failure>().what.isEmpty());
    // All or nothing.
    QCOMPARE(open.reader->conversation(toStore(ids.first()))->pinnedAtMs, 0);
    QCOMPARE(open.reader->conversation(toStore(ids.last()))->pinnedAtMs, 0);
}

QTEST_GUILESS_MAIN(TestTriage)
#include "tst_triage.moc"
