#include "desk/conversation_model.h"
#include "desk/convert.h"
#include "desk/desk_text.h"
#include "desk/inbox_live.h"
#include "store/fixture.h"
#include "store/team.h"
#include "support/filled_store.h"
#include "support/manual_clock.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;
using store::Arrival;

namespace {

const store::LogId relayLog(QStringLiteral("log"));

QString peer(int number) {
    return QStringLiteral("+1212555%1").arg(1000 + number);
}

store::LoggedEvent said(qint64 seq, int customer, const QString &text, int second) {
    const QString id = QString::number(seq);
    return logged(seq, {events::MessageEventKind::Received,
                        QStringLiteral("e") + id,
                        QStringLiteral("m") + id,
                        peer(customer),
                        ours,
                        text,
                        {},
                        second});
}

struct OpenInbox {
    OpenStore open;
    ManualClock clock;
    LiveInbox inbox{*open.store, *open.reader, clock};
    QAbstractItemModelTester tester{&inbox.conversations(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QStringList peers() {
        QStringList peers;
        for (int row = 0; row < inbox.conversations().rowCount(); ++row)
            peers.append(shown(row).peer.wire());
        return peers;
    }
    [[nodiscard]] Conversation shown(int row) {
        return inbox.conversations().index(row, 0).data(ConversationRole).value<Conversation>();
    }
    void hear(const QList<store::LoggedEvent> &events, Arrival arrival = Arrival::Live) {
        valueOf(open.store->applyEvents(relayLog, events, arrival));
        settle();
    }
    /// Until what was written is in the models.
    void settle() {
        QCoreApplication::sendPostedEvents();
        QTRY_VERIFY(inbox.isUpToDate());
    }
};

} // namespace

/// The inbox over a store: its conversation model, counts, search, and what it announces.
class TestInbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void newestFirstByMoves();
    void stormKeepsTheOrder();
    void filters();
    void search();
    void unreadAndRead();
    void received();
    void beginAndRename();
    void draftIsThePreview();
    void openedMessagesFollow();
    void profileNames();
    void tenThousand();
    void pinnedFirstAndLongestWaitingFirst();
    void snoozeEndsByTime();
    void snoozeEndedWhileClosed();
    void claimEndsByTime();
    void ofOneNumber();
    void markedUnread();
    void placesInAConversation();
    void burstIsOneChange();
    void slicesKeepTheOrder();
    void statesHaveWords();
};

void TestInbox::newestFirstByMoves() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1), said(2, 2, QStringLiteral("b"), 2),
             said(3, 3, QStringLiteral("c"), 3)});
    QCOMPARE(it.peers(), (QStringList{peer(3), peer(2), peer(1)}));
    QSignalSpy moved(&it.inbox.conversations(), &QAbstractItemModel::rowsMoved);
    QSignalSpy reset(&it.inbox.conversations(), &QAbstractItemModel::modelReset);
    QSignalSpy changed(&it.inbox.conversations(), &QAbstractItemModel::dataChanged);
    it.hear({said(4, 1, QStringLiteral("d"), 4)});
    QCOMPARE(it.peers(), (QStringList{peer(1), peer(3), peer(2)}));
    QCOMPARE(moved.size(), 1);
    QCOMPARE(changed.size(), 1);
    it.hear({said(5, 1, QStringLiteral("e"), 5)});
    QCOMPARE(moved.size(), 1);
    QCOMPARE(changed.size(), 2);
    QVERIFY(reset.isEmpty());
    QCOMPARE(it.shown(0).preview, QStringLiteral("e"));
    QCOMPARE(it.shown(0).unread, 3);
}

void TestInbox::stormKeepsTheOrder() {
    OpenInbox it;
    QRandomGenerator random(5);
    qint64 seq = 0;
    for (int round = 0; round < 30; ++round) {
        QList<store::LoggedEvent> events;
        for (int i = 0; i < 10; ++i)
            events.append(said(++seq, static_cast<int>(random.bounded(40)), QStringLiteral("x"),
                               static_cast<int>(random.bounded(5000))));
        it.hear(events);
    }
    QStringList expected;
    for (const auto &key : it.open.reader->conversationKeys({}))
        expected.append(it.open.reader->conversation(key.id)->parties.peer);
    QCOMPARE(it.peers(), expected);
    for (int row = 1; row < it.inbox.conversations().rowCount(); ++row)
        QVERIFY(it.shown(row - 1).lastAt >= it.shown(row).lastAt);
}

