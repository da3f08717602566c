#include "desk/sandbox_rig.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace longcode;
using namespace longcode::tests;
using store::MessageState;

/// The console's core over the real sandbox and the real relay: three processes, no widgets.
class SandboxConsoleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void sendersAreRead();
    void sentIsDelivered();
    void customerAnswers();
    void stopBlocksTheNextSendAndStartLiftsIt();
    void droppedBeforeAcceptingStaysUncertain();
    void droppedAfterAcceptingIsSettledByTheWebhook();
    void serverErrorAfterAcceptingIsSettledByTheWebhook();
    void failureCarriesTheServersWords();
    void relayDiesAndComesBack();
    void conversationsSurviveARestart();
    void secondConsoleIsRefused();
    void pricesAreLearned();

private:
    std::unique_ptr<SandboxRig> m_rig;
};

namespace {
const QString silent = QStringLiteral("+13125550001");
const QString sales = QStringLiteral("+14155550100");

QJsonObject inbound(const QString &text) {
    return {{QStringLiteral("from"), silent}, {QStringLiteral("to"), sales}, {QStringLiteral("text"), text}};
}
} // namespace

void SandboxConsoleTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_rig = std::make_unique<SandboxRig>();
    QVERIFY(m_rig->open());
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->console().account().relay().condition, desk::RelayCondition::Connected,
                              20'000);
}

void SandboxConsoleTest::cleanup() {
    m_rig.reset();
}

void SandboxConsoleTest::sendersAreRead() {
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->console().account().senders().size() >= 2, 20'000);
    QStringList addresses;
    for (const desk::Sender &sender : m_rig->console().account().senders())
        addresses.append(sender.address.wire() + QLatin1Char(' ') + sender.profileName +
                         (sender.smartEncoding ? QStringLiteral(" smart") : QString()));
    QVERIFY2(addresses.contains(QStringLiteral("+14155550100 Sales")),
             qPrintable(addresses.join(QLatin1Char(','))));
    QVERIFY(addresses.contains(QStringLiteral("+18885550142 Support smart")));
    QVERIFY(m_rig->console().account().isSandbox());
}

void SandboxConsoleTest::sentIsDelivered() {
    const auto row = m_rig->send(m_rig->begin(silent), QStringLiteral("Your order is ready"));
    QVERIFY(row.isValid());
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Delivered, 20'000);
    QCOMPARE(m_rig->sends().size(), 1);
}

void SandboxConsoleTest::customerAnswers() {
    const auto conversation = m_rig->begin(silent);
    m_rig->control(QStringLiteral("/inbound"), inbound(QStringLiteral("Is it open on Sunday? ✔")));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->texts(conversation),
                              QStringList{QStringLiteral("< Is it open on Sunday? ✔")}, 20'000);
}

