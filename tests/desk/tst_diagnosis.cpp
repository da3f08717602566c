#include "desk/convert.h"
#include "desk/diagnosis_words.h"
#include "desk/mms_hint.h"
#include "desk/outbox_rig.h"
#include "support/scripted_server.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace longcode;
using namespace longcode::tests;
using namespace std::chrono_literals;
using desk::Diagnosis;
using desk::DiagnosisFacts;
using desk::MessageState;
using desk::Remedy;

/// Why a text did not arrive: the sentence and what can be done, for every documented code; and looking it
/// up.
class DiagnosisTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void everyCodeIsExplained_data();
    void everyCodeIsExplained();
    void documentedCodesAreThere_data();
    void documentedCodesAreThere();
    void blockCodeAloneIsNoOptOut_data();
    void blockCodeAloneIsNoOptOut();
    void statesWithoutACode_data();
    void statesWithoutACode();
    void whatElseMatters();
    void copyHoldsNoText();
    void idIsLookedUp();
    void handleIsLookedFor_data();
    void handleIsLookedFor();
    void retryIsANewMessageOnce();
    void mmsHints_data();
    void mmsHints();
};

namespace {

const QString customer = QStringLiteral("+12125550188");

DiagnosisFacts failedWith(const QString &code) {
    DiagnosisFacts facts;
    facts.state = MessageState::Failed;
    facts.code = code;
    facts.own = phone::fromWire(QStringLiteral("+14155550100"));
    facts.peer = phone::fromWire(customer);
    facts.home = {QStringLiteral("US")};
    facts.at = QDateTime({2026, 3, 5}, {18, 30}, Qt::UTC);
    facts.now = facts.at.addSecs(60);
    return facts;
}

QByteArray messageIn(const QByteArray &status) {
    return acceptedBody("40385f64-5717-4562-b3fc-2c963f66afa6")
        .replace(R"("status":"queued")", QByteArray(R"("status":")" + status + '"'));
}

} // namespace

void DiagnosisTest::everyCodeIsExplained_data() {
    QTest::addColumn<QString>("retry");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("action");
    QFile table(QStringLiteral(LONGCODE_SOURCE_DIR "/resources/rules/error-codes.tsv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(table.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QStringList cells = line.split(u'\t');
        if (!line.startsWith(u'#'))
            QTest::newRow(qPrintable(cells.value(0))) << cells.value(1) << cells.value(5) << cells.value(6);
    }
}

void DiagnosisTest::everyCodeIsExplained() {
    QFETCH(QString, retry);
    QFETCH(QString, cause);
    QFETCH(QString, action);
    for (const MessageState state : {MessageState::Failed, MessageState::Rejected}) {
        DiagnosisFacts facts = failedWith(QString::fromLatin1(QTest::currentDataTag()));
        facts.state = state;
        facts.title =
            QStringLiteral("Blocked due to STOP message"); // what 40300 needs; nothing to the others
        const auto diagnosis = explained(facts);
        QVERIFY(diagnosis);
        QVERIFY2(diagnosis->sentence.contains(cause), qPrintable(diagnosis->sentence));
        QVERIFY2(diagnosis->sentence.contains(QLatin1String("(212) 555-0188")),
                 qPrintable(diagnosis->sentence));
        QVERIFY(diagnosis->details.contains(action));
        const bool mayHelp = retry == QLatin1String("by-itself") || retry == QLatin1String("after-wait");
        QCOMPARE(diagnosis->remedies.contains(Remedy::SendAgain), mayHelp);
        QVERIFY(diagnosis->remedies.contains(Remedy::CopyDetails));
        QCOMPARE(diagnosis->serverWords, facts.title);
    }
}

void DiagnosisTest::documentedCodesAreThere_data() {
    QTest::addColumn<bool>("retryHelps");
    // The page "Error codes" and, from 30003 to 30008, 40400, 40500, 42200 to 42205 and 47000, other pages.
    const QList<int> never{40001, 40002, 40003, 40005, 40009, 40010, 40011, 40012, 40013, 40014, 40015, 40016,
                           40017, 40018, 40019, 40100, 40150, 40155, 40300, 40301, 40302, 40304, 40305, 40306,
                           40307, 40308, 40309, 40310, 40311, 40312, 40313, 40314, 40315, 40316, 40317, 40319,
                           40321, 40322, 40323, 40325, 40328, 40329, 40331, 40333, 30003, 30004, 30005, 30006,
                           30007, 40400, 42200, 42201, 42202, 42203, 42204, 42205, 47000};
    const QList<int> helps{40004, 40006, 40008, 40020, 40151, 40318, 40320, 40330, 30008, 40500};
    for (const int code : never)
        QTest::addRow("%d", code) << false;
    for (const int code : helps)
        QTest::addRow("%d", code) << true;
}

void DiagnosisTest::documentedCodesAreThere() {
    QFETCH(bool, retryHelps);
    DiagnosisFacts facts = failedWith(QString::fromLatin1(QTest::currentDataTag()));
    facts.title = QStringLiteral("Blocked due to STOP message");
    const auto diagnosis = explained(facts);
    QVERIFY(diagnosis);
    QVERIFY(!diagnosis->sentence.contains(QLatin1String("does not explain")));
    QVERIFY2(!diagnosis->sentence.contains(facts.title), qPrintable(diagnosis->sentence));
    QCOMPARE(diagnosis->remedies.contains(Remedy::SendAgain), retryHelps);
}

void DiagnosisTest::blockCodeAloneIsNoOptOut_data() {
    QTest::addColumn<QString>("title");
    QTest::addColumn<bool>("optOut");
    QTest::newRow("stop") << QStringLiteral("Blocked due to STOP message") << true;
    QTest::newRow("no profile") << QStringLiteral("Number not assigned to a profile") << false;
    QTest::newRow("nothing") << QString() << false;
}

void DiagnosisTest::blockCodeAloneIsNoOptOut() {
    QFETCH(QString, title);
    QFETCH(bool, optOut);
    DiagnosisFacts facts = failedWith(QStringLiteral("40300"));
    facts.title = title;
    const auto diagnosis = explained(facts);
    QVERIFY(diagnosis);
    QCOMPARE(diagnosis->sentence.contains(QLatin1String("answered STOP")), optOut);
    if (!optOut)
        QVERIFY2(diagnosis->sentence.contains(QLatin1String("alone is no opt-out")),
                 qPrintable(diagnosis->sentence));
}

void DiagnosisTest::statesWithoutACode_data() {
    QTest::addColumn<MessageState>("state");
    QTest::addColumn<int>("hours");    // since it was written
    QTest::addColumn<QString>("says"); // empty: nothing to explain
    QTest::addColumn<Remedy>("best");
    QTest::newRow("delivered") << MessageState::Delivered << 48 << QString() << Remedy::Discard;
    QTest::newRow("received") << MessageState::Received << 48 << QString() << Remedy::Discard;
    QTest::newRow("cancelled") << MessageState::Cancelled << 48 << QString() << Remedy::Discard;
    QTest::newRow("just sent") << MessageState::Sent << 1 << QString() << Remedy::Discard;
    QTest::newRow("sent long ago") << MessageState::Sent << 5 << QStringLiteral("no receipt has come")
                                   << Remedy::LookUp;
    QTest::newRow("queued long ago") << MessageState::Queued << 5 << QStringLiteral("nothing was heard")
                                     << Remedy::LookUp;
    QTest::newRow("uncertain") << MessageState::Uncertain << 0 << QStringLiteral("is not known")
                               << Remedy::LookUp;
    QTest::newRow("unconfirmed") << MessageState::Unconfirmed << 0 << QStringLiteral("gave no receipt")
                                 << Remedy::CallCustomer;
    QTest::newRow("failed without a word")
        << MessageState::Failed << 0 << QStringLiteral("gave no reason") << Remedy::EditAndResend;
    QTest::newRow("waiting") << MessageState::Waiting << 48 << QString() << Remedy::Discard;
}

void DiagnosisTest::statesWithoutACode() {
    QFETCH(MessageState, state);
    QFETCH(int, hours);
    QFETCH(QString, says);
    QFETCH(Remedy, best);
    DiagnosisFacts facts = failedWith({});
    facts.state = state;
    facts.now = facts.at.addSecs(3600 * hours);
    const auto diagnosis = explained(facts);
    QCOMPARE(diagnosis.has_value(), !says.isEmpty());
    if (!diagnosis)
        return;
    QVERIFY2(diagnosis->sentence.contains(says), qPrintable(diagnosis->sentence));
    QVERIFY(diagnosis->sentence.contains(QLatin1String("(212) 555-0188")));
    QCOMPARE(diagnosis->remedies.first(), best);
    for (const Remedy remedy : diagnosis->remedies)
        QVERIFY(!remedyInWords(remedy).isEmpty());
    QCOMPARE(diagnosis->remedies.contains(Remedy::SendAgain), state == MessageState::Uncertain);
}

void DiagnosisTest::whatElseMatters() {
    const auto detailOf = [](const DiagnosisFacts &facts) {
        const auto diagnosis = explained(facts);
        return diagnosis ? diagnosis->sentence + QLatin1Char('|') + diagnosis->details.join(QLatin1Char('|'))
                         : QString();
    };
    DiagnosisFacts facts = failedWith({});
    facts.lineType = QStringLiteral("Wireline");
    QVERIFY(detailOf(facts).contains(QLatin1String("landline")));
    facts = failedWith(QStringLiteral("40008"));
    facts.own = phone::fromWire(QStringLiteral("ACME"));
    QVERIFY(detailOf(facts).contains(QLatin1String("US, Canada and Puerto Rico")));
    facts = failedWith({});
    facts.own = phone::fromWire(QStringLiteral("+18885550142"));
    QVERIFY(detailOf(facts).contains(QLatin1String("verified")));
    facts = failedWith(QStringLiteral("40008"));
    facts.segments = 6;
    facts.encoding = sms::Encoding::Ucs2;
    QVERIFY(detailOf(facts).contains(QLatin1String("outside the SMS alphabet")));
    facts = failedWith({});
    facts.block = desk::Block{};
    facts.block->what = QStringLiteral("Maria opted out.");
    QVERIFY(explained(facts)->sentence.contains(QLatin1String("Maria opted out.")));
    QVERIFY(!explained(facts)->remedies.contains(Remedy::EditAndResend));
    facts = failedWith(QStringLiteral("49999"));
    QVERIFY(explained(facts)->sentence.contains(QLatin1String("49999")));
}

void DiagnosisTest::copyHoldsNoText() {
    Scratch scratch;
    ScriptedServer server(
        [](const SeenRequest &) { return jsonAnswer(403, errorBody("40305", "Bad from", "No.")); });
    OutboxRig rig(scratch.path(QStringLiteral("data")),
                  OutboxRig::settings(server.url(QStringLiteral("/v2"))));
    rig.queue->setWebhookBase({});
    rig.queue->start();
    const auto row = rig.send(rig.begin(customer), QStringLiteral("My secret"));
    QTRY_COMPARE(rig.state(row), store::MessageState::Rejected);
    const auto diagnosis = rig.diagnoses->diagnose(row);
    QVERIFY(diagnosis);
    QVERIFY(diagnosis->copyText.contains(QLatin1String("40305")));
    QVERIFY(diagnosis->copyText.contains(customer));
    QVERIFY(!diagnosis->copyText.contains(QLatin1String("secret")));
    QCOMPARE(diagnosis->serverWords, QStringLiteral("Bad from – No."));
}

void DiagnosisTest::idIsLookedUp() {
    Scratch scratch;
    ScriptedServer server([](const SeenRequest &request) {
        return jsonAnswer(200, messageIn(request.method == "GET" ? "delivered" : "queued"));
    });
    OutboxRig rig(scratch.path(QStringLiteral("data")),
                  OutboxRig::settings(server.url(QStringLiteral("/v2"))));
    rig.queue->setWebhookBase({});
    rig.queue->start();
    const auto row = rig.send(rig.begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(rig.state(row), store::MessageState::Queued);
    const auto said = await(rig.diagnoses->lookUp(row));
    QVERIFY(said);
    QVERIFY2(said->contains(QLatin1String("Delivered")), qPrintable(*said));
    QCOMPARE(rig.state(row), store::MessageState::Delivered);
    const QList<desk::RawEvent> events = rig.diagnoses->rawEvents(row);
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().source, QStringLiteral("answer"));
    QVERIFY(events.first().body.contains("delivered"));
    QVERIFY(events.first().signature.isEmpty());
}

void DiagnosisTest::handleIsLookedFor_data() {
    QTest::addColumn<bool>("listed");
    QTest::addColumn<int>("hours");
    QTest::addColumn<QString>("says");
    QTest::newRow("there") << true << 0 << QStringLiteral("Delivered");
    QTest::newRow("not yet") << false << 0 << QStringLiteral("proves nothing");
    QTest::newRow("never") << false << 5 << QStringLiteral("most likely not sent");
}

void DiagnosisTest::handleIsLookedFor() {
    QFETCH(bool, listed);
    QFETCH(int, hours);
    QFETCH(QString, says);
    Scratch scratch;
    QByteArray webhook;
    ScriptedServer server([&](const SeenRequest &request) {
        if (request.method == "POST") {
            webhook = QJsonDocument::fromJson(request.body)
                          .object()
                          .value(QLatin1String("webhook_url"))
                          .toString()
                          .toUtf8();
            return Reaction{.bytes = {}, .closeAfter = true, .resetAfter = false, .delayMs = 0};
        }
        if (request.target.contains("/detail_records") && listed)
            return jsonAnswer(
                200, R"({"data":[{"record_type":"messaging","direction":"outbound",)"
                     R"("uuid":"40385f64-5717-4562-b3fc-2c963f66afa6","delivery_status_webhook_url":")" +
                         webhook +
                         R"("}],"meta":{"total_pages":1,"total_results":1,"page_number":1,"page_size":50}})");
        if (request.target.contains("/messages/"))
            return jsonAnswer(200, messageIn("delivered"));
        return jsonAnswer(
            200, R"({"data":[],"meta":{"total_pages":0,"total_results":0,"page_number":1,"page_size":50}})");
    });
    OutboxRig rig(scratch.path(QStringLiteral("data")),
                  OutboxRig::settings(server.url(QStringLiteral("/v2"))));
    rig.queue->setWebhookBase(QUrl(QStringLiteral("https://sms.example.com/webhooks/telnyx")));
    rig.queue->start();
    const auto row = rig.send(rig.begin(customer), QStringLiteral("Hello"));
    QTRY_COMPARE(rig.state(row), store::MessageState::Uncertain);
    rig.clock.advance(std::chrono::hours(hours));
    const auto said = await(rig.diagnoses->lookUp(row));
    QVERIFY(said);
    QVERIFY2(said->contains(says), qPrintable(*said));
    QCOMPARE(rig.state(row), listed ? store::MessageState::Delivered : store::MessageState::Uncertain);
}

