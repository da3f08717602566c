#include "desk/convert.h"
#include "desk/live_transcripts.h"
#include "desk/store_sink.h"
#include "store/desk_values.h"
#include "store/fixture.h"
#include "support/manual_clock.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <sodium.h>

using namespace longcode;
using namespace longcode::desk;
using namespace longcode::tests;

namespace {

/// Signs as Telnyx does, straight with libsodium.
struct Key {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> shown{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
    Key() {
        if (sodium_init() < 0)
            qFatal("no sodium");
        crypto_sign_keypair(shown.data(), secret.data());
    }
    [[nodiscard]] QByteArray sign(const QByteArray &bytes) const {
        QByteArray signature(crypto_sign_BYTES, '\0');
        crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                             reinterpret_cast<const unsigned char *>(bytes.constData()),
                             static_cast<unsigned long long>(bytes.size()), secret.data());
        return signature.toBase64();
    }
    [[nodiscard]] bool verifies(const QByteArray &signature, const QByteArray &bytes) const {
        return signature.size() == qsizetype(crypto_sign_BYTES) &&
               crypto_sign_verify_detached(reinterpret_cast<const unsigned char *>(signature.constData()),
                                           reinterpret_cast<const unsigned char *>(bytes.constData()),
                                           static_cast<unsigned long long>(bytes.size()), shown.data()) == 0;
    }
};

QByteArray webhook(int number, const QByteArray &text) {
    const QByteArray id = QByteArray::number(number);
    return "{ \"data\": {\"id\":\"e" + id +
           "\", \"event_type\":\"message.received\",\"occurred_at\":\"2026-03-05T18:30:00.000Z\",\n"
           "\"payload\":{\"id\":\"m" +
           id +
           "\",\"direction\":\"inbound\",\"from\":{\"phone_number\":\"+12125550188\"},\"to\":[{\"phone_"
           "number\":"
           "\"+14155550100\",\"status\":\"webhook_delivered\"}],\"text\":\"" +
           text + "\",\"received_at\":\"2026-03-05T18:30:0" + id.right(1) + ".000Z\"}}}";
}

struct Rig {
    OpenStore open{{}, Place::Memory};
    ManualClock clock;
    StoreSink sink{*open.store, *open.reader, clock};
    LiveTranscripts transcripts{*open.store, *open.reader, QStringLiteral("Test & Co"), clock};
    Key key;

    void hear(const QList<QByteArray> &bodies) {
        LogBatch batch;
        batch.logId = QStringLiteral("log");
        for (const QByteArray &body : bodies) {
            protocol::LogEntry entry;
            entry.seq = ++seq;
            entry.receivedAt = at(static_cast<int>(seq));
            entry.body = body;
            entry.timestamp = "1772735400";
            entry.signature = key.sign(entry.timestamp + '|' + body);
            batch.events.append(entry);
        }
        sink.apply(batch).waitForFinished();
    }
    [[nodiscard]] ConversationId conversation() { return toDesk(*open.reader->find({maria, ours})); }
    QByteArray written(TranscriptFormat format, qint64 messages) {
        const QString path = open.folder.filePath(QStringLiteral("out"));
        const auto future = transcripts.write(conversation(), path, format);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000) || !future.result() ||
            *future.result() != messages)
            return {};
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    qint64 seq = 0;
};

} // namespace

class TestTranscripts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void aStrangerCanVerify();
    void tellsEverythingOfAMessage();
    void longOnesInPages();
    void csvRunsNothing();
    void headAndLines();
    void eachMessageNamesItsSender();
    void nothingIsReplacedWhenItFails();
};