void SandboxConsoleTest::stopBlocksTheNextSendAndStartLiftsIt() {
    const auto conversation = m_rig->begin(silent);
    m_rig->control(QStringLiteral("/stop"),
                   {{QStringLiteral("from"), silent}, {QStringLiteral("to"), sales}});
    desk::Outbox &outbox = m_rig->console().outbox();
    QTRY_VERIFY_WITH_TIMEOUT(outbox.obstacle(conversation, QStringLiteral("Hello")).has_value(), 20'000);
    const auto problem = *outbox.obstacle(conversation, QStringLiteral("Hello"));
    QCOMPARE(problem.kind, desk::SendProblemKind::OptedOut);
    QVERIFY2(problem.sentence.what.contains(QStringLiteral("(312) 555-0001")),
             qPrintable(problem.sentence.what));
    QVERIFY2(problem.sentence.what.contains(QStringLiteral("“STOP”")), qPrintable(problem.sentence.what));
    QVERIFY2(problem.sentence.remedy.contains(QStringLiteral("START")), qPrintable(problem.sentence.remedy));
    QVERIFY(!m_rig->send(conversation, QStringLiteral("Hello")).isValid());
    QCOMPARE(m_rig->sends().size(), 0);
    m_rig->control(QStringLiteral("/start"),
                   {{QStringLiteral("from"), silent}, {QStringLiteral("to"), sales}});
    QTRY_VERIFY_WITH_TIMEOUT(!outbox.obstacle(conversation, QStringLiteral("Hello")).has_value(), 20'000);
    const auto row = m_rig->send(conversation, QStringLiteral("Hello"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Delivered, 20'000);
}

void SandboxConsoleTest::droppedBeforeAcceptingStaysUncertain() {
    m_rig->control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("drop_before")},
                                               {QStringLiteral("method"), QStringLiteral("POST")},
                                               {QStringLiteral("path"), QStringLiteral("/messages")}});
    const auto conversation = m_rig->begin(silent);
    const auto row = m_rig->send(conversation, QStringLiteral("Lost on the way"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Uncertain, 20'000);
    // Another one goes through, and the doubtful one was not repeated.
    const auto next = m_rig->send(conversation, QStringLiteral("Next"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(next), MessageState::Delivered, 20'000);
    QCOMPARE(m_rig->state(row), MessageState::Uncertain);
    QCOMPARE(m_rig->sends().size(), 2);
}

void SandboxConsoleTest::droppedAfterAcceptingIsSettledByTheWebhook() {
    m_rig->control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("drop_after")},
                                               {QStringLiteral("method"), QStringLiteral("POST")},
                                               {QStringLiteral("path"), QStringLiteral("/messages")}});
    const auto row = m_rig->send(m_rig->begin(silent), QStringLiteral("Accepted, but the answer was lost"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Delivered, 20'000);
    QCOMPARE(m_rig->sends().size(), 1);
}

void SandboxConsoleTest::serverErrorAfterAcceptingIsSettledByTheWebhook() {
    m_rig->control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("status")},
                                               {QStringLiteral("status"), 500},
                                               {QStringLiteral("accepted"), true},
                                               {QStringLiteral("method"), QStringLiteral("POST")},
                                               {QStringLiteral("path"), QStringLiteral("/messages")}});
    const auto row = m_rig->send(m_rig->begin(silent), QStringLiteral("Accepted in spite of the error"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Delivered, 20'000);
    QCOMPARE(m_rig->sends().size(), 1);
}

void SandboxConsoleTest::failureCarriesTheServersWords() {
    m_rig->control(QStringLiteral("/faults"), {{QStringLiteral("kind"), QStringLiteral("status")},
                                               {QStringLiteral("status"), 403},
                                               {QStringLiteral("code"), QStringLiteral("40314")},
                                               {QStringLiteral("method"), QStringLiteral("POST")},
                                               {QStringLiteral("path"), QStringLiteral("/messages")}});
    const auto row = m_rig->send(m_rig->begin(silent), QStringLiteral("Refused"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Rejected, 20'000);
    const auto message = m_rig->reader().message({row.value});
    QVERIFY(message && message->error);
    QCOMPARE(message->error->code, QStringLiteral("40314"));
    QVERIFY(!message->error->title.isEmpty());
}

void SandboxConsoleTest::relayDiesAndComesBack() {
    const auto conversation = m_rig->begin(silent);
    m_rig->control(QStringLiteral("/inbound"), inbound(QStringLiteral("before")));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->texts(conversation).size(), 1, 20'000);
    QSignalSpy changed(&m_rig->console().account(), &desk::Account::relayChanged);
    const auto relay = static_cast<pid_t>(m_rig->console().sandbox()->relayProcess());
    QVERIFY(relay > 0);
    QCOMPARE(::kill(relay, SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->console().account().relay().condition, desk::RelayCondition::Lost,
                              20'000);
    QVERIFY(!m_rig->console().account().relay().trouble.what.isEmpty());
    // Sending goes on meanwhile; the sandbox delivers what happened as soon as the relay is back.
    const auto row = m_rig->send(conversation, QStringLiteral("while the relay was away"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->console().account().relay().condition, desk::RelayCondition::Connected,
                              20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->sends().size() == 1, 20'000);
    m_rig->control(QStringLiteral("/inbound"), inbound(QStringLiteral("after")));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->texts(conversation).last(), QStringLiteral("< after"), 20'000);
    m_rig->control(QStringLiteral("/webhooks/redeliver"), {{QStringLiteral("which"), QStringLiteral("all")}});
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Delivered, 20'000);
    QCOMPARE(m_rig->texts(conversation).size(), 3);
}

void SandboxConsoleTest::conversationsSurviveARestart() {
    const auto conversation = m_rig->begin(silent);
    const auto row = m_rig->send(conversation, QStringLiteral("Remember me"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Delivered, 20'000);
    m_rig->console().outbox().keepDraft(conversation, QStringLiteral("half a sent"));
    m_rig->close();
    QVERIFY(m_rig->open());
    QCOMPARE(m_rig->state(row), MessageState::Delivered);
    QCOMPARE(m_rig->console().outbox().draft(conversation), QStringLiteral("half a sent"));
    const auto next = m_rig->send(conversation, QStringLiteral("With a new sandbox"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(next), MessageState::Delivered, 20'000);
}

void SandboxConsoleTest::secondConsoleIsRefused() {
    SandboxRig other;
    const desk::Services services{.network = other.network, .clock = other.clock, .secrets = other.secrets};
    const auto second = desk::openSandbox({m_rig->scratch.path(QStringLiteral("data/profile"))},
                                          QStringLiteral(LONGCODE_BIN_DIR), services);
    QTRY_VERIFY(second.isFinished());
    QVERIFY(!second.result());
    QVERIFY(second.result().error().what.contains(QString::number(QCoreApplication::applicationPid())));
    QVERIFY(second.result().error().remedy.contains(QStringLiteral("--profile")));
}

void SandboxConsoleTest::pricesAreLearned() {
    const auto own = phone::fromWire(sales), peer = phone::fromWire(silent);
    desk::Outbox &outbox = m_rig->console().outbox();
    QVERIFY(!outbox.priceEstimate(own, peer).learned);
    const auto row = m_rig->send(m_rig->begin(silent), QStringLiteral("What does it cost?"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->state(row), MessageState::Delivered, 20'000);
    QVERIFY(outbox.priceEstimate(own, peer).learned);
    QVERIFY(!outbox.priceEstimate(own, phone::fromWire(QStringLiteral("+447700900123"))).learned);
}

QTEST_GUILESS_MAIN(SandboxConsoleTest)
#include "tst_sandbox_console.moc"
