#include "store/fixture.h"

#include <QRegularExpression>
#include <QThread>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

const LogId relayLog(QStringLiteral("log"));

LoggedEvent inbound(qint64 seq, const QString &from, const QString &to, const QString &text, int second) {
    const QString id = QString::number(seq);
    return logged(seq, {events::MessageEventKind::Received,
                        QStringLiteral("e") + id,
                        QStringLiteral("m") + id,
                        from,
                        to,
                        text,
                        {},
                        second});
}

} // namespace

/// Conversations, drafts, read marks and what readers see.
class TestConversations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void beginFindsOrMakes();
    void renameCoversEveryConversationOfTheCustomer();
    void setSenderBeginsNoNewConversation();
    void markReadLeavesWhatWasNotSeen();
    void draftsComeAndGo();
    void keysInOrderAndByPage();
    void pagesOfMessages();
    void snapshotStandsStill();
    void readerOfAnotherThread();
    void changesAreAnnounced();
    void sendersAndFacts();
};

void TestConversations::beginFindsOrMakes() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    QVERIFY(id.isValid());
    QCOMPARE(valueOf(open.store->begin({maria, ours}, at(9))), id);
    QCOMPARE(open.reader->find({maria, ours}), std::optional(id));
    QCOMPARE(open.reader->find({maria, QStringLiteral("37468")}), std::nullopt);
    const auto record = open.reader->conversation(id);
    QCOMPARE(record->lastAt, at(0));
    QVERIFY(!record->lastMessage.isValid());
    QVERIFY(!open.reader->conversation({id.value + 1}));
}

void TestConversations::renameCoversEveryConversationOfTheCustomer() {
    OpenStore open;
    const auto first = valueOf(open.store->begin({maria, ours}, at(0)));
    const auto second = valueOf(open.store->begin({maria, QStringLiteral("37468")}, at(1)));
    const Changes changes = valueOf(open.store->rename(first, QStringLiteral("  Maria\n Lopez ")));
    QCOMPARE(changes.conversations, (QList<ConversationId>{first, second}));
    QCOMPARE(open.reader->conversation(second)->name, QStringLiteral("Maria Lopez"));
    valueOf(open.store->rename(second, QString()));
    QVERIFY(open.reader->conversation(first)->name.isEmpty());
    QCOMPARE(errorOf(open.store->rename({99}, QStringLiteral("x"))), StoreErrorKind::NotFound);
}

void TestConversations::setSenderBeginsNoNewConversation() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    valueOf(open.store->setSender(id, QStringLiteral("37468")));
    QCOMPARE(open.reader->conversation(id)->parties.own, QStringLiteral("37468"));
    valueOf(open.store->applyEvents(
        relayLog,
        {inbound(1, maria, QStringLiteral("37468"), QStringLiteral("to the short code"), 1),
         inbound(2, maria, ours, QStringLiteral("to the number"), 2)},
        Arrival::Live));
    QCOMPARE(open.reader->counts().open, 1);
    QCOMPARE(open.reader->newest(id, 10).size(), 2);
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i"), QStringLiteral("x"))));
    QCOMPARE(intent.parties.own, QStringLiteral("37468"));
}

void TestConversations::markReadLeavesWhatWasNotSeen() {
    OpenStore open;
    valueOf(open.store->applyEvents(relayLog, {inbound(1, maria, ours, QStringLiteral("one"), 10)},
                                    Arrival::Live));
    const auto id = *open.reader->find({maria, ours});
    const MessageRow seen = open.reader->newestUnread(id);
    // Written earlier, but it came in after the first one had been on screen.
    valueOf(open.store->applyEvents(relayLog, {inbound(2, maria, ours, QStringLiteral("zero"), 5)},
                                    Arrival::Live));
    QCOMPARE(open.reader->conversation(id)->unread, 2);
    QCOMPARE(open.reader->counts(), (FilterCounts{.open = 1, .unread = 1, .unassigned = 1, .waiting = 1}));
    valueOf(open.store->markRead(id, seen));
    QCOMPARE(open.reader->conversation(id)->unread, 1);
    QVERIFY(valueOf(open.store->markRead(id, seen)).isEmpty());
    valueOf(open.store->markRead(id, open.reader->newestUnread(id)));
    QCOMPARE(open.reader->counts(), (FilterCounts{.open = 1, .unassigned = 1, .waiting = 1}));
}

void TestConversations::draftsComeAndGo() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    QCOMPARE(valueOf(open.store->saveDraft(id, QStringLiteral("a"), at(0))).conversations,
             QList<ConversationId>{id});
    QVERIFY(valueOf(open.store->saveDraft(id, QStringLiteral("a"), at(1))).isEmpty());
    valueOf(open.store->saveDraft(id, QStringLiteral("ab"), at(1)));
    open.reopen();
    QCOMPARE(open.reader->conversation(id)->draft, QStringLiteral("ab"));
    valueOf(open.store->saveDraft(id, QString(), at(2)));
    QVERIFY(open.reader->draft(id).isEmpty());
    QCOMPARE(errorOf(open.store->saveDraft({99}, QStringLiteral("x"), at(0))), StoreErrorKind::NotFound);
}