void TestInbox::filters() {
    OpenInbox it;
    auto failing = logged(2, {events::MessageEventKind::Finalized, QStringLiteral("e2"), QStringLiteral("m2"),
                              ours, peer(2), QStringLiteral("x"), QStringLiteral("delivery_failed"), 2});
    it.hear({said(1, 1, QStringLiteral("a"), 1), failing});
    QCOMPARE(it.inbox.count(InboxFilter::Open), 2);
    QCOMPARE(it.inbox.count(InboxFilter::Unread), 1);
    QCOMPARE(it.inbox.count(InboxFilter::Failed), 1);
    it.inbox.setFilter(InboxFilter::Failed);
    QCOMPARE(it.peers(), QStringList{peer(2)});
    it.inbox.setFilter(InboxFilter::Unread);
    QCOMPARE(it.peers(), QStringList{peer(1)});
    // Reading it takes it out of the list, a new text puts it in again.
    QSignalSpy counts(&it.inbox, &Inbox::countsChanged);
    it.inbox.markRead(it.shown(0).id);
    QTRY_COMPARE(it.peers(), QStringList{});
    QTRY_COMPARE(counts.size(), 1);
    it.hear({said(3, 2, QStringLiteral("b"), 3)});
    QCOMPARE(it.peers(), QStringList{peer(2)});
}

void TestInbox::search() {
    OpenInbox it;
    it.hear(
        {said(1, 1, QStringLiteral("where is my parcel"), 1), said(2, 2, QStringLiteral("thank you"), 2)});
    it.inbox.setSearch(QStringLiteral("parc"));
    QCOMPARE(it.peers(), QStringList{peer(1)});
    // What comes in while searching: found ones stay, new ones join if they match.
    it.hear({said(3, 1, QStringLiteral("hello?"), 3), said(4, 3, QStringLiteral("a parcel for me"), 4),
             said(5, 2, QStringLiteral("no"), 5)});
    QCOMPARE(it.peers(), (QStringList{peer(3), peer(1)}));
    it.inbox.setSearch(QString());
    QCOMPARE(it.peers().size(), 3);
    it.inbox.setSearch(QStringLiteral("5551002"));
    QCOMPARE(it.peers(), QStringList{peer(2)});
}

void TestInbox::unreadAndRead() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1), said(2, 1, QStringLiteral("b"), 2)});
    QCOMPARE(it.shown(0).unread, 2);
    it.inbox.markRead(it.shown(0).id);
    QTRY_COMPARE(it.shown(0).unread, 0);
    QTRY_COMPARE(it.inbox.count(InboxFilter::Unread), 0);
}

void TestInbox::received() {
    OpenInbox it;
    QSignalSpy received(&it.inbox, &Inbox::received);
    it.hear({said(1, 1, QStringLiteral("old"), 1)}, Arrival::CatchingUp);
    QVERIFY(received.isEmpty());
    it.hear({said(2, 1, QStringLiteral("new"), 2)});
    QCOMPARE(received.size(), 1);
    QCOMPARE(received.first().at(0).value<ConversationId>(), it.shown(0).id);
}

void TestInbox::beginAndRename() {
    OpenInbox it;
    auto begun = it.inbox.begin(phone::fromWire(peer(1)), phone::fromWire(ours));
    QTRY_VERIFY(begun.isFinished());
    QVERIFY(begun.result());
    const ConversationId id = *begun.result();
    QTRY_COMPARE(it.peers(), QStringList{peer(1)});
    QCOMPARE(it.shown(0).lastAt, it.clock.now());
    it.inbox.rename(id, QStringLiteral("Maria Lopez"));
    QTRY_COMPARE(it.shown(0).name, QStringLiteral("Maria Lopez"));
    QCOMPARE(it.inbox.conversations().index(0, 0).data().toString(), QStringLiteral("Maria Lopez"));
    QCOMPARE(it.inbox.conversation(id)->name, QStringLiteral("Maria Lopez"));
    QVERIFY(!it.inbox.conversation({id.value + 1}));
}

