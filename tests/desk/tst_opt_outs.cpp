#include "desk/convert.h"
#include "desk/outbox_rig.h"
#include "store/desk_values.h"
#include "support/scripted_server.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace longcode;
using namespace longcode::tests;
using namespace std::chrono_literals;
using desk::BlockKind;

/// Who must not be texted, from the API's list: how it is read, said in words, and lifted; and what was held
/// back.
class OptOutsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void listedOnesBlock_data();
    void listedOnesBlock();
    void allPagesAreRead();
    void liftedWhenItIsNoMoreListed();
    void failedReadingKeepsWhatWasKnown();
    void readAtTheStartAndEachDay();
    void codeAloneBlocksNobody();
    void eachTryIsRecorded();

private:
    [[nodiscard]] std::unique_ptr<OutboxRig> rig();
    [[nodiscard]] static bool read(OutboxRig &desk);

    std::unique_ptr<Scratch> m_scratch;
    std::unique_ptr<ScriptedServer> m_server;
    QList<QByteArray> m_entries; ///< of the API's list, one a page
    int m_listStatus = 200;
    int m_lists = 0; ///< pages read
};

namespace {

const QString customer = QStringLiteral("+12125550188");
const QByteArray profile = "5ab0a4c8-0a5b-4a07-9b7e-3d1c54c5a101";

QByteArray entry(const QByteArray &from, const QByteArray &to, const QByteArray &profileId) {
    return R"({"from":")" + from + R"(","to":")" + to + R"(","messaging_profile_id":)" +
           (profileId.isEmpty() ? QByteArray("null") : '"' + profileId + '"') +
           R"(,"keyword":"STOP","created_at":"2026-03-05 18:30:00.631252+00:00"})";
}

} // namespace

void OptOutsTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_scratch = std::make_unique<Scratch>();
    m_entries.clear();
    m_listStatus = 200;
    m_lists = 0;
    m_server = std::make_unique<ScriptedServer>([this](const SeenRequest &request) {
        if (!request.target.contains("/messaging_optouts"))
            return jsonAnswer(403, errorBody("40300", "Not allowed", "Number not assigned to a profile."));
        ++m_lists;
        if (m_listStatus != 200)
            return jsonAnswer(m_listStatus, R"({"code":"10009","title":"Authentication failed"})");
        static const QRegularExpression number(QStringLiteral("number(?:%5D|\\])=(\\d+)"),
                                               QRegularExpression::CaseInsensitiveOption);
        const int page = number.match(QString::fromLatin1(request.target)).captured(1).toInt();
        return jsonAnswer(200, R"({"data":[)" + m_entries.value(page - 1) + R"(],"meta":{"total_pages":)" +
                                   QByteArray::number(m_entries.size()) + R"(,"total_results":)" +
                                   QByteArray::number(m_entries.size()) + R"(,"page_number":)" +
                                   QByteArray::number(page) + R"(,"page_size":250}})");
    });
}

void OptOutsTest::cleanup() {
    m_server.reset();
    m_scratch.reset();
}

std::unique_ptr<OutboxRig> OptOutsTest::rig() {
    telnyx::Settings api = OutboxRig::settings(m_server->url(QStringLiteral("/v2")));
    api.retries = 0;
    auto made = std::make_unique<OutboxRig>(m_scratch->path(QStringLiteral("data")), api);
    QList<store::SenderRecord> senders;
    for (const desk::Sender &sender : startSenders())
        senders.append(desk::toStore(sender));
    await(made->store->replaceSenders(senders));
    made->queue->setWebhookBase({});
    made->queue->start();
    return made;
}

bool OptOutsTest::read(OutboxRig &desk) {
    desk.optOuts->synchronise();
    return QTest::qWaitFor([&desk] { return !desk.optOuts->isSynchronising(); }, 10'000) &&
           desk.optOuts->trouble().what.isEmpty();
}

void OptOutsTest::listedOnesBlock_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("own");
    QTest::addColumn<bool>("blocked");
    QTest::addColumn<BlockKind>("kind");
    const QString sales = QStringLiteral("+14155550100");
    const QString support = QStringLiteral("+18885550142");
    QTest::newRow("as named") << entry("+14155550100", "+12125550188", profile) << sales << true
                              << BlockKind::Listed;
    QTest::newRow("the other way round")
        << entry("+12125550188", "+14155550100", profile) << sales << true << BlockKind::Listed;
    QTest::newRow("without a profile")
        << entry("+14155550100", "+12125550188", {}) << sales << true << BlockKind::Listed;
    QTest::newRow("toll-free") << entry("+18885550142", "+12125550188", profile) << support << true
                               << BlockKind::TollFree;
    QTest::newRow("toll-free blocks that number alone")
        << entry("+18885550142", "+12125550188", profile) << sales << false << BlockKind::Listed;
    QTest::newRow("somebody else") << entry("+14155550100", "+13125550147", profile) << sales << false
                                   << BlockKind::Listed;
}

