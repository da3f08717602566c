#include "store/fixture.h"
#include "support/filled_store.h"

#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

using namespace longcode;
using namespace longcode::store;
using namespace longcode::tests;

namespace {

using Kind = events::MessageEventKind;

/// A step of the story: an event, or the API's answer to an intent.
struct Step {
    LoggedEvent event;
    IntentId answered; ///< set: this is an answer
    events::MessageFacts answer;
};

/// Some hundred messages between our two numbers and a few customers, told by 1,000 events in all the ways
/// that events come: same millisecond, without times, without handle, several final states, keywords,
/// repeats.
class Story {
public:
    explicit Story(quint32 seed) : m_random(seed) {
        while (m_steps.size() < 1000)
            addMessage();
    }
    [[nodiscard]] const QList<Step> &steps() const { return m_steps; }
    [[nodiscard]] const QList<QPair<Parties, NewIntent>> &intents() const { return m_intents; }

private:
    [[nodiscard]] int pick(int below) { return static_cast<int>(m_random.bounded(below)); }
    [[nodiscard]] Parties someParties() {
        return {QStringLiteral("+1212555%1").arg(1000 + pick(12)), pick(2) ? ours : QStringLiteral("37468")};
    }

    void addMessage() {
        m_second += pick(3);
        pick(5) < 2 ? addInbound() : addOutbound();
    }

    void addInbound() {
        static const QStringList texts{QStringLiteral("STOP"),      QStringLiteral("START"),
                                       QStringLiteral("help"),      QStringLiteral("Hello?"),
                                       QStringLiteral("thanks 😀"), QStringLiteral(" stop ")};
        const Parties parties = someParties();
        const QString id = QStringLiteral("m%1").arg(++m_message);
        Step step{logged(0, {Kind::Received,
                             id + QStringLiteral("r"),
                             id,
                             parties.peer,
                             parties.own,
                             texts.at(pick(6)),
                             {},
                             m_second}),
                  {},
                  {}};
        factsOf(step.event).from.carrier = pick(2) ? QStringLiteral("Carrier %1").arg(pick(3)) : QString();
        if (pick(3) == 0)
            factsOf(step.event).media = {
                {QStringLiteral("https://media.example/") + id, QStringLiteral("image/png"), {}, {}}};
        if (pick(4) == 0)
            step.event.event.occurredAt.reset();
        add(step);
        if (pick(6) == 0) {
            // The same message once more under another event id, and with less in it.
            step.event.event.id = events::EventId(id + QStringLiteral("r2"));
            factsOf(step.event).media.clear();
            add(step);
        }
    }

    void addOutbound() {
        const Parties parties = someParties();
        const QString id = QStringLiteral("m%1").arg(++m_message);
        const bool isOwn = pick(3) > 0;
        const QString text = QStringLiteral("Message %1").arg(m_message);
        const IntentId intent(isOwn ? QStringLiteral("intent-") + id : QString());
        const bool tellsHandle = pick(4) > 0;
        if (isOwn)
            m_intents.append({parties, {intent, {}, text, sms::Encoding::Gsm7, 1, at(m_second)}});
        static const QStringList finals{QStringLiteral("delivered"), QStringLiteral("delivery_failed"),
                                        QStringLiteral("delivery_unconfirmed"),
                                        QStringLiteral("sending_failed"), QStringLiteral("teleported")};
        const auto tell = [&](Kind kind, const QString &suffix, const QString &status, int second) {
            Step step{logged(0, {kind, id + suffix, id, parties.own, parties.peer, text, status, second,
                                 tellsHandle ? intent.text() : QString()}),
                      {},
                      {}};
            auto &facts = factsOf(step.event);
            facts.receivedAt = pick(2) ? std::optional(at(m_second)) : std::nullopt;
            if (pick(2))
                facts.cost = events::Money{QStringLiteral("0.00%1").arg(pick(9)), QStringLiteral("USD")};
            if (pick(2))
                facts.parts = 1 + pick(3);
            if (status.contains(QStringLiteral("failed")))
                facts.errors = {{QString::number(40000 + pick(10)), QStringLiteral("Failed"), suffix}};
            facts.to[0].carrier = pick(2) ? QStringLiteral("Carrier %1").arg(pick(3)) : QString();
            add(step);
        };
        if (pick(5) == 0) {
            tell(Kind::Sent, QStringLiteral("z"), QStringLiteral("scheduled"), m_second);
            factsOf(m_steps.last().event).sendAt = at(m_second + 500);
            // Some are still waiting at the end of the story.
            if (pick(2))
                return;
        }
        tell(Kind::Sent, QStringLiteral("s"), QStringLiteral("sent"), m_second + 1);
        tell(Kind::Finalized, QStringLiteral("f"), finals.at(pick(5)), m_second + 1 + pick(2));
        if (pick(4) == 0)
            tell(Kind::Finalized, QStringLiteral("g"), finals.at(pick(5)), m_second + 2);
        // Without a handle only the answer tells which intent it was.
        if (isOwn && (!tellsHandle || pick(2))) {
            Step answer{{}, intent, {}};
            answer.answer.id = events::MessageId(id);
            answer.answer.receivedAt = at(m_second);
            events::Party to;
            to.statusText = QStringLiteral("queued");
            answer.answer.to = {to};
            m_steps.append(answer);
        }
    }