void TestInbox::draftIsThePreview() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("two\nlines"), 1)});
    QCOMPARE(it.shown(0).preview, QStringLiteral("two lines"));
    QVERIFY(!it.shown(0).previewIsDraft);
    valueOf(it.open.store->saveDraft({it.shown(0).id.value}, QStringLiteral("We are\n"), at(2)));
    QTRY_VERIFY(it.shown(0).previewIsDraft);
    QCOMPARE(it.shown(0).preview, QStringLiteral("We are"));
}

void TestInbox::openedMessagesFollow() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1)});
    const auto model = it.inbox.openMessages(it.shown(0).id);
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model->rowCount(), 1);
    it.hear({said(2, 1, QStringLiteral("b"), 2)});
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->index(1, 0).data().toString(), QStringLiteral("b"));
}

void TestInbox::profileNames() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1)});
    QVERIFY(it.shown(0).ownName.isEmpty());
    valueOf(it.open.store->replaceSenders(
        {{ours, QStringLiteral("p"), QStringLiteral("Sales"), sms::SenderKind::LongCode, false, true, {}}}));
    QTRY_COMPARE(it.shown(0).ownName, QStringLiteral("Sales"));
}

void TestInbox::tenThousand() {
    const QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 10000, .messages = 20000, .inFirst = 100}));
    const auto store = *store::Store::open(folder.path());
    const auto reader = *store->openReader();
    const ManualClock clock;
    LiveInbox inbox(*store, *reader, clock);
    QCOMPARE(inbox.conversations().rowCount(), 10000);
    QSignalSpy moved(&inbox.conversations(), &QAbstractItemModel::rowsMoved);
    const auto event = logged(1, {events::MessageEventKind::Received,
                                  QStringLiteral("e"),
                                  QStringLiteral("m"),
                                  filledPeer(77),
                                  filledOwn(),
                                  QStringLiteral("new"),
                                  {},
                                  1000000});
    valueOf(store->applyEvents(relayLog, {event}, Arrival::Live));
    QTRY_COMPARE(moved.size(), 1);
    QCOMPARE(inbox.conversations().index(0, 0).data(ConversationRole).value<Conversation>().peer.wire(),
             filledPeer(77));
}

void TestInbox::pinnedFirstAndLongestWaitingFirst() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1), said(2, 2, QStringLiteral("b"), 2),
             said(3, 3, QStringLiteral("c"), 3)});
    const auto first = toStore(it.shown(2).id), second = toStore(it.shown(1).id);
    valueOf(it.open.store->setPinned({first}, true, at(10)));
    it.settle();
    QCOMPARE(it.peers(), (QStringList{peer(1), peer(3), peer(2)}));
    QVERIFY(it.shown(0).pinned);
    valueOf(it.open.store->setPinned({second}, true, at(11)));
    it.settle();
    QCOMPARE(it.peers(), (QStringList{peer(2), peer(1), peer(3)}));
    // What comes in moves below the pinned ones.
    it.hear({said(4, 4, QStringLiteral("d"), 4)});
    QCOMPARE(it.peers(), (QStringList{peer(2), peer(1), peer(4), peer(3)}));
    it.inbox.setFilter(InboxFilter::Waiting);
    QCOMPARE(it.peers(), (QStringList{peer(1), peer(2), peer(3), peer(4)}));
    QCOMPARE(it.shown(0).waitingSince, at(1));
    // Another text does not make it wait less long.
    it.hear({said(5, 1, QStringLiteral("again"), 50), said(6, 5, QStringLiteral("e"), 2)});
    QCOMPARE(it.peers().first(), peer(1));
    QCOMPARE(it.inbox.count(InboxFilter::Waiting), 5);
}

void TestInbox::snoozeEndsByTime() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1), said(2, 2, QStringLiteral("b"), 2)});
    const ConversationId id = it.shown(0).id;
    const QDateTime until = it.clock.now().addSecs(3600);
    valueOf(it.open.store->snooze({toStore(id)}, until));
    it.settle();
    QCOMPARE(it.peers(), QStringList{peer(1)});
    QCOMPARE(it.inbox.count(InboxFilter::Snoozed), 1);
    QCOMPARE(it.inbox.conversation(id)->snoozedUntil, until);
    QSignalSpy woke(&it.inbox, &LiveInbox::woke);
    it.clock.advance(std::chrono::minutes(59));
    it.inbox.lookAtClock();
    QVERIFY(woke.isEmpty());
    // The computer slept.
    it.clock.advance(std::chrono::hours(5));
    it.inbox.lookAtClock();
    QCOMPARE(woke.size(), 1);
    QCOMPARE(woke.first().first().value<ConversationId>(), id);
    it.settle();
    QCOMPARE(it.peers(), (QStringList{peer(2), peer(1)}));
    QVERIFY(!it.inbox.conversation(id)->snoozedUntil.isValid());
    // A clock that is set back brings no snooze back.
    it.clock.advance(std::chrono::hours(-8));
    it.inbox.lookAtClock();
    it.settle();
    QCOMPARE(it.peers(), (QStringList{peer(2), peer(1)}));
    QCOMPARE(woke.size(), 1);
}

