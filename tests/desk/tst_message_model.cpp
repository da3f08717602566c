#include "desk/desk_text.h"
#include "desk/message_model.h"
#include "store/fixture.h"
#include "support/filled_store.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;
using store::Arrival;
using store::Changes;

namespace {

const store::LogId relayLog(QStringLiteral("log"));

store::LoggedEvent said(qint64 seq, const QString &text, int second) {
    const QString id = QString::number(seq);
    return logged(seq, {events::MessageEventKind::Received,
                        QStringLiteral("e") + id,
                        QStringLiteral("m") + id,
                        maria,
                        ours,
                        text,
                        {},
                        second});
}

QStringList textsOf(const QAbstractItemModel &model) {
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, 0).data().toString());
    return texts;
}

/// A model that is told of each write by hand, so that a test says when.
struct Watched {
    OpenStore open;
    store::ConversationId id;
    std::unique_ptr<MessageModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;

    Watched() { id = valueOf(open.store->begin({maria, ours}, at(0))); }
    void watch() {
        model = std::make_unique<MessageModel>(*open.reader, id);
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    Changes hear(const QList<store::LoggedEvent> &events) {
        const Changes changes = valueOf(open.store->applyEvents(relayLog, events, Arrival::Live));
        model->apply(changes);
        return changes;
    }
};

} // namespace

/// The window over one conversation's messages.
class TestMessageModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void opensWithTheNewest();
    void fetchesToTheBeginning();
    void insertsInTheOrderOfTime();
    void olderThanTheWindowWaitsForItsPage();
    void statusChangesOneRow();
    void mergedRowGoes();
    void messageThatMoves();
    void otherConversationsDoNotMatter();
    void roles();
    void revisionFollowsContent();
    void rename();
    void aroundAMessage();
    void newerOnesWaitForTheirPage();
    void aroundOneOfAnotherConversation();
};

void TestMessageModel::opensWithTheNewest() {
    const QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 1, .messages = 1000, .inFirst = 1000}));
    const auto store = *store::Store::open(folder.path());
    const auto reader = *store->openReader();
    const auto id = *reader->find({filledPeer(0), filledOwn()});
    MessageModel model(*reader, id);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    // The tester fetches more by itself, so the window is a whole number of pages.
    QCOMPARE(model.rowCount() % MessageModel::pageSize, 0);
    const auto newest = reader->newest(id, 1).first();
    QCOMPARE(model.index(model.rowCount() - 1).data(MessageRowRole).toLongLong(), newest.row.value);
    QVERIFY(model.canFetchMore({}));
}

void TestMessageModel::fetchesToTheBeginning() {
    Watched watched;
    QList<store::LoggedEvent> events;
    QStringList texts;
    for (int i = 0; i < 450; ++i) {
        events.append(said(i + 1, QString::number(i), i));
        texts.append(QString::number(i));
    }
    valueOf(watched.open.store->applyEvents(relayLog, events, Arrival::CatchingUp));
    MessageModel model(*watched.open.reader, watched.id);
    QCOMPARE(model.rowCount(), MessageModel::pageSize);
    QCOMPARE(textsOf(model), texts.mid(250));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.fetchMore({});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().at(1).toInt(), 0);
    QCOMPARE(inserted.first().at(2).toInt(), 199);
    model.fetchMore({});
    QCOMPARE(textsOf(model), texts);
    QVERIFY(!model.canFetchMore({}));
}

