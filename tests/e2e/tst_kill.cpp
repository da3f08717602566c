#include "e2e/console_under_test.h"
#include "e2e/world.h"

#include "store/reader.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <thread>

using namespace longcode;
using namespace longcode::tests;

namespace {

constexpr int rounds = 200;
const QString customer = QStringLiteral("+14155550199"); // silent, always reachable
const QString composer = QStringLiteral("composerEdit");
const QString list = QStringLiteral("conversationList");

/// The only conversation's messages and draft, read beside the running console.
struct Kept {
    QList<store::MessageRecord> messages;
    QString draft;
};

Kept kept(const QString &profile) {
    const auto store = store::Store::open(profile);
    const auto reader = (*store)->openReader();
    const auto keys = (*reader)->conversationKeys({});
    if (keys.isEmpty())
        return {};
    return {(*reader)->newest(keys.first().id, 100000), (*reader)->draft(keys.first().id)};
}

} // namespace

/// The console is killed between a send and its answer, again and again. No text may be lost, and none may be
/// sent twice.
class KillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void killedAtRandomPoints();

private:
    bool open();
    QString write(int round);

    QTemporaryDir m_scratch;
    QString m_profile;
    World m_world;
    ConsoleUnderTest m_console;
};

void KillTest::initTestCase() {
    QVERIFY2(m_world.start(m_scratch.path()), qPrintable(m_world.why()));
    m_profile = m_scratch.filePath(QStringLiteral("profile"));
    QVERIFY2(m_world.makeProfile(m_profile), qPrintable(m_world.why()));
    QVERIFY2(m_console.start(m_profile), qPrintable(m_console.why()));
    QVERIFY(
        ConsoleUnderTest::eventually([&] { return m_console.isVisible(QStringLiteral("newConversation")); }));
    QVERIFY(m_console.click(QStringLiteral("newConversation")));
    QVERIFY(ConsoleUnderTest::eventually([&] { return m_console.isVisible(QStringLiteral("numberField")); }));
    QVERIFY(m_console.type(QStringLiteral("numberField"), customer));
    QVERIFY(
        ConsoleUnderTest::eventually([&] { return m_console.isEnabled(QStringLiteral("newSenderBox")); }));
    QVERIFY(m_console.press(QStringLiteral("numberField"), QStringLiteral("Return")));
    QVERIFY(ConsoleUnderTest::eventually([&] { return m_console.isVisible(composer); }));
    // Answers come after a while, so that many of the kills fall between a send and its answer.
    m_world.control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("delay")},
                                                {QStringLiteral("path"), QStringLiteral("/messages")},
                                                {QStringLiteral("times"), 100000},
                                                {QStringLiteral("delay_ms"), 40}});
}

bool KillTest::open() {
    return m_console.start(m_profile) && ConsoleUnderTest::eventually([&] {
               return m_console.select(list, 0) && m_console.isEnabled(composer) &&
                      m_console.isVisible(composer);
           });
}

/// What is in the composer: left from the last round, or a new text whose draft is durable when this returns.
QString KillTest::write(int round) {
    const QString left = m_console.text(composer);
    if (!left.isEmpty())
        return left;
    const QString text = QStringLiteral("Round %1").arg(round);
    if (!m_console.type(composer, text) ||
        !ConsoleUnderTest::eventually([&] { return kept(m_profile).draft == text; }, 5000))
        return {};
    return text;
}

void KillTest::killedAtRandomPoints() {
    std::mt19937 random(4711);
    std::uniform_int_distribution<int> when(0, 90'000);
    QStringList typed;
    for (int round = 0; round < rounds; ++round) {
        const QString text = write(round);
        QVERIFY2(!text.isEmpty(),
                 qPrintable(QStringLiteral("round %1: the composer took no text").arg(round)));
        if (!typed.contains(text))
            typed.append(text);
        QVERIFY(m_console.press(composer, QStringLiteral("Return")));
        std::this_thread::sleep_for(std::chrono::microseconds(when(random)));
        m_console.kill();
        QVERIFY2(open(), qPrintable(QStringLiteral("round %1: %2").arg(round).arg(m_console.why())));
    }
    // What was never handed over is sent by itself now; what was is settled by its webhooks.
    QVERIFY(ConsoleUnderTest::eventually([&] {
        const auto messages = kept(m_profile).messages;
        return std::none_of(messages.begin(), messages.end(), [](const store::MessageRecord &message) {
            return message.state < store::MessageState::Uncertain ||
                   message.state == store::MessageState::Queued || message.state == store::MessageState::Sent;
        });
    }));
    QVERIFY2(m_console.quit(), qPrintable(m_console.why()));

    const Kept end = kept(m_profile);
    QHash<QString, int> sent, stored;
    for (const QString &text : m_world.textsSent())
        ++sent[text];
    int delivered = 0, uncertain = 0;
    for (const store::MessageRecord &message : end.messages) {
        ++stored[message.text];
        delivered += message.state == store::MessageState::Delivered ? 1 : 0;
        uncertain += message.state == store::MessageState::Uncertain ? 1 : 0;
        QVERIFY2(message.state == store::MessageState::Delivered || sent.value(message.text) == 0,
                 qPrintable(message.text + QStringLiteral(" was sent, and its webhooks did not settle it")));
    }
    int lost = 0, twice = 0;
    for (const QString &text : typed) {
        lost += stored.value(text) == 0 && end.draft != text ? 1 : 0;
        twice += sent.value(text) > 1 || stored.value(text) > 1 ? 1 : 0;
    }
    qInfo("%d kills, %lld texts: %d delivered, %d uncertain and not sent, %d lost, %d sent twice", rounds,
          static_cast<long long>(typed.size()), delivered, uncertain, lost, twice);
    QCOMPARE(lost, 0);
    QCOMPARE(twice, 0);
    QVERIFY(delivered > 0);
}

QTEST_GUILESS_MAIN(KillTest)
#include "tst_kill.moc"