void TestInbox::snoozeEndedWhileClosed() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1)});
    valueOf(it.open.store->snooze({toStore(it.shown(0).id)}, it.clock.now().addSecs(60)));
    it.settle();
    it.clock.advance(std::chrono::hours(1));
    for (const int times : {1, 0}) {
        LiveInbox later(*it.open.store, *it.open.reader, it.clock);
        QSignalSpy woke(&later, &LiveInbox::woke);
        QCOMPARE(later.conversations().rowCount(), 1);
        QTRY_COMPARE(woke.size(), times);
        // Told once, however often the console is started.
        valueOf(it.open.store->setFact(QStringLiteral("after"), QStringLiteral("that")));
    }
}

void TestInbox::claimEndsByTime() {
    OpenInbox it;
    it.inbox.setMe(QStringLiteral("Anna"));
    it.hear({said(1, 1, QStringLiteral("a"), 1)});
    store::LoggedEvent claim{2, at(2), {}, {}};
    claim.team = std::make_shared<store::TeamEntry>(
        store::TeamEntry{.fact = protocol::Claim{{peer(1), ours}, QStringLiteral("Anna"), at(600), false},
                         .author = QStringLiteral("Anna"),
                         .identity = QStringLiteral("f"),
                         .heardAt = at(2)});
    it.hear({claim});
    it.inbox.setFilter(InboxFilter::Mine);
    QCOMPARE(it.peers(), QStringList{peer(1)});
    QVERIFY(it.shown(0).claim->mine);
    it.clock.advance(std::chrono::minutes(11));
    it.inbox.lookAtClock();
    it.settle();
    QCOMPARE(it.peers(), QStringList{});
    QCOMPARE(it.inbox.count(InboxFilter::Mine), 0);
}

void TestInbox::ofOneNumber() {
    OpenInbox it;
    const QString toll = QStringLiteral("+18885550142");
    auto other = logged(2, {events::MessageEventKind::Received,
                            QStringLiteral("e2"),
                            QStringLiteral("m2"),
                            peer(2),
                            toll,
                            QStringLiteral("b"),
                            {},
                            2});
    it.hear({said(1, 1, QStringLiteral("a"), 1), other});
    it.inbox.setOwnNumber(phone::fromWire(toll));
    QCOMPARE(it.peers(), QStringList{peer(2)});
    QCOMPARE(it.inbox.count(InboxFilter::Open), 1);
    it.hear({said(3, 3, QStringLiteral("c"), 3)});
    QCOMPARE(it.peers(), QStringList{peer(2)});
    it.inbox.setOwnNumber(std::nullopt);
    QCOMPARE(it.peers().size(), 3);
    QCOMPARE(it.inbox.count(InboxFilter::Open), 3);
}

void TestInbox::markedUnread() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1)});
    const ConversationId id = it.shown(0).id;
    it.inbox.markRead(id);
    QTRY_COMPARE(it.inbox.conversation(id)->unread, 0);
    valueOf(it.open.store->markUnread({toStore(id)}));
    it.settle();
    QVERIFY(it.inbox.conversation(id)->markedUnread);
    QCOMPARE(it.inbox.count(InboxFilter::Unread), 1);
    it.inbox.markRead(id);
    QTRY_VERIFY(!it.inbox.conversation(id)->markedUnread);
    QTRY_COMPARE(it.inbox.count(InboxFilter::Unread), 0);
}

