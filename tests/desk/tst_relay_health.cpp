#include "desk/sandbox_rig.h"

#include "desk/convert.h"
#include "desk/outbox_rig.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace longcode;
using namespace longcode::tests;

/// What a console knows of its relay, and how it gets back what the relay missed: over the real sandbox and
/// the real relay.
class RelayHealthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void comparesAndSetsTheWebhookAddress();
    void recoversWhatCameWhileNobodyListened();
    void recoversTheEndOfASentMessage();
    void recoveryFindsNothing();
    void figuresWhileTheyAreWatched();
    void sandboxThatDiesIsStartedAgain();
    void shortCodesAreSenders();

private:
    [[nodiscard]] desk::RelayHealth &health() { return m_rig->console().relayHealth(); }
    /// Where nobody listens.
    void pointProfilesNowhere() {
        for (const char *profile : {"Sales", "Support"})
            m_rig->control(QStringLiteral("/profiles/") + QLatin1String(profile),
                           {{QStringLiteral("webhook_url"), QStringLiteral("http://127.0.0.1:1/nowhere")}});
    }
    [[nodiscard]] qsizetype failedWebhooks() {
        return m_rig->look(QStringLiteral("/webhooks?state=failed"))
            .value(QLatin1String("webhooks"))
            .toArray()
            .size();
    }
    [[nodiscard]] QString recovered() {
        const QDateTime now = m_rig->clock.now();
        const auto outcome = await(health().recover(now.addSecs(-3600), now.addSecs(3600)), 30'000);
        return outcome ? *outcome : QStringLiteral("failed: ") + outcome.error().what;
    }

    std::unique_ptr<SandboxRig> m_rig;
};

namespace {
const QString silent = QStringLiteral("+13125550001");
const QString sales = QStringLiteral("+14155550100");
} // namespace

void RelayHealthTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_rig = std::make_unique<SandboxRig>();
    QVERIFY(m_rig->open());
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->console().account().relay().condition, desk::RelayCondition::Connected,
                              20'000);
}

void RelayHealthTest::cleanup() {
    m_rig.reset();
}

void RelayHealthTest::comparesAndSetsTheWebhookAddress() {
    const auto good = await(health().checkWebhooks());
    QVERIFY(good);
    QCOMPARE(good->size(), 2);
    QVERIFY(good->at(0).matches && good->at(1).matches);
    pointProfilesNowhere();
    const auto bad = await(health().checkWebhooks());
    QVERIFY(bad);
    QVERIFY(!bad->at(0).matches && !bad->at(1).matches);
    QCOMPARE(bad->at(0).url, QStringLiteral("http://127.0.0.1:1/nowhere"));
    const auto set = await(health().setWebhookUrl(bad->at(0).profileId));
    QVERIFY(set);
    QVERIFY2(set->contains(health().receiverUrl()), qPrintable(*set));
    QVERIFY(health().webhooks().at(0).matches);
    QVERIFY(!health().webhooks().at(1).matches);
    QCOMPARE(await(health().checkWebhooks())->at(0).url, health().receiverUrl());
    QVERIFY(!await(health().setWebhookUrl(QStringLiteral("5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a199"))));
}

void RelayHealthTest::recoversWhatCameWhileNobodyListened() {
    const auto id = m_rig->begin(silent);
    pointProfilesNowhere();
    m_rig->control(QStringLiteral("/inbound"), {{QStringLiteral("from"), silent},
                                                {QStringLiteral("to"), sales},
                                                {QStringLiteral("text"), QStringLiteral("anybody there")}});
    m_rig->control(QStringLiteral("/clock"), {{QStringLiteral("advance_ms"), 500}});
    QTRY_COMPARE_WITH_TIMEOUT(failedWebhooks(), 1, 20'000);
    QVERIFY(m_rig->texts(id).isEmpty());
    const QString words = recovered();
    QVERIFY2(words.startsWith(QStringLiteral("1 missing reports were found and applied.")),
             qPrintable(words));
    QTRY_COMPARE(m_rig->texts(id), QStringList{QStringLiteral("< anybody there")});
    // A second search adds nothing.
    QVERIFY(recovered().startsWith(QStringLiteral("Nothing")));
    QCOMPARE(m_rig->texts(id).size(), 1);
}

void RelayHealthTest::recoversTheEndOfASentMessage() {
    const auto id = m_rig->begin(silent);
    // The message's own address leads to the relay; without one, the profile's leads nowhere.
    pointProfilesNowhere();
    m_rig->control(QStringLiteral("/messages"),
                   {{QStringLiteral("messages"),
                     QJsonArray{QJsonObject{
                         {QStringLiteral("direction"), QStringLiteral("outbound")},
                         {QStringLiteral("from"), sales},
                         {QStringLiteral("to"), silent},
                         {QStringLiteral("text"), QStringLiteral("from another program")},
                         {QStringLiteral("at"), m_rig->clock.now().addSecs(-60).toString(Qt::ISODate)}}}}});
    const QString words = recovered();
    QVERIFY2(words.contains(QStringLiteral("looked up")), qPrintable(words));
    QTRY_COMPARE(m_rig->texts(id), QStringList{QStringLiteral("from another program")});
}

void RelayHealthTest::recoveryFindsNothing() {
    const QString words = recovered();
    QVERIFY2(words.startsWith(QStringLiteral("Nothing")), qPrintable(words));
}

void RelayHealthTest::figuresWhileTheyAreWatched() {
    QVERIFY(!health().figures());
    health().watch(true);
    QTRY_VERIFY_WITH_TIMEOUT(health().figures(), 10'000);
    QVERIFY(health().figures()->startedAt.isValid());
    QCOMPARE(health().figures()->lag(), qint64(0));
    health().watch(false);
}

void RelayHealthTest::sandboxThatDiesIsStartedAgain() {
    const qint64 before = m_rig->console().sandbox()->sandboxProcess();
    QVERIFY(before > 0);
    QSignalSpy ended(m_rig->console().sandbox(), &desk::SandboxSession::sandboxEnded);
    QProcess::execute(QStringLiteral("kill"), {QStringLiteral("-9"), QString::number(before)});
    QTRY_COMPARE(ended.size(), 1);
    const auto after = [this] { return m_rig->console().sandbox()->sandboxProcess(); };
    QTRY_VERIFY_WITH_TIMEOUT(after() > 0 && after() != before, 20'000);
    // Its new world reports to the same relay, signed with the same key.
    const auto id = m_rig->begin(silent);
    const auto matching = [this] {
        const auto checks = await(health().checkWebhooks(), 30'000);
        return checks && checks->size() == 2 && checks->at(0).matches && checks->at(1).matches;
    };
    QTRY_VERIFY_WITH_TIMEOUT(matching(), 20'000);
    m_rig->control(QStringLiteral("/inbound"), {{QStringLiteral("from"), silent},
                                                {QStringLiteral("to"), sales},
                                                {QStringLiteral("text"), QStringLiteral("hello again")}});
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->texts(id), QStringList{QStringLiteral("< hello again")}, 20'000);
}

void RelayHealthTest::shortCodesAreSenders() {
    const auto codes = [this] {
        int count = 0;
        for (const desk::Sender &sender : m_rig->console().account().senders())
            if (sender.kind == sms::SenderKind::ShortCode)
                ++count;
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(codes(), 1, 20'000);
}

QTEST_GUILESS_MAIN(RelayHealthTest)
#include "tst_relay_health.moc"