void OptOutsTest::listedOnesBlock() {
    QFETCH(QByteArray, line);
    QFETCH(QString, own);
    QFETCH(bool, blocked);
    QFETCH(BlockKind, kind);
    const auto desk = rig();
    const auto conversation = desk->begin(customer, own);
    QVERIFY(!desk->optOuts->block(conversation));
    QSignalSpy changed(desk->optOuts.get(), &desk::OptOuts::blockChanged);
    m_entries = {line};
    QVERIFY(read(*desk));
    QCOMPARE(desk->optOuts->listed(), 1);
    const auto block = desk->optOuts->block(conversation);
    QCOMPARE(block.has_value(), blocked);
    QCOMPARE(desk->outbox->obstacle(conversation, QStringLiteral("Hello")).has_value(), blocked);
    if (!block)
        return;
    QCOMPARE(block->kind, kind);
    QCOMPARE(block->since, QDateTime({2026, 3, 5}, {18, 30, 0, 631}, Qt::UTC));
    QCOMPARE(block->keyword, QStringLiteral("STOP"));
    QVERIFY(block->title.contains(QLatin1String("(212) 555-0188")));
    QVERIFY2(block->what.contains(QLatin1String("(212) 555-0188")), qPrintable(block->what));
    QVERIFY2(block->howLifted.contains(QLatin1String("START")), qPrintable(block->howLifted));
    QCOMPARE(block->howLifted.contains(QLatin1String("network")), kind == BlockKind::TollFree);
}

void OptOutsTest::allPagesAreRead() {
    const auto desk = rig();
    m_entries = {entry("+14155550100", "+13125550147", profile),
                 entry("+14155550100", "+13125550148", profile),
                 entry("+14155550100", "+12125550188", profile)};
    QVERIFY(read(*desk));
    QCOMPARE(m_lists, 3);
    QCOMPARE(desk->optOuts->listed(), 3);
    QVERIFY(desk->optOuts->block(desk->begin(customer)));
}

void OptOutsTest::liftedWhenItIsNoMoreListed() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    m_entries = {entry("+14155550100", "+12125550188", profile)};
    QVERIFY(read(*desk));
    QVERIFY(desk->optOuts->block(conversation));
    QSignalSpy changed(desk->optOuts.get(), &desk::OptOuts::blockChanged);
    m_entries.clear();
    QVERIFY(read(*desk));
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().value<desk::ConversationId>(), conversation);
    QVERIFY(!desk->optOuts->block(conversation));
    const auto row = desk->send(conversation, QStringLiteral("Welcome back"));
    QVERIFY(row.isValid());
}

void OptOutsTest::failedReadingKeepsWhatWasKnown() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    m_entries = {entry("+14155550100", "+12125550188", profile)};
    QVERIFY(read(*desk));
    const QDateTime at = desk->optOuts->synchronisedAt();
    QVERIFY(at.isValid());
    m_listStatus = 401;
    QVERIFY(!read(*desk));
    QVERIFY(!desk->optOuts->trouble().what.isEmpty() && !desk->optOuts->trouble().remedy.isEmpty());
    QCOMPARE(desk->optOuts->synchronisedAt(), at);
    QVERIFY(desk->optOuts->block(conversation));
}

void OptOutsTest::readAtTheStartAndEachDay() {
    {
        const auto desk = rig();
        desk->optOuts->start();
        QTRY_VERIFY(desk->optOuts->synchronisedAt().isValid());
        QCOMPARE(m_lists, 1);
    }
    const auto desk = rig();
    QVERIFY(desk->optOuts->synchronisedAt().isValid()); // known from before
    desk->optOuts->start();
    QTRY_COMPARE(m_lists, 2);
}

void OptOutsTest::codeAloneBlocksNobody() {
    const auto desk = rig();
    const auto conversation = desk->begin(customer);
    const auto row = desk->send(conversation, QStringLiteral("Hello"));
    QTRY_COMPARE(desk->state(row), store::MessageState::Rejected);
    QCOMPARE(desk->message(row).error->code, QStringLiteral("40300"));
    QVERIFY(!desk->optOuts->block(conversation));
    QVERIFY(!desk->outbox->obstacle(conversation, QStringLiteral("Hello")));
}

void OptOutsTest::eachTryIsRecorded() {
    const auto desk = rig();
    QAbstractItemModel &model = desk->optOuts->suppressed();
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto conversation = desk->begin(customer);
    m_entries = {entry("+14155550100", "+12125550188", profile)};
    QVERIFY(read(*desk));
    for (const char *text : {"one", "two"}) {
        const auto sent = await(desk->outbox->send(conversation, QString::fromLatin1(text)));
        QVERIFY(!sent);
        QCOMPARE(sent.error().kind, desk::SendProblemKind::OptedOut);
    }
    QTRY_COMPARE(model.rowCount(), 2);
    const auto newest = model.index(0, 0).data(desk::SuppressedSendRole).value<desk::SuppressedSend>();
    QCOMPARE(newest.text, QStringLiteral("two"));
    QCOMPARE(newest.conversation, conversation);
    QCOMPARE(newest.peer.wire(), customer);
    QVERIFY(newest.reason.contains(QLatin1String("(212) 555-0188")));
    QVERIFY(m_server->occurrences("POST") == 0);
}

QTEST_GUILESS_MAIN(OptOutsTest)

#include "tst_opt_outs.moc"
