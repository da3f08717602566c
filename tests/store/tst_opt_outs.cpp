#include "store/desk_values.h"
#include "store/fixture.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

const LogId relayLog(QStringLiteral("log"));
const QString sales(QStringLiteral("+14155550100"));
const QString support(QStringLiteral("+14155550101"));
const QString elsewhere(QStringLiteral("+14155550102"));
const QString tollFree(QStringLiteral("+18005550100"));

SenderRecord senderIn(const QString &address, const QString &profile,
                      sms::SenderKind kind = sms::SenderKind::LongCode) {
    return {address, profile, profile, kind, false, true, {}};
}

} // namespace

/// Who must not be texted from which of our senders.
class TestOptOuts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keywordHoldsForTheProfile_data();
    void keywordHoldsForTheProfile();
    void tollFreeStandsAlone();
    void sendersComeLater();
    void anotherSenderOfAConversation();
    void listed_data();
    void listed();
    void startLiftsAListedOne();
    void listIsReplaced();
    void stretches();
    void suppressedAreKept();

private:
    Reader &reader() { return *m_open->reader; }
    Store &store() { return *m_open->store; }
    void says(const QString &text, int second, const QString &own = sales) {
        const QString id = QStringLiteral("m%1").arg(++m_seq);
        valueOf(store().applyEvents(relayLog,
                                    {logged(m_seq, {events::MessageEventKind::Received,
                                                    id + QStringLiteral("r"),
                                                    id,
                                                    maria,
                                                    own,
                                                    text,
                                                    {},
                                                    second})},
                                    Arrival::Live));
    }
    std::optional<OptOutRecord> optOut(const QString &own) {
        return reader().conversation(valueOf(store().begin({maria, own}, at(0))))->optOut;
    }

    std::unique_ptr<OpenStore> m_open;
    qint64 m_seq = 0;
};

void TestOptOuts::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_open = std::make_unique<OpenStore>(StoreLimits{}, Place::Memory);
    m_seq = 0;
    valueOf(store().replaceSenders({senderIn(sales, QStringLiteral("p1")),
                                    senderIn(support, QStringLiteral("p1")),
                                    senderIn(elsewhere, QStringLiteral("p2")),
                                    senderIn(tollFree, QStringLiteral("p1"), sms::SenderKind::TollFree)}));
}

void TestOptOuts::keywordHoldsForTheProfile_data() {
    QTest::addColumn<QString>("own");
    QTest::addColumn<bool>("blocked");
    QTest::newRow("that sender") << sales << true;
    QTest::newRow("same profile") << support << true;
    QTest::newRow("another profile") << elsewhere << false;
    QTest::newRow("toll-free of the profile") << tollFree << false;
}

void TestOptOuts::keywordHoldsForTheProfile() {
    QFETCH(QString, own);
    QFETCH(bool, blocked);
    const auto id = valueOf(store().begin({maria, own}, at(0)));
    says(QStringLiteral(" Stop "), 5);
    QCOMPARE(optOut(own),
             blocked ? std::optional(OptOutRecord{at(5), QStringLiteral("Stop")}) : std::nullopt);
    QCOMPARE(!reader().conversationKeys({ConversationFilter::OptedOut, {}}).isEmpty(), true);
    QCOMPARE(reader().conversationKey({ConversationFilter::OptedOut, {}}, id).has_value(), blocked);
    says(QStringLiteral("START"), 9, own == support ? support : sales);
    QVERIFY(!optOut(own));
}

void TestOptOuts::tollFreeStandsAlone() {
    says(QStringLiteral("STOP"), 5, tollFree);
    QVERIFY(optOut(tollFree));
    QVERIFY(!optOut(sales));
    says(QStringLiteral("START"), 6, sales);
    QVERIFY(optOut(tollFree));
    says(QStringLiteral("START"), 7, tollFree);
    QVERIFY(!optOut(tollFree));
}

void TestOptOuts::sendersComeLater() {
    valueOf(store().replaceSenders({}));
    const auto id = valueOf(store().begin({maria, support}, at(0)));
    says(QStringLiteral("STOP"), 5);
    QVERIFY(!optOut(support));
    const Changes changes = valueOf(store().replaceSenders(
        {senderIn(sales, QStringLiteral("p1")), senderIn(support, QStringLiteral("p1"))}));
    QVERIFY(changes.sendersChanged);
    QVERIFY(changes.conversations.contains(id));
    QVERIFY(optOut(support));
}

void TestOptOuts::anotherSenderOfAConversation() {
    says(QStringLiteral("STOP"), 5);
    const auto id = *reader().find({maria, sales});
    valueOf(store().setSender(id, elsewhere));
    QVERIFY(!reader().conversation(id)->optOut);
    valueOf(store().setSender(id, support));
    QVERIFY(reader().conversation(id)->optOut);
}

void TestOptOuts::listed_data() {
    QTest::addColumn<QString>("listedOwn");
    QTest::addColumn<QString>("listedProfile");
    QTest::addColumn<QString>("own");
    QTest::addColumn<bool>("blocked");
    const QString p1(QStringLiteral("p1"));
    QTest::newRow("that sender") << sales << QString() << sales << true;
    QTest::newRow("another sender, no profile") << sales << QString() << support << false;
    QTest::newRow("its profile") << QString() << p1 << support << true;
    QTest::newRow("sender and profile") << sales << p1 << support << true;
    QTest::newRow("another profile") << sales << p1 << elsewhere << false;
    QTest::newRow("everything") << QString() << QString() << elsewhere << true;
    QTest::newRow("toll-free listed, profile alike") << tollFree << p1 << sales << false;
    QTest::newRow("toll-free listed") << tollFree << p1 << tollFree << true;
    QTest::newRow("toll-free, other listed") << sales << p1 << tollFree << false;
}