void DiagnosisTest::retryIsANewMessageOnce() {
    Scratch scratch;
    ScriptedServer server([count = 0](const SeenRequest &) mutable {
        return ++count == 1 ? jsonAnswer(400, errorBody("40008", "Undeliverable", "Not taken."))
                            : jsonAnswer(200, messageIn("queued"));
    });
    OutboxRig rig(scratch.path(QStringLiteral("data")),
                  OutboxRig::settings(server.url(QStringLiteral("/v2"))));
    rig.queue->setWebhookBase({});
    rig.queue->start();
    const auto conversation = rig.begin(customer);
    const auto row = rig.send(conversation, QStringLiteral("Hello"));
    QTRY_COMPARE(rig.state(row), store::MessageState::Rejected);
    rig.outbox->keepDraft(conversation, QStringLiteral("half written"));
    rig.outbox->settle(row, desk::Settlement::SendAgain);
    rig.outbox->settle(row, desk::Settlement::SendAgain); // a second click
    QTRY_COMPARE(rig.reader->newest(desk::toStore(conversation), 10).size(), 2);
    QTRY_COMPARE(rig.reader->newest(desk::toStore(conversation), 10).last().state,
                 store::MessageState::Queued);
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(rig.outbox->draft(conversation), QStringLiteral("half written"));
}