void TestConversations::keysInOrderAndByPage() {
    OpenStore open;
    QList<ConversationId> newestFirst;
    for (int i = 0; i < 30; ++i)
        newestFirst.prepend(
            valueOf(open.store->begin({QStringLiteral("+1212555%1").arg(1000 + i), ours}, at(i))));
    QList<ConversationId> all;
    for (const auto &key : open.reader->conversationKeys({}))
        all.append(key.id);
    QCOMPARE(all, newestFirst);
    QList<ConversationId> paged;
    std::optional<ConversationKey> last;
    for (auto page = open.reader->conversationKeys({}, 7); !page.isEmpty();
         page = open.reader->conversationKeys({}, 7, last)) {
        for (const auto &key : page)
            paged.append(key.id);
        last = page.last();
    }
    QCOMPARE(paged, newestFirst);
    QVERIFY(open.reader->conversationKeys({ConversationFilter::Unread, {}}).isEmpty());
}

void TestConversations::pagesOfMessages() {
    OpenStore open;
    QList<LoggedEvent> events;
    // Three messages in each second, so that pages end inside one.
    for (int i = 0; i < 90; ++i)
        events.append(inbound(i + 1, maria, ours, QString::number(i), i / 3));
    valueOf(open.store->applyEvents(relayLog, events, Arrival::CatchingUp));
    const auto id = *open.reader->find({maria, ours});
    const auto all = open.reader->newest(id, 1000);
    QCOMPARE(all.size(), 90);
    for (int i = 1; i < all.size(); ++i)
        QVERIFY(all.at(i - 1).position() < all.at(i).position());
    QList<MessageRecord> backwards = open.reader->newest(id, 20);
    while (true) {
        const auto page = open.reader->before(id, backwards.first().position(), 20);
        backwards = page + backwards;
        if (page.size() < 20)
            break;
    }
    QCOMPARE(backwards, all);
    QCOMPARE(open.reader->after(id, all.at(49).position(), 10), all.mid(50, 10));
    QCOMPARE(open.reader->message(all.at(5).row), std::optional(all.at(5)));
}

void TestConversations::snapshotStandsStill() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    {
        const Reader::Snapshot snapshot(*open.reader);
        QVERIFY(open.reader->newest(id, 10).isEmpty());
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i"), QStringLiteral("x"))));
        QVERIFY(open.reader->newest(id, 10).isEmpty());
        QVERIFY(open.reader->openIntents().isEmpty());
    }
    QCOMPARE(open.reader->newest(id, 10).size(), 1);
    QVERIFY(!open.reader->takeError());
}

void TestConversations::readerOfAnotherThread() {
    OpenStore open;
    valueOf(open.store->begin({maria, ours}, at(0)));
    int seen = 0;
    const std::unique_ptr<QThread> thread(QThread::create([&open, &seen] {
        const auto reader = open.store->openReader();
        seen = (*reader)->counts().open;
    }));
    thread->start();
    QVERIFY(thread->wait(10000));
    QCOMPARE(seen, 1);
}

void TestConversations::changesAreAnnounced() {
    OpenStore open;
    QList<Changes> heard;
    QObject context;
    connect(open.store.get(), &Store::changed, &context,
            [&heard](const Changes &changes) { heard.append(changes); });
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    QTRY_COMPARE(heard.size(), 1);
    QCOMPARE(heard.first().conversations, QList<ConversationId>{id});
    valueOf(open.store->begin({maria, ours}, at(0)));
    valueOf(open.store->applyEvents(relayLog, {inbound(1, maria, ours, QStringLiteral("one"), 1)},
                                    Arrival::Live));
    QTRY_COMPARE(heard.size(), 2);
    QCOMPARE(heard.last().arrival, Arrival::Live);
    QCOMPARE(heard.last().messages.size(), 1);
    QCOMPARE(heard.last().messages.first().kind, ChangeKind::Inserted);
}

void TestConversations::sendersAndFacts() {
    OpenStore open;
    const SenderRecord one{
        ours, QStringLiteral("p1"), QStringLiteral("Sales"), sms::SenderKind::LongCode, false, true, 0.75};
    const SenderRecord two{QStringLiteral("37468"),
                           QStringLiteral("p2"),
                           QStringLiteral("Support"),
                           sms::SenderKind::ShortCode,
                           true,
                           false,
                           {}};
    QVERIFY(valueOf(open.store->replaceSenders({two, one})).sendersChanged);
    QCOMPARE(open.reader->senders(), (QList<SenderRecord>{two, one}));
    QVERIFY(valueOf(open.store->replaceSenders({two, one})).isEmpty());
    valueOf(open.store->replaceSenders({one}));
    QCOMPARE(open.reader->senders(), QList<SenderRecord>{one});
    valueOf(open.store->setFact(QStringLiteral("k"), QStringLiteral("v")));
    QCOMPARE(open.reader->fact(QStringLiteral("k")), QStringLiteral("v"));
    valueOf(open.store->setFact(QStringLiteral("k"), QString()));
    QVERIFY(open.reader->fact(QStringLiteral("k")).isEmpty());
}

QTEST_GUILESS_MAIN(TestConversations)
#include "tst_conversations.moc"
