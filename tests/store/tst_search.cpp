#include "store/fixture.h"
#include "store/team.h"
#include "support/filled_store.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

/// The search field: names, numbers by any digits, and texts.
class TestSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void finds_data();
    void finds();
    void textsFollowTheirMessages();
    void oneConversation();
    void closedOnesAreFound();
    void inAFilledStore();

private:
    OpenStore m_open;
    QHash<QString, ConversationId> m_ids;
};

void TestSearch::initTestCase() {
    const auto add = [this](const QString &key, const QString &peer, const QString &name,
                            const QStringList &texts) {
        const auto id = valueOf(m_open.store->begin({peer, ours}, at(0)));
        m_ids.insert(key, id);
        valueOf(m_open.store->rename(id, name));
        for (int i = 0; i < texts.size(); ++i)
            valueOf(m_open.store->writeIntent(textTo(id, key + QString::number(i), texts.at(i), i)));
    };
    add(QStringLiteral("maria"), QStringLiteral("+12125550188"), QStringLiteral("María López"),
        {QStringLiteral("Your order A48213 is ready"), QStringLiteral("see you at five")});
    add(QStringLiteral("oneill"), QStringLiteral("+13125550142"), QStringLiteral("Pat O'Neill 100%"),
        {QStringLiteral("It's \"quoted\" (really)")});
    add(QStringLiteral("london"), QStringLiteral("+442079460958"), QString(),
        {QStringLiteral("Déjà vu, naïve café")});
}

void TestSearch::finds_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    const QStringList none, maria_{QStringLiteral("maria")}, oneill{QStringLiteral("oneill")},
        london{QStringLiteral("london")};
    QTest::newRow("nothing typed") << QStringLiteral("  ")
                                   << QStringList{QStringLiteral("london"), QStringLiteral("maria"),
                                                  QStringLiteral("oneill")};
    QTest::newRow("name without accents") << QStringLiteral("maria lop") << maria_;
    QTest::newRow("middle of a name") << QStringLiteral("ÓPEZ") << maria_;
    QTest::newRow("name with a quote") << QStringLiteral("o'neill") << oneill;
    QTest::newRow("per cent sign is a letter like others") << QStringLiteral("100%") << oneill;
    QTest::newRow("underscore is no wildcard") << QStringLiteral("mar_a") << none;
    QTest::newRow("last digits") << QStringLiteral("0188") << maria_;
    QTest::newRow("as people write it") << QStringLiteral("(212) 555-0188") << maria_;
    QTest::newRow("international") << QStringLiteral("+1 212 555") << maria_;
    QTest::newRow("national with trunk zero") << QStringLiteral("020 7946 0958") << london;
    QTest::newRow("digits of many") << QStringLiteral("2555")
                                    << QStringList{QStringLiteral("maria"), QStringLiteral("oneill")};
    QTest::newRow("word of a text") << QStringLiteral("order") << maria_;
    QTest::newRow("beginning of a word") << QStringLiteral("ord") << maria_;
    QTest::newRow("words in any order") << QStringLiteral("ready your") << maria_;
    QTest::newRow("words of different messages") << QStringLiteral("order five") << none;
    QTest::newRow("text without accents") << QStringLiteral("deja cafe") << london;
    QTest::newRow("order number") << QStringLiteral("a48213") << maria_;
    QTest::newRow("quotes and operators") << QStringLiteral("\"quoted\" OR (real") << none;
    QTest::newRow("quoted word") << QStringLiteral("\"quoted\"") << oneill;
    QTest::newRow("only signs") << QStringLiteral("*\"(") << none;
    QTest::newRow("one letter: names only") << QStringLiteral("m") << maria_;
    QTest::newRow("nobody") << QStringLiteral("zzz") << none;
}

void TestSearch::finds() {
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    QStringList names;
    for (const auto &key : m_open.reader->conversationKeys({ConversationFilter::Open, typed}))
        names.append(m_ids.key(key.id));
    names.sort();
    QVERIFY(!m_open.reader->takeError());
    QCOMPARE(names, found);
}

