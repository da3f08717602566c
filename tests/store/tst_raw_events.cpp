#include "store/desk_values.h"
#include "store/fixture.h"

#include <QRegularExpression>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

using Kind = events::MessageEventKind;

const LogId relayLog(QStringLiteral("log"));
const QString eventId(QStringLiteral("b301ed3f-1490-491f-995f-6e64e69674d4"));

LoggedEvent signedEvent(qint64 seq, const QString &id, int second) {
    LoggedEvent event = logged(
        seq, {Kind::Received, id, QStringLiteral("m1"), maria, ours, QStringLiteral("hi"), {}, second});
    event.event.type = QStringLiteral("message.received");
    event.body = QByteArrayLiteral("{ \"data\" : {\"id\":\"x\", \"text\":\"h\\u00ef\"}}\n");
    event.signature = QByteArray(64, '\x7f').toBase64();
    event.timestamp = QByteArrayLiteral("1772735400");
    return event;
}

} // namespace

/// Events as they came, byte by byte.
class TestRawEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comeBackAsTheyCame_data();
    void comeBackAsTheyCame();
    void keptOnceAndSigned();
    void withoutABodyNothingIsKept();
    void recoveredOnesSaySo();
    void moveWithTheirMessage();

private:
    QList<RawEventRecord> kept() {
        const auto id = *m_open->reader->find({maria, ours});
        return m_open->reader->rawEvents(m_open->reader->newest(id, 1).first().row);
    }
    std::unique_ptr<OpenStore> m_open;
};

void TestRawEvents::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_open = std::make_unique<OpenStore>(StoreLimits{}, Place::Memory);
}

void TestRawEvents::comeBackAsTheyCame_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<QByteArray>("timestamp");
    const QByteArray signature = QByteArray(64, '\x01').toBase64();
    const QString received(QStringLiteral("message.received"));
    QTest::newRow("usual") << eventId << received << signature << QByteArrayLiteral("1772735400");
    QTest::newRow("upper case id") << eventId.toUpper() << received << signature << QByteArrayLiteral("1");
    QTest::newRow("no UUID") << QStringLiteral("sha256:abc") << received << signature
                             << QByteArrayLiteral("1");
    QTest::newRow("nil UUID") << QStringLiteral("00000000-0000-0000-0000-000000000000") << received
                              << signature << QByteArrayLiteral("1");
    QTest::newRow("odd type") << eventId << QStringLiteral("message.teleported") << signature
                              << QByteArrayLiteral("1");
    QTest::newRow("no type") << eventId << QString() << signature << QByteArrayLiteral("1");
    QTest::newRow("no headers") << eventId << received << QByteArray() << QByteArray();
    QTest::newRow("odd headers") << eventId << received << QByteArrayLiteral("not base64!")
                                 << QByteArrayLiteral("007");
    QTest::newRow("base64 without its end")
        << eventId << received << QByteArrayLiteral("AQ") << QByteArrayLiteral("+5");
}

void TestRawEvents::comeBackAsTheyCame() {
    QFETCH(QString, id);
    QFETCH(QString, type);
    QFETCH(QByteArray, signature);
    QFETCH(QByteArray, timestamp);
    LoggedEvent event = signedEvent(1, id, 5);
    event.event.type = type;
    event.signature = signature;
    event.timestamp = timestamp;
    valueOf(m_open->store->applyEvents(relayLog, {event}, Arrival::Live));
    m_open->reopen();
    const auto records = kept();
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.first().eventId, id);
    QCOMPARE(records.first().type, type);
    QCOMPARE(records.first().receivedAt, at(5));
    QCOMPARE(records.first().body, event.body);
    QCOMPARE(records.first().signature, signature);
    QCOMPARE(records.first().timestamp, timestamp);
    QCOMPARE(records.first().source, QStringLiteral("webhook"));
}

void TestRawEvents::keptOnceAndSigned() {
    LoggedEvent bare = signedEvent(1, eventId, 5);
    bare.signature.clear();
    valueOf(m_open->store->applyEvents(relayLog, {bare}, Arrival::Live));
    QVERIFY(kept().value(0).signature.isEmpty());
    valueOf(m_open->store->applyEvents(relayLog, {signedEvent(2, eventId, 6), signedEvent(3, eventId, 7)},
                                       Arrival::Live));
    QCOMPARE(kept().size(), 1);
    QCOMPARE(kept().first().signature, signedEvent(2, eventId, 6).signature);
    bare.seq = 4;
    LoggedEvent second = signedEvent(5, QStringLiteral("other"), 1);
    valueOf(m_open->store->applyEvents(relayLog, {bare, second}, Arrival::Live));
    QCOMPARE(kept().size(), 2);
    QCOMPARE(kept().first().eventId, QStringLiteral("other"));
    QVERIFY(!kept().last().signature.isEmpty());
}

void TestRawEvents::withoutABodyNothingIsKept() {
    LoggedEvent event = signedEvent(1, eventId, 5);
    event.body.clear();
    valueOf(m_open->store->applyEvents(relayLog, {event}, Arrival::Live));
    QVERIFY(kept().isEmpty());
}

void TestRawEvents::recoveredOnesSaySo() {
    LoggedEvent event = signedEvent(0, eventId, 5);
    event.signature.clear();
    valueOf(m_open->store->applyRecovered({event}));
    QCOMPARE(kept().value(0).source, QStringLiteral("webhook_deliveries"));
    event.event.id = events::EventId(QStringLiteral("d"));
    event.source = QStringLiteral("detail_records");
    valueOf(m_open->store->applyRecovered({event}));
    event.event.id = events::EventId(QStringLiteral("e"));
    event.source = QStringLiteral("by carrier pigeon");
    valueOf(m_open->store->applyRecovered({event}));
    QCOMPARE(kept().value(1).source, QStringLiteral("detail_records"));
    QCOMPARE(kept().value(2).source, QStringLiteral("by carrier pigeon"));
}

void TestRawEvents::moveWithTheirMessage() {
    const auto id = valueOf(m_open->store->begin({maria, ours}, at(0)));
    const auto intent =
        valueOf(m_open->store->writeIntent(textTo(id, QStringLiteral("i1"), QStringLiteral("hi"))));
    valueOf(m_open->store->intentHandedOver(intent.intent, at(0)));
    LoggedEvent event = logged(1, {Kind::Sent, eventId, QStringLiteral("m1"), ours, maria,
                                   QStringLiteral("hi"), QStringLiteral("sent"), 5});
    event.body = QByteArrayLiteral("{}");
    valueOf(m_open->store->applyEvents(relayLog, {event}, Arrival::Live));
    QVERIFY(m_open->reader->rawEvents(intent.message).isEmpty());
    events::MessageFacts answer;
    answer.id = events::MessageId(QStringLiteral("m1"));
    valueOf(m_open->store->intentAccepted(intent.intent, answer, at(6)));
    QCOMPARE(m_open->reader->rawEvents(intent.message).size(), 1);
    QCOMPARE(m_open->reader->newest(id, 10).size(), 1);
}

QTEST_GUILESS_MAIN(TestRawEvents)
#include "tst_raw_events.moc"
