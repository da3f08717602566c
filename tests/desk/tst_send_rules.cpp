#include "desk/fixed_account.h"
#include "desk/opt_out_words.h"
#include "desk/price_memory.h"
#include "desk/send_check.h"
#include "desk/send_queue.h"
#include "desk/send_verdict.h"
#include "store/values.h"
#include "telnyx/telnyx.h"

#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::desk;
using telnyx::ErrorKind;

/// The rules around a send that need no store and no network.
class SendRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void verdicts_data();
    void verdicts();
    void refusalKeepsTheServersWords();
    void accountFailuresSayWhatToDo_data();
    void accountFailuresSayWhatToDo();
    void obstacles_data();
    void obstacles();
    void optOutNamesWhoWhenAndHow();
    void tooLongGivesTheCounts();
    void smartEncodingCountsForItsSendersOnly();
    void wholeAlphabetIsASetting_data();
    void wholeAlphabetIsASetting();
    void unknownSendersAreNoObstacle();
    void dividedAmounts_data();
    void dividedAmounts();
    void webhookBases_data();
    void webhookBases();
};

void SendRulesTest::verdicts_data() {
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("mayHaveArrived");
    QTest::addColumn<SendVerdict>("verdict");
    const QString none;
    QTest::newRow("not connected") << ErrorKind::NotConnected << 0 << none << false
                                   << SendVerdict::Unreachable;
    QTest::newRow("gave up before connecting")
        << ErrorKind::TimedOut << 0 << none << false << SendVerdict::Unreachable;
    QTest::newRow("no answer") << ErrorKind::TimedOut << 0 << none << true << SendVerdict::Uncertain;
    QTest::newRow("connection lost") << ErrorKind::ConnectionLost << 0 << none << true
                                     << SendVerdict::Uncertain;
    QTest::newRow("connection doubtful")
        << ErrorKind::NotConnected << 0 << none << true << SendVerdict::Uncertain;
    QTest::newRow("cancelled") << ErrorKind::Cancelled << 0 << none << true << SendVerdict::Uncertain;
    QTest::newRow("500") << ErrorKind::Server << 500 << none << true << SendVerdict::Uncertain;
    QTest::newRow("503") << ErrorKind::Server << 503 << none << true << SendVerdict::Uncertain;
    QTest::newRow("accepted, unreadable")
        << ErrorKind::BadAnswer << 200 << none << true << SendVerdict::Uncertain;
    QTest::newRow("redirected") << ErrorKind::Redirected << 303 << none << true << SendVerdict::Uncertain;
    QTest::newRow("408") << ErrorKind::UnexpectedStatus << 408 << none << true << SendVerdict::Uncertain;
    QTest::newRow("418") << ErrorKind::UnexpectedStatus << 418 << none << true << SendVerdict::Rejected;
    QTest::newRow("400") << ErrorKind::BadRequest << 400 << QStringLiteral("40310") << true
                         << SendVerdict::Rejected;
    QTest::newRow("402") << ErrorKind::PaymentRequired << 402 << none << true << SendVerdict::Rejected;
    QTest::newRow("403") << ErrorKind::Forbidden << 403 << none << true << SendVerdict::Rejected;
    QTest::newRow("404") << ErrorKind::NotFound << 404 << none << true << SendVerdict::Rejected;
    QTest::newRow("409") << ErrorKind::Conflict << 409 << none << true << SendVerdict::Rejected;
    QTest::newRow("422") << ErrorKind::Validation << 422 << none << true << SendVerdict::Rejected;
    QTest::newRow("401") << ErrorKind::Unauthorized << 401 << none << true << SendVerdict::KeyRefused;
    QTest::newRow("429") << ErrorKind::RateLimited << 429 << QStringLiteral("10011") << true
                         << SendVerdict::RateLimited;
    QTest::newRow("spend limit") << ErrorKind::RateLimited << 429 << QStringLiteral("40333") << true
                                 << SendVerdict::Rejected;
    QTest::newRow("full queue") << ErrorKind::Forbidden << 403 << QStringLiteral("40318") << true
                                << SendVerdict::RateLimited;
}

void SendRulesTest::verdicts() {
    QFETCH(ErrorKind, kind);
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(bool, mayHaveArrived);
    telnyx::Error error;
    error.kind = kind;
    error.httpStatus = status;
    error.code = code;
    error.mayHaveReachedServer = mayHaveArrived;
    QTEST(verdictOf(error), "verdict");
}

void SendRulesTest::refusalKeepsTheServersWords() {
    telnyx::Error error;
    error.kind = ErrorKind::Validation;
    error.httpStatus = 422;
    error.code = QStringLiteral("10015");
    error.title = QStringLiteral("Bad Request");
    error.fields = {{QStringLiteral("/to"), QStringLiteral("is no number")},
                    {{}, QStringLiteral("and more")}};
    const store::ServerError expected{QStringLiteral("10015"), QStringLiteral("Bad Request"),
                                      QStringLiteral("/to: is no number; and more")};
    QCOMPARE(refusalOf(error), expected);
    telnyx::Error bare;
    bare.httpStatus = 404;
    QCOMPARE(refusalOf(bare).title, QStringLiteral("Refused with HTTP status 404"));
}