void TestMessageModel::insertsInTheOrderOfTime() {
    Watched watched;
    watched.watch();
    watched.hear({said(1, QStringLiteral("b"), 20)});
    watched.hear({said(2, QStringLiteral("a"), 10), said(3, QStringLiteral("c"), 30)});
    QCOMPARE(textsOf(*watched.model),
             (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QSignalSpy reset(watched.model.get(), &QAbstractItemModel::modelReset);
    watched.hear({said(4, QStringLiteral("d"), 40)});
    QVERIFY(reset.isEmpty());
    QCOMPARE(watched.model->rowCount(), 4);
}

void TestMessageModel::olderThanTheWindowWaitsForItsPage() {
    Watched watched;
    QList<store::LoggedEvent> events;
    for (int i = 0; i < 300; ++i)
        events.append(said(i + 1, QString::number(i), 100 + i));
    valueOf(watched.open.store->applyEvents(relayLog, events, Arrival::CatchingUp));
    MessageModel model(*watched.open.reader, watched.id);
    model.apply(valueOf(
        watched.open.store->applyEvents(relayLog, {said(301, QStringLiteral("late"), 150)}, Arrival::Live)));
    QCOMPARE(model.rowCount(), 200);
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 301);
    QCOMPARE(textsOf(model).count(QStringLiteral("late")), 1);
}

void TestMessageModel::statusChangesOneRow() {
    Watched watched;
    const auto intent = valueOf(
        watched.open.store->writeIntent(textTo(watched.id, QStringLiteral("i"), QStringLiteral("Hello"))));
    watched.watch();
    QSignalSpy changed(watched.model.get(), &QAbstractItemModel::dataChanged);
    valueOf(watched.open.store->intentHandedOver(intent.intent, at(1)));
    const auto sent =
        logged(1, {events::MessageEventKind::Sent, QStringLiteral("e1"), QStringLiteral("m1"), ours, maria,
                   QStringLiteral("Hello"), QStringLiteral("sent"), 5, QStringLiteral("i")});
    watched.hear({sent});
    QCOMPARE(changed.size(), 1);
    QVERIFY(changed.first().at(2).value<QList<int>>().contains(MessageRole));
    QCOMPARE(watched.model->index(0).data(MessageRole).value<Message>().state, MessageState::Sent);
    // The same again says nothing.
    auto again = sent;
    again.seq = 2;
    watched.hear({again});
    QCOMPARE(changed.size(), 1);
}

void TestMessageModel::mergedRowGoes() {
    Watched watched;
    const auto intent = valueOf(
        watched.open.store->writeIntent(textTo(watched.id, QStringLiteral("i"), QStringLiteral("Hello"))));
    watched.watch();
    watched.hear({logged(1, {events::MessageEventKind::Sent, QStringLiteral("e1"), QStringLiteral("m1"), ours,
                             maria, QStringLiteral("Hello"), QStringLiteral("sent"), 5})});
    QCOMPARE(watched.model->rowCount(), 2);
    events::MessageFacts answer;
    answer.id = events::MessageId(QStringLiteral("m1"));
    watched.model->apply(valueOf(watched.open.store->intentAccepted(intent.intent, answer, at(6))));
    QCOMPARE(watched.model->rowCount(), 1);
    QCOMPARE(watched.model->index(0).data(MessageRowRole).toLongLong(), intent.message.value);
}

void TestMessageModel::messageThatMoves() {
    Watched watched;
    watched.watch();
    auto late = logged(1, {events::MessageEventKind::Finalized, QStringLiteral("e1"), QStringLiteral("m1"),
                           ours, maria, QStringLiteral("first"), QStringLiteral("delivered"), 50});
    watched.hear({late, said(2, QStringLiteral("second"), 20)});
    QCOMPARE(textsOf(*watched.model), (QStringList{QStringLiteral("second"), QStringLiteral("first")}));
    // The earlier event tells when it was really written.
    auto early = logged(3, {events::MessageEventKind::Sent, QStringLiteral("e2"), QStringLiteral("m1"), ours,
                            maria, QStringLiteral("first"), QStringLiteral("sent"), 10});
    watched.hear({early});
    QCOMPARE(textsOf(*watched.model), (QStringList{QStringLiteral("first"), QStringLiteral("second")}));
}

void TestMessageModel::otherConversationsDoNotMatter() {
    Watched watched;
    watched.watch();
    const auto other = logged(1, {events::MessageEventKind::Received,
                                  QStringLiteral("e"),
                                  QStringLiteral("m"),
                                  QStringLiteral("+13125550142"),
                                  ours,
                                  QStringLiteral("other"),
                                  {},
                                  1});
    watched.hear({other});
    QCOMPARE(watched.model->rowCount(), 0);
}

void TestMessageModel::roles() {
    Watched watched;
    valueOf(watched.open.store->rename(watched.id, QStringLiteral("Maria")));
    auto failing =
        logged(2, {events::MessageEventKind::Finalized, QStringLiteral("e2"), QStringLiteral("m2"), ours,
                   maria, QStringLiteral("On our way"), QStringLiteral("delivery_failed"), 60});
    factsOf(failing).errors = {
        {QStringLiteral("40008"), QStringLiteral("Undeliverable"), QStringLiteral("Refused.")}};
    valueOf(watched.open.store->applyEvents(relayLog, {said(1, QStringLiteral("Is it\nready?"), 0), failing},
                                            Arrival::Live));
    watched.watch();
    const QModelIndex first = watched.model->index(0);
    const QString time = QLocale().toString(at(0).toLocalTime().time(), QLocale::ShortFormat);
    QCOMPARE(first.data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Maria, %1, Received: Is it ready?").arg(time));
    QCOMPARE(first.data(MessageDayRole).toDate(), at(0).toLocalTime().date());
    const auto failed = watched.model->index(1).data(MessageRole).value<Message>();
    QCOMPARE(failed.state, MessageState::Failed);
    QCOMPARE(failed.failure->code, QStringLiteral("40008"));
    QCOMPARE(failed.failure->what, QStringLiteral("Undeliverable: Refused."));
    QVERIFY(!failed.failure->action.isEmpty());
    QVERIFY(watched.model->index(1)
                .data(Qt::AccessibleTextRole)
                .toString()
                .endsWith(QStringLiteral("On our way. Undeliverable: Refused.")));
}

void TestMessageModel::revisionFollowsContent() {
    Watched watched;
    valueOf(watched.open.store->applyEvents(
        relayLog,
        {logged(1, {events::MessageEventKind::Sent, QStringLiteral("e1"), QStringLiteral("m1"), ours, maria,
                    QStringLiteral("Hello"), QStringLiteral("sent"), 5})},
        Arrival::Live));
    watched.watch();
    const int before = watched.model->index(0).data(MessageRevisionRole).toInt();
    QCOMPARE(MessageModel(*watched.open.reader, watched.id).index(0).data(MessageRevisionRole).toInt(),
             before);
    watched.hear({logged(2, {events::MessageEventKind::Finalized, QStringLiteral("e2"), QStringLiteral("m1"),
                             ours, maria, QStringLiteral("Hello"), QStringLiteral("delivered"), 6})});
    QVERIFY(watched.model->index(0).data(MessageRevisionRole).toInt() != before);
}

void TestMessageModel::rename() {
    Watched watched;
    watched.watch();
    watched.hear({said(1, QStringLiteral("hi"), 0)});
    watched.model->apply(valueOf(watched.open.store->rename(watched.id, QStringLiteral("Maria"))));
    QVERIFY(watched.model->index(0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .startsWith(QStringLiteral("Maria, ")));
}

void TestMessageModel::aroundAMessage() {
    Watched watched;
    QList<store::LoggedEvent> events;
    QStringList texts;
    for (int i = 0; i < 1000; ++i) {
        events.append(said(i + 1, QString::number(i), i));
        texts.append(QString::number(i));
    }
    valueOf(watched.open.store->applyEvents(relayLog, events, Arrival::CatchingUp));
    const auto middle = watched.open.reader->firstSince(watched.id, at(500).toMSecsSinceEpoch());
    MessageModel model(*watched.open.reader, watched.id, middle->row);
    QCOMPARE(textsOf(model), texts.mid(400, 201));
    QCOMPARE(model.indexOf({middle->row.value}), 100);
    QVERIFY(model.hasNewer());
    QVERIFY(model.canFetchMore({}));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.fetchNewer();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().at(1).toInt(), 201);
    QCOMPARE(textsOf(model), texts.mid(400, 401));
    model.fetchNewer();
    QVERIFY(!model.hasNewer());
    while (model.canFetchMore({}))
        model.fetchMore({});
    QCOMPARE(textsOf(model), texts);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
}

void TestMessageModel::newerOnesWaitForTheirPage() {
    Watched watched;
    QList<store::LoggedEvent> events;
    for (int i = 0; i < 450; ++i)
        events.append(said(i + 1, QString::number(i), i));
    valueOf(watched.open.store->applyEvents(relayLog, events, Arrival::CatchingUp));
    const auto early = watched.open.reader->firstSince(watched.id, at(20).toMSecsSinceEpoch());
    watched.model = std::make_unique<MessageModel>(*watched.open.reader, watched.id, early->row);
    const MessageModel &model = *watched.model;
    QCOMPARE(model.rowCount(), 121);
    QVERIFY(!model.canFetchMore({}));
    watched.hear({said(451, QStringLiteral("now"), 1000)});
    QCOMPARE(model.rowCount(), 121);
    // One that belongs between those shown is shown.
    watched.hear({said(452, QStringLiteral("between"), 60)});
    QCOMPARE(model.rowCount(), 122);
    while (model.hasNewer())
        watched.model->fetchNewer();
    QCOMPARE(model.rowCount(), 452);
    QCOMPARE(textsOf(model).last(), QStringLiteral("now"));
    watched.hear({said(453, QStringLiteral("then"), 1001)});
    QCOMPARE(textsOf(model).last(), QStringLiteral("then"));
}

void TestMessageModel::aroundOneOfAnotherConversation() {
    Watched watched;
    const auto other = logged(1, {events::MessageEventKind::Received,
                                  QStringLiteral("e"),
                                  QStringLiteral("m"),
                                  QStringLiteral("+13125550142"),
                                  ours,
                                  QStringLiteral("other"),
                                  {},
                                  1});
    const Changes changes = valueOf(watched.open.store->applyEvents(
        relayLog, {other, said(2, QStringLiteral("mine"), 2)}, Arrival::Live));
    for (const store::MessageChange &change : changes.messages) {
        const MessageModel model(*watched.open.reader, watched.id, change.row);
        QCOMPARE(textsOf(model), QStringList{QStringLiteral("mine")});
        QVERIFY(!model.hasNewer());
    }
}

QTEST_GUILESS_MAIN(TestMessageModel)
#include "tst_message_model.moc"