void TestTranscripts::aStrangerCanVerify() {
    Rig rig;
    const QByteArray body = webhook(1, "Gr\xC3\xBC\xC3\x9F"
                                       "e \\\"x\\\" \\u00e9");
    rig.hear({body});
    const QByteArray bytes = rig.written(TranscriptFormat::Json, 1);
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(bytes, &error).object();
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    QCOMPARE(json[QLatin1String("verify")][QLatin1String("algorithm")].toString(), QStringLiteral("Ed25519"));
    QCOMPARE(json[QLatin1String("verify")][QLatin1String("signed_bytes")].toString(),
             QStringLiteral("timestamp|body"));
    QCOMPARE(json[QLatin1String("account")].toString(), QStringLiteral("Test & Co"));
    const QJsonValue event = json[QLatin1String("messages")][0][QLatin1String("events")][0];
    const QByteArray told = QByteArray::fromBase64(event[QLatin1String("body")].toString().toLatin1());
    QCOMPARE(told, body);
    const QByteArray timestamp = event[QLatin1String("timestamp")].toString().toLatin1();
    const QByteArray signature =
        QByteArray::fromBase64(event[QLatin1String("signature")].toString().toLatin1());
    QVERIFY(rig.key.verifies(signature, timestamp + '|' + told));
    // One bit anywhere, and it is not the same any more.
    for (const qsizetype place : {qsizetype(0), told.size() / 2, told.size() - 1}) {
        QByteArray forged = told;
        forged[place] = static_cast<char>(forged[place] ^ 1);
        QVERIFY(!rig.key.verifies(signature, timestamp + '|' + forged));
    }
    QVERIFY(!rig.key.verifies(signature, "1772735401|" + told));
}

void TestTranscripts::tellsEverythingOfAMessage() {
    Rig rig;
    rig.hear({webhook(1, "hi")});
    auto failing =
        logged(1, {events::MessageEventKind::Finalized, QStringLiteral("x1"), QStringLiteral("y1"), ours,
                   maria, QStringLiteral("<b>no</b>"), QStringLiteral("delivery_failed"), 60});
    factsOf(failing).errors = {
        {QStringLiteral("40008"), QStringLiteral("Undeliverable"), QStringLiteral("Refused.")}};
    factsOf(failing).cost = events::Money{QStringLiteral("0.0051"), QStringLiteral("USD")};
    factsOf(failing).parts = 2;
    valueOf(
        rig.open.store->applyEvents(store::LogId(QStringLiteral("log2")), {failing}, store::Arrival::Live));
    const QByteArray bytes = rig.written(TranscriptFormat::Json, 2);
    const QJsonArray messages = QJsonDocument::fromJson(bytes).object()[QLatin1String("messages")].toArray();
    QCOMPARE(messages.size(), 2);
    const QJsonValue sent = messages[1];
    QCOMPARE(sent[QLatin1String("direction")].toString(), QStringLiteral("outbound"));
    QCOMPARE(sent[QLatin1String("state")].toString(), QStringLiteral("failed"));
    QCOMPARE(sent[QLatin1String("text")].toString(), QStringLiteral("<b>no</b>"));
    QCOMPARE(sent[QLatin1String("error")][QLatin1String("code")].toString(), QStringLiteral("40008"));
    QCOMPARE(sent[QLatin1String("cost")][QLatin1String("amount")].toString(), QStringLiteral("0.0051"));
    QCOMPARE(sent[QLatin1String("parts")].toInt(), 2);
    QCOMPARE(sent[QLatin1String("at")].toString(), QStringLiteral("2026-03-05T18:31:00.000Z"));
}

void TestTranscripts::longOnesInPages() {
    Rig rig;
    QList<store::LoggedEvent> events;
    for (int i = 1; i <= 1700; ++i)
        events.append(logged(i, {events::MessageEventKind::Received,
                                 QStringLiteral("e%1").arg(i),
                                 QStringLiteral("m%1").arg(i),
                                 maria,
                                 ours,
                                 QString::number(i),
                                 {},
                                 i / 3}));
    valueOf(rig.open.store->applyEvents(store::LogId(QStringLiteral("log")), events, store::Arrival::Live));
    const QJsonArray messages = QJsonDocument::fromJson(rig.written(TranscriptFormat::Json, 1700))
                                    .object()[QLatin1String("messages")]
                                    .toArray();
    QCOMPARE(messages.size(), 1700);
    QSet<QString> texts;
    for (const QJsonValue &message : messages)
        texts.insert(message[QLatin1String("text")].toString());
    QCOMPARE(texts.size(), 1700);
    QCOMPARE(rig.written(TranscriptFormat::Csv, 1700).count("\r\n"), 1701);
}