void SendRulesTest::accountFailuresSayWhatToDo_data() {
    QTest::addColumn<ErrorKind>("kind");
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::BadAnswer); ++kind)
        QTest::addRow("%d", kind) << static_cast<ErrorKind>(kind);
}

void SendRulesTest::accountFailuresSayWhatToDo() {
    QFETCH(ErrorKind, kind);
    telnyx::Error error;
    error.kind = kind;
    error.title = QStringLiteral("The server's title");
    const Failure failure = accountFailure(error);
    QVERIFY(failure.what.endsWith(QLatin1Char('.')) || failure.what.contains(error.title));
    QVERIFY(failure.remedy.endsWith(QLatin1Char('.')));
}

namespace {

store::ConversationRecord conversation(const QString &own) {
    store::ConversationRecord record;
    record.parties = {.peer = QStringLiteral("+12125550188"), .own = own};
    return record;
}

SendingAccount account() {
    return {.senders = tests::startSenders(), .home = phone::Region{QStringLiteral("US")}};
}

const QString sales = QStringLiteral("+14155550100");
const QString support = QStringLiteral("+18885550142");

} // namespace

void SendRulesTest::obstacles_data() {
    QTest::addColumn<QString>("own");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind"); // -1: none
    const auto kind = [](SendProblemKind problem) { return static_cast<int>(problem); };
    QTest::newRow("a text") << sales << QStringLiteral("Hello") << -1;
    QTest::newRow("empty") << sales << QString() << kind(SendProblemKind::Empty);
    QTest::newRow("blanks") << sales << QStringLiteral(" \t\n ") << kind(SendProblemKind::Empty);
    QTest::newRow("10 segments") << sales << QString(1530, QLatin1Char('a')) << -1;
    QTest::newRow("11 segments") << sales << QString(1531, QLatin1Char('a'))
                                 << kind(SendProblemKind::TooManySegments);
    QTest::newRow("10 of UCS-2") << sales << QString(670, QChar(0x0416)) << -1;
    QTest::newRow("11 of UCS-2") << sales << QString(671, QChar(0x0416))
                                 << kind(SendProblemKind::TooManySegments);
    QTest::newRow("no sender") << QString() << QStringLiteral("Hello") << kind(SendProblemKind::NoSender);
    QTest::newRow("not ours") << QStringLiteral("+14155559999") << QStringLiteral("Hello")
                              << kind(SendProblemKind::NoSender);
}

void SendRulesTest::obstacles() {
    QFETCH(QString, own);
    QFETCH(QString, text);
    QFETCH(int, kind);
    const auto problem = checkSend(conversation(own), text, account());
    QCOMPARE(problem ? static_cast<int>(problem->kind) : -1, kind);
    if (problem) {
        QVERIFY(!problem->sentence.what.isEmpty());
        QVERIFY(!problem->sentence.remedy.isEmpty());
    }
}

void SendRulesTest::optOutNamesWhoWhenAndHow() {
    auto record = conversation(sales);
    record.name = QStringLiteral("Maya Torres");
    store::BlockRecord block;
    block.peer = record.parties.peer;
    block.own = sales;
    block.since = QDateTime(QDate(2026, 3, 5), QTime(18, 30), Qt::UTC);
    block.keyword = QStringLiteral("Unsubscribe");
    const auto problem =
        checkSend(record, QStringLiteral("Hello"), account(), desk::blockInWords(block, record, account()));
    QVERIFY(problem.has_value());
    QCOMPARE(problem->kind, SendProblemKind::OptedOut);
    QVERIFY(problem->sentence.what.contains(QStringLiteral("Maya Torres")));
    QVERIFY(problem->sentence.what.contains(QStringLiteral("(212) 555-0188")));
    QVERIFY(problem->sentence.what.contains(QStringLiteral("“Unsubscribe”")));
    QVERIFY(problem->sentence.what.contains(QStringLiteral("26")));
    QVERIFY(problem->sentence.remedy.contains(QStringLiteral("START")));
    QVERIFY(problem->sentence.remedy.contains(QStringLiteral("(415) 555-0100")));
}

void SendRulesTest::tooLongGivesTheCounts() {
    const auto problem = checkSend(conversation(sales), QString(1700, QLatin1Char('a')), account());
    QVERIFY(problem.has_value());
    QVERIFY2(problem->sentence.what.contains(QStringLiteral("12 segments of 153 units")),
             qPrintable(problem->sentence.what));
}

void SendRulesTest::smartEncodingCountsForItsSendersOnly() {
    // Curly quotes: UCS-2 as typed, GSM-7 after smart encoding.
    const QString text = QStringLiteral("“Hello”");
    QCOMPARE(estimate(text, phone::fromWire(sales), account()).count.encoding, sms::Encoding::Ucs2);
    QCOMPARE(estimate(text, phone::fromWire(support), account()).count.encoding, sms::Encoding::Gsm7);
    const QString removed(QChar(0x200B));
    QVERIFY(!checkSend(conversation(sales), removed, account()));
    const auto problem = checkSend(conversation(support), removed, account());
    QVERIFY(problem.has_value());
    QCOMPARE(problem->kind, SendProblemKind::Empty);
}