void TestOptOuts::listed() {
    QFETCH(QString, listedOwn);
    QFETCH(QString, listedProfile);
    QFETCH(QString, own);
    QFETCH(bool, blocked);
    const auto id = valueOf(store().begin({maria, own}, at(0)));
    const Changes changes = valueOf(store().replaceListedBlocks(
        {{maria, listedOwn, listedProfile, QStringLiteral("QUIT"), at(7)}}, at(9)));
    QVERIFY(changes.blocksChanged);
    QCOMPARE(changes.conversations, QList{id});
    QCOMPARE(reader().listedBlocks(), 1);
    QCOMPARE(reader().conversation(id)->optOut,
             blocked ? std::optional(OptOutRecord{at(7), QStringLiteral("QUIT")}) : std::nullopt);
    QCOMPARE(reader().blocks({maria, own}).size(), blocked ? 1 : 0);
    QCOMPARE(reader().counts().optedOut, blocked ? 1 : 0);
}

void TestOptOuts::startLiftsAListedOne() {
    const ListedBlock block{maria, sales, QStringLiteral("p1"), QStringLiteral("STOP"), at(10)};
    valueOf(store().replaceListedBlocks({block}, at(20)));
    says(QStringLiteral("START"), 9);
    QVERIFY(optOut(sales));
    says(QStringLiteral("START"), 15);
    QVERIFY(!optOut(sales));
    QCOMPARE(reader().blocks({maria, sales}),
             (QList<BlockRecord>{{BlockSource::List, maria, sales, QStringLiteral("p1"),
                                  QStringLiteral("STOP"), at(10), at(15)}}));
}

void TestOptOuts::listIsReplaced() {
    const auto id = valueOf(store().begin({maria, sales}, at(0)));
    const ListedBlock one{maria, sales, {}, {}, at(1)};
    const ListedBlock two{QStringLiteral("+12125550199"), sales, {}, {}, at(2)};
    valueOf(store().replaceListedBlocks({one, two, one}, at(3)));
    QCOMPARE(reader().listedBlocks(), 2);
    QCOMPARE(optOut(sales)->keyword, QStringLiteral("STOP"));
    QVERIFY(valueOf(store().replaceListedBlocks({two, one}, at(4))).isEmpty());
    const Changes changes = valueOf(store().replaceListedBlocks({two}, at(5)));
    QVERIFY(changes.blocksChanged);
    QCOMPARE(changes.conversations, QList{id});
    QVERIFY(!optOut(sales));
    // Without a time it holds as of the reading.
    says(QStringLiteral("START"), 50);
    valueOf(store().replaceListedBlocks({{maria, {}, {}, {}, {}}}, at(60)));
    QCOMPARE(optOut(sales)->since, at(60));
}

void TestOptOuts::stretches() {
    const QList<std::pair<QString, int>> said{{QStringLiteral("STOP"), 10},
                                              {QStringLiteral("quit"), 20},
                                              {QStringLiteral("START"), 30},
                                              {QStringLiteral("START"), 40},
                                              {QStringLiteral("stop"), 50}};
    for (const auto &[text, second] : said)
        says(text, second);
    const auto block = [](const QString &word, int since, const QDateTime &lifted) {
        return BlockRecord{BlockSource::Keyword, maria, sales, {}, word, at(since), lifted};
    };
    QCOMPARE(reader().blocks({maria, support}),
             (QList{block(QStringLiteral("stop"), 50, {}), block(QStringLiteral("STOP"), 10, at(30))}));
    QVERIFY(reader().blocks({maria, elsewhere}).isEmpty());
}

void TestOptOuts::suppressedAreKept() {
    const auto id = valueOf(store().begin({maria, sales}, at(0)));
    const NewSuppressed one{at(1), id, IntentId(QStringLiteral("i1")), QStringLiteral("hi"),
                            QStringLiteral("opted out")};
    QVERIFY(valueOf(store().recordSuppressed(one)).suppressedChanged);
    // The same intent once; without an intent each counts.
    QVERIFY(valueOf(store().recordSuppressed(one)).isEmpty());
    NewSuppressed other{at(2), id, {}, QStringLiteral("again"), QStringLiteral("opted out")};
    valueOf(store().recordSuppressed(other));
    valueOf(store().recordSuppressed(other));
    m_open->reopen();
    const auto all = reader().suppressed(10);
    QCOMPARE(all.size(), 3);
    QCOMPARE(
        all.last(),
        (SuppressedRecord{1, at(1), id, {maria, sales}, QStringLiteral("hi"), QStringLiteral("opted out")}));
    QCOMPARE(reader().suppressed(10, all.first().row), all.mid(1));
    QCOMPARE(reader().suppressed(1).size(), 1);
    other.conversation = {99};
    QCOMPARE(errorOf(store().recordSuppressed(other)), StoreErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestOptOuts)
#include "tst_opt_outs.moc"
