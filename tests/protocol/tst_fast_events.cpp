#include "protocol/protocol.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace longcode::protocol;
using nlohmann::json;

namespace {

/// What bodies are made of: every ASCII character, the ends of each length of UTF-8, and what JSON escapes.
QString randomText(QRandomGenerator &random, int most) {
    static const QList<char32_t> corners{0x00,     0x1f,   0x20,   0x22,   0x5c,   0x7f,   0x80,    0x7ff,
                                         0x800,    0x2028, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600,
                                         0x10ffff, 0x0a,   0x0d,   0x09,   0x2f,   0x08,   0x0c};
    QString text;
    const int length = int(random.bounded(most + 1));
    const bool plain = random.bounded(3) == 0;
    for (int i = 0; i < length; ++i) {
        const char32_t one = plain               ? char32_t(0x61 + random.bounded(26))
                             : random.bounded(2) ? corners.at(random.bounded(int(corners.size())))
                                                 : char32_t(random.bounded(0x80));
        text += QString::fromUcs4(&one, 1);
    }
    return text;
}

Events randomEvents(QRandomGenerator &random) {
    Events events;
    qint64 seq = 1 + qint64(random.bounded(1'000'000));
    for (int i = int(random.bounded(6)); i > 0; --i) {
        LogEntry entry;
        entry.seq = seq++;
        entry.receivedAt =
            QDateTime::fromMSecsSinceEpoch(qint64(random.generate64() % 253'402'300'800'000ULL), Qt::UTC);
        entry.kind = random.bounded(2) ? EntryKind::Webhook : EntryKind::TeamFact;
        entry.intent = randomText(random, 20);
        entry.author = randomText(random, 20);
        entry.account = randomText(random, 20);
        entry.body = randomText(random, 400).toUtf8();
        entry.signature = randomText(random, 20).toUtf8();
        entry.timestamp = randomText(random, 5).toUtf8();
        events.events.append(entry);
    }
    return events;
}

} // namespace

/// Events are written and read without a JSON library. Here one checks both.
class TestFastEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void anyParserReadsWhatIsWritten();
    void readsWhatAnyWriterWrites();
    void everyCutIsRefused();
    void neverReadsWhatAParserRefuses();
};

void TestFastEvents::anyParserReadsWhatIsWritten() {
    QRandomGenerator random(20260305);
    for (int round = 0; round < 500; ++round) {
        const Events events = randomEvents(random);
        const QByteArray text = encode(events);
        const json parsed = json::parse(text.begin(), text.end(), nullptr, false);
        QVERIFY2(!parsed.is_discarded(), text.constData());
        QCOMPARE(qsizetype(parsed["events"].size()), events.events.size());
        for (qsizetype i = 0; i < events.events.size(); ++i) {
            const json &one = parsed["events"][std::size_t(i)];
            const LogEntry &entry = events.events.at(i);
            QCOMPARE(one["seq"].get<qint64>(), entry.seq);
            QVERIFY(one["body"].get<std::string>() == entry.body.toStdString());
            QVERIFY(one["intent"].get<std::string>() == entry.intent.toStdString());
            QVERIFY(one["author"].get<std::string>() == entry.author.toStdString());
            QVERIFY(one["account"].get<std::string>() == entry.account.toStdString());
            QVERIFY(one.value("signature", std::string()) == entry.signature.toStdString());
            QVERIFY(one.value("timestamp", std::string()) == entry.timestamp.toStdString());
            QCOMPARE(one.contains("signature"), !entry.signature.isEmpty());
            QCOMPARE(one.contains("timestamp"), !entry.timestamp.isEmpty());
            QCOMPARE(QString::fromStdString(one["received_at"].get<std::string>()),
                     entry.receivedAt.toString(Qt::ISODateWithMs));
        }
    }
}

/// The same frame in the fast decoder's form and in the library's, whose members are in another order.
void TestFastEvents::readsWhatAnyWriterWrites() {
    QRandomGenerator random(7);
    for (int round = 0; round < 300; ++round) {
        const Events events = randomEvents(random);
        const QByteArray text = encode(events);
        const QByteArray other =
            QByteArray::fromStdString(json::parse(text.begin(), text.end()).dump(1, ' ', true));
        for (const QByteArray &form : {text, other}) {
            const auto frame = decode(form);
            QVERIFY2(frame, qPrintable(frame ? QString() : frame.error()));
            const QList<LogEntry> &read = std::get<Events>(*frame).events;
            QCOMPARE(read.size(), events.events.size());
            for (qsizetype i = 0; i < read.size(); ++i) {
                QCOMPARE(read.at(i).seq, events.events.at(i).seq);
                QCOMPARE(read.at(i).receivedAt, events.events.at(i).receivedAt);
                QCOMPARE(read.at(i).kind, events.events.at(i).kind);
                QCOMPARE(read.at(i).body, events.events.at(i).body);
                QCOMPARE(read.at(i).intent, events.events.at(i).intent);
                QCOMPARE(read.at(i).author, events.events.at(i).author);
                QCOMPARE(read.at(i).account, events.events.at(i).account);
                QCOMPARE(read.at(i).signature, events.events.at(i).signature);
                QCOMPARE(read.at(i).timestamp, events.events.at(i).timestamp);
            }
        }
    }
}

void TestFastEvents::everyCutIsRefused() {
    QRandomGenerator random(11);
    Events events;
    while (events.events.size() < 2)
        events = randomEvents(random);
    const QByteArray text = encode(events);
    for (qsizetype length = 0; length < text.size(); ++length)
        QVERIFY(!decode(text.first(length)));
}

/// One byte changed: when a parser does not take it, nor do we; when it does, we read the same body.
void TestFastEvents::neverReadsWhatAParserRefuses() {
    QRandomGenerator random(13);
    int accepted = 0, refused = 0;
    for (int round = 0; round < 5000; ++round) {
        QByteArray text = encode(randomEvents(random));
        text[qsizetype(random.bounded(int(text.size())))] = char(random.bounded(256));
        const json parsed = json::parse(text.begin(), text.end(), nullptr, false);
        const auto frame = decode(text);
        if (!frame) {
            ++refused;
            continue;
        }
        ++accepted;
        QVERIFY2(!parsed.is_discarded(), text.constData());
        const auto *events = std::get_if<Events>(&*frame);
        for (qsizetype i = 0; events && i < events->events.size(); ++i)
            QVERIFY(parsed["events"][std::size_t(i)]["body"].get<std::string>() ==
                    events->events.at(i).body.toStdString());
    }
    QVERIFY2(accepted > 250 && refused > 250, qPrintable(QString::number(accepted)));
}

QTEST_GUILESS_MAIN(TestFastEvents)
#include "tst_fast_events.moc"
