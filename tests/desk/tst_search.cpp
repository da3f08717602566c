#include "desk/live_search.h"
#include "store/fixture.h"
#include "store/reader.h"
#include "support/filled_store.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QFutureWatcher>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;

namespace {

SearchQuery textQuery(const QString &text) {
    SearchQuery query;
    query.text = text;
    return query;
}

struct OpenSearch {
    OpenStore open;
    LiveSearch search{*open.store};
    QAbstractItemModelTester tester{&search.hits(), QAbstractItemModelTester::FailureReportingMode::Fatal};

    store::ConversationId add(const QString &peer, const QString &name, const QStringList &texts) {
        const auto id = valueOf(open.store->begin({peer, ours}, at(0)));
        if (!name.isEmpty())
            valueOf(open.store->rename(id, name));
        for (int i = 0; i < texts.size(); ++i)
            valueOf(open.store->writeIntent(textTo(id, peer + QString::number(i), texts.at(i), i)));
        return id;
    }
    [[nodiscard]] SearchHit hit(int row) {
        return search.hits().index(row, 0).data(SearchHitRole).value<SearchHit>();
    }
};

QString markedPart(const QString &text, const QList<Mark> &marks) {
    return marks.size() == 1 ? text.sliced(marks.first().first, marks.first().second) : QString();
}

} // namespace

/// The search as the UI sees it: over a store, on a thread of its own.
class TestLiveSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void peopleFirst();
    void numbers();
    void pages();
    void lastKeyWins();
    void emptyAtOnce();
    void keepsHitsUntilNewOnes();
    void days();
    void places();
    void laterPlacesCancelEarlier();
    void goesWhileRunning();
    void brokenStore();
};

void TestLiveSearch::peopleFirst() {
    OpenSearch it;
    const auto id = it.add(maria, QStringLiteral("Ordóñez, María"), {QStringLiteral("your order is ready")});
    it.add(QStringLiteral("+13125550142"), QString(), {QStringLiteral("an order")});
    it.search.start(textQuery(QStringLiteral("ord")));
    QVERIFY(it.search.isRunning());
    QTRY_VERIFY(!it.search.isRunning());
    QCOMPARE(it.search.hits().rowCount(), 3);
    QCOMPARE(it.hit(0).kind, HitKind::Person);
    QCOMPARE(it.hit(0).conversation.value, id.value);
    QCOMPARE(it.hit(0).who, QStringLiteral("Ordóñez, María"));
    QCOMPARE(it.hit(0).snippet, QStringLiteral("+1 212-555-0188"));
    QCOMPARE(markedPart(it.hit(0).who, it.hit(0).whoMarks), QStringLiteral("Ord"));
    QCOMPARE(it.hit(1).kind, HitKind::Text);
    QCOMPARE(it.hit(1).who, QStringLiteral("+1 312-555-0142"));
    QCOMPARE(it.hit(1).snippet, QStringLiteral("an order"));
    QCOMPARE(markedPart(it.hit(1).snippet, it.hit(1).marks), QStringLiteral("ord"));
    QCOMPARE(it.hit(1).direction, Direction::Outbound);
    QCOMPARE(it.hit(2).who, QStringLiteral("Ordóñez, María"));
    QVERIFY(it.hit(2).message.isValid());
}

void TestLiveSearch::numbers() {
    OpenSearch it;
    it.add(QStringLiteral("+442079460958"), QString(), {QStringLiteral("hello")});
    for (const QString &typed :
         {QStringLiteral("0958"), QStringLiteral("020 7946 0958"), QStringLiteral("+44 (0)20 7946 0958")}) {
        it.search.start(textQuery(typed));
        QTRY_VERIFY(!it.search.isRunning());
        QCOMPARE(it.search.hits().rowCount(), 1);
        QVERIFY(markedPart(it.hit(0).snippet, it.hit(0).marks).endsWith(QStringLiteral("0958")));
    }
}

void TestLiveSearch::pages() {
    OpenSearch it;
    QStringList texts;
    for (int i = 0; i < 120; ++i)
        texts.append(QStringLiteral("order %1").arg(i));
    it.add(maria, QString(), texts);
    LiveSearch search(*it.open.store); // without the tester, which fetches more by itself
    QAbstractItemModel &hits = search.hits();
    search.start(textQuery(QStringLiteral("order")));
    QTRY_COMPARE(hits.rowCount(), 50);
    QVERIFY(hits.canFetchMore({}));
    hits.fetchMore({});
    QVERIFY(!hits.canFetchMore({})); // it is on its way
    QTRY_COMPARE(hits.rowCount(), 100);
    hits.fetchMore({});
    QTRY_COMPARE(hits.rowCount(), 120);
    QVERIFY(!hits.canFetchMore({}));
    for (int row = 0; row < 120; ++row)
        QCOMPARE(hits.index(row, 0).data(SearchHitRole).value<SearchHit>().snippet,
                 QStringLiteral("order %1").arg(119 - row));
}