void TestSearch::textsFollowTheirMessages() {
    OpenStore open;
    const LogId log(QStringLiteral("log"));
    auto event = logged(1, {events::MessageEventKind::Sent, QStringLiteral("e1"), QStringLiteral("m1"), ours,
                            maria, QStringLiteral("abc"), QStringLiteral("sent"), 1});
    valueOf(open.store->applyEvents(log, {event}, Arrival::Live));
    event.seq = 2;
    event.event.id = events::EventId(QStringLiteral("e2"));
    factsOf(event).text = QStringLiteral("longer text");
    valueOf(open.store->applyEvents(log, {event}, Arrival::Live));
    const auto count = [&open](const QString &typed) {
        return open.reader->conversationKeys({ConversationFilter::Open, typed}).size();
    };
    QCOMPARE(count(QStringLiteral("abc")), 0);
    QCOMPARE(count(QStringLiteral("longer")), 1);
    // The row an event made goes when the answer shows whose it was; its text must not stay behind.
    const auto id = *open.reader->find({maria, ours});
    const auto intent =
        valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i"), QStringLiteral("typed here"))));
    events::MessageFacts answer;
    answer.id = events::MessageId(QStringLiteral("m1"));
    valueOf(open.store->intentAccepted(intent.intent, answer, at(3)));
    QCOMPARE(count(QStringLiteral("longer")), 0);
    QCOMPARE(count(QStringLiteral("typed")), 1);
}

void TestSearch::oneConversation() {
    const ConversationId id = m_ids.value(QStringLiteral("maria"));
    const auto wanted = [&](const QString &typed) {
        return m_open.reader->conversationKey({ConversationFilter::Open, typed}, id).has_value();
    };
    QVERIFY(wanted(QString()));
    QVERIFY(wanted(QStringLiteral("maria")));
    QVERIFY(wanted(QStringLiteral("0188")));
    QVERIFY(wanted(QStringLiteral("five")));
    QVERIFY(!wanted(QStringLiteral("order"))); // not in its newest message
    QVERIFY(!wanted(QStringLiteral("zzz")));
    QVERIFY(!m_open.reader->conversationKey({ConversationFilter::Unread, {}}, id));
}

void TestSearch::closedOnesAreFound() {
    OpenStore open;
    const auto id = valueOf(open.store->begin({maria, ours}, at(0)));
    valueOf(open.store->writeIntent(textTo(id, QStringLiteral("i"), QStringLiteral("see you at five"))));
    valueOf(open.store->queueFact({.id = QStringLiteral("f"),
                                   .fact = protocol::Closed{{maria, ours}, true},
                                   .conversation = {},
                                   .at = at(1)}));
    const auto found = [&](ConversationFilter filter, const QString &typed) {
        const bool one = open.reader->conversationKey({filter, typed}, id).has_value();
        const bool listed = !open.reader->conversationKeys({filter, typed}).isEmpty();
        return one == listed && listed;
    };
    using enum ConversationFilter;
    QVERIFY(!found(Open, QString()));
    QVERIFY(!found(Open, QStringLiteral("  ")));
    QVERIFY(found(Open, QStringLiteral("five")));
    QVERIFY(found(Open, QStringLiteral("0188")));
    QVERIFY(found(Closed, QStringLiteral("five")));
    QVERIFY(!found(Unassigned, QStringLiteral("five")));
    QVERIFY(!found(Open, QStringLiteral("zzz")));
}

void TestSearch::inAFilledStore() {
    const QTemporaryDir folder;
    QVERIFY(fillStore(folder.path(),
                      {.conversations = 50, .messages = 5000, .inFirst = 1000, .rareWordEvery = 1000}));
    const auto store = Store::open(folder.path());
    QVERIFY(store);
    const auto reader = *(*store)->openReader();
    QCOMPARE(reader->counts().open, 50);
    QCOMPARE(reader->newest(*reader->find({filledPeer(0), filledOwn()}), 5000).size(), 1000);
    const auto rare =
        reader->conversationKeys({ConversationFilter::Open, QStringLiteral("zirconium")}).size();
    QVERIFY(rare >= 1 && rare <= 5);
    QCOMPARE(reader->conversationKeys({ConversationFilter::Open, filledPeer(7).right(7)}).size(), 1);
    QVERIFY(!reader->takeError());
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