    void add(const Step &step) {
        m_steps.append(step);
        m_steps.last().event.body = step.event.event.id.text().toUtf8();
    }

    QRandomGenerator m_random;
    QList<Step> m_steps;
    QList<QPair<Parties, NewIntent>> m_intents;
    int m_message = 0;
    int m_second = 0;
};

const LogId relayLog(QStringLiteral("log"));

/// Plays the steps in the order given, in batches of at most `batch`, and returns the dump.
QByteArray play(const Story &story, const QList<Step> &steps, int batch) {
    OpenStore open({}, Place::Memory);
    for (auto [parties, intent] : story.intents()) {
        intent.conversation = valueOf(open.store->begin(parties, at(0)));
        valueOf(open.store->writeIntent(intent));
        valueOf(open.store->intentHandedOver(intent.intent, at(0)));
    }
    QList<LoggedEvent> pending;
    qint64 seq = 0;
    const auto flush = [&] {
        // A fixed last number: how many repeats there were is not part of the state.
        valueOf(open.store->applyEvents(relayLog, pending, Arrival::CatchingUp));
        pending.clear();
    };
    for (Step step : steps) {
        if (step.answered.isEmpty()) {
            step.event.seq = ++seq;
            pending.append(step.event);
            if (pending.size() >= batch)
                flush();
        } else {
            flush();
            valueOf(open.store->intentAccepted(step.answered, step.answer, at(0)));
        }
    }
    flush();
    LoggedEvent last{1'000'000, at(0), {}, {}};
    last.event.id = events::EventId(QStringLiteral("last"));
    valueOf(open.store->applyEvents(relayLog, {last}, Arrival::CatchingUp));
    const QString folder = open.folder.path();
    open.reader.reset();
    open.store.reset();
    return dumpStore(folder);
}

QByteArray firstDifference(const QByteArray &a, const QByteArray &b) {
    const auto left = a.split('\n');
    const auto right = b.split('\n');
    for (int i = 0; i < std::max(left.size(), right.size()); ++i) {
        if (left.value(i) != right.value(i))
            return left.value(i) + "\n" + right.value(i);
    }
    return {};
}

} // namespace

/// 1,000 webhooks, shuffled and repeated, and the API's answers among them at any point, end in the same
/// bytes.
class TestOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void shuffledEndsTheSame_data();
    void shuffledEndsTheSame();
    void dumpTellsStoresApart();
};

void TestOrder::shuffledEndsTheSame_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestOrder::shuffledEndsTheSame() {
    QFETCH(quint32, seed);
    const Story story(seed);
    const QByteArray ordered = play(story, story.steps(), 64);
    QVERIFY(ordered.count("\nmessage\t") > 300);
    QRandomGenerator random(seed * 77);
    for (int round = 0; round < 2; ++round) {
        QList<Step> steps = story.steps();
        for (int i = 0; i < 300; ++i)
            steps.append(steps.at(static_cast<int>(random.bounded(static_cast<int>(story.steps().size())))));
        std::shuffle(steps.begin(), steps.end(), random);
        const QByteArray shuffled = play(story, steps, 1 + static_cast<int>(random.bounded(200)));
        if (shuffled != ordered)
            QFAIL(firstDifference(ordered, shuffled).constData());
    }
    QList<Step> backwards = story.steps();
    std::reverse(backwards.begin(), backwards.end());
    if (const QByteArray reversed = play(story, backwards, 1000); reversed != ordered)
        QFAIL(firstDifference(ordered, reversed).constData());
}

void TestOrder::dumpTellsStoresApart() {
    const Story story(1);
    QList<Step> steps = story.steps();
    const QByteArray all = play(story, steps, 64);
    steps.removeAt(500);
    QVERIFY(play(story, steps, 64) != all);
}

QTEST_GUILESS_MAIN(TestOrder)
#include "tst_order.moc"