void TestTranscripts::csvRunsNothing() {
    Rig rig;
    rig.hear(
        {webhook(1, "=cmd|' /C calc'!A0"), webhook(2, "two\\nlines, \\\"quoted\\\""), webhook(3, "@SUM(1)")});
    const QByteArray bytes = rig.written(TranscriptFormat::Csv, 3);
    QVERIFY(bytes.startsWith("\xEF\xBB\xBF"));
    QVERIFY2(bytes.contains("\"'=cmd|' /C calc'!A0\""), bytes.constData());
    QVERIFY(bytes.contains(",'@SUM(1),"));
    QVERIFY(bytes.contains("\"two\nlines, \"\"quoted\"\"\""));
    QVERIFY(bytes.contains("+12125550188,+14155550100"));
}

void TestTranscripts::headAndLines() {
    Rig rig;
    rig.hear({webhook(1, "one"), webhook(2, "two"), webhook(3, "three")});
    valueOf(rig.open.store->rename(toStore(rig.conversation()), QStringLiteral("Maria")));
    const TranscriptHead head = rig.transcripts.head(rig.conversation());
    QCOMPARE(head.name, QStringLiteral("Maria"));
    QCOMPARE(head.messages, 3);
    QCOMPARE(head.peer.wire(), maria);
    QCOMPARE(head.own.wire(), ours);
    QCOMPARE(head.account, QStringLiteral("Test & Co"));
    QCOMPARE(head.from.toString(Qt::ISODate), QStringLiteral("2026-03-05T18:30:01Z"));
    QCOMPARE(head.to.toString(Qt::ISODate), QStringLiteral("2026-03-05T18:30:03Z"));
    const auto future = rig.transcripts.lines(rig.conversation(), 2);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result());
    QCOMPARE(future.result()->size(), 2);
    QCOMPARE(future.result()->at(0).text, QStringLiteral("two"));
    QCOMPARE(future.result()->at(1).text, QStringLiteral("three"));
    QCOMPARE(future.result()->at(0).state, QString());
}

// Whatever the conversation answers from now.
void TestTranscripts::eachMessageNamesItsSender() {
    Rig rig;
    const QString tollFree(QStringLiteral("+18885550142"));
    rig.hear({webhook(1, "one")});
    valueOf(rig.open.store->setSender(toStore(rig.conversation()), tollFree));
    valueOf(rig.open.store->writeIntent(
        textTo(toStore(rig.conversation()), QStringLiteral("i1"), QStringLiteral("two"), 60)));
    rig.transcripts.setPublicKey(QStringLiteral("a2V5"));
    const QJsonObject json = QJsonDocument::fromJson(rig.written(TranscriptFormat::Json, 2)).object();
    const QJsonArray messages = json[QLatin1String("messages")].toArray();
    QCOMPARE(messages[0][QLatin1String("own")].toString(), ours);
    QCOMPARE(messages[1][QLatin1String("own")].toString(), tollFree);
    QCOMPARE(json[QLatin1String("verify")][QLatin1String("public_key")].toString(), QStringLiteral("a2V5"));
    const QByteArray csv = rig.written(TranscriptFormat::Csv, 2);
    QVERIFY2(csv.contains("+12125550188,+14155550100") && csv.contains("+18885550142,+12125550188"),
             csv.constData());
    const auto future = rig.transcripts.lines(rig.conversation(), 2);
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result()->at(0).own.wire(), ours);
    QCOMPARE(future.result()->at(1).own.wire(), tollFree);
}

void TestTranscripts::nothingIsReplacedWhenItFails() {
    Rig rig;
    rig.hear({webhook(1, "one")});
    const auto future = rig.transcripts.write(rig.conversation(), QStringLiteral("/nonexistent/x.json"),
                                              TranscriptFormat::Json);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    QVERIFY(future.result().error().what.contains(QStringLiteral("/nonexistent/x.json")));
}

QTEST_GUILESS_MAIN(TestTranscripts)
#include "tst_transcripts.moc"