void SendRulesTest::wholeAlphabetIsASetting_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("units");
    QTest::addColumn<bool>("gsm7");
    // Units as 3GPP TS 23.038 has them: its basic table one, its extension table two.
    QTest::newRow("Greek") << QStringLiteral("ΓΔΘΛΞΠΣΦΨΩ") << 10 << true;
    QTest::newRow("currency sign and cedilla") << QStringLiteral("¤Ç") << 2 << true;
    QTest::newRow("form feed") << QStringLiteral("a\f") << 3 << true;
    QTest::newRow("in no table") << QStringLiteral("Ж") << 1 << false;
}

void SendRulesTest::wholeAlphabetIsASetting() {
    QFETCH(QString, text);
    QFETCH(int, units);
    QFETCH(bool, gsm7);
    auto whole = account();
    whole.fullAlphabet = true;
    const sms::Count count = estimate(text, phone::fromWire(sales), whole).count;
    QCOMPARE(count.units, units);
    QCOMPARE(count.encoding == sms::Encoding::Gsm7, gsm7);
    QCOMPARE(estimate(text, phone::fromWire(sales), account()).count.encoding, sms::Encoding::Ucs2);
}

void SendRulesTest::unknownSendersAreNoObstacle() {
    const SendingAccount unread{.senders = {}, .home = phone::Region{QStringLiteral("US")}};
    QVERIFY(!checkSend(conversation(sales), QStringLiteral("Hello"), unread));
    auto disabled = account();
    disabled.senders[0].profileEnabled = false;
    const auto problem = checkSend(conversation(sales), QStringLiteral("Hello"), disabled);
    QVERIFY(problem.has_value());
    QCOMPARE(problem->kind, SendProblemKind::ProfileDisabled);
    QVERIFY(problem->sentence.what.contains(QStringLiteral("Sales")));
}

void SendRulesTest::dividedAmounts_data() {
    QTest::addColumn<QString>("amount");
    QTest::addColumn<int>("parts");
    QTest::addColumn<QString>("each"); // empty: none
    QTest::newRow("one") << QStringLiteral("0.0051") << 1 << QStringLiteral("0.0051");
    QTest::newRow("three") << QStringLiteral("0.0153") << 3 << QStringLiteral("0.0051");
    QTest::newRow("rounded") << QStringLiteral("0.01") << 3 << QStringLiteral("0.003333");
    QTest::newRow("whole") << QStringLiteral("4") << 2 << QStringLiteral("2.00");
    QTest::newRow("carried") << QStringLiteral("1.5") << 2 << QStringLiteral("0.75");
    QTest::newRow("no parts") << QStringLiteral("0.0051") << 0 << QString();
    QTest::newRow("no amount") << QStringLiteral("free") << 1 << QString();
    QTest::newRow("negative") << QStringLiteral("-1.0") << 1 << QString();
    QTest::newRow("empty") << QString() << 1 << QString();
}

void SendRulesTest::dividedAmounts() {
    QFETCH(QString, amount);
    QFETCH(int, parts);
    QTEST(dividedAmount(amount, parts).value_or(QString()), "each");
}

void SendRulesTest::webhookBases_data() {
    QTest::addColumn<QString>("relay");
    QTest::addColumn<QString>("api");
    QTest::addColumn<QString>("base");
    const QString telnyxApi = QStringLiteral("https://api.telnyx.com/v2");
    const QString receiver = QStringLiteral("https://relay.example.com/webhooks/telnyx");
    QTest::newRow("whole") << receiver << telnyxApi << receiver;
    QTest::newRow("host only") << QStringLiteral("https://relay.example.com") << telnyxApi << receiver;
    QTest::newRow("host and slash") << QStringLiteral("https://relay.example.com/") << telnyxApi << receiver;
    QTest::newRow("behind a prefix") << QStringLiteral("https://example.com/in") << telnyxApi
                                     << QStringLiteral("https://example.com/in");
    QTest::newRow("not set") << QString() << telnyxApi << QString();
    QTest::newRow("Telnyx cannot reach loopback")
        << QStringLiteral("http://127.0.0.1:8420/webhooks/telnyx") << telnyxApi << QString();
    QTest::newRow("the sandbox can") << QStringLiteral("http://127.0.0.1:8420/webhooks/telnyx")
                                     << QStringLiteral("http://127.0.0.1:8300/v2")
                                     << QStringLiteral("http://127.0.0.1:8420/webhooks/telnyx");
    QTest::newRow("nonsense") << QStringLiteral("webhooks") << telnyxApi << QString();
}

void SendRulesTest::webhookBases() {
    QFETCH(QString, relay);
    QFETCH(QString, api);
    QFETCH(QString, base);
    QCOMPARE(webhookBase(relay, QUrl(api)), QUrl(base));
}

QTEST_GUILESS_MAIN(SendRulesTest)
#include "tst_send_rules.moc"
