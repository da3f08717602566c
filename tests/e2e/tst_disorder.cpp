#include "e2e/console_under_test.h"
#include "e2e/webhooks.h"
#include "e2e/world.h"

#include "store/reader.h"
#include "store/store.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace longcode;
using namespace longcode::tests;

namespace {

const QString own = QStringLiteral("+14155550100");

QString stamp(int second) {
    return QDateTime(QDate(2026, 3, 5), QTime(9, 0), Qt::UTC).addSecs(second).toString(Qt::ISODateWithMs);
}

QString id(const char *kind, int number) {
    return QStringLiteral("00000000-0000-4000-8000-%1%2")
        .arg(QLatin1String(kind))
        .arg(number, 11, 10, QLatin1Char('0'));
}

QString customer(int number) {
    return QStringLiteral("+1212555%1").arg(100 + number, 4, 10, QLatin1Char('0'));
}

QJsonObject inbound(int n, const QString &text, int second) {
    QJsonObject payload{
        {QStringLiteral("id"), id("a", n)},
        {QStringLiteral("record_type"), QStringLiteral("message")},
        {QStringLiteral("direction"), QStringLiteral("inbound")},
        {QStringLiteral("type"), QStringLiteral("SMS")},
        {QStringLiteral("from"), QJsonObject{{QStringLiteral("phone_number"), customer(n % 37)}}},
        {QStringLiteral("to"),
         QJsonArray{QJsonObject{{QStringLiteral("phone_number"), own},
                                {QStringLiteral("status"), QStringLiteral("webhook_delivered")}}}},
        {QStringLiteral("text"), text},
        {QStringLiteral("parts"), 1},
        {QStringLiteral("received_at"), stamp(second)}};
    if (text == QStringLiteral("STOP") || text == QStringLiteral("START"))
        payload[QStringLiteral("autoresponse_type")] = text;
    return messageEvent(QStringLiteral("message.received"), id("b", n), stamp(second), payload);
}

QJsonObject outbound(int n, const char *type, const char *status, int second) {
    QJsonObject payload{
        {QStringLiteral("id"), id("c", n)},
        {QStringLiteral("record_type"), QStringLiteral("message")},
        {QStringLiteral("direction"), QStringLiteral("outbound")},
        {QStringLiteral("type"), QStringLiteral("SMS")},
        {QStringLiteral("from"), QJsonObject{{QStringLiteral("phone_number"), own}}},
        {QStringLiteral("to"),
         QJsonArray{QJsonObject{{QStringLiteral("phone_number"), customer(n % 41)},
                                {QStringLiteral("status"), QLatin1String(status)},
                                {QStringLiteral("carrier"), QStringLiteral("T-Mobile USA")}}}},
        {QStringLiteral("text"), QStringLiteral("Answer %1").arg(n)},
        {QStringLiteral("parts"), 1 + n % 3},
        {QStringLiteral("received_at"), stamp(n * 3)}};
    if (QLatin1String(status) == QLatin1String("delivery_failed"))
        payload[QStringLiteral("errors")] =
            QJsonArray{QJsonObject{{QStringLiteral("code"), QStringLiteral("40008")},
                                   {QStringLiteral("title"), QStringLiteral("Undeliverable")}}};
    if (QLatin1String(type) == QLatin1String("message.finalized")) {
        payload[QStringLiteral("completed_at")] = stamp(second);
        payload[QStringLiteral("cost")] = QJsonObject{{QStringLiteral("amount"), QStringLiteral("0.0051")},
                                                      {QStringLiteral("currency"), QStringLiteral("USD")}};
    }
    return messageEvent(QLatin1String(type),
                        id(QLatin1String(type) == QLatin1String("message.sent") ? "d" : "e", n),
                        stamp(second), payload);
}

/// 800 different events of a busy morning, in the order they happened.
QList<QJsonObject> morning() {
    QList<QPair<int, QJsonObject>> timed;
    for (int n = 0; n < 300; ++n) {
        const QString text = n % 29 == 0   ? QStringLiteral("STOP")
                             : n % 31 == 0 ? QStringLiteral("START")
                                           : QStringLiteral("Question %1").arg(n);
        timed.append({n * 2, inbound(n, text, n * 2)});
    }
    for (int n = 0; n < 250; ++n) {
        timed.append({n * 3 + 1, outbound(n, "message.sent", "sent", n * 3 + 1)});
        const char *last = n % 11 == 0   ? "delivery_failed"
                           : n % 13 == 0 ? "delivery_unconfirmed"
                                         : "delivered";
        timed.append({n * 3 + 2, outbound(n, "message.finalized", last, n * 3 + 2)});
    }
    std::stable_sort(timed.begin(), timed.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<QJsonObject> events;
    for (const auto &[second, event] : timed)
        events.append(event);
    return events;
}

/// Everything a person can see of the store, without the numbers of its rows.
QString seen(const QString &profile) {
    const auto store = store::Store::open(profile);
    if (!store)
        return QStringLiteral("cannot open");
    const auto opened = (*store)->openReader();
    if (!opened)
        return QStringLiteral("cannot read");
    store::Reader &reader = **opened;
    QStringList lines;
    const auto keys = reader.conversationKeys({});
    for (const auto &key : keys) {
        const auto conversation = reader.conversation(key.id);
        lines.append(QStringLiteral("= %1 %2 unread %3 failed %4 %5 %6 carrier %7 stop %8")
                         .arg(conversation->parties.peer, conversation->parties.own)
                         .arg(conversation->unread)
                         .arg(conversation->failed)
                         .arg(conversation->preview, conversation->lastAt.toString(Qt::ISODateWithMs),
                              conversation->carrier,
                              conversation->optOut
                                  ? conversation->optOut->keyword +
                                        conversation->optOut->since.toString(Qt::ISODateWithMs)
                                  : QStringLiteral("no")));
        for (const auto &message : reader.newest(key.id, 10000))
            lines.append(QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8")
                             .arg(message.telnyxId.text(), message.at.toString(Qt::ISODateWithMs))
                             .arg(int(message.direction))
                             .arg(int(message.state))
                             .arg(message.segments)
                             .arg(message.text, message.cost ? message.cost->amount : QStringLiteral("-"),
                                  message.error ? message.error->code : QStringLiteral("-")));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// The same webhooks, once in order and once shuffled and repeated, end in the same conversations.
class DisorderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shuffledAndRepeatedEndsInTheSameState();

private:
    void deliver(const QList<QJsonObject> &events, qsizetype different, const QString &folder,
                 QString &state);
};

void DisorderTest::deliver(const QList<QJsonObject> &events, qsizetype different, const QString &folder,
                           QString &state) {
    QVERIFY(QDir().mkpath(folder));
    const WebhookSigner signer;
    World world;
    QVERIFY2(world.start(folder, signer.publicKey()), qPrintable(world.why()));
    const QString profile = folder + QStringLiteral("/profile");
    QVERIFY2(world.makeProfile(profile), qPrintable(world.why()));
    ConsoleUnderTest console;
    QVERIFY2(console.start(profile), qPrintable(console.why()));
    for (const QJsonObject &event : events)
        QCOMPARE(post(world.relayUrl(QStringLiteral("/webhooks/telnyx")), signer.sign(event)), 200);
    const QString last = QStringLiteral("event %1").arg(QLocale(QLocale::English).toString(different));
    QVERIFY2(ConsoleUnderTest::eventually(
                 [&] { return console.text(QStringLiteral("relayState")).contains(last); }, 30000),
             qPrintable(console.text(QStringLiteral("relayState"))));
    QVERIFY2(console.quit(), qPrintable(console.why()));
    state = seen(profile);
}

void DisorderTest::shuffledAndRepeatedEndsInTheSameState() {
    const QList<QJsonObject> ordered = morning();
    QCOMPARE(ordered.size(), 800);
    QList<QJsonObject> shuffled = ordered;
    std::mt19937 random(20260305);
    for (int n = 0; n < 200; ++n)
        shuffled.append(ordered[static_cast<qsizetype>(random() % 800)]);
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    QCOMPARE(shuffled.size(), 1000);

    const QTemporaryDir scratch;
    QString expected, actual;
    deliver(ordered, ordered.size(), scratch.filePath(QStringLiteral("ordered")), expected);
    if (QTest::currentTestFailed())
        return;
    deliver(shuffled, ordered.size(), scratch.filePath(QStringLiteral("shuffled")), actual);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(expected.count(QLatin1Char('\n')) + 1, 300 + 250 + 41); // messages, and customers
    QCOMPARE(actual, expected);
    qInfo("%lld bytes of state equal after 1,000 shuffled and repeated webhooks",
          static_cast<long long>(actual.toUtf8().size()));
}

QTEST_GUILESS_MAIN(DisorderTest)
#include "tst_disorder.moc"
