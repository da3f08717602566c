#include "desk/conversation_model.h"
#include "desk/desk_text.h"
#include "desk/inbox_live.h"
#include "store/fixture.h"
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
        QCoreApplication::sendPostedEvents();
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
    QCOMPARE(counts.size(), 1);
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
    QCOMPARE(it.inbox.count(InboxFilter::Unread), 0);
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

void TestInbox::statesHaveWords() {
    QSet<QString> words;
    for (int state = 0; state <= static_cast<int>(MessageState::Cancelled); ++state) {
        words.insert(stateInWords(static_cast<MessageState>(state)));
        // The store keeps the same states under the same numbers.
        QVERIFY(state <= static_cast<int>(store::MessageState::Cancelled));
    }
    QCOMPARE(words.size(), 11);
    QVERIFY(!words.contains(QString()));
    QCOMPARE(static_cast<int>(store::MessageState::Uncertain), static_cast<int>(MessageState::Uncertain));
    QCOMPARE(static_cast<int>(store::MessageState::Delivered), static_cast<int>(MessageState::Delivered));
    QCOMPARE(static_cast<int>(store::MessageState::Failed), static_cast<int>(MessageState::Failed));
    QCOMPARE(static_cast<int>(store::Direction::Outbound), static_cast<int>(Direction::Outbound));
}

QTEST_GUILESS_MAIN(TestInbox)
#include "tst_inbox.moc"