void DiagnosisTest::mmsHints_data() {
    QTest::addColumn<int>("segments");
    QTest::addColumn<QString>("sms");
    QTest::addColumn<QString>("mms");
    QTest::addColumn<QString>("total"); // empty: no hint
    QTest::newRow("ten at the sample rates") << 10 << "0.0051" << "0.04" << "0.051";
    QTest::newRow("seven are cheaper as SMS") << 7 << "0.0051" << "0.04" << QString();
    QTest::newRow("as dear") << 4 << "0.01" << "0.04" << QString();
    QTest::newRow("one segment") << 1 << "0.05" << "0.04" << QString();
    QTest::newRow("no amount") << 10 << "" << "0.04" << QString();
}

void DiagnosisTest::mmsHints() {
    QFETCH(int, segments);
    QFETCH(QString, sms);
    QFETCH(QString, mms);
    QFETCH(QString, total);
    longcode::sms::Count count{};
    count.segments = segments;
    const auto hint = desk::cheaperAsMms(count, longcode::sms::SenderKind::LongCode,
                                         {.perSegment = {sms, QStringLiteral("USD")}, .learned = true},
                                         {.perSegment = {mms, QStringLiteral("USD")}, .learned = false});
    QCOMPARE(hint.has_value(), !total.isEmpty());
    if (hint) {
        QCOMPARE(hint->asSms.amount, total);
        QCOMPARE(hint->asMms.amount, mms);
        QVERIFY(!hint->learned);
        QVERIFY(hint->sentence.contains(total));
    }
}

QTEST_GUILESS_MAIN(DiagnosisTest)

#include "tst_diagnosis.moc"