void TestInbox::placesInAConversation() {
    OpenInbox it;
    QList<store::LoggedEvent> events;
    for (int i = 1; i <= 500; ++i)
        events.append(said(i, 1, QString::number(i), 60 * i));
    it.hear(events);
    const ConversationId id = it.shown(0).id;
    const auto oldest = it.inbox.firstUnread(id);
    QCOMPARE(it.open.reader->message(toStore(oldest))->text, QStringLiteral("1"));
    QVERIFY(!it.inbox.readPosition(id).isValid());
    it.inbox.keepReadPosition(id, oldest);
    QTRY_COMPARE(it.inbox.readPosition(id), oldest);
    it.inbox.keepReadPosition(id, {});
    QTRY_VERIFY(!it.inbox.readPosition(id).isValid());
    const auto since = it.inbox.firstSince(id, at(60 * 100 - 30));
    QCOMPARE(it.open.reader->message(toStore(since))->text, QStringLiteral("100"));
    const auto newest = it.inbox.firstSince(id, at(60 * 1000));
    QCOMPARE(it.open.reader->message(toStore(newest))->text, QStringLiteral("500"));
    const auto window = it.inbox.openMessagesAt(id, since);
    QVERIFY(window->hasNewer());
    QVERIFY(window->indexOf(since) > 0);
    QCOMPARE(window->index(window->indexOf(since), 0).data().toString(), QStringLiteral("100"));
    // A message that is not there: from the newest.
    const auto other = it.inbox.openMessagesAt(id, {999'999});
    QVERIFY(!other->hasNewer());
    QCOMPARE(other->index(other->rowCount() - 1, 0).data().toString(), QStringLiteral("500"));
    it.inbox.markRead(id);
    QTRY_VERIFY(!it.inbox.firstUnread(id).isValid());
}

void TestInbox::burstIsOneChange() {
    OpenInbox it;
    it.hear({said(1, 1, QStringLiteral("a"), 1), said(2, 2, QStringLiteral("b"), 2)});
    QSignalSpy came(&it.inbox, &LiveInbox::changesCame);
    QSignalSpy moved(&it.inbox.conversations(), &QAbstractItemModel::rowsMoved);
    QSignalSpy received(&it.inbox, &Inbox::received);
    for (int i = 0; i < 100; ++i)
        valueOf(it.open.store->applyEvents(relayLog, {said(3 + i, 1, QStringLiteral("x"), 10 + i)},
                                           Arrival::Live));
    it.settle();
    QCOMPARE(came.size(), 1);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(received.size(), 100);
    QCOMPARE(it.shown(0).unread, 101);
}

void TestInbox::slicesKeepTheOrder() {
    OpenInbox it;
    QList<store::LoggedEvent> events;
    for (int i = 1; i <= 300; ++i)
        events.append(said(i, i, QStringLiteral("x"), i));
    it.hear(events);
    QSignalSpy came(&it.inbox, &LiveInbox::changesCame);
    QSignalSpy reset(&it.inbox.conversations(), &QAbstractItemModel::modelReset);
    QStringList expected;
    events.clear();
    for (int i = 1; i <= 300; ++i) {
        events.append(said(300 + i, i, QStringLiteral("y"), 1000 - i));
        expected.append(peer(i));
    }
    it.hear(events);
    QCOMPARE(it.peers(), expected);
    // A bounded piece of work at a time, and no new reading of the whole list.
    QVERIFY(came.size() >= 4);
    QVERIFY(reset.isEmpty());
}

void TestInbox::statesHaveWords() {
    QSet<QString> words;
    for (int state = 0; state <= static_cast<int>(MessageState::Held); ++state) {
        words.insert(stateInWords(static_cast<MessageState>(state)));
        // The store keeps the same states under the same numbers.
        QVERIFY(state <= static_cast<int>(store::MessageState::Held));
    }
    QCOMPARE(words.size(), 13);
    QVERIFY(!words.contains(QString()));
    QCOMPARE(static_cast<int>(store::MessageState::Uncertain), static_cast<int>(MessageState::Uncertain));
    QCOMPARE(static_cast<int>(store::MessageState::Delivered), static_cast<int>(MessageState::Delivered));
    QCOMPARE(static_cast<int>(store::MessageState::Failed), static_cast<int>(MessageState::Failed));
    QCOMPARE(static_cast<int>(store::Direction::Outbound), static_cast<int>(Direction::Outbound));
}

QTEST_GUILESS_MAIN(TestInbox)
#include "tst_inbox.moc"