void TestLiveSearch::lastKeyWins() {
    const QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(),
                      {.conversations = 20, .messages = 5000, .inFirst = 1000, .rareWordEvery = 1000}));
    const auto store = *store::Store::open(folder.path());
    LiveSearch search(*store);
    QSignalSpy failures(&search, &Search::failed);
    const QString typed = QStringLiteral("zirconium");
    for (int round = 0; round < 20; ++round) {
        for (int length = 1; length <= typed.size(); ++length)
            search.start(textQuery(typed.first(length)));
        QTRY_VERIFY(!search.isRunning());
        QCOMPARE(search.query().text, typed);
        QCOMPARE(search.hits().rowCount(), 5);
        const auto hit = search.hits().index(0, 0).data(SearchHitRole).value<SearchHit>();
        QCOMPARE(markedPart(hit.snippet, hit.marks), typed);
    }
    QCOMPARE(failures.size(), 0);
}

void TestLiveSearch::emptyAtOnce() {
    OpenSearch it;
    it.add(maria, QString(), {QStringLiteral("order")});
    it.search.start(textQuery(QStringLiteral("order")));
    it.search.start(textQuery(QStringLiteral("  ")));
    QVERIFY(!it.search.isRunning());
    QCOMPARE(it.search.hits().rowCount(), 0);
    it.search.start(textQuery(QStringLiteral("order")));
    QTRY_COMPARE(it.search.hits().rowCount(), 1);
}

void TestLiveSearch::keepsHitsUntilNewOnes() {
    OpenSearch it;
    it.add(maria, QString(), {QStringLiteral("order")});
    it.search.start(textQuery(QStringLiteral("order")));
    QTRY_COMPARE(it.search.hits().rowCount(), 1);
    it.search.start(textQuery(QStringLiteral("orderly")));
    QCOMPARE(it.search.hits().rowCount(), 1);
    QTRY_COMPARE(it.search.hits().rowCount(), 0);
}

void TestLiveSearch::days() {
    OpenSearch it;
    it.add(maria, QString(), {QStringLiteral("order")});
    SearchQuery query;
    query.from = query.to = at(0).toLocalTime().date();
    it.search.start(query);
    QTRY_COMPARE(it.search.hits().rowCount(), 1); // the day is whole, and no text is asked for
    query.to = query.from = query.from.addDays(1);
    it.search.start(query);
    QTRY_COMPARE(it.search.hits().rowCount(), 0);
    query = {};
    query.state = MessageState::Waiting;
    it.search.start(query);
    QTRY_COMPARE(it.search.hits().rowCount(), 1);
    query.own = phone::fromWire(QStringLiteral("+19995550100"));
    it.search.start(query);
    QTRY_COMPARE(it.search.hits().rowCount(), 0);
}

void TestLiveSearch::places() {
    OpenSearch it;
    const auto id = it.add(maria, QString(),
                           {QStringLiteral("order one"), QStringLiteral("no"), QStringLiteral("order two")});
    it.add(QStringLiteral("+13125550142"), QString(), {QStringLiteral("order")});
    auto found = it.search.findIn({id.value}, QStringLiteral("order"));
    QTRY_VERIFY(found.isFinished());
    QCOMPARE(found.result()->size(), 2);
    QVERIFY(found.result()->at(0) > found.result()->at(1));
    found = it.search.findIn({id.value}, QStringLiteral("zzz"));
    QTRY_VERIFY(found.isFinished());
    QVERIFY(found.result()->isEmpty());
}

void TestLiveSearch::laterPlacesCancelEarlier() {
    OpenSearch it;
    const auto id = it.add(maria, QString(), {QStringLiteral("order one")});
    const auto first = it.search.findIn({id.value}, QStringLiteral("or"));
    const auto second = it.search.findIn({id.value}, QStringLiteral("order"));
    QVERIFY(first.isCanceled());
    QTRY_VERIFY(second.isFinished());
    QCOMPARE(second.result()->size(), 1);
}

void TestLiveSearch::goesWhileRunning() {
    const QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(), {.conversations = 20, .messages = 5000, .inFirst = 1000}));
    const auto store = *store::Store::open(folder.path());
    QFuture<Result<QList<MessageRow>, Failure>> found;
    {
        LiveSearch search(*store);
        search.start(textQuery(QStringLiteral("you")));
        found = search.findIn({1}, QStringLiteral("you"));
    }
    QVERIFY(found.isFinished());
}

void TestLiveSearch::brokenStore() {
    OpenSearch it;
    it.add(maria, QString(), {QStringLiteral("order")});
    const QString path = it.open.store->path();
    QSignalSpy failures(&it.search, &Search::failed);
    // Its reader is opened at the first search; by then the file is none of SQLite's.
    const QString aside = path + QStringLiteral(".aside");
    QVERIFY(QFile::rename(path, aside));
    QFile noise(path);
    QVERIFY(noise.open(QIODevice::WriteOnly));
    noise.write(QByteArray(8192, 'x'));
    noise.close();
    it.search.start(textQuery(QStringLiteral("order")));
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(!it.search.isRunning());
    QVERIFY(!failures.first().first().value<Failure>().remedy.isEmpty());
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::rename(aside, path));
    it.search.start(textQuery(QStringLiteral("order")));
    QTRY_COMPARE(it.search.hits().rowCount(), 1);
}

QTEST_GUILESS_MAIN(TestLiveSearch)
#include "tst_search.moc"
